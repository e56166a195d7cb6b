/**
 * What a restarted broker finds of a log.
 *
 * Follows `kafka.log.LogLoader` and `LogSegment#recover` (3.9.0). Nothing written is lost with the process, but what only memory knew is:
 * older batches of producers, the high watermark since its last checkpoint; after a kill the active segment's indexes are built anew.
 */
import type { Offset, TimestampMs } from '../ids.ts';
import { itemAt, itemsFrom } from './chunkedList.ts';
import { truncateEpochsFromEnd, truncateEpochsFromStart } from './leaderEpochCache.ts';
import { appendToSegment, becomeInactive, createSegment, describeAppend, type LogSegment } from './logSegment.ts';
import { type PartitionLog, withHighWatermark } from './partitionLog.ts';
import { takeSnapshot } from './producerState.ts';
import { rebuildProducers } from './truncation.ts';

export interface Reopening {
  readonly nowMs: TimestampMs;
  /** From the file `replication-offset-checkpoint`; the log start when it has none. */
  readonly highWatermark: Offset | null;
  /** From the file `log-start-offset-checkpoint`; null when it has none. */
  readonly logStartOffset: Offset | null;
  /** False after a kill: the file `.kafka_cleanshutdown` is missing. */
  readonly wasCleanShutdown: boolean;
}

export function reopenLog(
  log: PartitionLog,
  { nowMs, highWatermark, logStartOffset, wasCleanShutdown }: Reopening,
): PartitionLog {
  const firstOffset = (log.sealedSegments[0] ?? log.activeSegment).baseOffset;
  const start = logStartOffset !== null && logStartOffset > firstOffset ? logStartOffset : firstOffset;
  const reopened: PartitionLog = {
    ...log,
    activeSegment: wasCleanShutdown
      ? reopenSegment(becomeInactive(log.activeSegment))
      : recoverSegment(log.activeSegment, { indexIntervalBytes: log.config.indexIntervalBytes, nowMs }),
    logStartOffset: start,
    highWatermark: start,
    recoveryPoint: wasCleanShutdown ? log.logEndOffset : log.recoveryPoint,
    leaderEpochs: truncateEpochsFromStart(truncateEpochsFromEnd(log.leaderEpochs, log.logEndOffset), start),
    // A clean stop takes a last snapshot; without one the batches since the last roll are read again.
    producers: { ...(wasCleanShutdown ? takeSnapshot(log.producers) : log.producers), mapEndOffset: -1 as Offset },
  };
  return withHighWatermark({ ...reopened, producers: rebuildProducers(reopened, nowMs) }, highWatermark ?? start);
}

/** The count towards the next index entry begins anew; time to roll counts from the first batch. */
function reopenSegment(segment: LogSegment): LogSegment {
  const first = itemAt(segment.batches, 0);
  return {
    ...segment,
    hasIndexFile: true,
    bytesSinceLastIndexEntry: 0,
    rollingBasedTimestamp: first?.batch.maxTimestamp ?? null,
  };
}

function recoverSegment(
  segment: LogSegment,
  { indexIntervalBytes, nowMs }: { readonly indexIntervalBytes: number; readonly nowMs: TimestampMs },
): LogSegment {
  let recovered = createSegment(segment.baseOffset, segment.createdMs);
  for (const { batch } of itemsFrom(segment.batches)) {
    recovered = appendToSegment(recovered, describeAppend([batch]), { indexIntervalBytes, nowMs });
  }
  const { transactionIndex, lastModifiedMs } = segment;
  return { ...reopenSegment(becomeInactive(recovered)), transactionIndex, lastModifiedMs };
}
