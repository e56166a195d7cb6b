import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import type { LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch, type RecordBatch } from '../record/recordBatch.ts';
import { appendAsFollower, appendAsLeader } from './append.ts';
import { defaultLogConfig, type LogConfig } from './logConfig.ts';
import {
  batchesOf,
  createLog,
  incrementLogStartOffset,
  logSizeInBytes,
  type PartitionLog,
  segmentsOf,
  withHighWatermark,
} from './partitionLog.ts';
import { readLog } from './readLog.ts';
import { reopenLog } from './reopenLog.ts';
import { deleteOldSegments } from './retention.ts';
import { truncateTo } from './truncation.ts';

const nowMs = 1_700_000_000_000 as TimestampMs;
const at = (offset: number) => offset as Offset;
const epoch = (number: number) => number as LeaderEpoch;
const smallSegments: LogConfig = { ...defaultLogConfig, segmentBytes: 400, indexIntervalBytes: 100 };
const newLog = (config: LogConfig = smallSegments) =>
  createLog({ topic: 'vive-le-ca', partition: 0 }, { config, nowMs });

const batchOf = (count: number, text = 'x'): RecordBatch =>
  createBatch(
    Array.from({ length: count }, (_, i) => ({
      timestamp: nowMs,
      key: null,
      value: utf8(`${text}${i}`),
      headers: NO_HEADERS,
    })),
  );
const append = (log: PartitionLog, batch: RecordBatch, leaderEpoch = epoch(0)) =>
  appendAsLeader(log, batch, { leaderEpoch, nowMs }).log;
const appendAll = (log: PartitionLog, counts: readonly number[]) =>
  counts.reduce((grown, count) => append(grown, batchOf(count)), log);
const counts = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 });

/** All that readers and followers can tell: indexes after a truncation may be sparser. */
const visible = (log: PartitionLog) => ({
  batches: [...batchesOf(log)],
  segments: segmentsOf(log).map(({ baseOffset, sizeInBytes }) => [baseOffset, sizeInBytes]),
  logStartOffset: log.logStartOffset,
  logEndOffset: log.logEndOffset,
  highWatermark: log.highWatermark,
  leaderEpochs: log.leaderEpochs,
});

