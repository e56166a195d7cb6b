/**
 * A batch that a producer is filling or sending.
 *
 * Follows `org.apache.kafka.clients.producer.internals.ProducerBatch` and `MemoryRecordsBuilder` (3.9.0), uncompressed.
 */
import type { ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { type ChunkedList, emptyList, itemAt, push, toArray } from '../log/chunkedList.ts';
import { type NewRecord, recordSizeInBytes } from '../record/record.ts';
import { createBatch, RECORD_BATCH_OVERHEAD, type RecordBatch } from '../record/recordBatch.ts';
import type { TopicPartition } from '../topicPartition.ts';

/** What an idempotent producer gives a batch when it first sends it; a retry keeps it. */
export interface BatchSequence {
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
}

export interface ProducerBatch {
  /** Unique in its accumulator. */
  readonly id: number;
  readonly topicPartition: TopicPartition;
  readonly records: ChunkedList<NewRecord>;
  /** Bytes so far, header included. */
  readonly sizeInBytes: number;
  /** Bytes of buffer: `batch.size`, or more for one large record. */
  readonly writeLimit: number;
  /** Takes no more records. */
  readonly isClosed: boolean;
  readonly createdMs: TimestampMs;
  readonly lastAppendMs: TimestampMs;
  /** When it was made, or last put back into its queue. */
  readonly lastAttemptMs: TimestampMs;
  readonly attempts: number;
  /** How long to wait before the next attempt. */
  readonly retryBackoffMs: number;
  readonly sequence: BatchSequence | null;
}

export function createProducerBatch(
  id: number,
  topicPartition: TopicPartition,
  { writeLimit, nowMs }: { readonly writeLimit: number; readonly nowMs: TimestampMs },
): ProducerBatch {
  return {
    id,
    topicPartition,
    records: emptyList(),
    sizeInBytes: RECORD_BATCH_OVERHEAD,
    writeLimit,
    isClosed: false,
    createdMs: nowMs,
    lastAppendMs: nowMs,
    lastAttemptMs: nowMs,
    attempts: 0,
    retryBackoffMs: 0,
    sequence: null,
  };
}

/** Full, or closed: nothing more will come. */
export function isFull({ isClosed, records, sizeInBytes, writeLimit }: ProducerBatch): boolean {
  return isClosed || (records.length > 0 && writeLimit <= sizeInBytes);
}

/** Null when the record does not fit; a first record always does. */
export function tryAppend(batch: ProducerBatch, record: NewRecord, nowMs: TimestampMs): ProducerBatch | null {
  if (isFull(batch)) return null;
  const baseTimestamp = itemAt(batch.records, 0)?.timestamp ?? record.timestamp;
  const recordSize = recordSizeInBytes(record, {
    offsetDelta: batch.records.length,
    timestampDelta: record.timestamp - baseTimestamp,
  });
  if (batch.records.length > 0 && batch.writeLimit < batch.sizeInBytes + recordSize) return null;
  return {
    ...batch,
    records: push(batch.records, record),
    sizeInBytes: batch.sizeInBytes + recordSize,
    lastAppendMs: nowMs,
  };
}

/** What goes into the produce request: base offset 0. */
export function recordBatchOf({ records, sequence }: ProducerBatch): RecordBatch {
  return createBatch(toArray(records), sequence ?? {});
}
