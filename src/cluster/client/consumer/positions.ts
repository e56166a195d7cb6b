/**
 * Positions that have to be found or checked: reset by ListOffsets, validated by leader epoch (KIP-320).
 *
 * Follows `OffsetFetcher` and `OffsetFetcherUtils` of `org.apache.kafka.clients.consumer.internals` (3.9.0).
 */
import type { BrokerId, LeaderEpoch } from '../../../kafka/ids.ts';
import { NO_LEADER_EPOCH } from '../../../kafka/ids.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { tell } from '../../facts.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../../kafka/log/offsetForTimestamp.ts';
import { byTopic, question } from '../admin/adminDefinition.ts';
import { exceptionOf, isInvalidMetadata, isRetriable, type JavaException } from '../javaException.ts';
import { currentLeader, requestUpdate, sawLeaderEpoch } from '../metadata.ts';
import { type ClientResponse, logOf } from '../networkClient.ts';
import type { Node } from '../node.ts';
import { type Consumer, type ConsumerTag, type ConsumerTurn, metadataOf, withMetadata } from './consumerState.ts';
import { retryBackoffUs } from './findCoordinator.ts';
import {
  followLeader,
  type PartitionState,
  partitionState,
  requestReset,
  seekUnvalidated,
  seekValidated,
  updatePartition,
} from './subscriptionState.ts';
import { enqueueRequest, isUnavailable } from './unsent.ts';

const OFFSET_FETCHER = 'org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils';

/** Every position follows the leader that metadata names now. */
export function followLeaders(consumer: Consumer): Consumer {
  const metadata = metadataOf(consumer);
  const partitions = consumer.subscription.partitions.map((state) =>
    followLeader(state, currentLeader(metadata, state)),
  );
  const isSame = partitions.every((state, i) => state === consumer.subscription.partitions[i]);
  return isSame ? consumer : { ...consumer, subscription: { ...consumer.subscription, partitions } };
}

/** Partitions without offset and without a policy: poll throws. */
export function initializeWithoutCommitted(before: Consumer, turn: ConsumerTurn): Consumer {
  const { autoOffsetReset } = before.settings;
  let consumer = before;
  if (before.coordinator === null) {
    const partitions = before.subscription.partitions.map((state) =>
      state.fetchState === 'INITIALIZING' ? requestReset(state, autoOffsetReset) : state,
    );
    const isSame = partitions.every((state, i) => state === before.subscription.partitions[i]);
    if (!isSame) consumer = { ...before, subscription: { ...before.subscription, partitions } };
  }
  const lost = consumer.subscription.partitions.filter(
    ({ fetchState, resetStrategy }) => fetchState === 'AWAIT_RESET' && resetStrategy === 'none',
  );
  if (lost.length > 0) turn.failures.push(noOffsetFor(lost));
  return consumer;
}

function noOffsetFor(partitions: readonly TopicPartition[]): JavaException {
  return {
    class: 'org.apache.kafka.clients.consumer.NoOffsetForPartitionException',
    message: `Undefined offset with no reset policy for partitions: [${partitions.map(topicPartitionName).join(', ')}]`,
  };
}

/** Asks the leaders for the offsets to reset to. */
export function resetIfNeeded(before: Consumer, turn: ConsumerTurn): Consumer {
  const due = before.subscription.partitions.filter(
    ({ fetchState, resetStrategy, nextRetryAt }) =>
      fetchState === 'AWAIT_RESET' && resetStrategy !== 'none' && nextRetryAt <= turn.now,
  );
  if (due.length === 0) return before;
  const { byLeader, consumer: after } = groupByLeader(before, due, turn);
  let consumer = after;
  for (const { node, states } of byLeader) {
    const partitions = states.map(({ topic, partition, resetStrategy }) => ({
      topic,
      partition,
      timestamp: resetStrategy === 'earliest' ? EARLIEST_TIMESTAMP : LATEST_TIMESTAMP,
    }));
    const asked = question('ListOffsets', {
      replicaId: -1 as BrokerId,
      isolationLevel: consumer.settings.isReadCommitted ? 1 : 0,
      topics: byTopic(partitions).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ topic, partition, timestamp }) => ({
          partitionIndex: partition,
          currentLeaderEpoch: epochOf(consumer, { topic, partition }),
          timestamp,
        })),
      })),
    });
    consumer = enqueueRequest(consumer, node, asked, { kind: 'listOffsets', partitions }, turn);
    consumer = notBefore(consumer, partitions, turn.now + consumer.network.requestTimeoutUs);
  }
  return consumer;
}

function epochOf(consumer: Consumer, place: TopicPartition): LeaderEpoch {
  const { epoch } = currentLeader(metadataOf(consumer), place);
  return epoch === null ? NO_LEADER_EPOCH : (epoch as LeaderEpoch);
}

