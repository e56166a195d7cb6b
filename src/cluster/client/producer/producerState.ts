/** A producer's state, and what a turn of it yields. */
import type { NewRecord } from '../../../kafka/record/record.ts';
import type { ProducerBatch } from '../../../kafka/producer/producerBatch.ts';
import type { RecordAccumulator } from '../../../kafka/producer/recordAccumulator.ts';
import { nextUint32, type RandomState } from '../../../kernel/random.ts';
import { epochOfSimulationMs, timestampMsAt, type VirtualTimeUs } from '../../../kernel/time.ts';
import type { TimestampMs } from '../../../kafka/ids.ts';
import type { Metadata } from '../metadata.ts';
import type { ClientLog } from '../clientStep.ts';
import type { JavaException } from '../javaException.ts';
import type { NetworkClient, NetworkTurn } from '../networkClient.ts';
import { type ClusterView, viewOf } from './clusterView.ts';
import type { ProducerSettings } from './producerOptions.ts';
import type { TransactionManager } from './transactionManager.ts';

/** What a request of the producer was about. */
export type ProducerTag =
  | { readonly kind: 'produce'; readonly batches: readonly number[] }
  | { readonly kind: 'transaction' };

/** A record as the application gives it; `tag` comes back with what became of it. */
export interface TaggedRecord extends NewRecord {
  readonly tag: string | number;
}

/** `ProducerRecord`. */
export interface RecordForTopic {
  readonly topic: string;
  /** Null or left out: by key, or wherever. */
  readonly partition?: number | null;
  readonly key: NewRecord['key'];
  readonly value: NewRecord['value'];
  readonly headers?: NewRecord['headers'];
  /** Now, unless given. */
  readonly timestamp?: TimestampMs;
}

/** The application's thread waits inside `send`. */
interface BlockedSend {
  readonly record: RecordForTopic;
  readonly tag: string | number;
  readonly since: VirtualTimeUs;
  readonly waitsFor: 'metadata' | 'memory';
  /** Of the metadata when it was last looked at. */
  readonly updateVersion: number;
}

export interface Producer {
  readonly slot: number;
  readonly clientId: string;
  readonly logPrefix: string;
  readonly settings: ProducerSettings;
  readonly network: NetworkClient<ProducerTag>;
  readonly view: ClusterView;
  readonly accumulator: RecordAccumulator;
  /** By topic, how often partitions took turns; empty with the partitioner that is built in. */
  readonly turns: ReadonlyMap<string, number>;
  /** Null without idempotence. */
  readonly transactions: TransactionManager | null;
  /** Drained, sent, neither acknowledged, failed nor put back. */
  readonly inFlight: readonly ProducerBatch[];
  /** By batch in retry, the leader epoch of its last attempt: a new leader is tried without backoff. */
  readonly attemptedEpochs: ReadonlyMap<number, number | null>;
  readonly blocked: BlockedSend | null;
  /** Batches below this id are to leave at once: somebody flushes. Null: nobody does. */
  readonly flushBelow: number | null;
  readonly life: 'open' | 'closing' | 'closed';
}

/** What became of a record, as its callback is told. */
export interface SendResult {
  readonly tag: string | number | null;
  readonly topic: string;
  /** Null: it got none. */
  readonly partition: number | null;
  readonly record: Pick<NewRecord, 'key' | 'value' | 'timestamp'>;
  readonly outcome:
    | { readonly outcome: 'acknowledged'; readonly offset: number | null; readonly timestamp: TimestampMs }
    | { readonly outcome: 'failed'; readonly exception: JavaException };
}
/** A call that takes time has returned: initTransactions, commitTransaction… `exception` null: well. */
export interface CallResult {
  readonly tag: string;
  readonly exception: JavaException | null;
}

export interface ProducerTurn extends NetworkTurn<ProducerTag> {
  readonly results: SendResult[];
  readonly calls: CallResult[];
  readonly thrown: JavaException[];
}

/** Logs a line in its place among the results. */
export function say(turn: ProducerTurn, log: ClientLog): void {
  turn.logs.push(turn.results.length === 0 ? log : { ...log, afterResults: turn.results.length });
}

export function metadataOf({ network }: Producer): Metadata {
  if (network.metadata === null) throw new Error('A producer that was closed has no metadata.');
  return network.metadata;
}

/** With the view of the metadata that is there now. */
export function refreshed(producer: Producer): Producer {
  const cluster = producer.network.metadata?.cluster;
  return cluster === undefined || cluster === producer.view.cluster ? producer : { ...producer, view: viewOf(cluster) };
}

/** `ProducerBatch`es have milliseconds since 1970. */
export function msNow(now: VirtualTimeUs): TimestampMs {
  return timestampMsAt(now) as TimestampMs;
}
/** The record with the date that it gets when it is sent, by the wall clock. */
export const dated = (record: RecordForTopic, clock: VirtualTimeUs): RecordForTopic =>
  record.timestamp === undefined ? { ...record, timestamp: msNow(clock) } : record;

/** The instant at which that millisecond begins. */
export function instantOf(timestampMs: number): VirtualTimeUs {
  return ((timestampMs - epochOfSimulationMs) * 1000) as VirtualTimeUs;
}

/** Chance for the partitioner, and what is left of the stream. */
export function dice(random: RandomState): { readonly draw: () => number; readonly rest: () => RandomState } {
  let state = random;
  return {
    draw: () => {
      const [drawn, next] = nextUint32(state);
      state = next;
      return drawn >>> 1;
    },
    rest: () => state,
  };
}
