/**
 * Committing offsets: by timer, before a rebalance, on demand, on close.
 *
 * Follows `ConsumerCoordinator` (3.9.0): `maybeAutoCommitOffsetsAsync`, `commitOffsetsSync`, `sendOffsetCommitRequest`.
 */
import { kafkaErrors } from '../../../kafka/errors.ts';
import { type LeaderEpoch, NO_LEADER_EPOCH, type Offset } from '../../../kafka/ids.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { byTopic, question } from '../admin/adminDefinition.ts';
import { apiException, exceptionOf, isRetriable, type JavaException, simpleName } from '../javaException.ts';
import { type ClientResponse, logOf } from '../networkClient.ts';
import {
  type CommitPurpose,
  type Consumer,
  type ConsumerTag,
  type ConsumerTurn,
  type Generation,
  NO_GENERATION,
  type OffsetToCommit,
  withCoordinator,
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
import { memberStateName } from './memberState.ts';
import { requestRejoin, resetBy, resetGeneration, isSameGeneration } from './rejoin.ts';
import { hasValidPosition, inMapOrder, isAutoAssigned, updatePartition } from './subscriptionState.ts';
import { enqueueRequest } from './unsent.ts';

/** `SubscriptionState#allConsumed`: every position that is valid. */
export function allConsumed({ subscription }: Consumer): readonly OffsetToCommit[] {
  return subscription.partitions.filter(hasValidPosition).map(({ topic, partition, position }) => ({
    topic,
    partition,
    offset: position?.offset ?? 0,
    leaderEpoch: position?.offsetEpoch ?? null,
  }));
}

const commitFailed: JavaException = {
  class: 'org.apache.kafka.clients.consumer.CommitFailedException',
  message:
    'Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.',
};

/** Sends a commit, or hears at once why it cannot be sent. */
function sendCommit(
  consumer: Consumer,
  offsets: readonly OffsetToCommit[],
  purpose: CommitPurpose,
  turn: ConsumerTurn,
): Consumer | JavaException {
  const { coordinator, settings, subscription } = consumer;
  if (coordinator === null || coordinator.node === null)
    return apiException('CoordinatorNotAvailableException', coordinatorMissing);
  let { generation } = coordinator;
  if (!isAutoAssigned(subscription)) generation = NO_GENERATION;
  else if (memberStateName(coordinator.member) !== 'STABLE') {
    const isRebalancing = memberStateName(coordinator.member) !== 'UNJOINED';
    return isRebalancing ? rebalancing : commitFailed;
  }
  const asked = question('OffsetCommit', {
    groupId: coordinator.groupId,
    generationIdOrMemberEpoch: generation.generationId,
    memberId: generation.memberId,
    groupInstanceId: settings.groupInstanceId,
    topics: byTopic(offsets).map(([name, entries]) => ({
      name,
      partitions: entries.map(({ partition, offset, leaderEpoch }) => ({
        partitionIndex: partition,
        committedOffset: offset as Offset,
        committedLeaderEpoch: leaderEpoch === null ? NO_LEADER_EPOCH : (leaderEpoch as LeaderEpoch),
        committedMetadata: '',
      })),
    })),
  });
  return enqueueRequest(consumer, coordinator.node, asked, { kind: 'commit', purpose, generation, offsets }, turn);
}
const coordinatorMissing = 'The coordinator is not available.';
const rebalancing = apiException(
  'RebalanceInProgressException',
  'Offset commit cannot be completed since the consumer is undergoing a rebalance for auto partition assignment. You can try completing the rebalance by calling poll() and then retry the operation.',
);

const isConsumer = (either: Consumer | JavaException): either is Consumer => 'settings' in either;

/** From poll, when the interval has passed. */
export function autoCommitIfDue(before: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, settings } = before;
  if (coordinator === null || !settings.isAutoCommitOn || coordinator.nextAutoCommitAt > turn.now) return before;
  const nextAutoCommitAt = (turn.now + ms(settings.autoCommitIntervalMs)) as VirtualTimeUs;
  const consumer = withCoordinator(before, { nextAutoCommitAt });
  const offsets = allConsumed(consumer);
  if (offsets.length === 0) return consumer;
  if (!isCoordinatorKnown(consumer)) return lookUpCoordinator(consumer, turn);
  const sent = sendCommit(consumer, offsets, { kind: 'auto' }, turn);
  return isConsumer(sent) ? counted(sent, 1) : autoCommitFailed(consumer, offsets, sent, turn);
}

