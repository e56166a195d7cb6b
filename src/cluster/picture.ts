/**
 * What a view may know of the cluster at an instant: plain values read from the snapshots of the processes. Parts that did not change
 * keep their identity from one instant to the next wherever the processes share them, so that a view redraws only what differs.
 */
import type { PartitionLog } from '../kafka/log/partitionLog.ts';
import type { FactId, ProcessId } from '../kernel/events.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';

export type Health = 'starting' | 'running' | 'paused' | 'stopping' | 'dead';

export interface ZooKeeperPicture {
  readonly process: ProcessId;
  readonly server: number;
  readonly port: number;
  readonly health: Health;
  readonly role: 'standalone' | 'leader' | 'follower' | 'looking';
  /** It answers clients: a leader that has no majority behind it does not. */
  readonly isServing: boolean;
  /** Hexadecimal, as ZooKeeper prints it. */
  readonly zxid: string;
  readonly sessions: readonly {
    readonly id: string;
    readonly client: ProcessId | null;
    readonly timeoutMs: number;
    readonly ephemerals: readonly string[];
  }[];
}

/** A broker's session as ZooKeeper keeps it, whether or not the broker still runs. */
export interface SessionPicture {
  readonly id: string;
  /** The ZooKeeper server that the broker is connected to; null while it is connected to none. */
  readonly server: number | null;
  /** `unknown`: no server tracks sessions at the moment, as while an ensemble elects. */
  readonly state: 'alive' | 'expired' | 'unknown';
  readonly timeoutMs: number;
  /** When it expires unless the broker is heard; null unless it is alive. */
  readonly expiresAt: VirtualTimeUs | null;
}

export interface BrokerPicture {
  readonly process: ProcessId;
  readonly broker: number;
  readonly port: number;
  readonly health: Health;
  readonly isController: boolean;
  readonly controllerEpoch: number | null;
  /** As the broker itself believes. */
  readonly hasSession: boolean;
  /** Null before its first session, and once it has closed it. */
  readonly session: SessionPicture | null;
  readonly logDir: string;
}

export interface ReplicaPicture {
  readonly broker: number;
  readonly role: 'leader' | 'follower' | 'offline';
  readonly isInSync: boolean;
  /** As this replica knows them. */
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  /** From this offset on the leader's log is another: these records will be, or are being, truncated. Null: none. */
  readonly divergesAt: number | null;
  readonly log: PartitionLog | null;
}

export interface PartitionPicture {
  readonly topic: string;
  readonly partition: number;
  /** −1: none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  /** Assignment order: the first is the preferred leader. */
  readonly replicas: readonly ReplicaPicture[];
}

export interface TopicPicture {
  readonly topic: string;
  readonly isInternal: boolean;
  readonly configs: Readonly<Record<string, string>>;
  readonly partitions: readonly PartitionPicture[];
}

export interface ProducerPicture {
  readonly process: ProcessId;
  readonly clientId: string;
  readonly terminal: string | null;
  readonly acks: string;
  readonly isIdempotent: boolean;
  readonly producerId: number;
  readonly topics: readonly string[];
  /** Records that wait in the accumulator, oldest first; null for a record without key. */
  readonly waiting: readonly { readonly key: string | null; readonly timestampMs: number }[];
}

export interface ConsumedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next record to return; null until known. */
  readonly position: number | null;
  readonly committed: number | null;
  /** High watermark minus position (committed offset, for a group without member). */
  readonly lag: number | null;
}

export interface ConsumerPicture {
  readonly process: ProcessId;
  readonly clientId: string;
  readonly memberId: string | null;
  readonly terminal: string | null;
  /** UNJOINED, PREPARING_REBALANCE, COMPLETING_REBALANCE, STABLE; null for a consumer without subscription. */
  readonly memberState: string | null;
  readonly partitions: readonly ConsumedPartition[];
}

export interface GroupPicture {
  readonly group: string;
  readonly coordinator: number | null;
  readonly state: string;
  readonly generationId: number;
  readonly protocol: string | null;
  readonly members: readonly ConsumerPicture[];
  /** Committed offsets of the group, members or not. */
  readonly committed: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
}

/** A message under way. Its place on its wire is a function of the instant: (now − sentAt) / (dueAt − sentAt). */
export interface FlightPicture {
  /** The fact of its sending. */
  readonly fact: FactId;
  readonly from: ProcessId;
  readonly to: ProcessId;
  /** Kafka's or ZooKeeper's name of what is said: Produce, Fetch, Heartbeat, ping… */
  readonly api: string;
  readonly isResponse: boolean;
  readonly sentAt: VirtualTimeUs;
  readonly dueAt: VirtualTimeUs;
  /** Heartbeats, pings and fetches without records: drawn faintly, never slow the clock. */
  readonly isFaint: boolean;
  /** Records on board, by partition. */
  readonly records: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly key: string | null;
    readonly value: string | null;
    readonly offset: number | null;
    readonly timestampMs: number;
  }[];
}

export interface ClusterPicture {
  readonly now: VirtualTimeUs;
  readonly zookeepers: readonly ZooKeeperPicture[];
  readonly brokers: readonly BrokerPicture[];
  readonly topics: readonly TopicPicture[];
  readonly producers: readonly ProducerPicture[];
  readonly groups: readonly GroupPicture[];
  /** Other client processes (tools at work), by process. */
  readonly tools: readonly {
    readonly process: ProcessId;
    readonly program: string;
    readonly terminal: string | null;
  }[];
  readonly flights: readonly FlightPicture[];
  readonly impairedLinks: readonly {
    readonly from: ProcessId;
    readonly to: ProcessId;
    readonly isCut: boolean;
    readonly extraLatencyUs: number;
    readonly lossPerMille: number;
  }[];
}
