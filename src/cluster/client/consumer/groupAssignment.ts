/**
 * What a member tells of itself when it joins, and what the leader makes of what all told.
 *
 * Follows `ConsumerCoordinator#metadata`, `#onLeaderElected` and the user data of `StickyAssignor` and `CooperativeStickyAssignor` (3.9.0).
 */
import type { MemberSubscription } from '../../../kafka/assignor/assignor.ts';
import { type AssignorName, assignors } from '../../../kafka/assignor/assignors.ts';
import { type Bytes, EMPTY_BYTES } from '../../../kafka/bytes.ts';
import { int32Bytes, readInt32 } from '../../../kafka/record/varint.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { JoinGroupResponse } from '../../protocol/kafka/groups.ts';
import type { Cluster } from '../cluster.ts';
import {
  byTopicThenPartition,
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
  type Subscription,
} from './consumerProtocol.ts';
import type { Consumer, Coordinator } from './consumerState.ts';

/** One entry for each assignor of the list. */
export function protocolsOf(
  { settings, subscription }: Consumer,
  { generation, stickyMemory }: Coordinator,
): readonly { readonly name: string; readonly metadata: Bytes }[] {
  const ownedPartitions = subscription.partitions.map(({ topic, partition }) => ({ topic, partition }));
  return settings.assignors.map((name) => ({
    name,
    metadata: encodeSubscription({
      topics: subscription.topics,
      userData: userDataOf(name, stickyMemory),
      ownedPartitions,
      generationId: generation.generationId,
    }),
  }));
}

function userDataOf(name: AssignorName, memory: Coordinator['stickyMemory']): Bytes | null {
  if (name === 'cooperative-sticky') return int32Bytes(memory?.generation ?? -1) as Bytes;
  if (name !== 'sticky' || memory === null) return null;
  // The array of topics has the form that an assignment has after its version.
  const assignment = encodeAssignment({ partitions: memory.partitions, userData: null });
  return (assignment.slice(2, -4) + int32Bytes(memory.generation)) as Bytes;
}

function stickyClaim(userData: Bytes | null): Pick<MemberSubscription, 'ownedPartitions' | 'generation'> {
  if (userData === null) return { ownedPartitions: [], generation: -1 };
  const version = '\0\x03';
  const topics = userData.slice(0, -4);
  const { partitions } = decodeAssignment((version + topics + int32Bytes(-1)) as Bytes);
  return { ownedPartitions: partitions, generation: readInt32(userData, userData.length - 4) };
}

/** What a member claims to own, as the assignor sees it. */
function claimOf(
  name: AssignorName,
  subscription: Subscription,
): Pick<MemberSubscription, 'ownedPartitions' | 'generation'> {
  const { userData, ownedPartitions, generationId } = subscription;
  if (name === 'sticky') return stickyClaim(userData);
  const generation = generationId >= 0 || userData === null ? generationId : readInt32(userData, 0);
  return { ownedPartitions, generation };
}

/** Topics of all members. */
export function topicsOfGroup({ members }: JoinGroupResponse): readonly string[] {
  return [...new Set(members.flatMap(({ metadata }) => decodeSubscription(metadata).topics))];
}

/** Partition counts of the topics that exist. */
export function partitionCountsOf(cluster: Cluster, topics: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const topic of topics) {
    const count = cluster.topics.get(topic)?.partitions.length ?? 0;
    if (count > 0) counts.set(topic, count);
  }
  return counts;
}

export function sameCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([topic, count]) => b.get(topic) === count);
}

/** The leader's work. */
export function assignGroup(
  answer: JoinGroupResponse,
  name: AssignorName,
  partitionCounts: ReadonlyMap<string, number>,
): readonly { readonly memberId: string; readonly assignment: Bytes }[] {
  const members = answer.members.map(({ memberId, groupInstanceId, metadata }): MemberSubscription => {
    const subscription = decodeSubscription(metadata);
    return { memberId, groupInstanceId, topics: subscription.topics, ...claimOf(name, subscription) };
  });
  const assignment = assignors[name]({ members, partitionCounts });
  return members.map(({ memberId }) => ({
    memberId,
    assignment: encodeAssignment({ partitions: assignment.get(memberId) ?? [], userData: null }),
  }));
}

/** The partitions that an answer to SyncGroup brings, by topic and number. */
export function assignedPartitions(bytes: Bytes): readonly TopicPartition[] {
  return bytes === EMPTY_BYTES ? [] : [...decodeAssignment(bytes).partitions].sort(byTopicThenPartition);
}

export function without(
  partitions: readonly TopicPartition[],
  others: readonly TopicPartition[],
): readonly TopicPartition[] {
  return partitions.filter(
    ({ topic, partition }) => !others.some((other) => other.partition === partition && other.topic === topic),
  );
}
