/**
 * Where records without a key go: to one partition until about `batch.size` bytes, then to another at random, longer queues less often.
 *
 * Follows `org.apache.kafka.clients.producer.internals.BuiltInPartitioner` (3.9.0, KIP-794).
 */

/** Weights by queue length: a draw below `cumulativeFrequency[i]` and not below the one before falls on `partitionIds[i]`. */
export interface PartitionLoadStats {
  readonly cumulativeFrequency: readonly number[];
  readonly partitionIds: readonly number[];
}

export interface StickyPartitioner {
  readonly stickyBatchSize: number;
  /** Null before the first record. */
  readonly current: { readonly partition: number; readonly producedBytes: number } | null;
  /** Null: every available partition is as likely. */
  readonly loadStats: PartitionLoadStats | null;
}

/** What a producer's metadata says of a topic. */
export interface TopicPartitions {
  /** Partitions with a leader, in the order of the metadata: the draw depends on it. */
  readonly available: readonly number[];
  readonly partitionCount: number;
}

/** A uniform integer from 0 to 2^31 − 1. */
export type Draw = () => number;

export function createStickyPartitioner({ stickyBatchSize }: { readonly stickyBatchSize: number }): StickyPartitioner {
  return { stickyBatchSize, current: null, loadStats: null };
}

/** With a current partition, chosen now if there was none. */
export function withCurrentPartition(
  partitioner: StickyPartitioner,
  topic: TopicPartitions,
  draw: Draw,
): StickyPartitioner & { readonly current: NonNullable<StickyPartitioner['current']> } {
  const current = partitioner.current ?? { partition: nextPartition(partitioner, topic, draw), producedBytes: 0 };
  return { ...partitioner, current };
}

/**
 * Counts bytes appended to the current partition. It switches from `stickyBatchSize` on when that does not split a batch, and from twice
 * as many in any case; the new partition may be the same one.
 */
export function afterAppend(
  partitioner: StickyPartitioner,
  { appendedBytes, maySwitch }: { readonly appendedBytes: number; readonly maySwitch: boolean },
  topic: TopicPartitions,
  draw: Draw,
): StickyPartitioner {
  const { current, stickyBatchSize } = partitioner;
  if (current === null) return partitioner;
  const producedBytes = current.producedBytes + appendedBytes;
  if ((producedBytes >= stickyBatchSize && maySwitch) || producedBytes >= stickyBatchSize * 2) {
    return { ...partitioner, current: { partition: nextPartition(partitioner, topic, draw), producedBytes: 0 } };
  }
  return { ...partitioner, current: { partition: current.partition, producedBytes } };
}

function nextPartition(
  { loadStats }: StickyPartitioner,
  { available, partitionCount }: TopicPartitions,
  draw: Draw,
): number {
  const random = draw();
  if (loadStats === null) {
    return available.length > 0 ? available[random % available.length]! : random % partitionCount;
  }
  const { cumulativeFrequency, partitionIds } = loadStats;
  const weighted = random % cumulativeFrequency[cumulativeFrequency.length - 1]!;
  return partitionIds[cumulativeFrequency.findIndex((bound) => weighted < bound)]!;
}

/**
 * Weights for these queues: longest + 1 − length. Null, no weighting, when all are equal, or the topic has fewer than two.
 * `excludedCount` partitions answer too slowly and are not in the lists.
 */
export function loadStatsOf(
  queues: readonly { readonly partition: number; readonly queueSize: number }[],
  { excludedCount = 0 }: { readonly excludedCount?: number } = {},
): PartitionLoadStats | null {
  if (queues.length < 1 || queues.length + excludedCount < 2) return null;
  const longestPlusOne = Math.max(...queues.map(({ queueSize }) => queueSize)) + 1;
  if (excludedCount === 0 && queues.every(({ queueSize }) => queueSize === queues[0]!.queueSize)) return null;
  let sum = 0;
  return {
    cumulativeFrequency: queues.map(({ queueSize }) => (sum += longestPlusOne - queueSize)),
    partitionIds: queues.map(({ partition }) => partition),
  };
}
