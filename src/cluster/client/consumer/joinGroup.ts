/**
 * Joining the group: give up what must be given up, JoinGroup, the leader's assignment, SyncGroup, take up what was assigned.
 *
 * Follows `AbstractCoordinator#joinGroupIfNeeded` and `ConsumerCoordinator#onJoinPrepare`, `#onJoinComplete` (3.9.0).
 */
import type { AssignorName } from '../../../kafka/assignor/assignors.ts';
import { type ErrorName, kafkaErrors } from '../../../kafka/errors.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { tell } from '../../facts.ts';
import { question } from '../admin/adminDefinition.ts';
import { apiException, exceptionOf, isRetriable, type JavaException } from '../javaException.ts';
import { isUpdateRequested, requestUpdateForNewTopics, withConsumerInterest } from '../metadata.ts';
import { type ClientResponse, logOf } from '../networkClient.ts';
import { rebalanceProtocolOf } from './consumerSettings.ts';
import {
  type Consumer,
  type ConsumerTag,
  type ConsumerTurn,
  type Coordinator,
  type Generation,
  metadataOf,
  NO_GENERATION,
  withCoordinator,
  withMetadata,
} from './consumerState.ts';
import {
  CONSUMER_COORDINATOR,
  isCoordinatorGone,
  markCoordinatorUnknown,
  retryBackoffUs,
  unexpected,
} from './findCoordinator.ts';
import {
  assignedPartitions,
  assignGroup,
  partitionCountsOf,
  protocolsOf,
  sameCounts,
  topicsOfGroup,
  without,
} from './groupAssignment.ts';
import { memberStateName, stepMember } from './memberState.ts';
import { commitBeforeJoin } from './offsetCommit.ts';
import { isSameGeneration, requestRejoin, resetBy, resetGeneration } from './rejoin.ts';
import { isAutoAssigned, metadataTopics, withAssignment } from './subscriptionState.ts';
import { enqueueRequest } from './unsent.ts';

/** Subscription or partition counts differ from those the group was joined with. */
export function noticeChanges(before: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, subscription } = before;
  if (coordinator === null || !isAutoAssigned(subscription)) return before;
  const { assignmentSnapshot, joinedSubscription, rejoinNeeded } = coordinator;
  if (rejoinNeeded) return before;
  if (assignmentSnapshot !== null) {
    const counts = partitionCountsOf(metadataOf(before).cluster, metadataTopics(subscription));
    if (!sameCounts(assignmentSnapshot, counts)) return requestRejoin(before, 'cached metadata has changed', turn);
  }
  const topics = [...subscription.topics].sort().join(' ');
  if (joinedSubscription !== null && [...joinedSubscription].sort().join(' ') !== topics) {
    return requestRejoin(before, 'the subscription has changed', turn);
  }
  return before;
}

export function isRejoinNeededOrPending({ coordinator, subscription }: Consumer): boolean {
  if (coordinator === null || !isAutoAssigned(subscription)) return false;
  return coordinator.rejoinNeeded || coordinator.isJoining || coordinator.synced !== null;
}

/** One look at joining, from poll: does the next step if its time has come. The coordinator is known. */
export function joinIfNeeded(before: Consumer, turn: ConsumerTurn): Consumer {
  let consumer = before;
  const { coordinator } = consumer;
  if (coordinator === null || coordinator.node === null) return consumer;
  if (coordinator.synced !== null) consumer = completeJoin(consumer, coordinator.synced, turn);
  if (!isRejoinNeededOrPending(consumer) || consumer.coordinator === null) return consumer;
  const { isJoining, joinNotBefore, leaderAnswer } = consumer.coordinator;
  if (leaderAnswer !== null) return assignAsLeader(consumer, turn);
  if (isJoining || joinNotBefore > turn.now) return consumer;
  if (consumer.coordinator.needsJoinPrepare) {
    consumer = prepareJoin(consumer, turn);
    if (consumer.coordinator?.needsJoinPrepare === true) return consumer;
  }
  return sendJoinGroup(consumer, turn);
}

