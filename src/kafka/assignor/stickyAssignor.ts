/**
 * `sticky` and `cooperative-sticky`: balanced within one partition, moving as few as possible.
 *
 * Follows `StickyAssignor`, `CooperativeStickyAssignor` and `AbstractStickyAssignor` of `org.apache.kafka.clients.consumer` (3.9.0, KIP-54,
 * KIP-429). Cooperative: a partition that changes hands is in nobody's assignment until its owner has given it up and all rejoin.
 */
import { javaStringHash } from '../javaHash.ts';
import { javaHashOrder } from '../javaHashMap.ts';
import type { TopicPartition } from '../topicPartition.ts';
import { type AssignorInput, emptyAssignment, type GroupAssignment, type MemberSubscription } from './assignor.ts';
import { assignConstrained, type StickyResult } from './constrainedSticky.ts';
import { assignGeneral } from './generalSticky.ts';
import { readClaims, removeFirst } from './ownedPartitions.ts';

/** Claims travel in the user data, grouped by topic. */
export function assignSticky(input: AssignorInput): GroupAssignment {
  const members = input.members.map((member) => ({ ...member, ownedPartitions: asUserData(member.ownedPartitions) }));
  return inMemberOrder(input, assign({ ...input, members }).assignment);
}

export function assignCooperativeSticky(input: AssignorInput): GroupAssignment {
  const { assignment, transferring } = assign(input);
  for (const [partition, memberId] of transferring) removeFirst(assignment.get(memberId)!, partition);
  return inMemberOrder(input, assignment);
}

function assign(input: AssignorInput): StickyResult {
  const sticky = readClaims(input);
  if (sticky.hasEqualSubscriptions) return assignConstrained(sticky);
  const assignment = assignGeneral(sticky);
  return { assignment, transferring: changesOfOwner(input.members, assignment, sticky.intern) };
}

/** Added to one member and taken from another. */
function changesOfOwner(
  members: readonly MemberSubscription[],
  assignment: ReadonlyMap<string, readonly TopicPartition[]>,
  intern: (partition: TopicPartition) => TopicPartition,
): Map<TopicPartition, string> {
  const added = new Map<TopicPartition, string>();
  const revoked = new Set<TopicPartition>();
  for (const { memberId, ownedPartitions } of members) {
    const owned = new Set(ownedPartitions.map(intern));
    const assigned = new Set(assignment.get(memberId));
    for (const partition of assigned) if (!owned.has(partition)) added.set(partition, memberId);
    for (const partition of owned) if (!assigned.has(partition)) revoked.add(partition);
  }
  return new Map([...added].filter(([partition]) => revoked.has(partition)));
}

function asUserData(partitions: readonly TopicPartition[]): TopicPartition[] {
  const topics = new Set(partitions.map(({ topic }) => topic));
  return javaHashOrder(topics, javaStringHash, { by: 'computeIfAbsent' }).flatMap((topic) =>
    partitions.filter((partition) => partition.topic === topic),
  );
}

function inMemberOrder(
  input: AssignorInput,
  assignment: ReadonlyMap<string, readonly TopicPartition[]>,
): GroupAssignment {
  const ordered = emptyAssignment(input);
  for (const memberId of ordered.keys()) ordered.set(memberId, [...(assignment.get(memberId) ?? [])]);
  return ordered;
}
