/** A ZooKeeper server as the pictures show it, read from its process. */
import type { SnapshotFrom } from 'xstate';
import type { Process } from '../../kernel/process.ts';
import type { Health, ZooKeeperPicture } from '../picture.ts';
import { hexOfZxid, noZxid } from '../protocol/zookeeper.ts';
import type { zookeeperServer } from './server.ts';
import type { Serving } from './servingState.ts';

/** Null for a process of another program. */
export function pictureOfZooKeeper(process: Process): ZooKeeperPicture | null {
  if (process.program !== 'zookeeper-server') return null;
  // The program's name proves whose snapshot it is.
  const { value, context } = process.snapshot as SnapshotFrom<typeof zookeeperServer>;
  const { config, serving } = context;
  const serverId = config?.serverId ?? 0;
  return {
    process: process.id,
    server: serverId === 0 ? 1 : serverId,
    port: config?.clientPort ?? 2181,
    health: healthOf(process, value),
    role: value === 'LOOKING' ? 'looking' : 'standalone',
    zxid: hexOfZxid(serving?.database.lastZxid ?? noZxid),
    sessions: serving === null ? [] : sessionsOf(serving),
  };
}

function healthOf({ status }: Process, state: string): Health {
  if (status === 'exited') return 'dead';
  if (status === 'paused') return 'paused';
  return state === 'INITIAL' || state === 'BINDING' ? 'starting' : 'running';
}

type Sessions = ZooKeeperPicture['sessions'];
/** What does not change keeps its identity, so that a view redraws only what differs. */
const drawn = new WeakMap<Serving['tracker']['sessions'], { readonly of: Serving; readonly sessions: Sessions }>();

function sessionsOf(serving: Serving): Sessions {
  const { tracker, database, connections } = serving;
  const before = drawn.get(tracker.sessions);
  if (before?.of.connections === connections && before.of.database.tree.ephemerals === database.tree.ephemerals)
    return before.sessions;
  const clients = new Map([...connections.values()].map(({ session, peer }) => [session, peer]));
  const sessions = [...tracker.sessions].map(([id, { timeoutMs }]) => ({
    id,
    client: clients.get(id) ?? null,
    timeoutMs,
    ephemerals: [...(database.tree.ephemerals.get(id) ?? [])],
  }));
  drawn.set(tracker.sessions, { of: serving, sessions });
  return sessions;
}
