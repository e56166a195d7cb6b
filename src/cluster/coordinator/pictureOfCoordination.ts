/**
 * A group as its coordinator keeps it, for the view of groups: members with what they wait for and when they expire, who leads, how long a
 * rebalance may still take. Read from the coordinating broker's snapshot.
 *
 * Follows `kafka.coordinator.group.GroupMetadata` and `MemberMetadata` (3.9.0).
 */
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { isVoid } from '../../kernel/timers.ts';
import type { World } from '../../kernel/world.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { decodeAssignment } from '../client/consumer/consumerProtocol.ts';
import { isLeader, membersOf } from './group.ts';
import { joinTimer } from './rebalance.ts';

export interface CoordinationPicture {
  /** Of `__consumer_offsets`. */
  readonly offsetsPartition: number;
  readonly members: readonly CoordinatedMember[];
  /** Were given an id, and have not joined with it yet. */
  readonly pendingCount: number;
  /** When the group goes on without those who have not joined; null while it does not prepare. */
  readonly rebalanceDueAt: VirtualTimeUs | null;
  /** `offsets.retention.minutes`, in milliseconds. */
  readonly retentionMs: number;
}
export interface CoordinatedMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly groupInstanceId: string | null;
  readonly isLeader: boolean;
  readonly sessionTimeoutMs: number;
  /** Unless it is heard; null while nobody waits for it. */
  readonly expiresAt: VirtualTimeUs | null;
  /** Its JoinGroup, or its SyncGroup, waits for the others. */
  readonly awaits: 'join' | 'sync' | null;
  readonly assignment: readonly { readonly topic: string; readonly partition: number }[];
}

/** Null when that process does not coordinate the group. */
export function pictureOfCoordination(world: World, process: ProcessId, groupId: string): CoordinationPicture | null {
  const found = world.processes[process];
  const groups = found === undefined ? undefined : brokerIn(found)?.groups;
  const group = groups?.groups.get(groupId);
  if (groups === undefined || groups === null || group === undefined) return null;
  return {
    offsetsPartition: coordinatorPartition(groupId, groups.config),
    members: membersOf(group).map((member) => ({
      memberId: member.memberId,
      clientId: member.clientId,
      groupInstanceId: member.groupInstanceId,
      isLeader: isLeader(group, member.memberId),
      sessionTimeoutMs: member.sessionTimeoutMs,
      expiresAt: member.expiresAt,
      awaits: member.awaitingJoin !== null ? 'join' : member.awaitingSync !== null ? 'sync' : null,
      assignment: group.protocolType === 'consumer' ? decodeAssignment(member.assignment).partitions : [],
    })),
    pendingCount: group.pendingMembers.size,
    rebalanceDueAt: group.delayedJoin === null ? null : dueAt(world, process, `group ${joinTimer(groupId)}`),
    retentionMs: groups.config.offsetsRetentionMs,
  };
}

function dueAt(world: World, process: ProcessId, timer: string): VirtualTimeUs | null {
  for (const entry of world.queue.entries())
    if (entry.kind === 'timer' && entry.toProcess === process && entry.id === timer && !isVoid(world, entry))
      return entry.at;
  return null;
}
