/** What a server that serves knows: its database, the sessions it tracks, its connections and their watches. */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import type { SessionId } from '../protocol/zookeeper.ts';
import type { ZkDatabase } from './database.ts';
import type { ZkServerConfig } from './serverConfig.ts';
import type { SessionNumber, SessionTracker } from './sessionTracker.ts';
import type { WatchTable } from './watchTable.ts';

export interface ZkConnection {
  readonly peer: ProcessId;
  /** Null until a session is opened over it. */
  readonly session: SessionId | null;
  readonly received: number;
  readonly sent: number;
}

export interface Serving {
  readonly config: ZkServerConfig;
  readonly database: ZkDatabase;
  readonly tracker: SessionTracker;
  readonly watches: WatchTable;
  readonly connections: ReadonlyMap<Socket, ZkConnection>;
  readonly nextSession: SessionNumber;
  /** Whether this run has opened its transaction log yet. */
  readonly isLogOpen: boolean;
  /** When the expiry timer is due, on the server's clock; null without one. */
  readonly expiryArmedForMs: number | null;
  readonly isContainerCheckArmed: boolean;
  readonly packetsReceived: number;
  readonly packetsSent: number;
}
