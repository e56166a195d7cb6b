/**
 * The requests of a session, answered in their order: reads at once from this server's own tree, writes when they are committed.
 * Follows `CommitProcessor` and `FinalRequestProcessor` (3.8.4).
 */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import { tell } from '../facts.ts';
import type {
  SessionId,
  SessionRequest,
  ZkIdentity,
  ZkMessage,
  ZkRead,
  ZkRequest,
  ZkResult,
} from '../protocol/zookeeper.ts';
import {
  acceptConnection,
  changeConnection,
  closeConnection,
  connectionOf,
  connectionsOfSession,
  notifyWatcher,
  reply,
  sendToClient,
} from './clientConnections.ts';
import { authenticate } from './authentication.ts';
import { acceptSession, openSession, refuseSession } from './clientSessions.ts';
import { commitNext } from './database.ts';
import { answerFourLetterWord } from './fourLetterWords.ts';
import { readWithWatch, renewWatches } from './reads.ts';
import * as log from './serverLog.ts';
import type { ServerTurn } from './serverTurn.ts';
import type { LocalRequest, WaitingRequest } from './servingState.ts';
import { forgetSession } from './sessionTracker.ts';
import type { LoggedTxn } from './transaction.ts';
import { factsOf } from './transactionFacts.ts';
import { fireWatches } from './watchTable.ts';

/** A client says something. */
export function hearClient(turn: ServerTurn, socket: Socket, message: ZkMessage, peer: ProcessId): void {
  // Accepted before the server served.
  if (connectionOf(turn, socket) === undefined) acceptConnection(turn, socket, peer);
  const connection = connectionOf(turn, socket)!;
  if (connection.opening !== null) {
    changeConnection(turn, socket, { unread: [...connection.unread, message] });
    return;
  }
  changeConnection(turn, socket, { received: connection.received + 1 });
  turn.serve({ packetsReceived: turn.serving.packetsReceived + 1 });
  if (message.kind === 'fourLetterWord') answerWord(turn, socket, message.word, peer);
  else if (message.kind === 'connectRequest') openSession(turn, socket, message);
  else if (message.kind === 'request' && connection.session !== null) {
    turn.path.touch(turn, connection.session);
    handleRequest(turn, socket, connection.session, message.xid, message.request);
  }
}

function answerWord(turn: ServerTurn, socket: Socket, word: string, peer: ProcessId): void {
  const answer = answerFourLetterWord(turn, word);
  if (answer !== null) {
    if (answer.isExecuted) turn.log(log.fourLetterWordReceived(word, peer, socket));
    const { text } = answer;
    sendToClient(turn, socket, { protocol: 'zookeeper', kind: 'fourLetterAnswer', name: 'FourLetterAnswer', text });
  }
  closeConnection(turn, socket);
}

function handleRequest(
  turn: ServerTurn,
  socket: Socket,
  session: SessionId,
  xid: number,
  request: ZkRequest | SessionRequest,
): void {
  switch (request.op) {
    case 'create':
    case 'delete':
    case 'setData':
    case 'setACL':
    case 'reconfig':
    case 'multi':
    case 'closeSession':
      if (request.op === 'closeSession') turn.effects.push(tell('sessionClosed', { session }));
      awaitTurn(turn, socket, { xid, op: request.op, local: null });
      return turn.path.submit(turn, { session, identities: identitiesOf(turn, socket), cxid: xid, request });
    case 'auth':
      return authenticate(turn, socket, session, request);
    case 'sync':
      awaitTurn(turn, socket, { xid, op: 'sync', local: null, path: request.path });
      return turn.path.sync(turn, session, xid);
    default:
      awaitTurn(turn, socket, { xid, op: request.op, local: request });
      return answerWhoseTurnItIs(turn, socket);
  }
}

const identitiesOf = (turn: ServerTurn, socket: Socket): readonly ZkIdentity[] =>
  connectionOf(turn, socket)?.identities ?? [];

function awaitTurn(turn: ServerTurn, socket: Socket, request: WaitingRequest): void {
  const { waiting } = connectionOf(turn, socket)!;
  changeConnection(turn, socket, { waiting: [...waiting, request] });
}

/** Reads at the head of the queue are answered, up to the first request that waits for its commit. */
function answerWhoseTurnItIs(turn: ServerTurn, socket: Socket): void {
  for (let connection = connectionOf(turn, socket); connection !== undefined; connection = connectionOf(turn, socket)) {
    const [first, ...waiting] = connection.waiting;
    if (first === undefined || first.local === null || connection.session === null) return;
    changeConnection(turn, socket, { waiting });
    reply(turn, socket, first.xid, first.op, answerLocally(turn, socket, connection.session, first.local));
  }
}

