/** How a session is asked for, given and taken up again, and how it expires. Follows `ZooKeeperServer#processConnectRequest` (3.8.4). */
import type { Socket } from '../../kernel/events.ts';
import { tell } from '../facts.ts';
import type { SessionId, ZkMessage } from '../protocol/zookeeper.ts';
import { noSession } from '../protocol/zookeeper.ts';
import {
  changeConnection,
  closeConnection,
  connectionOf,
  connectionsOfSession,
  sendToClient,
} from './clientConnections.ts';
import * as log from './serverLog.ts';
import type { ServerTurn } from './serverTurn.ts';
import { expiredSessions, forgetSession, sessionIdOf } from './sessionTracker.ts';

/** A secret that all servers make of the session's id alone (`ZooKeeperServer#generatePasswd`). */
function passwordOf(session: SessionId): string {
  let hash = 0xb3415c00;
  for (let i = 0; i < session.length; i++) hash = Math.imul(hash ^ session.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** A client asks for a session, a new one or its own. The answer may have to wait for others. */
export function openSession(
  turn: ServerTurn,
  socket: Socket,
  request: Extract<ZkMessage, { readonly kind: 'connectRequest' }>,
): void {
  const { config, database, nextSession } = turn.serving;
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  if (request.lastZxidSeen > database.lastZxid) {
    turn.log(log.clientAhead(connection.peer, socket, request.lastZxidSeen, database.lastZxid));
    closeConnection(turn, socket);
    return;
  }
  const timeoutMs = Math.min(config.maxSessionTimeoutMs, Math.max(config.minSessionTimeoutMs, request.timeoutMs));
  if (request.sessionId !== noSession) {
    const session = request.sessionId;
    changeConnection(turn, socket, { opening: { session, timeoutMs, isNew: false } });
    if (request.password === passwordOf(session)) turn.path.revalidate(turn, socket, session, timeoutMs);
    else refuseSession(turn, socket);
    return;
  }
  const session = sessionIdOf(nextSession);
  turn.serve({ nextSession: { ...nextSession, given: nextSession.given + 1 } });
  changeConnection(turn, socket, { opening: { session, timeoutMs, isNew: true } });
  turn.path.submit(turn, { session, identities: [], cxid: 0, request: { op: 'createSession', timeoutMs } });
}

/** The session is the connection's now; an older connection of it is closed. */
export function acceptSession(turn: ServerTurn, socket: Socket): void {
  const opening = connectionOf(turn, socket)?.opening ?? null;
  if (opening === null) return;
  const { session, timeoutMs, isNew } = opening;
  for (const other of connectionsOfSession(turn, session)) closeConnection(turn, other);
  changeConnection(turn, socket, { session, opening: null });
  if (isNew) turn.effects.push(tell('sessionOpened', { session, timeoutMs }));
  sendConnectResponse(turn, socket, session, timeoutMs);
}

/** There is no such session any more: the client is told that it has expired. */
export function refuseSession(turn: ServerTurn, socket: Socket): void {
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  turn.log(log.invalidSession(connection.opening?.session ?? noSession, connection.peer, socket));
  sendConnectResponse(turn, socket, noSession, 0);
  closeConnection(turn, socket);
}

function sendConnectResponse(turn: ServerTurn, socket: Socket, session: SessionId, timeoutMs: number): void {
  const password = session === noSession ? '' : passwordOf(session);
  sendToClient(turn, socket, {
    protocol: 'zookeeper',
    kind: 'connectResponse',
    name: 'createSession',
    timeoutMs,
    sessionId: session,
    password,
  });
}

/** Sessions whose clients were not heard in time are closed, as they themselves would have done it. */
export function expireSessions(turn: ServerTurn): void {
  turn.serve({ expiryArmedForMs: null });
  const { tracker } = turn.serving;
  for (const session of expiredSessions(tracker, turn.nowMs)) expireSession(turn, session);
}

/** Gives a session up, whether or not its client was heard in time; a server that does not watch over it does nothing. */
export function expireSession(turn: ServerTurn, session: SessionId): void {
  const { tracker } = turn.serving;
  const tracked = tracker.sessions.get(session);
  if (tracked === undefined) return;
  turn.log(log.sessionExpiring(session, tracked.timeoutMs));
  turn.effects.push(tell('sessionExpired', { session }));
  turn.serve({ tracker: forgetSession(tracker, session) });
  turn.path.submit(turn, { session, identities: [], cxid: 0, request: { op: 'closeSession' } });
}
