/** Answers of JoinGroup and SyncGroup, given at once or when the group has come so far. Follows `JoinGroupResult`, `SyncGroupResult` (3.9.0). */
import { EMPTY_BYTES } from '../../kafka/bytes.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { JoinGroupResponse, SyncGroupResponse } from '../protocol/kafka/groups.ts';
import type { CoordinatorTurn } from './coordinatorTurn.ts';
import { putGroup, theGroup } from './coordinatorTurn.ts';
import type { Group, Member, RequestTag } from './group.ts';
import { isLeader, memberOf, membersOf, metadataFor, updateMember } from './group.ts';

export const joinRefused = (memberId: string, errorCode: ErrorName): JoinGroupResponse => ({
  errorCode,
  generationId: -1,
  protocolType: null,
  protocolName: null,
  leader: '',
  skipAssignment: false,
  memberId,
  members: [],
});

/** The present generation; the leader gets the members with it. */
export const joined = (group: Group, memberId: string, { skipAssignment = false } = {}): JoinGroupResponse => ({
  errorCode: 'NONE',
  generationId: group.generationId,
  protocolType: group.protocolType,
  protocolName: group.protocolName,
  leader: group.members.leaderId ?? '',
  skipAssignment,
  memberId,
  members: isLeader(group, memberId)
    ? membersOf(group).map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        metadata: metadataFor(member, group.protocolName),
      }))
    : [],
});

export const syncRefused = (errorCode: ErrorName): SyncGroupResponse => ({
  errorCode,
  protocolType: null,
  protocolName: null,
  assignment: EMPTY_BYTES,
});

export const synced = (group: Group, member: Member): SyncGroupResponse => ({
  errorCode: 'NONE',
  protocolType: group.protocolType,
  protocolName: group.protocolName,
  assignment: member.assignment,
});

export const replyJoin = (turn: CoordinatorTurn, to: RequestTag, body: JoinGroupResponse): void =>
  void turn.replies.push({ to, api: 'JoinGroup', body });
export const replySync = (turn: CoordinatorTurn, to: RequestTag, body: SyncGroupResponse): void =>
  void turn.replies.push({ to, api: 'SyncGroup', body });

/** Answers the JoinGroup of a member that waits; false when none does. */
export function answerJoin(turn: CoordinatorTurn, groupId: string, memberId: string, body: JoinGroupResponse): boolean {
  const group = theGroup(turn, groupId);
  const member = memberOf(group, memberId);
  if (member?.awaitingJoin == null) return false;
  replyJoin(turn, member.awaitingJoin, body);
  putGroup(turn, updateMember(group, { ...member, awaitingJoin: null }));
  return true;
}

export function answerSync(turn: CoordinatorTurn, groupId: string, memberId: string, body: SyncGroupResponse): boolean {
  const group = theGroup(turn, groupId);
  const member = memberOf(group, memberId);
  if (member?.awaitingSync == null) return false;
  replySync(turn, member.awaitingSync, body);
  putGroup(turn, updateMember(group, { ...member, awaitingSync: null }));
  return true;
}
