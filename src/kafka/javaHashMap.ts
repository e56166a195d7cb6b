/**
 * The order in which a Java hash map lists its keys: Kafka prints and sends many things in it.
 *
 * Follows `java.util.HashMap` (17): spread hash, table of a power of two, buckets from left to right, within a bucket in order of
 * arrival – or the reverse, for what `computeIfAbsent` and `merge` put there. A bucket of eight in a table below 64 doubles the table;
 * larger buckets, which Java turns into trees, keep their order here.
 */
const DEFAULT_CAPACITY = 16;
const TREEIFY_THRESHOLD = 8;
const MIN_TREEIFY_CAPACITY = 64;

export interface JavaHashMapOptions {
  /** What the constructor is given. */
  readonly initialCapacity?: number;
  /** How the keys came: `put` and `add` append to a bucket, `computeIfAbsent` and `merge` prepend. */
  readonly by?: 'put' | 'computeIfAbsent';
}

/** Iteration order of a `HashMap` or `HashSet` that got these distinct keys in this order. */
export function javaHashOrder<K>(
  keys: Iterable<K>,
  hashOf: (key: K) => number,
  { initialCapacity = DEFAULT_CAPACITY, by = 'put' }: JavaHashMapOptions = {},
): K[] {
  let capacity = tableSizeFor(initialCapacity);
  let table = emptyTable<K>(capacity);
  let size = 0;
  const bucketOf = (key: K) => {
    const hash = hashOf(key);
    return (hash ^ (hash >>> 16)) & (capacity - 1);
  };
  const grow = () => {
    const old = table;
    capacity *= 2;
    table = emptyTable(capacity);
    for (const bucket of old) for (const key of bucket) table[bucketOf(key)]!.push(key);
  };
  for (const key of keys) {
    const bucket = table[bucketOf(key)]!;
    if (by === 'put') bucket.push(key);
    else bucket.unshift(key);
    size += 1;
    if (bucket.length > TREEIFY_THRESHOLD && capacity < MIN_TREEIFY_CAPACITY) grow();
    if (size > capacity * 0.75) grow();
  }
  return table.flat();
}

/** Order of `new HashMap<>(other)`, given the order of the other. */
export function javaHashCopyOrder<K>(keys: readonly K[], hashOf: (key: K) => number, added: readonly K[] = []): K[] {
  const initialCapacity = keys.length === 0 ? DEFAULT_CAPACITY : Math.floor(keys.length / 0.75 + 1);
  return javaHashOrder([...keys, ...added], hashOf, { initialCapacity });
}

function emptyTable<K>(capacity: number): K[][] {
  return Array.from({ length: capacity }, () => []);
}

/** The smallest power of two that is not below the capacity asked for. */
function tableSizeFor(capacity: number): number {
  let size = 1;
  while (size < capacity) size *= 2;
  return size;
}
