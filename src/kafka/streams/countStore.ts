/**
 * The state of a `count()`: a table of counts, with the record cache before it, which lets updates through at a commit or when it is full.
 *
 * Follows `KStreamAggregate`, `CachingKeyValueStore`, `ThreadCache` and `NamedCache` of Kafka Streams (3.9.0), as an immutable value.
 */
import { utf8Length } from '../record/record.ts';
import type { TimestampMs } from '../ids.ts';

export interface Count {
  readonly count: number;
  /** The largest timestamp of the records counted. */
  readonly timestamp: TimestampMs;
}

/** What goes to the changelog topic and on to the next processor. */
export interface CountUpdate extends Count {
  readonly key: string;
}

interface CachedCount extends Count {
  /** False: read from the table, or already written to it. */
  readonly isDirty: boolean;
  readonly sizeInBytes: number;
}

export interface CountStore {
  /** `statestore.cache.max.bytes`: with 0 every update goes through. */
  readonly maxCacheBytes: number;
  /** Topic of the records counted: its name is part of what a cached entry weighs. */
  readonly topic: string;
  /** What the changelog has. */
  readonly table: ReadonlyMap<string, Count>;
  /** Least recently used first. */
  readonly cache: ReadonlyMap<string, CachedCount>;
  /** Keys not yet written, by last update. */
  readonly dirtyKeys: ReadonlySet<string>;
}

export function createCountStore({
  maxCacheBytes,
  topic,
}: {
  readonly maxCacheBytes: number;
  readonly topic: string;
}): CountStore {
  return { maxCacheBytes, topic, table: new Map(), cache: new Map(), dirtyKeys: new Set() };
}

export interface CountResult {
  readonly store: CountStore;
  /** In the order in which they leave. */
  readonly updates: readonly CountUpdate[];
}

/** One more record of the key. */
export function countRecord(
  store: CountStore,
  { key, timestamp }: { readonly key: string; readonly timestamp: TimestampMs },
): CountResult {
  const draft = draftOf(store);
  const before = read(draft, key);
  put(draft, key, {
    count: (before?.count ?? 0) + 1,
    timestamp: before !== undefined && before.timestamp > timestamp ? before.timestamp : timestamp,
    isDirty: true,
    sizeInBytes: entrySize(key, store.topic),
  });
  return resultOf(store, draft);
}

/** All that is dirty leaves, only the last count of each key. The entries stay, clean. */
export function commitCounts(store: CountStore): CountResult {
  const draft = draftOf(store);
  flush(draft, null);
  return resultOf(store, draft);
}

interface Draft {
  readonly maxCacheBytes: number;
  readonly table: Map<string, Count>;
  readonly cache: Map<string, CachedCount>;
  readonly dirtyKeys: Set<string>;
  readonly updates: CountUpdate[];
}

function draftOf({ maxCacheBytes, table, cache, dirtyKeys }: CountStore): Draft {
  return { maxCacheBytes, table: new Map(table), cache: new Map(cache), dirtyKeys: new Set(dirtyKeys), updates: [] };
}

function resultOf(store: CountStore, { table, cache, dirtyKeys, updates }: Draft): CountResult {
  return { store: { ...store, table, cache, dirtyKeys }, updates };
}

/** A miss brings the value into the cache, which may push others out. */
function read(draft: Draft, key: string): Count | undefined {
  const cached = draft.cache.get(key);
  if (cached !== undefined) {
    draft.cache.delete(key);
    draft.cache.set(key, cached);
    return cached;
  }
  const stored = draft.table.get(key);
  if (stored !== undefined) put(draft, key, { ...stored, isDirty: false, sizeInBytes: entrySize(key, '') });
  return stored;
}

function put(draft: Draft, key: string, entry: CachedCount): void {
  draft.cache.delete(key);
  draft.cache.set(key, entry);
  if (entry.isDirty) {
    draft.dirtyKeys.delete(key);
    draft.dirtyKeys.add(key);
  }
  let sizeInBytes = 0;
  for (const cached of draft.cache.values()) sizeInBytes += cached.sizeInBytes;
  while (sizeInBytes > draft.maxCacheBytes) {
    const [eldest] = draft.cache;
    if (eldest === undefined) return;
    const [eldestKey, cached] = eldest;
    draft.cache.delete(eldestKey);
    sizeInBytes -= cached.sizeInBytes;
    if (cached.isDirty) flush(draft, { key: eldestKey, count: cached.count, timestamp: cached.timestamp });
  }
}

/** An eviction writes all that is dirty, the evicted entry first. */
function flush(draft: Draft, evicted: CountUpdate | null): void {
  const updates: CountUpdate[] = evicted === null ? [] : [evicted];
  if (evicted !== null) draft.dirtyKeys.delete(evicted.key);
  for (const key of draft.dirtyKeys) {
    const cached = draft.cache.get(key)!;
    updates.push({ key, count: cached.count, timestamp: cached.timestamp });
    draft.cache.set(key, { ...cached, isDirty: false });
  }
  draft.dirtyKeys.clear();
  for (const { key, count, timestamp } of updates) draft.table.set(key, { count, timestamp });
  draft.updates.push(...updates);
}

const REFERENCES = 3 * 8;
const VALUE_AND_TIMESTAMP = 8 + 8;
const DIRTY_FLAG = 1;
/** Timestamp, offset, partition. */
const CONTEXT = 8 + 8 + 4;

function entrySize(key: string, topic: string): number {
  return utf8Length(key) + REFERENCES + DIRTY_FLAG + VALUE_AND_TIMESTAMP + CONTEXT + topic.length;
}
