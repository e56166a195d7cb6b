/**
 * Sticky assignment when subscriptions differ: keep what is valid, give the rest to whoever has least, then move partitions one by one
 * while that makes the whole more balanced.
 *
 * Follows `AbstractStickyAssignor.GeneralAssignmentBuilder` (3.9.0).
 */
import type { TopicPartition } from '../topicPartition.ts';
import { compareText, membersInMapOrder } from './assignor.ts';
import { removeFirst, type StickyInput } from './ownedPartitions.ts';
import { PartitionMovements } from './partitionMovements.ts';

export function assignGeneral(sticky: StickyInput): Map<string, TopicPartition[]> {
  return new GeneralAssignment(sticky).build();
}

interface Claim {
  readonly memberId: string;
  readonly generation: number;
}
type PreviousOwners = ReadonlyMap<TopicPartition, Claim>;

class GeneralAssignment {
  readonly #sticky: StickyInput;
  readonly #consumersOf: ReadonlyMap<string, readonly string[]>;
  readonly #topicsOf: ReadonlyMap<string, readonly string[]>;
  readonly #current: Map<string, TopicPartition[]>;
  readonly #ownerOf = new Map<TopicPartition, string>();
  /** Members by number of partitions, then by id. */
  readonly #bySize: string[] = [];
  readonly #movements = new PartitionMovements();
  #revocationRequired = false;