function answerLocally(turn: ServerTurn, socket: Socket, session: SessionId, request: LocalRequest): ZkResult {
  if (request.op === 'ping') return { error: 'OK', response: { op: 'ping' } };
  if (request.op === 'setWatches') {
    const { database, watches } = turn.serving;
    const { table, missed } = renewWatches(database.tree, watches, socket, request);
    turn.serve({ watches: table });
    for (const event of missed) notifyWatcher(turn, { socket, event, acl: [] });
    return { error: 'OK', response: { op: 'setWatches' } };
  }
  return read(turn, socket, session, request);
}

function read(turn: ServerTurn, socket: Socket, session: SessionId, request: ZkRead): ZkResult {
  const { database, watches } = turn.serving;
  const { result, table } = readWithWatch(
    database.tree,
    watches,
    { socket, session, identities: identitiesOf(turn, socket) },
    request,
  );
  turn.serve({ watches: table });
  return result;
}

/** The next transaction of the log is committed: it is applied, whoever watches is told, whoever asked for it is answered. */
export function applyCommitted(turn: ServerTurn): void {
  const committed = commitNext(turn.serving.database);
  if (committed === null) return;
  const { txn, result } = committed;
  const { table, fired } = fireWatches(turn.serving.watches, committed.triggers);
  turn.serve({ database: committed.database, watches: table });
  // An ensemble tells a change once.
  if (turn.path.mode !== 'follower') turn.effects.push(...factsOf(txn));
  for (const watch of fired) notifyWatcher(turn, watch);
  if (txn.body.kind === 'createSession') finishNewSession(turn, txn.session);
  else if (txn.body.kind === 'closeSession') finishClosedSession(turn, txn, result);
  else answerCommitted(turn, txn, result);
}

function finishNewSession(turn: ServerTurn, session: SessionId): void {
  for (const [socket, { opening }] of turn.serving.connections) {
    if (opening === null || !opening.isNew || opening.session !== session) continue;
    acceptSession(turn, socket);
    readUnread(turn, socket);
  }
}

function finishClosedSession(turn: ServerTurn, txn: LoggedTxn, result: ZkResult): void {
  turn.serve({ tracker: forgetSession(turn.serving.tracker, txn.session) });
  answerCommitted(turn, txn, result);
  for (const socket of connectionsOfSession(turn, txn.session)) closeConnection(turn, socket);
}

function answerCommitted(turn: ServerTurn, { session, cxid }: LoggedTxn, result: ZkResult): void {
  for (const socket of connectionsOfSession(turn, session)) {
    const first = connectionOf(turn, socket)?.waiting[0];
    if (first === undefined || first.local !== null || first.xid !== cxid) continue;
    // Whoever writes over the old connection of a session that has moved is not answered.
    if (result.error === 'SESSIONMOVED') closeConnection(turn, socket);
    else answerFirst(turn, socket, result);
  }
}

/** The first of those that wait is answered, and whoever waited for it only. */
function answerFirst(turn: ServerTurn, socket: Socket, result: ZkResult): void {
  const [first, ...waiting] = connectionOf(turn, socket)?.waiting ?? [];
  if (first === undefined) return;
  changeConnection(turn, socket, { waiting });
  reply(turn, socket, first.xid, first.op, result);
  answerWhoseTurnItIs(turn, socket);
}

/** All that had been proposed before a sync of the session has been applied here. */
export function answerSync(turn: ServerTurn, session: SessionId, cxid: number): void {
  for (const socket of connectionsOfSession(turn, session)) {
    const first = connectionOf(turn, socket)?.waiting[0];
    if (first?.op === 'sync' && first.xid === cxid)
      answerFirst(turn, socket, { error: 'OK', response: { op: 'sync', path: first.path ?? '' } });
  }
}

/** Whether the session that a client brought back still lives is known now. */
export function finishRevalidation(turn: ServerTurn, socket: Socket, isValid: boolean): void {
  if (connectionOf(turn, socket)?.opening == null) return;
  if (isValid) {
    acceptSession(turn, socket);
    readUnread(turn, socket);
  } else refuseSession(turn, socket);
}

function readUnread(turn: ServerTurn, socket: Socket): void {
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  changeConnection(turn, socket, { unread: [] });
  for (const message of connection.unread) {
    if (connectionOf(turn, socket) !== undefined) hearClient(turn, socket, message, connection.peer);
  }
}
