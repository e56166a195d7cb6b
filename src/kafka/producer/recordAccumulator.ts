/**
 * The records that a producer has taken and not sent yet: a queue of batches for each partition.
 *
 * Follows `org.apache.kafka.clients.producer.internals.RecordAccumulator` (3.9.0), as an immutable value. Sending, sequences and
 * transactions are the client's business; it drains batches, and puts them back to retry.
 */
import type { BrokerId, TimestampMs } from '../ids.ts';
import { javaIntegerHash } from '../javaHash.ts';
import { javaHashCopyOrder } from '../javaHashMap.ts';
import type { NewRecord } from '../record/record.ts';
import { batchSizeUpperBound } from '../record/recordBatch.ts';
import type { TopicPartition } from '../topicPartition.ts';
import { createProducerBatch, isFull, type ProducerBatch, tryAppend } from './producerBatch.ts';
import {
  afterAppend,
  createStickyPartitioner,
  type Draw,
  loadStatsOf,
  type PartitionLoadStats,
  type StickyPartitioner,
  type TopicPartitions,
  withCurrentPartition,
} from './stickyPartitioner.ts';

export interface AccumulatorConfig {
  readonly batchSize: number;
  readonly lingerMs: number;
  readonly bufferMemory: number;
  readonly deliveryTimeoutMs: number;
  readonly adaptivePartitioning: boolean;
}

export interface PartitionQueue {
  readonly partition: number;
  /** Oldest first. */
  readonly batches: readonly ProducerBatch[];
}

interface TopicQueues {
  readonly topic: string;
  readonly partitioner: StickyPartitioner;
  /** In the order of a Java map copied at each new partition. */
  readonly queues: readonly PartitionQueue[];
}

export interface RecordAccumulator {
  readonly config: AccumulatorConfig;
  readonly topics: readonly TopicQueues[];
  /** Buffers of batches not yet released, in bytes. */
  readonly allocatedBytes: number;
  readonly nextBatchId: number;
  /** For each broker, where in its list of partitions the last drain stopped. */
  readonly drainIndex: ReadonlyMap<BrokerId, number>;
}

/** What the producer's metadata says. */
export interface ProducerMetadata {
  readonly partitionsOf: (topic: string) => TopicPartitions;
  /** Null while unknown or without one. */
  readonly leaderOf: (partition: TopicPartition) => BrokerId | null;
  /** Those that the broker leads, in the order of the metadata. */
  readonly ledBy: (broker: BrokerId) => readonly TopicPartition[];
}

export function createAccumulator(config: AccumulatorConfig): RecordAccumulator {
  return {
    config: { ...config, batchSize: Math.max(1, config.batchSize) },
    topics: [],
    allocatedBytes: 0,
    nextBatchId: 0,
    drainIndex: new Map(),
  };
}

export interface RecordToSend {
  readonly topic: string;
  /** Null: the sticky partitioner chooses. */
  readonly partition: number | null;
  readonly record: NewRecord;
}

export type AccumulatorAppend =
  | {
      readonly outcome: 'appended';
      readonly accumulator: RecordAccumulator;
      readonly partition: number;
      readonly batchId: number;
      /** Position of the record in its batch. */
      readonly index: number;
      /** Worth waking the sender. */
      readonly isBatchFull: boolean;
      readonly isNewBatch: boolean;
      /** Counted towards the switch of sticky partition: a fresh batch counts its header. */
      readonly appendedBytes: number;
    }
  /** `buffer.memory` is used up: the sender must wait up to `max.block.ms`. The partition may have been chosen. */
  | { readonly outcome: 'bufferExhausted'; readonly accumulator: RecordAccumulator };

