/**
 * What consumers put into JoinGroup and SyncGroup, which the coordinator passes on unread: their subscription, their assignment.
 *
 * Follows `org.apache.kafka.clients.consumer.internals.ConsumerProtocol` with `ConsumerProtocolSubscription.json` and
 * `ConsumerProtocolAssignment.json`, version 3 (3.9.0).
 */
import { type Bytes, textOf, utf8 } from '../../../kafka/bytes.ts';
import { int16Bytes, int32Bytes, readInt16, readInt32 } from '../../../kafka/record/varint.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';

const VERSION = 3;

export interface Subscription {
  readonly topics: readonly string[];
  /** An assignor's own: the sticky one tells its generation. */
  readonly userData: Bytes | null;
  readonly ownedPartitions: readonly TopicPartition[];
  /** −1: none. */
  readonly generationId: number;
}
export interface Assignment {
  readonly partitions: readonly TopicPartition[];
  readonly userData: Bytes | null;
}

export function encodeSubscription({ topics, userData, ownedPartitions, generationId }: Subscription): Bytes {
  const owned = [...ownedPartitions].sort(byTopicThenPartition);
  return (int16Bytes(VERSION) +
    array([...topics].sort(), string) +
    nullableBytes(userData) +
    partitionsBytes(owned) +
    int32Bytes(generationId) +
    int16Bytes(-1)) as Bytes;
}

export function encodeAssignment({ partitions, userData }: Assignment): Bytes {
  return (int16Bytes(VERSION) + partitionsBytes(partitions) + nullableBytes(userData)) as Bytes;
}

export function decodeSubscription(bytes: Bytes): Subscription {
  const reader = new Reader(bytes);
  const version = reader.int16();
  const topics = reader.array(() => reader.string());
  const userData = reader.nullableBytes();
  const ownedPartitions = version >= 1 ? reader.partitions() : [];
  return { topics, userData, ownedPartitions, generationId: version >= 2 ? reader.int32() : -1 };
}

/** Empty bytes are no assignment yet. */
export function decodeAssignment(bytes: Bytes): Assignment {
  if (bytes.length === 0) return { partitions: [], userData: null };
  const reader = new Reader(bytes);
  reader.int16();
  return { partitions: reader.partitions(), userData: reader.nullableBytes() };
}

/** Topics by their name, partitions by their number. */
export function byTopicThenPartition(a: TopicPartition, b: TopicPartition): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;
}

function partitionsBytes(partitions: readonly TopicPartition[]): string {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of partitions) {
    const known = topics.get(topic);
    if (known === undefined) topics.set(topic, [partition]);
    else known.push(partition);
  }
  return array([...topics], ([topic, numbers]) => string(topic) + array(numbers, int32Bytes));
}

const array = <T>(items: readonly T[], encode: (item: T) => string): string =>
  int32Bytes(items.length) + items.map(encode).join('');
function string(text: string): string {
  const bytes = utf8(text);
  return int16Bytes(bytes.length) + bytes;
}
const nullableBytes = (bytes: Bytes | null): string =>
  bytes === null ? int32Bytes(-1) : int32Bytes(bytes.length) + bytes;

class Reader {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }
  int16(): number {
    this.#at += 2;
    return readInt16(this.#bytes, this.#at - 2);
  }
  int32(): number {
    this.#at += 4;
    return readInt32(this.#bytes, this.#at - 4);
  }
  string(): string {
    return textOf(this.#take(this.int16()));
  }
  nullableBytes(): Bytes | null {
    const length = this.int32();
    return length < 0 ? null : this.#take(length);
  }
  array<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let left = this.int32(); left > 0; left--) items.push(item());
    return items;
  }
  partitions(): TopicPartition[] {
    const topics = this.array(() => ({ topic: this.string(), partitions: this.array(() => this.int32()) }));
    return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
  }
  #take(length: number): Bytes {
    const from = this.#at;
    this.#at += length;
    return this.#bytes.slice(from, this.#at) as Bytes;
  }
}
