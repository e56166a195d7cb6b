/**
 * Removal of old segments: below the log start, over `retention.bytes`, older than `retention.ms`.
 *
 * Follows `kafka.log.UnifiedLog#deleteOldSegments` (3.9.0): always from the oldest on, without gaps, never past the high watermark; if
 * the active segment goes too, an empty one takes its place.
 */
import type { TimestampMs } from '../ids.ts';
import { largestTimestampOf, type LogSegment } from './logSegment.ts';
import { incrementLogStartOffset, logSizeInBytes, type PartitionLog, rollLog, segmentsOf } from './partitionLog.ts';
import { withoutSnapshotsAt } from './producerState.ts';

export type DeletionReason = 'logStartOffset' | 'retentionSize' | 'retentionTime';

export interface DeletedSegment {
  readonly segment: LogSegment;
  readonly reason: DeletionReason;
}

/** The log without them, and the segments that go; their files stay `file.delete.delay.ms` longer under the name `….deleted`. */
export function deleteOldSegments(
  log: PartitionLog,
  { nowMs }: { readonly nowMs: TimestampMs },
): { readonly log: PartitionLog; readonly deleted: readonly DeletedSegment[] } {
  const deleted: DeletedSegment[] = [];
  let next = deleteWhile(
    log,
    'logStartOffset',
    deleted,
    nowMs,
    (_segment, following) => following !== undefined && following.baseOffset <= log.logStartOffset,
  );
  if (!log.config.isDeleted) return { log: next, deleted };
  next = deleteOversized(next, deleted, nowMs);
  const { retentionMs } = log.config;
  if (retentionMs >= 0) {
    next = deleteWhile(
      next,
      'retentionTime',
      deleted,
      nowMs,
      (segment) => nowMs - largestTimestampOf(segment) > retentionMs,
    );
  }
  return { log: next, deleted };
}

function deleteOversized(log: PartitionLog, deleted: DeletedSegment[], nowMs: TimestampMs): PartitionLog {
  const { retentionBytes } = log.config;
  let excess = logSizeInBytes(log) - retentionBytes;
  if (retentionBytes < 0 || excess < 0) return log;
  return deleteWhile(log, 'retentionSize', deleted, nowMs, ({ sizeInBytes }) => {
    if (excess < sizeInBytes) return false;
    excess -= sizeInBytes;
    return true;
  });
}

function deleteWhile(
  log: PartitionLog,
  reason: DeletionReason,
  deleted: DeletedSegment[],
  nowMs: TimestampMs,
  mayGo: (segment: LogSegment, following: LogSegment | undefined) => boolean,
): PartitionLog {
  const segments = segmentsOf(log);
  let count = 0;
  for (; count < segments.length; count++) {
    const segment = segments[count]!;
    const following = segments[count + 1];
    const upperBound = following?.baseOffset ?? log.logEndOffset;
    if (log.highWatermark < upperBound || !mayGo(segment, following)) break;
    if (following === undefined && segment.sizeInBytes === 0) break;
  }
  if (count === 0) return log;
  const going = segments.slice(0, count);
  deleted.push(...going.map((segment) => ({ segment, reason })));
  const rolled = count === segments.length ? rollLog(log, { nowMs }) : log;
  const remaining = segmentsOf(rolled).slice(count);
  const moved = incrementLogStartOffset(rolled, remaining[0]!.baseOffset).log;
  return {
    ...moved,
    sealedSegments: remaining.slice(0, -1),
    producers: withoutSnapshotsAt(moved.producers, new Set(going.map(({ baseOffset }) => baseOffset))),
  };
}
