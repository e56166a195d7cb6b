/**
 * Which watches a client has left at the servers: it must ask for them again after a reconnection, and a one-shot watch is gone once it
 * has fired. Follows `org.apache.zookeeper.ZKWatchManager` (3.8).
 */
import type { AddWatchMode, WatchedEvent, ZkRequest, ZkResult } from '../protocol/zookeeper.ts';

export interface ClientWatches {
  readonly data: ReadonlySet<string>;
  /** Left by `exists` where no znode was. */
  readonly exist: ReadonlySet<string>;
  readonly child: ReadonlySet<string>;
  readonly persistent: ReadonlySet<string>;
  readonly persistentRecursive: ReadonlySet<string>;
}
const none: ReadonlySet<string> = new Set();
export const noWatches: ClientWatches = {
  data: none,
  exist: none,
  child: none,
  persistent: none,
  persistentRecursive: none,
};

export const hasWatches = (watches: ClientWatches): boolean =>
  watches.data.size + watches.exist.size + watches.child.size > 0 ||
  watches.persistent.size + watches.persistentRecursive.size > 0;

/** A watch counts from the answer on: a failed read leaves none, but for `exists` of what is not there. */
export function registerWatch(watches: ClientWatches, request: ZkRequest, { error }: ZkResult): ClientWatches {
  switch (request.op) {
    case 'getData':
      return request.watch && error === 'OK' ? { ...watches, data: withPath(watches.data, request.path) } : watches;
    case 'exists':
      if (!request.watch) return watches;
      if (error === 'OK') return { ...watches, data: withPath(watches.data, request.path) };
      return error === 'NONODE' ? { ...watches, exist: withPath(watches.exist, request.path) } : watches;
    case 'getChildren':
    case 'getChildren2':
      return request.watch && error === 'OK' ? { ...watches, child: withPath(watches.child, request.path) } : watches;
    case 'addWatch': {
      if (error !== 'OK') return watches;
      const kept = setOf(request.mode);
      return { ...watches, [kept]: withPath(watches[kept], request.path) };
    }
    case 'removeWatches': {
      if (error !== 'OK') return watches;
      const { path, kind } = request;
      const data = kind === 'Children' ? watches : { ...watches, data: without(watches.data, path) };
      const both = kind === 'Children' ? data : { ...data, exist: without(watches.exist, path) };
      if (kind === 'Data') return both;
      const children = { ...both, child: without(both.child, path) };
      if (kind === 'Children') return children;
      return {
        ...children,
        persistent: without(watches.persistent, path),
        persistentRecursive: without(watches.persistentRecursive, path),
      };
    }
    default:
      return watches;
  }
}

/** What a client hears of a request that has taken watches off. */
export function removedWatches(before: ClientWatches, after: ClientWatches, path: string): readonly WatchedEvent[] {
  const isGone = (kind: keyof ClientWatches): boolean => before[kind].has(path) && !after[kind].has(path);
  const types = [
    isGone('child') ? (['ChildWatchRemoved'] as const) : [],
    isGone('data') || isGone('exist') ? (['DataWatchRemoved'] as const) : [],
    isGone('persistent') || isGone('persistentRecursive') ? (['PersistentWatchRemoved'] as const) : [],
  ].flat();
  return types.map((type) => ({ type, path }));
}

/** One-shot watches are used up by the event they waited for. */
export function useUpWatches(watches: ClientWatches, { type, path }: WatchedEvent): ClientWatches {
  if (type === 'NodeChildrenChanged') return { ...watches, child: without(watches.child, path) };
  const both = { ...watches, data: without(watches.data, path), exist: without(watches.exist, path) };
  return type === 'NodeDeleted' ? { ...both, child: without(watches.child, path) } : both;
}

const setOf = (mode: AddWatchMode): 'persistent' | 'persistentRecursive' =>
  mode === 'PERSISTENT' ? 'persistent' : 'persistentRecursive';

const withPath = (paths: ReadonlySet<string>, path: string): ReadonlySet<string> =>
  paths.has(path) ? paths : new Set([...paths, path]);

function without(paths: ReadonlySet<string>, path: string): ReadonlySet<string> {
  if (!paths.has(path)) return paths;
  const rest = new Set(paths);
  rest.delete(path);
  return rest;
}
