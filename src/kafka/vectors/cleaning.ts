/**
 * Replay of `07-cleaner` and `07-cleaner-producers`.
 */
import { utf8 } from '../bytes.ts';
import { cleanableRange, isFilthy } from '../cleaner/cleanableRange.ts';
import { cleanLog } from '../cleaner/cleanLog.ts';
import type { CoordinatorEpoch, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import { lastStableOffset, type PartitionLog, rollLog, withHighWatermark } from '../log/partitionLog.ts';
import { deleteOldSegments } from '../log/retention.ts';
import { type ControlType, createMarkerBatch } from '../record/controlRecord.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch } from '../record/recordBatch.ts';
import type { Json } from './json.ts';
import { exampleLog, segmentContents, segmentRows, type TopicSettings } from './logReplay.ts';

type Operation =
  | {
      readonly op: 'append';
      readonly timestamp: TimestampMs;
      readonly records: readonly (readonly [string, string | null])[];
      readonly producerId?: ProducerId;
      readonly baseSequence?: number;
      readonly transactional?: boolean;
    }
  | {
      readonly op: 'marker';
      readonly producerId: ProducerId;
      readonly type: ControlType;
      readonly timestamp: TimestampMs;
    }
  | { readonly op: 'sleep'; readonly ms: number }
  | { readonly op: 'roll' }
  | {
      readonly op: 'clean';
      readonly now: TimestampMs;
      readonly highWatermark: Offset;
      readonly checkpoint: Offset | null;
    };

interface CleaningCase {
  readonly config: TopicSettings;
  readonly offsetMapSlots: number;
  readonly loadFactor: number;
  readonly startTime: TimestampMs;
  readonly ops: readonly Operation[];
}

const IO_BUFFER_BYTES = 64 * 1024;
const leaderEpoch = 0 as LeaderEpoch;
const producerEpoch = 0 as ProducerEpoch;

export function replayCleaning({ config, offsetMapSlots: slots, loadFactor, startTime, ops }: CleaningCase): Json {
  let log = exampleLog(config, startTime);
  let nowMs = startTime;
  return ops.map((operation): Json => {
    switch (operation.op) {
      case 'append':
        log = appendAsLeader(log, dataBatch(operation), { leaderEpoch, nowMs }).log;
        return { logEndOffset: log.logEndOffset };
      case 'marker': {
        const { type, producerId, timestamp } = operation;
        const marker = createMarkerBatch(
          { type, coordinatorEpoch: 0 as CoordinatorEpoch },
          { timestamp, producerId, producerEpoch },
        );
        log = appendAsLeader(log, marker, { leaderEpoch, nowMs, origin: 'coordinator' }).log;
        return { logEndOffset: log.logEndOffset };
      }
      case 'sleep':
        nowMs = (nowMs + operation.ms) as TimestampMs;
        return { now: nowMs };
      case 'roll':
        log = rollLog(log, { nowMs });
        return { active: log.activeSegment.baseOffset };
      default: {
        const cleaned = clean(withHighWatermark(log, operation.highWatermark), operation.checkpoint, nowMs, {
          slots,
          loadFactor,
        });
        log = cleaned.log;
        return cleaned.answer;
      }
    }
  });
}

function dataBatch({
  timestamp,
  records,
  producerId,
  baseSequence,
  transactional,
}: Extract<Operation, { op: 'append' }>) {
  return createBatch(
    records.map(([key, value]) => ({
      timestamp,
      key: utf8(key),
      value: value === null ? null : utf8(value),
      headers: NO_HEADERS,
    })),
    producerId === undefined
      ? {}
      : { producerId, producerEpoch, baseSequence: baseSequence ?? 0, isTransactional: transactional ?? false },
  );
}

function clean(
  log: PartitionLog,
  checkpoint: Offset | null,
  nowMs: TimestampMs,
  mapSize: { readonly slots: number; readonly loadFactor: number },
): { readonly log: PartitionLog; readonly answer: Json } {
  const range = cleanableRange(log, { checkpoint, nowMs });
  const selected = isFilthy(range, log.config);
  const before = {
    lastStableOffset: lastStableOffset(log),
    logStartOffset: log.logStartOffset,
    segmentsBefore: segmentRows(log),
    firstDirtyOffset: range.firstDirtyOffset,
    firstUncleanableDirtyOffset: range.firstUncleanableDirtyOffset,
    forceUpdateCheckpoint: range.isCheckpointInvalid,
    uncleanableSegmentBase: range.firstUncleanableOffset,
    cleanBytes: range.cleanBytes,
    cleanableBytes: range.cleanableBytes,
    cleanableRatio: range.cleanableRatio,
    maxCompactionDelayMs: range.maxCompactionDelayMs,
    selected,
  };
  if (!selected) return { log, answer: before };
  const result = cleanLog(log, range, { nowMs, mapSize, ioBufferBytes: IO_BUFFER_BYTES });
  const retained = log.config.isDeleted ? deleteOldSegments(result.log, { nowMs }) : { log: result.log, deleted: [] };
  return {
    log: retained.log,
    answer: {
      ...before,
      offsetMapSize: result.map.offsets.size,
      groups: result.groups,
      endOffset: result.endOffset,
      ...result.stats,
      ...(log.config.isDeleted ? { deletedByRetention: retained.deleted.length } : {}),
      contents: segmentContents(retained.log),
      segmentsAfter: segmentRows(retained.log),
    },
  };
}
