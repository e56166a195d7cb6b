/**
 * One cleaning of a compacted log.
 *
 * Follows `kafka.log.Cleaner` (3.9.0): the dirty part gives the last offset of each key; then all segments up to there are rewritten, in
 * groups that are not larger than a segment may be – counted before cleaning, so that small ones stay where they are.
 */
import type { Offset, TimestampMs } from '../ids.ts';
import { itemsFrom } from '../log/chunkedList.ts';
import {
  appendToSegment,
  becomeInactive,
  createSegment,
  describeAppend,
  indexSizes,
  type LogSegment,
  nextOffsetOf,
} from '../log/logSegment.ts';
import { type PartitionLog, segmentsBetween, segmentsOf } from '../log/partitionLog.ts';
import { withoutSnapshotsAt } from '../log/producerState.ts';
import { collectAborted } from '../log/readLog.ts';
import type { RecordBatch } from '../record/recordBatch.ts';
import { type BatchCleaning, cleanBatch } from './cleanBatch.ts';
import type { CleanableRange } from './cleanableRange.ts';
import { CleanedTransactions } from './cleanedTransactions.ts';
import { buildOffsetMap, defaultOffsetMapSize, type OffsetMap, type OffsetMapSize } from './offsetMap.ts';

export interface CleanerStats {
  readonly messagesRead: number;
  readonly messagesWritten: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly mapMessagesRead: number;
  readonly invalidMessages: number;
}

export interface CleaningResult {
  readonly log: PartitionLog;
  /** The next checkpoint: below it the log is clean. */
  readonly endOffset: Offset;
  readonly map: OffsetMap;
  /** Base offsets of the segments that went into one. */
  readonly groups: readonly (readonly Offset[])[];
  readonly stats: CleanerStats;
}

export interface CleaningOptions {
  readonly nowMs: TimestampMs;
  readonly mapSize?: OffsetMapSize;
  /** Bytes read and written at a time, hence at most one index entry for so many: `log.cleaner.io.buffer.size` / 2. */
  readonly ioBufferBytes?: number;
}

const DEFAULT_IO_BUFFER_BYTES = 256 * 1024;

type MutableStats = { -readonly [K in keyof CleanerStats]: CleanerStats[K] };

export function cleanLog(
  log: PartitionLog,
  { firstDirtyOffset, firstUncleanableOffset }: Pick<CleanableRange, 'firstDirtyOffset' | 'firstUncleanableOffset'>,
  { nowMs, mapSize = defaultOffsetMapSize, ioBufferBytes = DEFAULT_IO_BUFFER_BYTES }: CleaningOptions,
): CleaningResult {
  const map = buildOffsetMap(log, { firstDirtyOffset, endOffset: firstUncleanableOffset }, mapSize);
  const endOffset = (map.latestOffset + 1) as Offset;
  const segments = segmentsOf(log);
  const groups = groupSegments(segmentsBetween(segments, 0, endOffset), log, firstUncleanableOffset);
  const transactions = new CleanedTransactions();
  const stats: MutableStats = {
    messagesRead: 0,
    messagesWritten: 0,
    bytesRead: 0,
    bytesWritten: 0,
    mapMessagesRead: map.messagesRead,
    invalidMessages: 0,
  };
  const cleaning = {
    map,
    transactions,
    producers: log.producers,
    deleteRetentionMs: log.config.deleteRetentionMs,
    nowMs,
  };
  let cleaned = 0;
  const rewritten = groups.map((group) => {
    const segment = cleanGroup(log, group, segments.slice(cleaned), { cleaning, stats, ioBufferBytes });
    cleaned += group.length;
    return segment;
  });
  const sealedSegments = [...rewritten, ...segments.slice(cleaned, -1)];
  // A segment that has gone into the one before it takes its snapshot with it.
  const merged = new Set(groups.flatMap((group) => group.slice(1).map(({ baseOffset }) => baseOffset)));
  const producers = withoutSnapshotsAt(log.producers, merged);
  return {
    log: groups.length === 0 ? log : { ...log, sealedSegments, producers },
    endOffset,
    map,
    groups: groups.map((group) => group.map(({ baseOffset }) => baseOffset)),
    stats,
  };
}

