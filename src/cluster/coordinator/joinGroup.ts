/**
 * JoinGroup: a newcomer gets an id, joins with it, waits for the others; a static one takes its old place.
 *
 * Follows `GroupCoordinator#handleJoinGroup` (3.9.0), versions ≥ 9 of the request.
 */
import { nextUuid } from '../../kernel/random.ts';
import type { RebalanceWhy } from '../facts.ts';
import { tell } from '../facts.ts';
import type { JoinGroupRequest } from '../protocol/kafka/groups.ts';
import { answerJoin, answerSync, joinRefused, joined, replyJoin, syncRefused } from './answers.ts';
import type { AppendOutcome, CoordinatorTurn, PendingAppend } from './coordinatorTurn.ts';
import { append, groupOf, log, printOption, putGroup, theGroup } from './coordinatorTurn.ts';
import type { Group, RequestTag } from './group.ts';
import {
  isLeader,
  isSameProtocols,
  memberOf,
  membersOf,
  newGroup,
  newMember,
  replaceStaticMember,
  selectedProtocol,
  supportsProtocols,
  updateMember,
  withMember,
  withoutMember,
} from './group.ts';
import { groupKey, groupRecord, groupValue } from './groupRecords.ts';
import { groupStatusError, memberError } from './membership.ts';
import { maybePrepareRebalance, prepareRebalance, tryCompleteJoin } from './rebalance.ts';
import {
  NEW_MEMBER_JOIN_TIMEOUT_MS,
  cancelPending,
  cancelSession,
  scheduleExpiration,
  schedulePending,
} from './sessions.ts';
import { storeErrorOf } from './storeErrors.ts';

export interface JoinCall {
  readonly to: RequestTag;
  readonly clientId: string;
  /** `/127.0.0.1`. */
  readonly clientHost: string;
  readonly request: JoinGroupRequest;
}

export function joinGroup(turn: CoordinatorTurn, call: JoinCall): void {
  const { groupId, memberId, sessionTimeoutMs } = call.request;
  const { minSessionTimeoutMs, maxSessionTimeoutMs } = turn.coordinator.config;
  const error = groupStatusError(turn, groupId);
  if (error !== null) return refuse(turn, call, memberId, error);
  if (sessionTimeoutMs < minSessionTimeoutMs || sessionTimeoutMs > maxSessionTimeoutMs)
    return refuse(turn, call, memberId, 'INVALID_SESSION_TIMEOUT');
  if (groupOf(turn, groupId) === undefined) {
    if (memberId !== '') return refuse(turn, call, memberId, 'UNKNOWN_MEMBER_ID');
    createGroup(turn, groupId);
  }
  const group = theGroup(turn, groupId);
  if (!mayTakeMember(turn, group, memberId)) {
    putGroup(turn, withoutMember(group, memberId));
    return refuse(turn, call, '', 'GROUP_MAX_SIZE_REACHED');
  }
  if (group.state === 'Dead') return refuse(turn, call, memberId, 'COORDINATOR_NOT_AVAILABLE');
  if (!supportsProtocols(group, call.request.protocolType, call.request.protocols))
    return refuse(turn, call, memberId, 'INCONSISTENT_GROUP_PROTOCOL');
  if (memberId === '') joinAsNewcomer(turn, call, group);
  else joinAgain(turn, call, group);
  if (theGroup(turn, groupId).state === 'PreparingRebalance') tryCompleteJoin(turn, groupId);
}

export function createGroup(turn: CoordinatorTurn, groupId: string): void {
  const { nextIncarnation } = turn.coordinator;
  turn.coordinator = { ...turn.coordinator, nextIncarnation: nextIncarnation + 1 };
  putGroup(turn, newGroup(groupId, nextIncarnation, turn.nowMs));
}

const refuse = (
  turn: CoordinatorTurn,
  { to }: JoinCall,
  memberId: string,
  error: Parameters<typeof joinRefused>[1],
): void => replyJoin(turn, to, joinRefused(memberId, error));

/** `group.max.size`. While the group prepares those who have joined count, so that the last ones are left out. */
function mayTakeMember(turn: CoordinatorTurn, group: Group, memberId: string): boolean {
  const { maxSize } = turn.coordinator.config;
  const member = memberOf(group, memberId);
  if (group.state === 'Empty' || group.state === 'Dead') return true;
  const members = membersOf(group);
  if (group.state === 'PreparingRebalance')
    return member?.awaitingJoin != null || members.filter((one) => one.awaitingJoin !== null).length < maxSize;
  return member !== undefined || members.length < maxSize;
}

