import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, textOf, utf8 } from '../bytes.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import { defaultLogConfig } from '../log/logConfig.ts';
import { batchesOf, createLog, type PartitionLog, withHighWatermark } from '../log/partitionLog.ts';
import { type KafkaRecord, NO_HEADERS } from '../record/record.ts';
import { createBatch } from '../record/recordBatch.ts';
import { cleanableRange } from './cleanableRange.ts';
import { cleanLog } from './cleanLog.ts';

const start = 1_700_000_000_000;
const config = {
  ...defaultLogConfig,
  isCompacted: true,
  isDeleted: false,
  segmentBytes: 400,
  deleteRetentionMs: 10_000,
};
const key = fc.integer({ min: 0, max: 6 }).map((n) => `k${n}`);
const batch = fc.array(fc.tuple(key, fc.option(fc.string({ maxLength: 20 }))), { minLength: 1, maxLength: 4 });
type Batches = readonly (readonly (readonly [string, string | null])[])[];

function logOf(batches: Batches): PartitionLog {
  let log = createLog({ topic: 'compacte', partition: 0 }, { config, nowMs: start as TimestampMs });
  for (const records of batches) {
    const appended = createBatch(
      records.map(([k, v]) => ({
        timestamp: start as TimestampMs,
        key: utf8(k),
        value: v === null ? null : utf8(v),
        headers: NO_HEADERS,
      })),
    );
    log = appendAsLeader(log, appended, { leaderEpoch: 0 as LeaderEpoch, nowMs: start as TimestampMs }).log;
  }
  return withHighWatermark(log, log.logEndOffset);
}

const clean = (log: PartitionLog, checkpoint: Offset | null, afterMs: number) => {
  const nowMs = (start + afterMs) as TimestampMs;
  return cleanLog(log, cleanableRange(log, { checkpoint, nowMs }), { nowMs });
};
const recordsOf = (log: PartitionLog): KafkaRecord[] => [...batchesOf(log)].flatMap(({ records }) => records);
const lastOf = (records: readonly KafkaRecord[]) => new Map(records.map((record) => [record.key, record]));
const withoutTombstones = (last: ReadonlyMap<Bytes | null, KafkaRecord>) =>
  new Map([...last].filter(([, { value }]) => value !== null));

describe('compaction', () => {
  test('keeps the last value of every key, and every record that survives at its offset', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 40 }), fc.integer({ min: 0, max: 20_000 }), (batches, secondAfterMs) => {
        const log = logOf(batches);
        const first = clean(log, null, 0);
        const second = clean(first.log, first.endOffset, secondAfterMs);

        const before = recordsOf(log);
        for (const { log: cleaned } of [first, second]) {
          expect(withoutTombstones(lastOf(recordsOf(cleaned)))).toEqual(withoutTombstones(lastOf(before)));
          expect(
            recordsOf(cleaned).every(
              (record) => before.find(({ offset }) => offset === record.offset)?.value === record.value,
            ),
          ).toBe(true);
          expect([cleaned.logStartOffset, cleaned.logEndOffset]).toEqual([log.logStartOffset, log.logEndOffset]);
        }
      }),
    );
  });

  test('leaves one record of each key below the point that it reached', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 40 }), (batches) => {
        const { log, endOffset } = clean(logOf(batches), null, 0);
        const keys = recordsOf(log)
          .filter(({ offset }) => offset < endOffset)
          .map((record) => record.key);

        expect(keys.length).toBe(new Set(keys).size);
      }),
    );
  });

  test('keeps a tombstone at the first pass, and drops it at a pass after delete.retention.ms', () => {
    const filler = Array.from({ length: 12 }, (_, i) => [[`filler-${i}`, 'x'.repeat(60)]] as const);
    const log = logOf([[['a', '1']], [['a', null]], ...filler]);
    const tombstones = (cleaned: PartitionLog) =>
      recordsOf(cleaned)
        .filter(({ value }) => value === null)
        .map((r) => textOf(r.key!));

    const first = clean(log, null, 0);
    const early = clean(first.log, null, 9_999);
    const late = clean(first.log, null, 10_000);

    expect([first, early, late].map((result) => tombstones(result.log))).toEqual([['a'], ['a'], []]);
  });
});
