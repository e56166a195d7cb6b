/**
 * `range`: each topic is cut into contiguous ranges, one a member, and the first members get the remainders – of every topic.
 *
 * Follows `org.apache.kafka.clients.consumer.RangeAssignor` (3.9.0).
 */
import {
  type AssignorInput,
  compareMembers,
  emptyAssignment,
  type GroupAssignment,
  partitionsOf,
  topicsInMapOrder,
} from './assignor.ts';

export function assignRange(input: AssignorInput): GroupAssignment {
  const assignment = emptyAssignment(input);
  const members = [...input.members].sort(compareMembers);
  for (const topic of topicsInMapOrder(input)) {
    const consumers = members.filter(({ topics }) => topics.includes(topic));
    const partitions = partitionsOf(topic, input.partitionCounts.get(topic) ?? 0);
    const share = Math.floor(partitions.length / consumers.length);
    const remainder = partitions.length % consumers.length;
    consumers.forEach(({ memberId }, i) => {
      const from = i * share + Math.min(i, remainder);
      assignment.get(memberId)!.push(...partitions.slice(from, from + share + (i < remainder ? 1 : 0)));
    });
  }
  return assignment;
}
