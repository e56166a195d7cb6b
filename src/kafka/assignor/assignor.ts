/**
 * What the leader of a group knows when it assigns partitions, and the order in which Java's maps let it see it.
 *
 * Follows `ConsumerPartitionAssignor` and `AbstractPartitionAssignor` of `org.apache.kafka.clients.consumer` (3.9.0); rack-aware assignment
 * (`client.rack`) is left out.
 */
import { javaStringHash } from '../javaHash.ts';
import { javaHashOrder } from '../javaHashMap.ts';
import type { TopicPartition } from '../topicPartition.ts';

export interface MemberSubscription {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  /** What the member says it has: for `sticky` from its user data, for `cooperative-sticky` what it has not revoked. */
  readonly ownedPartitions: readonly TopicPartition[];
  /** Generation of that claim; −1 for none. */
  readonly generation: number;
}

export interface AssignorInput {
  /** In the order in which the coordinator lists them. */
  readonly members: readonly MemberSubscription[];
  /** Of the topics that exist. */
  readonly partitionCounts: ReadonlyMap<string, number>;
}

/** By member id, in the coordinator's order; each list in the order in which the assignor made it. */
export type GroupAssignment = ReadonlyMap<string, readonly TopicPartition[]>;

export type Assignor = (input: AssignorInput) => GroupAssignment;

/** Members in the order of the hash map of subscriptions. */
export function membersInMapOrder({ members }: AssignorInput): MemberSubscription[] {
  const byId = new Map(members.map((member) => [member.memberId, member]));
  return javaHashOrder([...byId.keys()], javaStringHash).map((memberId) => byId.get(memberId)!);
}

/** Subscribed topics that exist, in the order of the hash map of partitions by topic. */
export function topicsInMapOrder(input: AssignorInput): string[] {
  const subscribed = new Set(membersInMapOrder(input).flatMap(({ topics }) => topics));
  const existing = javaHashOrder(subscribed, javaStringHash).filter(
    (topic) => (input.partitionCounts.get(topic) ?? 0) > 0,
  );
  return javaHashOrder(existing, javaStringHash);
}

/** Static members by instance id, before the dynamic ones by member id. */
export function compareMembers(a: MemberSubscription, b: MemberSubscription): number {
  if (a.groupInstanceId !== null && b.groupInstanceId !== null)
    return compareText(a.groupInstanceId, b.groupInstanceId);
  if (a.groupInstanceId !== null) return -1;
  if (b.groupInstanceId !== null) return 1;
  return compareText(a.memberId, b.memberId);
}

/** By UTF-16 units, as Java compares strings. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function partitionsOf(topic: string, partitionCount: number): TopicPartition[] {
  return Array.from({ length: partitionCount }, (_, partition) => ({ topic, partition }));
}

/** Empty lists for all, to be filled. */
export function emptyAssignment({ members }: AssignorInput): Map<string, TopicPartition[]> {
  return new Map(members.map(({ memberId }) => [memberId, []]));
}
