/**
 * Kafka's consumer as a value. A process keeps it in its state, calls `poll`, forwards network events and CLIENT_TIMERs to it, and finds
 * what the poll returned in a later step (or the same one).
 *
 * Follows `org.apache.kafka.clients.consumer.internals.ClassicKafkaConsumer` (3.9.0). What blocks a thread in Java is a state here:
 * `isPolling`, `isClosing`, commits that end in `calls`.
 */
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { Delivered } from '../../../kernel/events.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { bootstrapOf } from '../clientConfig.ts';
import type { ClientEvent, ClientInit, ClientLog, ClientStep, Created } from '../clientStep.ts';
import { type JavaException, kafkaException } from '../javaException.ts';
import {
  createMetadata,
  currentLeader,
  isUpdateRequested,
  requestUpdateForNewTopics,
  withConsumerInterest,
} from '../metadata.ts';
import {
  type ClientResponse,
  closeNetwork,
  createNetworkClient,
  handleNetwork,
  maintainMetadata,
  scheduleWakeUp,
} from '../networkClient.ts';
import { afterOffsetFetch, fetchCommittedIfNeeded } from './committedOffsets.ts';
import { readConsumerSettings } from './consumerSettings.ts';
import {
  type Consumer,
  type ConsumerCallResult,
  type ConsumerTag,
  type ConsumerTurn,
  type Coordinator,
  metadataOf,
  NO_GENERATION,
  type OffsetToCommit,
  type PollResult,
  type RebalanceNotice,
  withCoordinator,
  withMetadata,
} from './consumerState.ts';
import { afterFetch, closeSessions, sendFetches } from './fetcher.ts';
import { collectFetch } from './fetchCollector.ts';
import { afterFindCoordinator, checkCoordinator, isCoordinatorKnown, lookUpCoordinator } from './findCoordinator.ts';
import { afterHeartbeat, beat, leaveGroup, nextBeatAt } from './heartbeat.ts';
import {
  afterJoinGroup,
  afterSyncGroup,
  isRejoinNeededOrPending,
  joinIfNeeded,
  noticeChanges,
  tellRevoked,
} from './joinGroup.ts';
import { unjoined } from './memberState.ts';
import {
  afterCommit,
  allConsumed,
  autoCommitIfDue,
  beginSyncCommit,
  commitAsync as beginAsyncCommit,
  driveSyncCommit,
  fencedCommit,
} from './offsetCommit.ts';
import {
  afterListOffsets,
  afterValidation,
  followLeaders,
  initializeWithoutCommitted,
  positionsDueAt,
  resetIfNeeded,
  validateIfNeeded,
} from './positions.ts';
import {
  hasAllPositions,
  isAutoAssigned,
  metadataTopics,
  noSubscription,
  partitionState,
  requestReset,
  seekUnvalidated,
  type SubscriptionState,
  updatePartition,
  withAssignment,
} from './subscriptionState.ts';
import { failUnsentOf, sendUnsent, unsentDueAt } from './unsent.ts';

export interface ConsumerStep extends ClientStep<Consumer> {
  /** The poll that was under way has returned. */
  readonly polled: PollResult | null;
  /** Commits that were waited for. */
  readonly calls: readonly ConsumerCallResult[];
  /** What a rebalance listener is told. */
  readonly rebalances: readonly RebalanceNotice[];
}

