/**
 * Watches that a server keeps for its connections: one-shot ones on data or on children, persistent ones, recursive ones. They live and
 * die with the connection. Follows `org.apache.zookeeper.server.watch.WatchManager` (3.8.4).
 */
import type { Socket } from '../../kernel/events.ts';
import type { Acl, AddWatchMode, WatchedEvent } from '../protocol/zookeeper.ts';
import type { WatchTrigger } from './transaction.ts';
import { parentOf } from './znodeTree.ts';

type Watchers = ReadonlyMap<string, ReadonlySet<Socket>>;
export interface WatchTable {
  /** Left by getData and exists. */
  readonly data: Watchers;
  readonly child: Watchers;
  readonly persistent: Watchers;
  readonly recursive: Watchers;
}
export const emptyWatchTable: WatchTable = {
  data: new Map(),
  child: new Map(),
  persistent: new Map(),
  recursive: new Map(),
};

export const watchOnce = (table: WatchTable, on: 'data' | 'child', path: string, socket: Socket): WatchTable => ({
  ...table,
  [on]: withWatcher(table[on], path, socket),
});

export function watchAlways(table: WatchTable, mode: AddWatchMode, path: string, socket: Socket): WatchTable {
  const kept = mode === 'PERSISTENT' ? 'persistent' : 'recursive';
  return { ...table, [kept]: withWatcher(table[kept], path, socket) };
}

/** Null when there was no such watch. */
export function removeWatch(
  table: WatchTable,
  kind: 'Children' | 'Data' | 'Any',
  path: string,
  socket: Socket,
): WatchTable | null {
  const kinds: readonly (keyof WatchTable)[] =
    kind === 'Any' ? ['data', 'child', 'persistent', 'recursive'] : [kind === 'Data' ? 'data' : 'child'];
  const found = kinds.filter((one) => table[one].get(path)?.has(socket) === true);
  if (found.length === 0) return null;
  let rest = table;
  for (const one of found) rest = { ...rest, [one]: withoutWatcher(rest[one], path, socket) };
  return rest;
}

/** How many watch, how many paths, and how many watches that makes. */
export function watchCounts(watchers: Watchers): {
  readonly connections: number;
  readonly paths: number;
  readonly watches: number;
} {
  const all = [...watchers.values()].flatMap((sockets) => [...sockets]);
  return { connections: new Set(all).size, paths: watchers.size, watches: all.length };
}

/** The connection has gone, and its watches with it. */
export function forgetWatcher(table: WatchTable, socket: Socket): WatchTable {
  const without = (watchers: Watchers): Watchers => {
    let rest = watchers;
    for (const [path, sockets] of watchers) if (sockets.has(socket)) rest = withoutWatcher(rest, path, socket);
    return rest;
  };
  return {
    data: without(table.data),
    child: without(table.child),
    persistent: without(table.persistent),
    recursive: without(table.recursive),
  };
}

export interface FiredWatch {
  readonly socket: Socket;
  readonly event: WatchedEvent;
  /** Who may not read the znode is not told. */
  readonly acl: readonly Acl[];
}

/** Who is told of the changes of a transaction, in order; a connection hears once of one event, however many watches wait for it. */
export function fireWatches(
  table: WatchTable,
  triggers: readonly WatchTrigger[],
): { readonly table: WatchTable; readonly fired: readonly FiredWatch[] } {
  let current = table;
  const fired: FiredWatch[] = [];
  const told = new Set<string>();
  for (const { on, event, acl } of triggers) {
    const once = current[on].get(event.path);
    for (const socket of [...(once ?? []), ...standingWatchers(current, event)]) {
      const key = `${socket} ${event.type} ${event.path}`;
      if (told.has(key)) continue;
      told.add(key);
      fired.push({ socket, event, acl });
    }
    if (once !== undefined) {
      const rest = new Map(current[on]);
      rest.delete(event.path);
      current = { ...current, [on]: rest };
    }
  }
  return { table: current, fired };
}

/** A recursive watch hears of every znode below it, and of no children: their own events tell. */
function standingWatchers({ persistent, recursive }: WatchTable, { type, path }: WatchedEvent): readonly Socket[] {
  const here = [...(persistent.get(path) ?? [])];
  if (type === 'NodeChildrenChanged' || recursive.size === 0) return here;
  for (let above = path; ; above = parentOf(above)) {
    here.push(...(recursive.get(above) ?? []));
    if (above === '/') return here;
  }
}

const withWatcher = (watchers: Watchers, path: string, socket: Socket): Watchers => {
  const sockets = watchers.get(path);
  if (sockets?.has(socket) === true) return watchers;
  return new Map(watchers).set(path, new Set([...(sockets ?? []), socket]));
};

function withoutWatcher(watchers: Watchers, path: string, socket: Socket): Watchers {
  const sockets = new Set(watchers.get(path));
  sockets.delete(socket);
  const rest = new Map(watchers);
  if (sockets.size === 0) rest.delete(path);
  else rest.set(path, sockets);
  return rest;
}
