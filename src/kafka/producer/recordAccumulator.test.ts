import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zeroBytes } from '../bytes.ts';
import type { BrokerId, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { NO_HEADERS } from '../record/record.ts';
import type { ProducerBatch } from './producerBatch.ts';
import {
  appendRecord,
  checkReady,
  createAccumulator,
  drainBatches,
  expireBatches,
  type ProducerMetadata,
  queuedBatches,
  type RecordAccumulator,
  reenqueueBatch,
  releaseBatch,
} from './recordAccumulator.ts';

const start = 1_700_000_000_000;
const later = (ms: number) => (start + ms) as TimestampMs;
const broker = 1 as BrokerId;
const metadata: ProducerMetadata = {
  partitionsOf: () => ({ available: [0, 1, 2], partitionCount: 3 }),
  leaderOf: () => broker,
  ledBy: () => [0, 1, 2].map((partition) => ({ topic: 't', partition })),
};
const config = {
  batchSize: 200,
  lingerMs: 10,
  bufferMemory: 1000,
  deliveryTimeoutMs: 120_000,
  adaptivePartitioning: true,
};

const send = (accumulator: RecordAccumulator, partition: number | null, size: number, ms = 0) =>
  appendRecord(
    accumulator,
    { topic: 't', partition, record: { timestamp: later(ms), key: null, value: zeroBytes(size), headers: NO_HEADERS } },
    { nowMs: later(ms), metadata, draw: () => 4 },
  );
const drain = (accumulator: RecordAccumulator, ms: number) =>
  drainBatches(accumulator, { nowMs: later(ms), metadata, brokers: [broker], maxRequestSize: 1 << 20 });

describe('a record accumulator', () => {
  test('lets a batch linger, and send it at once when it is full', () => {
    const waiting = send(createAccumulator(config), 0, 10).accumulator;
    const full = send(waiting, 0, 180).accumulator;

    expect(checkReady(waiting, { nowMs: later(4), metadata })).toMatchObject({ readyBrokers: [], nextCheckDelayMs: 6 });
    expect(checkReady(waiting, { nowMs: later(10), metadata }).readyBrokers).toEqual([broker]);
    expect(checkReady(full, { nowMs: later(0), metadata }).readyBrokers).toEqual([broker]);
  });

  test('loses no record and changes no order within a partition', () => {
    const records = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 150 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(records, (sent) => {
        let accumulator = createAccumulator({ ...config, bufferMemory: 1 << 20 });
        for (const [partition, size] of sent) accumulator = send(accumulator, partition, size).accumulator;
        const got: [number, number][] = [];
        while (queuedBatches(accumulator).length > 0) {
          const drained = drain(accumulator, 20);
          accumulator = drained.accumulator;
          for (const { topicPartition, records: list } of drained.batches.get(broker)!) {
            const all = [...list.sealed.flat(), ...list.tail];
            got.push(...all.map((record): [number, number] => [topicPartition.partition, record.value!.length]));
          }
        }

        for (const partition of [0, 1, 2]) {
          expect(got.filter(([p]) => p === partition)).toEqual(sent.filter(([p]) => p === partition));
        }
      }),
    );
  });

  test('has no more memory than buffer.memory, until batches are released', () => {
    let accumulator = createAccumulator(config);
    for (let i = 0; i < 5; i++) accumulator = send(accumulator, 0, 150).accumulator;

    const refused = send(accumulator, 0, 150);
    const [batch] = drain(accumulator, 0).batches.get(broker)!;
    const taken = send(releaseBatch(accumulator, batch!), 0, 150);

    expect([refused.outcome, taken.outcome]).toEqual(['bufferExhausted', 'appended']);
  });

  test('retries a batch first, after its backoff, and in order of sequence', () => {
    const sequence = (baseSequence: number) => ({
      producerId: 1 as ProducerId,
      producerEpoch: 0 as ProducerEpoch,
      baseSequence,
      isTransactional: false,
    });
    let accumulator = createAccumulator(config);
    for (let i = 0; i < 3; i++) accumulator = send(accumulator, 0, 150).accumulator;
    const sent: ProducerBatch[] = [];
    for (let i = 0; i < 2; i++) {
      const drained = drain(accumulator, 0);
      accumulator = drained.accumulator;
      sent.push({ ...drained.batches.get(broker)![0]!, sequence: sequence(i) });
    }

    const retry = { nowMs: later(5), retryBackoffMs: 100 };
    const retried = sent.toReversed().reduce((acc, batch) => reenqueueBatch(acc, batch, retry), accumulator);

    expect(queuedBatches(retried).map((batch) => batch.sequence?.baseSequence ?? null)).toEqual([0, 1, null]);
    expect(drain(retried, 50).batches.get(broker)).toEqual([]);
    expect(drain(retried, 105).batches.get(broker)).toMatchObject([{ attempts: 1, sequence: { baseSequence: 0 } }]);
  });

  test('gives batches up after delivery.timeout.ms', () => {
    const { accumulator } = send(createAccumulator(config), 0, 10);

    expect(expireBatches(accumulator, { nowMs: later(119_999) }).expired).toEqual([]);
    expect(expireBatches(accumulator, { nowMs: later(120_000) }).expired).toMatchObject([
      { topicPartition: { partition: 0 } },
    ]);
  });
});