/** `new KafkaConsumer(properties)`, deserializers aside: keys and values are bytes. */
export function createConsumer(init: ClientInit): Created<Consumer> {
  const { properties, slot, seed, now } = init;
  const read = readConsumerSettings(properties, slot + 1);
  if ('exception' in read) return { outcome: 'failed', exception: read.exception, logs: [] };
  const { settings } = read;
  const { logPrefix, groupId } = settings;
  const warnings: readonly ClientLog[] = groupId === '' ? [emptyGroupId(logPrefix)] : [];
  const bootstrap = bootstrapOf(properties);
  const logs = [...warnings, ...bootstrap.logs];
  if (bootstrap.outcome === 'failed') {
    const exception = kafkaException('Failed to construct kafka consumer', bootstrap.exception);
    return { outcome: 'failed', exception, logs };
  }
  const { common, clientId } = settings;
  const metadata = createMetadata(
    bootstrap.nodes,
    {
      kind: 'consumer',
      topics: [],
      pattern: null,
      allowAutoTopicCreation: settings.allowAutoCreateTopics,
      includeInternalTopics: !settings.excludeInternalTopics,
    },
    {
      refreshBackoff: { initialMs: common['retry.backoff.ms'], maxMs: common['retry.backoff.max.ms'] },
      maxAgeMs: common['metadata.max.age.ms'],
    },
  );
  const state: Consumer = {
    slot,
    clientId,
    logPrefix,
    settings,
    network: createNetworkClient(common, { slot, seed, clientId, logPrefix, maxInFlight: 100, metadata }),
    unsent: [],
    subscription: noSubscription,
    coordinator: groupId === null ? null : coordinatorOf(groupId, now),
    fetcher: { sessions: [], pendingNodes: [], buffer: [] },
    seenUpdateVersion: 0,
    failure: null,
    pollingUntil: null,
    closing: 'no',
    closeUntil: now,
  };
  return { outcome: 'created', state, effects: [], logs };
}

const emptyGroupId = (logPrefix: string): ClientLog => ({
  level: 'WARN',
  text: `${logPrefix}Support for using the empty group id by consumers is deprecated and will be removed in the next major release.`,
  class: 'org.apache.kafka.clients.consumer.internals.ClassicKafkaConsumer',
});

function coordinatorOf(groupId: string, now: VirtualTimeUs): Coordinator {
  return {
    groupId,
    node: null,
    isFinding: false,
    findNotBefore: now,
    unknownSince: now,
    member: unjoined,
    generation: NO_GENERATION,
    rejoinNeeded: true,
    rejoinReason: '',
    needsJoinPrepare: true,
    isJoining: false,
    joinNotBefore: now,
    leaderAnswer: null,
    synced: null,
    joinPrepareUntil: null,
    joinCommit: 'none',
    isLeader: false,
    assignmentSnapshot: null,
    joinedSubscription: null,
    stickyMemory: null,
    heartbeatsOn: false,
    heartbeatInFlight: false,
    nextHeartbeatAt: now,
    failedHeartbeats: 0,
    sessionExpiresAt: now,
    lastPollAt: now,
    isFetchingOffsets: false,
    offsetFetchNotBefore: now,
    nextAutoCommitAt: now,
    asyncCommitsInFlight: 0,
    syncCommit: null,
    isAsyncCommitFenced: false,
  };
}

/** `subscribe(topics)`: the group assigns partitions of them from the next poll on. */
export function subscribe(consumer: Consumer, topics: readonly string[]): Consumer {
  return interested(consumer, { ...consumer.subscription, type: 'AUTO_TOPICS', topics, pattern: null });
}

/** `subscribe(Pattern)`: a Java regular expression that whole names match. */
export function subscribePattern(consumer: Consumer, pattern: string): Consumer {
  return interested(consumer, { ...consumer.subscription, type: 'AUTO_PATTERN', topics: [], pattern });
}

/** `assign(partitions)`: no group membership. */
export function assign(consumer: Consumer, partitions: readonly TopicPartition[]): Consumer {
  const subscription: SubscriptionState = {
    ...consumer.subscription,
    type: 'USER_ASSIGNED',
    topics: [],
    pattern: null,
  };
  return interested(consumer, withAssignment(subscription, partitions));
}

function interested(consumer: Consumer, subscription: SubscriptionState): Consumer {
  const topics = metadataTopics(subscription);
  const metadata = withConsumerInterest(metadataOf(consumer), topics, subscription.pattern);
  const isNews = subscription.pattern !== null || topics.some((topic) => !metadata.cluster.topics.has(topic));
  return withMetadata({ ...consumer, subscription }, isNews ? requestUpdateForNewTopics(metadata) : metadata);
}

