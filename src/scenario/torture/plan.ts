/**
 * What a seed puts a cluster through: its servers and settings, topics, clients, and faults with their instants. Plain JSON, so that a plan
 * can be shrunk, kept in a file and played again.
 */
import type { ClusterSetup } from '../clusterFiles.ts';

export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

export interface ProducerPlan {
  readonly kind: 'producer';
  readonly name: string;
  readonly topic: string;
  readonly acks: '0' | '1' | '-1';
  readonly properties: Readonly<Record<string, string>>;
  /** Records a second. */
  readonly throughput: number;
  /** Records have one of so many keys; null: none. */
  readonly keys: number | null;
  readonly startsAtMs: number;
}
export interface ConsumerPlan {
  readonly kind: 'consumer';
  readonly name: string;
  readonly topic: string;
  readonly group: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly startsAtMs: number;
}
/** Writes a null for each of these keys, once. */
export interface TombstonesPlan {
  readonly kind: 'tombstones';
  readonly name: string;
  readonly topic: string;
  readonly keys: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly startsAtMs: number;
}
/**
 * Copies one partition of a topic to the same partition of another, over and over: some records and how far it came in one transaction. Two
 * with one transactional id are a client and the zombie that it takes over from.
 */
export interface CopierPlan {
  readonly kind: 'copier';
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  readonly output: string;
  readonly transactionSize: number;
  readonly transactionTimeoutMs: number;
  readonly abortsAtRandom: boolean;
  readonly properties: Readonly<Record<string, string>>;
  readonly startsAtMs: number;
}
/** One command of an administrator; `<brokers>` in it is where the brokers listen. */
export interface AdministrationPlan {
  readonly kind: 'administration';
  readonly name: string;
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly startsAtMs: number;
}
export type ClientPlan = ProducerPlan | ConsumerPlan | TombstonesPlan | CopierPlan | AdministrationPlan;

/** `from` and `to`: names of servers (`broker-1`) and clients. Times in milliseconds after the workload's start. */
export type Fault = { readonly atMs: number } & (
  | { readonly kind: 'kill' | 'stop' | 'pause'; readonly target: string; readonly forMs: number }
  /** Killed together, started again one after the other. */
  | { readonly kind: 'killAll'; readonly targets: readonly string[]; readonly forMs: number }
  | {
      readonly kind: 'link';
      readonly from: string;
      readonly to: string;
      readonly isBothWays: boolean;
      readonly isCut: boolean;
      readonly extraLatencyUs: number;
      readonly lossPerMille: number;
      readonly forMs: number;
    }
  /** A consumer is told to end, and comes back. */
  | { readonly kind: 'interrupt'; readonly target: string; readonly forMs: number }
  /** One of the messages under way from or to it, by their order of arrival, is lost once; or its connection is lost with it. */
  | {
      readonly kind: 'lose';
      readonly target: string;
      readonly place: number;
      readonly outcome: 'resent' | 'disconnected';
      readonly forMs: number;
    }
  /** One of its timers comes before everything else that is under way. */
  | { readonly kind: 'hurry'; readonly target: string; readonly place: number; readonly forMs: number }
  /** Of a broker's log directory. */
  | {
      readonly kind: 'disk';
      readonly target: string;
      readonly state: 'sound' | 'full' | 'failed';
      readonly extraLatencyUs: number;
      readonly forMs: number;
    }
  /** The wall clock of its host jumps so far ahead, and back at the end. */
  | { readonly kind: 'clock'; readonly target: string; readonly offsetMs: number; readonly forMs: number }
);

export interface TorturePlan {
  readonly seed: number;
  readonly cluster: ClusterSetup;
  readonly topics: readonly TopicPlan[];
  readonly clients: readonly ClientPlan[];
  readonly faults: readonly Fault[];
  /** Of the workload, before everything is healed. */
  readonly durationMs: number;
}
