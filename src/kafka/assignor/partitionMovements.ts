/**
 * Which partitions moved from whom to whom within one assignment, so that a move back is undone rather than doubled.
 *
 * Follows `AbstractStickyAssignor.PartitionMovements` (3.9.0).
 */
import { javaTopicPartitionHash } from '../javaHash.ts';
import type { TopicPartition } from '../topicPartition.ts';
import { removeFirst } from './ownedPartitions.ts';

interface Move {
  readonly from: string;
  readonly to: string;
}
/** A Java hash set: its order depends on the largest size it had. */
interface MovedPartitions {
  readonly items: TopicPartition[];
  capacity: number;
}

export class PartitionMovements {
  readonly #moveOf = new Map<TopicPartition, Move>();
  /** By topic, then by source and destination. */
  readonly #byTopic = new Map<string, Map<string, MovedPartitions>>();

  /** The partition to move instead: one that moved the other way before. */
  actualPartitionToMove(partition: TopicPartition, from: string, to: string): TopicPartition {
    const source = this.#moveOf.get(partition)?.from ?? from;
    const moved = this.#byTopic.get(partition.topic)?.get(moveKey(to, source));
    return moved === undefined ? partition : firstOf(moved);
  }

  move(partition: TopicPartition, from: string, to: string): void {
    const previous = this.#moveOf.get(partition);
    if (previous === undefined) return this.#add(partition, { from, to });
    this.#remove(partition, previous);
    if (previous.from !== to) this.#add(partition, { from: previous.from, to });
  }

  #add(partition: TopicPartition, move: Move): void {
    this.#moveOf.set(partition, move);
    const topicMoves = this.#byTopic.get(partition.topic) ?? new Map<string, MovedPartitions>();
    this.#byTopic.set(partition.topic, topicMoves);
    const key = moveKey(move.from, move.to);
    const moved = topicMoves.get(key) ?? { items: [], capacity: 16 };
    topicMoves.set(key, moved);
    moved.items.push(partition);
    if (moved.items.length > moved.capacity * 0.75) moved.capacity *= 2;
  }

  #remove(partition: TopicPartition, { from, to }: Move): void {
    this.#moveOf.delete(partition);
    const topicMoves = this.#byTopic.get(partition.topic)!;
    const moved = topicMoves.get(moveKey(from, to))!;
    removeFirst(moved.items, partition);
    if (moved.items.length === 0) topicMoves.delete(moveKey(from, to));
  }
}

function moveKey(from: string, to: string): string {
  return `${from}\0${to}`;
}

function firstOf({ items, capacity }: MovedPartitions): TopicPartition {
  const bucket = (partition: TopicPartition) => {
    const hash = javaTopicPartitionHash(partition);
    return (hash ^ (hash >>> 16)) & (capacity - 1);
  };
  return items.reduce((first, item) => (bucket(item) < bucket(first) ? item : first));
}