/** `seek`: at once; what is buffered of the partition is not returned. */
export function seek(consumer: Consumer, place: TopicPartition, offset: number): Consumer {
  const position = { offset, offsetEpoch: null, currentLeader: currentLeader(metadataOf(consumer), place) };
  return {
    ...consumer,
    subscription: updatePartition(consumer.subscription, place, (state) => seekUnvalidated(state, position)),
  };
}

/** `seekToBeginning`, `seekToEnd`: carried out by the next poll. */
export function seekTo(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  strategy: 'earliest' | 'latest',
): Consumer {
  let { subscription } = consumer;
  for (const place of partitions) {
    subscription = updatePartition(subscription, place, (state) => requestReset(state, strategy));
  }
  return { ...consumer, subscription };
}

export function pause(consumer: Consumer, partitions: readonly TopicPartition[], isPaused: boolean): Consumer {
  let { subscription } = consumer;
  for (const place of partitions)
    subscription = updatePartition(subscription, place, (state) => ({ ...state, isPaused }));
  return { ...consumer, subscription };
}

/** The next offset to return; null while it is not known. */
export function positionOf({ subscription }: Consumer, place: TopicPartition): number | null {
  return partitionState(subscription, place)?.position?.offset ?? null;
}

/** `assignment()`. */
export function assignmentOf({ subscription }: Consumer): readonly TopicPartition[] {
  return subscription.partitions.map(({ topic, partition }) => ({ topic, partition }));
}

export function isPolling({ pollingUntil }: Consumer): boolean {
  return pollingUntil !== null;
}
/** `close` has returned. */
export function isClosed({ closing }: Consumer): boolean {
  return closing === 'closed';
}

/** `poll(timeout)`: returns in `polled` of this step or a later one. Milliseconds; the largest: for ever. */
export function poll(consumer: Consumer, timeoutMs: number, now: VirtualTimeUs): ConsumerStep {
  const turn = beginConsumerTurn(now);
  if (consumer.subscription.type === 'NONE') {
    const message = 'Consumer is not subscribed to any topics or assigned any partitions';
    return stepOf(consumer, turn, { records: [], exception: { class: 'java.lang.IllegalStateException', message } });
  }
  const until = Math.min(now + Math.min(timeoutMs, 1e13) * 1000, Number.MAX_SAFE_INTEGER) as VirtualTimeUs;
  const polling = withCoordinator({ ...consumer, pollingUntil: until }, { lastPollAt: now });
  return finish(polling, turn);
}

/** `wakeup()`: the poll under way throws WakeupException. */
export function wakeUp(consumer: Consumer, now: VirtualTimeUs): ConsumerStep {
  const turn = beginConsumerTurn(now);
  if (consumer.pollingUntil === null) return stepOf(consumer, turn, null);
  const exception = { class: 'org.apache.kafka.common.errors.WakeupException', message: null };
  return finish({ ...consumer, pollingUntil: null }, turn, { records: [], exception });
}

/** `commitSync`; null offsets: all positions. Ends in `calls`. */
export function commitSync(
  consumer: Consumer,
  offsets: readonly OffsetToCommit[] | null,
  tag: string,
  now: VirtualTimeUs,
): ConsumerStep {
  const turn = beginConsumerTurn(now);
  const deadlineAt = (now + ms(consumer.settings.defaultApiTimeoutMs)) as VirtualTimeUs;
  return finish(beginSyncCommit(consumer, offsets ?? allConsumed(consumer), tag, deadlineAt, turn), turn);
}

/** `commitAsync`; null offsets: all positions. Ends in `calls`. */
export function commitAsync(
  consumer: Consumer,
  offsets: readonly OffsetToCommit[] | null,
  tag: string,
  now: VirtualTimeUs,
): ConsumerStep {
  const turn = beginConsumerTurn(now);
  return finish(beginAsyncCommit(consumer, offsets, tag, turn), turn);
}

const CLOSE_TIMEOUT_MS = 30_000;

