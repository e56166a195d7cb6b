/** Records of a log between two offsets, batch by batch. */
import { itemAt } from '../../kafka/log/chunkedList.ts';
import { batchIndexOf } from '../../kafka/log/logSegment.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import { segmentsBetween, segmentsOf } from '../../kafka/log/partitionLog.ts';
import type { Offset } from '../../kafka/ids.ts';
import type { KafkaRecord } from '../../kafka/record/record.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';

/** Batches that hold an offset in [from, to). */
export function* batchesBetween(log: PartitionLog, from: number, to: number): Generator<RecordBatch, void, undefined> {
  if (to <= from) return;
  // What is read is nearly always at the end.
  const { activeSegment } = log;
  const segments = from >= activeSegment.baseOffset ? [activeSegment] : segmentsBetween(segmentsOf(log), from, to);
  for (const segment of segments) {
    for (let at = batchIndexOf(segment, from as Offset); at < segment.batches.length; at++) {
      const { batch } = itemAt(segment.batches, at)!;
      if (batch.baseOffset >= to) return;
      yield batch;
    }
  }
}

export interface StoredRecord {
  readonly record: KafkaRecord;
  readonly batch: RecordBatch;
}

export function* recordsBetween(log: PartitionLog, from: number, to: number): Generator<StoredRecord, void, undefined> {
  for (const batch of batchesBetween(log, from, to)) {
    for (const record of batch.records) if (record.offset >= from && record.offset < to) yield { record, batch };
  }
}

/** Undefined: the log has no record of that offset. */
export function recordAt(log: PartitionLog, offset: number): StoredRecord | undefined {
  for (const found of recordsBetween(log, offset, offset + 1)) return found;
  return undefined;
}

/** The same record of the same leadership: compaction may have written its batch anew. */
export function isSameRecord(a: StoredRecord, b: StoredRecord): boolean {
  return (
    a.record === b.record ||
    (a.record.key === b.record.key &&
      a.record.value === b.record.value &&
      a.record.timestamp === b.record.timestamp &&
      a.batch.partitionLeaderEpoch === b.batch.partitionLeaderEpoch &&
      a.batch.producerId === b.batch.producerId)
  );
}