/** Partitions whose leader is known and can be reached, by leader; for the others metadata is asked for. */
function groupByLeader(
  before: Consumer,
  states: readonly PartitionState[],
  turn: ConsumerTurn,
): { readonly byLeader: readonly { node: Node; states: PartitionState[] }[]; readonly consumer: Consumer } {
  const byLeader: { node: Node; states: PartitionState[] }[] = [];
  let consumer = before;
  for (const state of states) {
    const { leader } = currentLeader(metadataOf(consumer), state);
    if (leader === null) {
      consumer = withMetadata(consumer, requestUpdate(metadataOf(consumer), { isProgress: true }));
      consumer = notBefore(consumer, [state], turn.now + retryBackoffUs(consumer));
    } else if (isUnavailable(consumer, leader, turn.now)) {
      consumer = notBefore(consumer, [state], turn.now + retryBackoffUs(consumer));
    } else {
      const known = byLeader.find(({ node }) => node.id === leader.id);
      if (known === undefined) byLeader.push({ node: leader, states: [state] });
      else known.states.push(state);
    }
  }
  return { byLeader, consumer };
}

function notBefore(consumer: Consumer, places: readonly TopicPartition[], at: number): Consumer {
  let { subscription } = consumer;
  for (const place of places) {
    subscription = updatePartition(subscription, place, (state) => ({ ...state, nextRetryAt: at as VirtualTimeUs }));
  }
  return { ...consumer, subscription };
}

/** A request for these failed: again after the backoff, with fresh metadata. */
function failedFor(consumer: Consumer, places: readonly TopicPartition[], turn: ConsumerTurn): Consumer {
  if (places.length === 0) return consumer;
  const later = notBefore(consumer, places, turn.now + retryBackoffUs(consumer));
  return withMetadata(later, requestUpdate(metadataOf(later)));
}

export function afterListOffsets(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  partitions: readonly (TopicPartition & { readonly timestamp: number })[],
  turn: ConsumerTurn,
): Consumer {
  if (answer?.api !== 'ListOffsets') return failedFor(before, partitions, turn);
  let consumer = before;
  const failed: TopicPartition[] = [];
  for (const { name, partitions: answers } of answer.body.topics) {
    for (const { partitionIndex, errorCode, offset, leaderEpoch } of answers) {
      const place = { topic: name, partition: partitionIndex };
      if (errorCode === 'NONE') {
        const asked = partitions.find(({ topic, partition }) => topic === name && partition === partitionIndex);
        if (asked !== undefined) consumer = resetTo(consumer, asked, offset, leaderEpoch, turn);
        continue;
      }
      failed.push(place);
      if (errorCode === 'UNKNOWN_TOPIC_OR_PARTITION') {
        const text = `Received unknown topic or partition error in ListOffset request for partition ${topicPartitionName(place)}`;
        turn.logs.push(logOf(consumer, 'WARN', text, OFFSET_FETCHER));
      } else if (
        !isRetriable(exceptionOf(errorCode)) &&
        !isInvalidMetadata(exceptionOf(errorCode)) &&
        !transient.has(errorCode)
      ) {
        const text = `Attempt to fetch offsets for partition ${topicPartitionName(place)} failed due to unexpected exception: ${exceptionOf(errorCode).message}, retrying.`;
        turn.logs.push(logOf(consumer, 'WARN', text, OFFSET_FETCHER));
      }
    }
  }
  return failedFor(consumer, failed, turn);
}
const transient = new Set(['UNKNOWN_LEADER_EPOCH', 'OFFSET_NOT_AVAILABLE']);

/** Unless the application has gone elsewhere meanwhile. */
function resetTo(
  before: Consumer,
  asked: TopicPartition & { readonly timestamp: number },
  offset: number,
  epoch: number,
  turn: ConsumerTurn,
): Consumer {
  const state = partitionState(before.subscription, asked);
  const strategy = asked.timestamp === EARLIEST_TIMESTAMP ? 'earliest' : 'latest';
  if (state?.fetchState !== 'AWAIT_RESET' || state.resetStrategy !== strategy) return before;
  let consumer = before;
  if (epoch >= 0) consumer = withMetadata(consumer, sawLeaderEpoch(metadataOf(consumer), asked, epoch));
  const position = { offset, offsetEpoch: null, currentLeader: currentLeader(metadataOf(consumer), asked) };
  const { topic, partition } = asked;
  turn.effects.push(tell('positionReset', { client: consumer.clientId, topic, partition, to: offset }));
  const subscription = updatePartition(consumer.subscription, asked, (other) => seekUnvalidated(other, position));
  return { ...consumer, subscription };
}

