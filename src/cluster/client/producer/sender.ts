/**
 * The producer's background work: one round sends what is due, expires what waited too long, and says when the next round is.
 *
 * Follows `org.apache.kafka.clients.producer.internals.Sender#runOnce`, `sendProducerData` (3.9.0).
 */
import type { BrokerId, TimestampMs } from '../../../kafka/ids.ts';
import { type ProducerBatch, recordBatchOf } from '../../../kafka/producer/producerBatch.ts';
import { checkReady, drainBatches, expireBatches } from '../../../kafka/producer/recordAccumulator.ts';
import { isSameTopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { ProduceRequest } from '../../protocol/kafka/records.ts';
import { nodeById } from '../cluster.ts';
import { apiException, type JavaException } from '../javaException.ts';
import { addTopic, requestUpdate, withNewLeader } from '../metadata.ts';
import { type ClientResponse, isReady, logOf, lookAgainAt, makeReady, send } from '../networkClient.ts';
import { hasIncomplete, startSequencesAtBeginning, takeQueued } from './batches.ts';
import { completeBatch, failBatch, lostAnswer, noError } from './completion.ts';
import { instantOf, metadataOf, msNow, type Producer, type ProducerTag, type ProducerTurn } from './producerState.ts';
import {
  hasError,
  hasFatalError,
  hasProducerId,
  isCompleting,
  isNextSequence,
  isTransactional,
  markUnresolved,
  mayDrain,
  requestEpochBump,
  sequenceForSending,
  type TransactionManager,
  transitionTo,
  withoutUnresolved,
  enqueue,
  abortableError,
} from './transactionManager.ts';
import { runTransactionRequests } from './transactionRequests.ts';
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID } from '../../../kafka/ids.ts';

const SENDER = 'org.apache.kafka.clients.producer.internals.Sender';

/** A producer after a round, and when it wants the next one; null: not by itself. */
export interface Round {
  readonly producer: Producer;
  readonly wakeAt: VirtualTimeUs | null;
  /** Batches went out: there may be more for the same partitions. */
  readonly hasSent: boolean;
}

export function runOnce(before: Producer, turn: ProducerTurn): Round {
  let producer = before;
  if (producer.transactions !== null) {
    producer = resolveSequences(producer, producer.transactions);
    const { transactions } = producer;
    if (transactions !== null && hasFatalError(transactions)) {
      return { producer: abortAll(producer, transactions, turn), wakeAt: null, hasSent: false };
    }
    producer = bumpIdempotentEpoch(producer);
    if (producer.transactions !== null) {
      const aborting = abortUndrained(producer, producer.transactions, turn);
      const requests = runTransactionRequests(aborting, turn);
      if (requests.isBusy) return { producer: requests.producer, wakeAt: requests.wakeAt, hasSent: false };
      producer = requests.producer;
    }
  }
  return sendProducerData(producer, turn);
}

/** Once nothing of a partition is in flight, the fate of an expired batch is known (`maybeResolveSequences`). */
function resolveSequences(before: Producer, manager: TransactionManager): Producer {
  if (manager.unresolved.size === 0) return before;
  let after = manager;
  for (const name of manager.unresolved.keys()) {
    const entry = [...manager.entries.values()].find((other) => topicPartitionName(other.topicPartition) === name);
    if (entry === undefined || entry.inFlight.length > 0) continue;
    if (!isNextSequence(after, entry.topicPartition, entry.nextSequence)) {
      if (isTransactional(after)) {
        const message =
          "The client hasn't received acknowledgment for some previously sent messages and can no longer retry them. It is safe to abort the transaction and continue.";
        after = abortableError(
          { ...after, epochBumpRequired: true },
          { class: 'org.apache.kafka.common.KafkaException', message },
        );
      } else after = requestEpochBump(after, entry.topicPartition);
    }
    after = withoutUnresolved(after, name);
  }
  return { ...before, transactions: after };
}