function counted(consumer: Consumer, by: number): Consumer {
  const count = (consumer.coordinator?.asyncCommitsInFlight ?? 0) + by;
  return withCoordinator(consumer, { asyncCommitsInFlight: count });
}

function autoCommitFailed(
  consumer: Consumer,
  offsets: readonly OffsetToCommit[],
  exception: JavaException,
  turn: ConsumerTurn,
): Consumer {
  if (isRetriable(exception)) {
    return withCoordinator(consumer, { nextAutoCommitAt: (turn.now + retryBackoffUs(consumer)) as VirtualTimeUs });
  }
  const text = `Asynchronous auto-commit of offsets ${offsetsText(offsets)} failed: ${exception.message}`;
  turn.logs.push(logOf(consumer, 'WARN', text, CONSUMER_COORDINATOR));
  return consumer;
}

/** As Java prints a map of `OffsetAndMetadata`. */
function offsetsText(offsets: readonly OffsetToCommit[]): string {
  const entries = inMapOrder(offsets).map(
    (entry) =>
      `${topicPartitionName(entry)}=OffsetAndMetadata{offset=${entry.offset}, leaderEpoch=${entry.leaderEpoch ?? 'null'}, metadata=''}`,
  );
  return `{${entries.join(', ')}}`;
}

/** Before joining, with auto-commit on: `joinCommit` tells how far it is. */
export function commitBeforeJoin(before: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, settings } = before;
  if (coordinator === null) return before;
  const { joinCommit, joinPrepareUntil, joinNotBefore } = coordinator;
  if (!settings.isAutoCommitOn || joinCommit === 'done') return before;
  const until = joinPrepareUntil ?? ((turn.now + ms(settings.maxPollIntervalMs)) as VirtualTimeUs);
  if (turn.now >= until) {
    const text = 'Asynchronous auto-commit of offsets failed: joinPrepare timeout. Will continue to join group';
    turn.logs.push(logOf(before, 'ERROR', text, CONSUMER_COORDINATOR));
    return withCoordinator(before, { joinCommit: 'done' });
  }
  if (joinCommit === 'inFlight' || (joinCommit === 'retry' && joinNotBefore > turn.now)) return before;
  const offsets = allConsumed(before);
  const isMember = memberStateName(coordinator.member) === 'STABLE';
  if (offsets.length === 0 || !isMember)
    return withCoordinator(before, { joinCommit: 'done', joinPrepareUntil: until });
  const partitions = before.subscription.partitions.map((state) => ({ ...state, isPendingRevocation: true }));
  const consumer = { ...before, subscription: { ...before.subscription, partitions } };
  const sent = sendCommit(consumer, offsets, { kind: 'beforeJoin' }, turn);
  return isConsumer(sent)
    ? withCoordinator(sent, { joinCommit: 'inFlight', joinPrepareUntil: until })
    : afterCommitBeforeJoin(consumer, sent, turn);
}

function afterCommitBeforeJoin(consumer: Consumer, exception: JavaException | null, turn: ConsumerTurn): Consumer {
  if (exception !== null && isRetriable(exception)) {
    const joinNotBefore = (turn.now + retryBackoffUs(consumer)) as VirtualTimeUs;
    return withCoordinator(consumer, { joinCommit: 'retry', joinNotBefore });
  }
  if (exception !== null) {
    const text = `Asynchronous auto-commit of offsets failed: ${exception.message}. Will continue to join group.`;
    turn.logs.push(logOf(consumer, 'ERROR', text, CONSUMER_COORDINATOR));
  }
  return withCoordinator(consumer, { joinCommit: 'done' });
}

/** `commitAsync`; null offsets: all positions. Ends in `calls`. */
export function commitAsync(
  before: Consumer,
  offsets: readonly OffsetToCommit[] | null,
  tag: string,
  turn: ConsumerTurn,
): Consumer {
  const committing = offsets ?? allConsumed(before);
  if (committing.length === 0) {
    turn.calls.push({ tag, exception: null });
    return before;
  }
  const consumer = isCoordinatorKnown(before) ? before : lookUpCoordinator(before, turn);
  const sent = sendCommit(consumer, committing, { kind: 'async', tag }, turn);
  if (isConsumer(sent)) return counted(sent, 1);
  turn.calls.push({ tag, exception: asyncFailure(sent) });
  return consumer;
}

