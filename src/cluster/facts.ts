/**
 * Facts of a Kafka cluster: what views draw, narration tells and "why?" walks through. Each is told by the process it happened to, as one
 * `fact` effect. Offsets, epochs and ids are Kafka's own numbers.
 */
import type { DomainFact, KernelEffect } from '../kernel/effects.ts';
import type { FactId } from '../kernel/events.ts';
import type { Fact } from '../kernel/facts.ts';

interface Partition {
  readonly topic: string;
  readonly partition: number;
}
interface OnBroker extends Partition {
  readonly broker: number;
}

/** `lag`: `agoMs` is how long ago each had all that the leader has; null: never in this epoch. `offline`: the controller knows it to be gone. */
export type IsrShrinkWhy =
  | {
      readonly kind: 'lag';
      readonly maxMs: number;
      readonly behind: readonly { readonly broker: number; readonly agoMs: number | null }[];
    }
  | { readonly kind: 'offline' };

/** What makes a group divide its partitions anew. */
export interface RebalanceWhy {
  readonly kind: 'joined' | 'left' | 'expired' | 'fenced' | 'leaderRejoined' | 'subscription' | 'other';
  readonly memberId: string | null;
}

/** Every fact by name. */
export interface ClusterFacts {
  // ZooKeeper
  readonly zookeeperServing: { readonly server: number };
  /** Of a member of an ensemble. `leader`: whom it follows, itself when it leads; null while it looks. */
  readonly zookeeperStateChanged: {
    readonly server: number;
    readonly state: 'LOOKING' | 'FOLLOWING' | 'LEADING';
    readonly leader: number | null;
  };
  /** Told by the one elected. `voters`: whose votes it counted; `zxid`: hexadecimal, of its last transaction. */
  readonly zookeeperElected: {
    readonly server: number;
    readonly voters: readonly number[];
    readonly ensembleSize: number;
    readonly zxid: string;
    readonly peerEpoch: number;
  };
  /** A majority holds what the leader has, and writes go on. */
  readonly quorumReached: {
    readonly server: number;
    readonly members: readonly number[];
    readonly ensembleSize: number;
    readonly epoch: number;
  };
  /** The leader hears too few: nothing is written until another election. */
  readonly quorumLost: {
    readonly server: number;
    readonly members: readonly number[];
    readonly ensembleSize: number;
  };
  readonly sessionOpened: { readonly session: string; readonly timeoutMs: number };
  readonly sessionExpired: { readonly session: string };
  readonly sessionClosed: { readonly session: string };
  readonly znodeCreated: { readonly path: string; readonly ephemeral: boolean };
  readonly znodeChanged: { readonly path: string; readonly version: number };
  /** `session`: it was ephemeral, and its session has ended; null: somebody deleted it. */
  readonly znodeDeleted: { readonly path: string; readonly session: string | null };
  readonly watchFired: { readonly path: string; readonly event: string };
  // Brokers and the controller
  readonly brokerRegistered: { readonly broker: number; readonly brokerEpoch: number };
  readonly brokerStarted: { readonly broker: number };
  readonly brokerStopping: { readonly broker: number };
  readonly controllerElected: { readonly broker: number; readonly controllerEpoch: number };
  readonly controllerResigned: { readonly broker: number };
  readonly topicCreated: { readonly topic: string; readonly assignment: readonly (readonly number[])[] };
  readonly partitionsAdded: { readonly topic: string; readonly from: number; readonly to: number };
  readonly topicDeleted: { readonly topic: string };
  readonly leaderElected: Partition & {
    readonly leader: number;
    readonly leaderEpoch: number;
    readonly isr: readonly number[];
    readonly strategy: string;
    /** In the order of the assignment, which is the order of preference. */
    readonly replicas: readonly number[];
    /** Those of them that were not alive. */
    readonly offline: readonly number[];
  };
  readonly becameLeader: OnBroker & { readonly leaderEpoch: number };
  readonly becameFollower: OnBroker & { readonly leader: number; readonly leaderEpoch: number };
  readonly isrShrunk: Partition & {
    readonly isr: readonly number[];
    readonly removed: readonly number[];
    readonly why: IsrShrinkWhy;
  };
  readonly isrExpanded: Partition & { readonly isr: readonly number[]; readonly added: readonly number[] };
  /** A log directory takes no more writes, or cannot be read: its partitions go offline, and with the last one the broker. */
  readonly logDirFailed: {
    readonly broker: number;
    readonly directory: string;
    readonly why: 'full' | 'failed';
    readonly partitions: readonly Partition[];
    readonly isLast: boolean;
  };
  /** The controller has learned that replicas of a live broker cannot be reached. */
  readonly replicasOffline: { readonly broker: number; readonly partitions: readonly Partition[] };
  // Logs
  readonly logCreated: OnBroker;
  readonly recordsAppended: OnBroker & {
    readonly baseOffset: number;
    readonly lastOffset: number;
    readonly as: 'leader' | 'follower';
  };
  readonly highWatermarkAdvanced: OnBroker & { readonly from: number; readonly to: number };
  readonly logTruncated: OnBroker & { readonly from: number; readonly to: number };
  readonly segmentRolled: OnBroker & { readonly baseOffset: number };
  readonly segmentDeleted: OnBroker & { readonly baseOffset: number };
  readonly logStartMoved: OnBroker & { readonly to: number };
  // Clients
  readonly recordBatched: Partition & { readonly client: string };
  readonly recordsAcknowledged: Partition & {
    readonly client: string;
    readonly baseOffset: number | null;
    readonly count: number;
  };
  readonly recordsRefused: Partition & { readonly client: string; readonly error: string; readonly count: number };
  readonly recordsConsumed: Partition & {
    readonly client: string;
    readonly group: string | null;
    readonly firstOffset: number;
    readonly lastOffset: number;
    /** Fewer than the offsets between, where markers, aborted or compacted records lie. */
    readonly count: number;
  };
  readonly positionReset: Partition & { readonly client: string; readonly to: number };
  // Groups
  readonly groupStateChanged: {
    readonly group: string;
    readonly from: string;
    readonly to: string;
    readonly generationId: number;
    /** Of a rebalance that begins. */
    readonly why: RebalanceWhy | null;
  };
  readonly memberJoined: { readonly group: string; readonly memberId: string };
  readonly memberLeft: {
    readonly group: string;
    readonly memberId: string;
    readonly why: 'left' | 'expired' | 'fenced';
  };
  readonly assignmentReceived: {
    readonly group: string;
    readonly memberId: string;
    readonly partitions: readonly Partition[];
  };
  /** Given up for a rebalance, or because the group has gone on without this member. */
  readonly partitionsRevoked: {
    readonly group: string;
    readonly memberId: string;
    readonly partitions: readonly Partition[];
    readonly isLost: boolean;
  };
  readonly offsetCommitted: Partition & { readonly group: string; readonly offset: number };
  // Transactions
  readonly transactionStateChanged: {
    readonly transactionalId: string;
    readonly from: string;
    readonly to: string;
    readonly producerId: number;
    readonly producerEpoch: number;
  };
  readonly transactionMarkerWritten: OnBroker & {
    readonly producerId: number;
    readonly isCommit: boolean;
    readonly offset: number;
  };
}

