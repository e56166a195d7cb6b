/**
 * A batch of format v2: what a producer sends, a leader stamps, a log stores and a fetch returns. Immutable and shared by all
 * the replicas that hold it.
 *
 * Follows `org.apache.kafka.common.record.DefaultRecordBatch` and `MemoryRecordsBuilder` (3.9.0), uncompressed.
 */
import {
  type LeaderEpoch,
  NO_LEADER_EPOCH,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  NO_SEQUENCE,
  NO_TIMESTAMP,
  type Offset,
  type ProducerEpoch,
  type ProducerId,
  type TimestampMs,
} from '../ids.ts';
import { type KafkaRecord, type NewRecord, recordBodySize, recordSizeInBytes } from './record.ts';

/** Spelled as the setting `message.timestamp.type` has it. */
export type TimestampType = 'CreateTime' | 'LogAppendTime';

/** Bytes of a batch before its first record. */
export const RECORD_BATCH_OVERHEAD = 61;

export interface RecordBatch {
  readonly baseOffset: Offset;
  /** Kept by compaction even when the record that had it is gone. */
  readonly lastOffset: Offset;
  readonly partitionLeaderEpoch: LeaderEpoch;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  /** Sequence number of the first record, or −1; they wrap after 2147483647. */
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  /** Holds a COMMIT or ABORT marker instead of data. */
  readonly isControl: boolean;
  readonly timestampType: TimestampType;
  /** The first record's timestamp, not the smallest; with a delete horizon the field on disk holds the horizon instead. */
  readonly baseTimestamp: TimestampMs;
  readonly maxTimestamp: TimestampMs;
  /** When tombstones and the marker of this batch may go (KIP-534); null until a first cleaning kept them. */
  readonly deleteHorizonMs: TimestampMs | null;
  readonly sizeInBytes: number;
  readonly records: readonly KafkaRecord[];
}

/** All but the records; what is left out is "none". */
export interface BatchHeader {
  readonly baseOffset?: Offset;
  readonly partitionLeaderEpoch?: LeaderEpoch;
  readonly producerId?: ProducerId;
  readonly producerEpoch?: ProducerEpoch;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  /** Given: LogAppendTime, with this time for every record. */
  readonly logAppendTime?: TimestampMs;
}

/** A batch of consecutive records, from `baseOffset` (0, as a producer sends it, unless given). */
export function createBatch(records: readonly NewRecord[], header: BatchHeader = {}): RecordBatch {
  const baseOffset = header.baseOffset ?? (0 as Offset);
  const baseTimestamp = records[0]?.timestamp ?? NO_TIMESTAMP;
  let maxTimestamp = NO_TIMESTAMP;
  let sizeInBytes = RECORD_BATCH_OVERHEAD;
  const appended: KafkaRecord[] = [];
  for (let i = 0; i < records.length; i++) {
    const { timestamp, key, value, headers } = records[i]!;
    if (timestamp > maxTimestamp) maxTimestamp = timestamp;
    const record = { offset: (baseOffset + i) as Offset, timestamp, key, value, headers };
    sizeInBytes += recordSizeInBytes(record, { offsetDelta: i, timestampDelta: timestamp - baseTimestamp });
    appended.push(record);
  }
  return {
    baseOffset,
    lastOffset: (baseOffset + Math.max(records.length, 1) - 1) as Offset,
    partitionLeaderEpoch: header.partitionLeaderEpoch ?? NO_LEADER_EPOCH,
    producerId: header.producerId ?? NO_PRODUCER_ID,
    producerEpoch: header.producerEpoch ?? NO_PRODUCER_EPOCH,
    baseSequence: header.baseSequence ?? NO_SEQUENCE,
    isTransactional: header.isTransactional ?? false,
    isControl: header.isControl ?? false,
    timestampType: header.logAppendTime === undefined ? 'CreateTime' : 'LogAppendTime',
    baseTimestamp,
    maxTimestamp: header.logAppendTime ?? maxTimestamp,
    deleteHorizonMs: null,
    sizeInBytes,
    records: appended,
  };
}

/** The timestamp a reader sees: with log append time, that of the batch. */
export function timestampOf(record: KafkaRecord, batch: RecordBatch): TimestampMs {
  return batch.timestampType === 'LogAppendTime' ? batch.maxTimestamp : record.timestamp;
}

export function hasProducerId(batch: RecordBatch): boolean {
  return batch.producerId !== NO_PRODUCER_ID;
}

/** Sequence number of the batch's last offset, or −1 without sequences. */
export function lastSequenceOf(batch: RecordBatch): number {
  return batch.baseSequence === NO_SEQUENCE
    ? NO_SEQUENCE
    : addToSequence(batch.baseSequence, batch.lastOffset - batch.baseOffset);
}

/** Sequence number of one record of the batch, or −1 without sequences. */
export function sequenceOf(record: KafkaRecord, batch: RecordBatch): number {
  return batch.baseSequence === NO_SEQUENCE
    ? NO_SEQUENCE
    : addToSequence(batch.baseSequence, record.offset - batch.baseOffset);
}

/** Sequence numbers wrap from 2147483647 to 0. */
export function addToSequence(sequence: number, increment: number): number {
  return sequence > 0x7fffffff - increment ? increment - (0x7fffffff - sequence) - 1 : sequence + increment;
}

/** Bytes of all the batches together. */
export function totalSizeInBytes(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.sizeInBytes, 0);
}

/** Upper bound of the bytes of a batch with this one record (`AbstractRecords.estimateSizeInBytesUpperBound`). */
export function batchSizeUpperBound(record: Pick<NewRecord, 'key' | 'value' | 'headers'>): number {
  // The deltas are not known yet: Kafka counts 21 bytes for length, attributes and the widest deltas.
  const keyValueAndHeaders = recordBodySize(record, { offsetDelta: 0, timestampDelta: 0 }) - 3;
  return RECORD_BATCH_OVERHEAD + 21 + keyValueAndHeaders;
}
