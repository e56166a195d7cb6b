/**
 * A partition on this broker: its log, and its part in replication. Plain values in an array indexed by an interned integer.
 *
 * Follows `kafka.cluster.Partition`, `kafka.cluster.Replica` and `kafka.server.HostedPartition` (3.9.0).
 */
import type { BrokerId, LeaderEpoch, Offset } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import type { FollowerFetchState } from '../../kafka/replication/followerFetch.ts';
import type { TopicId } from '../protocol/kafka/fields.ts';

/** What of a partition stands in a log directory. */
export interface StoredReplica {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: TopicId;
  /** Null until the log exists. */
  readonly log: PartitionLog | null;
  readonly logDir: string;
}

/** A follower as its leader sees it. Times in milliseconds since 1970; 0: never. */
export interface FollowerState {
  readonly brokerId: BrokerId;
  /** −1 until its first fetch. */
  readonly logEndOffset: Offset;
  readonly logStartOffset: Offset;
  readonly lastFetchLeaderLogEndOffset: Offset;
  readonly lastFetchTimeMs: number;
  readonly lastCaughtUpTimeMs: number;
  /**
   * Its last fetch found nothing left to read. As long as that holds both times are those of its fetches (`Broker.followerFetchTimesMs`):
   * a fetch that brings nothing new need not touch each partition.
   */
  readonly isAtEnd: boolean;
  readonly brokerEpoch: number;
}

/** An ISR asked of the controller and not yet granted; until then both count: the maximal ISR. */
interface PendingIsr {
  readonly isr: readonly BrokerId[];
  readonly isExpansion: boolean;
}

export interface HostedPartition extends StoredReplica {
  /** Its place in `Broker.partitions`. */
  readonly index: number;
  /** None: a log found on disk, of which no controller has spoken yet. Offline: it is in a log directory that has failed. */
  readonly role: 'leader' | 'follower' | 'none' | 'offline';
  /** −1: none. */
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  /** Version of the state znode; −1 before the first LeaderAndIsr. */
  readonly partitionEpoch: number;
  readonly controllerEpoch: number;
  readonly replicas: readonly BrokerId[];
  readonly addingReplicas: readonly BrokerId[];
  readonly removingReplicas: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  readonly pendingIsr: PendingIsr | null;
  readonly leaderEpochStartOffset: Offset;
  /** Empty unless it leads. */
  readonly followers: readonly FollowerState[];
  /** Null unless it follows. */
  readonly fetch: FollowerFetchState | null;
  /** The topic's, never more than the replicas there are (`Partition#effectiveMinIsr`). */
  readonly effectiveMinIsr: number;
}

/** The maximal ISR (KIP-497): an expansion counts at once, a shrink only once granted. */
export function maximalIsr({ isr, pendingIsr }: HostedPartition): readonly BrokerId[] {
  return pendingIsr?.isExpansion === true ? pendingIsr.isr : isr;
}

export const isUnderMinIsr = ({ isr, effectiveMinIsr }: HostedPartition): boolean => isr.length < effectiveMinIsr;