export function appendRecord(
  accumulator: RecordAccumulator,
  { topic, partition, record }: RecordToSend,
  { nowMs, metadata, draw }: { readonly nowMs: TimestampMs; readonly metadata: ProducerMetadata; readonly draw: Draw },
): AccumulatorAppend {
  const partitions = metadata.partitionsOf(topic);
  let current = topicQueues(accumulator, topic);
  const counted = (appendedBytes: number, maySwitch: boolean) =>
    partition === null
      ? afterAppend(current.partitioner, { appendedBytes, maySwitch }, partitions, draw)
      : current.partitioner;
  /** A switch put off because a batch was unfinished happens once it no longer is. */
  const switches = (queue: PartitionQueue): boolean => {
    const before = current.partitioner.current;
    if (allBatchesFull(queue)) current = { ...current, partitioner: counted(0, true) };
    const after = current.partitioner.current;
    return partition === null && after !== null && before !== null && after.producedBytes < before.producedBytes;
  };
  for (;;) {
    if (partition === null)
      current = { ...current, partitioner: withCurrentPartition(current.partitioner, partitions, draw) };
    const chosen = partition ?? current.partitioner.current!.partition;
    current = withQueue(current, queueOf(current, chosen));
    let queue = queueOf(current, chosen);
    if (switches(queue)) continue;
    const last = queue.batches[queue.batches.length - 1];
    const filled = last === undefined ? null : tryAppend(last, record, nowMs);
    if (last !== undefined && filled !== null) {
      queue = { partition: chosen, batches: queue.batches.with(queue.batches.length - 1, filled) };
      current = {
        ...withQueue(current, queue),
        partitioner: counted(filled.sizeInBytes - last.sizeInBytes, allBatchesFull(queue)),
      };
      return appended(withTopic(accumulator, current), queue, {
        isNewBatch: false,
        appendedBytes: filled.sizeInBytes - last.sizeInBytes,
      });
    }
    if (last !== undefined) {
      queue = { partition: chosen, batches: queue.batches.with(queue.batches.length - 1, { ...last, isClosed: true }) };
      current = withQueue(current, queue);
    }
    const writeLimit = Math.max(accumulator.config.batchSize, batchSizeUpperBound(record));
    if (accumulator.allocatedBytes + writeLimit > accumulator.config.bufferMemory) {
      return { outcome: 'bufferExhausted', accumulator: withTopic(accumulator, current) };
    }
    if (switches(queue)) continue;
    const created = createProducerBatch(accumulator.nextBatchId, { topic, partition: chosen }, { writeLimit, nowMs });
    const batch = tryAppend(created, record, nowMs) ?? created;
    queue = { partition: chosen, batches: [...queue.batches, batch] };
    current = { ...withQueue(current, queue), partitioner: counted(batch.sizeInBytes, allBatchesFull(queue)) };
    const allocatedBytes = accumulator.allocatedBytes + writeLimit;
    const next = { ...withTopic(accumulator, current), allocatedBytes, nextBatchId: accumulator.nextBatchId + 1 };
    return appended(next, queue, { isNewBatch: true, appendedBytes: batch.sizeInBytes });
  }
}

/** The record would begin a new batch in that partition. */
export function needsBatch(
  accumulator: RecordAccumulator,
  { topic, partition, record }: { readonly topic: string; readonly partition: number; readonly record: NewRecord },
  nowMs: TimestampMs,
): boolean {
  const { batches } = queueOf(topicQueues(accumulator, topic), partition);
  const last = batches[batches.length - 1];
  return last === undefined || tryAppend(last, record, nowMs) === null;
}

function appended(
  accumulator: RecordAccumulator,
  { partition, batches }: PartitionQueue,
  { isNewBatch, appendedBytes }: { readonly isNewBatch: boolean; readonly appendedBytes: number },
): AccumulatorAppend {
  const batch = batches[batches.length - 1]!;
  const isBatchFull = batches.length > 1 || isFull(batch);
  const index = batch.records.length - 1;
  return {
    outcome: 'appended',
    accumulator,
    partition,
    batchId: batch.id,
    index,
    isBatchFull,
    isNewBatch,
    appendedBytes,
  };
}

function allBatchesFull({ batches }: PartitionQueue): boolean {
  const last = batches[batches.length - 1];
  return last === undefined || isFull(last);
}

function topicQueues({ topics, config }: RecordAccumulator, topic: string): TopicQueues {
  const known = topics.find((queues) => queues.topic === topic);
  return known ?? { topic, partitioner: createStickyPartitioner({ stickyBatchSize: config.batchSize }), queues: [] };
}

function queueOf({ queues }: TopicQueues, partition: number): PartitionQueue {
  return queues.find((queue) => queue.partition === partition) ?? { partition, batches: [] };
}

function withQueue(topic: TopicQueues, queue: PartitionQueue): TopicQueues {
  const at = topic.queues.findIndex(({ partition }) => partition === queue.partition);
  if (at !== -1) return topic.queues[at] === queue ? topic : { ...topic, queues: topic.queues.with(at, queue) };
  const order = javaHashCopyOrder(
    topic.queues.map(({ partition }) => partition),
    javaIntegerHash,
    [queue.partition],
  );
  const queues = order.map((partition) => (partition === queue.partition ? queue : queueOf(topic, partition)));
  return { ...topic, queues };
}

function withTopic(accumulator: RecordAccumulator, topic: TopicQueues): RecordAccumulator {
  const at = accumulator.topics.findIndex((known) => known.topic === topic.topic);
  const topics = at === -1 ? [...accumulator.topics, topic] : accumulator.topics.with(at, topic);
  return { ...accumulator, topics };
}

