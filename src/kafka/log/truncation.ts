/**
 * Cutting a log at its end, as a follower does when its leader never had those records, or starting it anew.
 *
 * Follows `kafka.log.UnifiedLog#truncateTo`, `#truncateFullyAndStartAt` and `#rebuildProducerState` (3.9.0).
 */
import type { Offset, TimestampMs } from '../ids.ts';
import { hasProducerId } from '../record/recordBatch.ts';
import { topicPartitionName } from '../topicPartition.ts';
import { itemsFrom } from './chunkedList.ts';
import { truncateEpochsFromEnd } from './leaderEpochCache.ts';
import { batchIndexOf, createSegment, truncateSegment } from './logSegment.ts';
import { floorSegmentIndex, type PartitionLog, segmentsOf, withHighWatermark } from './partitionLog.ts';
import {
  emptyProducers,
  type ProducerState,
  producerEntryOrEmpty,
  reloadFromSnapshot,
  takeSnapshot,
  withCompletedTransaction,
  withMapEndOffset,
  withoutSnapshotsAt,
  withProducer,
} from './producerState.ts';
import { updateProducer } from './producerStateEntry.ts';

/** The log ends below the offset afterwards; the batch that holds it goes whole. No effect at or past the log end, but on epochs. */
export function truncateTo(
  log: PartitionLog,
  offset: Offset,
  { nowMs }: { readonly nowMs: TimestampMs },
): PartitionLog {
  if (offset >= log.logEndOffset) {
    // A leader notes its epoch before it appends; deposed before that, it must forget the entry.
    const leaderEpochs = truncateEpochsFromEnd(log.leaderEpochs, log.logEndOffset);
    return leaderEpochs === log.leaderEpochs ? log : { ...log, leaderEpochs };
  }
  const segments = segmentsOf(log);
  const last = floorSegmentIndex(segments, offset);
  if (last === -1) return truncateFullyAndStartAt(log, offset, { nowMs });
  const removed = new Set(segments.slice(last + 1).map(({ baseOffset }) => baseOffset));
  const cut: PartitionLog = {
    ...log,
    sealedSegments: segments.slice(0, last),
    activeSegment: truncateSegment(segments[last]!, offset, nowMs),
    logStartOffset: offset < log.logStartOffset ? offset : log.logStartOffset,
    logEndOffset: offset,
    recoveryPoint: offset < log.recoveryPoint ? offset : log.recoveryPoint,
    leaderEpochs: truncateEpochsFromEnd(log.leaderEpochs, offset),
    producers: withoutSnapshotsAt(log.producers, removed),
  };
  const rebuilt = { ...cut, producers: rebuildProducers(cut, nowMs) };
  return rebuilt.highWatermark >= offset ? withHighWatermark(rebuilt, offset) : rebuilt;
}

/** Nothing is left: the next record gets this offset. */
export function truncateFullyAndStartAt(
  log: PartitionLog,
  offset: Offset,
  { nowMs, logStartOffset = offset }: { readonly nowMs: TimestampMs; readonly logStartOffset?: Offset },
): PartitionLog {
  return {
    ...log,
    sealedSegments: [],
    activeSegment: createSegment(offset, nowMs),
    logStartOffset,
    logEndOffset: offset,
    highWatermark: offset,
    recoveryPoint: offset < log.recoveryPoint ? offset : log.recoveryPoint,
    leaderEpochs: [],
    producers: emptyProducers(offset),
  };
}

/**
 * The producers at the log end, from the latest snapshot within the log and the batches after it. On the way a snapshot is taken at the
 * base of each segment from the one with the index `snapshotsFrom` on: of the last two, where nobody says otherwise.
 */
export function rebuildProducers(
  log: PartitionLog,
  nowMs: TimestampMs,
  { snapshotsFrom = -2 }: { readonly snapshotsFrom?: number } = {},
): ProducerState {
  const { logEndOffset, logStartOffset } = log;
  const before = log.producers;
  const wasEmpty =
    before.producers.length === 0 && before.unreplicated.length === 0 && before.mapEndOffset >= logEndOffset;
  let producers = reloadFromSnapshot(before, { logStartOffset, logEndOffset, nowMs });
  if (logEndOffset > producers.mapEndOffset && !wasEmpty) {
    const segments = segmentsOf(log);
    const first = Math.max(floorSegmentIndex(segments, producers.mapEndOffset), 0);
    const snapshotAt = new Set(segments.slice(snapshotsFrom).map(({ baseOffset }) => baseOffset));
    for (const segment of segments.slice(first)) {
      const startOffset = Math.max(segment.baseOffset, producers.mapEndOffset, logStartOffset) as Offset;
      producers = withMapEndOffset(producers, startOffset);
      if (snapshotAt.has(segment.baseOffset)) producers = takeSnapshot(producers);
      for (const { batch } of itemsFrom(segment.batches, batchIndexOf(segment, startOffset))) {
        if (!hasProducerId(batch)) continue;
        const context = { origin: 'replication', partition: topicPartitionName(log.topicPartition) } as const;
        const update = updateProducer(producerEntryOrEmpty(producers, batch.producerId), batch, context);
        if ('error' in update) continue;
        producers = withProducer(producers, update.entry, update.startedAt);
        if (update.completed !== null) producers = withCompletedTransaction(producers, update.completed);
      }
    }
  }
  return takeSnapshot(withMapEndOffset(producers, logEndOffset));
}
