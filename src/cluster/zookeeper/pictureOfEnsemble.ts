/**
 * The ensemble and its tree as the view of ZooKeeper shows them: servers with their votes, znodes with their watches, sessions with the time
 * that they have left. Read from the snapshots of the servers.
 */
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { World } from '../../kernel/world.ts';
import { hexOfZxid } from '../protocol/zookeeper.ts';
import { zooKeeperContexts, zooKeeperTree } from './pictureOfTree.ts';
import type { Vote } from './quorum/quorumMessages.ts';
import type { Znode } from './znodeTree.ts';
import { isEphemeralOwner } from './znodeTree.ts';

export interface EnsemblePicture {
  /** As configured; 1 for a server alone. */
  readonly size: number;
  /** Votes by server, of those that run and belong to an ensemble. */
  readonly votes: readonly { readonly server: number; readonly vote: Vote; readonly isFinal: boolean }[];
  /** Servers that serve: the leader and those that follow it. */
  readonly seated: readonly number[];
  readonly znodes: readonly ZnodePicture[];
  readonly sessions: readonly SessionOfTree[];
  /** Hexadecimal; of the tree that is shown. */
  readonly lastZxid: string | null;
}
export interface ZnodePicture {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly version: number;
  readonly data: string | null;
  /** The session that it goes with; null: it stays. */
  readonly owner: string | null;
  /** Clients that a change of it, or of its children, is told. */
  readonly watchers: readonly ProcessId[];
  readonly childCount: number;
}
export interface SessionOfTree {
  readonly id: string;
  readonly client: ProcessId | null;
  /** The server that its client is connected to. */
  readonly server: number | null;
  readonly timeoutMs: number;
  /** Unless its client is heard; null while no server watches over sessions. */
  readonly expiresAt: VirtualTimeUs | null;
  readonly ephemeralCount: number;
}

/** `isOpen`: whether the children of a path are wanted. */
export function pictureOfEnsemble(world: World, isOpen: (path: string, node: Znode) => boolean): EnsemblePicture {
  const contexts = zooKeeperContexts(world);
  const tree = zooKeeperTree(world);
  const watchers = watchersByPath(contexts);
  const znodes: ZnodePicture[] = [];
  const add = (path: string, name: string, depth: number, node: Znode): void => {
    const owner = isEphemeralOwner(node.ephemeralOwner) ? node.ephemeralOwner : null;
    const { version, data, children } = node;
    znodes.push({
      path,
      name,
      depth,
      version,
      data,
      owner,
      watchers: [...(watchers.get(path) ?? [])],
      childCount: children.size,
    });
    if (children.size === 0 || !isOpen(path, node)) return;
    const sorted = [...children].sort(([a], [b]) => Number(a) - Number(b) || (a < b ? -1 : 1));
    for (const [child, below] of sorted) add(path === '/' ? `/${child}` : `${path}/${child}`, child, depth + 1, below);
  };
  if (tree !== null) add('/', '/', 0, tree.root);
  return {
    size: Math.max(1, ...contexts.map(({ config }) => config?.servers.length ?? 1)),
    votes: contexts.flatMap(({ peer }) => {
      if (peer === null) return [];
      const { election, currentVote, logicalClock, config } = peer;
      const vote = election === null ? currentVote : { ...election.proposal, electionEpoch: logicalClock };
      return [{ server: config.serverId, vote, isFinal: election === null }];
    }),
    seated: contexts.flatMap(({ serving, config }) => (serving === null ? [] : [Math.max(1, config?.serverId ?? 1)])),
    znodes,
    sessions: sessionsIn(contexts),
    lastZxid: lastZxidIn(contexts),
  };
}

type Contexts = ReturnType<typeof zooKeeperContexts>;

function watchersByPath(contexts: Contexts): ReadonlyMap<string, ReadonlySet<ProcessId>> {
  const found = new Map<string, Set<ProcessId>>();
  for (const { serving } of contexts) {
    if (serving === null) continue;
    const { data, child, persistent, recursive } = serving.watches;
    for (const kind of [data, child, persistent, recursive])
      for (const [path, sockets] of kind)
        for (const socket of sockets) {
          const peer = serving.connections.get(socket)?.peer;
          if (peer === undefined) continue;
          const of = found.get(path) ?? new Set();
          found.set(path, of.add(peer));
        }
  }
  return found;
}

function sessionsIn(contexts: Contexts): readonly SessionOfTree[] {
  const tracking = contexts.find(({ serving }) => serving !== null && serving.mode !== 'follower')?.serving ?? null;
  if (tracking === null) return [];
  const holders = contexts.flatMap(({ serving, config }) =>
    [...(serving?.connections.values() ?? [])].map(({ session, peer }) => ({
      session,
      peer,
      server: Math.max(1, config?.serverId ?? 1),
    })),
  );
  return [...tracking.database.sessions].map(([id, timeoutMs]) => {
    const holder = holders.find(({ session }) => session === id);
    const tracked = tracking.tracker.sessions.get(id);
    return {
      id,
      client: holder?.peer ?? null,
      server: holder?.server ?? null,
      timeoutMs,
      expiresAt: tracked === undefined ? null : ((tracked.expiresAtMs * 1000) as VirtualTimeUs),
      ephemeralCount: tracking.database.tree.ephemerals.get(id)?.size ?? 0,
    };
  });
}

function lastZxidIn(contexts: Contexts): string | null {
  const all = contexts.flatMap(({ serving, peer }) => {
    const database = serving?.database ?? peer?.database;
    return database === undefined ? [] : [database.lastZxid];
  });
  return all.length === 0 ? null : hexOfZxid(all.reduce((most, zxid) => (zxid > most ? zxid : most)));
}
