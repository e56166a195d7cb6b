/**
 * One segment of a log: its batches in order, and its three indexes as they stand on disk.
 *
 * Follows `LogSegment`, `OffsetIndex`, `TimeIndex` and `TransactionIndex` of `org.apache.kafka.storage.internals.log` (3.9.0).
 */
import { NO_TIMESTAMP, type Offset, type ProducerId, type TimestampMs } from '../ids.ts';
import type { RecordBatch } from '../record/recordBatch.ts';
import { type ChunkedList, emptyList, firstIndexWhere, itemAt, lastItem, push, take } from './chunkedList.ts';
import type { LogConfig } from './logConfig.ts';
import { maxSegmentMs } from './logConfig.ts';

/** A batch and where its bytes begin in the segment's file. */
export interface StoredBatch {
  readonly batch: RecordBatch;
  readonly position: number;
}
/** Last offset of a batch, and the position where that batch begins. */
export interface OffsetIndexEntry {
  readonly offset: Offset;
  readonly position: number;
}
/** Largest timestamp so far, and the last offset of the batch that has it. */
export interface TimeIndexEntry {
  readonly timestamp: TimestampMs;
  readonly offset: Offset;
}
/** A row of the `.txnindex` file. */
export interface AbortedTransaction {
  readonly producerId: ProducerId;
  readonly firstOffset: Offset;
  readonly lastOffset: Offset;
  readonly lastStableOffset: Offset;
}

/** Immutable, like all that it holds. */
export interface LogSegment {
  /** Names the files; the first batch may start later in a compacted log. */
  readonly baseOffset: Offset;
  readonly batches: ChunkedList<StoredBatch>;
  readonly sizeInBytes: number;
  readonly offsetIndex: ChunkedList<OffsetIndexEntry>;
  readonly timeIndex: ChunkedList<TimeIndexEntry>;
  readonly transactionIndex: readonly AbortedTransaction[];
  /** Timestamp −1 while there is no record with one. */
  readonly maxTimestampSoFar: TimeIndexEntry;
  readonly bytesSinceLastIndexEntry: number;
  /** Largest timestamp of the first append, from which `segment.ms` counts; null while empty. */
  readonly rollingBasedTimestamp: TimestampMs | null;
  /** The file of the offset index is made when it is first used: at the first append, after a roll. */
  readonly hasIndexFile: boolean;
  readonly createdMs: TimestampMs;
  readonly lastModifiedMs: TimestampMs;
}

const OFFSET_INDEX_ENTRY_BYTES = 8;
const TIME_INDEX_ENTRY_BYTES = 12;
const TRANSACTION_INDEX_ENTRY_BYTES = 34;

export function createSegment(baseOffset: Offset, nowMs: TimestampMs): LogSegment {
  return {
    baseOffset,
    batches: emptyList(),
    sizeInBytes: 0,
    offsetIndex: emptyList(),
    timeIndex: emptyList(),
    transactionIndex: [],
    maxTimestampSoFar: { timestamp: NO_TIMESTAMP, offset: baseOffset },
    bytesSinceLastIndexEntry: 0,
    rollingBasedTimestamp: null,
    hasIndexFile: true,
    createdMs: nowMs,
    lastModifiedMs: nowMs,
  };
}

/** What an append brings, as the roll decision and the indexes see it. */
export interface SegmentAppend {
  readonly batches: readonly RecordBatch[];
  readonly largestTimestamp: TimestampMs;
  /** Last offset of the first batch that has the largest timestamp. */
  readonly offsetOfLargestTimestamp: Offset;
  /** What the offset index notes: the last batch's last offset, or the last record that compaction kept. */
  readonly largestOffset: Offset;
}