/** Commits what auto-commit owes, then gives up what the protocol wants given up. */
function prepareJoin(before: Consumer, turn: ConsumerTurn): Consumer {
  const consumer = commitBeforeJoin(before, turn);
  const { coordinator, subscription } = consumer;
  if (coordinator === null || coordinator.joinCommit === 'inFlight' || coordinator.joinCommit === 'retry')
    return consumer;
  const owned = subscription.partitions.map(({ topic, partition }) => ({ topic, partition }));
  const { generation } = coordinator;
  const isLost = generation.generationId === NO_GENERATION.generationId || generation.memberId === '';
  let given: readonly TopicPartition[] = [];
  if (isLost) {
    if (owned.length > 0) {
      given = owned;
      turn.rebalances.push({ what: 'lost', partitions: owned });
      tellRevoked(coordinator, owned, turn, { isLost: true });
    }
  } else if (rebalanceProtocolOf(consumer.settings) === 'EAGER') {
    given = owned;
    if (owned.length > 0) turn.rebalances.push({ what: 'revoked', partitions: owned });
    tellRevoked(coordinator, owned, turn);
  } else {
    given = owned.filter(({ topic }) => !subscription.topics.includes(topic));
    if (given.length > 0) turn.rebalances.push({ what: 'revoked', partitions: given });
    tellRevoked(coordinator, given, turn);
  }
  const kept = withAssignment({ ...subscription, groupTopics: [] }, without(owned, given));
  return withCoordinator(
    { ...consumer, subscription: kept },
    { needsJoinPrepare: false, joinPrepareUntil: null, joinCommit: 'none', isLeader: false },
  );
}

export function tellRevoked(
  { groupId, generation }: Coordinator,
  partitions: readonly TopicPartition[],
  turn: ConsumerTurn,
  { isLost = false }: { readonly isLost?: boolean } = {},
): void {
  if (partitions.length === 0) return;
  const { memberId } = generation;
  turn.effects.push(tell('partitionsRevoked', { group: groupId, memberId, partitions, isLost }));
}

function sendJoinGroup(consumer: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, settings, subscription } = consumer;
  if (coordinator === null || coordinator.node === null) return consumer;
  const { groupId, generation, rejoinReason } = coordinator;
  const asked = question('JoinGroup', {
    groupId,
    sessionTimeoutMs: settings.sessionTimeoutMs,
    rebalanceTimeoutMs: settings.maxPollIntervalMs,
    memberId: generation.memberId,
    groupInstanceId: settings.groupInstanceId,
    protocolType: 'consumer',
    protocols: protocolsOf(consumer, coordinator),
    reason: rejoinReason,
  });
  // The coordinator answers when all have joined: that may take the whole rebalance timeout.
  const timeoutUs = Math.max(consumer.network.requestTimeoutUs, ms(settings.maxPollIntervalMs + 5000));
  const joining = withCoordinator(consumer, {
    isJoining: true,
    member: stepMember(coordinator.member, { type: 'JOIN_GROUP_SENT' }),
    joinedSubscription: subscription.topics,
    // While joining no heartbeats are sent: the coordinator waits for the members anyway.
    heartbeatsOn: false,
  });
  return enqueueRequest(joining, coordinator.node, asked, { kind: 'join', generation }, turn, timeoutUs);
}

export function afterJoinGroup(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  sent: Generation,
  turn: ConsumerTurn,
): Consumer {
  const { coordinator } = before;
  if (coordinator === null) return before;
  if (answer?.api !== 'JoinGroup') return joinFailed(before, disconnected, turn);
  const { errorCode, generationId, memberId, protocolName, leader } = answer.body;
  if (errorCode !== 'NONE') return joinRefused(before, errorCode, memberId, sent, turn);
  if (memberStateName(coordinator.member) !== 'PREPARING_REBALANCE') return joinFailed(before, unjoinedGroup, turn);
  const generation: Generation = { generationId, memberId, protocolName: assignorNamed(before, protocolName) };
  const joined = withCoordinator(before, {
    generation,
    member: stepMember(coordinator.member, { type: 'JOINED' }),
    ...heartbeatFromNow(before, turn.now),
  });
  const text = `Successfully joined group with generation Generation{generationId=${generationId}, memberId='${memberId}', protocol='${protocolName}'}`;
  turn.logs.push(logOf(joined, 'INFO', text, CONSUMER_COORDINATOR));
  if (leader !== memberId) return sendSyncGroup(joined, [], turn);
  return assignAsLeader(
    watchGroupTopics(withCoordinator(joined, { leaderAnswer: answer.body }), topicsOfGroup(answer.body)),
    turn,
  );
}

