/**
 * SyncGroup: the leader brings the assignment, the others wait for theirs; and Heartbeat, LeaveGroup.
 *
 * Follows `GroupCoordinator#handleSyncGroup`, `handleHeartbeat`, `handleLeaveGroup` (3.9.0).
 */
import type { Bytes } from '../../kafka/bytes.ts';
import { EMPTY_BYTES } from '../../kafka/bytes.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { HeartbeatRequest, LeaveGroupRequest, SyncGroupRequest } from '../protocol/kafka/groups.ts';
import { replySync, syncRefused, synced } from './answers.ts';
import type { AppendOutcome, CoordinatorTurn, PendingAppend } from './coordinatorTurn.ts';
import { append, groupOf, log, putGroup, theGroup } from './coordinatorTurn.ts';
import type { Group, RequestTag } from './group.ts';
import { isLeader, memberOf, membersOf, updateMember } from './group.ts';
import { groupKey, groupRecord, groupValue } from './groupRecords.ts';
import { groupStatusError, memberError } from './membership.ts';
import {
  maybePrepareRebalance,
  printMember,
  propagateAssignment,
  removeMemberAndRebalance,
  removePendingMember,
  removePendingSync,
  resetAssignments,
} from './rebalance.ts';
import { scheduleExpiration } from './sessions.ts';
import { storeErrorOf } from './storeErrors.ts';

export function syncGroup(turn: CoordinatorTurn, to: RequestTag, request: SyncGroupRequest): void {
  const { groupId, memberId } = request;
  const group = groupOf(turn, groupId);
  const error =
    groupStatusError(turn, groupId) ?? (group === undefined ? 'UNKNOWN_MEMBER_ID' : syncError(turn, group, request));
  if (group === undefined || error !== null) return replySync(turn, to, syncRefused(error ?? 'UNKNOWN_MEMBER_ID'));
  switch (group.state) {
    case 'Empty':
    case 'Dead':
      return replySync(turn, to, syncRefused('UNKNOWN_MEMBER_ID'));
    case 'PreparingRebalance':
      return replySync(turn, to, syncRefused('REBALANCE_IN_PROGRESS'));
    case 'CompletingRebalance':
      putGroup(turn, updateMember(group, { ...memberOf(group, memberId)!, awaitingSync: to }));
      removePendingSync(turn, groupId, memberId);
      if (isLeader(group, memberId)) storeAssignment(turn, request);
      return;
    case 'Stable':
      removePendingSync(turn, groupId, memberId);
      replySync(turn, to, synced(group, memberOf(group, memberId)!));
      return scheduleExpiration(turn, groupId, memberId);
  }
}

function syncError(turn: CoordinatorTurn, group: Group, request: SyncGroupRequest): ErrorName | null {
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  const error = memberError(turn, group, request, 'sync-group');
  if (error !== null) return error;
  if (request.generationId !== group.generationId) return 'ILLEGAL_GENERATION';
  const { protocolType, protocolName } = request;
  const isInconsistent =
    (protocolType !== null && protocolType !== group.protocolType) ||
    (protocolName !== null && protocolName !== group.protocolName);
  return isInconsistent ? 'INCONSISTENT_GROUP_PROTOCOL' : null;
}

/** A member that the leader has forgotten gets nothing. */
function storeAssignment(
  turn: CoordinatorTurn,
  { groupId, memberId, generationId, assignments }: SyncGroupRequest,
): void {
  const group = theGroup(turn, groupId);
  const members = membersOf(group);
  const given = new Map<string, Bytes>(assignments.map((one) => [one.memberId, one.assignment]));
  log(
    turn,
    'INFO',
    `Assignment received from leader ${memberId} for group ${groupId} for generation ${generationId}. ` +
      `The group has ${members.length} members, ${group.staticMembers.size} of which are static.`,
  );
  const missing = members.map((member) => member.memberId).filter((id) => !given.has(id));
  if (missing.length > 0) {
    const names = `Set(${missing.join(', ')})`;
    log(turn, 'WARN', `Setting empty assignments for members ${names} of ${groupId} for generation ${generationId}`);
  }
  for (const id of missing) given.set(id, EMPTY_BYTES);
  append(turn, groupId, [groupRecord(turn.nowMs, groupKey(groupId), groupValue(group, given))], {
    kind: 'assignment',
    groupId,
    incarnation: group.incarnation,
    generationId,
    memberId,
    assignments: given,
  });
}

