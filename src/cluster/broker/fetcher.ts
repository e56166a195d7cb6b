/**
 * A follower's side: for each leader one loop that fetches, appends, truncates, and fetches again.
 *
 * Follows `kafka.server.AbstractFetcherThread`, `AbstractFetcherManager`, `ReplicaFetcherThread` and `FetchSessionHandler` (3.9.0).
 */
import type { BrokerId, LeaderEpoch, Offset } from '../../kafka/ids.ts';
import { NO_LEADER_EPOCH } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import {
  acceptFetched,
  type FollowerFetchState,
  type Following,
  resetAfterOutOfRange,
  truncateAfterDivergence,
  truncateToHighWatermark,
} from '../../kafka/replication/followerFetch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { ms } from '../../kernel/time.ts';
import { ZERO_UUID } from '../protocol/kafka/fields.ts';
import type { FetchPartition, FetchPartitionResponse, FetchRequest, FetchResponse } from '../protocol/kafka/records.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../protocol/kafka/records.ts';
import { findPartition } from './broker.ts';
import { completeDelayed } from './delayedOperations.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { aliveBroker } from './metadataCache.ts';
import { closeLink, linkRequest, sendOver } from './nodeLinks.ts';
import { info, putPartition, setTimer, tellFact, type Turn, update, warn } from './turn.ts';

/** What the leader was last told of a partition in this session. */
interface Told {
  readonly fetchOffset: Offset;
  readonly logStartOffset: Offset;
  readonly leaderEpoch: LeaderEpoch;
  readonly lastFetchedEpoch: LeaderEpoch;
}
interface FetchedPartition {
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

const LINK = (leader: BrokerId) => `fetcher-${leader}`;
const LOGGER = 'kafka.server.ReplicaFetcherThread';

/** Starts fetching these partitions from their leaders. */
export function followPartitions(turn: Turn, followed: readonly HostedPartition[]): void {
  const byLeader = new Map<BrokerId, HostedPartition[]>();
  for (const partition of followed)
    byLeader.set(partition.leader, [...(byLeader.get(partition.leader) ?? []), partition]);
  for (const [leader, partitions] of byLeader) {
    const port = aliveBroker(turn.broker.metadata, leader)?.port;
    if (port === undefined) continue;
    const added = partitions.map(({ index }): FetchedPartition => ({ index, told: null, pausedUntilMs: 0 }));
    const known = turn.broker.fetchers.find((fetcher) => fetcher.leader === leader);
    const names = partitions.map((partition) => topicPartitionName(partition));
    info(
      turn,
      `[ReplicaFetcherManager on broker ${turn.broker.brokerId}] Added fetcher to broker ${leader} for partitions HashSet(${names.join(', ')})`,
      'kafka.server.ReplicaFetcherManager',
    );
    if (known !== undefined && known.port !== port) closeLink(turn, LINK(leader));
    const base: Fetcher = known ?? {
      leader,
      port,
      partitions: [],
      forgotten: [],
      sessionId: 0,
      sessionEpoch: 0,
      isFetching: false,
      generation: 0,
    };
    const moved = known !== undefined && known.port !== port;
    putFetcher(turn, {
      ...base,
      port,
      partitions: [...base.partitions, ...added],
      ...(moved ? { sessionId: 0, sessionEpoch: 0, isFetching: false, generation: base.generation + 1 } : {}),
    });
    fetchNext(turn, leader);
  }
}

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
      closeLink(turn, LINK(fetcher.leader));
      update(turn, { fetchers: turn.broker.fetchers.filter(({ leader }) => leader !== fetcher.leader) });
    } else {
      const names2 = forgotten.map(({ topic, partition }) => ({ topic, partition }));
      putFetcher(turn, { ...fetcher, partitions: kept, forgotten: [...fetcher.forgotten, ...names2] });
    }
  }
}

export function closeFetchers(turn: Turn): void {
  for (const { leader } of turn.broker.fetchers) closeLink(turn, LINK(leader));
  update(turn, { fetchers: [] });
}

