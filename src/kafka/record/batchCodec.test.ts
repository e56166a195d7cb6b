import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, bytesOf } from '../bytes.ts';
import type { LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { checksumOf, decodeBatch, encodeBatch } from './batchCodec.ts';
import { crc32c } from './crc32c.ts';
import { createBatch } from './recordBatch.ts';

const bytes = fc.uint8Array({ maxLength: 300 }).map(bytesOf);
const header = fc.record({ key: fc.string({ unit: 'grapheme', maxLength: 20 }), value: fc.option(bytes) });
const record = fc.record({
  timestamp: fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => ms as TimestampMs),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.array(header, { maxLength: 3 }),
});
const batch = fc
  .record({
    records: fc.array(record, { minLength: 1, maxLength: 20 }),
    baseOffset: fc.integer({ min: 0, max: 2 ** 50 }).map((offset) => offset as Offset),
    partitionLeaderEpoch: fc.integer({ min: -1, max: 2 ** 31 - 1 }).map((epoch) => epoch as LeaderEpoch),
    producerId: fc.integer({ min: -1, max: 2 ** 50 }).map((id) => id as ProducerId),
    producerEpoch: fc.integer({ min: -1, max: 32_767 }).map((epoch) => epoch as ProducerEpoch),
    baseSequence: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
    isTransactional: fc.boolean(),
  })
  .map(({ records, ...rest }) => createBatch(records, rest));

describe('the bytes of a batch', () => {
  test('decode to what was encoded, and are as many as it says', () => {
    fc.assert(
      fc.property(batch, (original) => {
        const encoded = encodeBatch(original);

        expect(encoded.length).toBe(original.sizeInBytes);
        expect(decodeBatch(encoded)).toEqual({ outcome: 'batch', batch: original, next: encoded.length });
      }),
    );
  });

  test('are not taken for a batch when any of them after the checksum is changed', () => {
    fc.assert(
      fc.property(batch, fc.nat(), fc.integer({ min: 1, max: 255 }), (original, place, change) => {
        const encoded = encodeBatch(original);
        const at = 21 + (place % (encoded.length - 21));
        const changed =
          encoded.slice(0, at) + String.fromCharCode(encoded.charCodeAt(at) ^ change) + encoded.slice(at + 1);

        expect(decodeBatch(changed as Bytes)).toEqual({
          outcome: 'corrupt',
          storedCrc: checksumOf(original),
          computedCrc: crc32c(changed, 21),
        });
      }),
    );
  });

  test('are incomplete when a fetch cut them', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (original, cut) => {
        const encoded = encodeBatch(original);

        expect(decodeBatch(encoded.slice(0, cut % encoded.length) as Bytes)).toEqual({ outcome: 'incomplete' });
      }),
    );
  });

  test('have the Castagnoli checksum', () => {
    expect(crc32c('123456789')).toBe(0xe3069283);
  });
});
