/**
 * Replays of `10-split`, `10-wordcount-uncached` and `10-count-cached`.
 */
import type { TimestampMs } from '../ids.ts';
import { commitCounts, countRecord, type CountUpdate, createCountStore } from '../streams/countStore.ts';
import { splitWords } from '../streams/splitWords.ts';
import type { Json } from './json.ts';

export function replaySplit(line: string): Json {
  return splitWords(line);
}

/** The topic of the vectors with a cache: its name counts in the size of an entry. */
const CACHED_TOPIC = 'words';

export function replayWordCount({ lines }: { readonly lines: readonly (readonly [TimestampMs, string])[] }): Json {
  let store = createCountStore({ maxCacheBytes: 0, topic: 'repartition' });
  return lines.map(([timestamp, line]) => {
    const updates: CountUpdate[] = [];
    const words = splitWords(line);
    for (const key of words) {
      const counted = countRecord(store, { key, timestamp });
      store = counted.store;
      updates.push(...counted.updates);
    }
    return {
      repartition: words.map((word) => [word, word, timestamp]),
      changelog: rows(updates),
      output: rows(updates),
      table: Object.fromEntries([...store.table].map(([word, { count }]) => [word, count])),
    };
  });
}

export function replayCachedCount({
  cacheBytes,
  ops,
}: {
  readonly cacheBytes: number;
  readonly ops: readonly ('commit' | readonly [string, TimestampMs])[];
}): Json {
  let store = createCountStore({ maxCacheBytes: cacheBytes, topic: CACHED_TOPIC });
  return ops.map((operation) => {
    const result =
      operation === 'commit' ? commitCounts(store) : countRecord(store, { key: operation[0], timestamp: operation[1] });
    store = result.store;
    return { output: rows(result.updates), changelog: rows(result.updates) };
  });
}

function rows(updates: readonly CountUpdate[]): Json {
  return updates.map(({ key, count, timestamp }) => [key, count, timestamp]);
}
