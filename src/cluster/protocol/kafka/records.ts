/** Produce, Fetch, ListOffsets, OffsetForLeaderEpoch, DeleteRecords: reading and writing partitions. Batches travel as values. */
import type { BrokerId, LeaderEpoch, Offset, ProducerId, TimestampMs } from '../../../kafka/ids.ts';
import type { RecordBatch } from '../../../kafka/record/recordBatch.ts';
import type { Failable, FailableWithMessage, TopicId } from './fields.ts';

export interface ProduceRequest {
  readonly transactionalId: string | null;
  /** 0: no answer at all; 1: after the leader's append; −1: after the whole ISR's. */
  readonly acks: 0 | 1 | -1;
  readonly timeoutMs: number;
  readonly topicData: readonly {
    readonly name: string;
    readonly partitionData: readonly { readonly index: number; readonly records: RecordBatch }[];
  }[];
}
export interface ProducePartitionResponse extends FailableWithMessage {
  readonly index: number;
  /** −1 when nothing was appended. */
  readonly baseOffset: Offset;
  /** −1 unless the topic stamps records itself (LogAppendTime). */
  readonly logAppendTimeMs: TimestampMs;
  readonly logStartOffset: Offset;
  readonly recordErrors: readonly { readonly batchIndex: number; readonly batchIndexErrorMessage: string | null }[];
  /** Where to go instead (KIP-951), with NOT_LEADER_OR_FOLLOWER and FENCED_LEADER_EPOCH; −1 when not known. */
  readonly currentLeader: LeaderIdAndEpoch;
}
export interface ProduceResponse {
  readonly responses: readonly {
    readonly name: string;
    readonly partitionResponses: readonly ProducePartitionResponse[];
  }[];
  readonly nodeEndpoints: readonly NodeEndpoint[];
}

interface LeaderIdAndEpoch {
  readonly leaderId: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
}
export interface NodeEndpoint {
  readonly nodeId: BrokerId;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export interface FetchPartition {
  readonly partition: number;
  /** −1: not checked. */
  readonly currentLeaderEpoch: LeaderEpoch;
  readonly fetchOffset: Offset;
  /** Epoch of the last batch that a follower has (KIP-595); −1: none, or a consumer. */
  readonly lastFetchedEpoch: LeaderEpoch;
  /** A follower's; −1 from a consumer. */
  readonly logStartOffset: Offset;
  readonly partitionMaxBytes: number;
}
export interface FetchRequest {
  /** −1: a consumer. */
  readonly replicaState: { readonly replicaId: BrokerId; readonly replicaEpoch: number };
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** 0 read_uncommitted, 1 read_committed. */
  readonly isolationLevel: 0 | 1;
  /** KIP-227. Session 0 and epoch 0: a full fetch that asks for a session; epoch −1: a full one that ends it; epoch n: only what changed is named. */
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly topicId: TopicId;
    readonly partitions: readonly FetchPartition[];
  }[];
  readonly forgottenTopicsData: readonly {
    readonly topic: string;
    readonly topicId: TopicId;
    readonly partitions: readonly number[];
  }[];
  readonly rackId: string;
}
interface AbortedTransaction {
  readonly producerId: ProducerId;
  readonly firstOffset: Offset;
}
export interface FetchPartitionResponse extends Failable {
  readonly partitionIndex: number;
  /** −1 with an error. */
  readonly highWatermark: Offset;
  readonly lastStableOffset: Offset;
  readonly logStartOffset: Offset;
  /** The reader's log parts from the leader's: truncate to this. Absent (null) when it does not. */
  readonly divergingEpoch: { readonly epoch: LeaderEpoch; readonly endOffset: Offset } | null;
  readonly currentLeader: LeaderIdAndEpoch | null;
  /** Null unless read_committed. */
  readonly abortedTransactions: readonly AbortedTransaction[] | null;
  readonly preferredReadReplica: BrokerId;
  readonly records: readonly RecordBatch[];
}
export interface FetchResponse extends Failable {
  readonly sessionId: number;
  readonly responses: readonly {
    readonly topic: string;
    readonly topicId: TopicId;
    readonly partitions: readonly FetchPartitionResponse[];
  }[];
  readonly nodeEndpoints: readonly NodeEndpoint[];
}

export interface ListOffsetsRequest {
  readonly replicaId: BrokerId;
  readonly isolationLevel: 0 | 1;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly currentLeaderEpoch: LeaderEpoch;
      readonly timestamp: number;
    }[];
  }[];
}
export interface ListOffsetsPartitionResponse extends Failable {
  readonly partitionIndex: number;
  readonly timestamp: TimestampMs;
  readonly offset: Offset;
  readonly leaderEpoch: LeaderEpoch;
}
export interface ListOffsetsResponse {
  readonly topics: readonly { readonly name: string; readonly partitions: readonly ListOffsetsPartitionResponse[] }[];
}

export interface OffsetForLeaderEpochRequest {
  readonly replicaId: BrokerId;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly currentLeaderEpoch: LeaderEpoch;
      readonly leaderEpoch: LeaderEpoch;
    }[];
  }[];
}
export interface OffsetForLeaderEpochResponse {
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly (Failable & {
      readonly partition: number;
      readonly leaderEpoch: LeaderEpoch;
      readonly endOffset: Offset;
    })[];
  }[];
}

export interface DeleteRecordsRequest {
  readonly topics: readonly {
    readonly name: string;
    /** Offset −1: the high watermark. */
    readonly partitions: readonly { readonly partitionIndex: number; readonly offset: Offset }[];
  }[];
  readonly timeoutMs: number;
}
export interface DeleteRecordsResponse {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly (Failable & { readonly partitionIndex: number; readonly lowWatermark: Offset })[];
  }[];
}
