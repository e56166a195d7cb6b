/**
 * The log of one replica of a partition, as an immutable value: every operation returns the next version, which shares with the
 * previous one all that it did not change.
 *
 * Follows `kafka.log.UnifiedLog` and `LocalLog` (3.9.0). Writing is in `append.ts`, reading in `readLog.ts`, the rest beside them.
 */
import type { LeaderEpoch, Offset, ProducerId, TimestampMs } from '../ids.ts';
import type { RecordBatch } from '../record/recordBatch.ts';
import { itemsFrom } from './chunkedList.ts';
import { type TopicPartition, topicPartitionName } from '../topicPartition.ts';
import {
  assignEpoch,
  type EpochEndOffset,
  endOffsetForEpoch,
  type LeaderEpochCache,
  truncateEpochsFromStart,
} from './leaderEpochCache.ts';
import { defaultLogConfig, type LogConfig } from './logConfig.ts';
import { becomeInactive, createSegment, type LogSegment, positionOf } from './logSegment.ts';
import {
  emptyProducers,
  firstUnstableOffset,
  onLogStartOffsetIncremented,
  type ProducerState,
  producerEntry,
  removeExpiredProducers,
  takeSnapshot,
  withMapEndOffset,
  withoutReplicatedTransactions,
} from './producerState.ts';

export interface PartitionLog {
  readonly topicPartition: TopicPartition;
  readonly config: LogConfig;
  /** Oldest first; the active segment is not among them. */
  readonly sealedSegments: readonly LogSegment[];
  readonly activeSegment: LogSegment;
  /** First offset that may be read; records below it may still be on disk. */
  readonly logStartOffset: Offset;
  /** Offset of the next record. */
  readonly logEndOffset: Offset;
  readonly highWatermark: Offset;
  /** Below it everything is on disk for sure: a roll and a clean stop flush what there is. */
  readonly recoveryPoint: Offset;
  readonly leaderEpochs: LeaderEpochCache;
  readonly producers: ProducerState;
}

export function createLog(
  topicPartition: TopicPartition,
  {
    config = defaultLogConfig,
    nowMs,
    startOffset = 0 as Offset,
  }: { readonly config?: LogConfig; readonly nowMs: TimestampMs; readonly startOffset?: Offset },
): PartitionLog {
  return {
    topicPartition,
    config,
    sealedSegments: [],
    activeSegment: createSegment(startOffset, nowMs),
    logStartOffset: startOffset,
    logEndOffset: startOffset,
    highWatermark: startOffset,
    recoveryPoint: 0 as Offset,
    leaderEpochs: [],
    producers: emptyProducers(startOffset),
  };
}

/** All segments, oldest first, the active one last. */
export function segmentsOf(log: PartitionLog): readonly LogSegment[] {
  return [...log.sealedSegments, log.activeSegment];
}

/** All batches on disk, oldest first: some may lie below the log start. */
export function* batchesOf(log: PartitionLog): Generator<RecordBatch, void, undefined> {
  for (const segment of segmentsOf(log)) for (const { batch } of itemsFrom(segment.batches)) yield batch;
}

/** Bytes of all the `.log` files, as `kafka-log-dirs.sh` counts them. */
export function logSizeInBytes(log: PartitionLog): number {
  return log.sealedSegments.reduce((sum, segment) => sum + segment.sizeInBytes, log.activeSegment.sizeInBytes);
}

/** A topic's settings changed: they hold from the next operation on. */
export function withLogConfig(log: PartitionLog, config: LogConfig): PartitionLog {
  return { ...log, config };
}

/** Kept between the log start and the log end. Transactions whose marker it passes are decided for good. */
export function withHighWatermark(log: PartitionLog, offset: Offset): PartitionLog {
  const highWatermark = clamp(offset, log.logStartOffset, log.logEndOffset);
  const producers = withoutReplicatedTransactions(log.producers, highWatermark);
  return highWatermark === log.highWatermark && producers === log.producers
    ? log
    : { ...log, highWatermark, producers };
}

function clamp(offset: Offset, low: Offset, high: Offset): Offset {
  return offset < low ? low : offset > high ? high : offset;
}

/** First offset that a read_committed consumer may not read: where an undecided transaction begins, or the high watermark. */
export function lastStableOffset(log: PartitionLog): Offset {
  const unstable = firstUnstableOffset(log.producers);
  if (unstable === null) return log.highWatermark;
  const first = unstable < log.logStartOffset ? log.logStartOffset : unstable;
  return first < log.highWatermark ? first : log.highWatermark;
}

/** An open transaction of this producer lets its next transactional batches in without asking the coordinator again. */
export function hasOngoingTransaction(log: PartitionLog, producerId: ProducerId): boolean {
  const entry = producerEntry(log.producers, producerId);
  return entry !== undefined && entry.currentTxnFirstOffset !== null;
}

