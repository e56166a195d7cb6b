/**
 * Replay of `02-group-leader-protocol`.
 */
import {
  addMember,
  type GroupMembers,
  memberList,
  noMembers,
  removeMember,
  selectProtocol,
} from '../group/groupMembership.ts';
import type { Json } from './json.ts';

type Operation =
  | { readonly op: 'add'; readonly memberId: string; readonly protocols: readonly string[] }
  | { readonly op: 'remove'; readonly memberId: string };

export function replayGroupMembers(operations: readonly Operation[]): Json {
  let group: GroupMembers<readonly string[]> = noMembers();
  return operations.map((operation) => {
    const { memberId } = operation;
    group = operation.op === 'add' ? addMember(group, memberId, operation.protocols) : removeMember(group, memberId);
    const members = memberList(group);
    return {
      leader: group.leaderId,
      protocol: selectProtocol(members.map(({ member }) => member)),
      memberOrder: members.map((listed) => listed.memberId),
    };
  });
}