function groupSegments(
  segments: readonly LogSegment[],
  log: PartitionLog,
  firstUncleanableOffset: Offset,
): LogSegment[][] {
  const { segmentBytes, segmentIndexBytes } = log.config;
  const groups: LogSegment[][] = [];
  let sizes = { log: 0, offsetIndex: 0, timeIndex: 0 };
  segments.forEach((segment, i) => {
    const { offsetIndexBytes, timeIndexBytes } = indexSizes(segment);
    const grown = {
      log: sizes.log + segment.sizeInBytes,
      offsetIndex: sizes.offsetIndex + offsetIndexBytes,
      timeIndex: sizes.timeIndex + timeIndexBytes,
    };
    const group = groups[groups.length - 1];
    const lastOffset = (segments[i + 1]?.baseOffset ?? firstUncleanableOffset) - 1;
    const fits =
      grown.log <= segmentBytes && grown.offsetIndex <= segmentIndexBytes && grown.timeIndex <= segmentIndexBytes;
    if (group !== undefined && fits && (segment.sizeInBytes === 0 || lastOffset - group[0]!.baseOffset <= 0x7fffffff)) {
      group.push(segment);
      sizes = grown;
    } else {
      groups.push([segment]);
      sizes = { log: segment.sizeInBytes, offsetIndex: offsetIndexBytes, timeIndex: timeIndexBytes };
    }
  });
  return groups;
}

interface GroupCleaning {
  readonly cleaning: BatchCleaning;
  readonly stats: MutableStats;
  readonly ioBufferBytes: number;
}

/** `following` begins with the group. */
function cleanGroup(
  log: PartitionLog,
  group: readonly LogSegment[],
  following: readonly LogSegment[],
  context: GroupCleaning,
): LogSegment {
  const { transactions, nowMs } = context.cleaning;
  const rowsBefore = transactions.retainedRows.length;
  let cleaned = createSegment(group[0]!.baseOffset, nowMs);
  group.forEach((segment, i) => {
    const upperBound = group[i + 1]?.baseOffset ?? nextOffsetOf(segment);
    transactions.expect(collectAborted(following.slice(i), { fromOffset: log.logStartOffset, upperBound }));
    cleaned = cleanInto(cleaned, segment, log.config.indexIntervalBytes, context);
  });
  return {
    ...becomeInactive(cleaned),
    transactionIndex: transactions.retainedRows.slice(rowsBefore),
    lastModifiedMs: group[group.length - 1]!.lastModifiedMs,
  };
}

function cleanInto(
  dest: LogSegment,
  source: LogSegment,
  indexIntervalBytes: number,
  { cleaning, stats, ioBufferBytes }: GroupCleaning,
): LogSegment {
  let next = dest;
  let bufferBytes = ioBufferBytes;
  let bytesInBuffer = 0;
  let retained: RecordBatch[] = [];
  let largestOffset = -1 as Offset;
  const flush = () => {
    if (retained.length > 0) {
      next = appendToSegment(
        next,
        { ...describeAppend(retained), largestOffset },
        { indexIntervalBytes, nowMs: cleaning.nowMs },
      );
    }
    retained = [];
    largestOffset = -1 as Offset;
    bytesInBuffer = 0;
  };
  for (const { batch } of itemsFrom(source.batches)) {
    if (bytesInBuffer + batch.sizeInBytes > bufferBytes) flush();
    while (batch.sizeInBytes > bufferBytes) bufferBytes *= 2;
    bytesInBuffer += batch.sizeInBytes;
    stats.bytesRead += batch.sizeInBytes;
    const result = cleanBatch(batch, cleaning);
    stats.messagesRead += result.messagesRead;
    stats.invalidMessages += result.invalidMessages;
    if (result.batch === null) continue;
    retained.push(result.batch);
    if (result.largestOffset > largestOffset) largestOffset = result.largestOffset;
    stats.messagesWritten += result.batch.records.length;
    stats.bytesWritten += result.batch.sizeInBytes;
  }
  flush();
  return next;
}
