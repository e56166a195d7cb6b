/**
 * The markers of a decided transaction, on their way to the leaders of its partitions, until every one is written.
 *
 * Follows `TransactionMarkerChannelManager` and `TransactionMarkerRequestCompletionHandler` (3.9.0). What Kafka tries again at once, in
 * a busy loop, is tried again after `RETRY_MS` here.
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import { type TopicPartition, topicPartitionName } from '../../kafka/topicPartition.ts';
import type { WriteTxnMarkersResponse } from '../protocol/kafka/transactions.ts';
import {
  change,
  type Completion,
  logMarkers,
  type Marker,
  partitionFor,
  putTransaction,
  setTransactionTimer,
  type TransactionTurn,
  transactionIn,
} from './coordinatorTurn.ts';
import { withoutPartitions } from './transactionMetadata.ts';
import { write } from './transitions.ts';

const RETRY_MS = 50;

/** To the leaders of all partitions of the transaction. */
export function sendMarkers(
  turn: TransactionTurn,
  completion: Completion,
  { isCommit }: { readonly isCommit: boolean },
): void {
  const marker = markersOf(turn, completion, isCommit);
  if (marker === null) return;
  enqueue(turn, marker);
  completeIfDone(turn, completion);
  dispatchMarkers(turn);
}

/**
 * Those of a transaction that has been read back. A thread of its own reads the log, and asks for the leaders once it is done: by then the
 * UpdateMetadata that follows the LeaderAndIsr has as a rule told a broker that has just started what partitions there are. When it has not,
 * they pass for deleted, the markers are skipped, and the transaction stays open there (`addTxnMarkersToBrokerQueue`).
 */
export function sendMarkersOfLoaded(
  turn: TransactionTurn,
  completion: Completion,
  { isCommit }: { readonly isCommit: boolean },
): void {
  const marker = markersOf(turn, completion, isCommit);
  if (marker === null) return;
  if (marker.partitions.length === 0) completeIfDone(turn, completion);
  else retryLater(turn, { delayedMarkers: [...turn.coordinator.delayedMarkers, marker] });
}

function markersOf(turn: TransactionTurn, completion: Completion, isCommit: boolean): Marker | null {
  const { transactionalId } = completion;
  change(turn, { completions: new Map(turn.coordinator.completions).set(transactionalId, completion) });
  const metadata = transactionIn(turn, completion);
  if (metadata === null) return null;
  const { producerId, producerEpoch, topicPartitions: partitions } = metadata;
  return { completion, producerId, producerEpoch, isCommit, partitions };
}

/** By leader, as this broker knows them now. */
function enqueue(turn: TransactionTurn, marker: Marker): void {
  const byLeader = new Map<BrokerId | 'noNode' | 'unknown', TopicPartition[]>();
  for (const partition of marker.partitions) {
    const leader = turn.surroundings.leaderOf(partition);
    byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]);
  }
  for (const [leader, partitions] of byLeader) {
    const part: Marker = { ...marker, partitions };
    if (leader === 'unknown') skipDeleted(turn, part);
    else if (leader === 'noNode') retryLater(turn, { delayedMarkers: [...turn.coordinator.delayedMarkers, part] });
    else {
      const queue = turn.coordinator.queues.get(leader) ?? [];
      change(turn, { queues: new Map(turn.coordinator.queues).set(leader, [...queue, part]) });
    }
  }
}

function skipDeleted(turn: TransactionTurn, { completion, partitions }: Marker): void {
  const metadata = transactionIn(turn, completion);
  if (metadata === null) return forgetCompletion(turn, completion);
  const names = partitions.map(topicPartitionName).join(', ');
  const text =
    `Couldn't find leader endpoint for partitions Set(${names}) while trying to send transaction markers for ` +
    `${completion.transactionalId}, these partitions are likely deleted already and hence can be skipped`;
  logMarkers(turn, 'INFO', text);
  putTransaction(turn, withoutPartitions(metadata, partitions));
  completeIfDone(turn, completion);
}

/** One request a broker at a time, with all the markers that wait for it. */
export function dispatchMarkers(turn: TransactionTurn): void {
  for (const [broker, markers] of turn.coordinator.queues) {
    if (turn.coordinator.inFlight.has(broker)) continue;
    const queues = new Map(turn.coordinator.queues);
    queues.delete(broker);
    change(turn, { queues, inFlight: new Map(turn.coordinator.inFlight).set(broker, markers) });
    turn.markerRequests.push({ broker, body: { markers: markers.map(printed) } });
  }
}

const printed = ({ completion, producerId, producerEpoch, isCommit, partitions }: Marker) => {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of partitions) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return {
    producerId,
    producerEpoch,
    transactionResult: isCommit,
    coordinatorEpoch: completion.coordinatorEpoch,
    topics: [...topics].map(([name, numbers]) => ({ name, partitions: numbers })),
  };
};

/** The answer of a broker; null: it was lost. */
export function afterMarkers(turn: TransactionTurn, broker: BrokerId, response: WriteTxnMarkersResponse | null): void {
  const markers = turn.coordinator.inFlight.get(broker) ?? [];
  const inFlight = new Map(turn.coordinator.inFlight);
  inFlight.delete(broker);
  change(turn, { inFlight });
  for (const marker of markers) afterMarker(turn, marker, response);
  dispatchMarkers(turn);
}

