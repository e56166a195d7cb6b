/**
 * Replays of `01-murmur2-partition`, `01-sticky-switch` and `01-adaptive-load`.
 */
import { bytesOf } from '../bytes.ts';
import { murmur2, partitionForKey, toPositive } from '../producer/murmur2.ts';
import {
  afterAppend,
  createStickyPartitioner,
  type Draw,
  loadStatsOf,
  withCurrentPartition,
} from '../producer/stickyPartitioner.ts';
import type { Json } from './json.ts';

const MAX_PARTITION_COUNT = 50;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function replayMurmur2({ base64 }: { readonly base64: string }): Json {
  const key = bytesOf(decodeBase64(base64));
  const hash = murmur2(key);
  return {
    murmur2: hash,
    toPositive: toPositive(hash),
    partitionByCount1to50: Array.from({ length: MAX_PARTITION_COUNT }, (_, i) =>
      partitionForKey(key, { partitionCount: i + 1 }),
    ),
  };
}

function* decodeBase64(text: string): Generator<number, void, undefined> {
  let bits = 0;
  let bitCount = 0;
  for (const character of text.replaceAll('=', '')) {
    bits = ((bits << 6) | BASE64.indexOf(character)) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    yield (bits >> bitCount) & 0xff;
  }
}

/** Draws in turn, and how many were used. */
export function drawsFrom(draws: readonly number[]): { readonly draw: Draw; readonly used: () => number } {
  let used = 0;
  return { draw: () => draws[used++]!, used: () => used };
}

interface StickyInput {
  readonly availablePartitions: readonly number[];
  readonly numPartitions: number;
  readonly stickyBatchSize: number;
  readonly draws: readonly number[];
  readonly steps: readonly { readonly appendedBytes: number; readonly enableSwitch: boolean }[];
}

export function replayStickySwitch({
  availablePartitions,
  numPartitions,
  stickyBatchSize,
  draws,
  steps,
}: StickyInput): Json {
  const topic = { available: availablePartitions, partitionCount: numPartitions };
  const { draw, used } = drawsFrom(draws);
  let partitioner = createStickyPartitioner({ stickyBatchSize });
  return steps.map(({ appendedBytes, enableSwitch }) => {
    const before = withCurrentPartition(partitioner, topic, draw);
    const drawsBefore = used();
    partitioner = afterAppend(before, { appendedBytes, maySwitch: enableSwitch }, topic, draw);
    return { partition: before.current.partition, switched: used() > drawsBefore, drawsUsed: used() };
  });
}

interface AdaptiveInput {
  readonly queueSizes: readonly number[];
  readonly partitionIds: readonly number[];
  /** Partitions that answer in time: the first ones of the lists. */
  readonly length: number;
  readonly availablePartitions: readonly number[];
  readonly draws: readonly number[];
}

export function replayAdaptiveLoad({
  queueSizes,
  partitionIds,
  length,
  availablePartitions,
  draws,
}: AdaptiveInput): Json {
  const queues = queueSizes.slice(0, length).map((queueSize, i) => ({ queueSize, partition: partitionIds[i]! }));
  const loadStats = loadStatsOf(queues, { excludedCount: queueSizes.length - length });
  const topic = { available: availablePartitions, partitionCount: queueSizes.length };
  const { draw } = drawsFrom(draws);
  let partitioner = { ...createStickyPartitioner({ stickyBatchSize: 1 }), loadStats };
  const partitions = draws.map(() => {
    const chosen = withCurrentPartition(partitioner, topic, draw);
    partitioner = { ...chosen, current: null };
    return chosen.current.partition;
  });
  return {
    cumulativeFrequency: loadStats?.cumulativeFrequency ?? null,
    rangeEnd: loadStats?.cumulativeFrequency.at(-1) ?? null,
    partitions,
  };
}
