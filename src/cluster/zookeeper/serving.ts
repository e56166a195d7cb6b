/**
 * A server at work, as a value: connections, sessions, requests in their order, watches. One event in, effects out; the statechart in
 * `server.ts` decides when it serves. Each write is one transaction, on disk before its answer.
 *
 * Follows `ZooKeeperServer`, `FinalRequestProcessor` and `NIOServerCnxn` (3.8.4), a server alone.
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Delivered, KernelEvent, ProcessId, Socket } from '../../kernel/events.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms, timestampMsAt } from '../../kernel/time.ts';
import { tell } from '../facts.ts';
import type { SessionId, SessionRequest, ZkMessage, ZkRead, ZkRequest, ZkResult } from '../protocol/zookeeper.ts';
import { isZkMessage, noSession } from '../protocol/zookeeper.ts';
import type { ZkDatabase } from './database.ts';
import { commitTransaction, nextZxid, openLog } from './database.ts';
import { storeDatabase } from './dataDirectory.ts';
import { answerFourLetterWord } from './fourLetterWords.ts';
import type { LogLine } from './logLine.ts';
import { printLogLine } from './logLine.ts';
import { readWithWatch, renewWatches } from './reads.ts';
import type { ZkServerConfig } from './serverConfig.ts';
import * as log from './serverLog.ts';
import type { Serving, ZkConnection } from './servingState.ts';
import {
  expiredSessions,
  firstSessionNumber,
  forgetSession,
  newTracker,
  nextExpiryMs,
  sessionIdOf,
  touchSession,
  trackSession,
} from './sessionTracker.ts';
import type { TxnBody, WriteRequest } from './transaction.ts';
import { prepareTransaction } from './transaction.ts';
import { factsOf } from './transactionFacts.ts';
import type { FiredWatch } from './watchTable.ts';
import { emptyWatchTable, fireWatches, forgetWatcher } from './watchTable.ts';
import { findZnode } from './znodeTree.ts';

export interface ServerTimerEvent {
  readonly type: 'ZOOKEEPER_SERVER_TIMER';
  readonly timer: 'sessionExpiry' | 'containerCheck';
}
export type ServingEvent = KernelEvent | ServerTimerEvent;

interface Served {
  readonly serving: Serving;
  readonly effects: readonly KernelEffect[];
}

/** Sessions read back from disk have their full timeout again. */
export function beginServing(config: ZkServerConfig, database: ZkDatabase, now: VirtualTimeUs): Served {
  const nowMs = clockMs(now);
  let tracker = newTracker(config.tickTimeMs);
  for (const [session, timeoutMs] of database.sessions) tracker = trackSession(tracker, session, timeoutMs, nowMs);
  const work = new Work(
    {
      config,
      database,
      tracker,
      watches: emptyWatchTable,
      connections: new Map(),
      // A server alone numbers its sessions as server 1 would.
      nextSession: firstSessionNumber(config.serverId === 0 ? 1 : config.serverId, timestampMsAt(now)),
      isLogOpen: false,
      expiryArmedForMs: null,
      isContainerCheckArmed: false,
      packetsReceived: 0,
      packetsSent: 0,
    },
    now,
    null,
  );
  return work.served();
}

export function serve(serving: Serving, event: Delivered<ServingEvent>): Served {
  const work = new Work(serving, event.now, event.files);
  switch (event.type) {
    case 'ACCEPTED':
      work.accept(event.socket, event.peer);
      break;
    case 'MESSAGE':
      if (isZkMessage(event.message)) work.receive(event.socket, event.message);
      break;
    case 'DISCONNECTED':
      work.dropConnection(event.socket);
      break;
    case 'ZOOKEEPER_SERVER_TIMER':
      if (event.timer === 'sessionExpiry') work.expireSessions();
      else work.removeEmptyContainers();
      break;
    default:
      break;
  }
  return work.served();
}

/** The clock of session expiry. */
const clockMs = (now: VirtualTimeUs): number => Math.floor(now / 1000);