export interface ReadyOptions {
  readonly nowMs: TimestampMs;
  readonly metadata: ProducerMetadata;
  /** A flush, a close, a transaction that completes, or somebody waiting for memory: linger no longer. */
  readonly sendsAtOnce?: boolean;
  /** A partition with a batch in flight, when order must hold over retries. */
  readonly isMuted?: (partition: TopicPartition) => boolean;
}

export interface ReadyCheck {
  /** With the weights of the sticky partitioners renewed. */
  readonly accumulator: RecordAccumulator;
  readonly readyBrokers: readonly BrokerId[];
  /** Milliseconds until something more may be ready; null when nothing waits. */
  readonly nextCheckDelayMs: number | null;
  /** Topics with batches for a partition whose leader is not known. */
  readonly unknownLeaderTopics: readonly string[];
}

/** Which brokers have something to be sent: a full batch, or one that has lingered, or waited to be retried, long enough. */
export function checkReady(accumulator: RecordAccumulator, options: ReadyOptions): ReadyCheck {
  const { nowMs, metadata, sendsAtOnce = false, isMuted = () => false } = options;
  const ready = new Set<BrokerId>();
  const unknown = new Set<string>();
  let nextCheckDelayMs: number | null = null;
  for (const { topic, queues } of accumulator.topics) {
    for (const { partition, batches } of queues) {
      const first = batches[0];
      if (first === undefined) continue;
      const leader = metadata.leaderOf({ topic, partition });
      if (leader === null) {
        unknown.add(topic);
        continue;
      }
      if (ready.has(leader) || isMuted({ topic, partition })) continue;
      const waitedMs = Math.max(0, nowMs - first.lastAttemptMs);
      const isBackingOff = mustBackOff(first, nowMs);
      const toWaitMs = isBackingOff ? first.retryBackoffMs : accumulator.config.lingerMs;
      const isSendable = batches.length > 1 || isFull(first) || waitedMs >= toWaitMs || sendsAtOnce;
      if (isSendable && !isBackingOff) ready.add(leader);
      else nextCheckDelayMs = Math.min(Math.max(toWaitMs - waitedMs, 0), nextCheckDelayMs ?? Number.POSITIVE_INFINITY);
    }
  }
  const topics = accumulator.topics.map((queues) => withLoadStats(queues, accumulator.config, metadata));
  const isSame = topics.every((queues, at) => queues === accumulator.topics[at]);
  return {
    accumulator: isSame ? accumulator : { ...accumulator, topics },
    readyBrokers: [...ready],
    nextCheckDelayMs,
    unknownLeaderTopics: [...unknown],
  };
}

function mustBackOff({ attempts, lastAttemptMs, retryBackoffMs }: ProducerBatch, nowMs: TimestampMs): boolean {
  return attempts > 0 && nowMs - lastAttemptMs < retryBackoffMs;
}

/** No weights until every partition has had a batch. */
function withLoadStats(
  topic: TopicQueues,
  { adaptivePartitioning }: AccumulatorConfig,
  metadata: ProducerMetadata,
): TopicQueues {
  const loadStats = adaptivePartitioning ? currentLoadStats(topic, metadata) : null;
  if (loadStats === null && topic.partitioner.loadStats === null) return topic;
  return { ...topic, partitioner: { ...topic.partitioner, loadStats } };
}

function currentLoadStats({ topic, queues }: TopicQueues, metadata: ProducerMetadata): PartitionLoadStats | null {
  const { available, partitionCount } = metadata.partitionsOf(topic);
  if (queues.length < partitionCount) return null;
  // Nearly always every partition has a leader, and nothing waits.
  if (available.length === queues.length && queues.every(({ batches }) => batches.length === 0)) return null;
  const led = queues.filter(({ partition }) => metadata.leaderOf({ topic, partition }) !== null);
  const sizes = led.map(({ partition, batches }) => ({ partition, queueSize: batches.length }));
  return loadStatsOf(sizes, { excludedCount: queues.length - led.length });
}

export interface DrainOptions {
  readonly nowMs: TimestampMs;
  readonly metadata: ProducerMetadata;
  readonly brokers: readonly BrokerId[];
  readonly maxRequestSize: number;
  readonly isMuted?: (partition: TopicPartition) => boolean;
  /** False stops the drain of this broker: no producer id yet, or a retry must come first. */
  readonly mayDrain?: (batch: ProducerBatch) => boolean;
}

export interface Drained {
  readonly accumulator: RecordAccumulator;
  /** Closed, at most one a partition; their memory stays taken until `releaseBatch`. */
  readonly batches: ReadonlyMap<BrokerId, readonly ProducerBatch[]>;
}

