/** A producer's metadata as its accumulator asks about it, worked out once for each metadata answer. */
import type { BrokerId } from '../../../kafka/ids.ts';
import type { ProducerMetadata } from '../../../kafka/producer/recordAccumulator.ts';
import type { TopicPartitions } from '../../../kafka/producer/stickyPartitioner.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { type Cluster, leaderOf } from '../cluster.ts';

export interface ClusterView extends ProducerMetadata {
  readonly cluster: Cluster;
}

const unknownTopic: TopicPartitions = { available: [], partitionCount: 0 };

export function viewOf(cluster: Cluster): ClusterView {
  const topics = new Map<string, TopicPartitions>();
  const leaders = new Map<string, readonly (BrokerId | null)[]>();
  const led = new Map<number, TopicPartition[]>();
  for (const [topic, { partitions }] of cluster.topics) {
    const available: number[] = [];
    const leaderOfPartition: (BrokerId | null)[] = [];
    for (const { partition, leaderId } of partitions) {
      // As `Cluster#leaderFor`: a leader that no answer names as a live broker is none.
      const leader = leaderId === null ? null : (leaderOf(cluster, { topic, partition })?.id ?? null);
      leaderOfPartition[partition] = leader as BrokerId | null;
      if (leader === null) continue;
      available.push(partition);
      const ofBroker = led.get(leader);
      if (ofBroker === undefined) led.set(leader, [{ topic, partition }]);
      else ofBroker.push({ topic, partition });
    }
    topics.set(topic, { available, partitionCount: partitions.length });
    leaders.set(topic, leaderOfPartition);
  }
  return {
    cluster,
    partitionsOf: (topic) => topics.get(topic) ?? unknownTopic,
    leaderOf: ({ topic, partition }) => leaders.get(topic)?.[partition] ?? null,
    ledBy: (broker) => led.get(broker) ?? [],
  };
}
