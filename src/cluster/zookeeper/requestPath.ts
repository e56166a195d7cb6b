/**
 * What becomes of the requests of a server's sessions: the one thing in which a server alone, a leader and a follower differ. Whatever
 * the way, a write ends in `applyCommitted` of every server. Follows the chains of `RequestProcessor`s that each builds (3.8.4).
 */
import type { Socket } from '../../kernel/events.ts';
import type { SessionId, ZkIdentity } from '../protocol/zookeeper.ts';
import type { ForwardedRequest } from './quorum/quorumMessages.ts';
import type { ServerTurn } from './serverTurn.ts';

/** A request that changes something: a write, or the opening or closing of a session. */
export interface Submission {
  readonly session: SessionId;
  /** The names of who asks. */
  readonly identities: readonly ZkIdentity[];
  /** The client's number for it; 0 for what no client asked for. */
  readonly cxid: number;
  readonly request: Exclude<ForwardedRequest, { readonly op: 'sync' }>;
}

export interface RequestPath {
  /** What four-letter words call it. */
  readonly mode: 'standalone' | 'leader' | 'follower';
  submit(turn: ServerTurn, submission: Submission): void;
  /** `answerSync` follows, once all that was proposed before has been applied here. */
  sync(turn: ServerTurn, session: SessionId, cxid: number): void;
  /** A client comes back with its session; `finishRevalidation` follows. */
  revalidate(turn: ServerTurn, socket: Socket, session: SessionId, timeoutMs: number): void;
  /** The client of the session was heard. */
  touch(turn: ServerTurn, session: SessionId): void;
}