function putFetcher(turn: Turn, fetcher: Fetcher): void {
  const { fetchers } = turn.broker;
  const at = fetchers.findIndex(({ leader }) => leader === fetcher.leader);
  update(turn, { fetchers: at === -1 ? [...fetchers, fetcher] : fetchers.with(at, fetcher) });
}

const fetcherOf = ({ broker }: Turn, leader: BrokerId): Fetcher | undefined =>
  broker.fetchers.find((fetcher) => fetcher.leader === leader);

interface Followed extends HostedPartition {
  readonly log: PartitionLog;
  readonly fetch: FollowerFetchState;
}
function isFollowed(partition: HostedPartition | null | undefined): partition is Followed {
  return partition?.log != null && partition.fetch !== null;
}

/** One turn of the loop: truncate what has to be, then fetch. */
export function fetchNext(turn: Turn, leader: BrokerId): void {
  const fetcher = fetcherOf(turn, leader);
  if (fetcher === undefined || fetcher.isFetching) return;
  const { settings, brokerId, brokerEpoch } = turn.broker;
  const topics = new Map<string, { topic: string; topicId: string; partitions: FetchPartition[] }>();
  let readyCount = 0;
  let resumesAtMs = Number.POSITIVE_INFINITY;
  const forgotten = [...fetcher.forgotten];
  const partitions = fetcher.partitions.map((fetched): FetchedPartition => {
    const partition = turn.broker.partitions[fetched.index];
    if (!isFollowed(partition)) return fetched;
    if (fetched.pausedUntilMs > turn.nowMs) {
      resumesAtMs = Math.min(resumesAtMs, fetched.pausedUntilMs);
      // A partition that is not asked for leaves the session until it is again.
      if (fetched.told !== null) forgotten.push({ topic: partition.topic, partition: partition.partition });
      return { ...fetched, told: null };
    }
    readyCount += 1;
    const { log, fetch } = readyToFetch(turn, partition);
    const lastFetchedEpoch = fetch.lastFetchedEpoch ?? NO_LEADER_EPOCH;
    const before = fetched.told;
    if (
      fetcher.sessionId !== 0 &&
      before !== null &&
      before.fetchOffset === fetch.fetchOffset &&
      before.logStartOffset === log.logStartOffset &&
      before.leaderEpoch === partition.leaderEpoch &&
      before.lastFetchedEpoch === lastFetchedEpoch
    )
      return fetched;
    const { leaderEpoch } = partition;
    const told: Told = {
      fetchOffset: fetch.fetchOffset,
      logStartOffset: log.logStartOffset,
      leaderEpoch,
      lastFetchedEpoch,
    };
    let ofTopic = topics.get(partition.topic);
    if (ofTopic === undefined) {
      ofTopic = { topic: partition.topic, topicId: partition.topicId, partitions: [] };
      topics.set(partition.topic, ofTopic);
    }
    ofTopic.partitions.push({
      partition: partition.partition,
      currentLeaderEpoch: told.leaderEpoch,
      fetchOffset: told.fetchOffset,
      lastFetchedEpoch: told.lastFetchedEpoch,
      logStartOffset: told.logStartOffset,
      partitionMaxBytes: settings.replicaFetchMaxBytes,
    });
    return { ...fetched, told };
  });
  if (readyCount === 0) {
    putFetcher(turn, { ...fetcher, partitions, forgotten });
    if (Number.isFinite(resumesAtMs))
      setTimer(turn, `fetch ${leader}`, ms(resumesAtMs - turn.nowMs), { type: 'FETCH_AGAIN', leader });
    return;
  }
  // A partition asked for again after a pause has not left the session.
  const isNotNamed = ({ topic, partition }: { readonly topic: string; readonly partition: number }) =>
    topics.get(topic)?.partitions.every((named) => named.partition !== partition) !== false;
  putFetcher(turn, { ...fetcher, partitions, forgotten: [], isFetching: true });
  const body: FetchRequest = {
    replicaState: { replicaId: brokerId, replicaEpoch: brokerEpoch },
    maxWaitMs: settings.replicaFetchWaitMaxMs,
    minBytes: settings.replicaFetchMinBytes,
    maxBytes: settings.replicaFetchResponseMaxBytes,
    isolationLevel: 0,
    sessionId: fetcher.sessionId,
    sessionEpoch: fetcher.sessionEpoch,
    topics: [...topics.values()],
    forgottenTopicsData: fetcher.sessionId === 0 ? [] : forgottenByTopic(forgotten.filter(isNotNamed)),
    rackId: '',
  };
  const { generation } = fetcher;
  const clientId = `broker-${brokerId}-fetcher-0`;
  sendOver(
    turn,
    { name: LINK(leader), port: fetcher.port, onLoss: 'fail' },
    linkRequest('Fetch', clientId, body, (later, response) => receive(later, leader, generation, response)),
  );
}

