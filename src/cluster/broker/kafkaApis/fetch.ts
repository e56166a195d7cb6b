/**
 * Fetch, for followers and consumers: what can be read now, or a wait for it.
 *
 * Follows `KafkaApis#handleFetchRequest`, `ReplicaManager#fetchMessages` and `DelayedFetch` (3.9.0).
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch, Offset } from '../../../kafka/ids.ts';
import { NO_LEADER_EPOCH, NO_OFFSET } from '../../../kafka/ids.ts';
import { latestEpoch } from '../../../kafka/log/leaderEpochCache.ts';
import { lastStableOffset, type PartitionLog } from '../../../kafka/log/partitionLog.ts';
import type { ReadLimit } from '../../../kafka/log/readLog.ts';
import { totalSizeInBytes } from '../../../kafka/record/recordBatch.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import { answerFetch } from '../../../kafka/replication/fetchAnswer.ts';
import type {
  FetchPartitionResponse,
  FetchRequest,
  FetchResponse,
  NodeEndpoint,
} from '../../protocol/kafka/records.ts';
import { delay, type DelayedOperation } from '../delayedOperations.ts';
import {
  type FetchSession,
  forgetSession,
  keepSession,
  mustRespond,
  openSession,
  sessionOf,
  type SessionPartition,
} from '../fetchSession.ts';
import type { HostedPartition } from '../hostedPartition.ts';
import { canRead } from '../logDirFailure.ts';
import { aliveBroker, partitionState } from '../metadataCache.ts';
import { noteFollowerAway, noteFollowerFetch, partitionAt } from '../partition.ts';
import { type Call, respond } from '../requestChannel.ts';
import { type Turn, update } from '../turn.ts';

/** A fetch on its way through the broker. */
interface Fetching {
  readonly call: Call<'Fetch'>;
  readonly session: FetchSession;
  readonly isFull: boolean;
  readonly keeps: boolean;
  readonly upTo: ReadLimit;
  readonly isFromFollower: boolean;
  readonly maxBytes: number;
}

export function handleFetch(turn: Turn, call: Call<'Fetch'>): void {
  const opened = openSession(turn, call.body);
  if (opened.outcome === 'error')
    return respond(turn, call, { errorCode: opened.error, sessionId: 0, responses: [], nodeEndpoints: [] });
  const { replicaState, isolationLevel, maxBytes } = call.body;
  const isFromFollower = replicaState.replicaId >= 0;
  const fetching: Fetching = {
    call,
    session: opened.session,
    isFull: opened.isFull,
    keeps: opened.keeps,
    upTo: isFromFollower ? 'logEnd' : isolationLevel === 1 ? 'lastStableOffset' : 'highWatermark',
    isFromFollower,
    maxBytes: Math.min(maxBytes, turn.broker.settings.fetchMaxBytes),
  };
  // The session counts this request even if its answer comes later.
  if (!opened.isFull) keepSession(turn, opened.session);
  const read = readAll(turn, fetching, { notesFollower: isFromFollower });
  const { maxWaitMs, minBytes } = call.body;
  if (maxWaitMs <= 0 || opened.session.partitions.length === 0 || read.bytes >= minBytes || read.isUrgent)
    return answer(turn, fetching, read.answers);
  delay(turn, delayedFetch(fetching), maxWaitMs);
}

const delayedFetch = (fetching: Fetching): DelayedOperation => ({
  kind: fetching.isFromFollower ? 'followerFetch' : 'consumerFetch',
  partitions: fetching.session.indexes,
  tryComplete: (turn, index) => {
    if (!isSatisfied(turn, fetching, index)) return false;
    answerNow(turn, fetching);
    return true;
  },
  expire: (turn) => answerNow(turn, fetching),
});

function answerNow(turn: Turn, fetching: Fetching): void {
  answer(turn, fetching, readAll(turn, fetching, { notesFollower: false }).answers);
}

interface Answered {
  /** Place in the session. */
  readonly at: number;
  readonly answered: FetchPartitionResponse;
}
interface Answers {
  /** In the order of the session; those that are not there have nothing new, and nothing to say in an incremental answer. */
  readonly answers: readonly Answered[];
  readonly bytes: number;
  /** An error, or a divergence: not to wait for. */
  readonly isUrgent: boolean;
}

