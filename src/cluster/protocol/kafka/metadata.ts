/** Metadata and DescribeCluster: what clients learn of brokers, topics and leaders. */
import type { BrokerId, LeaderEpoch } from '../../../kafka/ids.ts';
import type { Failable, FailableWithMessage, TopicId } from './fields.ts';

export interface MetadataRequest {
  /** Null: all topics; empty: none. A topic by id has no name. */
  readonly topics: readonly { readonly topicId: TopicId; readonly name: string | null }[] | null;
  readonly allowAutoTopicCreation: boolean;
  readonly includeTopicAuthorizedOperations: boolean;
}
export interface BrokerEndpoint {
  readonly nodeId: BrokerId;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}
export interface MetadataResponsePartition extends Failable {
  readonly partitionIndex: number;
  /** −1: none. */
  readonly leaderId: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly replicaNodes: readonly BrokerId[];
  readonly isrNodes: readonly BrokerId[];
  readonly offlineReplicas: readonly BrokerId[];
}
export interface MetadataResponseTopic extends Failable {
  readonly name: string | null;
  readonly topicId: TopicId;
  readonly isInternal: boolean;
  readonly partitions: readonly MetadataResponsePartition[];
  /** Bit field; −2147483648 when not asked for. */
  readonly topicAuthorizedOperations: number;
}
export interface MetadataResponse {
  readonly brokers: readonly BrokerEndpoint[];
  readonly clusterId: string | null;
  /** −1: not known. */
  readonly controllerId: BrokerId;
  readonly topics: readonly MetadataResponseTopic[];
}

export interface DescribeClusterRequest {
  readonly includeClusterAuthorizedOperations: boolean;
}
export interface DescribeClusterResponse extends FailableWithMessage {
  readonly clusterId: string;
  readonly controllerId: BrokerId;
  readonly brokers: readonly {
    readonly brokerId: BrokerId;
    readonly host: string;
    readonly port: number;
    readonly rack: string | null;
  }[];
  readonly clusterAuthorizedOperations: number;
}
