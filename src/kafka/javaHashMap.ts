/**
 * The order in which a Java hash map lists its keys: Kafka prints and sends many things in it.
 *
 * Follows `java.util.HashMap` (17): spread hash, table of a power of two, buckets from left to right, within a bucket in order of
 * arrival; a bucket of eight in a table below 64 doubles the table. Buckets turned into trees keep the order of arrival here.
 */
const DEFAULT_CAPACITY = 16;
const TREEIFY_THRESHOLD = 8;
const MIN_TREEIFY_CAPACITY = 64;

/** Iteration order of a `HashMap` or `HashSet` that got these distinct keys in this order. The capacity is what the constructor is given. */
export function javaHashOrder<K>(
  keys: Iterable<K>,
  hashOf: (key: K) => number,
  { initialCapacity = DEFAULT_CAPACITY }: { readonly initialCapacity?: number } = {},
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
    bucket.push(key);
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