function readAll(turn: Turn, fetching: Fetching, { notesFollower }: { readonly notesFollower: boolean }): Answers {
  const { session, isFull, call } = fetching;
  const { replicaId } = call.body.replicaState;
  let bytes = 0;
  let isUrgent = false;
  let left = fetching.maxBytes;
  const answers: Answered[] = [];
  if (notesFollower) noteLeftOut(turn, fetching);
  for (let at = 0; at < session.partitions.length; at++) {
    const asked = session.partitions[at]!;
    const partition = partitionAt(turn, asked.index);
    if (!isFull && partition !== undefined && hasNothingNew(partition, asked, fetching.upTo)) {
      if (notesFollower) noteFollower(turn, partition, asked, call.body);
      continue;
    }
    const answered = readPartition(turn, partition, asked, fetching, { maxBytes: left, minOneMessage: bytes === 0 });
    if (answered.errorCode !== 'NONE' || answered.divergingEpoch !== null) {
      isUrgent = true;
      if (notesFollower) noteFollowerAway(turn, asked.index, replicaId);
    } else if (notesFollower && partition !== undefined) noteFollower(turn, partition, asked, call.body);
    const size = totalSizeInBytes(answered.records);
    bytes += size;
    left = Math.max(0, left - size);
    answers.push({ at, answered });
  }
  if (notesFollower) {
    const times = turn.broker.followerFetchTimesMs.slice();
    times[replicaId] = turn.nowMs;
    update(turn, { followerFetchTimesMs: times });
  }
  return { answers, bytes, isUrgent };
}

/** Partitions that the follower fetched before, and no longer does: those that leave the session, or are not in a new one. */
function noteLeftOut(turn: Turn, { session, isFull, call }: Fetching): void {
  const { replicaState, forgottenTopicsData } = call.body;
  const { replicaId } = replicaState;
  if (isFull) {
    for (const partition of turn.broker.partitions)
      if (partition !== null && !session.indexes.has(partition.index))
        noteFollowerAway(turn, partition.index, replicaId);
    return;
  }
  for (const { topic, partitions } of forgottenTopicsData)
    for (const partition of partitions) {
      const index = turn.broker.partitionIndexes.get(topic)?.[partition];
      if (index !== undefined) noteFollowerAway(turn, index, replicaId);
    }
}

/** The reader is at the end, knows the epoch of what it has, and has been told the high watermark. */
function hasNothingNew(partition: HostedPartition, asked: SessionPartition, upTo: ReadLimit): boolean {
  const { log } = partition;
  if (partition.role !== 'leader' || log === null) return false;
  return (
    asked.fetchOffset === limitOf(log, upTo) &&
    asked.sentHighWatermark === log.highWatermark &&
    asked.sentLogStartOffset === log.logStartOffset &&
    (asked.currentLeaderEpoch === NO_LEADER_EPOCH || asked.currentLeaderEpoch === partition.leaderEpoch) &&
    (asked.lastFetchedEpoch === NO_LEADER_EPOCH || asked.lastFetchedEpoch === latestEpoch(log.leaderEpochs))
  );
}

function limitOf(log: PartitionLog, upTo: ReadLimit): Offset {
  if (upTo === 'logEnd') return log.logEndOffset;
  return upTo === 'highWatermark' ? log.highWatermark : lastStableOffset(log);
}

/** A follower that stays at the end of a log that stays the same needs no note: the time of its fetch is kept for all its partitions. */
function noteFollower(
  turn: Turn,
  partition: HostedPartition,
  asked: SessionPartition,
  { replicaState }: FetchRequest,
): void {
  const { replicaId, replicaEpoch } = replicaState;
  const known = partition.followers.find(({ brokerId }) => brokerId === replicaId);
  if (known === undefined) return;
  const isQuiet =
    known.isAtEnd && known.logEndOffset === asked.fetchOffset && known.logStartOffset === asked.logStartOffset;
  if (isQuiet && partition.log?.logEndOffset === asked.fetchOffset && partition.isr.includes(replicaId)) return;
  const { fetchOffset: offset, logStartOffset } = asked;
  noteFollowerFetch(turn, partition.index, replicaId, { offset, logStartOffset, brokerEpoch: replicaEpoch });
}