function assignorNamed({ settings }: Consumer, name: string | null): AssignorName | null {
  return settings.assignors.find((assignor) => assignor === name) ?? null;
}

/** Heartbeats begin anew, all timers reset. */
function heartbeatFromNow({ settings }: Consumer, now: VirtualTimeUs): Partial<Coordinator> {
  return {
    heartbeatsOn: true,
    heartbeatInFlight: false,
    failedHeartbeats: 0,
    nextHeartbeatAt: (now + ms(settings.heartbeatIntervalMs)) as VirtualTimeUs,
    sessionExpiresAt: (now + ms(settings.sessionTimeoutMs)) as VirtualTimeUs,
    lastPollAt: now,
  };
}

/** The leader watches the topics of all members: their metadata first. */
function watchGroupTopics(consumer: Consumer, topics: readonly string[]): Consumer {
  const known = metadataTopics(consumer.subscription);
  const subscription = { ...consumer.subscription, groupTopics: topics };
  const next = { ...consumer, subscription };
  if (topics.every((topic) => known.includes(topic))) return next;
  const interested = withConsumerInterest(metadataOf(next), metadataTopics(subscription), subscription.pattern);
  return withMetadata(next, requestUpdateForNewTopics(interested));
}

/** Assigns once its metadata is fresh. */
function assignAsLeader(consumer: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, subscription } = consumer;
  const answer = coordinator?.leaderAnswer ?? null;
  if (coordinator === null || answer === null) return consumer;
  const metadata = metadataOf(consumer);
  if (isUpdateRequested(metadata) || consumer.network.question !== null) return consumer;
  const counts = partitionCountsOf(metadata.cluster, metadataTopics(subscription));
  const { protocolName } = coordinator.generation;
  if (protocolName === null) return joinFailed(consumer, exceptionOf('INCONSISTENT_GROUP_PROTOCOL'), turn);
  // A static member that comes back to a stable group leads it without assigning anew (KIP-814).
  const assignments = answer.skipAssignment ? [] : assignGroup(answer, protocolName, counts);
  const leading = withCoordinator(consumer, { leaderAnswer: null, isLeader: true, assignmentSnapshot: counts });
  return sendSyncGroup(leading, assignments, turn);
}

function sendSyncGroup(consumer: Consumer, assignments: ReturnType<typeof assignGroup>, turn: ConsumerTurn): Consumer {
  const { coordinator, settings } = consumer;
  if (coordinator === null || coordinator.node === null) return joinFailed(consumer, disconnected, turn);
  const { groupId, generation } = coordinator;
  const asked = question('SyncGroup', {
    groupId,
    generationId: generation.generationId,
    memberId: generation.memberId,
    groupInstanceId: settings.groupInstanceId,
    protocolType: 'consumer',
    protocolName: generation.protocolName,
    assignments,
  });
  return enqueueRequest(consumer, coordinator.node, asked, { kind: 'sync', generation }, turn);
}

