/**
 * Reading batches from a log, up to what the reader may see.
 *
 * Follows `kafka.log.UnifiedLog#read`, `LocalLog#read` and `LogSegment#read` (3.9.0): a read stays within one segment and cuts on
 * bytes, so that the last batch may come incomplete; here only its bytes are counted.
 */
import type { Offset, ProducerId } from '../ids.ts';
import type { RecordBatch } from '../record/recordBatch.ts';
import { topicPartitionName } from '../topicPartition.ts';
import { firstIndexWhere, itemAt } from './chunkedList.ts';
import { type AbortedTransaction, batchIndexOf, type LogSegment } from './logSegment.ts';
import { filePositionOf, floorSegmentIndex, lastStableOffset, type PartitionLog, segmentsOf } from './partitionLog.ts';

/** `FetchIsolation`: followers read to the log end, consumers to the high watermark or to the last stable offset. */
export type ReadLimit = 'logEnd' | 'highWatermark' | 'lastStableOffset';

export interface ReadOptions {
  readonly fromOffset: Offset;
  readonly maxBytes: number;
  readonly upTo: ReadLimit;
  /** The first batch comes whole even when it is larger than `maxBytes`: true unless said otherwise. */
  readonly minOneMessage?: boolean;
}

/** What a read_committed consumer needs to drop the data of an aborted transaction. */
export interface AbortedRange {
  readonly producerId: ProducerId;
  readonly firstOffset: Offset;
}

export type ReadResult =
  | {
      readonly outcome: 'read';
      /** Whole batches; the first may begin before `fromOffset`, and the reader skips what it did not ask for. */
      readonly batches: readonly RecordBatch[];
      /** Bytes of the read, a last incomplete batch included. */
      readonly sizeInBytes: number;
      readonly segmentBaseOffset: Offset;
      readonly positionInSegment: number;
      /** Only for reads up to the last stable offset, else null. */
      readonly abortedTransactions: readonly AbortedRange[] | null;
    }
  | { readonly outcome: 'outOfRange'; readonly message: string };

export function readLog(
  log: PartitionLog,
  { fromOffset, maxBytes, upTo, minOneMessage = true }: ReadOptions,
): ReadResult {
  const name = topicPartitionName(log.topicPartition);
  if (fromOffset < log.logStartOffset) {
    return {
      outcome: 'outOfRange',
      message:
        `Received request for offset ${fromOffset} for partition ${name}, ` +
        `but we only have log segments starting from offset: ${log.logStartOffset}.`,
    };
  }
  const segments = segmentsOf(log);
  const floor = floorSegmentIndex(segments, fromOffset);
  if (fromOffset > log.logEndOffset || floor === -1) {
    return {
      outcome: 'outOfRange',
      message: `Received request for offset ${fromOffset} for partition ${name}, but we only have log segments upto ${log.logEndOffset}.`,
    };
  }
  const limit = limitOffset(log, upTo);
  const wantsAborted = upTo === 'lastStableOffset';
  if (fromOffset >= limit) {
    const at = filePositionOf(log, fromOffset);
    return emptyRead(segments[at.segmentIndex]!, at.position, wantsAborted);
  }
  const end = filePositionOf(log, limit);
  for (let i = floor; i < segments.length; i++) {
    const segment = segments[i]!;
    const firstIndex = batchIndexOf(segment, fromOffset);
    const first = itemAt(segment.batches, firstIndex);
    if (first === undefined) continue;
    if (i > end.segmentIndex) return emptyRead(segment, first.position, wantsAborted);
    const maxPosition = i < end.segmentIndex ? segment.sizeInBytes : end.position;
    const adjustedMaxBytes = minOneMessage ? Math.max(maxBytes, first.batch.sizeInBytes) : maxBytes;
    const sizeInBytes = Math.max(0, Math.min(maxPosition, segment.sizeInBytes) - first.position);
    const fetchSize = Math.min(sizeInBytes, adjustedMaxBytes);
    return {
      outcome: 'read',
      batches: wholeBatches(segment, firstIndex, first.position + fetchSize),
      sizeInBytes: fetchSize,
      segmentBaseOffset: segment.baseOffset,
      positionInSegment: first.position,
      abortedTransactions: wantsAborted
        ? abortedTransactions(log, segments, i, { fromOffset, endPosition: first.position + fetchSize })
        : null,
    };
  }
  return emptyRead(log.activeSegment, log.activeSegment.sizeInBytes, wantsAborted);
}

function limitOffset(log: PartitionLog, upTo: ReadLimit): Offset {
  if (upTo === 'logEnd') return log.logEndOffset;
  return upTo === 'highWatermark' ? log.highWatermark : lastStableOffset(log);
}

function emptyRead(segment: LogSegment, positionInSegment: number, wantsAborted: boolean): ReadResult {
  const abortedTransactions = wantsAborted ? [] : null;
  return {
    outcome: 'read',
    batches: [],
    sizeInBytes: 0,
    segmentBaseOffset: segment.baseOffset,
    positionInSegment,
    abortedTransactions,
  };
}

function wholeBatches(segment: LogSegment, firstIndex: number, endPosition: number): RecordBatch[] {
  const batches: RecordBatch[] = [];
  for (let i = firstIndex; ; i++) {
    const stored = itemAt(segment.batches, i);
    if (stored === undefined || stored.position + stored.batch.sizeInBytes > endPosition) return batches;
    batches.push(stored.batch);
  }
}

/** Those that overlap with the read; its upper bound comes from the offset index, and so may be well beyond it. */
function abortedTransactions(
  log: PartitionLog,
  segments: readonly LogSegment[],
  segmentIndex: number,
  { fromOffset, endPosition }: { readonly fromOffset: Offset; readonly endPosition: number },
): AbortedRange[] {
  const { offsetIndex } = segments[segmentIndex]!;
  const indexed = itemAt(
    offsetIndex,
    firstIndexWhere(offsetIndex, (entry) => entry.position >= endPosition),
  );
  const upperBound = indexed?.offset ?? segments[segmentIndex + 1]?.baseOffset ?? log.logEndOffset;
  return collectAborted(segments.slice(segmentIndex), { fromOffset, upperBound }).map(
    ({ producerId, firstOffset }) => ({
      producerId,
      firstOffset,
    }),
  );
}

/** Rows of the transaction indexes that overlap with the range; the search ends with the first transaction stable beyond it. */
export function collectAborted(
  segments: readonly LogSegment[],
  { fromOffset, upperBound }: { readonly fromOffset: Offset; readonly upperBound: Offset },
): AbortedTransaction[] {
  const found: AbortedTransaction[] = [];
  for (const { transactionIndex } of segments) {
    for (const aborted of transactionIndex) {
      if (aborted.lastOffset >= fromOffset && aborted.firstOffset < upperBound) found.push(aborted);
      if (aborted.lastStableOffset >= upperBound) return found;
    }
  }
  return found;
}