function readPartition(
  turn: Turn,
  partition: HostedPartition | undefined,
  asked: SessionPartition,
  { upTo, isFromFollower, call }: Fetching,
  limit: { readonly maxBytes: number; readonly minOneMessage: boolean },
): FetchPartitionResponse {
  const refusal = refusalOf(turn, partition, asked, call.body);
  if (refusal !== null) return failed(turn, asked, refusal);
  const log = partition?.log;
  if (log == null) return failed(turn, asked, 'NOT_LEADER_OR_FOLLOWER');
  const fetched = answerFetch(log, {
    fromOffset: asked.fetchOffset,
    maxBytes: Math.min(asked.maxBytes, limit.maxBytes),
    upTo,
    minOneMessage: limit.minOneMessage,
    lastFetchedEpoch: asked.lastFetchedEpoch === NO_LEADER_EPOCH ? null : asked.lastFetchedEpoch,
  });
  if (fetched.outcome === 'outOfRange') return failed(turn, asked, 'OFFSET_OUT_OF_RANGE');
  if (turn.host !== undefined && fetched.outcome === 'read' && fetched.batches.length > 0) {
    const reading = `Exception while reading from ${topicPartitionName(partition!)} in dir ${partition!.logDir}`;
    if (!canRead(turn, partition!.logDir, reading)) return failed(turn, asked, 'KAFKA_STORAGE_ERROR');
  }
  return {
    partitionIndex: asked.partition,
    errorCode: 'NONE',
    highWatermark: log.highWatermark,
    lastStableOffset: lastStableOffset(log),
    logStartOffset: log.logStartOffset,
    divergingEpoch: fetched.outcome === 'diverging' ? fetched.divergingEpoch : null,
    currentLeader: null,
    abortedTransactions: fetched.outcome === 'read' && !isFromFollower ? fetched.abortedTransactions : null,
    preferredReadReplica: -1 as BrokerId,
    records: fetched.outcome === 'read' ? fetched.batches : [],
  };
}

