/**
 * What a broker knows as (or while it is not) the controller: one immutable value.
 *
 * Follows `kafka.controller.KafkaController` and `ControllerContext` (3.9.0).
 */
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import type { LeaderRecoveryState } from '../protocol/kafka/controlPlane.ts';
import type { TopicId } from '../protocol/kafka/fields.ts';
import type { RegisteredBroker, ReplicaAssignment } from '../broker/znodes.ts';
import type { Turn } from '../broker/turn.ts';
import type { PartitionStateName } from './partitionState.ts';
import type { ReplicaStateName } from './replicaState.ts';

/** A live broker and its epoch, the czxid of its registration. */
export interface LiveBroker extends RegisteredBroker {
  readonly epoch: number;
}

export interface Leadership {
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly isr: readonly BrokerId[];
  readonly leaderRecoveryState: LeaderRecoveryState;
  /** Version of the state znode. */
  readonly partitionEpoch: number;
  /** Of the controller that wrote it. */
  readonly controllerEpoch: number;
}

export interface ControlledPartition {
  readonly assignment: ReplicaAssignment;
  readonly state: PartitionStateName;
  /** Null before the first election. */
  readonly leadership: Leadership | null;
  readonly replicaStates: ReadonlyMap<BrokerId, ReplicaStateName>;
}
interface ControlledTopic {
  readonly topicId: TopicId;
  /** By partition; a hole where deletion has removed one. */
  readonly partitions: readonly (ControlledPartition | undefined)[];
}

/** One thing to handle; `done` is called when its last consequence has been asked for. */
export interface ControllerEvent {
  readonly name: string;
  readonly run: (turn: Turn, done: (turn: Turn) => void) => void;
  /** Answers who waits for the event, which will not be handled to its end. */
  readonly preempt: (turn: Turn, why: Preemption) => void;
}
/** Dropped before its turn came; or cut short by the end of the session, or by a write that a newer controller's epoch refused. */
export type Preemption = 'dropped' | 'sessionExpired' | 'controllerMoved';

export interface Controller {
  readonly isActive: boolean;
  /** Of the last election that this broker knows of. */
  readonly epoch: number;
  /** Version of `/controller_epoch`: every write is conditioned on it. */
  readonly epochZkVersion: number;
  readonly liveBrokers: ReadonlyMap<BrokerId, LiveBroker>;
  readonly shuttingDown: ReadonlySet<BrokerId>;
  /** Of live brokers, `topic partition` of the replicas in log directories that have failed. */
  readonly offlineReplicas: ReadonlyMap<BrokerId, ReadonlySet<string>>;
  readonly topics: ReadonlyMap<string, ControlledTopic>;
  readonly topicsToBeDeleted: ReadonlySet<string>;
  readonly topicsWithDeletionStarted: ReadonlySet<string>;
  readonly topicsIneligibleForDeletion: ReadonlySet<string>;
  /** `topic partition` of reassignments that are open. */
  readonly reassigning: ReadonlySet<string>;
  readonly queue: readonly ControllerEvent[];
  /** The event being handled; null between events. */
  readonly current: ControllerEvent | null;
  /** Raised when the controller resigns, so that what it was doing goes no further. */
  readonly term: number;
}

export const standbyController: Controller = {
  isActive: false,
  epoch: 0,
  epochZkVersion: 0,
  liveBrokers: new Map(),
  shuttingDown: new Set(),
  offlineReplicas: new Map(),
  topics: new Map(),
  topicsToBeDeleted: new Set(),
  topicsWithDeletionStarted: new Set(),
  topicsIneligibleForDeletion: new Set(),
  reassigning: new Set(),
  queue: [],
  current: null,
  term: 0,
};

/** A partition by name, and a replica of one. */
export interface PartitionKey {
  readonly topic: string;
  readonly partition: number;
}
export interface ReplicaKey extends PartitionKey {
  readonly replica: BrokerId;
}