function forgottenByTopic(
  forgotten: readonly { readonly topic: string; readonly partition: number }[],
): FetchRequest['forgottenTopicsData'] {
  const topics = [...new Set(forgotten.map(({ topic }) => topic))];
  return topics.map((topic) => ({
    topic,
    topicId: ZERO_UUID,
    partitions: forgotten.filter((other) => other.topic === topic).map(({ partition }) => partition),
  }));
}

function readyToFetch(turn: Turn, partition: Followed): Following {
  if (partition.fetch.state === 'Fetching') return partition;
  const following = truncateToHighWatermark(partition, turn);
  keep(turn, partition, following);
  return following;
}

/** Keeps what a fetch or a truncation made of the log, and tells it. */
function keep(turn: Turn, partition: Followed, { log, fetch }: Following): void {
  putPartition(turn, { ...partition, log, fetch });
  const { topic, partition: number } = partition;
  const broker = turn.broker.brokerId;
  const from = partition.log.logEndOffset;
  if (log.logEndOffset < from) {
    info(
      turn,
      `[Log partition=${topicPartitionName(partition)}, dir=${partition.logDir}] Truncating to offset ${log.logEndOffset}`,
      'kafka.log.UnifiedLog',
    );
    tellFact(turn, 'logTruncated', { broker, topic, partition: number, from, to: log.logEndOffset });
  }
  if (log.highWatermark !== partition.log.highWatermark) {
    tellFact(turn, 'highWatermarkAdvanced', {
      broker,
      topic,
      partition: number,
      from: partition.log.highWatermark,
      to: log.highWatermark,
    });
    completeDelayed(turn, partition.index, 'highWatermark');
  }
}

function receive(turn: Turn, leader: BrokerId, generation: number, response: FetchResponse | null): void {
  const fetcher = fetcherOf(turn, leader);
  if (fetcher === undefined || fetcher.generation !== generation) return;
  const backoffMs = turn.broker.settings.replicaFetchBackoffMs;
  if (response === null || response.errorCode !== 'NONE') {
    if (response === null) {
      const text = `[ReplicaFetcher replicaId=${turn.broker.brokerId}, leaderId=${leader}, fetcherId=0] Error in response for fetch request`;
      warn(turn, text, LOGGER, [
        `java.io.IOException: Connection to localhost:${fetcher.port} (id: ${leader} rack: null) failed.`,
      ]);
    }
    const isSessionLost = response !== null;
    const pausedUntilMs = isSessionLost ? 0 : turn.nowMs + backoffMs;
    putFetcher(turn, {
      ...fetcher,
      isFetching: false,
      sessionId: 0,
      sessionEpoch: 0,
      forgotten: [],
      partitions: fetcher.partitions.map(({ index }) => ({ index, told: null, pausedUntilMs })),
    });
    return fetchNext(turn, leader);
  }
  putFetcher(turn, {
    ...fetcher,
    isFetching: false,
    sessionId: response.sessionId,
    sessionEpoch: response.sessionId === 0 ? 0 : fetcher.sessionEpoch + 1,
  });
  for (const { topic, partitions } of response.responses) {
    for (const answer of partitions) process(turn, fetcher, topic, answer, backoffMs);
  }
  fetchNext(turn, leader);
}