export function afterSyncGroup(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  sent: Generation,
  turn: ConsumerTurn,
): Consumer {
  const { coordinator } = before;
  if (coordinator === null) return before;
  if (answer?.api !== 'SyncGroup') return joinFailed(before, disconnected, turn);
  const { errorCode, assignment } = answer.body;
  if (errorCode === 'NONE') {
    if (memberStateName(coordinator.member) !== 'COMPLETING_REBALANCE') {
      return joinFailed(before, exceptionOf('ILLEGAL_GENERATION'), turn);
    }
    const { generation } = coordinator;
    turn.logs.push(
      logOf(before, 'INFO', `Successfully synced group in generation ${generation.generationId}`, CONSUMER_COORDINATOR),
    );
    return withCoordinator(before, {
      member: stepMember(coordinator.member, { type: 'SYNCED' }),
      rejoinNeeded: false,
      rejoinReason: '',
      isJoining: false,
      synced: assignedPartitions(assignment),
    });
  }
  if (errorCode === 'FENCED_INSTANCE_ID') {
    logFenced(before, 'SyncGroup', sent, turn);
    return joinFailed(before, exceptionOf(errorCode), turn);
  }
  if (errorCode === 'UNKNOWN_MEMBER_ID' || errorCode === 'ILLEGAL_GENERATION') {
    const reset = isSameGeneration(before, sent)
      ? resetGeneration(before, resetBy('SYNC_GROUP', errorCode, errorCode === 'ILLEGAL_GENERATION'), turn)
      : before;
    return joinFailed(reset, exceptionOf(errorCode), turn);
  }
  if (isCoordinatorGone(errorCode)) {
    return joinFailed(markCoordinatorUnknown(before, turn, { isDisconnected: false }), exceptionOf(errorCode), turn);
  }
  const isKnown = errorCode === 'REBALANCE_IN_PROGRESS' || isRetriable(exceptionOf(errorCode));
  return joinFailed(before, isKnown ? exceptionOf(errorCode) : unexpected('from SyncGroup', errorCode), turn);
}

const disconnected = apiException('DisconnectException', null);
const unjoinedGroup: JavaException = {
  class: 'org.apache.kafka.clients.consumer.internals.AbstractCoordinator$UnjoinedGroupException',
  message: null,
};

function logFenced(
  consumer: Consumer,
  api: string,
  { generationId, memberId, protocolName }: Generation,
  turn: ConsumerTurn,
): void {
  const text = `${api} failed: The group instance id Optional[${consumer.settings.groupInstanceId}] has been fenced by another instance. Sent generation was Generation{generationId=${generationId}, memberId='${memberId}', protocol='${protocolName}'}`;
  turn.logs.push(logOf(consumer, 'ERROR', text, CONSUMER_COORDINATOR));
}

function joinRefused(
  before: Consumer,
  error: ErrorName,
  memberId: string,
  sent: Generation,
  turn: ConsumerTurn,
): Consumer {
  const text = kafkaErrors[error].message ?? '';
  switch (error) {
    case 'MEMBER_ID_REQUIRED': {
      const named = withCoordinator(before, { generation: { ...NO_GENERATION, memberId } });
      const asked = requestRejoin(named, `need to re-join with the given member-id: ${memberId}`, turn);
      return joinFailed(asked, exceptionOf(error), turn);
    }
    case 'UNKNOWN_MEMBER_ID': {
      const reset = isSameGeneration(before, sent)
        ? resetGeneration(before, resetBy('JOIN_GROUP', error, false), turn)
        : before;
      return joinFailed(reset, exceptionOf(error), turn);
    }
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'NOT_COORDINATOR':
      return joinFailed(markCoordinatorUnknown(before, turn, { isDisconnected: false }), exceptionOf(error), turn);
    case 'COORDINATOR_LOAD_IN_PROGRESS':
    case 'REBALANCE_IN_PROGRESS':
      return joinFailed(before, exceptionOf(error), turn);
    case 'FENCED_INSTANCE_ID':
      logFenced(before, 'JoinGroup', sent, turn);
      return joinFailed(before, exceptionOf(error), turn);
    case 'INCONSISTENT_GROUP_PROTOCOL':
    case 'INVALID_SESSION_TIMEOUT':
    case 'INVALID_GROUP_ID':
    case 'GROUP_AUTHORIZATION_FAILED':
    case 'GROUP_MAX_SIZE_REACHED': {
      turn.logs.push(logOf(before, 'ERROR', `JoinGroup failed due to fatal error: ${text}`, CONSUMER_COORDINATOR));
      const message = `Consumer group ${before.settings.groupId} already has the configured maximum number of members.`;
      return joinFailed(
        before,
        error === 'GROUP_MAX_SIZE_REACHED' ? exceptionOf(error, message) : exceptionOf(error),
        turn,
      );
    }
    default:
      turn.logs.push(logOf(before, 'ERROR', `JoinGroup failed due to unexpected error: ${text}`, CONSUMER_COORDINATOR));
      return joinFailed(before, unexpected('in join group response', error), turn);
  }
}

