/**
 * A rebalance: the group prepares, its members join, a generation begins, the leader's assignment ends it.
 *
 * Follows `GroupCoordinator#prepareRebalance`, `onCompleteJoin`, `DelayedJoin`, `InitialDelayedJoin`, `DelayedSync` (3.9.0).
 */
import { EMPTY_BYTES } from '../../kafka/bytes.ts';
import type { Bytes } from '../../kafka/bytes.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import { ms } from '../../kernel/time.ts';
import type { RebalanceWhy } from '../facts.ts';
import { tell } from '../facts.ts';
import { answerJoin, answerSync, joinRefused, joined, syncRefused, synced } from './answers.ts';
import type { CoordinatorTurn } from './coordinatorTurn.ts';
import {
  append,
  cancelGroupTimer,
  log,
  offsetsPartitionName,
  printOption,
  putGroup,
  setGroupTimer,
  theGroup,
  transitionTo,
} from './coordinatorTurn.ts';
import type { Group } from './group.ts';
import {
  electJoinedLeader,
  hasAllMembersJoined,
  memberOf,
  membersOf,
  nextGeneration,
  rebalanceTimeoutMs,
  updateMember,
  withoutMember,
} from './group.ts';
import { groupKey, groupRecord, groupValue } from './groupRecords.ts';
import { mayMove } from './groupState.ts';
import { cancelPending, cancelSession, scheduleExpiration } from './sessions.ts';

export const joinTimer = (groupId: string): string => `join ${groupId}`;
const syncTimer = (groupId: string): string => `sync ${groupId}`;

/** Only where the state allows it: a group that prepares already goes on. */
export function maybePrepareRebalance(turn: CoordinatorTurn, groupId: string, reason: string, why: RebalanceWhy): void {
  if (mayMove(theGroup(turn, groupId).state, 'PreparingRebalance')) prepareRebalance(turn, groupId, reason, why);
}

export function prepareRebalance(turn: CoordinatorTurn, groupId: string, reason: string, why: RebalanceWhy): void {
  // Members that wait for an assignment must join again.
  if (theGroup(turn, groupId).state === 'CompletingRebalance') resetAssignments(turn, groupId, 'REBALANCE_IN_PROGRESS');
  cancelPendingSync(turn, groupId);
  const { initialRebalanceDelayMs } = turn.coordinator.config;
  const before = theGroup(turn, groupId);
  const isInitial = before.state === 'Empty';
  const remainingMs = Math.max(rebalanceTimeoutMs(before) - initialRebalanceDelayMs, 0);
  const group = transitionTo(
    turn,
    {
      ...before,
      delayedJoin: isInitial ? { kind: 'initial', delayMs: initialRebalanceDelayMs, remainingMs } : { kind: 'join' },
    },
    'PreparingRebalance',
    why,
  );
  log(
    turn,
    'INFO',
    `Preparing to rebalance group ${groupId} in state ${group.state} with old generation ${group.generationId} ` +
      `(${offsetsPartitionName(turn, groupId)}) (reason: ${reason})`,
  );
  if (isInitial) armJoin(turn, groupId, initialRebalanceDelayMs);
  else if (!tryCompleteJoin(turn, groupId)) armJoin(turn, groupId, rebalanceTimeoutMs(group));
}

function armJoin(turn: CoordinatorTurn, groupId: string, delayMs: number): void {
  setGroupTimer(turn, joinTimer(groupId), ms(delayMs), { type: 'GROUP_TIMER', timer: 'join', groupId });
}

/** All have joined: the next generation begins. False while somebody is awaited, or the initial delay runs. */
export function tryCompleteJoin(turn: CoordinatorTurn, groupId: string): boolean {
  const group = theGroup(turn, groupId);
  if (group.delayedJoin?.kind !== 'join' || !hasAllMembersJoined(group)) return false;
  cancelGroupTimer(turn, joinTimer(groupId));
  completeJoin(turn, groupId);
  return true;
}

/** The time to join is over. The initial delay begins again when somebody came during it, within the rebalance timeout. */
export function onJoinTimer(turn: CoordinatorTurn, groupId: string): void {
  const group = theGroup(turn, groupId);
  const delayed = group.delayedJoin;
  if (delayed?.kind === 'initial' && group.newMemberAdded && delayed.remainingMs !== 0) {
    const delayMs = Math.min(turn.coordinator.config.initialRebalanceDelayMs, delayed.remainingMs);
    const remainingMs = Math.max(delayed.remainingMs - delayed.delayMs, 0);
    putGroup(turn, { ...group, newMemberAdded: false, delayedJoin: { kind: 'initial', delayMs, remainingMs } });
    armJoin(turn, groupId, delayMs);
  } else if (delayed !== null) completeJoin(turn, groupId);
}

