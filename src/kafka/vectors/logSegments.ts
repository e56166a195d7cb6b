/**
 * Replay of `06-log-segments`.
 */
import { utf8, zeroBytes } from '../bytes.ts';
import { kafkaErrors } from '../errors.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import { offsetForTimestamp } from '../log/offsetForTimestamp.ts';
import { incrementLogStartOffset, type PartitionLog, withHighWatermark } from '../log/partitionLog.ts';
import { readLog } from '../log/readLog.ts';
import { deleteOldSegments } from '../log/retention.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch, totalSizeInBytes } from '../record/recordBatch.ts';
import type { Json } from './json.ts';
import { exampleLog, segmentRows, type TopicSettings } from './logReplay.ts';

type Operation =
  | {
      readonly op: 'append';
      /** [timestamp, key, value size] */
      readonly records: readonly (readonly [TimestampMs, string | null, number])[];
      readonly thenHighWatermark?: Offset;
    }
  | { readonly op: 'sleep'; readonly ms: number }
  | { readonly op: 'deleteOldSegments' }
  | { readonly op: 'deleteRecords'; readonly beforeOffset: Offset };

/** The vectors list the questions only beside their answers. */
export interface LogSegmentsInput {
  readonly config: TopicSettings;
  readonly startTime: TimestampMs;
  readonly ops: readonly Operation[];
}
export interface LogSegmentsQuestions {
  readonly offsetByTimestamp: readonly { readonly timestamp: TimestampMs }[];
  readonly reads: readonly {
    readonly from: Offset;
    readonly maxBytes: number;
    readonly minOneMessage: boolean;
    readonly isolation: 'HIGH_WATERMARK' | 'LOG_END';
  }[];
}

export function replayLogSegments({ config, startTime, ops }: LogSegmentsInput, questions: LogSegmentsQuestions): Json {
  let log = exampleLog(config, startTime);
  let now = startTime;
  const afterEach: Json[] = [];
  for (const operation of ops) {
    if (operation.op === 'sleep') now = (now + operation.ms) as TimestampMs;
    const { log: next, answer } = perform(log, operation, now);
    log = next;
    if (operation.op === 'append' && operation.thenHighWatermark !== undefined)
      log = withHighWatermark(log, operation.thenHighWatermark);
    afterEach.push({
      ...answer,
      now,
      segments: segmentRows(log),
      logStartOffset: log.logStartOffset,
      highWatermark: log.highWatermark,
    });
  }
  return { afterEach, offsetByTimestamp: timestampAnswers(log, questions), reads: readAnswers(log, questions) };
}

function perform(
  log: PartitionLog,
  operation: Operation,
  nowMs: TimestampMs,
): { log: PartitionLog; answer: { [key: string]: Json } } {
  switch (operation.op) {
    case 'sleep':
      return { log, answer: {} };
    case 'deleteOldSegments': {
      const { log: next, deleted } = deleteOldSegments(log, { nowMs });
      return { log: next, answer: { deleted: deleted.length } };
    }
    case 'deleteRecords': {
      const result = incrementLogStartOffset(log, operation.beforeOffset);
      return { log: result.log, answer: { moved: result.outcome === 'moved' } };
    }
    default: {
      const batch = createBatch(
        operation.records.map(([timestamp, key, valueSize]) => ({
          timestamp,
          key: key === null ? null : utf8(key),
          value: zeroBytes(valueSize),
          headers: NO_HEADERS,
        })),
      );
      const result = appendAsLeader(log, batch, { leaderEpoch: 0 as LeaderEpoch, nowMs });
      if (result.outcome === 'rejected')
        return { log: result.log, answer: { error: kafkaErrors[result.error].exception } };
      const { firstOffset, lastOffset, batches } = result;
      return { log: result.log, answer: { firstOffset, lastOffset, batchSize: totalSizeInBytes(batches) } };
    }
  }
}

function timestampAnswers(log: PartitionLog, { offsetByTimestamp }: LogSegmentsQuestions): Json {
  return offsetByTimestamp.map(({ timestamp }) => {
    const found = offsetForTimestamp(log, timestamp);
    return { timestamp, offset: found?.offset ?? null, foundTimestamp: found?.timestamp ?? null };
  });
}

function readAnswers(log: PartitionLog, { reads }: LogSegmentsQuestions): Json {
  return reads.map(({ from, maxBytes, minOneMessage, isolation }) => {
    const upTo = isolation === 'LOG_END' ? 'logEnd' : 'highWatermark';
    const result = readLog(log, { fromOffset: from, maxBytes, upTo, minOneMessage });
    const question = { from, maxBytes, minOneMessage, isolation };
    if (result.outcome === 'outOfRange') return { ...question, error: kafkaErrors.OFFSET_OUT_OF_RANGE.exception };
    return {
      ...question,
      bytes: result.sizeInBytes,
      wholeBatches: result.batches.map(({ baseOffset, lastOffset }) => [baseOffset, lastOffset]),
      segmentBase: result.segmentBaseOffset,
      position: result.positionInSegment,
    };
  });
}