export function drainBatches(accumulator: RecordAccumulator, options: DrainOptions): Drained {
  let next = accumulator;
  const batches = new Map<BrokerId, readonly ProducerBatch[]>();
  for (const broker of options.brokers) {
    const drained = drainForBroker(next, broker, options);
    next = drained.accumulator;
    batches.set(broker, drained.taken);
  }
  return { accumulator: next, batches };
}

function drainForBroker(
  accumulator: RecordAccumulator,
  broker: BrokerId,
  { nowMs, metadata, maxRequestSize, isMuted = () => false, mayDrain = () => true }: DrainOptions,
): { readonly accumulator: RecordAccumulator; readonly taken: readonly ProducerBatch[] } {
  const partitions = metadata.ledBy(broker);
  if (partitions.length === 0) return { accumulator, taken: [] };
  const taken: ProducerBatch[] = [];
  let next = accumulator;
  let size = 0;
  // Starts where the last drain stopped, so that no partition starves.
  const start = (accumulator.drainIndex.get(broker) ?? 0) % partitions.length;
  let last = start;
  let index = start;
  do {
    const topicPartition = partitions[index]!;
    last = index;
    index = (index + 1) % partitions.length;
    if (isMuted(topicPartition)) continue;
    const topic = topicQueues(next, topicPartition.topic);
    const queue = queueOf(topic, topicPartition.partition);
    const first = queue.batches[0];
    if (first === undefined || mustBackOff(first, nowMs)) continue;
    if (size + first.sizeInBytes > maxRequestSize && taken.length > 0) break;
    if (!mayDrain(first)) break;
    taken.push({ ...first, isClosed: true });
    size += first.sizeInBytes;
    next = withTopic(next, withQueue(topic, { ...queue, batches: queue.batches.slice(1) }));
  } while (index !== start);
  const drainIndex = new Map(accumulator.drainIndex).set(broker, last);
  return { accumulator: { ...next, drainIndex }, taken };
}

/** Puts a batch back to be retried: first in its queue, or by sequence among those that have one. */
export function reenqueueBatch(
  accumulator: RecordAccumulator,
  batch: ProducerBatch,
  { nowMs, retryBackoffMs }: { readonly nowMs: TimestampMs; readonly retryBackoffMs: number },
): RecordAccumulator {
  const lastAttemptMs = nowMs > batch.lastAppendMs ? nowMs : batch.lastAppendMs;
  const retried = {
    ...batch,
    attempts: batch.attempts + 1,
    lastAttemptMs,
    lastAppendMs: lastAttemptMs,
    retryBackoffMs,
  };
  const topic = topicQueues(accumulator, batch.topicPartition.topic);
  const queue = queueOf(topic, batch.topicPartition.partition);
  const ahead = queue.batches.findIndex(
    ({ sequence }) =>
      batch.sequence === null || sequence === null || sequence.baseSequence >= batch.sequence.baseSequence,
  );
  const at = ahead === -1 ? queue.batches.length : ahead;
  const batches = queue.batches.toSpliced(at, 0, retried);
  return withTopic(accumulator, withQueue(topic, { ...queue, batches }));
}

/** Batches that have waited for `delivery.timeout.ms` since they were made leave unsent. */
export function expireBatches(
  accumulator: RecordAccumulator,
  { nowMs }: { readonly nowMs: TimestampMs },
): { readonly accumulator: RecordAccumulator; readonly expired: readonly ProducerBatch[] } {
  const expired: ProducerBatch[] = [];
  const { deliveryTimeoutMs } = accumulator.config;
  const topics = accumulator.topics.map((topic) => {
    const queues = topic.queues.map((queue) => {
      const kept = queue.batches.findIndex(({ createdMs }) => nowMs - createdMs < deliveryTimeoutMs);
      const count = kept === -1 ? queue.batches.length : kept;
      expired.push(...queue.batches.slice(0, count));
      return count === 0 ? queue : { ...queue, batches: queue.batches.slice(count) };
    });
    return queues.every((queue, i) => queue === topic.queues[i]) ? topic : { ...topic, queues };
  });
  return expired.length === 0 ? { accumulator, expired } : { accumulator: { ...accumulator, topics }, expired };
}

/** The batch is acknowledged, or has failed: its memory is free again. */
export function releaseBatch(accumulator: RecordAccumulator, { writeLimit }: ProducerBatch): RecordAccumulator {
  return { ...accumulator, allocatedBytes: accumulator.allocatedBytes - writeLimit };
}

/** All batches still in queues, oldest first in each. */
export function queuedBatches({ topics }: RecordAccumulator): ProducerBatch[] {
  return topics.flatMap(({ queues }) => queues.flatMap(({ batches }) => batches));
}
