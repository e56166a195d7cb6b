/**
 * A persistent list for what only grows at its end: sealed chunks of 64 shared between versions, and a tail.
 *
 * An append copies the tail (at most 64 references) and, once in 64 times, the list of chunks; what is there is never copied.
 * Truncation keeps whole chunks, so that a branch in history costs what differs.
 */
const CHUNK = 64;

export interface ChunkedList<T> {
  /** Each of exactly 64 items. */
  readonly sealed: readonly (readonly T[])[];
  /** Fewer than 64 items. */
  readonly tail: readonly T[];
  readonly length: number;
}

const EMPTY: ChunkedList<never> = { sealed: [], tail: [], length: 0 };

export function emptyList<T>(): ChunkedList<T> {
  return EMPTY;
}

export function push<T>(list: ChunkedList<T>, item: T): ChunkedList<T> {
  const tail = list.tail.slice();
  tail.push(item);
  if (tail.length < CHUNK) return { sealed: list.sealed, tail, length: list.length + 1 };
  const sealed = list.sealed.slice();
  sealed.push(tail);
  return { sealed, tail: EMPTY.tail, length: list.length + 1 };
}

/** Undefined outside the list. */
export function itemAt<T>(list: ChunkedList<T>, index: number): T | undefined {
  const chunk = list.sealed[index >> 6] ?? list.tail;
  return index < 0 || index >= list.length ? undefined : chunk[index & (CHUNK - 1)];
}

export function lastItem<T>(list: ChunkedList<T>): T | undefined {
  return itemAt(list, list.length - 1);
}

/** The first `length` items; the list itself when it has no more. */
export function take<T>(list: ChunkedList<T>, length: number): ChunkedList<T> {
  if (length >= list.length) return list;
  const whole = length >> 6;
  const cut = list.sealed[whole] ?? list.tail;
  return { sealed: list.sealed.slice(0, whole), tail: cut.slice(0, length & (CHUNK - 1)), length };
}

/** Items in order, from an index on. */
export function* itemsFrom<T>(list: ChunkedList<T>, start = 0): Generator<T, void, undefined> {
  for (let i = start; i < list.length; i++) yield itemAt(list, i)!;
}

export function toArray<T>(list: ChunkedList<T>): T[] {
  return list.sealed.flat().concat(list.tail);
}

/** Index of the first item for which the test holds, given that it then holds for all that follow; the length if none. */
export function firstIndexWhere<T>(list: ChunkedList<T>, holds: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(itemAt(list, middle)!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
