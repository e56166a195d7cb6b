/**
 * What a consumer is subscribed or assigned to, and where it is in each partition.
 *
 * Follows `org.apache.kafka.clients.consumer.internals.SubscriptionState` (3.9.0).
 */
import { isSameTopicPartition, type TopicPartition } from '../../../kafka/topicPartition.ts';
import { javaTopicPartitionHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { Node } from '../node.ts';
import type { ResetStrategy } from './consumerSettings.ts';

/** Leader and its epoch as metadata had them. */
export interface LeaderAndEpoch {
  readonly leader: Node | null;
  readonly epoch: number | null;
}
/** `FetchPosition`: the next offset to return. */
export interface Position {
  readonly offset: number;
  /** Leader epoch of the record before; null: not known. */
  readonly offsetEpoch: number | null;
  readonly currentLeader: LeaderAndEpoch;
}

type FetchState = 'INITIALIZING' | 'FETCHING' | 'AWAIT_RESET' | 'AWAIT_VALIDATION';

export interface PartitionState extends TopicPartition {
  readonly fetchState: FetchState;
  /** Null until known. */
  readonly position: Position | null;
  /** Where to, while AWAIT_RESET. */
  readonly resetStrategy: ResetStrategy | null;
  /** No ListOffsets or OffsetForLeaderEpoch for it before. */
  readonly nextRetryAt: VirtualTimeUs;
  readonly isPaused: boolean;
  /** About to be revoked: nothing of it is returned any more. */
  readonly isPendingRevocation: boolean;
  readonly highWatermark: number | null;
  readonly lastStableOffset: number | null;
  /** As last committed by this consumer, or found committed. */
  readonly committed: number | null;
}

export interface SubscriptionState {
  readonly type: 'NONE' | 'AUTO_TOPICS' | 'AUTO_PATTERN' | 'USER_ASSIGNED';
  readonly topics: readonly string[];
  readonly pattern: string | null;
  /** Of the leader: topics of the whole group, watched for new partitions. */
  readonly groupTopics: readonly string[];
  readonly partitions: readonly PartitionState[];
}

export const noSubscription: SubscriptionState = {
  type: 'NONE',
  topics: [],
  pattern: null,
  groupTopics: [],
  partitions: [],
};

export const isAutoAssigned = ({ type }: SubscriptionState): boolean =>
  type === 'AUTO_TOPICS' || type === 'AUTO_PATTERN';

export function partitionState({ partitions }: SubscriptionState, place: TopicPartition): PartitionState | undefined {
  return partitions.find((state) => isSameTopicPartition(state, place));
}

function initialState({ topic, partition }: TopicPartition): PartitionState {
  return {
    topic,
    partition,
    fetchState: 'INITIALIZING',
    position: null,
    resetStrategy: null,
    nextRetryAt: 0 as VirtualTimeUs,
    isPaused: false,
    isPendingRevocation: false,
    highWatermark: null,
    lastStableOffset: null,
    committed: null,
  };
}

/** In the order of Java's hash maps, by topic: fetches and records come in it. */
export function inMapOrder<P extends TopicPartition>(partitions: readonly P[]): readonly P[] {
  const order = javaHashOrder(partitions, javaTopicPartitionHash);
  const topics = new Set(order.map(({ topic }) => topic));
  return [...topics].flatMap((topic) => order.filter((place) => place.topic === topic));
}

/** Partitions that stay keep their state. */
export function withAssignment(
  subscription: SubscriptionState,
  assigned: readonly TopicPartition[],
): SubscriptionState {
  const partitions = inMapOrder(assigned).map((place) => {
    const known = partitionState(subscription, place);
    if (known === undefined) return initialState(place);
    return known.isPendingRevocation ? { ...known, isPendingRevocation: false } : known;
  });
  return { ...subscription, partitions };
}

/** What was just returned goes to the end, so that the others have their turn in the next fetch. */
export function moveToEnd(subscription: SubscriptionState, place: TopicPartition): SubscriptionState {
  const at = subscription.partitions.findIndex((state) => isSameTopicPartition(state, place));
  const state = subscription.partitions[at];
  if (state === undefined || at === subscription.partitions.length - 1) return subscription;
  return { ...subscription, partitions: [...subscription.partitions.toSpliced(at, 1), state] };
}

/** Changes the state of one partition; nothing when it is not assigned. */
export function updatePartition(
  subscription: SubscriptionState,
  place: TopicPartition,
  change: (state: PartitionState) => PartitionState,
): SubscriptionState {
  const at = subscription.partitions.findIndex((state) => isSameTopicPartition(state, place));
  const state = subscription.partitions[at];
  if (state === undefined) return subscription;
  const changed = change(state);
  return changed === state ? subscription : { ...subscription, partitions: subscription.partitions.with(at, changed) };
}

export const hasValidPosition = ({ fetchState, position }: PartitionState): boolean =>
  position !== null && (fetchState === 'FETCHING' || fetchState === 'AWAIT_VALIDATION');
export const isFetchable = ({ fetchState, isPaused, isPendingRevocation }: PartitionState): boolean =>
  fetchState === 'FETCHING' && !isPaused && !isPendingRevocation;
export const hasAllPositions = ({ partitions }: SubscriptionState): boolean => partitions.every(hasValidPosition);

/** A position that needs no check. */
export function seekValidated(state: PartitionState, position: Position): PartitionState {
  return { ...state, fetchState: 'FETCHING', position, resetStrategy: null };
}

/** A position that came from elsewhere: with an epoch it is compared with the leader's log before it is used. */
export function seekUnvalidated(state: PartitionState, position: Position): PartitionState {
  const needsCheck = position.offsetEpoch !== null && position.currentLeader.epoch !== null;
  return {
    ...state,
    fetchState: needsCheck ? 'AWAIT_VALIDATION' : 'FETCHING',
    position,
    resetStrategy: null,
    nextRetryAt: 0 as VirtualTimeUs,
  };
}

export function requestReset(state: PartitionState, resetStrategy: ResetStrategy): PartitionState {
  return { ...state, fetchState: 'AWAIT_RESET', position: null, resetStrategy, nextRetryAt: 0 as VirtualTimeUs };
}

/** Metadata names another leader, or the same with a newer epoch: the position is checked against it. */
export function followLeader(state: PartitionState, leader: LeaderAndEpoch): PartitionState {
  const { position, fetchState } = state;
  if (position === null || (fetchState !== 'FETCHING' && fetchState !== 'AWAIT_VALIDATION')) return state;
  const { currentLeader } = position;
  if (currentLeader.epoch === leader.epoch && currentLeader.leader?.id === leader.leader?.id) return state;
  return seekUnvalidated(state, { ...position, currentLeader: leader });
}

/** Topics that metadata must cover. */
export function metadataTopics({ type, topics, groupTopics, partitions }: SubscriptionState): readonly string[] {
  if (type === 'USER_ASSIGNED') return [...new Set(partitions.map(({ topic }) => topic))];
  return groupTopics.length > 0 ? [...new Set([...topics, ...groupTopics])] : topics;
}
