/**
 * Heartbeats: sent in the background, whether the application polls or not; they tell of rebalances, and notice when it polls no more.
 *
 * Follows `AbstractCoordinator.HeartbeatThread` and `Heartbeat` (3.9.0).
 */
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { question } from '../admin/adminDefinition.ts';
import { backoffUs } from '../backoff.ts';
import { exceptionOf } from '../javaException.ts';
import { type ClientResponse, logOf } from '../networkClient.ts';
import {
  type Consumer,
  type ConsumerTag,
  type ConsumerTurn,
  type Generation,
  NO_GENERATION,
  withCoordinator,
} from './consumerState.ts';
import {
  CONSUMER_COORDINATOR,
  checkCoordinator,
  isCoordinatorGone,
  lookUpCoordinator,
  markCoordinatorUnknown,
  unexpected,
} from './findCoordinator.ts';
import { memberStateName, stepMember } from './memberState.ts';
import { isSameGeneration, requestRejoin, resetBy, resetGeneration } from './rejoin.ts';
import { enqueueRequest } from './unsent.ts';

const POLL_TIMEOUT =
  'consumer poll timeout has expired. This means the time between subsequent calls to poll() was longer than the configured max.poll.interval.ms, which typically implies that the poll loop is spending too much time processing messages. You can address this either by increasing max.poll.interval.ms or by reducing the maximum size of batches returned in poll() with max.poll.records.';

/** One look of the heartbeat thread. */
export function beat(before: Consumer, turn: ConsumerTurn): Consumer {
  if (before.coordinator?.heartbeatsOn !== true) return before;
  const consumer = checkCoordinator(before, turn);
  const { coordinator, settings } = consumer;
  if (coordinator === null) return consumer;
  if (memberStateName(coordinator.member) === 'UNJOINED') return withCoordinator(consumer, { heartbeatsOn: false });
  if (coordinator.node === null) return lookUpCoordinator(consumer, turn);
  if (turn.now >= coordinator.sessionExpiresAt)
    return markCoordinatorUnknown(consumer, turn, { isDisconnected: false });
  const isPolling = consumer.pollingUntil !== null;
  if (!isPolling && turn.now - coordinator.lastPollAt >= ms(settings.maxPollIntervalMs)) {
    turn.logs.push(logOf(consumer, 'WARN', POLL_TIMEOUT, CONSUMER_COORDINATOR));
    return leaveGroup(consumer, 'consumer poll timeout has expired.', turn);
  }
  if (coordinator.heartbeatInFlight || turn.now < coordinator.nextHeartbeatAt) return consumer;
  const { groupId, generation, node } = coordinator;
  const asked = question('Heartbeat', {
    groupId,
    generationId: generation.generationId,
    memberId: generation.memberId,
    groupInstanceId: settings.groupInstanceId,
  });
  const beating = withCoordinator(consumer, {
    heartbeatInFlight: true,
    nextHeartbeatAt: (turn.now + ms(settings.heartbeatIntervalMs)) as VirtualTimeUs,
  });
  return enqueueRequest(beating, node, asked, { kind: 'heartbeat', generation }, turn);
}

/** The thread's next look; null while it is off. */
export function nextBeatAt({ coordinator, settings, pollingUntil }: Consumer): number {
  if (coordinator?.heartbeatsOn !== true) return Number.MAX_SAFE_INTEGER;
  if (coordinator.node === null) return coordinator.isFinding ? Number.MAX_SAFE_INTEGER : coordinator.findNotBefore;
  const pollExpiresAt =
    pollingUntil === null ? coordinator.lastPollAt + ms(settings.maxPollIntervalMs) : Number.MAX_SAFE_INTEGER;
  const beatAt = coordinator.heartbeatInFlight ? Number.MAX_SAFE_INTEGER : coordinator.nextHeartbeatAt;
  return Math.min(beatAt, coordinator.sessionExpiresAt, pollExpiresAt);
}

/** A dynamic member says goodbye; a static one is silent and may come back. */
export function leaveGroup(before: Consumer, reason: string, turn: ConsumerTurn): Consumer {
  const { coordinator, settings } = before;
  if (coordinator === null) return before;
  const { groupId, generation, node, member } = coordinator;
  let consumer = before;
  const isMember = memberStateName(member) !== 'UNJOINED' && generation.memberId !== '';
  if (settings.groupInstanceId === null && node !== null && isMember) {
    const asked = question('LeaveGroup', {
      groupId,
      members: [{ memberId: generation.memberId, groupInstanceId: null, reason }],
    });
    consumer = enqueueRequest(consumer, node, asked, { kind: 'leave' }, turn);
  }
  return withCoordinator(consumer, {
    generation: NO_GENERATION,
    member: stepMember(member, { type: 'GENERATION_RESET' }),
    rejoinNeeded: true,
    rejoinReason: 'consumer pro-actively leaving the group',
    heartbeatsOn: false,
  });
}

export function afterHeartbeat(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  sent: Generation,
  turn: ConsumerTurn,
): Consumer {
  const { coordinator, settings } = before;
  if (coordinator === null) return before;
  const consumer = withCoordinator(before, { heartbeatInFlight: false });
  const alive = {
    failedHeartbeats: 0,
    sessionExpiresAt: (turn.now + ms(settings.sessionTimeoutMs)) as VirtualTimeUs,
  };
  if (answer?.api !== 'Heartbeat') {
    return failedBeat(markCoordinatorUnknown(consumer, turn, { isDisconnected: true }), turn);
  }
  const { errorCode } = answer.body;
  switch (errorCode) {
    case 'NONE':
      return withCoordinator(consumer, alive);
    case 'REBALANCE_IN_PROGRESS': {
      // While it joins anyway, the news is old.
      const isNews = memberStateName(coordinator.member) === 'STABLE';
      const told = isNews ? requestRejoin(consumer, 'group is already rebalancing', turn) : consumer;
      return withCoordinator(told, alive);
    }
    case 'ILLEGAL_GENERATION':
    case 'UNKNOWN_MEMBER_ID':
    case 'FENCED_INSTANCE_ID':
      if (!isSameGeneration(consumer, sent)) return withCoordinator(consumer, alive);
      if (errorCode === 'FENCED_INSTANCE_ID') {
        const text = `Caught fenced group.instance.id Optional[${settings.groupInstanceId}] error in heartbeat thread`;
        turn.logs.push(logOf(consumer, 'ERROR', text, CONSUMER_COORDINATOR));
        turn.failures.push(exceptionOf(errorCode));
      }
      return failedBeat(
        resetGeneration(consumer, resetBy('HEARTBEAT', errorCode, errorCode === 'ILLEGAL_GENERATION'), turn),
        turn,
      );
    default:
      if (isCoordinatorGone(errorCode)) {
        return failedBeat(markCoordinatorUnknown(consumer, turn, { isDisconnected: false }), turn);
      }
      turn.failures.push(unexpected('in heartbeat response', errorCode));
      return failedBeat(consumer, turn);
  }
}

function failedBeat(consumer: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator, settings } = consumer;
  if (coordinator === null) return consumer;
  const range = { initialMs: settings.common['retry.backoff.ms'], maxMs: settings.common['retry.backoff.max.ms'] };
  const [waitUs, random] = backoffUs(range, coordinator.failedHeartbeats, consumer.network.random);
  return withCoordinator(
    { ...consumer, network: { ...consumer.network, random } },
    {
      failedHeartbeats: coordinator.failedHeartbeats + 1,
      nextHeartbeatAt: (turn.now + waitUs) as VirtualTimeUs,
    },
  );
}
