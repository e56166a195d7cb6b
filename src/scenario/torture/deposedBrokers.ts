/**
 * What deposed brokers told the copiers of their place. A broker that the controller has lost sight of, and that cannot reach ZooKeeper, goes
 * on as the leader and the coordinator that it was until a LeaderAndIsr tells it better, for clients that have their metadata from it too:
 *
 * - It stores no offsets any more, for want of its followers, but `GroupCoordinator#handleFetchOffsets` (3.9.0) answers from its cache, with
 *   `requireStable` too, and never looks at the log: what was committed with its successor is missing there.
 * - It has not got the latest records, and answers OFFSET_OUT_OF_RANGE to who has read them already: the consumer begins anew where
 *   `auto.offset.reset` says. Its leader epoch is no help, it is as old as the broker's (KIP-320 truncation checks need metadata of now).
 */
import { brokerIn } from '../../cluster/broker/pictureOfBroker.ts';
import type { PartitionHistories } from '../../cluster/invariants/partitionHistories.ts';
import { isKafkaMessage, type KafkaResponse } from '../../cluster/protocol/kafka/kafkaMessage.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { World } from '../../kernel/world.ts';

export class DeposedBrokers {
  readonly #histories: PartitionHistories;
  readonly #partitionCount: number;
  /** Partitions where a copier was misled. */
  readonly #misled = new Set<string>();

  /** `partitionCount`: of `__consumer_offsets`. */
  constructor(histories: PartitionHistories, partitionCount: number) {
    this.#histories = histories;
    this.#partitionCount = partitionCount;
  }

  afterEvent({ processes }: World, facts: readonly Fact[]): void {
    for (const { what, process } of facts) {
      if (what.kind !== 'sent' || process === null || !isKafkaMessage(what.message)) continue;
      const { message, to } = what;
      if (message.kind !== 'response' || processes[to]?.program !== 'transactional-message-copier') continue;
      const broker = brokerIn(processes[process]!);
      if (broker !== null)
        for (const place of this.#placesIn(message, broker.brokerId)) this.#misled.add(topicPartitionName(place));
    }
  }

  /** Whether a copier of that partition was told a wrong place, or might have been. */
  haveMisled(place: TopicPartition): boolean {
    return this.#misled.has(topicPartitionName(place));
  }

  *#placesIn(response: KafkaResponse, brokerId: number): Generator<TopicPartition, void, undefined> {
    if (response.api === 'OffsetFetch') {
      for (const { groupId, errorCode, topics } of response.body.groups) {
        if (errorCode !== 'NONE' || this.#coordinatorOf(groupId) === brokerId) continue;
        for (const { name: topic, partitions } of topics)
          for (const { partitionIndex: partition } of partitions) yield { topic, partition };
      }
    } else if (response.api === 'Fetch') {
      for (const { topic, partitions } of response.body.responses)
        for (const { partitionIndex: partition, errorCode } of partitions)
          if (errorCode === 'OFFSET_OUT_OF_RANGE' && this.#leaderOf({ topic, partition }) !== brokerId)
            yield { topic, partition };
    }
  }

  /** As ZooKeeper has it. */
  #leaderOf(place: TopicPartition): number | undefined {
    return this.#histories.of(place).state?.leader;
  }

  #coordinatorOf(groupId: string): number | undefined {
    const partition = coordinatorPartition(groupId, { partitionCount: this.#partitionCount });
    return this.#leaderOf({ topic: GROUP_METADATA_TOPIC_NAME, partition });
  }
}
