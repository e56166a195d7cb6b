/**
 * What a restarted broker finds of a log.
 *
 * Follows `kafka.log.LogLoader` and `LogSegment#recover` (3.9.0). Nothing written is lost with the process, but what only memory knew is:
 * all but the last batch of each producer, the high watermark since its last checkpoint. After a kill, the segments from the checkpointed
 * recovery point on are read again: indexes and snapshots of producers are built anew.
 */
import type { Offset, TimestampMs } from '../ids.ts';
import { itemAt, itemsFrom } from './chunkedList.ts';
import { truncateEpochsFromEnd, truncateEpochsFromStart } from './leaderEpochCache.ts';
import { appendToSegment, becomeInactive, createSegment, describeAppend, type LogSegment } from './logSegment.ts';
import { floorSegmentIndex, type PartitionLog, segmentsOf, withHighWatermark } from './partitionLog.ts';
import { type ProducerState, withoutStraySnapshots } from './producerState.ts';
import { rebuildProducers } from './truncation.ts';

export interface Reopening {
  readonly nowMs: TimestampMs;
  /** From the file `replication-offset-checkpoint`; the log start when it has none. */
  readonly highWatermark: Offset | null;
  /** From the file `log-start-offset-checkpoint`; null when it has none. */
  readonly logStartOffset: Offset | null;
  /** From the file `recovery-point-offset-checkpoint`; null when it has none, which is to say 0. */
  readonly recoveryPoint: Offset | null;
  /** False after a kill: the file `.kafka_cleanshutdown` is missing. */
  readonly wasCleanShutdown: boolean;
}

export function reopenLog(log: PartitionLog, reopening: Reopening): PartitionLog {
  const { nowMs, highWatermark, logStartOffset, wasCleanShutdown } = reopening;
  const firstOffset = (log.sealedSegments[0] ?? log.activeSegment).baseOffset;
  const start = logStartOffset !== null && logStartOffset > firstOffset ? logStartOffset : firstOffset;
  const found: PartitionLog = {
    ...log,
    activeSegment: reopenSegment(becomeInactive(log.activeSegment)),
    logStartOffset: start,
    highWatermark: start,
    recoveryPoint: log.logEndOffset,
    leaderEpochs: truncateEpochsFromStart(truncateEpochsFromEnd(log.leaderEpochs, log.logEndOffset), start),
    producers: asOnDisk(log.producers),
  };
  const reopened = wasCleanShutdown
    ? found
    : recoverLog(found, { recoveryPoint: reopening.recoveryPoint ?? (0 as Offset), nowMs });
  const bases = new Set(segmentsOf(reopened).map(({ baseOffset }) => baseOffset));
  const producers = asOnDisk(withoutStraySnapshots(reopened.producers, bases));
  return withHighWatermark(
    { ...reopened, producers: rebuildProducers({ ...reopened, producers }, nowMs) },
    highWatermark ?? start,
  );
}

/** Only the snapshots are there; they cover no offset until they are loaded. */
const asOnDisk = (producers: ProducerState): ProducerState => ({ ...producers, mapEndOffset: -1 as Offset });

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

/**
 * Reads the segments again from the one that holds the recovery point on. That point stays where it was, or at the log end: it moves when
 * something is flushed, not here.
 */
function recoverLog(
  log: PartitionLog,
  { recoveryPoint, nowMs }: { readonly recoveryPoint: Offset; readonly nowMs: TimestampMs },
): PartitionLog {
  const { indexIntervalBytes } = log.config;
  const segments = segmentsOf(log);
  const first = Math.max(floorSegmentIndex(segments, recoveryPoint), 0);
  const recovered = segments.map((segment, at) =>
    at < first ? segment : recoverSegment(segment, { indexIntervalBytes, nowMs }),
  );
  const firstBase = recovered[first]!.baseOffset;
  const snapshots = log.producers.snapshots.filter(({ offset }) => offset <= firstBase);
  const before: PartitionLog = {
    ...log,
    sealedSegments: recovered.slice(0, -1),
    activeSegment: recovered.at(-1)!,
    recoveryPoint: recoveryPoint < log.logEndOffset ? recoveryPoint : log.logEndOffset,
    producers: { ...log.producers, snapshots },
  };
  return { ...before, producers: rebuildProducers(before, nowMs, { snapshotsFrom: first }) };
}

/** Index entries come batch by batch, however many an append brought, and the time index is closed as that of a sealed segment. */
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