/** Batches written by one append are one unit: one index entry at most. */
export function appendToSegment(
  segment: LogSegment,
  { batches, largestTimestamp, offsetOfLargestTimestamp, largestOffset }: SegmentAppend,
  { indexIntervalBytes, nowMs }: { readonly indexIntervalBytes: number; readonly nowMs: TimestampMs },
): LogSegment {
  const startPosition = segment.sizeInBytes;
  let stored = segment.batches;
  let position = startPosition;
  for (const batch of batches) {
    stored = push(stored, { batch, position });
    position += batch.sizeInBytes;
  }
  const maxTimestampSoFar =
    largestTimestamp > segment.maxTimestampSoFar.timestamp
      ? { timestamp: largestTimestamp, offset: offsetOfLargestTimestamp }
      : segment.maxTimestampSoFar;
  const isIndexed = segment.bytesSinceLastIndexEntry > indexIntervalBytes;
  return {
    baseOffset: segment.baseOffset,
    batches: stored,
    sizeInBytes: position,
    offsetIndex: isIndexed
      ? push(segment.offsetIndex, { offset: largestOffset, position: startPosition })
      : segment.offsetIndex,
    timeIndex: isIndexed ? withTimeIndexEntry(segment.timeIndex, maxTimestampSoFar) : segment.timeIndex,
    transactionIndex: segment.transactionIndex,
    maxTimestampSoFar,
    bytesSinceLastIndexEntry: (isIndexed ? 0 : segment.bytesSinceLastIndexEntry) + position - startPosition,
    rollingBasedTimestamp: startPosition === 0 ? largestTimestamp : segment.rollingBasedTimestamp,
    hasIndexFile: true,
    createdMs: segment.createdMs,
    lastModifiedMs: nowMs,
  };
}

/** A new entry only when its timestamp is above that of the last one. */
function withTimeIndexEntry(index: ChunkedList<TimeIndexEntry>, entry: TimeIndexEntry): ChunkedList<TimeIndexEntry> {
  return entry.timestamp > (lastItem(index)?.timestamp ?? NO_TIMESTAMP) ? push(index, entry) : index;
}

/** A roll closes the time index with the segment's largest timestamp. */
export function becomeInactive(segment: LogSegment): LogSegment {
  return { ...segment, timeIndex: withTimeIndexEntry(segment.timeIndex, segment.maxTimestampSoFar) };
}

/** By size, by age – counted between timestamps of records, not on the clock – or because an index is full. */
export function shouldRoll(
  segment: LogSegment,
  appended: { readonly sizeInBytes: number; readonly largestTimestamp: TimestampMs; readonly lastOffset: Offset },
  config: LogConfig,
  nowMs: TimestampMs,
): boolean {
  const isEmpty = segment.sizeInBytes === 0;
  return (
    segment.sizeInBytes > config.segmentBytes - appended.sizeInBytes ||
    (!isEmpty && timeWaitedForRoll(segment, appended.largestTimestamp, nowMs) > maxSegmentMs(config)) ||
    segment.offsetIndex.length >= Math.floor(config.segmentIndexBytes / OFFSET_INDEX_ENTRY_BYTES) ||
    // One slot is kept for the entry that the roll itself adds.
    segment.timeIndex.length >= Math.floor(config.segmentIndexBytes / TIME_INDEX_ENTRY_BYTES) - 1 ||
    appended.lastOffset - segment.baseOffset > 0x7fffffff
  );
}

function timeWaitedForRoll(segment: LogSegment, largestTimestamp: TimestampMs, nowMs: TimestampMs): number {
  const first = segment.rollingBasedTimestamp;
  return first !== null && first >= 0 ? largestTimestamp - first : nowMs - segment.createdMs;
}

/** Of its records; an empty segment has the modification time of its file. */
export function largestTimestampOf(segment: LogSegment): TimestampMs {
  const { timestamp } = segment.maxTimestampSoFar;
  return timestamp >= 0 ? timestamp : segment.lastModifiedMs;
}

/** Index in `batches` of the first batch that ends at or after the offset; their number when all end before. */
export function batchIndexOf(segment: LogSegment, offset: Offset): number {
  return firstIndexWhere(segment.batches, ({ batch }) => batch.lastOffset >= offset);
}

/** Where the offset index has a reader begin to look for an offset. */
export function indexedPosition({ offsetIndex }: LogSegment, offset: Offset): number {
  return itemAt(offsetIndex, firstIndexWhere(offsetIndex, (entry) => entry.offset > offset) - 1)?.position ?? 0;
}

/** First offset after the segment's last batch; its base when it has none. */
export function nextOffsetOf({ batches, baseOffset }: LogSegment): Offset {
  const last = lastItem(batches);
  return last === undefined ? baseOffset : ((last.batch.lastOffset + 1) as Offset);
}

/** Bytes of the entries in the offset and time indexes of a sealed segment. */
export function indexSizes({ offsetIndex, timeIndex }: LogSegment): {
  readonly offsetIndexBytes: number;
  readonly timeIndexBytes: number;
} {
  return {
    offsetIndexBytes: OFFSET_INDEX_ENTRY_BYTES * offsetIndex.length,
    timeIndexBytes: TIME_INDEX_ENTRY_BYTES * timeIndex.length,
  };
}

