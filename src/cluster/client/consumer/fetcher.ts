/**
 * Fetching: one request a leader at a time, for the partitions that have nothing buffered.
 *
 * Follows `AbstractFetch`, `Fetcher` of `org.apache.kafka.clients.consumer.internals` (3.9.0).
 */
import type { BrokerId } from '../../../kafka/ids.ts';
import { isSameTopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { FetchRequest } from '../../protocol/kafka/records.ts';
import { question } from '../admin/adminDefinition.ts';
import { requestUpdate, withNewLeader } from '../metadata.ts';
import { type ClientResponse, logOf } from '../networkClient.ts';
import type { Node } from '../node.ts';
import {
  type CompletedFetch,
  type Consumer,
  type ConsumerTag,
  type ConsumerTurn,
  type FetchSession,
  metadataOf,
  withMetadata,
} from './consumerState.ts';
import { afterAnswer, afterLoss, buildFetch, isOpen, newSession, type WantedPartition } from './fetchSession.ts';
import { isFetchable } from './subscriptionState.ts';
import { enqueueRequest, isUnavailable } from './unsent.ts';
import { nodeById } from '../cluster.ts';

const FETCHER = 'org.apache.kafka.clients.consumer.internals.Fetcher';

/** Sends a fetch to every leader that has none under way and leads a partition to be fetched. */
export function sendFetches(before: Consumer, turn: ConsumerTurn): Consumer {
  const { subscription, fetcher } = before;
  const wanted: { node: Node; partitions: WantedPartition[] }[] = [];
  let consumer = before;
  for (const state of subscription.partitions) {
    if (!isFetchable(state) || state.position === null) continue;
    if (fetcher.buffer.some((completed) => isSameTopicPartition(completed, state))) continue;
    const { offset, currentLeader } = state.position;
    const { leader, epoch } = currentLeader;
    if (leader === null) {
      consumer = withMetadata(consumer, requestUpdate(metadataOf(consumer)));
      continue;
    }
    if (fetcher.pendingNodes.includes(leader.id) || isUnavailable(consumer, leader, turn.now)) continue;
    const partition = { topic: state.topic, partition: state.partition, offset, epoch: epoch ?? -1 };
    const known = wanted.find(({ node }) => node.id === leader.id);
    if (known === undefined) wanted.push({ node: leader, partitions: [partition] });
    else known.partitions.push(partition);
  }
  for (const { node, partitions } of wanted) consumer = sendFetch(consumer, node, partitions, turn);
  return consumer;
}

function sendFetch(before: Consumer, node: Node, partitions: readonly WantedPartition[], turn: ConsumerTurn): Consumer {
  const { fetcher, settings } = before;
  const known = fetcher.sessions.find((session) => session.node === node.id) ?? newSession(node.id);
  const { cluster } = metadataOf(before);
  const { session, request } = buildFetch(known, partitions, cluster, settings.maxPartitionFetchBytes);
  const consumer: Consumer = {
    ...before,
    fetcher: {
      ...fetcher,
      sessions: withSession(fetcher.sessions, session),
      pendingNodes: [...fetcher.pendingNodes, node.id],
    },
  };
  const offsets = new Map(partitions.map((place) => [topicPartitionName(place), place.offset]));
  return enqueueRequest(consumer, node, question('Fetch', bodyOf(consumer, request)), { kind: 'fetch', offsets }, turn);
}

function bodyOf(
  { settings }: Consumer,
  session: Pick<FetchRequest, 'sessionId' | 'sessionEpoch' | 'topics' | 'forgottenTopicsData'>,
): FetchRequest {
  return {
    replicaState: { replicaId: -1 as BrokerId, replicaEpoch: -1 },
    maxWaitMs: settings.fetchMaxWaitMs,
    minBytes: settings.fetchMinBytes,
    maxBytes: settings.fetchMaxBytes,
    isolationLevel: settings.isReadCommitted ? 1 : 0,
    rackId: '',
    ...session,
  };
}

function withSession(sessions: readonly FetchSession[], session: FetchSession): readonly FetchSession[] {
  const at = sessions.findIndex(({ node }) => node === session.node);
  return at < 0 ? [...sessions, session] : sessions.with(at, session);
}

/** What a fetch brought goes into the buffer; poll looks at it. */
export function afterFetch(
  before: Consumer,
  { answer, node }: ClientResponse<ConsumerTag>,
  offsets: ReadonlyMap<string, number>,
  turn: ConsumerTurn,
): Consumer {
  const { fetcher } = before;
  const pendingNodes = fetcher.pendingNodes.filter((other) => other !== node);
  const session = fetcher.sessions.find((other) => other.node === node);
  if (session === undefined) return { ...before, fetcher: { ...fetcher, pendingNodes } };
  if (answer?.api !== 'Fetch') {
    return {
      ...before,
      fetcher: { ...fetcher, pendingNodes, sessions: withSession(fetcher.sessions, afterLoss(session)) },
    };
  }
  const { errorCode, sessionId, responses, nodeEndpoints } = answer.body;
  const after = afterAnswer(session, errorCode, sessionId);
  let consumer: Consumer = {
    ...before,
    fetcher: { ...fetcher, pendingNodes, sessions: withSession(fetcher.sessions, after.session) },
  };
  if (!after.isUsable) {
    const text = `Node ${node} was unable to process the fetch request: ${errorCode}.`;
    turn.logs.push(logOf(consumer, 'INFO', text, FETCHER));
    return errorCode === 'FETCH_SESSION_TOPIC_ID_ERROR'
      ? withMetadata(consumer, requestUpdate(metadataOf(consumer)))
      : consumer;
  }
  const completed: CompletedFetch[] = [];
  for (const { topic, partitions } of responses) {
    for (const part of partitions) {
      const place = { topic, partition: part.partitionIndex };
      const fetchOffset = offsets.get(topicPartitionName(place));
      if (fetchOffset === undefined) continue;
      completed.push({ topic, partition: part.partitionIndex, answer: part, fetchOffset, decoded: null });
      const { currentLeader } = part;
      const isMoved = part.errorCode === 'NOT_LEADER_OR_FOLLOWER' || part.errorCode === 'FENCED_LEADER_EPOCH';
      if (isMoved && currentLeader !== null) {
        const endpoints = nodeEndpoints.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }));
        consumer = withMetadata(consumer, withNewLeader(metadataOf(consumer), place, currentLeader, endpoints));
      }
    }
  }
  const buffer = [...consumer.fetcher.buffer, ...completed];
  return { ...consumer, fetcher: { ...consumer.fetcher, buffer } };
}

/** On close: tells every broker that keeps a session that it may forget it. */
export function closeSessions(before: Consumer, turn: ConsumerTurn): Consumer {
  let consumer = before;
  for (const session of before.fetcher.sessions) {
    const node = nodeById(metadataOf(before).cluster, session.node);
    if (!isOpen(session) || node === null || isUnavailable(consumer, node, turn.now)) continue;
    const closing = { sessionId: session.sessionId, sessionEpoch: -1, topics: [], forgottenTopicsData: [] };
    consumer = enqueueRequest(
      consumer,
      node,
      question('Fetch', bodyOf(consumer, closing)),
      { kind: 'closeSession' },
      turn,
    );
  }
  return { ...consumer, fetcher: { ...consumer.fetcher, sessions: [], buffer: [] } };
}
