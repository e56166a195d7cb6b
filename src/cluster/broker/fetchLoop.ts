/**
 * A follower's side: for each leader one loop that fetches, appends, truncates, and fetches again.
 *
 * Follows `kafka.server.AbstractFetcherThread` and `ReplicaFetcherThread` (3.9.0).
 */
import type { BrokerId } from '../../kafka/ids.ts';
import { NO_LEADER_EPOCH } from '../../kafka/ids.ts';
import { resetAfterOutOfRange, truncateAfterDivergence } from '../../kafka/replication/followerFetch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { ms } from '../../kernel/time.ts';
import { ZERO_UUID } from '../protocol/kafka/fields.ts';
import type { FetchPartition, FetchPartitionResponse, FetchRequest, FetchResponse } from '../protocol/kafka/records.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../kafka/log/offsetForTimestamp.ts';
import { findPartition } from './broker.ts';
import { accept, keep, readyToFetch } from './fetchedLog.ts';
import {
  type FetchedPartition,
  type Fetcher,
  fetcherLink,
  fetcherOf,
  type Followed,
  isFollowed,
  pause,
  putFetcher,
  stopFollowing,
  type Told,
} from './fetcher.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { aliveBroker } from './metadataCache.ts';
import { closeLink, linkRequest, sendOver } from './nodeLinks.ts';
import { afterDisk } from './slowDisk.ts';
import { info, setTimer, type Turn, warn } from './turn.ts';

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
    if (known !== undefined && known.port !== port) closeLink(turn, fetcherLink(leader));
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
    { name: fetcherLink(leader), port: fetcher.port, onLoss: 'fail' },
    linkRequest('Fetch', clientId, body, receiveFetched(leader, generation)),
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

const receiveFetched =
  (leader: BrokerId, generation: number) =>
  (turn: Turn, response: FetchResponse | null): void => {
    if (response === null || (turn.host === undefined && turn.broker.diskWaits.length === 0))
      return receive(turn, leader, generation, response);
    const dirs = response.responses.flatMap(({ topic, partitions }) =>
      partitions.flatMap(({ partitionIndex, records }) =>
        records.length === 0 ? [] : (findPartition(turn.broker, topic, partitionIndex)?.logDir ?? []),
      ),
    );
    if (dirs.length === 0) return receive(turn, leader, generation, response);
    afterDisk(turn, dirs, receiveLater(leader, generation, response));
  };

/** Made by a function of its own, so that it keeps these values alive and not the turn in which it waits. */
const receiveLater =
  (leader: BrokerId, generation: number, response: FetchResponse) =>
  (turn: Turn): void =>
    receive(turn, leader, generation, response);

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
      // Its delay is over, and is not kept: a clock that is set back does not bring it again.
      if (fetched.pausedUntilMs !== 0) pause(turn, fetcher.leader, partition.index, 0);
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

/** The leader has nothing at this offset: where does its log end, and where does it start? */
function resetOffset(turn: Turn, { leader, port }: Fetcher, { topic, partition, index, leaderEpoch }: Followed): void {
  const { brokerId } = turn.broker;
  const ask = (timestamp: number) => ({
    replicaId: brokerId,
    isolationLevel: 0 as const,
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, currentLeaderEpoch: leaderEpoch, timestamp }] }],
  });
  const link = { name: fetcherLink(leader), port, onLoss: 'fail' } as const;
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