function afterMarker(turn: TransactionTurn, marker: Marker, response: WriteTxnMarkersResponse | null): void {
  const { completion } = marker;
  const metadata = transactionIn(turn, completion);
  // Another coordinator has taken over, or this one has begun anew: it sends them itself.
  if (metadata === null || !isCurrent(turn, completion)) return forgetCompletion(turn, completion);
  if (response === null) return retryLater(turn, { delayedMarkers: [...turn.coordinator.delayedMarkers, marker] });
  const errors = errorsOf(response, marker);
  if ([...errors.values()].some(isFenced)) {
    // A newer epoch is there already: this decision does not count any more.
    logMarkers(turn, 'INFO', `Sending ${completion.transactionalId}'s transaction marker has permanently failed`);
    return forgetCompletion(turn, completion);
  }
  const errorOf = (partition: TopicPartition): ErrorName => errors.get(topicPartitionName(partition)) ?? 'NONE';
  const written = marker.partitions.filter((partition) => errorOf(partition) === 'NONE');
  const left = marker.partitions.filter((partition) => errorOf(partition) !== 'NONE');
  putTransaction(turn, withoutPartitions(metadata, written));
  if (left.length === 0) return completeIfDone(turn, completion);
  const again: Marker = { ...marker, partitions: left };
  retryLater(turn, { delayedMarkers: [...turn.coordinator.delayedMarkers, again] });
}

const isFenced = (error: ErrorName): boolean =>
  error === 'INVALID_PRODUCER_EPOCH' || error === 'TRANSACTION_COORDINATOR_FENCED';

function errorsOf({ markers }: WriteTxnMarkersResponse, { producerId }: Marker): ReadonlyMap<string, ErrorName> {
  const errors = new Map<string, ErrorName>();
  for (const answer of markers) {
    if (answer.producerId !== producerId) continue;
    for (const { name, partitions } of answer.topics)
      for (const { partitionIndex, errorCode } of partitions)
        errors.set(topicPartitionName({ topic: name, partition: partitionIndex }), errorCode);
  }
  return errors;
}

function retryLater(turn: TransactionTurn, changes: Parameters<typeof change>[1]): void {
  const { isRetrying } = turn.coordinator;
  change(turn, { ...changes, isRetrying: true });
  if (!isRetrying) setTransactionTimer(turn, 'retry', RETRY_MS);
}

/** What had to wait goes again: to the leaders of now. */
export function retryMarkers(turn: TransactionTurn): void {
  const { delayedMarkers, delayedCompletions } = turn.coordinator;
  change(turn, { delayedMarkers: [], delayedCompletions: [], isRetrying: false });
  for (const marker of delayedMarkers) if (isCurrent(turn, marker.completion)) enqueue(turn, marker);
  for (const completion of delayedCompletions) write(turn, completion, { kind: 'complete' });
  dispatchMarkers(turn);
}

/** Of the transaction as it is being completed now, not of one before. */
function isCurrent(turn: TransactionTurn, { transactionalId, coordinatorEpoch, transit }: Completion): boolean {
  const current = turn.coordinator.completions.get(transactionalId);
  return (
    current !== undefined &&
    current.coordinatorEpoch === coordinatorEpoch &&
    current.transit.producerEpoch === transit.producerEpoch &&
    current.transit.txnLastUpdateTimestamp === transit.txnLastUpdateTimestamp
  );
}

function forgetCompletion(turn: TransactionTurn, completion: Completion): void {
  if (!isCurrent(turn, completion)) return;
  const completions = new Map(turn.coordinator.completions);
  completions.delete(completion.transactionalId);
  change(turn, { completions });
}

/** Every marker is written: the end is put in the log. */
function completeIfDone(turn: TransactionTurn, completion: Completion): void {
  const metadata = transactionIn(turn, completion);
  if (metadata === null || metadata.topicPartitions.length > 0 || !isCurrent(turn, completion)) return;
  forgetCompletion(turn, completion);
  write(turn, completion, { kind: 'complete' });
}

/** The end is in the log; or is written again, unless another coordinator does it. */
export function finishCompletion(turn: TransactionTurn, completion: Completion, error: ErrorName): void {
  if (error !== 'COORDINATOR_NOT_AVAILABLE' || transactionIn(turn, completion) === null) return;
  const { transactionalId, coordinatorEpoch, transit } = completion;
  const again: Completion = { transactionalId, coordinatorEpoch, transit };
  retryLater(turn, { delayedCompletions: [...turn.coordinator.delayedCompletions, again] });
}

/** Markers of transactions of a partition of `__transaction_state` that is led anew, or no more (`removeMarkersForTxnTopicPartition`). */
export function dropMarkersOf(turn: TransactionTurn, partition: number): void {
  const isOther = ({ transactionalId }: Completion): boolean => partitionFor(turn, transactionalId) !== partition;
  const { queues, delayedMarkers, delayedCompletions, completions } = turn.coordinator;
  change(turn, {
    queues: new Map(
      [...queues].flatMap(([broker, markers]) => {
        const left = markers.filter(({ completion }) => isOther(completion));
        return left.length === 0 ? [] : [[broker, left] as const];
      }),
    ),
    delayedMarkers: delayedMarkers.filter(({ completion }) => isOther(completion)),
    delayedCompletions: delayedCompletions.filter(isOther),
    completions: new Map([...completions].filter(([, completion]) => isOther(completion))),
  });
}
