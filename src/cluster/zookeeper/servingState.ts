/** What a server that serves knows: its database, the sessions it tracks, its connections and their watches. */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import type { SessionId, SessionRequest, ZkIdentity, ZkMessage, ZkRead, ZkOp } from '../protocol/zookeeper.ts';
import type { ZkDatabase } from './database.ts';
import type { RequestPath } from './requestPath.ts';
import type { ZkServerConfig } from './serverConfig.ts';
import type { SessionNumber, SessionTracker } from './sessionTracker.ts';
import type { WatchTable } from './watchTable.ts';

export interface ZkConnection {
  readonly peer: ProcessId;
  /** Null until a session is opened over it. */
  readonly session: SessionId | null;
  /** The names of its client. */
  readonly identities: readonly ZkIdentity[];
  /** The session that is being opened or taken up again; nothing more is read before that is done. */
  readonly opening: { readonly session: SessionId; readonly timeoutMs: number; readonly isNew: boolean } | null;
  /** Arrived while the session is being opened. */
  readonly unread: readonly ZkMessage[];
  /** Requests that wait to be answered, in their order: the first for its commit, others for their turn. */
  readonly waiting: readonly WaitingRequest[];
  readonly received: number;
  readonly sent: number;
}
export interface WaitingRequest {
  readonly xid: number;
  /** Null: it is on its way to be committed, and only its answer is awaited. */
  readonly local: LocalRequest | null;
  readonly op: ZkOp;
  /** Of a sync. */
  readonly path?: string;
}
/** What a server answers by itself. */
export type LocalRequest = ZkRead | Extract<SessionRequest, { readonly op: 'ping' | 'setWatches' }>;

export interface Serving {
  readonly config: ZkServerConfig;
  readonly mode: RequestPath['mode'];
  readonly database: ZkDatabase;
  /** Of a leader or a server alone: followers track no session. */
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
