/**
 * The settings of a topic that its logs obey, parsed.
 *
 * Follows `org.apache.kafka.storage.internals.log.LogConfig` (3.9.0).
 */
import type { TimestampType } from '../record/recordBatch.ts';

/** Stands for Kafka's `Long.MAX_VALUE` of milliseconds: never. */
export const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/** Sizes in bytes, times in milliseconds; −1 as a retention is "no limit". */
export interface LogConfig {
  readonly segmentBytes: number;
  readonly segmentMs: number;
  readonly segmentIndexBytes: number;
  readonly indexIntervalBytes: number;
  readonly retentionMs: number;
  readonly retentionBytes: number;
  readonly maxMessageBytes: number;
  readonly isCompacted: boolean;
  readonly isDeleted: boolean;
  readonly deleteRetentionMs: number;
  readonly minCleanableDirtyRatio: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
  readonly messageTimestampType: TimestampType;
  readonly messageTimestampBeforeMaxMs: number;
  readonly messageTimestampAfterMaxMs: number;
  readonly fileDeleteDelayMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A topic's settings when neither the topic nor the broker says otherwise. */
export const defaultLogConfig: LogConfig = {
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: 7 * DAY_MS,
  segmentIndexBytes: 10 * 1024 * 1024,
  indexIntervalBytes: 4096,
  retentionMs: 7 * DAY_MS,
  retentionBytes: -1,
  maxMessageBytes: 1024 * 1024 + 12,
  isCompacted: false,
  isDeleted: true,
  deleteRetentionMs: DAY_MS,
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: FOREVER_MS,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: FOREVER_MS,
  messageTimestampAfterMaxMs: FOREVER_MS,
  fileDeleteDelayMs: 60_000,
};

/** How long a segment may stay active: compaction must reach its records within `max.compaction.lag.ms`. */
export function maxSegmentMs({ isCompacted, segmentMs, maxCompactionLagMs }: LogConfig): number {
  return isCompacted && maxCompactionLagMs > 0 ? Math.min(maxCompactionLagMs, segmentMs) : segmentMs;
}