function asyncFailure(exception: JavaException): JavaException {
  if (!isRetriable(exception)) return exception;
  return {
    class: 'org.apache.kafka.clients.consumer.RetriableCommitFailedException',
    message:
      'Offset commit failed with a retriable exception. You should retry committing the latest consumed offsets.',
    cause: exception,
  };
}

/** Begins a commit that somebody waits for. */
export function beginSyncCommit(
  consumer: Consumer,
  offsets: readonly OffsetToCommit[],
  tag: string | null,
  deadlineAt: VirtualTimeUs,
  turn: ConsumerTurn,
): Consumer {
  if (offsets.length === 0) {
    if (tag !== null) turn.calls.push({ tag, exception: null });
    return consumer;
  }
  return withCoordinator(consumer, {
    syncCommit: { tag, offsets, deadlineAt, notBefore: turn.now, isInFlight: false },
  });
}

/** The waited-for commit goes on: finds the coordinator, sends, repeats, gives up. */
export function driveSyncCommit(before: Consumer, turn: ConsumerTurn): Consumer {
  const commit = before.coordinator?.syncCommit ?? null;
  if (commit === null) return before;
  if (turn.now >= commit.deadlineAt) {
    const timeoutMs = before.settings.defaultApiTimeoutMs;
    const message = `Timeout of ${timeoutMs}ms expired before successfully committing offsets ${offsetsText(commit.offsets)}`;
    return endSyncCommit(before, commit.tag === null ? null : apiException('TimeoutException', message), turn);
  }
  if (commit.isInFlight || commit.notBefore > turn.now) return before;
  const fenced = fencedCommit(before);
  if (fenced !== null) return endSyncCommit(before, fenced, turn);
  if (!isCoordinatorKnown(before)) return lookUpCoordinator(before, turn);
  const sent = sendCommit(before, commit.offsets, { kind: 'sync' }, turn);
  if (isConsumer(sent)) return withCoordinator(sent, { syncCommit: { ...commit, isInFlight: true } });
  return afterSyncCommit(before, sent, turn);
}

/** What is thrown once an asynchronous commit has been fenced (`ConsumerCoordinator#invokeCompletedOffsetCommitCallbacks`); null before. */
export function fencedCommit({ coordinator, settings }: Consumer): JavaException | null {
  if (coordinator?.isAsyncCommitFenced !== true) return null;
  return apiException(
    'FencedInstanceIdException',
    `Get fenced exception for group.instance.id ${settings.groupInstanceId ?? 'unset_instance_id'}, current member.id is ${coordinator.generation.memberId}`,
  );
}

const isFencing = (exception: JavaException | null): boolean =>
  exception !== null && simpleName(exception) === 'FencedInstanceIdException';

function afterSyncCommit(consumer: Consumer, exception: JavaException | null, turn: ConsumerTurn): Consumer {
  const commit = consumer.coordinator?.syncCommit ?? null;
  if (commit === null) return consumer;
  if (exception !== null && isRetriable(exception)) {
    const notBefore = (turn.now + retryBackoffUs(consumer)) as VirtualTimeUs;
    return withCoordinator(consumer, { syncCommit: { ...commit, isInFlight: false, notBefore } });
  }
  return endSyncCommit(consumer, exception, turn);
}

function endSyncCommit(consumer: Consumer, exception: JavaException | null, turn: ConsumerTurn): Consumer {
  const commit = consumer.coordinator?.syncCommit ?? null;
  if (commit === null) return consumer;
  if (commit.tag !== null) turn.calls.push({ tag: commit.tag, exception });
  else if (exception !== null) {
    const text = `Synchronous auto-commit of offsets ${offsetsText(commit.offsets)} failed: ${exception.message}`;
    turn.logs.push(logOf(consumer, 'WARN', text, CONSUMER_COORDINATOR));
  }
  return withCoordinator(consumer, { syncCommit: null });
}