/** A new epoch without asking anybody; an id when there is none (`bumpIdempotentEpochAndResetIdIfNeeded`). */
function bumpIdempotentEpoch(before: Producer): Producer {
  const { transactions: manager } = before;
  if (manager === null || isTransactional(manager)) return before;
  let producer = before;
  let after = manager;
  if (manager.epochBumpRequired) {
    const isExhausted = manager.producerEpoch === 32767;
    after = isExhausted
      ? transitionTo({ ...manager, producerId: NO_PRODUCER_ID, producerEpoch: NO_PRODUCER_EPOCH }, 'UNINITIALIZED')
      : { ...manager, producerEpoch: (manager.producerEpoch + 1) as TransactionManager['producerEpoch'] };
    after = { ...after, epochBumpRequired: false, partitionsToRewrite: [] };
    for (const topicPartition of manager.partitionsToRewrite) {
      producer = startSequencesAtBeginning(producer, after, topicPartition);
      after = producer.transactions ?? after;
    }
  }
  if (after.state !== 'INITIALIZING' && !hasProducerId(after)) {
    after = enqueue(transitionTo(after, 'INITIALIZING'), {
      kind: 'initProducerId',
      isEpochBump: false,
      isRetry: false,
      tag: null,
    });
  }
  return after === producer.transactions ? producer : { ...producer, transactions: after };
}

/** After a fatal error nothing is sent any more. */
function abortAll(before: Producer, { lastError }: TransactionManager, turn: ProducerTurn): Producer {
  if (lastError === null || !hasIncomplete(before)) return before;
  turn.logs.push({
    ...logOf(before, 'ERROR', 'Aborting producer batches due to fatal error', SENDER),
    exception: lastError,
  });
  const { accumulator, taken } = takeQueued(before.accumulator, () => true);
  let producer: Producer = { ...before, accumulator };
  for (const batch of taken) producer = failBatch(producer, batch, lastError, { mayReuseSequences: false }, turn);
  return producer;
}

/** An aborted transaction's unsent batches fail. */
function abortUndrained(before: Producer, manager: TransactionManager, turn: ProducerTurn): Producer {
  if (manager.state !== 'ABORTABLE_ERROR' && manager.state !== 'ABORTING_TRANSACTION') return before;
  const isUndrained = ({ sequence }: ProducerBatch) => sequence === null;
  const { accumulator, taken } = takeQueued(before.accumulator, isUndrained);
  let producer: Producer = { ...before, accumulator };
  const exception = manager.lastError ?? transactionAborted;
  for (const batch of taken) producer = failBatch(producer, batch, exception, { mayReuseSequences: false }, turn);
  return producer;
}
const transactionAborted: JavaException = apiException(
  'TransactionAbortedException',
  'Failing batch since transaction was aborted',
);

function sendProducerData(before: Producer, turn: ProducerTurn): Round {
  const { now } = turn;
  const nowMs = msNow(now);
  let producer = before;
  const isMuted = mutedIn(before);
  const check = checkReady(before.accumulator, {
    nowMs,
    metadata: before.view,
    sendsAtOnce: sendsAtOnce(before),
    isMuted,
  });
  producer = { ...producer, accumulator: check.accumulator };
  if (check.unknownLeaderTopics.length > 0) producer = askForLeaders(producer, check.unknownLeaderTopics, now);
  let wakeAt = check.nextCheckDelayMs === null ? Number.MAX_SAFE_INTEGER : instantOf(nowMs + check.nextCheckDelayMs);
  const ready: BrokerId[] = [];
  for (const broker of check.readyBrokers) {
    const node = nodeById(producer.view.cluster, broker);
    if (node === null) continue;
    if (isReady(producer.network, broker, now)) {
      ready.push(broker);
      continue;
    }
    producer = { ...producer, network: makeReady(producer.network, node, turn) };
    wakeAt = Math.min(wakeAt, lookAgainAt(producer.network, broker) ?? wakeAt);
  }
  const requests: BrokerBatches[] = [];
  if (ready.length > 0) producer = drain(producer, ready, { nowMs, isMuted }, requests);
  producer = expire(producer, turn);
  for (const [broker, batches] of requests) producer = sendProduceRequest(producer, broker, batches, turn);
  wakeAt = Math.min(wakeAt, nextExpiryAt(producer));
  return {
    producer,
    wakeAt: wakeAt === Number.MAX_SAFE_INTEGER ? null : (wakeAt as VirtualTimeUs),
    hasSent: requests.length > 0,
  };
}

