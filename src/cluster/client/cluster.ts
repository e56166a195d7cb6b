/**
 * What a client knows of the cluster from its last Metadata answers.
 *
 * Follows `org.apache.kafka.common.Cluster` and `org.apache.kafka.clients.MetadataSnapshot` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { BrokerEndpoint } from '../protocol/kafka/metadata.ts';
import type { TopicId } from '../protocol/kafka/fields.ts';
import type { Node } from './node.ts';

export interface PartitionMetadata {
  readonly partition: number;
  readonly error: ErrorName;
  /** Null: no leader. */
  readonly leaderId: number | null;
  /** Null: not known. */
  readonly leaderEpoch: number | null;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}
export interface TopicMetadata {
  readonly name: string;
  readonly topicId: TopicId;
  readonly isInternal: boolean;
  /** In the order of the answer. */
  readonly partitions: readonly PartitionMetadata[];
}
export interface Cluster {
  readonly clusterId: string | null;
  readonly nodes: readonly Node[];
  readonly controller: Node | null;
  readonly topics: ReadonlyMap<string, TopicMetadata>;
  /** Still the servers of the list, nothing learnt yet. */
  readonly isBootstrap: boolean;
}

export function bootstrapCluster(nodes: readonly Node[]): Cluster {
  return { clusterId: null, nodes, controller: null, topics: new Map(), isBootstrap: true };
}

export function nodeById({ nodes }: Cluster, id: number): Node | null {
  return nodes.find((node) => node.id === id) ?? null;
}

export function partitionMetadata(
  { topics }: Cluster,
  { topic, partition }: TopicPartition,
): PartitionMetadata | undefined {
  const partitions = topics.get(topic)?.partitions;
  // Nearly always the partitions come in the order of their numbers.
  const expected = partitions?.[partition];
  return expected?.partition === partition ? expected : partitions?.find((other) => other.partition === partition);
}

/** Null: unknown partition, no leader, or a leader that is not among the nodes. */
export function leaderOf(cluster: Cluster, partition: TopicPartition): Node | null {
  const leader = partitionMetadata(cluster, partition)?.leaderId ?? null;
  return leader === null ? null : nodeById(cluster, leader);
}

/** Null: the topic is not known. */
export function partitionCountOf({ topics }: Cluster, topic: string): number | null {
  return topics.get(topic)?.partitions.length ?? null;
}

export function nodesOf(brokers: readonly BrokerEndpoint[]): readonly Node[] {
  return brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }));
}
