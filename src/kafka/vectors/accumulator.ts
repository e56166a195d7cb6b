/**
 * Replay of `01-accumulator-sticky`.
 */
import { utf8, zeroBytes } from '../bytes.ts';
import type { BrokerId, TimestampMs } from '../ids.ts';
import { partitionForKey } from '../producer/murmur2.ts';
import { recordBatchOf } from '../producer/producerBatch.ts';
import {
  appendRecord,
  checkReady,
  createAccumulator,
  drainBatches,
  type ProducerMetadata,
  type RecordAccumulator,
} from '../producer/recordAccumulator.ts';
import type { Draw } from '../producer/stickyPartitioner.ts';
import { NO_HEADERS } from '../record/record.ts';
import type { Json } from './json.ts';
import { START_TIME_MS } from './logReplay.ts';
import { drawsFrom } from './partitioners.ts';

type Operation =
  | { readonly op: 'append'; readonly key: string | null; readonly valueSize: number }
  | { readonly op: 'drain'; readonly advanceMs: number };

interface AccumulatorCase {
  readonly numPartitions: number;
  readonly availablePartitions: readonly number[];
  readonly batchSize: number;
  readonly lingerMs: number;
  readonly draws: readonly number[];
  readonly ops: readonly Operation[];
}

const TOPIC = 't';
const BROKER = 0 as BrokerId;
const MAX_REQUEST_SIZE = 1 << 20;

export function replayAccumulator({
  numPartitions,
  availablePartitions,
  batchSize,
  lingerMs,
  draws,
  ops,
}: AccumulatorCase): Json {
  const metadata: ProducerMetadata = {
    partitionsOf: () => ({ available: availablePartitions, partitionCount: numPartitions }),
    leaderOf: () => BROKER,
    ledBy: () => Array.from({ length: numPartitions }, (_, partition) => ({ topic: TOPIC, partition })),
  };
  const { draw, used } = drawsFrom(draws);
  let nowMs = START_TIME_MS;
  let accumulator = createAccumulator({
    batchSize,
    lingerMs,
    bufferMemory: 64 << 20,
    deliveryTimeoutMs: 120_000,
    adaptivePartitioning: true,
  });
  return ops.map((operation) => {
    if (operation.op === 'drain') {
      nowMs = (nowMs + operation.advanceMs) as TimestampMs;
      const { next, answer } = drain(accumulator, metadata, nowMs);
      accumulator = next;
      return { drained: answer };
    }
    const { next, answer } = append(accumulator, operation, { metadata, nowMs, draw, numPartitions });
    accumulator = next;
    return { ...answer, drawsUsed: used() };
  });
}

interface AppendContext {
  readonly metadata: ProducerMetadata;
  readonly nowMs: TimestampMs;
  readonly draw: Draw;
  readonly numPartitions: number;
}

function append(
  accumulator: RecordAccumulator,
  { key: keyText, valueSize }: { readonly key: string | null; readonly valueSize: number },
  { metadata, nowMs, draw, numPartitions }: AppendContext,
): { readonly next: RecordAccumulator; readonly answer: { readonly [key: string]: Json } } {
  const key = keyText === null ? null : utf8(keyText);
  const partition = key === null ? null : partitionForKey(key, { partitionCount: numPartitions });
  const record = { timestamp: nowMs, key, value: zeroBytes(valueSize), headers: NO_HEADERS };
  const result = appendRecord(accumulator, { topic: TOPIC, partition, record }, { nowMs, metadata, draw });
  if (result.outcome === 'bufferExhausted') return { next: result.accumulator, answer: {} };
  const { isBatchFull, isNewBatch, appendedBytes } = result;
  return {
    next: result.accumulator,
    answer: { partition: result.partition, batchIsFull: isBatchFull, newBatch: isNewBatch, appendedBytes },
  };
}

function drain(
  accumulator: RecordAccumulator,
  metadata: ProducerMetadata,
  nowMs: TimestampMs,
): { next: RecordAccumulator; answer: Json } {
  const ready = checkReady(accumulator, { nowMs, metadata });
  const drained = drainBatches(ready.accumulator, {
    nowMs,
    metadata,
    brokers: ready.readyBrokers,
    maxRequestSize: MAX_REQUEST_SIZE,
  });
  const answer = [...drained.batches.values()].flat().map((batch) => ({
    partition: batch.topicPartition.partition,
    records: batch.records.length,
    sizeInBytes: recordBatchOf(batch).sizeInBytes,
  }));
  return { next: drained.accumulator, answer };
}