/** A new leader notes where its epoch begins, before it appends. */
export function withLeaderEpoch(
  log: PartitionLog,
  epoch: LeaderEpoch,
  startOffset: Offset = log.logEndOffset,
): PartitionLog {
  const leaderEpochs = assignEpoch(log.leaderEpochs, { epoch, startOffset });
  return leaderEpochs === log.leaderEpochs ? log : { ...log, leaderEpochs };
}

/** As OffsetsForLeaderEpoch answers it. */
export function epochEndOffset(log: PartitionLog, epoch: LeaderEpoch): EpochEndOffset {
  return endOffsetForEpoch(log.leaderEpochs, epoch, log.logEndOffset);
}

/** Producers without an open transaction that were silent for `producer.id.expiration.ms`. */
export function expireProducers(
  log: PartitionLog,
  options: { readonly nowMs: TimestampMs; readonly expirationMs?: number },
): PartitionLog {
  const producers = removeExpiredProducers(log.producers, options);
  return producers === log.producers ? log : { ...log, producers };
}

/**
 * Seals the active segment and starts a new one at the log end, or at the offset of the append that calls for it. An empty active
 * segment with that base is replaced.
 */
export function rollLog(
  log: PartitionLog,
  { nowMs, nextOffset = log.logEndOffset }: { readonly nowMs: TimestampMs; readonly nextOffset?: Offset },
): PartitionLog {
  const baseOffset = nextOffset > log.logEndOffset ? nextOffset : log.logEndOffset;
  const { activeSegment } = log;
  const isReplaced = activeSegment.baseOffset === baseOffset && activeSegment.sizeInBytes === 0;
  const rolled: PartitionLog = {
    ...log,
    sealedSegments: isReplaced ? log.sealedSegments : [...log.sealedSegments, becomeInactive(activeSegment)],
    activeSegment: { ...createSegment(baseOffset, nowMs), hasIndexFile: false },
    recoveryPoint: baseOffset,
    producers: takeSnapshot(withMapEndOffset(log.producers, baseOffset)),
  };
  return rolled.highWatermark >= rolled.logEndOffset ? withHighWatermark(rolled, rolled.logEndOffset) : rolled;
}

/** Why records went: retention removes whole segments, DeleteRecords and a leader move the log start. */
export type LogStartOffsetResult =
  | { readonly outcome: 'moved' | 'unchanged'; readonly log: PartitionLog }
  | { readonly outcome: 'outOfRange'; readonly log: PartitionLog; readonly message: string };

/** Moves the log start up, never past the high watermark (`maybeIncrementLogStartOffset`). Records below it are no longer served. */
export function incrementLogStartOffset(log: PartitionLog, offset: Offset): LogStartOffsetResult {
  if (offset > log.highWatermark) {
    const name = topicPartitionName(log.topicPartition);
    return {
      outcome: 'outOfRange',
      log,
      message:
        `Cannot increment the log start offset to ${offset} of partition ${name} ` +
        `since it is larger than the high watermark ${log.highWatermark}`,
    };
  }
  if (offset <= log.logStartOffset) return { outcome: 'unchanged', log };
  return {
    outcome: 'moved',
    log: {
      ...log,
      logStartOffset: offset,
      leaderEpochs: truncateEpochsFromStart(log.leaderEpochs, offset),
      producers: onLogStartOffsetIncremented(log.producers, offset),
    },
  };
}

/** Index in `segmentsOf(log)` of the last segment whose base is not above the offset; −1 when all are. */
export function floorSegmentIndex(segments: readonly LogSegment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.baseOffset <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Segments from the one that holds `from` to the one before `to`. */
export function segmentsBetween(segments: readonly LogSegment[], from: number, to: number): readonly LogSegment[] {
  if (to <= from) return [];
  const first = Math.max(floorSegmentIndex(segments, from), 0);
  const end = floorSegmentIndex(segments, to - 1) + 1;
  return segments.slice(first, end);
}

/** Segment and byte where reading from the offset begins; the end of the active segment when nothing lies at or after it. */
export function filePositionOf(
  log: PartitionLog,
  offset: Offset,
): { readonly segmentIndex: number; readonly position: number } {
  const segments = segmentsOf(log);
  for (let i = Math.max(floorSegmentIndex(segments, offset), 0); i < segments.length; i++) {
    const position = offset >= log.logEndOffset ? null : positionOf(segments[i]!, offset);
    if (position !== null) return { segmentIndex: i, position };
  }
  return { segmentIndex: segments.length - 1, position: log.activeSegment.sizeInBytes };
}
