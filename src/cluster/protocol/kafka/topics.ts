/** Administration of topics: create, delete, add partitions, elect, reassign, log directories. */
import type { BrokerId, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../../../kafka/ids.ts';
import type { Failable, FailableWithMessage, TopicId } from './fields.ts';

export interface CreatableTopic {
  readonly name: string;
  /** −1: the broker's default, or given by the assignments. */
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly assignments: readonly { readonly partitionIndex: number; readonly brokerIds: readonly BrokerId[] }[];
  readonly configs: readonly { readonly name: string; readonly value: string | null }[];
}
export interface CreateTopicsRequest {
  readonly topics: readonly CreatableTopic[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}
export interface CreatableTopicResult extends FailableWithMessage {
  readonly name: string;
  readonly topicId: TopicId;
  /** −1 with an error. */
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configs: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly readOnly: boolean;
    readonly configSource: number;
    readonly isSensitive: boolean;
  }[];
}
export interface CreateTopicsResponse {
  readonly topics: readonly CreatableTopicResult[];
}

export interface DeleteTopicsRequest {
  readonly topics: readonly { readonly name: string | null; readonly topicId: TopicId }[];
  readonly timeoutMs: number;
}
export interface DeleteTopicsResponse {
  readonly responses: readonly (FailableWithMessage & { readonly name: string | null; readonly topicId: TopicId })[];
}

export interface CreatePartitionsRequest {
  readonly topics: readonly {
    readonly name: string;
    /** The new total. */
    readonly count: number;
    /** Null: the broker places them. */
    readonly assignments: readonly { readonly brokerIds: readonly BrokerId[] }[] | null;
  }[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}
export interface CreatePartitionsResponse {
  readonly results: readonly (FailableWithMessage & { readonly name: string })[];
}

export interface ElectLeadersRequest {
  /** 0 preferred, 1 unclean. */
  readonly electionType: 0 | 1;
  /** Null: all partitions. */
  readonly topicPartitions: readonly { readonly topic: string; readonly partitions: readonly number[] }[] | null;
  readonly timeoutMs: number;
}
export interface ElectLeadersResponse extends Failable {
  readonly replicaElectionResults: readonly {
    readonly topic: string;
    readonly partitionResult: readonly (FailableWithMessage & { readonly partitionId: number })[];
  }[];
}

export interface AlterPartitionReassignmentsRequest {
  readonly timeoutMs: number;
  readonly topics: readonly {
    readonly name: string;
    /** Replicas null: cancel. */
    readonly partitions: readonly { readonly partitionIndex: number; readonly replicas: readonly BrokerId[] | null }[];
  }[];
}
export interface AlterPartitionReassignmentsResponse extends FailableWithMessage {
  readonly responses: readonly {
    readonly name: string;
    readonly partitions: readonly (FailableWithMessage & { readonly partitionIndex: number })[];
  }[];
}
export interface ListPartitionReassignmentsRequest {
  readonly timeoutMs: number;
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null;
}
export interface ListPartitionReassignmentsResponse extends FailableWithMessage {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly replicas: readonly BrokerId[];
      readonly addingReplicas: readonly BrokerId[];
      readonly removingReplicas: readonly BrokerId[];
    }[];
  }[];
}

export interface DescribeLogDirsRequest {
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[] | null;
}
export interface DescribeLogDirsResponse extends Failable {
  readonly results: readonly (Failable & {
    readonly logDir: string;
    readonly topics: readonly {
      readonly name: string;
      readonly partitions: readonly {
        readonly partitionIndex: number;
        readonly partitionSize: number;
        readonly offsetLag: number;
        readonly isFutureKey: boolean;
      }[];
    }[];
    readonly totalBytes: number;
    readonly usableBytes: number;
  })[];
}

export interface DescribeProducersRequest {
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[];
}
export interface DescribeProducersResponse {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly (FailableWithMessage & {
      readonly partitionIndex: number;
      readonly activeProducers: readonly {
        readonly producerId: ProducerId;
        readonly producerEpoch: ProducerEpoch;
        readonly lastSequence: number;
        readonly lastTimestamp: TimestampMs;
        readonly coordinatorEpoch: number;
        readonly currentTxnStartOffset: Offset;
      }[];
    })[];
  }[];
}
