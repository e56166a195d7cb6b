/**
 * Replay of `08-transactions` and `08-producer-state`.
 */
import { textOf, utf8 } from '../bytes.ts';
import { decodeFetch } from '../consumer/completedFetch.ts';
import { kafkaErrors } from '../errors.ts';
import type { CoordinatorEpoch, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import {
  expireProducers,
  lastStableOffset,
  type PartitionLog,
  segmentsOf,
  withHighWatermark,
} from '../log/partitionLog.ts';
import { firstUndecidedOffset } from '../log/producerState.ts';
import { lastSequenceOfProducer } from '../log/producerStateEntry.ts';
import { readLog } from '../log/readLog.ts';
import { type ControlType, createMarkerBatch } from '../record/controlRecord.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch, type RecordBatch } from '../record/recordBatch.ts';
import type { Json } from './json.ts';
import { exampleLog, segmentRows, START_TIME_MS, type TopicSettings } from './logReplay.ts';

type Append = {
  readonly op: 'append';
  readonly producerId: ProducerId;
  readonly epoch?: ProducerEpoch;
  readonly baseSequence?: number;
  readonly count: number;
  readonly transactional?: boolean;
};
type Operation =
  | Append
  | {
      readonly op: 'marker';
      readonly producerId: ProducerId;
      readonly epoch: ProducerEpoch;
      readonly type: ControlType;
      readonly coordinatorEpoch: CoordinatorEpoch;
    }
  | { readonly op: 'highWatermark'; readonly offset: Offset }
  | { readonly op: 'sleep'; readonly ms: number };

/** `producer.id.expiration.check.interval.ms`: when silent producers are looked for. */
const EXPIRATION_CHECK_INTERVAL_MS = 600_000;
const FETCH_BYTES = 1 << 20;

interface Replay {
  readonly log: PartitionLog;
  readonly nowMs: TimestampMs;
  /** Values are numbered over the whole history. */
  readonly recordCount: number;
}

export function replayTransactions(input: {
  readonly config: TopicSettings;
  readonly ops: readonly Operation[];
  readonly finalHighWatermark: Offset;
}): Json {
  let state: Replay = { log: exampleLog(input.config), nowMs: START_TIME_MS, recordCount: 0 };
  const afterEach: Json[] = [];
  for (const operation of input.ops) {
    const { next, answer } = perform(state, operation);
    state = next;
    const { log } = state;
    afterEach.push({
      ...answer,
      logEndOffset: log.logEndOffset,
      highWatermark: log.highWatermark,
      lastStableOffset: lastStableOffset(log),
      firstUndecidedOffset: firstUndecidedOffset(log.producers),
    });
  }
  return { afterEach, final: describe(withHighWatermark(state.log, input.finalHighWatermark)) };
}

function perform(
  state: Replay,
  operation: Operation,
): { readonly next: Replay; readonly answer: { [key: string]: Json } } {
  const { log, nowMs } = state;
  switch (operation.op) {
    case 'highWatermark':
      return { next: { ...state, log: withHighWatermark(log, operation.offset) }, answer: {} };
    case 'sleep': {
      const later = (nowMs + operation.ms) as TimestampMs;
      const checksAt = (time: number) => Math.floor((time - START_TIME_MS) / EXPIRATION_CHECK_INTERVAL_MS);
      const isChecked = checksAt(later) > checksAt(nowMs);
      return {
        next: { ...state, nowMs: later, log: isChecked ? expireProducers(log, { nowMs: later }) : log },
        answer: {},
      };
    }
    case 'marker': {
      const { producerId, epoch: producerEpoch, type, coordinatorEpoch } = operation;
      const marker = createMarkerBatch({ type, coordinatorEpoch }, { timestamp: nowMs, producerId, producerEpoch });
      return append(state, marker, 'coordinator');
    }
    default: {
      const counted = { ...state, recordCount: state.recordCount + operation.count };
      const { next, answer } = append(counted, clientBatch(operation, state), 'client');
      return { next, answer: operation.producerId === -1 ? answer : withDuplicate(answer, log, next.log) };
    }
  }
}

function withDuplicate(
  answer: { [key: string]: Json },
  before: PartitionLog,
  after: PartitionLog,
): { [key: string]: Json } {
  return 'error' in answer ? answer : { ...answer, duplicate: before.logEndOffset === after.logEndOffset };
}

function clientBatch(
  { producerId, epoch, baseSequence, count, transactional }: Append,
  { nowMs, recordCount }: Replay,
): RecordBatch {
  const records = Array.from({ length: count }, (_, i) => ({
    timestamp: nowMs,
    key: null,
    value: utf8(`r${recordCount + i}`),
    headers: NO_HEADERS,
  }));
  if (epoch === undefined || baseSequence === undefined) return createBatch(records);
  return createBatch(records, {
    producerId,
    producerEpoch: epoch,
    baseSequence,
    isTransactional: transactional ?? false,
  });
}

function append(
  state: Replay,
  batch: RecordBatch,
  origin: 'client' | 'coordinator',
): { next: Replay; answer: { [key: string]: Json } } {
  const result = appendAsLeader(state.log, batch, { leaderEpoch: 0 as LeaderEpoch, nowMs: state.nowMs, origin });
  const next = { ...state, log: result.log };
  if (result.outcome === 'rejected') return { next, answer: { error: kafkaErrors[result.error].exception } };
  return { next, answer: { firstOffset: result.firstOffset, lastOffset: result.lastOffset } };
}

function describe(log: PartitionLog): Json {
  return {
    highWatermark: log.highWatermark,
    lastStableOffset: lastStableOffset(log),
    segments: segmentRows(log),
    abortedIndex: segmentsOf(log).flatMap((segment) =>
      segment.transactionIndex.map((aborted) => ({
        segment: segment.baseOffset,
        producerId: aborted.producerId,
        first: aborted.firstOffset,
        last: aborted.lastOffset,
        lastStableOffset: aborted.lastStableOffset,
      })),
    ),
    producers: [...log.producers.producers]
      .sort((a, b) => a.producerId - b.producerId)
      .map((entry) => ({
        producerId: entry.producerId,
        producerEpoch: entry.producerEpoch,
        lastSequence: lastSequenceOfProducer(entry),
        coordinatorEpoch: entry.coordinatorEpoch,
        currentTxnStartOffset: entry.currentTxnFirstOffset ?? -1,
      })),
    readUncommitted: consume(log, 'highWatermark'),
    readCommitted: consume(log, 'lastStableOffset'),
  };
}

function consume(log: PartitionLog, upTo: 'highWatermark' | 'lastStableOffset'): Json {
  const records: Json[] = [];
  const fetches: Json[] = [];
  let position = 0 as Offset;
  for (;;) {
    const read = readLog(log, { fromOffset: position, maxBytes: FETCH_BYTES, upTo });
    if (read.outcome === 'outOfRange' || read.sizeInBytes === 0) break;
    const fetched = decodeFetch(read, position);
    records.push(...fetched.records.map(({ offset, value }) => [offset, value === null ? null : textOf(value)]));
    const aborted = (read.abortedTransactions ?? []).map(({ producerId, firstOffset }) => [producerId, firstOffset]);
    fetches.push({ from: position, bytes: read.sizeInBytes, aborted, nextFetchOffset: fetched.nextOffset });
    if (fetched.nextOffset <= position) break;
    position = fetched.nextOffset;
  }
  return { records, position, fetches };
}
