/** Checks that the requests of members share. Follows `GroupCoordinator#validateGroupStatus` and `validateCurrentMember` (3.9.0). */
import type { ErrorName } from '../../kafka/errors.ts';
import type { CoordinatorTurn } from './coordinatorTurn.ts';
import { log, partitionFor } from './coordinatorTurn.ts';
import type { Group } from './group.ts';
import { memberOf } from './group.ts';

/** Null: this broker is the group's coordinator. The empty name is a group only where offsets and administration are concerned. */
export function groupStatusError(
  turn: CoordinatorTurn,
  groupId: string,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): ErrorName | null {
  if (groupId === '' && !mayBeEmpty) return 'INVALID_GROUP_ID';
  if (!turn.coordinator.isActive) return 'COORDINATOR_NOT_AVAILABLE';
  return turn.coordinator.ownedPartitions.has(partitionFor(turn, groupId)) ? null : 'NOT_COORDINATOR';
}

/** Null: the member is of the group, and nobody has taken its group.instance.id. */
export function memberError(
  turn: CoordinatorTurn,
  group: Group,
  { memberId, groupInstanceId }: { readonly memberId: string; readonly groupInstanceId: string | null },
  operation: string,
): ErrorName | null {
  if (groupInstanceId !== null) {
    const holder = group.staticMembers.get(groupInstanceId);
    if (holder === undefined) return 'UNKNOWN_MEMBER_ID';
    if (holder !== memberId) {
      log(
        turn,
        'INFO',
        `Request memberId=${memberId} for static member with groupInstanceId=${groupInstanceId} ` +
          `is fenced by current memberId=${holder} during operation ${operation}`,
      );
      return 'FENCED_INSTANCE_ID';
    }
  }
  return memberOf(group, memberId) === undefined ? 'UNKNOWN_MEMBER_ID' : null;
}