function joinAsNewcomer(turn: CoordinatorTurn, call: JoinCall, group: Group): void {
  const { groupId, groupInstanceId, sessionTimeoutMs } = call.request;
  const [uuid, random] = nextUuid(turn.coordinator.random);
  turn.coordinator = { ...turn.coordinator, random };
  const newId = `${groupInstanceId ?? call.clientId}-${uuid}`;
  if (groupInstanceId !== null) {
    const holder = group.staticMembers.get(groupInstanceId);
    const who = `Static member with groupInstanceId=${groupInstanceId} and unknown member id joins group ${groupId} in ${group.state} state.`;
    if (holder === undefined) {
      log(turn, 'INFO', `${who} Created a new member id ${newId} for this member and add to the group.`);
      return addAndRebalance(turn, call, newId);
    }
    log(turn, 'INFO', `${who} Replacing previously mapped member ${holder} with this groupInstanceId.`);
    return takeOldPlace(turn, call, { instanceId: groupInstanceId, oldId: holder, newId });
  }
  log(
    turn,
    'INFO',
    `Dynamic member with unknown member id joins group ${groupId} in ${group.state} state. ` +
      `Created a new member id ${newId} and request the member to rejoin with this id.`,
  );
  putGroup(turn, { ...group, pendingMembers: new Set([...group.pendingMembers, newId]) });
  schedulePending(turn, groupId, newId, sessionTimeoutMs);
  refuse(turn, call, newId, 'MEMBER_ID_REQUIRED');
}

function addAndRebalance(turn: CoordinatorTurn, call: JoinCall, memberId: string): void {
  const { groupId, groupInstanceId, rebalanceTimeoutMs, sessionTimeoutMs, protocolType, protocols } = call.request;
  const group = theGroup(turn, groupId);
  const member = newMember(
    {
      memberId,
      groupInstanceId,
      clientId: call.clientId,
      clientHost: call.clientHost,
      rebalanceTimeoutMs,
      sessionTimeoutMs,
      protocols,
    },
    call.to,
  );
  const isDuringInitialDelay = group.state === 'PreparingRebalance' && group.generationId === 0;
  putGroup(turn, {
    ...withMember(group, member, protocolType),
    newMemberAdded: group.newMemberAdded || isDuringInitialDelay,
  });
  turn.effects.push(tell('memberJoined', { group: groupId, memberId }));
  scheduleExpiration(turn, groupId, memberId, NEW_MEMBER_JOIN_TIMEOUT_MS);
  maybePrepareRebalance(
    turn,
    groupId,
    `Adding new member ${memberId} with group instance id ${printOption(groupInstanceId)}; client reason: ${reasonOf(call)}`,
    { kind: 'joined', memberId },
  );
}

const reasonOf = ({ request }: JoinCall): string => request.reason ?? 'not provided';

function joinAgain(turn: CoordinatorTurn, call: JoinCall, group: Group): void {
  const { groupId, memberId, protocols } = call.request;
  if (group.pendingMembers.has(memberId)) {
    log(
      turn,
      'INFO',
      `Pending dynamic member with id ${memberId} joins group ${groupId} in ${group.state} state. Adding to the group now.`,
    );
    cancelPending(turn, groupId, memberId);
    return addAndRebalance(turn, call, memberId);
  }
  const error = memberError(turn, group, call.request, 'join-group');
  if (error !== null) return refuse(turn, call, memberId, error);
  const isUnchanged = isSameProtocols(memberOf(group, memberId)!.protocols, protocols);
  const during = `during ${group.state}; client reason: ${reasonOf(call)}`;
  switch (group.state) {
    case 'PreparingRebalance':
      return updateAndRebalance(turn, call, 'subscription', `Member ${memberId} joining group ${during}`);
    case 'CompletingRebalance':
      // The same again: its answer may have been lost.
      if (isUnchanged) return replyJoin(turn, call.to, joined(group, memberId));
      return updateAndRebalance(turn, call, 'subscription', `Updating metadata for member ${memberId} ${during}`);
    case 'Stable':
      // The leader joins again when something changed that only it sees, like the number of partitions.
      if (isLeader(group, memberId))
        return updateAndRebalance(turn, call, 'leaderRejoined', `Leader ${memberId} re-joining group ${during}`);
      if (isUnchanged) return replyJoin(turn, call.to, joined(group, memberId));
      return updateAndRebalance(turn, call, 'subscription', `Updating metadata for member ${memberId} ${during}`);
    case 'Empty':
    case 'Dead':
      log(
        turn,
        'WARN',
        `Attempt to add rejoining member ${memberId} of group ${groupId} in unexpected group state ${group.state}`,
      );
      return refuse(turn, call, memberId, 'UNKNOWN_MEMBER_ID');
  }
}

