/** Consumer groups of the classic protocol: membership, offsets, administration. */
import type { Bytes } from '../../../kafka/bytes.ts';
import type { BrokerId, LeaderEpoch, Offset, ProducerEpoch, ProducerId } from '../../../kafka/ids.ts';
import type { Failable, FailableWithMessage } from './fields.ts';

export type CoordinatorType = 'GROUP' | 'TRANSACTION';
export interface FindCoordinatorRequest {
  readonly keyType: CoordinatorType;
  readonly coordinatorKeys: readonly string[];
}
export interface FindCoordinatorResponse {
  readonly coordinators: readonly (FailableWithMessage & {
    readonly key: string;
    readonly nodeId: BrokerId;
    readonly host: string;
    readonly port: number;
  })[];
}

export interface JoinGroupRequest {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Empty: none yet. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** `consumer`, or `connect`. */
  readonly protocolType: string;
  /** Preferred first; `metadata` is a ConsumerProtocolSubscription for consumers. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Bytes }[];
  readonly reason: string | null;
}
export interface JoinGroupResponse extends Failable {
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** Empty for all but the leader. */
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly metadata: Bytes;
  }[];
}

export interface SyncGroupRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Bytes }[];
}
export interface SyncGroupResponse extends Failable {
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignment: Bytes;
}

export interface HeartbeatRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
export type HeartbeatResponse = Failable;

export interface LeaveGroupRequest {
  readonly groupId: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly reason: string | null;
  }[];
}
export interface LeaveGroupResponse extends Failable {
  readonly members: readonly (Failable & { readonly memberId: string; readonly groupInstanceId: string | null })[];
}

export interface OffsetToCommit {
  readonly partitionIndex: number;
  readonly committedOffset: Offset;
  readonly committedLeaderEpoch: LeaderEpoch;
  readonly committedMetadata: string | null;
}
export interface CommitAnswer {
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly (Failable & { readonly partitionIndex: number })[];
  }[];
}
export interface OffsetCommitRequest {
  readonly groupId: string;
  /** −1: from outside the group. */
  readonly generationIdOrMemberEpoch: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly { readonly name: string; readonly partitions: readonly OffsetToCommit[] }[];
}
export type OffsetCommitResponse = CommitAnswer;

export interface TxnOffsetCommitRequest {
  readonly transactionalId: string;
  readonly groupId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly { readonly name: string; readonly partitions: readonly OffsetToCommit[] }[];
}
export type TxnOffsetCommitResponse = CommitAnswer;

export interface OffsetFetchRequest {
  readonly groups: readonly {
    readonly groupId: string;
    /** Null: all partitions with an offset. */
    readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null;
  }[];
  /** UNSTABLE_OFFSET_COMMIT instead of an offset that a transaction is about to change. */
  readonly requireStable: boolean;
}
export interface OffsetFetchResponse {
  readonly groups: readonly (Failable & {
    readonly groupId: string;
    readonly topics: readonly {
      readonly name: string;
      readonly partitions: readonly (Failable & {
        readonly partitionIndex: number;
        /** −1: none. */
        readonly committedOffset: Offset;
        readonly committedLeaderEpoch: LeaderEpoch;
        readonly metadata: string | null;
      })[];
    }[];
  })[];
}

export interface OffsetDeleteRequest {
  readonly groupId: string;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number }[];
  }[];
}
export interface OffsetDeleteResponse extends Failable {
  readonly topics: CommitAnswer['topics'];
}

export interface DescribeGroupsRequest {
  readonly groups: readonly string[];
  readonly includeAuthorizedOperations: boolean;
}
export interface DescribedGroup extends Failable {
  readonly groupId: string;
  readonly groupState: string;
  readonly protocolType: string;
  /** The protocol chosen; empty when there is none. */
  readonly protocolData: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly clientId: string;
    readonly clientHost: string;
    readonly memberMetadata: Bytes;
    readonly memberAssignment: Bytes;
  }[];
  readonly authorizedOperations: number;
}
export interface DescribeGroupsResponse {
  readonly groups: readonly DescribedGroup[];
}

export interface ListGroupsRequest {
  readonly statesFilter: readonly string[];
  readonly typesFilter: readonly string[];
}
export interface ListGroupsResponse extends Failable {
  readonly groups: readonly {
    readonly groupId: string;
    readonly protocolType: string;
    readonly groupState: string;
    readonly groupType: string;
  }[];
}

export interface DeleteGroupsRequest {
  readonly groupsNames: readonly string[];
}
export interface DeleteGroupsResponse {
  readonly results: readonly (Failable & { readonly groupId: string })[];
}