const atOnce = new Set([
  'UnknownMemberIdException',
  'IllegalGenerationException',
  'RebalanceInProgressException',
  'MemberIdRequiredException',
]);

/** The attempt is over: again at once, after a backoff, or, if nothing will mend it, poll throws. */
function joinFailed(before: Consumer, exception: JavaException, turn: ConsumerTurn): Consumer {
  const name = exception.class.slice(exception.class.lastIndexOf('.') + 1);
  const markedIfLost =
    name === 'DisconnectException' ? markCoordinatorUnknown(before, turn, { isDisconnected: true }) : before;
  // Who was given a member id has been told why to join again.
  const again =
    name === 'MemberIdRequiredException'
      ? markedIfLost
      : requestRejoin(markedIfLost, `rebalance failed due to ${name}`, turn);
  const isAtOnce = atOnce.has(name);
  if (!isAtOnce && !isRetriable(exception) && exception !== unjoinedGroup) turn.failures.push(exception);
  const joinNotBefore = (isAtOnce ? turn.now : turn.now + retryBackoffUs(before)) as VirtualTimeUs;
  return withCoordinator(again, { isJoining: false, leaderAnswer: null, synced: null, joinNotBefore });
}

/** `ConsumerCoordinator#onJoinComplete`. */
function completeJoin(before: Consumer, assigned: readonly TopicPartition[], turn: ConsumerTurn): Consumer {
  const { coordinator, settings } = before;
  if (coordinator === null) return before;
  const done = withCoordinator(before, {
    synced: null,
    needsJoinPrepare: true,
    ...(coordinator.isLeader ? {} : { assignmentSnapshot: null }),
  });
  // The heartbeat may have found meanwhile that the generation is no more.
  if (memberStateName(coordinator.member) !== 'STABLE') {
    return requestRejoin(done, 'rebalance failed due to a reset generation', turn);
  }
  const owned = before.subscription.partitions.map(({ topic, partition }) => ({ topic, partition }));
  if (!matchesSubscription(before, assigned)) {
    return requestRejoin(done, 'received assignments are not matching current subscription', turn);
  }
  let consumer = done;
  if (rebalanceProtocolOf(settings) === 'COOPERATIVE') {
    const revoked = without(owned, assigned);
    if (revoked.length > 0) {
      turn.rebalances.push({ what: 'revoked', partitions: revoked });
      tellRevoked(coordinator, revoked, turn);
      consumer = requestRejoin(consumer, 'need to revoke partitions and re-join', turn);
    }
  }
  const { generation } = coordinator;
  const added = without(assigned, owned);
  turn.rebalances.push({ what: 'assigned', partitions: added });
  turn.effects.push(
    tell('assignmentReceived', { group: coordinator.groupId, memberId: generation.memberId, partitions: assigned }),
  );
  consumer = withCoordinator(consumer, {
    nextAutoCommitAt: (turn.now + ms(settings.autoCommitIntervalMs)) as VirtualTimeUs,
    stickyMemory: { partitions: assigned, generation: generation.generationId },
  });
  return { ...consumer, subscription: withAssignment(consumer.subscription, assigned) };
}

function matchesSubscription({ subscription }: Consumer, assigned: readonly TopicPartition[]): boolean {
  const { pattern, topics } = subscription;
  return assigned.every(({ topic }) =>
    pattern === null ? topics.includes(topic) : new RegExp(`^(?:${pattern})$`).test(topic),
  );
}
