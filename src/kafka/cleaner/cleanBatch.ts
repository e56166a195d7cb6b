/**
 * What cleaning leaves of one batch: its first and last offset, in any case, and the records that are still the last of their key.
 *
 * Follows `kafka.log.Cleaner#cleanInto` and `MemoryRecords#filterTo` (3.9.0, KIP-534): tombstones and markers get a horizon at the first
 * pass that keeps them, and go at the first pass after it.
 */
import { NO_TIMESTAMP, type Offset, type TimestampMs } from '../ids.ts';
import type { ProducerState } from '../log/producerState.ts';
import { type KafkaRecord, recordSizeInBytes } from '../record/record.ts';
import { hasProducerId, RECORD_BATCH_OVERHEAD, type RecordBatch, timestampOf } from '../record/recordBatch.ts';
import type { CleanedTransactions } from './cleanedTransactions.ts';
import type { OffsetMap } from './offsetMap.ts';

export interface BatchCleaning {
  readonly map: OffsetMap;
  readonly transactions: CleanedTransactions;
  readonly producers: ProducerState;
  readonly deleteRetentionMs: number;
  readonly nowMs: TimestampMs;
}

export interface CleanedBatch {
  /** Null: nothing is left. The batch itself: all is. */
  readonly batch: RecordBatch | null;
  readonly messagesRead: number;
  /** Records without a key, which a compacted log should not have. */
  readonly invalidMessages: number;
  /** Offset of the last record kept, or of the batch when it is kept whole or empty. */
  readonly largestOffset: Offset;
}

export function cleanBatch(batch: RecordBatch, cleaning: BatchCleaning): CleanedBatch {
  const { nowMs, transactions } = cleaning;
  const mayDiscard = batch.isControl ? transactions.onMarker(batch) : transactions.onData(batch);
  const isPastHorizon = batch.deleteHorizonMs !== null && batch.deleteHorizonMs <= nowMs;
  const discardsRecords = mayDiscard && (!batch.isControl || isPastHorizon);
  const keepsEmpty = isLastOfActiveProducer(batch, cleaning.producers);
  if (discardsRecords && !keepsEmpty)
    return { batch: null, messagesRead: 0, invalidMessages: 0, largestOffset: batch.lastOffset };

  let invalidMessages = 0;
  const retained = discardsRecords
    ? []
    : batch.records.filter((record) => {
        if (batch.isControl || record.offset > cleaning.map.latestOffset) return true;
        if (record.key === null) {
          invalidMessages += 1;
          return false;
        }
        const isLatest = record.offset >= (cleaning.map.offsets.get(record.key) ?? -1);
        return isLatest && (record.value !== null || !isPastHorizon);
      });
  const messagesRead = batch.records.length;
  if (retained.length === 0) {
    return {
      batch: keepsEmpty ? emptied(batch) : null,
      messagesRead,
      invalidMessages,
      largestOffset: batch.lastOffset,
    };
  }
  const needsHorizon =
    batch.deleteHorizonMs === null && ((mayDiscard && batch.isControl) || retained.some(({ value }) => value === null));
  if (retained.length === batch.records.length && !needsHorizon) {
    return { batch, messagesRead, invalidMessages, largestOffset: batch.lastOffset };
  }
  const deleteHorizonMs = needsHorizon ? ((nowMs + cleaning.deleteRetentionMs) as TimestampMs) : batch.deleteHorizonMs;
  const largestOffset = retained[retained.length - 1]!.offset;
  return { batch: rebuilt(batch, retained, deleteHorizonMs), messagesRead, invalidMessages, largestOffset };
}

/** Its last sequence, or the epoch of its last marker, would be forgotten without this batch. */
function isLastOfActiveProducer(batch: RecordBatch, { producers }: ProducerState): boolean {
  if (!hasProducerId(batch)) return false;
  const entry = producers.find(({ producerId }) => producerId === batch.producerId);
  if (entry === undefined) return false;
  const last = entry.batches[entry.batches.length - 1];
  return last === undefined
    ? batch.isControl && batch.producerEpoch === entry.producerEpoch
    : batch.lastOffset === last.lastOffset;
}

function emptied(batch: RecordBatch): RecordBatch {
  return {
    ...batch,
    baseTimestamp: NO_TIMESTAMP,
    deleteHorizonMs: null,
    sizeInBytes: RECORD_BATCH_OVERHEAD,
    records: [],
  };
}

/** Timestamps are stored as differences from the horizon, where there is one, else from the first record's. */
function rebuilt(
  batch: RecordBatch,
  retained: readonly KafkaRecord[],
  deleteHorizonMs: TimestampMs | null,
): RecordBatch {
  const isLogAppendTime = batch.timestampType === 'LogAppendTime';
  const records = isLogAppendTime
    ? retained.map((record) => ({ ...record, timestamp: timestampOf(record, batch) }))
    : retained;
  const baseTimestamp = records[0]!.timestamp;
  let maxTimestamp = isLogAppendTime ? batch.maxTimestamp : NO_TIMESTAMP;
  let sizeInBytes = RECORD_BATCH_OVERHEAD;
  for (const record of records) {
    if (record.timestamp > maxTimestamp) maxTimestamp = record.timestamp;
    const timestampDelta = record.timestamp - (deleteHorizonMs ?? baseTimestamp);
    sizeInBytes += recordSizeInBytes(record, { offsetDelta: record.offset - batch.baseOffset, timestampDelta });
  }
  return { ...batch, baseTimestamp, maxTimestamp, deleteHorizonMs, sizeInBytes, records };
}
