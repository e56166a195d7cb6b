/** What a ZooKeeper server has applied, and the sessions it watches over, read from its process. */
import type { SnapshotFrom } from 'xstate';
import type { Process } from '../../kernel/process.ts';
import type { ZkDatabase } from '../zookeeper/database.ts';
import type { QuorumPeer } from '../zookeeper/quorum/peerState.ts';
import type { zookeeperServer } from '../zookeeper/server.ts';
import type { SessionTracker } from '../zookeeper/sessionTracker.ts';

interface SeenDatabase {
  readonly server: number;
  readonly database: ZkDatabase;
  readonly isAlone: boolean;
  /** Servers that its configuration names; 1 for a server alone. */
  readonly ensembleSize: number;
  readonly isServing: boolean;
  /** Null for a server alone. */
  readonly peer: QuorumPeer | null;
  /** Null: it does not serve, or leaves that to its leader. */
  readonly tracker: SessionTracker | null;
}

/** Null for a process of another program, and for a server that has read nothing yet. */
export function zooKeeperDatabaseIn(process: Process): SeenDatabase | null {
  if (process.program !== 'zookeeper-server') return null;
  // The program's name proves whose snapshot it is.
  const { serving, peer, config } = (process.snapshot as SnapshotFrom<typeof zookeeperServer>).context;
  const database = serving?.database ?? peer?.database;
  if (database === undefined) return null;
  const server = config?.serverId ?? 0;
  return {
    server: server === 0 ? 1 : server,
    database,
    isAlone: peer === null,
    ensembleSize: peer?.config.servers.length ?? 1,
    isServing: serving !== null,
    peer,
    tracker: serving === null || serving.mode === 'follower' ? null : serving.tracker,
  };
}