/** The assignment is in the log, or could not be put there. Nothing is left to do when the group has moved on meanwhile. */
export function finishAssignment(
  turn: CoordinatorTurn,
  group: Group,
  { groupId, generationId, memberId, assignments }: Extract<PendingAppend, { readonly kind: 'assignment' }>,
  outcome: AppendOutcome,
): void {
  if (group.state !== 'CompletingRebalance' || group.generationId !== generationId) return;
  if (outcome.error === 'NONE') return propagateAssignment(turn, groupId, assignments);
  const error = storeErrorOf(outcome.error);
  resetAssignments(turn, groupId, error);
  maybePrepareRebalance(
    turn,
    groupId,
    `Error ${error} when storing group assignment during SyncGroup (member: ${memberId})`,
    { kind: 'other', memberId },
  );
}

export function heartbeat(turn: CoordinatorTurn, to: RequestTag, request: HeartbeatRequest): void {
  turn.replies.push({ to, api: 'Heartbeat', body: { errorCode: heartbeatError(turn, request) } });
}

function heartbeatError(turn: CoordinatorTurn, request: HeartbeatRequest): ErrorName {
  const { groupId, memberId, generationId } = request;
  const status = groupStatusError(turn, groupId);
  if (status !== null) return status;
  const group = groupOf(turn, groupId);
  if (group === undefined) return 'UNKNOWN_MEMBER_ID';
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  const error = memberError(turn, group, request, 'heartbeat');
  if (error !== null) return error;
  if (generationId !== group.generationId) return 'ILLEGAL_GENERATION';
  if (group.state === 'Empty') return 'UNKNOWN_MEMBER_ID';
  scheduleExpiration(turn, groupId, memberId);
  // This is how members learn that they have to join again.
  return group.state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

export function leaveGroup(turn: CoordinatorTurn, to: RequestTag, request: LeaveGroupRequest): void {
  const { groupId } = request;
  const group = groupOf(turn, groupId);
  const status = groupStatusError(turn, groupId) ?? (group?.state === 'Dead' ? 'COORDINATOR_NOT_AVAILABLE' : null);
  const members =
    status === null
      ? request.members.map((leaving) => ({
          memberId: leaving.memberId,
          groupInstanceId: leaving.groupInstanceId,
          errorCode: group === undefined ? ('UNKNOWN_MEMBER_ID' as const) : leave(turn, groupId, leaving),
        }))
      : [];
  turn.replies.push({ to, api: 'LeaveGroup', body: { errorCode: status ?? 'NONE', members } });
}

function leave(turn: CoordinatorTurn, groupId: string, leaving: LeaveGroupRequest['members'][number]): ErrorName {
  const { memberId, groupInstanceId } = leaving;
  const group = theGroup(turn, groupId);
  if (group.pendingMembers.has(memberId)) {
    removePendingMember(turn, groupId, memberId);
    log(
      turn,
      'INFO',
      `Pending member with memberId=${memberId} has left group ${groupId} through explicit \`LeaveGroup\` request`,
    );
    return 'NONE';
  }
  // An administrator names static members by their instance alone.
  const byInstance = groupInstanceId === null ? undefined : group.staticMembers.get(groupInstanceId);
  const leavingId = memberId === '' ? byInstance : memberId;
  if (leavingId === undefined) return 'UNKNOWN_MEMBER_ID';
  const error = memberId === '' ? null : memberError(turn, group, leaving, 'leave-group');
  if (error !== null) return error;
  const clientReason = leaving.reason ?? 'not provided';
  const printed = printMember(group, leavingId);
  const reason = `Removing member ${leavingId} on LeaveGroup; client reason: ${clientReason}`;
  removeMemberAndRebalance(turn, groupId, leavingId, { reason, why: 'left' });
  log(
    turn,
    'INFO',
    `Member ${printed} has left group ${groupId} through explicit \`LeaveGroup\`; client reason: ${clientReason}`,
  );
  return 'NONE';
}