type BrokerBatches = readonly [BrokerId, readonly ProducerBatch[]];

/** Takes the batches that go to these brokers out of their queues, each with its place in the order. */
function drain(
  before: Producer,
  brokers: readonly BrokerId[],
  { nowMs, isMuted }: { readonly nowMs: TimestampMs; readonly isMuted: ReturnType<typeof mutedIn> },
  requests: BrokerBatches[],
): Producer {
  const drained = drainBatches(before.accumulator, {
    nowMs,
    metadata: before.view,
    brokers,
    maxRequestSize: before.settings.maxRequestSize,
    isMuted,
    mayDrain: (batch) => before.transactions === null || mayDrain(before.transactions, batch),
  });
  let { transactions } = before;
  const inFlight = [...before.inFlight];
  for (const [broker, batches] of drained.batches) {
    const sequenced: ProducerBatch[] = [];
    for (const batch of batches) {
      if (transactions === null) sequenced.push(batch);
      else {
        const [withSequence, after] = sequenceForSending(transactions, batch);
        sequenced.push(withSequence);
        transactions = after;
      }
    }
    if (sequenced.length > 0) requests.push([broker, sequenced]);
    inFlight.push(...sequenced);
  }
  return { ...before, accumulator: drained.accumulator, transactions, inFlight };
}

/** With one request in flight at most, a partition that is under way waits: order holds over retries. */
function mutedIn({ settings, inFlight }: Producer): (partition: ProducerBatch['topicPartition']) => boolean {
  if (settings.maxInFlight !== 1 || inFlight.length === 0) return () => false;
  return (partition) => inFlight.some(({ topicPartition }) => isSameTopicPartition(topicPartition, partition));
}

function sendsAtOnce({ life, flushBelow, blocked, transactions }: Producer): boolean {
  const isWaitingForMemory = blocked?.waitsFor === 'memory';
  return (
    life !== 'open' ||
    flushBelow !== null ||
    isWaitingForMemory ||
    (transactions !== null && isCompleting(transactions))
  );
}

function askForLeaders(producer: Producer, topics: readonly string[], now: VirtualTimeUs): Producer {
  let metadata = metadataOf(producer);
  const expiresAt = (now + producer.settings.metadataMaxIdleMs * 1000) as VirtualTimeUs;
  for (const topic of topics) metadata = addTopic(metadata, topic, expiresAt);
  return { ...producer, network: { ...producer.network, metadata: requestUpdate(metadata) } };
}

function sendProduceRequest(
  producer: Producer,
  broker: BrokerId,
  batches: readonly ProducerBatch[],
  turn: ProducerTurn,
): Producer {
  const { settings, transactions } = producer;
  const topicData: { name: string; partitionData: { index: number; records: ReturnType<typeof recordBatchOf> }[] }[] =
    [];
  for (const batch of batches) {
    const { topic, partition } = batch.topicPartition;
    const data = { index: partition, records: recordBatchOf(batch) };
    const known = topicData.find(({ name }) => name === topic);
    if (known === undefined) topicData.push({ name: topic, partitionData: [data] });
    else known.partitionData.push(data);
  }
  const body: ProduceRequest = {
    transactionalId: transactions?.transactionalId ?? null,
    acks: settings.acks,
    timeoutMs: settings.common['request.timeout.ms'],
    topicData,
  };
  const tag: ProducerTag = { kind: 'produce', batches: batches.map(({ id }) => id) };
  const network = send(producer.network, broker, 'Produce', body, tag, turn, { expectResponse: settings.acks !== 0 });
  return { ...producer, network };
}