/** `close()`: commits if auto-commit is on, leaves the group, ends the fetch sessions; see `isClosed`. */
export function closeConsumer(consumer: Consumer, now: VirtualTimeUs): ConsumerStep {
  const turn = beginConsumerTurn(now);
  if (consumer.closing !== 'no') return stepOf(consumer, turn, null);
  const closeUntil = (now + ms(CLOSE_TIMEOUT_MS)) as VirtualTimeUs;
  const closing: Consumer = { ...consumer, pollingUntil: null, closing: 'committing', closeUntil };
  const isCommitting = consumer.settings.isAutoCommitOn;
  const committing = isCommitting ? beginSyncCommit(closing, allConsumed(closing), null, closeUntil, turn) : closing;
  return finish(committing, turn);
}

/** Every network event and CLIENT_TIMER of the process; what is not this client's changes nothing. */
export function handleConsumer(consumer: Consumer, event: Delivered<ClientEvent>): ConsumerStep {
  const turn = beginConsumerTurn(event.now);
  if (consumer.closing === 'closed') return stepOf(consumer, turn, null);
  const network = handleNetwork(consumer.network, event, turn);
  return network === consumer.network ? stepOf(consumer, turn, null) : finish({ ...consumer, network }, turn);
}

function beginConsumerTurn(now: VirtualTimeUs): ConsumerTurn {
  return { now, effects: [], logs: [], responses: [], disconnections: [], calls: [], rebalances: [], failures: [] };
}
function stepOf(state: Consumer, turn: ConsumerTurn, polled: PollResult | null): ConsumerStep {
  const { effects, logs, calls, rebalances } = turn;
  return { state, effects, logs, polled, calls, rebalances };
}

function finish(before: Consumer, turn: ConsumerTurn, alreadyPolled: PollResult | null = null): ConsumerStep {
  let consumer = before;
  let polled = alreadyPolled;
  if (consumer.failure !== null && consumer.pollingUntil !== null) {
    turn.failures.push(consumer.failure);
    consumer = { ...consumer, failure: null };
  }
  for (;;) {
    consumer = digest(consumer, turn);
    consumer = beat(consumer, turn);
    consumer = driveSyncCommit(consumer, turn);
    if (consumer.closing !== 'no') consumer = goOnClosing(consumer, turn);
    else if (consumer.pollingUntil !== null && polled === null) {
      const round = pollOnce(consumer, turn);
      consumer = round.consumer;
      polled = round.polled;
    }
    if (consumer.closing === 'closed') return stepOf(consumer, turn, polled);
    consumer = sendUnsent(consumer, turn);
    consumer = { ...consumer, network: maintainMetadata(consumer.network, turn) };
    // What was fetched may have made a position unknown: it is looked for at once.
    const isSearching = consumer.pollingUntil !== null && polled === null && positionsDueAt(consumer) <= turn.now;
    if (turn.responses.length === 0 && turn.disconnections.length === 0 && !isSearching) break;
  }
  if (consumer.pollingUntil !== null && consumer.pollingUntil <= turn.now && polled === null) {
    polled = { records: [], exception: null };
  }
  if (polled === null && turn.failures[0] !== undefined) consumer = { ...consumer, failure: turn.failures[0] };
  if (polled !== null) consumer = withCoordinator({ ...consumer, pollingUntil: null }, { lastPollAt: turn.now });
  const network = scheduleWakeUp(consumer.network, nextWakeUp(consumer, turn.now), turn);
  return stepOf({ ...consumer, network }, turn, polled);
}

function digest(before: Consumer, turn: ConsumerTurn): Consumer {
  let consumer = failUnsentOf(before, turn);
  while (turn.responses.length > 0) {
    for (const response of turn.responses.splice(0)) consumer = takeResponse(consumer, response, turn);
    consumer = failUnsentOf(consumer, turn);
  }
  return noticeMetadata(consumer);
}

