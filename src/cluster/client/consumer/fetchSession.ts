/**
 * Incremental fetch sessions, a consumer's side: after the first request only partitions that changed are named (KIP-227).
 *
 * Follows `org.apache.kafka.clients.FetchSessionHandler` (3.9.0).
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { LeaderEpoch, Offset } from '../../../kafka/ids.ts';
import { NO_LEADER_EPOCH, NO_OFFSET } from '../../../kafka/ids.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import { ZERO_UUID } from '../../protocol/kafka/fields.ts';
import type { FetchRequest } from '../../protocol/kafka/records.ts';
import { byTopic } from '../admin/adminDefinition.ts';
import type { Cluster } from '../cluster.ts';
import type { FetchSession } from './consumerState.ts';

export type WantedPartition = TopicPartition & { readonly offset: number; readonly epoch: number };

export const newSession = (node: number): FetchSession => ({ node, sessionId: 0, epoch: 0, partitions: new Map() });
/** A session with the broker stands. */
export const isOpen = ({ sessionId }: FetchSession): boolean => sessionId !== 0;
const isFull = ({ epoch }: FetchSession): boolean => epoch === 0;

type SessionPart = Pick<FetchRequest, 'sessionId' | 'sessionEpoch' | 'topics' | 'forgottenTopicsData'>;

/** What a request names so that the broker serves exactly the partitions wanted. */
export function buildFetch(
  session: FetchSession,
  wanted: readonly WantedPartition[],
  cluster: Cluster,
  partitionMaxBytes: number,
): { readonly session: FetchSession; readonly request: SessionPart } {
  const partitions = new Map(wanted.map((place) => [topicPartitionName(place), place]));
  const isNews = (place: WantedPartition) => {
    const told = session.partitions.get(topicPartitionName(place));
    return told === undefined || told.offset !== place.offset || told.epoch !== place.epoch;
  };
  const toSend = isFull(session) ? wanted : wanted.filter(isNews);
  const forgotten = isFull(session)
    ? []
    : [...session.partitions.values()].filter((place) => !partitions.has(topicPartitionName(place)));
  const idOf = (topic: string) => cluster.topics.get(topic)?.topicId ?? ZERO_UUID;
  return {
    session: { ...session, partitions },
    request: {
      sessionId: session.sessionId,
      sessionEpoch: session.epoch,
      topics: byTopic(toSend).map(([topic, entries]) => ({
        topic,
        topicId: idOf(topic),
        partitions: entries.map(({ partition, offset, epoch }) => ({
          partition,
          currentLeaderEpoch: epoch as LeaderEpoch,
          fetchOffset: offset as Offset,
          lastFetchedEpoch: NO_LEADER_EPOCH,
          logStartOffset: NO_OFFSET,
          partitionMaxBytes,
        })),
      })),
      forgottenTopicsData: byTopic(forgotten).map(([topic, entries]) => ({
        topic,
        topicId: idOf(topic),
        partitions: entries.map(({ partition }) => partition),
      })),
    },
  };
}

/** After an answer; `isUsable`: it has data. A session that the broker has lost is built anew, silently. */
export function afterAnswer(
  session: FetchSession,
  error: ErrorName,
  sessionId: number,
): { readonly session: FetchSession; readonly isUsable: boolean } {
  if (error !== 'NONE') {
    const next = error === 'FETCH_SESSION_ID_NOT_FOUND' ? newSession(session.node) : { ...session, epoch: 0 };
    return { session: next, isUsable: false };
  }
  if (sessionId === 0)
    return { session: { ...newSession(session.node), partitions: session.partitions }, isUsable: true };
  const epoch = isFull(session) ? 1 : session.epoch === 2147483647 ? 1 : session.epoch + 1;
  return { session: { ...session, sessionId, epoch }, isUsable: true };
}

/** The answer got lost: the session is closed and a new one asked for. */
export function afterLoss(session: FetchSession): FetchSession {
  return { ...session, epoch: 0 };
}