/** Where reading from the offset begins in the file; null when the segment ends before it. */
export function positionOf(segment: LogSegment, offset: Offset): number | null {
  return itemAt(segment.batches, batchIndexOf(segment, offset))?.position ?? null;
}

/** Removes the batch that holds the offset and all after it; index entries at or above the offset go. */
export function truncateSegment(segment: LogSegment, offset: Offset, nowMs: TimestampMs): LogSegment {
  const kept = batchIndexOf(segment, offset);
  const sizeInBytes = itemAt(segment.batches, kept)?.position ?? segment.sizeInBytes;
  const timeIndex = take(
    segment.timeIndex,
    firstIndexWhere(segment.timeIndex, (entry) => entry.offset >= offset),
  );
  const offsetIndex = take(
    segment.offsetIndex,
    firstIndexWhere(segment.offsetIndex, (entry) => entry.offset >= offset),
  );
  const batches = take(segment.batches, kept);
  return {
    ...segment,
    batches,
    sizeInBytes,
    offsetIndex,
    timeIndex,
    transactionIndex: segment.transactionIndex.filter((aborted) => aborted.lastOffset < offset),
    maxTimestampSoFar:
      segment.maxTimestampSoFar.timestamp >= 0
        ? largestTimestampAfter({ ...segment, batches, offsetIndex, timeIndex })
        : segment.maxTimestampSoFar,
    bytesSinceLastIndexEntry: 0,
    rollingBasedTimestamp: sizeInBytes === 0 ? null : segment.rollingBasedTimestamp,
    createdMs: sizeInBytes === 0 ? nowMs : segment.createdMs,
    lastModifiedMs: nowMs,
  };
}

/** The last time index entry, or a larger timestamp in what follows it. */
function largestTimestampAfter(
  segment: Pick<LogSegment, 'baseOffset' | 'batches' | 'offsetIndex' | 'timeIndex'>,
): TimeIndexEntry {
  let largest: TimeIndexEntry = lastItem(segment.timeIndex) ?? { timestamp: NO_TIMESTAMP, offset: segment.baseOffset };
  const from = firstIndexWhere(segment.offsetIndex, (entry) => entry.offset > largest.offset) - 1;
  const position = itemAt(segment.offsetIndex, from)?.position ?? 0;
  const start = firstIndexWhere(segment.batches, (stored) => stored.position >= position);
  for (let i = start; i < segment.batches.length; i++) {
    const { batch } = itemAt(segment.batches, i)!;
    if (batch.maxTimestamp > largest.timestamp) largest = { timestamp: batch.maxTimestamp, offset: batch.lastOffset };
  }
  return largest;
}

/** The largest timestamp of the batches, and the last offset of the first that has it. */
export function describeAppend(batches: readonly RecordBatch[]): SegmentAppend {
  let largestTimestamp = NO_TIMESTAMP;
  let offsetOfLargestTimestamp = batches[0]!.lastOffset;
  for (const batch of batches) {
    if (batch.maxTimestamp > largestTimestamp) {
      largestTimestamp = batch.maxTimestamp;
      offsetOfLargestTimestamp = batch.lastOffset;
    }
  }
  return {
    batches,
    largestTimestamp,
    offsetOfLargestTimestamp,
    largestOffset: batches[batches.length - 1]!.lastOffset,
  };
}

/** `00000000000000000042`, the name of the segment's files without extension. */
export function segmentFileName(baseOffset: Offset): string {
  return String(baseOffset).padStart(20, '0');
}

/** Sizes on disk, in bytes. The active segment's indexes are allocated whole; a `.txnindex` exists once something was aborted. */
export function segmentFileSizes(
  segment: LogSegment,
  { isActive, segmentIndexBytes }: { readonly isActive: boolean; readonly segmentIndexBytes: number },
): { readonly log: number; readonly index: number; readonly timeindex: number; readonly txnindex: number | null } {
  const sizeOf = (entryBytes: number, entries: number) =>
    entryBytes * (isActive ? Math.floor(segmentIndexBytes / entryBytes) : entries);
  return {
    log: segment.sizeInBytes,
    index: sizeOf(OFFSET_INDEX_ENTRY_BYTES, segment.offsetIndex.length),
    timeindex: sizeOf(TIME_INDEX_ENTRY_BYTES, segment.timeIndex.length),
    txnindex:
      segment.transactionIndex.length === 0 ? null : TRANSACTION_INDEX_ENTRY_BYTES * segment.transactionIndex.length,
  };
}
