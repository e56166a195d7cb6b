/**
 * Where a partition that has just been assigned begins: at the group's committed offset, if there is one.
 *
 * Follows `ConsumerCoordinator#initWithCommittedOffsetsIfNeeded` and `OffsetFetchResponseHandler` (3.9.0).
 */
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import { byTopic, question } from '../admin/adminDefinition.ts';
import { exceptionOf, isRetriable, kafkaException } from '../javaException.ts';
import { currentLeader, sawLeaderEpoch } from '../metadata.ts';
import { type ClientResponse, logOf } from '../networkClient.ts';
import {
  type Consumer,
  type ConsumerTag,
  type ConsumerTurn,
  metadataOf,
  withCoordinator,
  withMetadata,
} from './consumerState.ts';
import {
  CONSUMER_COORDINATOR,
  isCoordinatorGone,
  isCoordinatorKnown,
  lookUpCoordinator,
  markCoordinatorUnknown,
  retryBackoffUs,
  unexpected,
} from './findCoordinator.ts';
import { requestReset, seekUnvalidated, updatePartition } from './subscriptionState.ts';
import { enqueueRequest } from './unsent.ts';

const isInitializing = ({ fetchState }: { readonly fetchState: string }) => fetchState === 'INITIALIZING';

/** Partitions that wait for their committed offset. */
export function fetchCommittedIfNeeded(before: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, subscription } = before;
  if (coordinator === null) return before;
  const partitions = subscription.partitions.filter(isInitializing);
  if (partitions.length === 0 || coordinator.isFetchingOffsets || coordinator.offsetFetchNotBefore > turn.now)
    return before;
  if (!isCoordinatorKnown(before)) return lookUpCoordinator(before, turn);
  if (coordinator.node === null) return before;
  const asked = question('OffsetFetch', {
    groups: [
      {
        groupId: coordinator.groupId,
        topics: byTopic(partitions).map(([name, entries]) => ({
          name,
          partitionIndexes: entries.map(({ partition }) => partition),
        })),
      },
    ],
    requireStable: true,
  });
  const places = partitions.map(({ topic, partition }) => ({ topic, partition }));
  return withCoordinator(
    enqueueRequest(before, coordinator.node, asked, { kind: 'offsetFetch', partitions: places }, turn),
    { isFetchingOffsets: true },
  );
}

export function afterOffsetFetch(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  partitions: readonly TopicPartition[],
  turn: ConsumerTurn,
): Consumer {
  const consumer = withCoordinator(before, { isFetchingOffsets: false });
  const later = withCoordinator(consumer, {
    offsetFetchNotBefore: (turn.now + retryBackoffUs(consumer)) as VirtualTimeUs,
  });
  if (answer?.api !== 'OffsetFetch') return markCoordinatorUnknown(later, turn, { isDisconnected: true });
  const [group] = answer.body.groups;
  if (group === undefined) return later;
  if (group.errorCode !== 'NONE') {
    if (isCoordinatorGone(group.errorCode)) return markCoordinatorUnknown(later, turn, { isDisconnected: false });
    const exception = exceptionOf(group.errorCode);
    if (isRetriable(exception)) return later;
    turn.failures.push(
      group.errorCode === 'GROUP_AUTHORIZATION_FAILED'
        ? exception
        : unexpected('in fetch offset response', group.errorCode),
    );
    return later;
  }
  let next = consumer;
  for (const { name, partitions: answers } of group.topics) {
    for (const { partitionIndex, errorCode, committedOffset, committedLeaderEpoch } of answers) {
      const place = { topic: name, partition: partitionIndex };
      if (errorCode === 'UNSTABLE_OFFSET_COMMIT' || errorCode === 'COORDINATOR_LOAD_IN_PROGRESS') return later;
      if (errorCode === 'UNKNOWN_TOPIC_OR_PARTITION') {
        turn.failures.push(kafkaException(`Topic or Partition ${topicPartitionName(place)} does not exist`));
        return later;
      }
      if (errorCode !== 'NONE') {
        turn.failures.push(
          kafkaException(
            `Unexpected error in fetch offset response for partition ${topicPartitionName(place)}: ${exceptionOf(errorCode).message}`,
          ),
        );
        return later;
      }
      const isAsked = partitions.some(({ topic, partition }) => topic === name && partition === partitionIndex);
      if (isAsked) next = beginAt(next, place, committedOffset, committedLeaderEpoch, turn);
    }
  }
  return next;
}

/** No offset: the reset policy decides. */
function beginAt(before: Consumer, place: TopicPartition, offset: number, epoch: number, turn: ConsumerTurn): Consumer {
  const { autoOffsetReset } = before.settings;
  let consumer = before;
  if (offset >= 0 && epoch >= 0) consumer = withMetadata(consumer, sawLeaderEpoch(metadataOf(consumer), place, epoch));
  const leader = currentLeader(metadataOf(consumer), place);
  const subscription = updatePartition(consumer.subscription, place, (state) => {
    if (!isInitializing(state)) return state;
    if (offset < 0) return requestReset(state, autoOffsetReset);
    const position = { offset, offsetEpoch: epoch < 0 ? null : epoch, currentLeader: leader };
    return { ...seekUnvalidated(state, position), committed: offset };
  });
  if (offset >= 0) {
    const text = `Setting offset for partition ${topicPartitionName(place)} to the committed offset ${offset}`;
    turn.logs.push(logOf(consumer, 'INFO', text, CONSUMER_COORDINATOR));
  }
  return { ...consumer, subscription };
}
