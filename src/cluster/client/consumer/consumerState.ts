/** A consumer's state, and what a turn of it yields. */
import type { AssignorName } from '../../../kafka/assignor/assignors.ts';
import type { KafkaRecord } from '../../../kafka/record/record.ts';
import type { RecordBatch, TimestampType } from '../../../kafka/record/recordBatch.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { JoinGroupResponse } from '../../protocol/kafka/groups.ts';
import type { FetchPartitionResponse } from '../../protocol/kafka/records.ts';
import type { Question } from '../admin/adminDefinition.ts';
import type { JavaException } from '../javaException.ts';
import type { Metadata } from '../metadata.ts';
import type { NetworkClient, NetworkTurn } from '../networkClient.ts';
import type { Node } from '../node.ts';
import type { ConsumerSettings } from './consumerSettings.ts';
import type { MemberState } from './memberState.ts';
import type { LeaderAndEpoch, SubscriptionState } from './subscriptionState.ts';

export interface Generation {
  readonly generationId: number;
  readonly memberId: string;
  readonly protocolName: AssignorName | null;
}
export const NO_GENERATION: Generation = { generationId: -1, memberId: '', protocolName: null };

export interface OffsetToCommit extends TopicPartition {
  readonly offset: number;
  readonly leaderEpoch: number | null;
}
/** Who commits: the timer of auto-commit, a member about to join again, or somebody who waits for the answer. */
export type CommitPurpose =
  | { readonly kind: 'auto' }
  | { readonly kind: 'beforeJoin' }
  | { readonly kind: 'sync' }
  | { readonly kind: 'async'; readonly tag: string };

/** What a request was about. */
export type ConsumerTag =
  | { readonly kind: 'findCoordinator' }
  | { readonly kind: 'join'; readonly generation: Generation }
  | { readonly kind: 'sync'; readonly generation: Generation }
  | { readonly kind: 'heartbeat'; readonly generation: Generation }
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'commit';
      readonly purpose: CommitPurpose;
      readonly generation: Generation;
      readonly offsets: readonly OffsetToCommit[];
    }
  | { readonly kind: 'offsetFetch'; readonly partitions: readonly TopicPartition[] }
  | { readonly kind: 'listOffsets'; readonly partitions: readonly (TopicPartition & { readonly timestamp: number })[] }
  | {
      readonly kind: 'validate';
      readonly partitions: readonly (TopicPartition & { readonly offset: number; readonly leader: LeaderAndEpoch })[];
    }
  | { readonly kind: 'fetch'; readonly offsets: ReadonlyMap<string, number> }
  | { readonly kind: 'closeSession' };

/** A request that waits until its node is connected (`ConsumerNetworkClient`). */
export interface UnsentRequest {
  readonly node: Node;
  readonly question: Question;
  readonly tag: ConsumerTag;
  readonly timeoutUs: number;
  readonly expiresAt: VirtualTimeUs;
}

export interface Coordinator {
  readonly groupId: string;
  /** Under its own connection id; null: not known. */
  readonly node: Node | null;
  readonly isFinding: boolean;
  /** Not asked for before: a lookup has failed, and metadata is being refreshed. */
  readonly findNotBefore: VirtualTimeUs;
  readonly unknownSince: VirtualTimeUs;
  readonly member: MemberState;
  readonly generation: Generation;
  readonly rejoinNeeded: boolean;
  readonly rejoinReason: string;
  readonly needsJoinPrepare: boolean;
  /** JoinGroup or SyncGroup is under way, or the leader's assignment waits for metadata. */
  readonly isJoining: boolean;
  readonly joinNotBefore: VirtualTimeUs;
  /** Answer to the leader, kept while metadata of the group's topics is awaited. */
  readonly leaderAnswer: JoinGroupResponse | null;
  /** Assignment that came with SyncGroup, to be taken up at the next poll. */
  readonly synced: readonly TopicPartition[] | null;
  /** The commit before joining: when it is given up; null: none is under way. */
  readonly joinPrepareUntil: VirtualTimeUs | null;
  readonly joinCommit: 'none' | 'inFlight' | 'retry' | 'done';
  readonly isLeader: boolean;
  /** Partition counts that the leader assigned by; null: not the leader. */
  readonly assignmentSnapshot: ReadonlyMap<string, number> | null;
  readonly joinedSubscription: readonly string[] | null;
  /** What `sticky` remembers of its last assignment. */
  readonly stickyMemory: { readonly partitions: readonly TopicPartition[]; readonly generation: number } | null;
  // Heartbeat
  readonly heartbeatsOn: boolean;
  readonly heartbeatInFlight: boolean;
  readonly nextHeartbeatAt: VirtualTimeUs;
  readonly failedHeartbeats: number;
  readonly sessionExpiresAt: VirtualTimeUs;
  readonly lastPollAt: VirtualTimeUs;
  // Offsets
  readonly isFetchingOffsets: boolean;
  readonly offsetFetchNotBefore: VirtualTimeUs;
  readonly nextAutoCommitAt: VirtualTimeUs;
  readonly asyncCommitsInFlight: number;
  readonly syncCommit: SyncCommit | null;
  /** Another consumer has this one's group.instance.id: every later poll and commit fails. */
  readonly isAsyncCommitFenced: boolean;
}

