/** Sessions of brokers as the server that tracks them keeps them: the leader of the ensemble, or a server alone (`SessionTrackerImpl`, 3.8.4). */
import type { SnapshotFrom } from 'xstate';
import type { Broker } from '../../cluster/broker/broker.ts';
import type { SessionPicture } from '../../cluster/picture.ts';
import type { SessionId } from '../../cluster/protocol/zookeeper.ts';
import type { zookeeperServer } from '../../cluster/zookeeper/server.ts';
import type { Serving } from '../../cluster/zookeeper/servingState.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Process } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';

interface Server {
  readonly server: number;
  readonly serving: Serving;
}

/** What the running ZooKeeper servers know of sessions. */
export class KnownSessions {
  readonly #servers: readonly Server[];
  readonly #tracking: Serving | undefined;

  constructor(processes: readonly Process[]) {
    this.#servers = processes.flatMap((process): readonly Server[] => {
      if (process.program !== 'zookeeper-server' || process.status === 'exited') return [];
      // The program's name proves whose snapshot it is.
      const { config, serving } = (process.snapshot as SnapshotFrom<typeof zookeeperServer>).context;
      return serving === null ? [] : [{ server: Math.max(1, config?.serverId ?? 1), serving }];
    });
    this.#tracking = this.#servers.find(({ serving }) => serving.mode !== 'follower')?.serving;
  }

  /** Null for a broker that has no session, or has closed it. */
  sessionOf(broker: Broker, process: ProcessId): SessionPicture | null {
    const { client } = broker.zk;
    if (client === null || !broker.hasHadSession || client.status === 'CLOSED') return null;
    const { sessionId: id, timeoutMs } = client;
    const tracked = this.#tracking?.tracker.sessions.get(id);
    return {
      id,
      server: this.#serverOf(process, id),
      state: this.#tracking === undefined ? 'unknown' : tracked === undefined ? 'expired' : 'alive',
      timeoutMs: tracked?.timeoutMs ?? timeoutMs,
      expiresAt: tracked === undefined ? null : ((tracked.expiresAtMs * 1000) as VirtualTimeUs),
    };
  }

  /** The server over one of whose connections this process holds the session. */
  #serverOf(process: ProcessId, id: SessionId): number | null {
    const holder = this.#servers.find(({ serving }) =>
      [...serving.connections.values()].some(({ peer, session }) => peer === process && session === id),
    );
    return holder?.server ?? null;
  }
}