function completeJoin(turn: CoordinatorTurn, groupId: string): void {
  putGroup(turn, { ...theGroup(turn, groupId), delayedJoin: null });
  dropAbsentMembers(turn, groupId);
  const { group, isElected } = electJoinedLeader(theGroup(turn, groupId));
  if (!isElected && group.members.byId.entries.length > 0) {
    log(turn, 'ERROR', `Group ${groupId} could not complete rebalance because no members rejoined`);
    putGroup(turn, { ...group, delayedJoin: { kind: 'join' } });
    armJoin(turn, groupId, rebalanceTimeoutMs(group));
    return;
  }
  const next = nextGeneration(group);
  if (next.members.byId.entries.length === 0) becomeEmpty(turn, next);
  else beginGeneration(turn, next);
}

/** Dynamic members that did not join in time are out; static ones keep their place until their session ends. */
function dropAbsentMembers(turn: CoordinatorTurn, groupId: string): void {
  const absent = membersOf(theGroup(turn, groupId)).filter(
    ({ awaitingJoin, groupInstanceId }) => awaitingJoin === null && groupInstanceId === null,
  );
  if (absent.length === 0) return;
  const names = absent.map(({ memberId }) => memberId);
  log(turn, 'INFO', `Group ${groupId} removed dynamic members who haven't joined: Set(${names.join(', ')})`);
  for (const memberId of names) dropMember(turn, groupId, memberId, 'expired');
}

function becomeEmpty(turn: CoordinatorTurn, next: Group): void {
  const { groupId, incarnation } = next;
  const group = transitionTo(turn, next, 'Empty');
  log(
    turn,
    'INFO',
    `Group ${groupId} with generation ${group.generationId} is now empty (${offsetsPartitionName(turn, groupId)})`,
  );
  const record = groupRecord(turn.nowMs, groupKey(groupId), groupValue(group, new Map()));
  append(turn, groupId, [record], { kind: 'emptyGroup', groupId, incarnation });
}

function beginGeneration(turn: CoordinatorTurn, next: Group): void {
  const { groupId } = next;
  const group = transitionTo(turn, next, 'CompletingRebalance');
  const members = membersOf(group);
  log(
    turn,
    'INFO',
    `Stabilized group ${groupId} generation ${group.generationId} (${offsetsPartitionName(turn, groupId)}) ` +
      `with ${members.length} members`,
  );
  for (const { memberId } of members) {
    answerJoin(turn, groupId, memberId, joined(group, memberId));
    scheduleExpiration(turn, groupId, memberId);
    const current = theGroup(turn, groupId);
    putGroup(turn, updateMember(current, { ...memberOf(current, memberId)!, isNew: false }));
  }
  const pendingSyncMembers = new Set(members.map(({ memberId }) => memberId));
  putGroup(turn, { ...theGroup(turn, groupId), pendingSyncMembers });
  const event = { type: 'GROUP_TIMER', timer: 'sync', groupId, generationId: group.generationId } as const;
  setGroupTimer(turn, syncTimer(groupId), ms(rebalanceTimeoutMs(group)), event);
}

/** A member has synchronized, or is no longer awaited. */
export function removePendingSync(turn: CoordinatorTurn, groupId: string, memberId: string): void {
  const group = theGroup(turn, groupId);
  if (!group.pendingSyncMembers.has(memberId)) return;
  const pendingSyncMembers = new Set(group.pendingSyncMembers);
  pendingSyncMembers.delete(memberId);
  putGroup(turn, { ...group, pendingSyncMembers });
  if (pendingSyncMembers.size === 0) cancelGroupTimer(turn, syncTimer(groupId));
}

export function cancelPendingSync(turn: CoordinatorTurn, groupId: string): void {
  const group = theGroup(turn, groupId);
  if (group.pendingSyncMembers.size === 0) return;
  putGroup(turn, { ...group, pendingSyncMembers: new Set() });
  cancelGroupTimer(turn, syncTimer(groupId));
}