/** A secret that all servers make of the session's id alone (`ZooKeeperServer#generatePasswd`). */
export function passwordOf(session: SessionId): string {
  let hash = 0xb3415c00;
  for (let i = 0; i < session.length; i++) hash = Math.imul(hash ^ session.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

class Work {
  #serving: Serving;
  readonly #now: VirtualTimeUs;
  readonly #files: FileSystem | null;
  readonly #effects: KernelEffect[] = [];

  constructor(serving: Serving, now: VirtualTimeUs, files: FileSystem | null) {
    this.#serving = serving;
    this.#now = now;
    this.#files = files;
  }

  served(): Served {
    this.#armTimers();
    return { serving: this.#serving, effects: this.#effects };
  }

  accept(socket: Socket, peer: ProcessId): void {
    this.#setConnection(socket, { peer, session: null, received: 0, sent: 0 });
  }

  receive(socket: Socket, message: ZkMessage): void {
    const connection = this.#serving.connections.get(socket);
    if (connection === undefined) return;
    this.#setConnection(socket, { ...connection, received: connection.received + 1 });
    this.#serving = { ...this.#serving, packetsReceived: this.#serving.packetsReceived + 1 };
    if (message.kind === 'fourLetterWord') this.#answerFourLetterWord(socket, message.word);
    else if (message.kind === 'connectRequest') this.#openSession(socket, message);
    else if (message.kind === 'request' && connection.session !== null) {
      this.#serving = {
        ...this.#serving,
        tracker: touchSession(this.#serving.tracker, connection.session, clockMs(this.#now)),
      };
      this.#handleRequest(socket, connection.session, message.xid, message.request);
    }
  }

  /** The other side has gone; the session stays until it expires. */
  dropConnection(socket: Socket): void {
    const connection = this.#serving.connections.get(socket);
    if (connection === undefined) return;
    this.#log(log.clientGone(connection.peer, socket, connection.session ?? noSession));
    this.#forgetConnection(socket);
  }

  expireSessions(): void {
    this.#serving = { ...this.#serving, expiryArmedForMs: null };
    for (const session of expiredSessions(this.#serving.tracker, clockMs(this.#now))) {
      this.#log(log.sessionExpiring(session, this.#serving.tracker.sessions.get(session)?.timeoutMs ?? 0));
      this.#effects.push(tell('sessionExpired', { session }));
      this.#closeSession(session);
      for (const [socket, connection] of this.#serving.connections) {
        if (connection.session === session) this.#closeConnection(socket);
      }
    }
  }

  removeEmptyContainers(): void {
    this.#serving = { ...this.#serving, isContainerCheckArmed: false };
    for (const path of this.#serving.database.tree.containers) {
      const node = findZnode(this.#serving.database.tree, path);
      // A container that never had a child is left alone.
      if (node !== undefined && node.children.size === 0 && node.childrenCreated > 0)
        this.#commit(noSession, { kind: 'change', change: { op: 'delete', path } });
    }
  }

  #openSession(socket: Socket, request: Extract<ZkMessage, { readonly kind: 'connectRequest' }>): void {
    const { config, database } = this.#serving;
    const { peer } = this.#serving.connections.get(socket)!;
    if (request.lastZxidSeen > database.lastZxid) {
      this.#log(log.clientAhead(peer, socket, request.lastZxidSeen, database.lastZxid));
      this.#closeConnection(socket);
      return;
    }
    const timeoutMs = Math.min(config.maxSessionTimeoutMs, Math.max(config.minSessionTimeoutMs, request.timeoutMs));
    if (request.sessionId !== noSession) return this.#renewSession(socket, request, timeoutMs);
    const number = this.#serving.nextSession;
    const session = sessionIdOf(number);
    this.#serving = {
      ...this.#serving,
      nextSession: { ...number, given: number.given + 1 },
      tracker: trackSession(this.#serving.tracker, session, timeoutMs, clockMs(this.#now)),
    };
    this.#attach(socket, session);
    this.#commit(session, { kind: 'createSession', timeoutMs });
    this.#effects.push(tell('sessionOpened', { session, timeoutMs }));
    this.#finishSessionInit(socket, session, timeoutMs);
  }

  #renewSession(
    socket: Socket,
    { sessionId, password }: { readonly sessionId: SessionId; readonly password: string },
    timeoutMs: number,
  ): void {
    const { peer } = this.#serving.connections.get(socket)!;
    if (!this.#serving.tracker.sessions.has(sessionId) || password !== passwordOf(sessionId)) {
      this.#log(log.invalidSession(sessionId, peer, socket));
      this.#finishSessionInit(socket, noSession, 0);
      this.#closeConnection(socket);
      return;
    }
    for (const [other, connection] of this.#serving.connections) {
      if (connection.session === sessionId) this.#closeConnection(other);
    }
    this.#serving = {
      ...this.#serving,
      tracker: trackSession(this.#serving.tracker, sessionId, timeoutMs, clockMs(this.#now)),
    };
    this.#attach(socket, sessionId);
    this.#finishSessionInit(socket, sessionId, timeoutMs);
  }

  #finishSessionInit(socket: Socket, session: SessionId, timeoutMs: number): void {
    const password = session === noSession ? '' : passwordOf(session);
    this.#send(socket, {
      protocol: 'zookeeper',
      kind: 'connectResponse',
      name: 'createSession',
      timeoutMs,
      sessionId: session,
      password,
    });
  }

  #handleRequest(socket: Socket, session: SessionId, xid: number, request: ZkRequest | SessionRequest): void {
    switch (request.op) {
      case 'ping':
        return this.#reply(socket, xid, request.op, { error: 'OK', response: { op: 'ping' } });
      case 'closeSession':
        this.#effects.push(tell('sessionClosed', { session }));
        this.#closeSession(session);
        this.#reply(socket, xid, request.op, { error: 'OK', response: { op: 'closeSession' } });
        return this.#closeConnection(socket);
      case 'setWatches': {
        const { tree } = this.#serving.database;
        const { table, missed } = renewWatches(tree, this.#serving.watches, socket, request);
        this.#serving = { ...this.#serving, watches: table };
        for (const event of missed) this.#notify({ socket, event });
        return this.#reply(socket, xid, request.op, { error: 'OK', response: { op: 'setWatches' } });
      }
      case 'sync':
        return this.#reply(socket, xid, request.op, { error: 'OK', response: { op: 'sync', path: request.path } });
      case 'create':
      case 'delete':
      case 'setData':
      case 'setACL':
      case 'multi':
        return this.#reply(socket, xid, request.op, this.#write(session, request));
      default:
        return this.#reply(socket, xid, request.op, this.#read(socket, session, request));
    }
  }

  #write(session: SessionId, request: WriteRequest): ZkResult {
    const { database } = this.#serving;
    const stamp = { zxid: nextZxid(database), timeMs: timestampMsAt(this.#now) };
    return this.#commit(session, prepareTransaction(database.tree, session, request, stamp));
  }

  #read(socket: Socket, session: SessionId, request: ZkRead): ZkResult {
    const { database, watches } = this.#serving;
    const { result, table } = readWithWatch(database.tree, watches, { socket, session }, request);
    this.#serving = { ...this.#serving, watches: table };
    return result;
  }

  #closeSession(session: SessionId): void {
    const { ephemerals } = this.#serving.database.tree;
    this.#commit(session, { kind: 'closeSession', paths: [...(ephemerals.get(session) ?? [])] });
    this.#serving = { ...this.#serving, tracker: forgetSession(this.#serving.tracker, session) };
  }

  /** Writes the transaction to the log, applies it, tells whoever watches. */
  #commit(session: SessionId, body: TxnBody): ZkResult {
    const { database, isLogOpen, config } = this.#serving;
    const zxid = nextZxid(database);
    if (!isLogOpen) this.#log(log.logFileCreated(zxid));
    const withLog = isLogOpen ? database : openLog(database, zxid);
    const committed = commitTransaction(withLog, { session, body, zxid, timeMs: timestampMsAt(this.#now) });
    const { table, fired } = fireWatches(this.#serving.watches, committed.triggers);
    this.#serving = { ...this.#serving, database: committed.database, watches: table, isLogOpen: true };
    if (this.#files !== null) {
      for (const change of storeDatabase(this.#files, config.dataDir, committed.database, this.#now)) {
        this.#effects.push({ type: 'changeFile', params: change });
      }
    }
    this.#effects.push(...factsOf(body));
    for (const watch of fired) this.#notify(watch);
    return committed.result;
  }

  #notify({ socket, event }: FiredWatch): void {
    this.#effects.push(tell('watchFired', { path: event.path, event: event.type }));
    const { lastZxid } = this.#serving.database;
    this.#send(socket, { protocol: 'zookeeper', kind: 'watchEvent', name: 'watchEvent', zxid: lastZxid, event });
  }

  #answerFourLetterWord(socket: Socket, word: string): void {
    const { peer } = this.#serving.connections.get(socket)!;
    const answer = answerFourLetterWord(this.#serving, word);
    if (answer !== null) {
      if (answer.isExecuted) this.#log(log.fourLetterWordReceived(word, peer, socket));
      const { text } = answer;
      this.#send(socket, { protocol: 'zookeeper', kind: 'fourLetterAnswer', name: 'FourLetterAnswer', text });
    }
    this.#closeConnection(socket);
  }

  #reply(socket: Socket, xid: number, op: (ZkRequest | SessionRequest)['op'], result: ZkResult): void {
    const zxid = this.#serving.database.lastZxid;
    this.#send(socket, { protocol: 'zookeeper', kind: 'reply', name: op, xid, zxid, result });
  }

  #send(socket: Socket, message: ZkMessage): void {
    this.#effects.push({ type: 'send', params: { socket, message } });
    const connection = this.#serving.connections.get(socket);
    if (connection !== undefined) this.#setConnection(socket, { ...connection, sent: connection.sent + 1 });
    this.#serving = { ...this.#serving, packetsSent: this.#serving.packetsSent + 1 };
  }

  #attach(socket: Socket, session: SessionId): void {
    this.#setConnection(socket, { ...this.#serving.connections.get(socket)!, session });
  }

  #setConnection(socket: Socket, connection: ZkConnection): void {
    this.#serving = { ...this.#serving, connections: new Map(this.#serving.connections).set(socket, connection) };
  }

  #closeConnection(socket: Socket): void {
    this.#effects.push({ type: 'close', params: { socket } });
    this.#forgetConnection(socket);
  }

  #forgetConnection(socket: Socket): void {
    const connections = new Map(this.#serving.connections);
    connections.delete(socket);
    this.#serving = { ...this.#serving, connections, watches: forgetWatcher(this.#serving.watches, socket) };
  }

  #log(line: LogLine): void {
    this.#effects.push({ type: 'print', params: { to: 'stdout', text: printLogLine(this.#now, line) } });
  }

  /** A timer set for a bucket stays, even when its sessions have been heard since: it then finds nothing, and is set anew. */
  #armTimers(): void {
    const { tracker, expiryArmedForMs, database, isContainerCheckArmed } = this.#serving;
    const next = nextExpiryMs(tracker);
    if (next !== null && (expiryArmedForMs === null || next < expiryArmedForMs)) {
      this.#setTimer('sessionExpiry', ms(next) - this.#now);
      this.#serving = { ...this.#serving, expiryArmedForMs: next };
    }
    if (database.tree.containers.size > 0 && !isContainerCheckArmed) {
      this.#setTimer('containerCheck', ms(60_000));
      this.#serving = { ...this.#serving, isContainerCheckArmed: true };
    }
  }

  #setTimer(timer: ServerTimerEvent['timer'], delayUs: number): void {
    const event: ServerTimerEvent = { type: 'ZOOKEEPER_SERVER_TIMER', timer };
    this.#effects.push({ type: 'setTimer', params: { id: `zookeeper server ${timer}`, delayUs, event } });
  }
}
