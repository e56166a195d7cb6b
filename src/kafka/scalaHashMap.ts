/**
 * The order in which Scala's hash maps list their keys.
 *
 * Follows `scala.collection.mutable.HashMap` and `scala.collection.immutable.HashMap` (2.13). Hashes are Java's.
 */
const INITIAL_CAPACITY = 16;

/** A mutable map, as the values of its history: the table doubles, and never shrinks. */
export interface ScalaMutableMap<V> {
  readonly capacity: number;
  /** In iteration order. */
  readonly entries: readonly { readonly key: string; readonly hash: number; readonly value: V }[];
}

export function emptyScalaMap<V>(): ScalaMutableMap<V> {
  return { capacity: INITIAL_CAPACITY, entries: [] };
}

/** Replaces in place; a new key goes to its bucket, where hashes ascend. */
export function scalaPut<V>(
  map: ScalaMutableMap<V>,
  key: string,
  value: V,
  hashOf: (key: string) => number,
): ScalaMutableMap<V> {
  const known = map.entries.findIndex((entry) => entry.key === key);
  if (known !== -1) return { ...map, entries: map.entries.with(known, { ...map.entries[known]!, value }) };
  const capacity = map.entries.length + 1 >= map.capacity * 0.75 ? map.capacity * 2 : map.capacity;
  const plain = hashOf(key);
  const entries = [...map.entries, { key, hash: plain ^ (plain >>> 16), value }];
  const bucket = (hash: number) => hash & (capacity - 1);
  // Stable: keys with the same hash stay in order of arrival.
  entries.sort((a, b) => bucket(a.hash) - bucket(b.hash) || a.hash - b.hash);
  return { capacity, entries };
}

export function scalaRemove<V>(map: ScalaMutableMap<V>, key: string): ScalaMutableMap<V> {
  const entries = map.entries.filter((entry) => entry.key !== key);
  return entries.length === map.entries.length ? map : { ...map, entries };
}

export function scalaGet<V>(map: ScalaMutableMap<V>, key: string): V | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

/** Order of an immutable `HashMap` or `HashSet` (a trie of 32-way nodes) holding these distinct keys, whatever the order they came in. */
export function scalaTrieOrder<K>(keys: readonly K[], hashOf: (key: K) => number): K[] {
  return orderNode(
    keys.map((key) => ({ key, hash: improve(hashOf(key)) })),
    0,
  );
}

/** Order of an immutable `Map` or `Set`: up to four keys as they came, then a trie. */
export function scalaImmutableOrder<K>(keys: readonly K[], hashOf: (key: K) => number): K[] {
  return keys.length <= 4 ? [...keys] : scalaTrieOrder(keys, hashOf);
}

/** In a node, keys alone in their slot come first, then the nodes below, both by slot. */
function orderNode<K>(items: readonly { readonly key: K; readonly hash: number }[], shift: number): K[] {
  if (shift >= 32) return items.map(({ key }) => key);
  const slots = new Map<number, { readonly key: K; readonly hash: number }[]>();
  for (const item of items) {
    const slot = (item.hash >>> shift) & 31;
    const there = slots.get(slot);
    if (there === undefined) slots.set(slot, [item]);
    else there.push(item);
  }
  const bySlot = [...slots].sort(([a], [b]) => a - b).map(([, there]) => there);
  const alone = bySlot.filter((there) => there.length === 1).flatMap((there) => there.map(({ key }) => key));
  const below = bySlot.filter((there) => there.length > 1).flatMap((there) => orderNode(there, shift + 5));
  return [...alone, ...below];
}

/** `scala.collection.Hashing.improve`. */
function improve(hash: number): number {
  let h = (hash + ~(hash << 9)) | 0;
  h ^= h >>> 14;
  h = (h + (h << 4)) | 0;
  return h ^ (h >>> 10);
}
