/**
 * The bytes of a batch, as they stand in a `.log` file and on the wire.
 *
 * Follows `org.apache.kafka.common.record.DefaultRecordBatch` and `DefaultRecord` (magic 2), uncompressed.
 */
import { type Bytes, textOf, utf8 } from '../bytes.ts';
import type { LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { crc32c } from './crc32c.ts';
import { type KafkaRecord, NO_HEADERS, recordBodySize, type RecordHeader } from './record.ts';
import { RECORD_BATCH_OVERHEAD, type RecordBatch } from './recordBatch.ts';
import {
  int16Bytes,
  int32Bytes,
  int64Bytes,
  readInt16,
  readInt32,
  readInt64,
  readVarint,
  varintBytes,
} from './varint.ts';

const MAGIC = 2;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const DELETE_HORIZON = 0x40;

/** The checksum covers all from the attributes on. */
const CHECKED_FROM = 21;
const SIZE_OF_OFFSET_AND_LENGTH = 12;

/** The attributes field: compression (none), timestamp type, transaction, control, delete horizon. */
export function attributesOf(batch: RecordBatch): number {
  return (
    (batch.timestampType === 'LogAppendTime' ? LOG_APPEND_TIME : 0) |
    (batch.isTransactional ? TRANSACTIONAL : 0) |
    (batch.isControl ? CONTROL : 0) |
    (batch.deleteHorizonMs === null ? 0 : DELETE_HORIZON)
  );
}

export function encodeBatch(batch: RecordBatch): Bytes {
  const storedBaseTimestamp = batch.deleteHorizonMs ?? batch.baseTimestamp;
  let checked =
    int16Bytes(attributesOf(batch)) +
    int32Bytes(batch.lastOffset - batch.baseOffset) +
    int64Bytes(storedBaseTimestamp) +
    int64Bytes(batch.maxTimestamp) +
    int64Bytes(batch.producerId) +
    int16Bytes(batch.producerEpoch) +
    int32Bytes(batch.baseSequence) +
    int32Bytes(batch.records.length);
  for (const record of batch.records) checked += encodeRecord(record, batch.baseOffset, storedBaseTimestamp);
  const length = CHECKED_FROM - SIZE_OF_OFFSET_AND_LENGTH + checked.length;
  return (int64Bytes(batch.baseOffset) +
    int32Bytes(length) +
    int32Bytes(batch.partitionLeaderEpoch) +
    String.fromCharCode(MAGIC) +
    int32Bytes(crc32c(checked)) +
    checked) as Bytes;
}

/** CRC-32C of the batch, as `kafka-dump-log.sh` prints it. */
export function checksumOf(batch: RecordBatch): number {
  return storedChecksum(encodeBatch(batch));
}

function encodeRecord(record: KafkaRecord, baseOffset: Offset, baseTimestamp: TimestampMs): string {
  const deltas = { offsetDelta: record.offset - baseOffset, timestampDelta: record.timestamp - baseTimestamp };
  let out = `${varintBytes(recordBodySize(record, deltas))}\0${varintBytes(deltas.timestampDelta)}${varintBytes(deltas.offsetDelta)}`;
  out += encodeField(record.key) + encodeField(record.value) + varintBytes(record.headers.length);
  for (const { key, value } of record.headers) out += encodeField(utf8(key)) + encodeField(value);
  return out;
}

function encodeField(bytes: Bytes | null): string {
  return bytes === null ? varintBytes(-1) : varintBytes(bytes.length) + bytes;
}

function storedChecksum(bytes: Bytes): number {
  return readInt32(bytes, 17) >>> 0;
}

export type DecodedBatch =
  | { readonly outcome: 'batch'; readonly batch: RecordBatch; readonly next: number }
  /** The bytes end before the batch does: a fetch cut it. */
  | { readonly outcome: 'incomplete' }
  | { readonly outcome: 'corrupt'; readonly storedCrc: number; readonly computedCrc: number };

/** Reads the batch at a position; `next` is where the one after it begins. */
export function decodeBatch(bytes: Bytes, position = 0): DecodedBatch {
  const available = bytes.length - position;
  if (available < SIZE_OF_OFFSET_AND_LENGTH) return { outcome: 'incomplete' };
  const sizeInBytes = SIZE_OF_OFFSET_AND_LENGTH + readInt32(bytes, position + 8);
  if (available < sizeInBytes || sizeInBytes < RECORD_BATCH_OVERHEAD) return { outcome: 'incomplete' };
  const own = bytes.slice(position, position + sizeInBytes) as Bytes;
  const storedCrc = storedChecksum(own);
  const computedCrc = crc32c(own, CHECKED_FROM);
  if (storedCrc !== computedCrc) return { outcome: 'corrupt', storedCrc, computedCrc };
  return { outcome: 'batch', batch: decodeValid(own), next: position + sizeInBytes };
}

function decodeValid(bytes: Bytes): RecordBatch {
  const attributes = readInt16(bytes, 21);
  const baseOffset = readInt64(bytes, 0) as Offset;
  const storedBaseTimestamp = readInt64(bytes, 27) as TimestampMs;
  const hasHorizon = (attributes & DELETE_HORIZON) !== 0;
  const records = decodeRecords(bytes, baseOffset, storedBaseTimestamp);
  return {
    baseOffset,
    lastOffset: (baseOffset + readInt32(bytes, 23)) as Offset,
    partitionLeaderEpoch: readInt32(bytes, 12) as LeaderEpoch,
    producerId: readInt64(bytes, 43) as ProducerId,
    producerEpoch: readInt16(bytes, 51) as ProducerEpoch,
    baseSequence: readInt32(bytes, 53),
    isTransactional: (attributes & TRANSACTIONAL) !== 0,
    isControl: (attributes & CONTROL) !== 0,
    timestampType: (attributes & LOG_APPEND_TIME) === 0 ? 'CreateTime' : 'LogAppendTime',
    baseTimestamp: hasHorizon ? (records[0]?.timestamp ?? storedBaseTimestamp) : storedBaseTimestamp,
    maxTimestamp: readInt64(bytes, 35) as TimestampMs,
    deleteHorizonMs: hasHorizon ? storedBaseTimestamp : null,
    sizeInBytes: bytes.length,
    records,
  };
}

function decodeRecords(bytes: Bytes, baseOffset: Offset, baseTimestamp: TimestampMs): KafkaRecord[] {
  const records: KafkaRecord[] = [];
  let at = RECORD_BATCH_OVERHEAD;
  for (let left = readInt32(bytes, 57); left > 0; left--) {
    const length = readVarint(bytes, at);
    const timestampDelta = readVarint(bytes, length.next + 1);
    const offsetDelta = readVarint(bytes, timestampDelta.next);
    const key = decodeField(bytes, offsetDelta.next);
    const value = decodeField(bytes, key.next);
    records.push({
      offset: (baseOffset + offsetDelta.value) as Offset,
      timestamp: (baseTimestamp + timestampDelta.value) as TimestampMs,
      key: key.field,
      value: value.field,
      headers: decodeHeaders(bytes, value.next),
    });
    at = length.next + length.value;
  }
  return records;
}

function decodeHeaders(bytes: Bytes, position: number): readonly RecordHeader[] {
  const count = readVarint(bytes, position);
  if (count.value === 0) return NO_HEADERS;
  const headers: RecordHeader[] = [];
  for (let at = count.next; headers.length < count.value; ) {
    const key = decodeField(bytes, at);
    const value = decodeField(bytes, key.next);
    headers.push({ key: textOf(key.field ?? ('' as Bytes)), value: value.field });
    at = value.next;
  }
  return headers;
}

function decodeField(bytes: Bytes, position: number): { readonly field: Bytes | null; readonly next: number } {
  const { value: length, next } = readVarint(bytes, position);
  return length < 0 ? { field: null, next } : { field: bytes.slice(next, next + length) as Bytes, next: next + length };
}
