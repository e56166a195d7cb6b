/** Lists that four-letter words print: connections, sessions, ephemerals, watches. Follows `ServerCnxn#dumpConnectionInfo`, `ExpiryQueue#dump`, `DataTree#dumpEphemerals` and `WatchManager#dumpWatches` (3.8.4). */
import type { Socket } from '../../kernel/events.ts';
import { epochOfSimulationMs } from '../../kernel/time.ts';
import type { SessionId } from '../protocol/zookeeper.ts';
import { noSession } from '../protocol/zookeeper.ts';
import { javaDateText } from './javaDateText.ts';
import { clientAddress } from './serverLog.ts';
import type { Serving } from './servingState.ts';

export function connectionsOf(serving: Serving, detail: 'brief' | 'full'): string {
  return [...serving.connections.keys()].map((socket) => `${describe(serving, socket, detail)}\n`).join('');
}

function describe(serving: Serving, socket: Socket, detail: 'brief' | 'full'): string {
  const { peer, session, received, sent } = serving.connections.get(socket)!;
  const timeoutMs = session === null ? 0 : (serving.database.sessions.get(session) ?? 0);
  const more = detail === 'full' && session !== null ? `,sid=${session},to=${timeoutMs}` : '';
  return ` ${clientAddress(peer, socket)}[1](queued=0,recved=${received},sent=${sent}${more})`;
}

/** A leader tells its buckets; a follower knows only that the sessions exist. */
export function sessionsDump({ mode, tracker, database }: Serving): string {
  if (mode === 'follower') {
    const sessions = [...database.sessions].sort(([a], [b]) => compareIds(a, b));
    const list = sessions.map(([session, timeoutMs]) => `${session}\t${timeoutMs}ms\n`).join('');
    return `Global Sessions(${sessions.length}):\n${list}`;
  }
  const buckets = new Map<number, string[]>();
  for (const [session, { expiresAtMs }] of tracker.sessions)
    buckets.set(expiresAtMs, [...(buckets.get(expiresAtMs) ?? []), session]);
  return `Session ${dumpBuckets(buckets, tracker.sessions.size)}`;
}

/** All connections of one server expire together here: the pause after which it gives up a silent one is not modelled. */
export function connectionsDump(serving: Serving): string {
  const all = [...serving.connections.keys()].map((socket) => describe(serving, socket, 'full'));
  return `Connections Sets (${all.length === 0 ? 0 : 1})/(${all.length}):\n${all.map((one) => `\t${one}\n`).join('')}`;
}

function dumpBuckets(buckets: ReadonlyMap<number, readonly string[]>, elements: number): string {
  const list = [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([atMs, members]) => {
      const date = javaDateText(epochOfSimulationMs + atMs);
      return `${members.length} expire at ${date}:\n${members.map((one) => `\t${one}\n`).join('')}`;
    });
  return `Sets (${buckets.size})/(${elements}):\n${list.join('')}`;
}

/** Hexadecimal numbers of any length. */
const compareIds = (a: SessionId, b: SessionId): number => a.length - b.length || (a < b ? -1 : 1);

export function ephemeralsDump({ database }: Serving): string {
  const owners = [...database.tree.ephemerals].filter(([, paths]) => paths.size > 0);
  const list = owners.map(([session, paths]) => `${session}:\n${[...paths].map((path) => `\t${path}\n`).join('')}`);
  return `Sessions with Ephemerals (${owners.length}):\n${list.join('')}`;
}

const sessionBehind = (serving: Serving, socket: Socket): SessionId =>
  serving.connections.get(socket)?.session ?? noSession;

/** Watches on data, as ZooKeeper's own lists. */
export const watchesByPath = (serving: Serving): string =>
  [...serving.watches.data]
    .map(
      ([path, sockets]) => `${path}\n${[...sockets].map((socket) => `\t${sessionBehind(serving, socket)}\n`).join('')}`,
    )
    .join('');

export function watchesByConnection(serving: Serving): string {
  const paths = new Map<Socket, string[]>();
  for (const [path, sockets] of serving.watches.data)
    for (const socket of sockets) paths.set(socket, [...(paths.get(socket) ?? []), path]);
  return [...paths]
    .map(([socket, watched]) => `${sessionBehind(serving, socket)}\n${watched.map((path) => `\t${path}\n`).join('')}`)
    .join('');
}
