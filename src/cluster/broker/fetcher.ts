/**
 * What a follower keeps of each leader it fetches from.
 *
 * Follows `kafka.server.AbstractFetcherManager` and `FetchSessionHandler` (3.9.0).
 */
import type { BrokerId, LeaderEpoch, Offset } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import type { FollowerFetchState } from '../../kafka/replication/followerFetch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { closeLink } from './nodeLinks.ts';
import { info, type Turn, update } from './turn.ts';

/** What the leader was last told of a partition in this session. */
export interface Told {
  readonly fetchOffset: Offset;
  readonly logStartOffset: Offset;
  readonly leaderEpoch: LeaderEpoch;
  readonly lastFetchedEpoch: LeaderEpoch;
}
export interface FetchedPartition {
  /** Place in `Broker.partitions`. */
  readonly index: number;
  /** Null: the leader has not been told of it. */
  readonly told: Told | null;
  /** Not to be fetched before this time, after an error. */
  readonly pausedUntilMs: number;
}

export interface Fetcher {
  readonly leader: BrokerId;
  readonly port: number;
  readonly partitions: readonly FetchedPartition[];
  /** Partitions that left: to be forgotten by the leader's session. */
  readonly forgotten: readonly { readonly topic: string; readonly partition: number }[];
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly isFetching: boolean;
  /** Raised when the connection is made anew: answers of an older one do not count. */
  readonly generation: number;
}

/** The name of the connection to that leader. */
export const fetcherLink = (leader: BrokerId): string => `fetcher-${leader}`;

/** Stops fetching these partitions, whatever their leader; a fetcher without any is closed. */
export function stopFollowing(turn: Turn, partitions: readonly HostedPartition[]): void {
  const names = partitions.map((partition) => topicPartitionName(partition));
  const kind = names.length > 4 ? 'HashSet' : 'Set';
  info(
    turn,
    `[ReplicaFetcherManager on broker ${turn.broker.brokerId}] Removed fetcher for partitions ${kind}(${names.join(', ')})`,
    'kafka.server.ReplicaFetcherManager',
  );
  const indexes = new Set(partitions.map(({ index }) => index));
  for (const fetcher of turn.broker.fetchers) {
    const leaving = fetcher.partitions.filter(({ index }) => indexes.has(index));
    if (leaving.length === 0) continue;
    const kept = fetcher.partitions.filter(({ index }) => !indexes.has(index));
    const forgotten = leaving
      .filter(({ told }) => told !== null)
      .flatMap(({ index }) => partitions.filter((partition) => partition.index === index));
    if (kept.length === 0) {
      closeLink(turn, fetcherLink(fetcher.leader));
      update(turn, { fetchers: turn.broker.fetchers.filter(({ leader }) => leader !== fetcher.leader) });
    } else {
      const names2 = forgotten.map(({ topic, partition }) => ({ topic, partition }));
      putFetcher(turn, { ...fetcher, partitions: kept, forgotten: [...fetcher.forgotten, ...names2] });
    }
  }
}

export function closeFetchers(turn: Turn): void {
  for (const { leader } of turn.broker.fetchers) closeLink(turn, fetcherLink(leader));
  update(turn, { fetchers: [] });
}

export function putFetcher(turn: Turn, fetcher: Fetcher): void {
  const { fetchers } = turn.broker;
  const at = fetchers.findIndex(({ leader }) => leader === fetcher.leader);
  update(turn, { fetchers: at === -1 ? [...fetchers, fetcher] : fetchers.with(at, fetcher) });
}

export const fetcherOf = ({ broker }: Turn, leader: BrokerId): Fetcher | undefined =>
  broker.fetchers.find((fetcher) => fetcher.leader === leader);

/** A partition that has a leader elsewhere. */
export interface Followed extends HostedPartition {
  readonly log: PartitionLog;
  readonly fetch: FollowerFetchState;
}
export function isFollowed(partition: HostedPartition | null | undefined): partition is Followed {
  return partition?.log != null && partition.fetch !== null;
}

/** Does not fetch the partition before that time. */
export function pause(turn: Turn, leader: BrokerId, index: number, pausedUntilMs: number): void {
  const fetcher = fetcherOf(turn, leader);
  if (fetcher === undefined) return;
  const partitions = fetcher.partitions.map((fetched) =>
    fetched.index === index ? { ...fetched, pausedUntilMs } : fetched,
  );
  putFetcher(turn, { ...fetcher, partitions });
}
