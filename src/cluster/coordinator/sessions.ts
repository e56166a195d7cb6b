/**
 * Who of a group is still heard: sessions of members, and the time given to those who got an id to join with it.
 *
 * Follows `GroupCoordinator#completeAndScheduleNextHeartbeatExpiration` and `DelayedHeartbeat` (3.9.0). A heartbeat only notes the new
 * deadline; the timer finds it when it is due, and moves on to it.
 */
import { later, ms } from '../../kernel/time.ts';
import type { CoordinatorTurn } from './coordinatorTurn.ts';
import { cancelGroupTimer, groupOf, putGroup, setGroupTimer, theGroup } from './coordinatorTurn.ts';
import { memberOf, updateMember } from './group.ts';

/** A newcomer whose JoinGroup waits is given up after five minutes: it must have lost patience. */
export const NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;

const sessionTimer = (groupId: string, memberId: string): string => `session ${groupId} ${memberId}`;
const pendingTimer = (groupId: string, memberId: string): string => `pending ${groupId} ${memberId}`;

/** The member was heard; it has its session timeout, or the time given, again. */
export function scheduleExpiration(turn: CoordinatorTurn, groupId: string, memberId: string, timeoutMs?: number): void {
  const group = theGroup(turn, groupId);
  const member = memberOf(group, memberId);
  if (member === undefined) return;
  const delayUs = ms(timeoutMs ?? member.sessionTimeoutMs);
  const expiresAt = later(turn.now, delayUs);
  const isTimed = member.timerAt !== null && member.timerAt <= expiresAt;
  if (!isTimed) armSession(turn, groupId, memberId, delayUs);
  putGroup(turn, updateMember(group, { ...member, expiresAt, timerAt: isTimed ? member.timerAt : expiresAt }));
}

function armSession(turn: CoordinatorTurn, groupId: string, memberId: string, delayUs: number): void {
  const event = { type: 'GROUP_TIMER', timer: 'session', groupId, memberId } as const;
  setGroupTimer(turn, sessionTimer(groupId, memberId), delayUs, event);
}

export const cancelSession = (turn: CoordinatorTurn, groupId: string, memberId: string): void =>
  cancelGroupTimer(turn, sessionTimer(groupId, memberId));

/**
 * The timer of a session is due: true when the member must go. One that waits for the others, or for the leader, is not expected to be
 * heard; its session begins again with the answer.
 */
export function isSessionOver(turn: CoordinatorTurn, groupId: string, memberId: string): boolean {
  const group = groupOf(turn, groupId);
  const member = group === undefined ? undefined : memberOf(group, memberId);
  if (group === undefined || member === undefined || member.expiresAt === null) return false;
  if (member.expiresAt > turn.now) {
    armSession(turn, groupId, memberId, member.expiresAt - turn.now);
    putGroup(turn, updateMember(group, { ...member, timerAt: member.expiresAt }));
    return false;
  }
  if (member.isNew || (member.awaitingJoin === null && member.awaitingSync === null)) return true;
  putGroup(turn, updateMember(group, { ...member, expiresAt: null, timerAt: null }));
  return false;
}

export function schedulePending(turn: CoordinatorTurn, groupId: string, memberId: string, timeoutMs: number): void {
  const event = { type: 'GROUP_TIMER', timer: 'pending', groupId, memberId } as const;
  setGroupTimer(turn, pendingTimer(groupId, memberId), ms(timeoutMs), event);
}
export const cancelPending = (turn: CoordinatorTurn, groupId: string, memberId: string): void =>
  cancelGroupTimer(turn, pendingTimer(groupId, memberId));
