/** A ZooKeeper server as the pictures show it, read from its process. */
import type { SnapshotFrom } from 'xstate';
import type { Process } from '../../kernel/process.ts';
import type { Health, ZooKeeperPicture } from '../picture.ts';
import { hexOfZxid } from '../protocol/zookeeper.ts';
import { emptyDatabase } from './database.ts';
import { peerStateOf } from './quorum/peerState.ts';
import type { ZkServerContext, zookeeperServer } from './server.ts';
import type { Serving } from './servingState.ts';

/** Null for a process of another program. */
export function pictureOfZooKeeper(process: Process): ZooKeeperPicture | null {
  if (process.program !== 'zookeeper-server') return null;
  // The program's name proves whose snapshot it is.
  const { value, context } = process.snapshot as SnapshotFrom<typeof zookeeperServer>;
  const { config, serving, peer } = context;
  const { lastZxid } = serving?.database ?? peer?.database ?? emptyDatabase;
  const serverId = config?.serverId ?? 0;
  return {
    process: process.id,
    server: serverId === 0 ? 1 : serverId,
    port: config?.clientPort ?? 2181,
    health: healthOf(process, value),
    role: roleOf(config, peer),
    isServing: process.status === 'running' && serving !== null,
    zxid: hexOfZxid(lastZxid),
    sessions: serving === null ? [] : sessionsOf(serving),
  };
}

/** A member that has not read its disk yet looks for a leader, too. */
function roleOf(config: ZkServerContext['config'], peer: ZkServerContext['peer']): ZooKeeperPicture['role'] {
  if (peer !== null) return roles[peerStateOf(peer)];
  return (config?.servers.length ?? 0) > 1 ? 'looking' : 'standalone';
}
const roles = { LOOKING: 'looking', FOLLOWING: 'follower', LEADING: 'leader' } as const;

function healthOf({ status }: Process, state: unknown): Health {
  if (status === 'exited') return 'dead';
  if (status === 'paused') return 'paused';
  return state === 'INITIAL' || state === 'BINDING' ? 'starting' : 'running';
}

type Sessions = ZooKeeperPicture['sessions'];
/** What does not change keeps its identity, so that a view redraws only what differs. */
const drawn = new WeakMap<Serving['connections'], { readonly of: Serving; readonly sessions: Sessions }>();

/** All sessions of the ensemble, whichever server their clients are connected to; `client` only here. */
function sessionsOf(serving: Serving): Sessions {
  const { database, connections } = serving;
  const before = drawn.get(connections);
  const known = before?.of.database;
  if (
    before !== undefined &&
    known?.sessions === database.sessions &&
    known.tree.ephemerals === database.tree.ephemerals
  )
    return before.sessions;
  const clients = new Map([...connections.values()].map(({ session, peer }) => [session, peer]));
  const sessions = [...database.sessions].map(([id, timeoutMs]) => ({
    id,
    client: clients.get(id) ?? null,
    timeoutMs,
    ephemerals: [...(database.tree.ephemerals.get(id) ?? [])],
  }));
  drawn.set(connections, { of: serving, sessions });
  return sessions;
}