describe('a partition log', () => {
  test('gives each record the next offset, and each batch the leader’s epoch', () => {
    const log = append(append(newLog(), batchOf(2)), batchOf(1), epoch(3));

    expect([...batchesOf(log)].map((b) => [b.baseOffset, b.lastOffset, b.partitionLeaderEpoch])).toEqual([
      [0, 1, 0],
      [2, 2, 3],
    ]);
    expect(log.leaderEpochs).toEqual([
      { epoch: 0, startOffset: 0 },
      { epoch: 3, startOffset: 2 },
    ]);
  });

  test('shares all sealed segments and chunks with its next version, and leaves the previous one as it was', () => {
    const before = appendAll(
      newLog({ ...smallSegments, segmentBytes: 100_000 }),
      Array.from({ length: 200 }, () => 1),
    );
    const after = append(before, batchOf(1));

    expect(after.sealedSegments).toBe(before.sealedSegments);
    expect(
      after.activeSegment.batches.sealed.every((chunk, i) => chunk === before.activeSegment.batches.sealed[i]),
    ).toBe(true);
    expect([before.logEndOffset, after.logEndOffset]).toEqual([200, 201]);
  });

  test('append, then truncate, gives back the same log', () => {
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const before = appendAll(newLog(), first);
        const truncated = truncateTo(appendAll(before, second), before.logEndOffset, { nowMs });

        expect([...batchesOf(truncated)]).toEqual([...batchesOf(before)]);
        expect(truncated.logEndOffset).toBe(before.logEndOffset);
        expect(logSizeInBytes(truncated)).toBe(logSizeInBytes(before));
        // Where a segment had just been full, the truncated log has begun the next one already.
        expect(
          segmentsOf(truncated)
            .filter(({ sizeInBytes }) => sizeInBytes > 0)
            .map(({ baseOffset }) => baseOffset),
        ).toEqual(
          segmentsOf(before)
            .filter(({ sizeInBytes }) => sizeInBytes > 0)
            .map(({ baseOffset }) => baseOffset),
        );
      }),
    );
  });

  test('read from any offset on, it gives every record once and in order', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 2000 }), (appended, maxBytes) => {
        const log = appendAll(newLog(), appended);
        const offsets: number[] = [];
        for (let next = at(0); next < log.logEndOffset; ) {
          const read = readLog(log, { fromOffset: next, maxBytes, upTo: 'logEnd' });
          if (read.outcome === 'outOfRange') break;
          for (const { records } of read.batches)
            offsets.push(...records.map(({ offset }) => offset).filter((offset) => offset >= next));
          next = at(read.batches[read.batches.length - 1]!.lastOffset + 1);
        }

        expect(offsets).toEqual(Array.from({ length: log.logEndOffset }, (_, i) => i));
      }),
    );
  });

  test('a follower that appends what it read has the same log', () => {
    fc.assert(
      fc.property(counts, (appended) => {
        const leader = appendAll(newLog(), appended);
        let follower = newLog();
        for (const batch of batchesOf(leader)) follower = appendAsFollower(follower, [batch], { nowMs }).log;

        expect(visible(follower)).toEqual(visible(leader));
      }),
    );
  });

  test('reopened after a clean stop or a kill, it has lost nothing but the high watermark', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), (appended, wasCleanShutdown) => {
        const log = withHighWatermark(appendAll(newLog(), appended), at(3));
        const reopened = reopenLog(log, {
          nowMs,
          highWatermark: null,
          logStartOffset: null,
          recoveryPoint: null,
          wasCleanShutdown,
        });

        expect(visible(reopened)).toEqual({ ...visible(log), highWatermark: 0 });
      }),
    );
  });

  describe('reopened after a kill', () => {
    const killed = (log: PartitionLog, recoveryPoint: number | null) =>
      reopenLog(log, {
        nowMs,
        highWatermark: null,
        logStartOffset: null,
        recoveryPoint: recoveryPoint === null ? null : at(recoveryPoint),
        wasCleanShutdown: false,
      });
    /** Three segments, each from one append of several small batches: one append has one index entry at most. */
    const fetched = () => {
      const leader = appendAll(
        newLog(),
        Array.from({ length: 15 }, () => 1),
      );
      const batches = [...batchesOf(leader)];
      return [0, 5, 10].reduce(
        (log, first) => appendAsFollower(log, batches.slice(first, first + 5), { nowMs }).log,
        newLog(),
      );
    };
    const entries = (log: PartitionLog) => segmentsOf(log).map(({ offsetIndex }) => offsetIndex.length);

    test('its segments are read again from the checkpointed recovery point on, batch by batch', () => {
      const log = fetched();

      expect(segmentsOf(log).map(({ baseOffset }) => baseOffset)).toEqual([0, 5, 10]);
      expect(entries(log)).toEqual([0, 0, 0]);
      expect(entries(killed(log, 10))).toEqual([0, 0, 2]);
      expect(entries(killed(log, 7))).toEqual([0, 2, 2]);
      expect(entries(killed(log, null))).toEqual([2, 2, 2]);
    });

    test('its recovery point is that of the checkpoint, whatever memory knew, and never past its end', () => {
      const log = fetched();

      expect(log.recoveryPoint).toBe(10);
      expect(killed(log, null).recoveryPoint).toBe(0);
      expect(killed(log, 5).recoveryPoint).toBe(5);
      expect(killed(log, 99).recoveryPoint).toBe(15);
    });

    test('it knows the last batch of each producer only, from a snapshot taken at its end, as after a clean stop', () => {
      const idempotent = (baseSequence: number) => ({
        ...batchOf(2),
        producerId: 7 as ProducerId,
        producerEpoch: 0 as ProducerEpoch,
        baseSequence,
      });
      const log = [0, 2, 4].reduce((grown, sequence) => append(grown, idempotent(sequence)), newLog());
      const again = killed(log, 0);

      expect(log.producers.producers[0]?.batches).toHaveLength(3);
      expect(again.producers.producers[0]?.batches).toMatchObject([{ lastSequence: 5, lastOffset: 5 }]);
      expect(again.producers.snapshots.map(({ offset }) => offset)).toEqual([6]);
    });

    test('it keeps one snapshot at the base of each segment, and one at its end', () => {
      const once = killed(append(newLog(), batchOf(1)), null);
      const grown = appendAll(once, [5, 5, 5, 5, 5]);
      const bases = segmentsOf(grown).map(({ baseOffset }) => baseOffset);
      const offsets = (log: PartitionLog) => log.producers.snapshots.map(({ offset }) => offset);

      expect(offsets(grown)).toEqual([1, ...bases.slice(1)]);
      expect(offsets(killed(grown, 0))).toEqual([...bases.slice(1), grown.logEndOffset]);
      expect(offsets(killed(grown, 99))).toEqual([...bases.slice(1), grown.logEndOffset]);
    });
  });

  test('removes whole segments from the oldest on, and never beyond the high watermark', () => {
    const full = appendAll(newLog({ ...smallSegments, retentionBytes: 0 }), [5, 5, 5, 5, 5, 5, 5, 5, 5]);
    const marked = withHighWatermark(full, at(12));

    const { log, deleted } = deleteOldSegments(marked, { nowMs });

    expect(deleted.every(({ reason }) => reason === 'retentionSize')).toBe(true);
    expect(log.logStartOffset).toBe(segmentsOf(log)[0]!.baseOffset);
    expect(log.logStartOffset).toBeLessThanOrEqual(12);
    expect(segmentsOf(log).length + deleted.length).toBe(segmentsOf(full).length);
  });

  test('does not move its start past the high watermark', () => {
    const log = withHighWatermark(append(newLog(), batchOf(5)), at(2));

    expect(incrementLogStartOffset(log, at(3))).toMatchObject({
      outcome: 'outOfRange',
      message:
        'Cannot increment the log start offset to 3 of partition vive-le-ca-0 since it is larger than the high watermark 2',
    });
  });
});

