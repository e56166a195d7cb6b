/**
 * What of a compacted log the cleaner may look at, and whether it is dirty enough to be worth a pass.
 *
 * Follows `kafka.log.LogCleanerManager#cleanableOffsets`, `#maxCompactionDelay` and `kafka.log.LogToClean` (3.9.0).
 */
import type { Offset, TimestampMs } from '../ids.ts';
import { largestTimestampOf, type LogSegment } from '../log/logSegment.ts';
import { lastStableOffset, type PartitionLog, segmentsBetween, segmentsOf } from '../log/partitionLog.ts';

export interface CleanableRange {
  /** From the last cleaning's end. */
  readonly firstDirtyOffset: Offset;
  /** The least of last stable offset, active segment, first segment too young for `min.compaction.lag.ms`. */
  readonly firstUncleanableDirtyOffset: Offset;
  /** The checkpoint lies outside the log and must be set anew. */
  readonly isCheckpointInvalid: boolean;
  /** Base of the segment that holds the first uncleanable offset, or of the next one: only whole segments are cleaned. */
  readonly firstUncleanableOffset: Offset;
  readonly cleanBytes: number;
  readonly cleanableBytes: number;
  /** Of the bytes below the first uncleanable offset; null when there are none. */
  readonly cleanableRatio: number | null;
  /** How long the oldest dirty record has outlived `max.compaction.lag.ms`; 0 if none has. */
  readonly maxCompactionDelayMs: number;
}

/** `checkpoint`: where the last cleaning ended (file `cleaner-offset-checkpoint`), null before the first. */
export function cleanableRange(
  log: PartitionLog,
  { checkpoint, nowMs }: { readonly checkpoint: Offset | null; readonly nowMs: TimestampMs },
): CleanableRange {
  const isCheckpointInvalid = checkpoint !== null && (checkpoint < log.logStartOffset || checkpoint > log.logEndOffset);
  const firstDirtyOffset = checkpoint === null || isCheckpointInvalid ? log.logStartOffset : checkpoint;
  const dirtySegments = sealedFrom(log, firstDirtyOffset);
  const { minCompactionLagMs, maxCompactionLagMs } = log.config;
  const tooYoung =
    minCompactionLagMs > 0
      ? dirtySegments.find((segment) => largestTimestampOf(segment) > nowMs - minCompactionLagMs)
      : undefined;
  const uncleanable = Math.min(
    lastStableOffset(log),
    log.activeSegment.baseOffset,
    tooYoung?.baseOffset ?? Number.POSITIVE_INFINITY,
  );
  const firstUncleanableDirtyOffset = Math.max(firstDirtyOffset, uncleanable) as Offset;
  const firstUncleanableOffset = (sealedFrom(log, firstUncleanableDirtyOffset)[0] ?? log.activeSegment).baseOffset;
  const segments = segmentsOf(log);
  const cleanBytes = bytesOf(segmentsBetween(segments, -1, firstDirtyOffset));
  const cleanableBytes = bytesOf(
    segmentsBetween(segments, Math.min(firstDirtyOffset, firstUncleanableOffset), firstUncleanableOffset),
  );
  const totalBytes = cleanBytes + cleanableBytes;
  return {
    firstDirtyOffset,
    firstUncleanableDirtyOffset,
    isCheckpointInvalid,
    firstUncleanableOffset,
    cleanBytes,
    cleanableBytes,
    cleanableRatio: totalBytes === 0 ? null : cleanableBytes / totalBytes,
    maxCompactionDelayMs: compactionDelayMs(dirtySegments, nowMs - maxCompactionLagMs),
  };
}

/** The ratio exceeds `min.cleanable.dirty.ratio`, or something has waited for `max.compaction.lag.ms`. */
export function isFilthy(
  range: CleanableRange,
  { minCleanableDirtyRatio }: { readonly minCleanableDirtyRatio: number },
): boolean {
  if (range.cleanableRatio === null) return false;
  return (range.maxCompactionDelayMs > 0 && range.cleanableBytes > 0) || range.cleanableRatio > minCleanableDirtyRatio;
}

/** Sealed segments from the one that holds the offset on. */
function sealedFrom({ sealedSegments, activeSegment }: PartitionLog, offset: Offset): readonly LogSegment[] {
  return offset > activeSegment.baseOffset ? [] : segmentsBetween(sealedSegments, offset, activeSegment.baseOffset);
}

function bytesOf(segments: readonly LogSegment[]): number {
  return segments.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
}

function compactionDelayMs(segments: readonly LogSegment[], cleanUntilMs: number): number {
  const first = segments
    .map(({ rollingBasedTimestamp }) => rollingBasedTimestamp ?? 0)
    .filter((timestamp) => timestamp > 0);
  const earliest = Math.min(...first);
  return earliest < cleanUntilMs ? cleanUntilMs - earliest : 0;
}