/** Batches older than `delivery.timeout.ms` fail, wherever they are. */
function expire(before: Producer, turn: ProducerTurn): Producer {
  const nowMs = msNow(turn.now);
  const { deliveryTimeoutMs } = before.settings;
  const { accumulator, expired } = expireBatches(before.accumulator, { nowMs });
  const late = before.inFlight.filter(({ createdMs }) => nowMs - createdMs >= deliveryTimeoutMs);
  if (expired.length === 0 && late.length === 0) return before;
  let producer: Producer = {
    ...before,
    accumulator,
    inFlight: before.inFlight.filter((batch) => !late.includes(batch)),
  };
  for (const batch of [...expired, ...late]) {
    const message = `Expiring ${batch.records.length} record(s) for ${topicPartitionName(batch.topicPartition)}:${nowMs - batch.createdMs} ms has passed since batch creation`;
    producer = failBatch(
      producer,
      batch,
      apiException('TimeoutException', message),
      { mayReuseSequences: false },
      turn,
    );
    const { transactions } = producer;
    if (transactions !== null && (batch.attempts > 0 || late.includes(batch)) && batch.sequence !== null) {
      producer = { ...producer, transactions: markUnresolved(transactions, batch) };
    }
  }
  return producer;
}

function nextExpiryAt({ accumulator, inFlight, settings }: Producer): number {
  let oldest = Number.MAX_SAFE_INTEGER;
  for (const { queues } of accumulator.topics) {
    for (const { batches } of queues) if (batches[0] !== undefined) oldest = Math.min(oldest, batches[0].createdMs);
  }
  for (const { createdMs } of inFlight) oldest = Math.min(oldest, createdMs);
  return oldest === Number.MAX_SAFE_INTEGER ? oldest : instantOf(oldest + settings.deliveryTimeoutMs);
}

/** An answer to a Produce request, or what came instead (`handleProduceResponse`). */
export function handleProduceResponse(
  before: Producer,
  response: ClientResponse<ProducerTag>,
  ids: readonly number[],
  turn: ProducerTurn,
): Producer {
  let producer = before;
  const { answer, correlationId, node } = response;
  const complete = (id: number, partAnswer: Parameters<typeof completeBatch>[2]): void => {
    // An expired batch is no longer waited for.
    const batch = producer.inFlight.find((other) => other.id === id);
    if (batch === undefined) return;
    const without = { ...producer, inFlight: producer.inFlight.filter((other) => other !== batch) };
    producer = completeBatch(without, batch, partAnswer, correlationId, turn);
  };
  if (response.wasTimedOut) {
    const lost = lostAnswer('REQUEST_TIMED_OUT', `Disconnected from node ${node} due to timeout`);
    for (const id of ids) complete(id, lost);
  } else if (response.wasDisconnected) {
    const lost = lostAnswer('NETWORK_EXCEPTION', `Disconnected from node ${node}`);
    for (const id of ids) complete(id, lost);
  } else if (answer?.api === 'Produce') {
    const { responses, nodeEndpoints } = answer.body;
    for (const { name, partitionResponses } of responses) {
      for (const part of partitionResponses) {
        const place = { topic: name, partition: part.index };
        const id = producer.inFlight.find(
          (batch) => ids.includes(batch.id) && isSameTopicPartition(batch.topicPartition, place),
        )?.id;
        if (id === undefined) continue;
        complete(id, part);
        if (part.errorCode === 'NOT_LEADER_OR_FOLLOWER' || part.errorCode === 'FENCED_LEADER_EPOCH') {
          const endpoints = nodeEndpoints.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }));
          const metadata = withNewLeader(metadataOf(producer), place, part.currentLeader, endpoints);
          producer = { ...producer, network: { ...producer.network, metadata } };
        }
      }
    }
  } else for (const id of ids) complete(id, noError);
  return producer;
}

/** What the producer still has to do before it may be closed. */
export function isIdle(producer: Producer): boolean {
  const { transactions } = producer;
  const hasRequests =
    transactions !== null &&
    !hasError(transactions) &&
    isTransactional(transactions) &&
    (transactions.pending.length > 0 || transactions.inFlight !== null);
  return !hasIncomplete(producer) && !hasRequests;
}