export type ClusterFactName = keyof ClusterFacts;
export type ClusterFact = {
  readonly [Name in ClusterFactName]: { readonly name: Name; readonly detail: ClusterFacts[Name] };
}[ClusterFactName];

/** Every name, and of those that are marked on the scrubber the name of their mark. */
const marks: Readonly<Record<ClusterFactName, string | null>> = {
  zookeeperServing: 'start',
  zookeeperStateChanged: null,
  zookeeperElected: 'election',
  quorumReached: null,
  quorumLost: 'quorumLost',
  sessionOpened: null,
  sessionExpired: 'sessionExpired',
  sessionClosed: null,
  znodeCreated: null,
  znodeChanged: null,
  znodeDeleted: null,
  watchFired: null,
  brokerRegistered: null,
  brokerStarted: 'start',
  brokerStopping: null,
  controllerElected: 'controller',
  controllerResigned: null,
  topicCreated: 'topic',
  partitionsAdded: null,
  topicDeleted: 'topic',
  leaderElected: 'election',
  becameLeader: null,
  becameFollower: null,
  isrShrunk: 'isrShrink',
  isrExpanded: 'isrExpand',
  logDirFailed: 'logDirFailed',
  replicasOffline: null,
  logCreated: null,
  recordsAppended: null,
  highWatermarkAdvanced: null,
  logTruncated: 'truncation',
  segmentRolled: null,
  segmentDeleted: null,
  logStartMoved: null,
  recordBatched: null,
  recordsAcknowledged: null,
  recordsRefused: 'refusal',
  recordsConsumed: null,
  positionReset: null,
  groupStateChanged: null,
  memberJoined: null,
  memberLeft: null,
  assignmentReceived: null,
  partitionsRevoked: null,
  offsetCommitted: null,
  transactionStateChanged: null,
  transactionMarkerWritten: null,
};

/** A rebalance is marked where it begins, and where it ends. */
function markOfGroup(detail: ClusterFacts[ClusterFactName]): string | null {
  return 'to' in detail && (detail.to === 'PreparingRebalance' || detail.to === 'Stable') ? 'rebalance' : null;
}

/** The effect that tells a fact. The event being handled is its principal cause; `alsoBecauseOf` names others. */
export function tell<Name extends ClusterFactName>(
  name: Name,
  detail: ClusterFacts[Name],
  alsoBecauseOf?: readonly FactId[],
): KernelEffect {
  const mark = name === 'groupStateChanged' ? markOfGroup(detail) : marks[name];
  const params: DomainFact = mark === null ? { name, detail: { ...detail } } : { name, detail: { ...detail }, mark };
  return { type: 'fact', params: alsoBecauseOf === undefined ? params : { ...params, alsoBecauseOf } };
}

/** A fact of the journal read as one of these; null for what the kernel recorded, and for a name that is none of theirs. */
export function asClusterFact({ what }: Fact): ClusterFact | null {
  // `tell` is the only writer of these names, and types each one's detail.
  return what.kind === 'told' && Object.hasOwn(marks, what.name) ? (what as unknown as ClusterFact) : null;
}
