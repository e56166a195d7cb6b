/**
 * Which offset a time names: what ListOffsets answers, and what `kafka-get-offsets.sh` and resets by date rest on.
 *
 * Follows `kafka.log.UnifiedLog#fetchOffsetByTimestamp` and `LogSegment#findOffsetByTimestamp` (3.9.0).
 */
import { type LeaderEpoch, NO_TIMESTAMP, type Offset, type TimestampMs } from '../ids.ts';
import { type RecordBatch, timestampOf } from '../record/recordBatch.ts';
import { firstIndexWhere, itemAt, itemsFrom } from './chunkedList.ts';
import { latestEpoch } from './leaderEpochCache.ts';
import { batchIndexOf, indexedPosition, largestTimestampOf, type LogSegment } from './logSegment.ts';
import { type PartitionLog, segmentsOf } from './partitionLog.ts';

/** The negative timestamps of ListOffsets. */
export const LATEST_TIMESTAMP = -1 as TimestampMs;
export const EARLIEST_TIMESTAMP = -2 as TimestampMs;
export const MAX_TIMESTAMP = -3 as TimestampMs;
export const EARLIEST_LOCAL_TIMESTAMP = -4 as TimestampMs;
export const LATEST_TIERED_TIMESTAMP = -5 as TimestampMs;

export interface TimestampAndOffset {
  /** The record's, or −1 for earliest and latest. */
  readonly timestamp: TimestampMs;
  readonly offset: Offset;
  readonly leaderEpoch: LeaderEpoch | null;
}

/** The first record that is not older than the time, at or after the log start; null when there is none. */
export function offsetForTimestamp(log: PartitionLog, target: TimestampMs): TimestampAndOffset | null {
  switch (target) {
    case EARLIEST_TIMESTAMP:
    case EARLIEST_LOCAL_TIMESTAMP: {
      const earliest = log.leaderEpochs[0];
      const leaderEpoch = earliest !== undefined && earliest.startOffset <= log.logStartOffset ? earliest.epoch : null;
      return { timestamp: NO_TIMESTAMP, offset: log.logStartOffset, leaderEpoch };
    }
    case LATEST_TIMESTAMP:
      return { timestamp: NO_TIMESTAMP, offset: log.logEndOffset, leaderEpoch: latestEpoch(log.leaderEpochs) };
    case LATEST_TIERED_TIMESTAMP:
      return { timestamp: NO_TIMESTAMP, offset: -1 as Offset, leaderEpoch: -1 as LeaderEpoch };
    case MAX_TIMESTAMP:
      return recordWithMaxTimestamp(log);
    default: {
      // Only the first segment that reaches the time is searched: an earlier record there may lie below the log start.
      const segment = segmentsOf(log).find((candidate) => largestTimestampOf(candidate) >= target);
      return segment === undefined ? null : findInSegment(segment, target, log.logStartOffset);
    }
  }
}

function recordWithMaxTimestamp(log: PartitionLog): TimestampAndOffset | null {
  const segments = segmentsOf(log);
  const segment = segments.reduce((best, candidate) =>
    candidate.maxTimestampSoFar.timestamp > best.maxTimestampSoFar.timestamp ? candidate : best,
  );
  const { timestamp, offset: lastOffset } = segment.maxTimestampSoFar;
  for (const { batch } of itemsFrom(segment.batches, batchIndexOf(segment, lastOffset))) {
    if (batch.maxTimestamp !== timestamp) continue;
    const record = batch.records.find((candidate) => timestampOf(candidate, batch) === timestamp);
    return record === undefined ? null : { timestamp, offset: record.offset, leaderEpoch: epochOf(batch) };
  }
  return null;
}

function epochOf({ partitionLeaderEpoch }: RecordBatch): LeaderEpoch | null {
  return partitionLeaderEpoch >= 0 ? partitionLeaderEpoch : null;
}

function findInSegment(segment: LogSegment, target: TimestampMs, startOffset: Offset): TimestampAndOffset | null {
  const indexed = itemAt(
    segment.timeIndex,
    firstIndexWhere(segment.timeIndex, (entry) => entry.timestamp > target) - 1,
  );
  const from = indexed === undefined || indexed.offset < startOffset ? startOffset : indexed.offset;
  const position = indexedPosition(segment, from);
  const firstIndex = firstIndexWhere(segment.batches, (stored) => stored.position >= position);
  for (const { batch } of itemsFrom(segment.batches, firstIndex)) {
    if (batch.maxTimestamp < target) continue;
    for (const record of batch.records) {
      const timestamp = timestampOf(record, batch);
      if (timestamp >= target && record.offset >= startOffset)
        return { timestamp, offset: record.offset, leaderEpoch: epochOf(batch) };
    }
  }
  return null;
}
