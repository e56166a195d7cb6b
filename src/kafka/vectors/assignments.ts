/**
 * Replay of `02-assignor-*`.
 */
import type { MemberSubscription } from '../assignor/assignor.ts';
import { type AssignorName, assignors } from '../assignor/assignors.ts';
import { parseTopicPartition, topicPartitionName } from '../topicPartition.ts';
import type { Json } from './json.ts';

interface Round {
  readonly partitionsPerTopic: Readonly<Record<string, number>>;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId?: string;
    readonly topics: readonly string[];
    readonly ownedPartitions?: readonly string[];
    readonly userDataPartitions?: readonly string[];
    readonly generation?: number;
  }[];
}

export function replayAssignments({
  assignor,
  rounds,
}: {
  readonly assignor: AssignorName;
  readonly rounds: readonly Round[];
}): Json {
  return rounds.map(({ partitionsPerTopic, members }) => {
    const subscriptions = members.map(
      (member): MemberSubscription => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId ?? null,
        topics: member.topics,
        ownedPartitions: (member.ownedPartitions ?? member.userDataPartitions ?? []).map(parseTopicPartition),
        generation: member.generation ?? -1,
      }),
    );
    const assignment = assignors[assignor]({
      members: subscriptions,
      partitionCounts: new Map(Object.entries(partitionsPerTopic)),
    });
    return Object.fromEntries(
      [...assignment].map(([memberId, partitions]) => [memberId, partitions.map(topicPartitionName)]),
    );
  });
}