/** A commit that its caller waits for. */
interface SyncCommit {
  /** Null: of `close`. */
  readonly tag: string | null;
  readonly offsets: readonly OffsetToCommit[];
  readonly deadlineAt: VirtualTimeUs;
  readonly notBefore: VirtualTimeUs;
  readonly isInFlight: boolean;
}

/** What a fetch brought for one partition, until it has been returned. */
export interface CompletedFetch extends TopicPartition {
  readonly answer: FetchPartitionResponse;
  /** That was asked for. */
  readonly fetchOffset: number;
  /** Null until its turn has come. */
  readonly decoded: DecodedRecords | null;
}
export interface DecodedRecords {
  readonly records: readonly KafkaRecord[];
  readonly nextIndex: number;
  /** Where the next fetch begins once all are returned: beyond markers and what was aborted. */
  readonly endOffset: number;
  readonly batches: readonly RecordBatch[];
}

/** The session with one broker (KIP-227, `FetchSessionHandler`). */
export interface FetchSession {
  readonly node: number;
  readonly sessionId: number;
  readonly epoch: number;
  /** What the broker has been told, by partition name. */
  readonly partitions: ReadonlyMap<string, TopicPartition & { readonly offset: number; readonly epoch: number }>;
}

interface Fetcher {
  readonly sessions: readonly FetchSession[];
  /** Nodes that a fetch is under way to. */
  readonly pendingNodes: readonly number[];
  readonly buffer: readonly CompletedFetch[];
}

export interface ConsumerRecord extends KafkaRecord, TopicPartition {
  readonly timestampType: TimestampType;
  readonly leaderEpoch: number | null;
}

export interface Consumer {
  readonly slot: number;
  readonly clientId: string;
  readonly logPrefix: string;
  readonly settings: ConsumerSettings;
  readonly network: NetworkClient<ConsumerTag>;
  readonly unsent: readonly UnsentRequest[];
  readonly subscription: SubscriptionState;
  /** Null without a group id. */
  readonly coordinator: Coordinator | null;
  readonly fetcher: Fetcher;
  /** Of the metadata that subscription and positions have been compared with. */
  readonly seenUpdateVersion: number;
  /** Found while nobody polled: the next poll throws it. */
  readonly failure: JavaException | null;
  /** The application's thread is inside `poll` until then; null: it is not. */
  readonly pollingUntil: VirtualTimeUs | null;
  readonly closing: 'no' | 'committing' | 'leaving' | 'closingSessions' | 'closed';
  readonly closeUntil: VirtualTimeUs;
}

/** A poll that has returned, perhaps without records, or thrown. */
export interface PollResult {
  readonly records: readonly ConsumerRecord[];
  readonly exception: JavaException | null;
}
export interface ConsumerCallResult {
  readonly tag: string;
  readonly exception: JavaException | null;
}
/** What the application's rebalance listener is told. */
export interface RebalanceNotice {
  readonly what: 'assigned' | 'revoked' | 'lost';
  readonly partitions: readonly TopicPartition[];
}

export interface ConsumerTurn extends NetworkTurn<ConsumerTag> {
  readonly calls: ConsumerCallResult[];
  readonly rebalances: RebalanceNotice[];
  /** Thrown by the poll that is under way. */
  readonly failures: JavaException[];
}

export function metadataOf({ network }: Consumer): Metadata {
  if (network.metadata === null) throw new Error('A consumer that was closed has no metadata.');
  return network.metadata;
}
export function withMetadata(consumer: Consumer, metadata: Metadata): Consumer {
  return metadata === consumer.network.metadata
    ? consumer
    : { ...consumer, network: { ...consumer.network, metadata } };
}
export function withCoordinator(consumer: Consumer, change: Partial<Coordinator>): Consumer {
  return consumer.coordinator === null
    ? consumer
    : { ...consumer, coordinator: { ...consumer.coordinator, ...change } };
}