  constructor(sticky: StickyInput) {
    this.#sticky = sticky;
    const members = membersInMapOrder(sticky.input);
    const topics = [...sticky.partitionsByTopic.keys()];
    this.#topicsOf = new Map(
      members.map((m) => [m.memberId, m.topics.filter((topic) => sticky.partitionsByTopic.has(topic))]),
    );
    this.#consumersOf = new Map(
      topics.map((topic) => [topic, members.filter((m) => m.topics.includes(topic)).map(({ memberId }) => memberId)]),
    );
    this.#current = sticky.owned;
    for (const [memberId, partitions] of this.#current) for (const tp of partitions) this.#ownerOf.set(tp, memberId);
  }

  build(): Map<string, TopicPartition[]> {
    const allPartitions = this.#sortedPartitions();
    const kept = this.#keepValid();
    const unassigned = allPartitions.filter((partition) => !kept.has(partition));
    for (const memberId of this.#current.keys()) this.#insert(memberId);
    this.#balance(allPartitions, unassigned);
    return this.#current;
  }

  /** Topics with the fewest possible consumers first. */
  #sortedPartitions(): TopicPartition[] {
    const { partitionsByTopic } = this.#sticky;
    return [...partitionsByTopic.keys()]
      .sort((a, b) => this.#consumersOf.get(a)!.length - this.#consumersOf.get(b)!.length || compareText(a, b))
      .flatMap((topic) => partitionsByTopic.get(topic)!);
  }

  #keepValid(): Set<TopicPartition> {
    const kept = new Set<TopicPartition>();
    for (const [memberId, partitions] of this.#current) {
      const topics = this.#topicsOf.get(memberId)!;
      const valid = partitions.filter(({ topic }) => topics.includes(topic));
      if (valid.length < partitions.length) this.#revocationRequired = true;
      for (const partition of valid) kept.add(partition);
      this.#current.set(memberId, valid);
    }
    return kept;
  }

  /** Claims of older generations, which a partition may go back to. */
  #previousOwners(): PreviousOwners {
    const previous = new Map<TopicPartition, Claim>();
    for (const { memberId, ownedPartitions, generation } of membersInMapOrder(this.#sticky.input)) {
      if (generation >= this.#sticky.maxGeneration) continue;
      for (const claimed of ownedPartitions) {
        const partition = this.#sticky.intern(claimed);
        const known = previous.get(partition);
        if (known === undefined || generation > known.generation) previous.set(partition, { memberId, generation });
      }
    }
    return previous;
  }

  #balance(allPartitions: readonly TopicPartition[], unassigned: readonly TopicPartition[]): void {
    const previousOwners = this.#previousOwners();
    const isInitializing = this.#sizeOf(this.#bySize[this.#bySize.length - 1]!) === 0;
    for (const partition of unassigned) this.#assignToSmallest(partition);

    const mayMove = (partition: TopicPartition) => this.#consumersOf.get(partition.topic)!.length >= 2;
    const fixed = new Map<string, TopicPartition[]>();
    for (const memberId of this.#topicsOf.keys()) {
      if (this.#mayChange(memberId)) continue;
      removeFirst(this.#bySize, memberId);
      fixed.set(memberId, this.#current.get(memberId)!);
      this.#current.delete(memberId);
    }
    const before = new Map([...this.#current].map(([memberId, partitions]) => [memberId, [...partitions]]));
    // Unless something must be revoked anyway, first try to move only what is new.
    if (!this.#revocationRequired) this.#reassign(unassigned.filter(mayMove), previousOwners);
    const isReassigned = this.#reassign(allPartitions.filter(mayMove), previousOwners);
    if (!isInitializing && isReassigned && balanceScore(this.#current) >= balanceScore(before)) {
      this.#current.clear();
      for (const [memberId, partitions] of before) this.#current.set(memberId, partitions);
    }
    for (const [memberId, partitions] of fixed) this.#current.set(memberId, partitions);
  }

  #assignToSmallest(partition: TopicPartition): void {
    const memberId = this.#bySize.find((candidate) => this.#topicsOf.get(candidate)!.includes(partition.topic));
    if (memberId === undefined) return;
    removeFirst(this.#bySize, memberId);
    this.#current.get(memberId)!.push(partition);
    this.#ownerOf.set(partition, memberId);
    this.#insert(memberId);
  }

  /** A member that has all it can get, of topics that nobody else reads, takes no part. */
  #mayChange(memberId: string): boolean {
    const partitions = this.#current.get(memberId)!;
    const topics = this.#topicsOf.get(memberId)!;
    const most = topics.reduce((sum, topic) => sum + this.#sticky.partitionsByTopic.get(topic)!.length, 0);
    return partitions.length < most || partitions.some(({ topic }) => this.#consumersOf.get(topic)!.length >= 2);
  }

  #reassign(partitions: readonly TopicPartition[], previousOwners: PreviousOwners): boolean {
    let isReassigned = false;
    for (let isModified = true; isModified; ) {
      isModified = false;
      for (const partition of partitions) {
        if (this.#isBalanced()) break;
        const size = this.#sizeOf(this.#ownerOf.get(partition)!);
        const previous = previousOwners.get(partition)?.memberId;
        if (previous !== undefined && this.#current.has(previous) && size > this.#sizeOf(previous) + 1) {
          this.#moveTo(partition, previous);
        } else if (this.#consumersOf.get(partition.topic)!.some((other) => size > this.#sizeOf(other) + 1)) {
          this.#moveTo(
            partition,
            this.#bySize.find((candidate) => this.#topicsOf.get(candidate)!.includes(partition.topic))!,
          );
        } else continue;
        isReassigned = true;
        isModified = true;
      }
    }
    return isReassigned;
  }

  #moveTo(wanted: TopicPartition, newOwner: string): void {
    const partition = this.#movements.actualPartitionToMove(wanted, this.#ownerOf.get(wanted)!, newOwner);
    const oldOwner = this.#ownerOf.get(partition)!;
    removeFirst(this.#bySize, oldOwner);
    removeFirst(this.#bySize, newOwner);
    this.#movements.move(partition, oldOwner, newOwner);
    removeFirst(this.#current.get(oldOwner)!, partition);
    this.#current.get(newOwner)!.push(partition);
    this.#ownerOf.set(partition, newOwner);
    this.#insert(newOwner);
    if (oldOwner !== newOwner) this.#insert(oldOwner);
  }

  /** No partition could go to a subscriber with at least two fewer than its owner. */
  #isBalanced(): boolean {
    const smallest = this.#sizeOf(this.#bySize[0]!);
    const largest = this.#sizeOf(this.#bySize[this.#bySize.length - 1]!);
    if (smallest >= largest - 1) return true;
    const largestOwnerOf = new Map<string, number>();
    for (const partitions of this.#current.values()) {
      for (const { topic } of partitions) {
        if (partitions.length > (largestOwnerOf.get(topic) ?? 0)) largestOwnerOf.set(topic, partitions.length);
      }
    }
    return this.#bySize.every((memberId) => {
      const size = this.#sizeOf(memberId);
      return this.#topicsOf.get(memberId)!.every((topic) => (largestOwnerOf.get(topic) ?? 0) <= size + 1);
    });
  }

  #sizeOf(memberId: string): number {
    return this.#current.get(memberId)!.length;
  }

  #insert(memberId: string): void {
    const size = this.#sizeOf(memberId);
    let low = 0;
    let high = this.#bySize.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#bySize[middle]!;
      if (this.#sizeOf(other) - size < 0 || (this.#sizeOf(other) === size && other < memberId)) low = middle + 1;
      else high = middle;
    }
    this.#bySize.splice(low, 0, memberId);
  }
}

/** Sum of the differences in size of all pairs: 0 when all have the same number. */
function balanceScore(assignment: ReadonlyMap<string, readonly TopicPartition[]>): number {
  const sizes = [...assignment.values()].map(({ length }) => length);
  return sizes.reduce(
    (sum, size, i) => sizes.slice(i + 1).reduce((inner, other) => inner + Math.abs(size - other), sum),
    0,
  );
}
