/**
 * Replays of `11-reset-offsets` and `11-lag`.
 */
import { zeroBytes } from '../bytes.ts';
import { lagOf, planReset, type ResetStrategy, type ResettablePartition } from '../group/offsetReset.ts';
import { parseDateTime, parseDuration } from '../group/resetTime.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import { offsetForTimestamp } from '../log/offsetForTimestamp.ts';
import { incrementLogStartOffset, type PartitionLog, withHighWatermark } from '../log/partitionLog.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch } from '../record/recordBatch.ts';
import type { Json } from './json.ts';
import { EXAMPLE_PARTITION, exampleLog, START_TIME_MS } from './logReplay.ts';

interface PartitionInput {
  readonly partition: number;
  readonly recordTimestamps?: readonly TimestampMs[];
  /** Counted back from the moment of the command. */
  readonly recordAgesMs?: readonly number[];
  readonly logStartOffset: Offset;
  readonly logEndOffset: Offset;
  readonly committed: Offset | null;
}

export function replayReset({
  options,
  partitions,
}: {
  readonly options: readonly string[];
  readonly partitions: readonly PartitionInput[];
}): Json {
  const { strategy, timestamp } = readOptions(options);
  const wanted = wantedPartitions(options, partitions);
  const plan = planReset(
    strategy,
    wanted.map((partition): ResettablePartition => {
      const { logStartOffset, logEndOffset, committed } = partition;
      return {
        topicPartition: { ...EXAMPLE_PARTITION, partition: partition.partition },
        logStartOffset,
        logEndOffset,
        committedOffset: committed,
        offsetForTime: timestamp === null ? null : (offsetForTimestamp(logOf(partition), timestamp)?.offset ?? null),
      };
    }),
  );
  if (plan.outcome === 'refused') return { error: 'IllegalArgumentException', message: plan.message };
  return {
    newOffsets: Object.fromEntries(plan.partitions.map((p) => [String(p.topicPartition.partition), p.newOffset])),
  };
}

/** `t` is all partitions, `t:0,1` some. */
function wantedPartitions(
  options: readonly string[],
  partitions: readonly PartitionInput[],
): readonly PartitionInput[] {
  const [, list] = options[options.indexOf('--topic') + 1]!.split(':');
  if (list === undefined) return partitions;
  return list.split(',').flatMap((index) => partitions.filter(({ partition }) => partition === Number(index)));
}

function readOptions(options: readonly string[]): {
  readonly strategy: ResetStrategy;
  readonly timestamp: TimestampMs | null;
} {
  const argument = (name: string) => options[options.indexOf(name) + 1] ?? '';
  if (options.includes('--to-earliest')) return { strategy: { kind: 'toEarliest' }, timestamp: null };
  if (options.includes('--to-latest')) return { strategy: { kind: 'toLatest' }, timestamp: null };
  if (options.includes('--to-current')) return { strategy: { kind: 'toCurrent' }, timestamp: null };
  if (options.includes('--to-offset')) {
    return { strategy: { kind: 'toOffset', offset: Number(argument('--to-offset')) }, timestamp: null };
  }
  if (options.includes('--shift-by'))
    return { strategy: { kind: 'shiftBy', by: Number(argument('--shift-by')) }, timestamp: null };
  if (options.includes('--to-datetime')) {
    const parsed = parseDateTime(argument('--to-datetime'));
    return { strategy: { kind: 'toTime' }, timestamp: parsed.outcome === 'valid' ? parsed.timestamp : null };
  }
  const duration = parseDuration(argument('--by-duration')) ?? 0;
  return { strategy: { kind: 'toTime' }, timestamp: (START_TIME_MS - duration) as TimestampMs };
}

function logOf({ recordTimestamps, recordAgesMs = [], logStartOffset }: PartitionInput): PartitionLog {
  const timestamps = recordTimestamps ?? recordAgesMs.map((age) => (START_TIME_MS - age) as TimestampMs);
  let log = exampleLog({ 'segment.bytes': 400, 'retention.ms': -1 });
  for (const timestamp of timestamps) {
    const batch = createBatch([{ timestamp, key: null, value: zeroBytes(10), headers: NO_HEADERS }]);
    log = appendAsLeader(log, batch, { leaderEpoch: 0 as LeaderEpoch, nowMs: START_TIME_MS }).log;
  }
  return incrementLogStartOffset(withHighWatermark(log, log.logEndOffset), logStartOffset).log;
}

export function replayLag({ partitions }: { readonly partitions: readonly PartitionInput[] }): Json {
  return partitions.flatMap(({ partition, committed, logEndOffset }) =>
    committed === null
      ? []
      : [
          {
            partition,
            currentOffset: committed,
            logEndOffset,
            lag: lagOf({ committedOffset: committed, logEndOffset }),
          },
        ],
  );
}
