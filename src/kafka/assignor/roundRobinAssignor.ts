/**
 * `roundrobin`: all partitions, topic by topic, are dealt to the members in turn; a member not subscribed to the topic is passed over.
 *
 * Follows `org.apache.kafka.clients.consumer.RoundRobinAssignor` (3.9.0).
 */
import {
  type AssignorInput,
  compareMembers,
  emptyAssignment,
  type GroupAssignment,
  partitionsOf,
  topicsInMapOrder,
} from './assignor.ts';

export function assignRoundRobin(input: AssignorInput): GroupAssignment {
  const assignment = emptyAssignment(input);
  const members = [...input.members].sort(compareMembers);
  let next = 0;
  for (const topic of topicsInMapOrder(input).sort()) {
    for (const partition of partitionsOf(topic, input.partitionCounts.get(topic) ?? 0)) {
      while (!members[next]!.topics.includes(topic)) next = (next + 1) % members.length;
      assignment.get(members[next]!.memberId)!.push(partition);
      next = (next + 1) % members.length;
    }
  }
  return assignment;
}
