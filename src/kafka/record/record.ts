/**
 * A record as producers send it and consumers read it, and the bytes it takes inside a batch of format v2.
 *
 * Follows `org.apache.kafka.common.record.DefaultRecord` (KIP-98): lengths and deltas are zigzag varints, so that the size of a
 * record depends on its place in the batch.
 */
import { type Bytes, sizeOf } from '../bytes.ts';
import type { Offset, TimestampMs } from '../ids.ts';
import { varintSize } from './varint.ts';

export interface RecordHeader {
  /** Text, stored as UTF-8. */
  readonly key: string;
  readonly value: Bytes | null;
}

/** What a producer gives; the log adds the offset. */
export interface NewRecord {
  readonly timestamp: TimestampMs;
  /** Null: no key, hence no place of its own in a compacted topic. */
  readonly key: Bytes | null;
  /** Null: a tombstone for the key in a compacted topic. */
  readonly value: Bytes | null;
  readonly headers: readonly RecordHeader[];
}

export interface KafkaRecord extends NewRecord {
  readonly offset: Offset;
}

/** Shared by the records without headers, which are nearly all. */
export const NO_HEADERS: readonly RecordHeader[] = [];

/** Bytes of the record without its length prefix. */
export function recordBodySize(
  record: Pick<NewRecord, 'key' | 'value' | 'headers'>,
  { offsetDelta, timestampDelta }: { readonly offsetDelta: number; readonly timestampDelta: number },
): number {
  let size =
    1 +
    varintSize(timestampDelta) +
    varintSize(offsetDelta) +
    sizeWithLength(record.key) +
    sizeWithLength(record.value);
  size += varintSize(record.headers.length);
  for (const { key, value } of record.headers) {
    const keySize = utf8Length(key);
    size += varintSize(keySize) + keySize + sizeWithLength(value);
  }
  return size;
}

/** Bytes of the record in a batch, length prefix included (`DefaultRecord.sizeInBytes`). */
export function recordSizeInBytes(
  record: Pick<NewRecord, 'key' | 'value' | 'headers'>,
  deltas: { readonly offsetDelta: number; readonly timestampDelta: number },
): number {
  const body = recordBodySize(record, deltas);
  return varintSize(body) + body;
}

/** A null costs the varint of −1, one byte. */
function sizeWithLength(bytes: Bytes | null): number {
  return bytes === null ? 1 : varintSize(bytes.length) + sizeOf(bytes);
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) size += 1;
    else if (code < 0x800) size += 2;
    else if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      size += 4;
      i += 1;
    } else size += (code & 0xf800) === 0xd800 ? 1 : 3;
  }
  return size;
}
