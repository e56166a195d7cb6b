/** What a client of ZooKeeper knows, and what comes out of each step of it. The client itself is `client.ts`. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { ProcessId, Socket } from '../../kernel/events.ts';
import type { RandomState } from '../../kernel/random.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type {
  SessionId,
  SessionRequest,
  WatchedEvent,
  ZkErrorName,
  ZkRequest,
  ZkResult,
  Zxid,
} from '../protocol/zookeeper.ts';
import type { ClientWatches } from './clientWatches.ts';
import type { ZkAddress } from './connectString.ts';
import type { LogLine } from './logLine.ts';

export interface ZkClientConfig {
  readonly process: ProcessId;
  /** `host:port,host:port/chroot`. */
  readonly connectString: string;
  /** Asked for; the server negotiates. */
  readonly sessionTimeoutMs: number;
  readonly seed: number;
  /** Socket numbers that the embedder leaves to this client; each connection takes the next. */
  readonly sockets: { readonly first: number; readonly count: number };
  /** Tells the timers of several clients in one process apart. */
  readonly name?: string;
}

export interface ZkClientState<Tag> {
  readonly config: ZkClientConfig;
  readonly chroot: string;
  /** Shuffled, as each client does. */
  readonly servers: readonly ZkAddress[];
  /** `ZooKeeper.States`; NOT_CONNECTED only before the first `zkConnect`. */
  readonly status: 'NOT_CONNECTED' | 'CONNECTING' | 'CONNECTED' | 'CLOSED';
  readonly sessionId: SessionId;
  readonly password: string;
  /** Negotiated; before that, as asked. */
  readonly timeoutMs: number;
  readonly lastZxidSeen: Zxid;
  readonly watches: ClientWatches;
  /** Null between attempts. */
  readonly socket: Socket | null;
  readonly nextSocket: number;
  readonly nextXid: number;
  /** Sent, in the order in which they will be answered. */
  readonly pending: readonly PendingRequest<Tag>[];
  /** Not sent yet, for want of a session. */
  readonly outgoing: readonly { readonly request: ZkRequest; readonly tag: Tag }[];
  readonly isClosing: boolean;
  /** Names to be proved at each server. */
  readonly authInfo: readonly AuthInfo[];
  /** Attempts after the first connection wait a random time first. */
  readonly hasConnectedOnce: boolean;
  readonly serverIndex: number;
  /** Back at this server, an attempt waits a second; −1 before the first attempt. */
  readonly lastIndex: number;
  readonly lastHeardAt: VirtualTimeUs;
  readonly lastSentAt: VirtualTimeUs;
  /** When the keep-alive timer is due; null without one. */
  readonly wakeAt: VirtualTimeUs | null;
  readonly random: RandomState;
}
export type AuthInfo = Extract<SessionRequest, { readonly op: 'auth' }>;

export interface PendingRequest<Tag> {
  readonly xid: number;
  /** Null: the close of the session, or the renewal of watches. */
  readonly asked: { readonly request: ZkRequest; readonly tag: Tag } | null;
}

export type ZkSessionEvent = 'connected' | 'disconnected' | 'expired' | 'closed' | 'authFailed';

export interface ZkResponseTo<Tag> {
  readonly tag: Tag;
  readonly request: ZkRequest;
  readonly result: ZkResult;
}

export interface ZkOutcome<Tag> {
  readonly state: ZkClientState<Tag>;
  readonly effects: readonly KernelEffect[];
  readonly responses: readonly ZkResponseTo<Tag>[];
  readonly watchEvents: readonly WatchedEvent[];
  readonly sessionEvents: readonly ZkSessionEvent[];
  readonly logs: readonly LogLine[];
}

/** Timers deliver it; hand it to `zkHandle`. */
export interface ZkTimerEvent {
  readonly type: 'ZOOKEEPER_TIMER';
  readonly client: string;
  readonly timer: 'connect' | 'alive';
}

/** A request that the server never answered. */
export const lost = (error: ZkErrorName): ZkResult => ({ error, response: null });
