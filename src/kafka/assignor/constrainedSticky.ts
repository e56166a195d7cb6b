/**
 * Sticky assignment when all members have the same subscription: everyone keeps what it has up to its share, the rest is dealt in turn.
 *
 * Follows `AbstractStickyAssignor.ConstrainedAssignmentBuilder` (3.9.0).
 */
import type { TopicPartition } from '../topicPartition.ts';
import { compareText } from './assignor.ts';
import type { StickyInput } from './ownedPartitions.ts';

export interface StickyResult {
  readonly assignment: Map<string, TopicPartition[]>;
  /** Partitions that change hands, with their new owner. */
  readonly transferring: ReadonlyMap<TopicPartition, string>;
}

export function assignConstrained({
  partitionsByTopic,
  partitionCount,
  owned,
  claimedTwice,
}: StickyInput): StickyResult {
  const minQuota = Math.floor(partitionCount / owned.size);
  const maxQuota = Math.ceil(partitionCount / owned.size);
  const expectedOverMinQuota = partitionCount % owned.size;
  let overMinQuota = 0;
  const assignment = new Map<string, TopicPartition[]>();
  const kept = new Set<TopicPartition>();
  const maybeRevokedFrom = new Map<TopicPartition, string>();
  const underMinQuota: string[] = [];
  let exactlyMinQuota: string[] = [];

  for (const [memberId, claims] of owned) {
    const mine = claims.filter((partition) => !claimedTwice.has(partition)).sort(byPartitionThenTopic);
    let quota = minQuota;
    if (mine.length < minQuota) {
      underMinQuota.push(memberId);
    } else if (mine.length >= maxQuota && overMinQuota < expectedOverMinQuota) {
      quota = maxQuota;
      overMinQuota += 1;
      if (overMinQuota === expectedOverMinQuota) exactlyMinQuota = [];
    } else if (overMinQuota < expectedOverMinQuota) {
      exactlyMinQuota.push(memberId);
    }
    assignment.set(memberId, mine.slice(0, quota));
    for (const partition of mine.slice(0, quota)) kept.add(partition);
    for (const partition of mine.slice(quota)) maybeRevokedFrom.set(partition, memberId);
  }

  const transferring = new Map<TopicPartition, string>();
  const give = (partition: TopicPartition, memberId: string): number => {
    const previous = maybeRevokedFrom.get(partition);
    if ((previous !== undefined && previous !== memberId) || claimedTwice.has(partition))
      transferring.set(partition, memberId);
    return assignment.get(memberId)!.push(partition);
  };
  const unassigned = [...partitionsByTopic.keys()]
    .sort()
    .flatMap((topic) => partitionsByTopic.get(topic)!.filter((tp) => !kept.has(tp)));
  underMinQuota.sort(compareText);
  exactlyMinQuota.sort(compareText);

  let turn = 0;
  for (const partition of unassigned) {
    if (turn >= underMinQuota.length) turn = 0;
    const isFilling = underMinQuota.length > 0;
    const memberId = isFilling ? underMinQuota[turn]! : exactlyMinQuota.shift()!;
    const count = give(partition, memberId);
    if (isFilling && count === minQuota) {
      underMinQuota.splice(turn, 1);
      exactlyMinQuota.push(memberId);
    } else turn += 1;
  }
  return { assignment, transferring };
}

function byPartitionThenTopic(a: TopicPartition, b: TopicPartition): number {
  return a.partition - b.partition || compareText(a.topic, b.topic);
}
