/**
 * Who really owns what, among the claims that members send with their subscriptions.
 *
 * Follows `AbstractStickyAssignor#allSubscriptionsEqual` (3.9.0): the newer generation wins; two claims of the same generation are void.
 */
import type { TopicPartition } from '../topicPartition.ts';
import { topicPartitionName } from '../topicPartition.ts';
import { type AssignorInput, membersInMapOrder, partitionsOf, topicsInMapOrder } from './assignor.ts';

/** Topics and partitions of one assignment; a partition is one object, so that it can be a key. */
export interface StickyInput {
  readonly input: AssignorInput;
  /** Subscribed topics that exist, and their partitions. */
  readonly partitionsByTopic: ReadonlyMap<string, readonly TopicPartition[]>;
  readonly partitionCount: number;
  /** Valid claims, by member, in the order of Java's map. Filled lists belong to the caller. */
  readonly owned: Map<string, TopicPartition[]>;
  /** Claimed by several members of one generation, hence by nobody. */
  readonly claimedTwice: ReadonlySet<TopicPartition>;
  readonly hasEqualSubscriptions: boolean;
  /** The highest generation of any claim. */
  readonly maxGeneration: number;
  /** The object that stands for a partition. */
  readonly intern: (partition: TopicPartition) => TopicPartition;
}

export function readClaims(input: AssignorInput): StickyInput {
  const members = membersInMapOrder(input);
  const intern = interner();
  const partitionsByTopic = new Map(
    topicsInMapOrder(input).map((topic) => [
      topic,
      partitionsOf(topic, input.partitionCounts.get(topic) ?? 0).map(intern),
    ]),
  );
  const owned = new Map<string, TopicPartition[]>();
  const ownerOf = new Map<TopicPartition, string>();
  const claimedTwice = new Set<TopicPartition>();
  const generations = new Map(members.map(({ memberId, generation }) => [memberId, generation]));
  for (const { memberId, ownedPartitions, generation } of members) {
    const mine: TopicPartition[] = [];
    owned.set(memberId, mine);
    for (const claimed of ownedPartitions) {
      if (!partitionsByTopic.has(claimed.topic)) continue;
      const partition = intern(claimed);
      const other = ownerOf.get(partition);
      const otherGeneration = other === undefined ? Number.NEGATIVE_INFINITY : generations.get(other)!;
      if (other !== undefined && generation < otherGeneration) continue;
      if (other !== undefined) removeFirst(owned.get(other)!, partition);
      if (generation === otherGeneration) claimedTwice.add(partition);
      else mine.push(partition);
      ownerOf.set(partition, memberId);
    }
  }
  return {
    input,
    partitionsByTopic,
    partitionCount: [...partitionsByTopic.values()].reduce((sum, partitions) => sum + partitions.length, 0),
    owned,
    claimedTwice,
    hasEqualSubscriptions: areEqual(members.map(({ topics }) => topics)),
    maxGeneration: Math.max(-1, ...generations.values()),
    intern,
  };
}

function interner(): (partition: TopicPartition) => TopicPartition {
  const known = new Map<string, TopicPartition>();
  return (partition) => {
    const name = topicPartitionName(partition);
    const there = known.get(name);
    if (there !== undefined) return there;
    known.set(name, partition);
    return partition;
  };
}

function areEqual(subscriptions: readonly (readonly string[])[]): boolean {
  const first = new Set(subscriptions.find((topics) => topics.length > 0) ?? []);
  return subscriptions.every((topics) => topics.length === first.size && topics.every((topic) => first.has(topic)));
}

export function removeFirst<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at !== -1) list.splice(at, 1);
}
