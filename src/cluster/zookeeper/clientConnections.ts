/** Connections of clients to a server that serves: who is at the other end, what is said over them. Follows `NIOServerCnxn` (3.8.4). */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import { tell } from '../facts.ts';
import type { SessionId, ZkMessage, ZkOp, ZkResult } from '../protocol/zookeeper.ts';
import { noSession } from '../protocol/zookeeper.ts';
import { addressIdentity, isGranted, permissions } from './accessControl.ts';
import * as log from './serverLog.ts';
import type { ServerTurn } from './serverTurn.ts';
import type { ZkConnection } from './servingState.ts';
import type { FiredWatch } from './watchTable.ts';
import { forgetWatcher } from './watchTable.ts';

export function acceptConnection(turn: ServerTurn, socket: Socket, peer: ProcessId): void {
  const connection: ZkConnection = {
    peer,
    session: null,
    identities: [addressIdentity],
    opening: null,
    unread: [],
    waiting: [],
    received: 0,
    sent: 0,
  };
  turn.serve({ connections: new Map(turn.serving.connections).set(socket, connection) });
}

/** Undefined once it is closed. */
export const connectionOf = (turn: ServerTurn, socket: Socket): ZkConnection | undefined =>
  turn.serving.connections.get(socket);

/** Nothing, when the connection is closed. */
export function changeConnection(turn: ServerTurn, socket: Socket, change: Partial<ZkConnection>): void {
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  turn.serve({ connections: new Map(turn.serving.connections).set(socket, { ...connection, ...change }) });
}

/** The connections of a session to this server: one, but for the moment when its client comes back. */
export const connectionsOfSession = (turn: ServerTurn, session: SessionId): readonly Socket[] =>
  [...turn.serving.connections].filter(([, connection]) => connection.session === session).map(([socket]) => socket);

/** The other side has gone; the session stays until it expires. */
export function dropConnection(turn: ServerTurn, socket: Socket): void {
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  turn.log(log.clientGone(connection.peer, socket, connection.session ?? noSession));
  forgetConnection(turn, socket);
}

export function closeConnection(turn: ServerTurn, socket: Socket): void {
  turn.close(socket);
  forgetConnection(turn, socket);
}

function forgetConnection(turn: ServerTurn, socket: Socket): void {
  const connections = new Map(turn.serving.connections);
  connections.delete(socket);
  turn.serve({ connections, watches: forgetWatcher(turn.serving.watches, socket) });
}

export function sendToClient(turn: ServerTurn, socket: Socket, message: ZkMessage): void {
  turn.send(socket, message);
  const connection = connectionOf(turn, socket);
  if (connection !== undefined) changeConnection(turn, socket, { sent: connection.sent + 1 });
  turn.serve({ packetsSent: turn.serving.packetsSent + 1 });
}

export function reply(turn: ServerTurn, socket: Socket, xid: number, op: ZkOp, result: ZkResult): void {
  const zxid = turn.serving.database.lastZxid;
  sendToClient(turn, socket, { protocol: 'zookeeper', kind: 'reply', name: op, xid, zxid, result });
}

export function notifyWatcher(turn: ServerTurn, { socket, event, acl }: FiredWatch): void {
  if (!isGranted(acl, permissions.read, connectionOf(turn, socket)?.identities ?? [])) return;
  turn.effects.push(tell('watchFired', { path: event.path, event: event.type }));
  const { lastZxid } = turn.serving.database;
  sendToClient(turn, socket, { protocol: 'zookeeper', kind: 'watchEvent', name: 'watchEvent', zxid: lastZxid, event });
}
