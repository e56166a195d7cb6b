/**
 * Positions that a deposed coordinator gave. A broker that ZooKeeper's controller has lost goes on as coordinator of the groups it has loaded
 * until a LeaderAndIsr tells it better. It stores nothing more, for want of its followers, but `GroupCoordinator#handleFetchOffsets` (3.9.0)
 * answers from its cache, with `requireStable` too, and never looks at the log: what was committed with its successor is missing there.
 */
import { brokerIn } from '../../cluster/broker/pictureOfBroker.ts';
import type { PartitionHistories } from '../../cluster/invariants/partitionHistories.ts';
import { isKafkaMessage } from '../../cluster/protocol/kafka/kafkaMessage.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { World } from '../../kernel/world.ts';

export class DeposedCoordinators {
  readonly #histories: PartitionHistories;
  readonly #partitionCount: number;
  /** By group and partition. */
  readonly #positions = new Set<string>();

  /** `partitionCount`: of `__consumer_offsets`. */
  constructor(histories: PartitionHistories, partitionCount: number) {
    this.#histories = histories;
    this.#partitionCount = partitionCount;
  }

  afterEvent({ processes }: World, facts: readonly Fact[]): void {
    for (const { what, process } of facts) {
      if (what.kind !== 'sent' || process === null || !isKafkaMessage(what.message)) continue;
      const { message } = what;
      const broker = brokerIn(processes[process]!);
      if (broker === null || message.kind !== 'response' || message.api !== 'OffsetFetch') continue;
      for (const { groupId, errorCode, topics } of message.body.groups) {
        if (errorCode !== 'NONE' || this.#leaderFor(groupId) === broker.brokerId) continue;
        for (const { name: topic, partitions } of topics)
          for (const { partitionIndex: partition } of partitions)
            this.#positions.add(`${groupId} ${topicPartitionName({ topic, partition })}`);
      }
    }
  }

  /** Whether one gave the position of a group in a partition. */
  gave(groupId: string, place: { readonly topic: string; readonly partition: number }): boolean {
    return this.#positions.has(`${groupId} ${topicPartitionName(place)}`);
  }

  /** As ZooKeeper has it. */
  #leaderFor(groupId: string): number | undefined {
    const partition = coordinatorPartition(groupId, { partitionCount: this.#partitionCount });
    return this.#histories.of({ topic: GROUP_METADATA_TOPIC_NAME, partition }).state?.leader;
  }
}
