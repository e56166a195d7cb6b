/**
 * Kafka's producer as a value. A process keeps it in its state, forwards network events and CLIENT_TIMERs to it, and hears what became of
 * its records in the results of each step.
 *
 * Follows `org.apache.kafka.clients.producer.KafkaProducer` (3.9.0). What blocks a thread in Java is a state here: `isBlocked` (inside
 * `send`), `isFlushing`, `awaited` transactional calls.
 */
import { javaTopicPartitionHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import { appendRecord, createAccumulator, needsBatch } from '../../../kafka/producer/recordAccumulator.ts';
import { partitionForKey } from '../../../kafka/producer/murmur2.ts';
import { NO_HEADERS } from '../../../kafka/record/record.ts';
import { batchSizeUpperBound } from '../../../kafka/record/recordBatch.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { Delivered } from '../../../kernel/events.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { tell } from '../../facts.ts';
import { bootstrapOf } from '../clientConfig.ts';
import type { ClientEvent, ClientInit, ClientStep, Created } from '../clientStep.ts';
import { type Cluster, partitionCountOf } from '../cluster.ts';
import { apiException, exceptionOf, isRetriable, type JavaException, kafkaException } from '../javaException.ts';
import { addTopic, createMetadata, requestUpdateForTopic } from '../metadata.ts';
import {
  closeNetwork,
  createNetworkClient,
  handleNetwork,
  maintainMetadata,
  scheduleWakeUp,
} from '../networkClient.ts';
import { hasIncomplete, withoutBackoffForNewLeaders } from './batches.ts';
import { viewOf } from './clusterView.ts';
import { readProducerOptions } from './producerOptions.ts';
import {
  type CallResult,
  dice,
  metadataOf,
  msNow,
  type Producer,
  type ProducerTurn,
  type RecordForTopic,
  refreshed,
  type SendResult,
  type TaggedRecord,
} from './producerState.ts';
import { handleProduceResponse, isIdle, runOnce } from './sender.ts';
import { beginAbort, openTransaction, partitionOfTransaction } from './transactions.ts';
import { createTransactionManager, failedBy, hasOngoingTransaction, isTransactional } from './transactionManager.ts';
import { awaitTimeout, handleTransactionResponse } from './transactionRequests.ts';

export interface ProducerStep extends ClientStep<Producer> {
  /** What became of records: their callbacks, in order. */
  readonly results: readonly SendResult[];
  /** What `send` throws instead of telling the callback. */
  readonly thrown: JavaException | null;
  /** Transactional calls that have returned. */
  readonly calls: readonly CallResult[];
}

/** `new KafkaProducer(properties)`, serializers aside: keys and values are bytes. */
export function createProducer(init: ClientInit): Created<Producer> {
  const { properties, slot, seed, now } = init;
  const read = readProducerOptions(properties, slot + 1);
  if (read.outcome === 'invalid') return { outcome: 'failed', exception: read.exception, logs: read.logs };
  const { settings } = read;
  const bootstrap = bootstrapOf(properties);
  if (bootstrap.outcome === 'failed') {
    const exception = kafkaException('Failed to construct kafka producer', bootstrap.exception);
    return { outcome: 'failed', exception, logs: [...read.logs, ...bootstrap.logs] };
  }
  const { common, clientId, logPrefix, maxInFlight } = settings;
  const metadata = createMetadata(
    bootstrap.nodes,
    { kind: 'producer', expiresAt: new Map(), newTopics: new Set() },
    {
      refreshBackoff: { initialMs: common['retry.backoff.ms'], maxMs: common['retry.backoff.max.ms'] },
      maxAgeMs: common['metadata.max.age.ms'],
    },
  );
  const { batchSize, lingerMs, bufferMemory, deliveryTimeoutMs, adaptivePartitioning } = settings;
  const producer: Producer = {
    slot,
    clientId,
    logPrefix,
    settings,
    network: createNetworkClient(common, { slot, seed, clientId, logPrefix, maxInFlight, metadata }),
    view: viewOf(metadata.cluster),
    accumulator: createAccumulator({ batchSize, lingerMs, bufferMemory, deliveryTimeoutMs, adaptivePartitioning }),
    turns: new Map(),
    transactions: settings.isIdempotent
      ? createTransactionManager(settings.transactionalId, settings.transactionTimeoutMs)
      : null,
    inFlight: [],
    attemptedEpochs: new Map(),
    blocked: null,
    flushBelow: null,
    life: 'open',
  };
  const turn = beginProducerTurn(now);
  turn.logs.push(...read.logs, ...bootstrap.logs);
  const { state, effects, logs } = finish(producer, turn);
  return { outcome: 'created', state, effects, logs };
}

/** The application's thread is inside `send`: it must not call anything before that has returned. */
export function isBlocked({ blocked }: Producer): boolean {
  return blocked !== null;
}
/** `flush` has not returned yet. */
export function isFlushing({ flushBelow }: Producer): boolean {
  return flushBelow !== null;
}
/** `close` has returned. */
export function isClosed({ life }: Producer): boolean {
  return life === 'closed';
}

/** `send`. Its result comes with this step or a later one. */
export function sendRecord(
  producer: Producer,
  record: RecordForTopic,
  tag: string | number,
  now: VirtualTimeUs,
): ProducerStep {
  const turn = beginProducerTurn(now);
  if (producer.life !== 'open') {
    const message = 'Cannot perform operation after producer has been closed';
    return stepOf(refuse(producer, record, tag, { class: 'java.lang.IllegalStateException', message }, turn), turn);
  }
  const invalid = producer.network.metadata?.invalidTopics.includes(record.topic) === true;
  if (invalid) return stepOf(refuse(producer, record, tag, invalidTopic(record.topic), turn), turn);
  const interested = withTopic(producer, record.topic, now);
  const count = partitionCountOf(interested.view.cluster, record.topic);
  if (count === null || (record.partition != null && record.partition >= count)) {
    return finish(awaitMetadata(interested, record, tag, now), turn);
  }
  const before = interested.accumulator.nextBatchId;
  const after = append(interested, record, tag, now, turn);
  // The sender is woken by a new batch only, or by one that became full and so made another.
  return after.accumulator.nextBatchId === before &&
    after.blocked === null &&
    after.transactions === interested.transactions
    ? stepOf(after, turn)
    : finish(after, turn);
}

const invalidTopic = (topic: string): JavaException =>
  apiException('InvalidTopicException', `Invalid topics: [${topic}]`);

/** Everything sent so far leaves at once; see `isFlushing`. */
export function flush(producer: Producer, now: VirtualTimeUs): ProducerStep {
  const flushBelow = hasIncomplete(producer) ? producer.accumulator.nextBatchId : null;
  return finish({ ...producer, flushBelow }, beginProducerTurn(now));
}

/** `close()`: waits for everything, aborts an open transaction; see `isClosed`. */
export function closeProducer(producer: Producer, now: VirtualTimeUs): ProducerStep {
  if (producer.life === 'closed') return stepOf(producer, beginProducerTurn(now));
  return finish({ ...producer, life: 'closing' }, beginProducerTurn(now));
}

/** Every network event and CLIENT_TIMER of the process; what is not this client's changes nothing. */
export function handleProducer(producer: Producer, event: Delivered<ClientEvent>): ProducerStep {
  const turn = beginProducerTurn(event.now);
  if (producer.life === 'closed') return stepOf(producer, turn);
  const network = handleNetwork(producer.network, event, turn);
  return network === producer.network ? stepOf(producer, turn) : finish({ ...producer, network }, turn);
}

/** A transactional call (`transactions.ts`) is carried out like any other. */
export function runProducer(producer: Producer, now: VirtualTimeUs, calls: readonly CallResult[] = []): ProducerStep {
  const turn = beginProducerTurn(now);
  turn.calls.push(...calls);
  return finish(producer, turn);
}

function beginProducerTurn(now: VirtualTimeUs): ProducerTurn {
  return { now, effects: [], logs: [], responses: [], disconnections: [], results: [], calls: [], thrown: [] };
}
function stepOf(state: Producer, { effects, logs, results, calls, thrown }: ProducerTurn): ProducerStep {
  return { state, effects, logs, results, calls, thrown: thrown[0] ?? null };
}

/** Rounds of the sender until there is nothing more to do at this instant. */
function finish(before: Producer, turn: ProducerTurn): ProducerStep {
  let producer = before;
  let wakeAt: VirtualTimeUs | null = null;
  for (;;) {
    producer = digest(producer, turn);
    producer = unblock(producer, turn);
    producer = timeOutCalls(producer, turn);
    const round = runOnce(producer, turn);
    producer = { ...round.producer, network: maintainMetadata(round.producer.network, turn) };
    wakeAt = round.wakeAt;
    if (turn.responses.length === 0 && !round.hasSent) break;
  }
  producer = endFlush(producer);
  if (producer.life === 'closing' && isIdle(producer)) {
    const closing = closeTransaction(producer, turn);
    if (closing !== producer) return finish(closing, turn);
    return stepOf({ ...producer, network: closeNetwork(producer.network, turn), life: 'closed' }, turn);
  }
  const network = scheduleWakeUp(producer.network, earliest(wakeAt, applicationDeadline(producer)), turn);
  return stepOf({ ...producer, network }, turn);
}

function closeTransaction(producer: Producer, turn: ProducerTurn): Producer {
  const { transactions } = producer;
  if (transactions === null || !isTransactional(transactions) || !hasOngoingTransaction(transactions)) return producer;
  return beginAbort(producer, null, turn.now).producer;
}

function digest(before: Producer, turn: ProducerTurn): Producer {
  let producer = before;
  for (const response of turn.responses.splice(0)) {
    const { tag } = response;
    producer =
      tag.kind === 'produce'
        ? handleProduceResponse(producer, response, tag.batches, turn)
        : handleTransactionResponse(producer, response, turn);
  }
  return withoutBackoffForNewLeaders(refreshed(producer));
}

function endFlush(producer: Producer): Producer {
  const { flushBelow, inFlight, accumulator } = producer;
  if (flushBelow === null) return producer;
  const isOld = ({ id }: { readonly id: number }) => id < flushBelow;
  const isWaiting =
    inFlight.some(isOld) || accumulator.topics.some(({ queues }) => queues.some(({ batches }) => batches.some(isOld)));
  return isWaiting ? producer : { ...producer, flushBelow: null };
}

function earliest(a: VirtualTimeUs | null, b: VirtualTimeUs | null): VirtualTimeUs | null {
  return a === null ? b : b === null || a < b ? a : b;
}

/** When a blocked `send` or an awaited call gives up. */
function applicationDeadline({ blocked, settings, transactions }: Producer): VirtualTimeUs | null {
  const sendAt = blocked === null ? null : ((blocked.since + ms(settings.maxBlockMs)) as VirtualTimeUs);
  return earliest(sendAt, transactions?.awaited?.timesOutAt ?? null);
}

function withTopic(producer: Producer, topic: string, now: VirtualTimeUs): Producer {
  const before = metadataOf(producer);
  const metadata = addTopic(before, topic, (now + ms(producer.settings.metadataMaxIdleMs)) as VirtualTimeUs);
  return metadata === before ? producer : { ...producer, network: { ...producer.network, metadata } };
}

/** The thread waits for an answer that knows the topic (`waitOnMetadata`). */
function awaitMetadata(
  producer: Producer,
  record: RecordForTopic,
  tag: string | number,
  since: VirtualTimeUs,
): Producer {
  const metadata = requestUpdateForTopic(metadataOf(producer), record.topic);
  return {
    ...producer,
    network: { ...producer.network, metadata },
    blocked: { record, tag, since, waitsFor: 'metadata', updateVersion: metadata.updateVersion },
  };
}

function unblock(producer: Producer, turn: ProducerTurn): Producer {
  const { blocked } = producer;
  if (blocked === null) return producer;
  const { record, tag, since } = blocked;
  const isLate = turn.now - since >= ms(producer.settings.maxBlockMs);
  const free = { ...producer, blocked: null };
  if (blocked.waitsFor === 'memory') {
    if (isLate) return refuse(free, record, tag, noMemory(producer, record), turn);
    const after = append(free, record, tag, turn.now, turn);
    return after.blocked === null ? after : { ...after, blocked };
  }
  const metadata = metadataOf(producer);
  if (metadata.updateVersion > blocked.updateVersion && !isLate) {
    if (metadata.invalidTopics.includes(record.topic)) {
      return refuse(free, record, tag, invalidTopic(record.topic), turn);
    }
    const count = partitionCountOf(producer.view.cluster, record.topic);
    if (count !== null && (record.partition == null || record.partition < count)) {
      const after = append(free, record, tag, turn.now, turn);
      return after.blocked === null ? after : { ...after, blocked: { ...after.blocked, since } };
    }
    return awaitMetadata(withTopic(producer, record.topic, turn.now), record, tag, since);
  }
  return isLate ? refuse(free, record, tag, notInMetadata(producer, record), turn) : producer;
}

function notInMetadata(producer: Producer, { topic, partition }: RecordForTopic): JavaException {
  const { maxBlockMs } = producer.settings;
  const count = partitionCountOf(producer.view.cluster, topic);
  const message =
    count === null || partition == null
      ? `Topic ${topic} not present in metadata after ${maxBlockMs} ms.`
      : `Partition ${partition} of topic ${topic} with partition count ${count} is not present in metadata after ${maxBlockMs} ms.`;
  const error = metadataOf(producer).errors.get(topic);
  const cause = error === undefined ? undefined : exceptionOf(error);
  return apiException('TimeoutException', message, cause !== undefined && isRetriable(cause) ? cause : undefined);
}

function noMemory({ settings }: Producer, record: RecordForTopic): JavaException {
  const size = Math.max(settings.batchSize, batchSizeUpperBound({ ...record, headers: record.headers ?? NO_HEADERS }));
  return {
    class: BUFFER_EXHAUSTED,
    message: `Failed to allocate ${size} bytes within the configured max blocking time ${settings.maxBlockMs} ms. Total memory: ${settings.bufferMemory} bytes. Available memory: 0 bytes. Poolable size: ${settings.batchSize} bytes`,
  };
}

/** Serialized, placed, and put into its batch; blocked again when there is no memory. */
function append(
  producer: Producer,
  record: RecordForTopic,
  tag: string | number,
  now: VirtualTimeUs,
  turn: ProducerTurn,
): Producer {
  const { settings, view } = producer;
  const { topic, key, value } = record;
  const nowMs = msNow(now);
  const tagged: TaggedRecord = {
    timestamp: record.timestamp ?? nowMs,
    key,
    value,
    headers: record.headers ?? NO_HEADERS,
    tag,
  };
  const tooLarge = tooLargeFor(settings, batchSizeUpperBound(tagged));
  if (tooLarge !== null) return refuse(producer, record, tag, tooLarge, turn);
  const chance = dice(producer.network.random);
  const place = settings.isRoundRobin
    ? inTurn(producer, record, (partition) =>
        needsBatch(producer.accumulator, { topic, partition, record: tagged }, nowMs),
      )
    : { partition: partitionOf(producer, record), turns: producer.turns };
  const appended = appendRecord(
    producer.accumulator,
    { topic, partition: place.partition, record: tagged },
    { nowMs, metadata: view, draw: chance.draw },
  );
  const drawn: Producer = {
    ...producer,
    network: { ...producer.network, random: chance.rest() },
    accumulator: appended.accumulator,
    turns: place.turns,
  };
  if (appended.outcome === 'bufferExhausted') {
    const blocked = { record, tag, since: now, waitsFor: 'memory', updateVersion: 0 } as const;
    return { ...drawn, turns: producer.turns, blocked };
  }
  const placed: TopicPartition = { topic, partition: appended.partition };
  turn.effects.push(tell('recordBatched', { client: producer.clientId, ...placed }));
  const { transactions } = drawn;
  if (transactions === null) return drawn;
  // Only now is the record's partition known: it stays in its batch even if the transaction does not want it.
  const refusal = openTransaction(transactions, topicPartitionName(placed));
  if (refusal !== null) return refuse(drawn, record, tag, refusal, turn);
  return { ...drawn, transactions: partitionOfTransaction(transactions, placed, topicPartitionName(placed)) };
}

/**
 * `RoundRobinPartitioner`: the partitions with a leader take turns. A record that begins a batch asks twice, as in Kafka: `doSend` gives
 * the partitioner another chance when a new batch is needed.
 */
function inTurn(
  { view, turns }: Producer,
  { topic, partition }: RecordForTopic,
  beginsBatch: (partition: number) => boolean,
): { readonly partition: number; readonly turns: Producer['turns'] } {
  if (partition != null) return { partition, turns };
  const { available, partitionCount } = view.partitionsOf(topic);
  const inOrder = available.length > 0 ? inHashOrder(view.cluster, topic, available) : null;
  const nth = (count: number) => (inOrder === null ? count % partitionCount : inOrder[count % available.length]!);
  const count = turns.get(topic) ?? 0;
  const asked = beginsBatch(nth(count)) ? 2 : 1;
  return { partition: nth(count + asked - 1), turns: new Map(turns).set(topic, count + asked) };
}

/** As `Cluster` lists the partitions of a topic, which it takes from the hash map of all that the client knows. */
function inHashOrder({ topics }: Cluster, topic: string, available: readonly number[]): readonly number[] {
  const known = [...topics.values()].flatMap(({ name, partitions }) =>
    partitions.map(({ partition }) => ({ topic: name, partition })),
  );
  return javaHashOrder(known, javaTopicPartitionHash, { initialCapacity: known.length })
    .filter((one) => one.topic === topic && available.includes(one.partition))
    .map(({ partition }) => partition);
}

function partitionOf({ settings, view }: Producer, { topic, partition, key }: RecordForTopic): number | null {
  if (partition != null) return partition;
  if (key === null || settings.ignoresKeys) return null;
  return partitionForKey(key, { partitionCount: view.partitionsOf(topic).partitionCount });
}

function tooLargeFor({ maxRequestSize, bufferMemory }: Producer['settings'], size: number): JavaException | null {
  if (size > maxRequestSize) {
    return apiException(
      'RecordTooLargeException',
      `The message is ${size} bytes when serialized which is larger than ${maxRequestSize}, which is the value of the max.request.size configuration.`,
    );
  }
  if (size > bufferMemory) {
    return apiException(
      'RecordTooLargeException',
      `The message is ${size} bytes when serialized which is larger than the total memory buffer you have configured with the buffer.memory configuration.`,
    );
  }
  return null;
}

/** The record is not taken: its callback hears why if the exception is one of the protocol's, else `send` throws it. */
function refuse(
  producer: Producer,
  { topic, partition = null, key, value, timestamp }: RecordForTopic,
  tag: string | number,
  exception: JavaException,
  turn: ProducerTurn,
): Producer {
  const { class: name } = exception;
  const isTold = name.startsWith('org.apache.kafka.common.errors.') || name === BUFFER_EXHAUSTED;
  if (!isTold) {
    turn.thrown.push(exception);
    return producer;
  }
  turn.results.push({
    tag,
    topic,
    partition,
    record: { key, value, timestamp: timestamp ?? msNow(turn.now) },
    outcome: { outcome: 'failed', exception },
  });
  const { transactions } = producer;
  return transactions === null ? producer : { ...producer, transactions: failedBy(transactions, exception) };
}
const BUFFER_EXHAUSTED = 'org.apache.kafka.clients.producer.BufferExhaustedException';

function timeOutCalls(producer: Producer, turn: ProducerTurn): Producer {
  const { transactions, settings } = producer;
  const awaited = transactions?.awaited ?? null;
  if (transactions === null || awaited === null || awaited.timesOutAt > turn.now) return producer;
  turn.calls.push({ tag: awaited.tag, exception: awaitTimeout(awaited.operation, settings.maxBlockMs) });
  return { ...producer, transactions: { ...transactions, awaited: null } };
}
