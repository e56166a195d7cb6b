/**
 * The transaction coordinator inside the broker: what it is told, and what its answers become: responses, appends to
 * `__transaction_state`, WriteTxnMarkers to the leaders of partitions, this broker among them.
 *
 * Follows `kafka.server.KafkaApis`, `TransactionMarkerChannelManager` and `RequestHandlerHelper#onLeadershipChange` (3.9.0).
 */
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import { GROUP_METADATA_TOPIC_NAME, TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { batchesOf } from '../../kafka/log/partitionLog.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import { sendResponse } from '../protocol/kafka/kafkaMessage.ts';
import type {
  MarkerRequest,
  RequestTag,
  Surroundings,
  TransactionApi,
  TransactionAppend,
  TransactionCoordinator,
  TransactionTimerEvent,
} from '../transaction/coordinatorTurn.ts';
import {
  completeMarkers,
  completeTransactionAppend,
  createTransactionCoordinator,
  handleTransactionRequest,
  onTransactionLogFollower,
  onTransactionLogLeader,
  onTransactionTimer,
  startTransactionCoordinator,
  stopTransactionCoordinator,
  transactionCoordinatorConfig,
  type TransactionOutcome,
  type TransactionRequest,
} from '../transaction/transactionCoordinator.ts';
import { type AppendCallback, appendRecords } from './appendRecords.ts';
import { brokerNumber } from './brokerSettings.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { aliveBroker, partitionState } from './metadataCache.ts';
import { linkRequest, sendOver } from './nodeLinks.ts';
import { nextProducerId } from './producerIdManager.ts';
import { finish } from './requestChannel.ts';
import { forgetVerifications } from './transactionVerification.ts';
import { type Turn, update } from './turn.ts';

/** At the end of the broker's start. */
export function startTransactions(turn: Turn): void {
  const { brokerId, settings } = turn.broker;
  const coordinator = createTransactionCoordinator(brokerId, transactionCoordinatorConfig(settings.effective));
  take(turn, startTransactionCoordinator(coordinator, surroundingsOf(turn)));
}

export function stopTransactions(turn: Turn): void {
  withTransactions(turn, (transactions) => stopTransactionCoordinator(transactions, surroundingsOf(turn)));
}

function withTransactions(turn: Turn, work: (transactions: TransactionCoordinator) => TransactionOutcome): void {
  const { transactions } = turn.broker;
  if (transactions !== null) take(turn, work(transactions));
}

function surroundingsOf(turn: Turn): Surroundings {
  const { metadata, settings } = turn.broker;
  const partitionCount =
    metadata.topics.get(TRANSACTION_STATE_TOPIC_NAME)?.partitions.length ??
    brokerNumber(settings, 'transaction.state.log.num.partitions');
  return {
    now: turn.now,
    clock: turn.clock,
    partitionCount,
    leaderOf({ topic, partition }) {
      const state = partitionState(metadata, topic, partition);
      if (state === undefined) return 'unknown';
      return aliveBroker(metadata, state.leader) === undefined ? 'noNode' : state.leader;
    },
    nextProducerId: () => nextProducerId(turn),
  };
}

export function handleTransactions(turn: Turn, request: TransactionRequest): void {
  const surroundings = {
    ...surroundingsOf(turn),
    offsetsPartitionFor: (groupId: string) => offsetsPartitionFor(turn, groupId),
  };
  withTransactions(turn, (transactions) => handleTransactionRequest(transactions, request, surroundings));
}

/** The partition of `__consumer_offsets` that looks after the group. */
export function offsetsPartitionFor({ broker: { metadata, settings } }: Turn, groupId: string): TopicPartition {
  const topic = GROUP_METADATA_TOPIC_NAME;
  const partitionCount =
    metadata.topics.get(topic)?.partitions.length ?? brokerNumber(settings, 'offsets.topic.num.partitions');
  return { topic, partition: coordinatorPartition(groupId, { partitionCount }) };
}

export function handleTransactionTimer(turn: Turn, event: TransactionTimerEvent): void {
  withTransactions(turn, (transactions) => onTransactionTimer(transactions, event, surroundingsOf(turn)));
}

/** Partitions of `__transaction_state` that this broker has come to lead are read; those it leads no more are forgotten. */
export function onTransactionLeadershipChange(
  turn: Turn,
  {
    leading,
    following,
  }: { readonly leading: readonly HostedPartition[]; readonly following: readonly HostedPartition[] },
): void {
  for (const { topic, partition, index } of leading) {
    const now = turn.broker.partitions[index];
    if (topic !== TRANSACTION_STATE_TOPIC_NAME || now?.log == null) continue;
    const log = { epoch: now.leaderEpoch, batches: batchesOf(now.log) };
    withTransactions(turn, (transactions) =>
      onTransactionLogLeader(transactions, partition, log, surroundingsOf(turn)),
    );
  }
  for (const { topic, partition, index } of following) {
    forgetVerifications(turn, { topic, partition });
    const epoch = turn.broker.partitions[index]?.leaderEpoch ?? null;
    if (topic === TRANSACTION_STATE_TOPIC_NAME) unload(turn, partition, epoch);
  }
}

export function onTransactionReplicasStopped(turn: Turn, stopped: readonly TopicPartition[]): void {
  for (const { topic, partition } of stopped) if (topic === TRANSACTION_STATE_TOPIC_NAME) unload(turn, partition, null);
}

function unload(turn: Turn, partition: number, epoch: number | null): void {
  withTransactions(turn, (transactions) =>
    onTransactionLogFollower(transactions, partition, epoch, surroundingsOf(turn)),
  );
}

function take(turn: Turn, outcome: TransactionOutcome): void {
  update(turn, { transactions: outcome.coordinator });
  turn.effects.push(...outcome.effects);
  turn.lines.push(...outcome.lines);
  for (const { to, api, body } of outcome.replies) reply(turn, to, api, body);
  for (const append of outcome.appends) write(turn, append);
  for (const request of outcome.markerRequests) sendMarkers(turn, request);
}

function write(turn: Turn, { append, partition, batch, timeoutMs }: TransactionAppend): void {
  const options = { acks: -1, timeoutMs, origin: 'coordinator', internalTopicsAllowed: true } as const;
  appendRecords(turn, [{ topic: TRANSACTION_STATE_TOPIC_NAME, partition, batch }], options, onWritten(append));
}

const onWritten =
  (append: number): AppendCallback =>
  (turn, [result]) => {
    const error = result?.errorCode ?? 'UNKNOWN_SERVER_ERROR';
    withTransactions(turn, (transactions) =>
      completeTransactionAppend(transactions, append, error, surroundingsOf(turn)),
    );
  };

/** Over a connection even to itself, as Kafka does. */
function sendMarkers(turn: Turn, { broker, body }: MarkerRequest): void {
  const { metadata, brokerId } = turn.broker;
  const answered = onMarkersAnswered(broker);
  const node = aliveBroker(metadata, broker);
  if (node === undefined) return answered(turn, null);
  const link = { name: `markers-${broker}`, port: node.port, onLoss: 'fail' } as const;
  sendOver(turn, link, linkRequest('WriteTxnMarkers', String(brokerId), body, answered));
}

const onMarkersAnswered =
  (broker: BrokerId) =>
  (turn: Turn, response: ResponseBody<'WriteTxnMarkers'> | null): void =>
    withTransactions(turn, (transactions) => completeMarkers(transactions, broker, response, surroundingsOf(turn)));

function reply<A extends TransactionApi>(
  turn: Turn,
  { socket, correlationId }: RequestTag,
  api: A,
  body: ResponseBody<A>,
): void {
  turn.effects.push(sendResponse(socket, api, correlationId, body));
  finish(turn, socket);
}