describe('a leader refuses', () => {
  test('a batch larger than max.message.bytes, in Kafka’s words', () => {
    const result = appendAsLeader(newLog({ ...smallSegments, maxMessageBytes: 70 }), batchOf(2), {
      leaderEpoch: epoch(0),
      nowMs,
    });

    expect(result).toMatchObject({
      outcome: 'rejected',
      error: 'MESSAGE_TOO_LARGE',
      message:
        'The record batch size in the append to vive-le-ca-0 is 79 bytes which exceeds the maximum configured value of 70.',
    });
  });

  test('a record without key in a compacted topic', () => {
    const result = appendAsLeader(newLog({ ...smallSegments, isCompacted: true }), batchOf(1), {
      leaderEpoch: epoch(0),
      nowMs,
    });

    expect(result).toMatchObject({
      outcome: 'rejected',
      error: 'INVALID_RECORD',
      recordErrors: [
        {
          batchIndex: 0,
          message: 'Compacted topic cannot accept message without key in topic partition vive-le-ca-0',
        },
      ],
    });
  });

  test('a timestamp too far ahead', () => {
    const late = createBatch([
      { timestamp: (nowMs + 2000) as TimestampMs, key: null, value: utf8('x'), headers: NO_HEADERS },
    ]);

    const result = appendAsLeader(newLog({ ...smallSegments, messageTimestampAfterMaxMs: 1000 }), late, {
      leaderEpoch: epoch(0),
      nowMs,
    });

    expect(result).toMatchObject({
      outcome: 'rejected',
      error: 'INVALID_TIMESTAMP',
      message: 'One or more records have been rejected due to invalid timestamp',
      recordErrors: [
        {
          message:
            'Timestamp 1700000002000 of message with offset 0 is out of range. ' +
            'The timestamp should be within [-9223370336854775807, 1700000001000]',
        },
      ],
    });
  });

  test('a batch whose sequence skips some, but answers a resent one with its old offsets', () => {
    const idempotent = (baseSequence: number) => ({
      ...batchOf(2),
      producerId: 7 as ProducerId,
      producerEpoch: 0 as ProducerEpoch,
      baseSequence,
    });
    const log = append(append(newLog(), idempotent(0)), idempotent(2));

    const resent = appendAsLeader(log, idempotent(0), { leaderEpoch: epoch(0), nowMs });
    const gap = appendAsLeader(log, idempotent(5), { leaderEpoch: epoch(0), nowMs });

    expect(resent).toMatchObject({ outcome: 'duplicate', firstOffset: 0, lastOffset: 1 });
    expect(gap).toMatchObject({ outcome: 'rejected', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
  });
});
