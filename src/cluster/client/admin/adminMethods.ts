/**
 * The methods of Kafka's admin client with their arguments and results, as values.
 *
 * Follows `org.apache.kafka.clients.admin.Admin` (3.9.0). A method over several keys answers each of them; if the call fails as a whole,
 * every key has its exception, as every future has in Java.
 */
import type { BrokerId, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../../../kafka/ids.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { ConfigOperation, ConfigResource, DescribedConfig } from '../../protocol/kafka/configs.ts';
import type { ApiVersionsResponse } from '../../protocol/kafka/connection.ts';
import type { TopicId } from '../../protocol/kafka/fields.ts';
import type { JavaException } from '../javaException.ts';
import type { Node } from '../node.ts';

export type Outcome<T> =
  | { readonly outcome: 'succeeded'; readonly value: T }
  | { readonly outcome: 'failed'; readonly exception: JavaException };
/** Keys in the order in which they were given. */
type Keyed<K, T> = readonly (K & { readonly outcome: Outcome<T> })[];

interface ByTopic {
  readonly topic: string;
}
interface ByGroup {
  readonly groupId: string;
}
interface ByBroker {
  readonly broker: number;
}
interface ByTransactionalId {
  readonly transactionalId: string;
}

interface TopicListing {
  readonly name: string;
  readonly topicId: TopicId;
  readonly isInternal: boolean;
}
export interface TopicPartitionInfo {
  readonly partition: number;
  /** Null: none, or unknown to the brokers. */
  readonly leader: Node | null;
  /** A broker that is not alive has no host: `{ id, host: '', port: -1 }`. */
  readonly replicas: readonly Node[];
  readonly isr: readonly Node[];
}
export interface TopicDescription extends TopicListing {
  /** By partition number. */
  readonly partitions: readonly TopicPartitionInfo[];
}
interface NewTopic {
  readonly name: string;
  /** −1: the broker's default. */
  readonly numPartitions: number;
  readonly replicationFactor: number;
  /** By hand, replicas of each partition; then the two numbers are −1. */
  readonly replicasAssignments?: readonly (readonly number[])[];
  readonly configs: readonly { readonly name: string; readonly value: string }[];
}
interface NewPartitions extends ByTopic {
  readonly totalCount: number;
  /** Of the partitions added; null: the broker places them. */
  readonly assignments: readonly (readonly number[])[] | null;
}
interface ClusterDescription {
  readonly nodes: readonly Node[];
  readonly controller: Node | null;
  readonly clusterId: string;
}
export interface AlterConfigOp {
  readonly name: string;
  readonly operation: ConfigOperation;
  readonly value: string | null;
}
interface ListedOffset {
  /** −1: no record at or after that time. */
  readonly offset: Offset;
  readonly timestamp: TimestampMs;
  readonly leaderEpoch: LeaderEpoch | null;
}
interface ReplicaInfo extends TopicPartition {
  readonly size: number;
  readonly offsetLag: number;
  readonly isFuture: boolean;
}
export interface LogDirDescription {
  readonly logDir: string;
  readonly exception: JavaException | null;
  readonly replicas: readonly ReplicaInfo[];
  readonly totalBytes: number;
  readonly usableBytes: number;
}
export interface PartitionReassignment {
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}
export interface GroupListing extends ByGroup {
  /** `protocolType` empty: only offsets, no members ever. */
  readonly isSimpleConsumerGroup: boolean;
  /** Stable, PreparingRebalance, CompletingRebalance, Empty, Dead. */
  readonly state: string;
  readonly type: string;
  readonly protocolType: string;
}
export interface MemberDescription {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  readonly assignment: readonly TopicPartition[];
}
export interface ConsumerGroupDescription extends ByGroup {
  readonly isSimpleConsumerGroup: boolean;
  readonly members: readonly MemberDescription[];
  readonly partitionAssignor: string;
  readonly state: string;
  readonly coordinator: Node;
}
interface OffsetAndMetadata {
  readonly offset: Offset;
  readonly leaderEpoch: LeaderEpoch | null;
  readonly metadata: string;
}
export interface ProducerState {
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly lastSequence: number;
  readonly lastTimestamp: TimestampMs;
  /** Null before the first marker. */
  readonly coordinatorEpoch: number | null;
  readonly currentTransactionStartOffset: Offset | null;
}
export interface TransactionDescription {
  readonly coordinatorId: number;
  readonly state: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly transactionTimeoutMs: number;
  /** Null when none is open. */
  readonly transactionStartTimeMs: TimestampMs | null;
  readonly topicPartitions: readonly TopicPartition[];
}
export interface TransactionListing extends ByTransactionalId {
  readonly producerId: ProducerId;
  readonly state: string;
}

/** `{}`. */
type NoArguments = Readonly<Record<string, never>>;

/** Every method: `args`, and what its result holds. */
interface AdminMethods {
  readonly listTopics: {
    readonly args: { readonly listInternal: boolean };
    readonly result: Outcome<readonly TopicListing[]>;
  };
  readonly describeTopics: {
    readonly args: { readonly topics: readonly string[] };
    readonly result: Keyed<ByTopic, TopicDescription>;
  };
  readonly createTopics: {
    readonly args: {
      readonly topics: readonly NewTopic[];
      readonly validateOnly?: boolean;
      /** True unless said otherwise: a quota violation would be retried. Quotas are not modelled. */
      readonly retryOnQuotaViolation?: boolean;
    };
    readonly result: Keyed<ByTopic, { readonly topicId: TopicId }>;
  };
  readonly deleteTopics: {
    readonly args: { readonly topics: readonly string[] };
    readonly result: Keyed<ByTopic, null>;
  };
  readonly createPartitions: {
    readonly args: { readonly topics: readonly NewPartitions[]; readonly validateOnly?: boolean };
    readonly result: Keyed<ByTopic, null>;
  };
  readonly describeCluster: {
    readonly args: NoArguments;
    readonly result: Outcome<ClusterDescription>;
  };
  /** What `kafka-broker-api-versions.sh` asks: each broker's ApiVersions. */
  readonly apiVersions: {
    readonly args: NoArguments;
    readonly result: Outcome<readonly { readonly node: Node; readonly outcome: Outcome<ApiVersionsResponse> }[]>;
  };
  readonly describeConfigs: {
    readonly args: {
      readonly resources: readonly ConfigResource[];
      readonly includeSynonyms: boolean;
      readonly includeDocumentation?: boolean;
    };
    readonly result: Keyed<ConfigResource, readonly DescribedConfig[]>;
  };
  readonly incrementalAlterConfigs: {
    readonly args: {
      readonly resources: readonly (ConfigResource & { readonly ops: readonly AlterConfigOp[] })[];
      readonly validateOnly?: boolean;
    };
    readonly result: Keyed<ConfigResource, null>;
  };
  readonly listOffsets: {
    readonly args: {
      /** Timestamp: milliseconds, or LATEST_TIMESTAMP and the like of `kafka/log/offsetForTimestamp.ts`. */
      readonly partitions: readonly (TopicPartition & { readonly timestamp: number })[];
      readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
    };
    readonly result: Keyed<TopicPartition, ListedOffset>;
  };
  readonly deleteRecords: {
    readonly args: { readonly partitions: readonly (TopicPartition & { readonly beforeOffset: Offset })[] };
    readonly result: Keyed<TopicPartition, { readonly lowWatermark: Offset }>;
  };
  readonly describeLogDirs: {
    readonly args: { readonly brokers: readonly number[] };
    readonly result: Keyed<ByBroker, readonly LogDirDescription[]>;
  };
  readonly electLeaders: {
    readonly args: {
      readonly electionType: 'PREFERRED' | 'UNCLEAN';
      /** Null: all. */
      readonly partitions: readonly TopicPartition[] | null;
    };
    /** Partitions as the answer lists them. */
    readonly result: Outcome<readonly (TopicPartition & { readonly exception: JavaException | null })[]>;
  };
  readonly alterPartitionReassignments: {
    readonly args: {
      /** Replicas null: cancel. */
      readonly reassignments: readonly (TopicPartition & { readonly replicas: readonly number[] | null })[];
    };
    readonly result: Keyed<TopicPartition, null>;
  };
  readonly listPartitionReassignments: {
    /** Null: all. */
    readonly args: { readonly partitions: readonly TopicPartition[] | null };
    readonly result: Outcome<readonly (TopicPartition & PartitionReassignment)[]>;
  };
  readonly listConsumerGroups: {
    readonly args: { readonly states?: readonly string[]; readonly types?: readonly string[] };
    /** Groups of the brokers that answered, and what went wrong at others. */
    readonly result: Outcome<{ readonly valid: readonly GroupListing[]; readonly errors: readonly JavaException[] }>;
  };
  readonly describeConsumerGroups: {
    readonly args: { readonly groups: readonly string[] };
    readonly result: Keyed<ByGroup, ConsumerGroupDescription>;
  };
  readonly listConsumerGroupOffsets: {
    readonly args: {
      /** Partitions null: all that have an offset. */
      readonly groups: readonly (ByGroup & { readonly partitions: readonly TopicPartition[] | null })[];
      readonly requireStable?: boolean;
    };
    /** Offset null: none committed. */
    readonly result: Keyed<ByGroup, readonly (TopicPartition & { readonly committed: OffsetAndMetadata | null })[]>;
  };
  readonly alterConsumerGroupOffsets: {
    readonly args: ByGroup & {
      readonly offsets: readonly (TopicPartition & { readonly offset: Offset; readonly metadata?: string })[];
    };
    readonly result: Keyed<TopicPartition, null>;
  };
  readonly deleteConsumerGroupOffsets: {
    readonly args: ByGroup & { readonly partitions: readonly TopicPartition[] };
    readonly result: Keyed<TopicPartition, null>;
  };
  readonly deleteConsumerGroups: {
    readonly args: { readonly groups: readonly string[] };
    readonly result: Keyed<ByGroup, null>;
  };
  readonly removeMembersFromConsumerGroup: {
    readonly args: ByGroup & {
      /** By member id, or by instance id. To remove all, describe the group first, as Kafka's client does. */
      readonly members: readonly { readonly memberId?: string; readonly groupInstanceId: string | null }[];
      readonly reason?: string;
    };
    readonly result: Outcome<readonly { readonly memberId: string; readonly exception: JavaException | null }[]>;
  };
  readonly describeProducers: {
    readonly args: { readonly partitions: readonly TopicPartition[]; readonly brokerId?: BrokerId };
    readonly result: Keyed<TopicPartition, readonly ProducerState[]>;
  };
  readonly describeTransactions: {
    readonly args: { readonly transactionalIds: readonly string[] };
    readonly result: Keyed<ByTransactionalId, TransactionDescription>;
  };
  readonly listTransactions: {
    readonly args: {
      readonly states?: readonly string[];
      readonly producerIds?: readonly ProducerId[];
      readonly durationMs?: number;
    };
    readonly result: Outcome<
      readonly { readonly broker: number; readonly transactions: readonly TransactionListing[] }[]
    >;
  };
  readonly abortTransaction: {
    readonly args: TopicPartition & {
      readonly producerId: ProducerId;
      readonly producerEpoch: ProducerEpoch;
      readonly coordinatorEpoch: number;
    };
    readonly result: Outcome<null>;
  };
  readonly fenceProducers: {
    readonly args: { readonly transactionalIds: readonly string[] };
    readonly result: Keyed<
      ByTransactionalId,
      { readonly producerId: ProducerId; readonly producerEpoch: ProducerEpoch }
    >;
  };
}

export type AdminMethod = keyof AdminMethods;
export type ArgsOf<M extends AdminMethod> = AdminMethods[M]['args'];
export type ResultOf<M extends AdminMethod> = AdminMethods[M]['result'];

/** A call as a tool makes it. `tag` comes back with the result. */
export type AdminCall = {
  readonly [M in AdminMethod]: {
    readonly method: M;
    readonly tag: string;
    readonly args: ArgsOf<M>;
    /** Milliseconds; `default.api.timeout.ms` unless given. */
    readonly timeoutMs?: number;
  };
}[AdminMethod];

/** `method` tells which result it is. */
export type AdminResult = {
  readonly [M in AdminMethod]: { readonly method: M; readonly tag: string; readonly result: ResultOf<M> };
}[AdminMethod];
