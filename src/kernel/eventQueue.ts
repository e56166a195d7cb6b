/** What is to happen, soonest first: a binary heap ordered by time, then by the order in which things were asked for. */
import type { VirtualTimeUs } from './time.ts';

export interface Scheduled {
  readonly at: VirtualTimeUs;
  /** Order of asking: ties in time are broken by it, so that the order never depends on the heap. */
  readonly sequence: number;
}

const isBefore = (a: Scheduled, b: Scheduled): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/** A mutable heap of immutable entries; `copy` is what a checkpoint keeps. */
export class EventQueue<T extends Scheduled> {
  readonly #heap: T[];

  constructor(heap: readonly T[] = []) {
    this.#heap = [...heap];
  }

  get size(): number {
    return this.#heap.length;
  }

  /** The soonest entry, left in the queue. */
  peek(): T | undefined {
    return this.#heap[0];
  }

  /** Every entry, in no particular order. */
  entries(): readonly T[] {
    return this.#heap;
  }

  copy(): EventQueue<T> {
    return new EventQueue(this.#heap);
  }

  /** Takes out every entry of which that holds, in their order. */
  remove(isUnwanted: (entry: T) => boolean): readonly T[] {
    const unwanted = this.#heap.filter((entry) => isUnwanted(entry));
    if (unwanted.length === 0) return unwanted;
    const kept = this.#heap.filter((entry) => !isUnwanted(entry));
    this.#heap.length = 0;
    for (const entry of kept) this.push(entry);
    return unwanted.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  push(entry: T): void {
    const heap = this.#heap;
    let child = heap.push(entry) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent]!;
      if (!isBefore(entry, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  pop(): T | undefined {
    const heap = this.#heap;
    const soonest = heap[0];
    const last = heap.pop();
    if (soonest === undefined || last === undefined || heap.length === 0) return soonest;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = last;
    return soonest;
  }
}