function takeResponse(consumer: Consumer, response: ClientResponse<ConsumerTag>, turn: ConsumerTurn): Consumer {
  const { tag } = response;
  switch (tag.kind) {
    case 'findCoordinator':
      return afterFindCoordinator(consumer, response, turn);
    case 'join':
      return afterJoinGroup(consumer, response, tag.generation, turn);
    case 'sync':
      return afterSyncGroup(consumer, response, tag.generation, turn);
    case 'heartbeat':
      return afterHeartbeat(consumer, response, tag.generation, turn);
    case 'commit':
      return afterCommit(consumer, response, tag, turn);
    case 'offsetFetch':
      return afterOffsetFetch(consumer, response, tag.partitions, turn);
    case 'listOffsets':
      return afterListOffsets(consumer, response, tag.partitions, turn);
    case 'validate':
      return afterValidation(consumer, response, tag.partitions, turn);
    case 'fetch':
      return afterFetch(consumer, response, tag.offsets, turn);
    case 'leave':
    case 'closeSession':
      return consumer;
  }
}

/** A metadata answer has come: topics that match the pattern, leaders of the positions. */
function noticeMetadata(before: Consumer): Consumer {
  const { metadata } = before.network;
  if (metadata === null || metadata.updateVersion === before.seenUpdateVersion) return before;
  let consumer: Consumer = { ...before, seenUpdateVersion: metadata.updateVersion };
  const { pattern, topics } = consumer.subscription;
  if (pattern !== null && !metadata.cluster.isBootstrap) {
    // Internal topics are no longer among the cluster's topics here, unless they are wanted.
    const matching = [...metadata.cluster.topics.keys()].filter((topic) => new RegExp(`^(?:${pattern})$`).test(topic));
    const isSame = matching.length === topics.length && matching.every((topic) => topics.includes(topic));
    if (!isSame) consumer = { ...consumer, subscription: { ...consumer.subscription, topics: matching } };
  }
  return followLeaders(consumer);
}

interface PollRound {
  readonly consumer: Consumer;
  readonly polled: PollResult | null;
}

/** One round of `poll`: coordinator, positions, records. */
function pollOnce(before: Consumer, turn: ConsumerTurn): PollRound {
  // What has failed meanwhile is thrown before anything else is done: a fenced member does not join again.
  const failed = fencedCommit(before) ?? turn.failures[0];
  if (failed !== undefined) return { consumer: before, polled: { records: [], exception: failed } };
  let consumer = pollCoordinator(before, turn);
  consumer = updatePositions(consumer, turn);
  const { consumer: after, records, hasAdvanced } = collectFetch(consumer, turn);
  const invalid = metadataOf(after).invalidTopics;
  const failure: JavaException | undefined =
    turn.failures[0] ??
    (invalid.length > 0
      ? {
          class: 'org.apache.kafka.common.errors.InvalidTopicException',
          message: `Invalid topics: [${invalid.join(', ')}]`,
        }
      : undefined);
  if (failure !== undefined && records.length === 0) {
    const cleared = withMetadata(
      after,
      invalid.length > 0 ? { ...metadataOf(after), invalidTopics: [] } : metadataOf(after),
    );
    return { consumer: cleared, polled: { records: [], exception: failure } };
  }
  // The next fetches leave before the records are handed over.
  consumer = sendFetches(after, turn);
  const hasReturned = records.length > 0 || hasAdvanced;
  return { consumer, polled: hasReturned ? { records, exception: null } : null };
}

/** `ConsumerCoordinator#poll`. */
function pollCoordinator(before: Consumer, turn: ConsumerTurn): Consumer {
  if (before.coordinator === null) return before;
  let consumer = checkCoordinator(before, turn);
  if (isAutoAssigned(consumer.subscription)) {
    if (!isCoordinatorKnown(consumer)) consumer = lookUpCoordinator(consumer, turn);
    else {
      consumer = noticeChanges(consumer, turn);
      if (isRejoinNeededOrPending(consumer) && !awaitsPattern(consumer)) consumer = joinIfNeeded(consumer, turn);
    }
  }
  return autoCommitIfDue(consumer, turn);
}

/** With a pattern the topics must be known before joining. */
function awaitsPattern({ subscription, network }: Consumer): boolean {
  const { metadata } = network;
  return (
    subscription.pattern !== null && metadata !== null && (metadata.cluster.isBootstrap || isUpdateRequested(metadata))
  );
}