/** Asks the leaders whether positions taken over from elsewhere are still part of their logs. */
export function validateIfNeeded(before: Consumer, turn: ConsumerTurn): Consumer {
  const due = before.subscription.partitions.filter(
    ({ fetchState, nextRetryAt }) => fetchState === 'AWAIT_VALIDATION' && nextRetryAt <= turn.now,
  );
  if (due.length === 0) return before;
  const { byLeader, consumer: after } = groupByLeader(before, due, turn);
  let consumer = after;
  for (const { node, states } of byLeader) {
    const partitions = states.flatMap(({ topic, partition, position }) =>
      position === null
        ? []
        : [{ topic, partition, offset: position.offset, leader: position.currentLeader, position }],
    );
    const asked = question('OffsetForLeaderEpoch', {
      replicaId: -2 as BrokerId,
      topics: byTopic(partitions).map(([topic, entries]) => ({
        topic,
        partitions: entries.map(({ partition, position }) => ({
          partition,
          currentLeaderEpoch: (position.currentLeader.epoch ?? NO_LEADER_EPOCH) as LeaderEpoch,
          leaderEpoch: (position.offsetEpoch ?? NO_LEADER_EPOCH) as LeaderEpoch,
        })),
      })),
    });
    const places = partitions.map(({ topic, partition, offset, leader }) => ({ topic, partition, offset, leader }));
    consumer = enqueueRequest(consumer, node, asked, { kind: 'validate', partitions: places }, turn);
    consumer = notBefore(consumer, places, turn.now + consumer.network.requestTimeoutUs);
  }
  return consumer;
}

export function afterValidation(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  partitions: Extract<ConsumerTag, { kind: 'validate' }>['partitions'],
  turn: ConsumerTurn,
): Consumer {
  if (answer?.api !== 'OffsetForLeaderEpoch') return failedFor(before, partitions, turn);
  let consumer = before;
  const failed: TopicPartition[] = [];
  for (const { topic, partitions: answers } of answer.body.topics) {
    for (const { partition, errorCode, leaderEpoch, endOffset } of answers) {
      const place = { topic, partition };
      if (errorCode !== 'NONE') {
        if (errorCode === 'UNKNOWN_TOPIC_OR_PARTITION') {
          const text = `Received unknown topic or partition error in OffsetForLeaderEpoch request for partition ${topicPartitionName(place)}.`;
          turn.logs.push(logOf(consumer, 'WARN', text, OFFSET_FETCHER));
        }
        failed.push(place);
        continue;
      }
      const asked = partitions.find((other) => other.topic === topic && other.partition === partition);
      if (asked !== undefined) consumer = validated(consumer, asked, leaderEpoch, endOffset, turn);
    }
  }
  return failedFor(consumer, failed, turn);
}

/** The leader's log ends that epoch before the position: records the consumer has read are gone (`maybeCompleteValidation`). */
function validated(
  consumer: Consumer,
  asked: TopicPartition & { readonly offset: number },
  leaderEpoch: number,
  endOffset: number,
  turn: ConsumerTurn,
): Consumer {
  const state = partitionState(consumer.subscription, asked);
  const position = state?.position ?? null;
  if (state?.fetchState !== 'AWAIT_VALIDATION' || position === null || position.offset !== asked.offset)
    return consumer;
  const { autoOffsetReset } = consumer.settings;
  const place = topicPartitionName(asked);
  const at = `FetchPosition{offset=${position.offset}, offsetEpoch=Optional[${position.offsetEpoch}]}`;
  let next: PartitionState;
  if (endOffset < 0 || leaderEpoch < 0) next = requestReset(state, autoOffsetReset);
  else if (endOffset < position.offset && autoOffsetReset !== 'none') {
    next = seekValidated(state, { ...position, offset: endOffset, offsetEpoch: leaderEpoch });
  } else if (endOffset < position.offset) next = requestReset(state, 'none');
  else next = { ...state, fetchState: 'FETCHING' };
  if (next.fetchState === 'AWAIT_RESET' || next.position?.offset !== position.offset) {
    const isLost = autoOffsetReset === 'none';
    const end = isLost ? 'but no reset policy is set' : 'resetting offset';
    const text = `Truncation detected for partition ${place} at offset ${at}, ${end}`;
    turn.logs.push(logOf(consumer, isLost ? 'WARN' : 'INFO', text, SUBSCRIPTION_STATE));
    if (isLost) turn.failures.push(truncation(place, position.offset, endOffset));
  }
  return { ...consumer, subscription: updatePartition(consumer.subscription, asked, () => next) };
}
const SUBSCRIPTION_STATE = 'org.apache.kafka.clients.consumer.internals.SubscriptionState';

function truncation(place: string, offset: number, endOffset: number): JavaException {
  return {
    class: 'org.apache.kafka.clients.consumer.LogTruncationException',
    message: `Truncated partitions detected with divergent offsets {${place}=${endOffset}} (fetch offset ${offset})`,
  };
}

/** When the next of them is due; never: the largest number. */
export function positionsDueAt({ subscription }: Consumer): number {
  let dueAt = Number.MAX_SAFE_INTEGER;
  for (const { fetchState, nextRetryAt, resetStrategy } of subscription.partitions) {
    const isOpen = fetchState === 'AWAIT_VALIDATION' || (fetchState === 'AWAIT_RESET' && resetStrategy !== 'none');
    if (isOpen) dueAt = Math.min(dueAt, nextRetryAt);
  }
  return dueAt;
}