function process(turn: Turn, fetcher: Fetcher, topic: string, answer: FetchPartitionResponse, backoffMs: number): void {
  const partition = findPartition(turn.broker, topic, answer.partitionIndex);
  if (!isFollowed(partition)) return;
  const fetched = fetcher.partitions.find(({ index }) => index === partition.index);
  // What was asked for meanwhile by another epoch, or from another place, is not what came.
  if (fetched?.told == null || fetched.told.fetchOffset !== partition.fetch.fetchOffset) return;
  if (fetched.told.leaderEpoch !== partition.leaderEpoch) return;
  switch (answer.errorCode) {
    case 'NONE':
      if (answer.divergingEpoch !== null)
        return keep(turn, partition, truncateAfterDivergence(partition, answer.divergingEpoch, turn));
      return accept(turn, partition, answer);
    case 'OFFSET_OUT_OF_RANGE':
      pause(turn, fetcher.leader, partition.index, turn.nowMs + backoffMs);
      return resetOffset(turn, fetcher, partition);
    case 'FENCED_LEADER_EPOCH':
      // Its next leader is about to be told.
      return stopFollowing(turn, [partition]);
    default:
      return pause(turn, fetcher.leader, partition.index, turn.nowMs + backoffMs);
  }
}

function accept(turn: Turn, partition: Followed, answer: FetchPartitionResponse): void {
  const { records, highWatermark, logStartOffset } = answer;
  const { following, append } = acceptFetched(partition, { batches: records, highWatermark, logStartOffset }, turn);
  if (append.outcome === 'appended' && records.length > 0) {
    const { topic, partition: number } = partition;
    tellFact(turn, 'recordsAppended', {
      broker: turn.broker.brokerId,
      topic,
      partition: number,
      baseOffset: append.firstOffset,
      lastOffset: append.lastOffset,
      as: 'follower',
    });
    if (following.log.activeSegment.baseOffset !== partition.log.activeSegment.baseOffset) {
      const { baseOffset } = following.log.activeSegment;
      tellFact(turn, 'segmentRolled', { broker: turn.broker.brokerId, topic, partition: number, baseOffset });
    }
  }
  if (following.log !== partition.log || following.fetch !== partition.fetch) keep(turn, partition, following);
}

function pause(turn: Turn, leader: BrokerId, index: number, pausedUntilMs: number): void {
  const fetcher = fetcherOf(turn, leader);
  if (fetcher === undefined) return;
  const partitions = fetcher.partitions.map((fetched) =>
    fetched.index === index ? { ...fetched, pausedUntilMs } : fetched,
  );
  putFetcher(turn, { ...fetcher, partitions });
}

/** The leader has nothing at this offset: where does its log end, and where does it start? */
function resetOffset(turn: Turn, { leader, port }: Fetcher, { topic, partition, index, leaderEpoch }: Followed): void {
  const { brokerId } = turn.broker;
  const ask = (timestamp: number) => ({
    replicaId: brokerId,
    isolationLevel: 0 as const,
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, currentLeaderEpoch: leaderEpoch, timestamp }] }],
  });
  const link = { name: LINK(leader), port, onLoss: 'fail' } as const;
  const clientId = `broker-${brokerId}-fetcher-0`;
  sendOver(
    turn,
    link,
    linkRequest('ListOffsets', clientId, ask(LATEST_TIMESTAMP), (second, end) => {
      const logEndOffset = end?.topics[0]?.partitions[0];
      if (logEndOffset?.errorCode !== 'NONE') return;
      sendOver(
        second,
        link,
        linkRequest('ListOffsets', clientId, ask(EARLIEST_TIMESTAMP), (third, start) => {
          const logStartOffset = start?.topics[0]?.partitions[0];
          const now = third.broker.partitions[index];
          if (logStartOffset?.errorCode !== 'NONE' || !isFollowed(now) || now.leaderEpoch !== leaderEpoch) return;
          const leaderLog = { logStartOffset: logStartOffset.offset, logEndOffset: logEndOffset.offset };
          keep(third, now, resetAfterOutOfRange(now, leaderLog, third));
          pause(third, leader, index, 0);
          fetchNext(third, leader);
        }),
      );
    }),
  );
}
