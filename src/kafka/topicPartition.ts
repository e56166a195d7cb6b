/**
 * A partition of a topic, and its text form `topic-partition`.
 *
 * Follows `org.apache.kafka.common.TopicPartition`.
 */
export interface TopicPartition {
  readonly topic: string;
  /** From 0. */
  readonly partition: number;
}

/** `vive-le-ca-0`, as Kafka prints it and names the folder of the log. */
export function topicPartitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

/** The inverse of `topicPartitionName`: the partition comes after the last dash. */
export function parseTopicPartition(name: string): TopicPartition {
  const dash = name.lastIndexOf('-');
  return { topic: name.slice(0, dash), partition: Number(name.slice(dash + 1)) };
}

export function isSameTopicPartition(a: TopicPartition, b: TopicPartition): boolean {
  return a.partition === b.partition && a.topic === b.topic;
}