/** Members that have joined and never asked for their assignment are out. */
export function onSyncTimer(turn: CoordinatorTurn, groupId: string, generationId: number): void {
  const group = theGroup(turn, groupId);
  const isAwaited = group.state === 'CompletingRebalance' || group.state === 'Stable';
  if (generationId !== group.generationId || !isAwaited || group.pendingSyncMembers.size === 0) return;
  const late = [...group.pendingSyncMembers];
  for (const memberId of late) dropMember(turn, groupId, memberId, 'expired');
  prepareRebalance(turn, groupId, `Removing Set(${late.join(', ')}) on pending sync request expiration`, {
    kind: 'expired',
    memberId: late[0] ?? null,
  });
}

/** The leader's assignment is in the log: everybody gets a part, and the group is stable. */
export function propagateAssignment(
  turn: CoordinatorTurn,
  groupId: string,
  assignments: ReadonlyMap<string, Bytes>,
): void {
  for (const { memberId } of membersOf(theGroup(turn, groupId))) {
    const group = theGroup(turn, groupId);
    const member = { ...memberOf(group, memberId)!, assignment: assignments.get(memberId) ?? EMPTY_BYTES };
    putGroup(turn, updateMember(group, member));
    if (answerSync(turn, groupId, memberId, synced(group, member))) scheduleExpiration(turn, groupId, memberId);
  }
  transitionTo(turn, theGroup(turn, groupId), 'Stable');
}

/** The generation comes to nothing: who waits for an assignment is told why. */
export function resetAssignments(turn: CoordinatorTurn, groupId: string, error: ErrorName): void {
  for (const { memberId } of membersOf(theGroup(turn, groupId))) {
    const group = theGroup(turn, groupId);
    putGroup(turn, updateMember(group, { ...memberOf(group, memberId)!, assignment: EMPTY_BYTES }));
    if (answerSync(turn, groupId, memberId, syncRefused(error))) scheduleExpiration(turn, groupId, memberId);
  }
}

/** A member goes, and the others divide its part. Its JoinGroup, if one waits, is to be made again. */
export function removeMemberAndRebalance(
  turn: CoordinatorTurn,
  groupId: string,
  memberId: string,
  { reason, why }: { readonly reason: string; readonly why: 'left' | 'expired' | 'fenced' },
): void {
  answerJoin(turn, groupId, memberId, joinRefused('', 'UNKNOWN_MEMBER_ID'));
  dropMember(turn, groupId, memberId, why);
  const { state } = theGroup(turn, groupId);
  if (state === 'Stable' || state === 'CompletingRebalance')
    maybePrepareRebalance(turn, groupId, reason, { kind: why, memberId });
  else if (state === 'PreparingRebalance') tryCompleteJoin(turn, groupId);
}

/** One that never joined with the id it was given. */
export function removePendingMember(turn: CoordinatorTurn, groupId: string, memberId: string): void {
  cancelPending(turn, groupId, memberId);
  putGroup(turn, withoutMember(theGroup(turn, groupId), memberId));
  if (theGroup(turn, groupId).state === 'PreparingRebalance') tryCompleteJoin(turn, groupId);
}

function dropMember(
  turn: CoordinatorTurn,
  groupId: string,
  memberId: string,
  why: 'left' | 'expired' | 'fenced',
): void {
  cancelSession(turn, groupId, memberId);
  putGroup(turn, withoutMember(theGroup(turn, groupId), memberId));
  turn.effects.push(tell('memberLeft', { group: groupId, memberId, why }));
}

/** Timers of a group that goes away. */
export function cancelGroupTimers(turn: CoordinatorTurn, group: Group): void {
  const { groupId } = group;
  for (const { memberId } of membersOf(group)) cancelSession(turn, groupId, memberId);
  for (const memberId of group.pendingMembers) cancelPending(turn, groupId, memberId);
  cancelGroupTimer(turn, joinTimer(groupId));
  cancelGroupTimer(turn, syncTimer(groupId));
}

/** As Kafka logs a member. */
export function printMember(group: Group, memberId: string): string {
  const member = memberOf(group, memberId);
  if (member === undefined) return memberId;
  const names = member.protocols.map(({ name }) => name).join(', ');
  return (
    `MemberMetadata(memberId=${memberId}, groupInstanceId=${printOption(member.groupInstanceId)}, ` +
    `clientId=${member.clientId}, clientHost=${member.clientHost}, sessionTimeoutMs=${member.sessionTimeoutMs}, ` +
    `rebalanceTimeoutMs=${member.rebalanceTimeoutMs}, supportedProtocols=List(${names}))`
  );
}
