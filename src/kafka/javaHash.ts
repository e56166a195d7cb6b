/**
 * Java's hash codes: what Kafka's coordinators, and the order of its hash maps, rest on.
 *
 * Follows `java.lang.String#hashCode`, `org.apache.kafka.common.TopicPartition#hashCode` and `java.lang.Long#hashCode`.
 */
import type { TopicPartition } from './topicPartition.ts';

/** A signed 32-bit number, over UTF-16 units: an emoji counts two. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

export function javaTopicPartitionHash({ topic, partition }: TopicPartition): number {
  return (Math.imul(31 + partition, 31) + javaStringHash(topic)) | 0;
}

/** `Integer#hashCode`; also that of a `Long` which fits into 31 bits. */
export function javaIntegerHash(value: number): number {
  return value | 0;
}

/** `Utils.abs` of Kafka: 0 for the smallest integer, which has no positive counterpart. */
export function kafkaAbs(hash: number): number {
  return hash === -0x8000_0000 ? 0 : Math.abs(hash);
}