/** Null: it may be read here. Consumers may read from followers too (KIP-392), followers may not. */
function refusalOf(
  { broker }: Turn,
  partition: HostedPartition | undefined,
  asked: SessionPartition,
  { replicaState }: FetchRequest,
): ErrorName | null {
  if (partition === undefined)
    return partitionState(broker.metadata, asked.topic, asked.partition) === undefined
      ? 'UNKNOWN_TOPIC_OR_PARTITION'
      : 'NOT_LEADER_OR_FOLLOWER';
  if (asked.currentLeaderEpoch !== NO_LEADER_EPOCH) {
    if (asked.currentLeaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';
    if (asked.currentLeaderEpoch > partition.leaderEpoch) return 'UNKNOWN_LEADER_EPOCH';
  }
  const { replicaId } = replicaState;
  if (partition.role === 'offline') return 'KAFKA_STORAGE_ERROR';
  if (partition.role === 'none' || (replicaId >= 0 && partition.role !== 'leader')) return 'NOT_LEADER_OR_FOLLOWER';
  if (replicaId >= 0 && partition.followers.every(({ brokerId }) => brokerId !== replicaId))
    return 'UNKNOWN_LEADER_EPOCH';
  return null;
}

function failed(
  { broker }: Turn,
  { index, topic, partition }: SessionPartition,
  errorCode: ErrorName,
): FetchPartitionResponse {
  const known = broker.partitions[index] ?? partitionState(broker.metadata, topic, partition);
  const tellsLeader = errorCode === 'NOT_LEADER_OR_FOLLOWER' || errorCode === 'FENCED_LEADER_EPOCH';
  return {
    partitionIndex: partition,
    errorCode,
    highWatermark: NO_OFFSET,
    lastStableOffset: NO_OFFSET,
    logStartOffset: NO_OFFSET,
    divergingEpoch: null,
    currentLeader: tellsLeader
      ? { leaderId: known?.leader ?? (-1 as BrokerId), leaderEpoch: known?.leaderEpoch ?? (-1 as LeaderEpoch) }
      : null,
    abortedTransactions: null,
    preferredReadReplica: -1 as BrokerId,
    records: [],
  };
}

/** `DelayedFetch#tryComplete`; only the partition that changed is looked at when one byte is enough. */
function isSatisfied(turn: Turn, fetching: Fetching, index: number | null): boolean {
  const { session, upTo, call } = fetching;
  const { minBytes } = call.body;
  let bytes = 0;
  for (const asked of session.partitions) {
    if (index !== null && minBytes <= 1 && asked.index !== index) continue;
    const partition = partitionAt(turn, asked.index);
    if (refusalOf(turn, partition, asked, call.body) !== null || partition?.log == null) return true;
    const end = limitOf(partition.log, upTo);
    if (asked.fetchOffset > end) return true;
    if (asked.fetchOffset < end) {
      if (minBytes <= 1) return true;
      const read = readPartition(turn, partition, asked, fetching, {
        maxBytes: fetching.maxBytes,
        minOneMessage: false,
      });
      if (read.divergingEpoch !== null || read.errorCode !== 'NONE') return true;
      bytes += totalSizeInBytes(read.records);
      if (bytes >= minBytes) return true;
    }
  }
  return false;
}

function answer(turn: Turn, { call, session, isFull, keeps }: Fetching, answers: Answers['answers']): void {
  const topics = new Map<string, { topic: string; topicId: string; partitions: FetchPartitionResponse[] }>();
  const endpoints = new Map<BrokerId, NodeEndpoint>();
  const moved: SessionPartition[] = [];
  let told: (SessionPartition | null)[] | null = null;
  for (const { at, answered } of answers) {
    const asked = session.partitions[at]!;
    if (!isFull && !mustRespond(asked, answered)) continue;
    let ofTopic = topics.get(asked.topic);
    if (ofTopic === undefined) {
      ofTopic = { topic: asked.topic, topicId: asked.topicId, partitions: [] };
      topics.set(asked.topic, ofTopic);
    }
    ofTopic.partitions.push(answered);
    noteEndpoint(turn, answered, endpoints);
    const isFailed = answered.errorCode !== 'NONE';
    const next = {
      ...asked,
      sentHighWatermark: isFailed ? -1 : answered.highWatermark,
      sentLogStartOffset: isFailed ? -1 : answered.logStartOffset,
    };
    told ??= session.partitions.slice();
    // Partitions that brought records go to the end, so that a limit on bytes does not starve the others.
    const isMoved = answered.records.length > 0 && !isFull;
    told[at] = isMoved ? null : next;
    if (isMoved) moved.push(next);
  }
  let sessionId = 0;
  if (keeps) {
    const current = session.id === 0 ? session : (sessionOf(turn, session.id) ?? session);
    const stay: readonly SessionPartition[] =
      told === null
        ? session.partitions
        : moved.length === 0
          ? told.filter(isThere)
          : [...told.filter(isThere), ...moved];
    sessionId = told !== null || isFull ? keepSession(turn, { ...current, partitions: stay }).id : session.id;
  } else if (session.id !== 0) forgetSession(turn, session.id);
  const body: FetchResponse = {
    errorCode: 'NONE',
    sessionId,
    responses: [...topics.values()],
    nodeEndpoints: [...endpoints.values()],
  };
  respond(turn, call, body);
}

const isThere = (partition: SessionPartition | null): partition is SessionPartition => partition !== null;

function noteEndpoint(
  turn: Turn,
  { currentLeader }: FetchPartitionResponse,
  endpoints: Map<BrokerId, NodeEndpoint>,
): void {
  if (currentLeader === null) return;
  const leader = aliveBroker(turn.broker.metadata, currentLeader.leaderId);
  if (leader !== undefined)
    endpoints.set(leader.id, { nodeId: leader.id, host: leader.host, port: leader.port, rack: leader.rack });
}
