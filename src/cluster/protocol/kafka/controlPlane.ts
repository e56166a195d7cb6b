/** What the controller tells the brokers, and they it: LeaderAndIsr, UpdateMetadata, StopReplica, AlterPartition, ControlledShutdown. */
import type { BrokerId, LeaderEpoch } from '../../../kafka/ids.ts';
import type { Failable, TopicId } from './fields.ts';

interface FromController {
  readonly controllerId: BrokerId;
  readonly controllerEpoch: number;
  /** Of the broker it is sent to: an old one makes it STALE_BROKER_EPOCH. */
  readonly brokerEpoch: number;
}
interface LiveLeader {
  readonly brokerId: BrokerId;
  readonly hostName: string;
  readonly port: number;
}
/** `LeaderRecoveryState`: 0 RECOVERED, 1 RECOVERING after an unclean election. */
export type LeaderRecoveryState = 0 | 1;

export interface LeaderAndIsrPartitionState {
  readonly partitionIndex: number;
  readonly controllerEpoch: number;
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly isr: readonly BrokerId[];
  /** Version of the state znode. */
  readonly partitionEpoch: number;
  readonly replicas: readonly BrokerId[];
  readonly addingReplicas: readonly BrokerId[];
  readonly removingReplicas: readonly BrokerId[];
  readonly isNew: boolean;
  readonly leaderRecoveryState: LeaderRecoveryState;
}
export interface LeaderAndIsrRequest extends FromController {
  readonly topicStates: readonly {
    readonly topicName: string;
    readonly topicId: TopicId;
    readonly partitionStates: readonly LeaderAndIsrPartitionState[];
  }[];
  readonly liveLeaders: readonly LiveLeader[];
}
export interface LeaderAndIsrResponse extends Failable {
  readonly topics: readonly {
    readonly topicId: TopicId;
    readonly partitionErrors: readonly (Failable & { readonly partitionIndex: number })[];
  }[];
}

export interface UpdateMetadataPartitionState {
  readonly partitionIndex: number;
  readonly controllerEpoch: number;
  /** −1: none; −2: the topic is being deleted, forget it. */
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly isr: readonly BrokerId[];
  readonly zkVersion: number;
  readonly replicas: readonly BrokerId[];
  readonly offlineReplicas: readonly BrokerId[];
}
export interface UpdateMetadataBroker {
  readonly id: BrokerId;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}
export interface UpdateMetadataRequest extends FromController {
  readonly topicStates: readonly {
    readonly topicName: string;
    readonly topicId: TopicId;
    readonly partitionStates: readonly UpdateMetadataPartitionState[];
  }[];
  readonly liveBrokers: readonly UpdateMetadataBroker[];
}
export type UpdateMetadataResponse = Failable;

export interface StopReplicaRequest extends FromController {
  readonly topicStates: readonly {
    readonly topicName: string;
    readonly partitionStates: readonly {
      readonly partitionIndex: number;
      readonly leaderEpoch: LeaderEpoch;
      readonly deletePartition: boolean;
    }[];
  }[];
}
export interface StopReplicaResponse extends Failable {
  readonly partitionErrors: readonly (Failable & {
    readonly topicName: string;
    readonly partitionIndex: number;
  })[];
}

export interface AlterPartitionRequest {
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
  readonly topics: readonly {
    readonly topicName: string;
    readonly topicId: TopicId;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly leaderEpoch: LeaderEpoch;
      readonly newIsrWithEpochs: readonly { readonly brokerId: BrokerId; readonly brokerEpoch: number }[];
      readonly leaderRecoveryState: LeaderRecoveryState;
      readonly partitionEpoch: number;
    }[];
  }[];
}
export interface AlterPartitionResponse extends Failable {
  readonly topics: readonly {
    readonly topicName: string;
    readonly topicId: TopicId;
    readonly partitions: readonly (Failable & {
      readonly partitionIndex: number;
      readonly leaderId: BrokerId;
      readonly leaderEpoch: LeaderEpoch;
      readonly isr: readonly BrokerId[];
      readonly leaderRecoveryState: LeaderRecoveryState;
      readonly partitionEpoch: number;
    })[];
  }[];
}

export interface ControlledShutdownRequest {
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
}
export interface ControlledShutdownResponse extends Failable {
  /** Partitions that the broker still leads and that have other replicas. */
  readonly remainingPartitions: readonly { readonly topicName: string; readonly partitionIndex: number }[];
}