/** `updateFetchPositions`. */
function updatePositions(before: Consumer, turn: ConsumerTurn): Consumer {
  let consumer = validateIfNeeded(before, turn);
  if (hasAllPositions(consumer.subscription)) return consumer;
  consumer = fetchCommittedIfNeeded(consumer, turn);
  consumer = initializeWithoutCommitted(consumer, turn);
  return resetIfNeeded(consumer, turn);
}

function goOnClosing(before: Consumer, turn: ConsumerTurn): Consumer {
  let consumer = before;
  const isLate = turn.now >= consumer.closeUntil;
  const { coordinator } = consumer;
  if (consumer.closing === 'committing') {
    const isWaiting = coordinator !== null && (coordinator.syncCommit !== null || coordinator.asyncCommitsInFlight > 0);
    if (isWaiting && !isLate) return consumer;
    const partitions = assignmentOf(consumer);
    if (isAutoAssigned(consumer.subscription) && partitions.length > 0) {
      turn.rebalances.push({ what: 'revoked', partitions });
      if (coordinator !== null) tellRevoked(coordinator, partitions, turn);
    }
    if (consumer.settings.leavesGroupOnClose) consumer = leaveGroup(consumer, 'the consumer is being closed', turn);
    consumer = { ...withCoordinator(consumer, { heartbeatsOn: false }), closing: 'leaving' };
  }
  if (consumer.closing === 'leaving') {
    if (isAwaiting(consumer, 'leave') && !isLate) return consumer;
    consumer = { ...closeSessions(consumer, turn), closing: 'closingSessions' };
  }
  if (isAwaiting(consumer, 'closeSession') && !isLate) return consumer;
  return { ...consumer, network: closeNetwork(consumer.network, turn), unsent: [], closing: 'closed' };
}

function isAwaiting({ unsent, network }: Consumer, kind: ConsumerTag['kind']): boolean {
  return (
    unsent.some(({ tag }) => tag.kind === kind) ||
    network.connections.some(({ inFlight }) => inFlight.some(({ tag }) => tag?.kind === kind))
  );
}

function nextWakeUp(consumer: Consumer, now: VirtualTimeUs): VirtualTimeUs | null {
  const { coordinator, settings, pollingUntil, closing } = consumer;
  const future = (at: number) => (at > now ? at : Number.MAX_SAFE_INTEGER);
  let wakeAt = Math.min(unsentDueAt(consumer), nextBeatAt(consumer));
  if (closing !== 'no') wakeAt = Math.min(wakeAt, consumer.closeUntil);
  const commit = coordinator?.syncCommit ?? null;
  if (commit !== null) wakeAt = Math.min(wakeAt, commit.deadlineAt, future(commit.notBefore));
  if (coordinator !== null && (pollingUntil !== null || commit !== null)) {
    wakeAt = Math.min(wakeAt, future(coordinator.findNotBefore));
  }
  if (pollingUntil !== null) {
    wakeAt = Math.min(wakeAt, pollingUntil, future(positionsDueAt(consumer)));
    if (coordinator !== null) {
      wakeAt = Math.min(wakeAt, future(coordinator.joinNotBefore), future(coordinator.offsetFetchNotBefore));
      if (coordinator.joinPrepareUntil !== null) wakeAt = Math.min(wakeAt, future(coordinator.joinPrepareUntil));
      if (settings.isAutoCommitOn) wakeAt = Math.min(wakeAt, future(coordinator.nextAutoCommitAt));
    }
    wakeAt = Math.min(wakeAt, future(leadersBackAt(consumer)));
  }
  return wakeAt === Number.MAX_SAFE_INTEGER ? null : (wakeAt as VirtualTimeUs);
}

/** A leader that was lost may be tried again. */
function leadersBackAt({ network }: Consumer): number {
  let backAt = Number.MAX_SAFE_INTEGER;
  for (const { state, lastConnectAttemptAt, reconnectBackoffUs } of network.connections) {
    if (state === 'DISCONNECTED') backAt = Math.min(backAt, lastConnectAttemptAt + reconnectBackoffUs);
  }
  return backAt;
}
