/**
 * Incremental fetch sessions: the broker remembers what a reader fetches, so that requests and answers carry only what changed.
 *
 * Follows `kafka.server.FetchManager`, `FetchSession` and `CachedPartition` (3.9.0, KIP-227).
 */
import type { LeaderEpoch, Offset } from '../../kafka/ids.ts';
import { nextUint32 } from '../../kernel/random.ts';
import type { FetchPartition, FetchPartitionResponse, FetchRequest } from '../protocol/kafka/records.ts';
import { type Turn, update } from './turn.ts';

export interface SessionPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  /** Place in `Broker.partitions`; −1 while this broker does not have it. */
  readonly index: number;
  readonly fetchOffset: Offset;
  readonly currentLeaderEpoch: LeaderEpoch;
  readonly lastFetchedEpoch: LeaderEpoch;
  readonly logStartOffset: Offset;
  readonly maxBytes: number;
  /** As the reader was last told; −1 before that. */
  readonly sentHighWatermark: number;
  readonly sentLogStartOffset: number;
}
export interface FetchSession {
  readonly id: number;
  /** That of the next request. */
  readonly epoch: number;
  readonly partitions: readonly SessionPartition[];
  /** Places in `Broker.partitions` of all of them. */
  readonly indexes: ReadonlySet<number>;
}

export type SessionOutcome =
  | { readonly outcome: 'error'; readonly error: 'FETCH_SESSION_ID_NOT_FOUND' | 'INVALID_FETCH_SESSION_EPOCH' }
  | {
      readonly outcome: 'session';
      /** Not kept yet when it is new: id 0. */
      readonly session: FetchSession;
      /** A full answer names all partitions, an incremental one those that changed. */
      readonly isFull: boolean;
      readonly keeps: boolean;
    };

const FINAL_EPOCH = -1;
const INITIAL_EPOCH = 0;

/** The session as this request leaves it. */
export function openSession(turn: Turn, request: FetchRequest): SessionOutcome {
  const { sessionId, sessionEpoch } = request;
  if (sessionEpoch === FINAL_EPOCH || sessionEpoch === INITIAL_EPOCH) {
    if (sessionId !== 0) forgetSession(turn, sessionId);
    const partitions = request.topics.flatMap(({ topic, topicId, partitions: asked }) =>
      asked.map((partition) => cached(turn, topic, topicId, partition, undefined)),
    );
    const session = { id: 0, epoch: 1, partitions, indexes: indexesOf(partitions) };
    return {
      outcome: 'session',
      session,
      isFull: true,
      keeps: sessionEpoch === INITIAL_EPOCH && partitions.length > 0,
    };
  }
  const known = sessionOf(turn, sessionId);
  if (known === undefined) return { outcome: 'error', error: 'FETCH_SESSION_ID_NOT_FOUND' };
  if (known.epoch !== sessionEpoch) return { outcome: 'error', error: 'INVALID_FETCH_SESSION_EPOCH' };
  return { outcome: 'session', session: updated(turn, known, request), isFull: false, keeps: true };
}

function cached(
  { broker }: Turn,
  topic: string,
  topicId: string,
  { partition, fetchOffset, currentLeaderEpoch, lastFetchedEpoch, logStartOffset, partitionMaxBytes }: FetchPartition,
  before: SessionPartition | undefined,
): SessionPartition {
  return {
    topic,
    topicId,
    partition,
    index: broker.partitionIndexes.get(topic)?.[partition] ?? -1,
    fetchOffset,
    currentLeaderEpoch,
    lastFetchedEpoch,
    logStartOffset,
    maxBytes: partitionMaxBytes,
    sentHighWatermark: before?.sentHighWatermark ?? -1,
    sentLogStartOffset: before?.sentLogStartOffset ?? -1,
  };
}

const indexesOf = (partitions: readonly SessionPartition[]): ReadonlySet<number> =>
  new Set(partitions.map(({ index }) => index));

function updated(turn: Turn, session: FetchSession, request: FetchRequest): FetchSession {
  const epoch = session.epoch === 0x7fff_ffff ? 1 : session.epoch + 1;
  if (request.topics.length === 0 && request.forgottenTopicsData.length === 0) return { ...session, epoch };
  let partitions = session.partitions.slice();
  let hasNewMembers = false;
  for (const { topic, topicId, partitions: asked } of request.topics) {
    for (const partition of asked) {
      const at = partitions.findIndex((other) => other.partition === partition.partition && other.topic === topic);
      const next = cached(turn, topic, topicId, partition, partitions[at]);
      if (at === -1 || partitions[at]!.index !== next.index) hasNewMembers = true;
      if (at === -1) partitions.push(next);
      else partitions[at] = next;
    }
  }
  for (const { topic, partitions: forgotten } of request.forgottenTopicsData) {
    partitions = partitions.filter((other) => other.topic !== topic || !forgotten.includes(other.partition));
    hasNewMembers = true;
  }
  return { ...session, epoch, partitions, indexes: hasNewMembers ? indexesOf(partitions) : session.indexes };
}

/** A new session gets its id when its first answer is made. */
export function keepSession(turn: Turn, session: FetchSession): FetchSession {
  let kept = session;
  if (session.id === 0) {
    let id = 0;
    let { random } = turn.broker;
    while (id === 0 || sessionOf(turn, id) !== undefined) {
      const [drawn, rest] = nextUint32(random);
      random = rest;
      id = drawn >>> 1;
    }
    update(turn, { random });
    kept = { ...session, id };
  }
  const { sessions } = turn.broker;
  const at = sessions.findIndex(({ id }) => id === kept.id);
  update(turn, { sessions: at === -1 ? [...sessions, kept] : sessions.with(at, kept) });
  return kept;
}

export const sessionOf = ({ broker }: Turn, id: number): FetchSession | undefined =>
  broker.sessions.find((session) => session.id === id);

export function forgetSession(turn: Turn, id: number): void {
  update(turn, { sessions: turn.broker.sessions.filter((session) => session.id !== id) });
}

/** Whether an incremental answer must name the partition (`CachedPartition#maybeUpdateResponseData`). */
export function mustRespond(known: SessionPartition, answer: FetchPartitionResponse): boolean {
  return (
    answer.records.length > 0 ||
    answer.highWatermark !== known.sentHighWatermark ||
    answer.logStartOffset !== known.sentLogStartOffset ||
    answer.errorCode !== 'NONE' ||
    answer.divergingEpoch !== null
  );
}
