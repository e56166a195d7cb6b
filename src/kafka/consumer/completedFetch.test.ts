import { describe, expect, test } from 'vitest';
import { textOf, utf8 } from '../bytes.ts';
import type { CoordinatorEpoch, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import { createLog, withHighWatermark } from '../log/partitionLog.ts';
import { readLog } from '../log/readLog.ts';
import { createMarkerBatch } from '../record/controlRecord.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch } from '../record/recordBatch.ts';
import { decodeFetch } from './completedFetch.ts';

const nowMs = 1_700_000_000_000 as TimestampMs;
const leaderEpoch = 0 as LeaderEpoch;
const start = 0 as Offset;

/** An aborted record at 0, its marker at 2, a plain record at 1. */
function logWithAbortedTransaction() {
  const producerId = 5 as ProducerId;
  const producerEpoch = 0 as ProducerEpoch;
  const data = (text: string) => [{ timestamp: nowMs, key: null, value: utf8(text), headers: NO_HEADERS }];
  const aborted = createBatch(data('annulé'), { producerId, producerEpoch, baseSequence: 0, isTransactional: true });
  const marker = createMarkerBatch(
    { type: 'ABORT', coordinatorEpoch: 0 as CoordinatorEpoch },
    { timestamp: nowMs, producerId, producerEpoch },
  );
  let log = createLog({ topic: 't', partition: 0 }, { nowMs });
  log = appendAsLeader(log, aborted, { leaderEpoch, nowMs }).log;
  log = appendAsLeader(log, createBatch(data('gardé')), { leaderEpoch, nowMs }).log;
  log = appendAsLeader(log, marker, { leaderEpoch, nowMs, origin: 'coordinator' }).log;
  return withHighWatermark(log, log.logEndOffset);
}

describe('what a consumer is handed', () => {
  test.each([
    ['highWatermark', ['annulé', 'gardé']],
    ['lastStableOffset', ['gardé']],
  ] as const)('up to the %s is %o, and its position passes the marker', (upTo, values) => {
    const read = readLog(logWithAbortedTransaction(), { fromOffset: start, maxBytes: 1 << 20, upTo });

    const fetched = read.outcome === 'read' ? decodeFetch(read, start) : null;

    expect(fetched?.records.map(({ value }) => textOf(value!))).toEqual(values);
    expect(fetched?.nextOffset).toBe(3);
  });

  test('does not begin before its position', () => {
    const read = readLog(logWithAbortedTransaction(), {
      fromOffset: 1 as Offset,
      maxBytes: 1 << 20,
      upTo: 'highWatermark',
    });

    expect(read.outcome === 'read' && decodeFetch(read, 1 as Offset).records.map(({ offset }) => offset)).toEqual([1]);
  });
});