/** An answer to a commit, or its loss. */
export function afterCommit(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  { purpose, offsets, generation }: Extract<ConsumerTag, { kind: 'commit' }>,
  turn: ConsumerTurn,
): Consumer {
  let consumer = before;
  let exception: JavaException | null = null;
  if (answer?.api === 'OffsetCommit') {
    for (const { name, partitions } of answer.body.topics) {
      for (const { partitionIndex, errorCode } of partitions) {
        if (errorCode === 'NONE' || exception !== null) continue;
        const place = { topic: name, partition: partitionIndex };
        const offset = offsets.find(({ topic, partition }) => topic === name && partition === partitionIndex)?.offset;
        const text = `Offset commit failed on partition ${topicPartitionName(place)} at offset ${offset}: ${kafkaErrors[errorCode].message}`;
        const level = isRetriable(exceptionOf(errorCode)) ? 'WARN' : 'ERROR';
        turn.logs.push(logOf(consumer, level, text, CONSUMER_COORDINATOR));
        [consumer, exception] = refusedBy(consumer, errorCode, generation, turn);
      }
    }
    if (exception === null) consumer = withCommitted(consumer, offsets);
  } else {
    consumer = markCoordinatorUnknown(consumer, turn, { isDisconnected: true });
    exception = apiException('DisconnectException', null);
  }
  if ((purpose.kind === 'auto' || purpose.kind === 'async') && isFencing(exception)) {
    return withCoordinator(counted(consumer, -1), { isAsyncCommitFenced: true });
  }
  switch (purpose.kind) {
    case 'auto':
      consumer = counted(consumer, -1);
      return exception === null ? consumer : autoCommitFailed(consumer, offsets, exception, turn);
    case 'beforeJoin':
      return afterCommitBeforeJoin(consumer, exception, turn);
    case 'sync':
      return afterSyncCommit(consumer, exception, turn);
    case 'async':
      turn.calls.push({ tag: purpose.tag, exception: exception === null ? null : asyncFailure(exception) });
      return counted(consumer, -1);
  }
}

function withCommitted(consumer: Consumer, offsets: readonly OffsetToCommit[]): Consumer {
  let { subscription } = consumer;
  for (const entry of offsets) {
    subscription = updatePartition(subscription, entry, (state) => ({ ...state, committed: entry.offset }));
  }
  return { ...consumer, subscription };
}

function refusedBy(
  consumer: Consumer,
  error: keyof typeof kafkaErrors,
  sent: Generation,
  turn: ConsumerTurn,
): [Consumer, JavaException] {
  if (isCoordinatorGone(error) || error === 'REQUEST_TIMED_OUT') {
    return [markCoordinatorUnknown(consumer, turn, { isDisconnected: false }), exceptionOf(error)];
  }
  if (error === 'REBALANCE_IN_PROGRESS') {
    const message =
      'Offset commit cannot be completed since the consumer group is executing a rebalance at the moment. You can try completing the rebalance by calling poll() and then retry commit again';
    const asked = requestRejoin(consumer, 'offset commit failed since group is already rebalancing', turn);
    return [asked, apiException('RebalanceInProgressException', message)];
  }
  if (error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION') {
    const state = consumer.coordinator === null ? 'UNJOINED' : memberStateName(consumer.coordinator.member);
    if (!isSameGeneration(consumer, sent) && state === 'PREPARING_REBALANCE') {
      const message =
        "Offset commit cannot be completed since the consumer member's generation is already stale, meaning it has already participated another rebalance and got a new generation. You can try completing the rebalance by calling poll() and then retry commit again";
      return [consumer, apiException('RebalanceInProgressException', message)];
    }
    const reset = resetBy('OFFSET_COMMIT', error, error === 'ILLEGAL_GENERATION');
    return [resetGeneration(consumer, reset, turn), commitFailed];
  }
  const known = new Set([
    'GROUP_AUTHORIZATION_FAILED',
    'OFFSET_METADATA_TOO_LARGE',
    'INVALID_COMMIT_OFFSET_SIZE',
    'FENCED_INSTANCE_ID',
    'TOPIC_AUTHORIZATION_FAILED',
  ]);
  if (known.has(error) || isRetriable(exceptionOf(error))) return [consumer, exceptionOf(error)];
  return [consumer, unexpected('in commit', error)];
}