/** What the member asks for now, its JoinGroup waiting. */
function takeRequest(turn: CoordinatorTurn, call: JoinCall, memberId: string): void {
  const { groupId, protocols, rebalanceTimeoutMs, sessionTimeoutMs } = call.request;
  const group = theGroup(turn, groupId);
  const member = memberOf(group, memberId)!;
  putGroup(
    turn,
    updateMember(group, { ...member, protocols, rebalanceTimeoutMs, sessionTimeoutMs, awaitingJoin: call.to }),
  );
}

function updateAndRebalance(turn: CoordinatorTurn, call: JoinCall, kind: RebalanceWhy['kind'], reason: string): void {
  takeRequest(turn, call, call.request.memberId);
  maybePrepareRebalance(turn, call.request.groupId, reason, { kind, memberId: call.request.memberId });
}

interface Replacement {
  readonly instanceId: string;
  readonly oldId: string;
  readonly newId: string;
}

/** A static member is back: in a stable group whose protocol stays, nothing else changes, once that is in the log. */
function takeOldPlace(turn: CoordinatorTurn, call: JoinCall, { instanceId, oldId, newId }: Replacement): void {
  const { groupId } = call.request;
  answerJoin(turn, groupId, oldId, joinRefused(oldId, 'FENCED_INSTANCE_ID'));
  answerSync(turn, groupId, oldId, syncRefused('FENCED_INSTANCE_ID'));
  cancelSession(turn, groupId, oldId);
  putGroup(turn, replaceStaticMember(theGroup(turn, groupId), instanceId, oldId, newId));
  turn.effects.push(
    tell('memberLeft', { group: groupId, memberId: oldId, why: 'fenced' }),
    tell('memberJoined', { group: groupId, memberId: newId }),
  );
  takeRequest(turn, call, newId);
  scheduleExpiration(turn, groupId, newId);
  const group = theGroup(turn, groupId);
  if (group.state === 'CompletingRebalance') {
    const reason = `Updating metadata for static member ${newId} with instance id ${instanceId}; client reason: ${reasonOf(call)}`;
    return prepareRebalance(turn, groupId, reason, { kind: 'joined', memberId: newId });
  }
  if (group.state !== 'Stable') return;
  if (selectedProtocol(group) !== group.protocolName) {
    const reason = `Group's selectedProtocol will change because static member ${newId} with instance id ${instanceId} joined with change of protocol; client reason: ${reasonOf(call)}`;
    return maybePrepareRebalance(turn, groupId, reason, { kind: 'joined', memberId: newId });
  }
  log(
    turn,
    'INFO',
    "Static member which joins during Stable stage and doesn't affect selectProtocol will not trigger rebalance.",
  );
  append(turn, groupId, [groupRecord(turn.nowMs, groupKey(groupId), groupValue(group, new Map()))], {
    kind: 'staticMember',
    groupId,
    incarnation: group.incarnation,
    instanceId,
    oldMemberId: oldId,
    newMemberId: newId,
  });
}

/** The new id of a static member is in the log, or could not be put there: then the old one holds. */
export function finishTakingPlace(
  turn: CoordinatorTurn,
  group: Group,
  { groupId, instanceId, oldMemberId, newMemberId }: Extract<PendingAppend, { readonly kind: 'staticMember' }>,
  outcome: AppendOutcome,
): void {
  const member = memberOf(group, newMemberId);
  if (member === undefined) return;
  if (outcome.error === 'NONE') {
    const skipAssignment = isLeader(group, newMemberId);
    answerJoin(turn, groupId, newMemberId, joined(group, newMemberId, { skipAssignment }));
    return;
  }
  const error = storeErrorOf(outcome.error);
  log(turn, 'WARN', `Failed to persist metadata for group ${groupId}: ${error}`);
  answerJoin(turn, groupId, newMemberId, joinRefused('', error));
  cancelSession(turn, groupId, newMemberId);
  putGroup(turn, replaceStaticMember(theGroup(turn, groupId), instanceId, newMemberId, oldMemberId));
  scheduleExpiration(turn, groupId, oldMemberId);
}
