/**
 * A client at work: it connects, asks for its session, sends, listens, pings, gives up, tries the next server.
 *
 * Follows `org.apache.zookeeper.ClientCnxn.SendThread` and `client.StaticHostProvider` (3.8.4).
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Socket } from '../../kernel/events.ts';
import { nextBelow } from '../../kernel/random.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms } from '../../kernel/time.ts';
import type {
  SessionId,
  SessionRequest,
  WatchedEvent,
  ZkErrorName,
  ZkMessage,
  ZkRequest,
  ZkResult,
  Zxid,
} from '../protocol/zookeeper.ts';
import { authXid } from '../protocol/zookeeper.ts';
import { prependChroot, stripChroot, stripChrootOfEvent } from './chroot.ts';
import type { ConnectionFailure } from './clientLog.ts';
import {
  connectionClosed,
  connectionEstablished,
  eventThreadShutDown,
  openingConnection,
  sessionClosed,
  sessionEstablished,
} from './clientLog.ts';
import type {
  AuthInfo,
  PendingRequest,
  ZkClientState,
  ZkOutcome,
  ZkResponseTo,
  ZkSessionEvent,
  ZkTimerEvent,
} from './clientState.ts';
import { lost } from './clientState.ts';
import { hasWatches, registerWatch, removedWatches, useUpWatches } from './clientWatches.ts';
import type { ZkAddress } from './connectString.ts';
import { isResolvable } from './connectString.ts';
import type { LogLine } from './logLine.ts';

/** One call at work: the state as it becomes, and what comes out on the way. */
export class ClientConnection<Tag> {
  state: ZkClientState<Tag>;
  readonly #now: VirtualTimeUs;
  readonly #effects: KernelEffect[] = [];
  readonly #responses: ZkResponseTo<Tag>[] = [];
  readonly #watchEvents: WatchedEvent[] = [];
  readonly #sessionEvents: ZkSessionEvent[] = [];
  readonly #logs: LogLine[] = [];

  constructor(state: ZkClientState<Tag>, now: VirtualTimeUs) {
    this.state = state;
    this.#now = now;
  }

  outcome(): ZkOutcome<Tag> {
    return {
      state: this.state,
      effects: this.#effects,
      responses: this.#responses,
      watchEvents: this.#watchEvents,
      sessionEvents: this.#sessionEvents,
      logs: this.#logs,
    };
  }

  /** The next server of the list; the pause before it is `StaticHostProvider#next` (1 s after a whole round) and `startConnect` (random). */
  startConnect(): void {
    const { servers, serverIndex, lastIndex, hasConnectedOnce } = this.state;
    const next = (serverIndex + 1) % servers.length;
    let delayMs = next === lastIndex ? 1000 : 0;
    if (hasConnectedOnce) {
      const [drawn, random] = nextBelow(this.state.random, 1000);
      delayMs += drawn;
      this.state = { ...this.state, random };
    }
    this.state = { ...this.state, serverIndex: next, lastIndex: lastIndex === -1 ? 0 : lastIndex, socket: null };
    if (delayMs === 0) this.openSocket();
    else this.#setTimer('connect', ms(delayMs));
  }

  openSocket(): void {
    if (this.state.status !== 'CONNECTING' || this.state.socket !== null) return;
    const server = this.#server();
    const { sockets } = this.state.config;
    const socket = (sockets.first + (this.state.nextSocket % sockets.count)) as Socket;
    const heardAt = this.#now;
    this.state = { ...this.state, nextSocket: this.state.nextSocket + 1, lastHeardAt: heardAt, lastSentAt: heardAt };
    if (!isResolvable(server)) {
      this.loseConnection('unresolved');
      return;
    }
    this.#logs.push(openingConnection(server));
    this.#effects.push({ type: 'connect', params: { socket, port: server.port } });
    this.state = { ...this.state, socket };
    this.keepAlive({ isWake: false });
  }

  /** The connection is there: ask for the session, then for the watches it had. */
  primeConnection(): void {
    const { socket, config, sessionId, password, lastZxidSeen, watches } = this.state;
    if (socket === null) return;
    this.#logs.push(connectionEstablished(this.#server(), config.process, socket));
    this.state = { ...this.state, hasConnectedOnce: true };
    this.#send({
      protocol: 'zookeeper',
      kind: 'connectRequest',
      name: 'createSession',
      lastZxidSeen,
      timeoutMs: config.sessionTimeoutMs,
      sessionId,
      password,
    });
    for (const info of this.state.authInfo.toReversed()) this.sendAuth(info);
    if (hasWatches(watches)) {
      this.#sendAs(-8, {
        op: 'setWatches',
        relativeZxid: lastZxidSeen,
        dataWatches: [...watches.data],
        existWatches: [...watches.exist],
        childWatches: [...watches.child],
        persistentWatches: [...watches.persistent],
        persistentRecursiveWatches: [...watches.persistentRecursive],
      });
    }
  }

  hear(message: ZkMessage): void {
    this.state = { ...this.state, lastHeardAt: this.#now };
    switch (message.kind) {
      case 'connectResponse':
        return this.#onConnected(message.sessionId, message.password, message.timeoutMs);
      case 'watchEvent':
        this.state = { ...this.state, watches: useUpWatches(this.state.watches, message.event) };
        this.#watchEvents.push(stripChrootOfEvent(this.state.chroot, message.event));
        break;
      case 'reply':
        if (message.xid === authXid && message.result.error === 'AUTHFAILED') return this.#onAuthFailed();
        if (message.xid > 0) this.#onReply(message.xid, message.zxid, message.result);
        break;
      case 'connectRequest':
      case 'request':
      case 'fourLetterWord':
      case 'fourLetterAnswer':
        break;
    }
    this.keepAlive({ isWake: false });
  }

  sendAuth(info: AuthInfo): void {
    this.#sendAs(authXid, info);
  }

  sendRequest(request: ZkRequest | SessionRequest, asked: PendingRequest<Tag>['asked']): void {
    const xid = this.state.nextXid;
    this.state = { ...this.state, nextXid: xid + 1, pending: [...this.state.pending, { xid, asked }] };
    this.#sendAs(xid, asked === null ? request : prependChroot(this.state.chroot, asked.request));
  }

  answer(asked: { readonly request: ZkRequest; readonly tag: Tag }, result: ZkResult): void {
    this.#responses.push({ ...asked, result });
  }

  /** Gives the connection up, tells who waits, and tries the next server. */
  loseConnection(failure: ConnectionFailure): void {
    const wasConnected = this.state.status === 'CONNECTED';
    if (this.state.socket !== null) this.#effects.push({ type: 'close', params: { socket: this.state.socket } });
    if (this.state.isClosing) return this.finishClosing();
    this.#logs.push(...connectionClosed(this.#server(), this.state.sessionId, failure));
    this.#cancelTimers();
    this.#failAll('CONNECTIONLOSS');
    this.state = { ...this.state, status: 'CONNECTING', socket: null };
    if (wasConnected) this.#sessionEvents.push('disconnected');
    this.startConnect();
  }

  finishClosing(): void {
    const { socket, sessionId } = this.state;
    if (socket !== null) this.#effects.push({ type: 'close', params: { socket } });
    this.#cancelTimers();
    this.state = { ...this.state, status: 'CLOSED', socket: null };
    this.#failAll('SESSIONEXPIRED');
    this.#logs.push(...sessionClosed(sessionId));
    this.#sessionEvents.push('closed');
  }

  /**
   * What the send thread does at each turn of its loop: gives up a silent server, pings when it has been silent itself. A turn comes with
   * every message, and when the wait computed at the last one is over.
   */
  keepAlive({ isWake }: { readonly isWake: boolean }): void {
    if (isWake) this.state = { ...this.state, wakeAt: null };
    const { status, socket, timeoutMs, servers, lastHeardAt } = this.state;
    if (socket === null) return;
    const patienceUs =
      status === 'CONNECTED' ? ms(Math.floor((timeoutMs * 2) / 3)) : ms(Math.floor(timeoutMs / servers.length));
    const idleUs = this.#now - lastHeardAt;
    if (idleUs >= patienceUs) return this.loseConnection({ kind: 'timedOut', idleMs: Math.floor(idleUs / 1000) });
    let waitUs = patienceUs - idleUs;
    if (status === 'CONNECTED') {
      const isLongSilent = this.#now - this.state.lastSentAt > ms(10_000);
      if (isLongSilent || this.#untilPingUs(patienceUs) <= 0) this.#sendAs(-2, { op: 'ping' });
      waitUs = Math.min(waitUs, this.#untilPingUs(patienceUs));
    }
    const { wakeAt } = this.state;
    if (wakeAt !== null && wakeAt <= this.#now + waitUs) return;
    this.#setTimer('alive', waitUs);
    this.state = { ...this.state, wakeAt: (this.#now + waitUs) as VirtualTimeUs };
  }

  /** A second is taken off once the client has been silent for one, so that a late wake-up still leaves time for a second ping. */
  #untilPingUs(readTimeoutUs: number): number {
    const silentUs = this.#now - this.state.lastSentAt;
    return Math.floor(readTimeoutUs / 2) - silentUs - (silentUs > ms(1000) ? ms(1000) : 0);
  }

  #onConnected(sessionId: SessionId, password: string, timeoutMs: number): void {
    if (timeoutMs <= 0) return this.#onExpired();
    const { outgoing, serverIndex } = this.state;
    this.state = {
      ...this.state,
      status: 'CONNECTED',
      sessionId,
      password,
      timeoutMs,
      lastIndex: serverIndex,
      outgoing: [],
    };
    this.#logs.push(sessionEstablished(this.#server(), sessionId, timeoutMs));
    this.#sessionEvents.push('connected');
    for (const { request, tag } of outgoing) this.sendRequest(request, { request, tag });
    this.keepAlive({ isWake: false });
  }

  #onExpired(): void {
    const { sessionId, socket } = this.state;
    this.#logs.push(...connectionClosed(this.#server(), sessionId, 'sessionExpired'), eventThreadShutDown(sessionId));
    if (socket !== null) this.#effects.push({ type: 'close', params: { socket } });
    this.#cancelTimers();
    this.state = { ...this.state, status: 'CLOSED', socket: null };
    this.#failAll('SESSIONEXPIRED');
    this.#sessionEvents.push('expired');
  }

  /** Who waits for an answer waits in vain, and the server closes the connection. */
  #onAuthFailed(): void {
    if (this.state.isClosing) return this.finishClosing();
    const { sessionId, socket } = this.state;
    this.#logs.push(eventThreadShutDown(sessionId));
    if (socket !== null) this.#effects.push({ type: 'close', params: { socket } });
    this.#cancelTimers();
    this.state = { ...this.state, status: 'CLOSED', socket: null };
    this.#sessionEvents.push('authFailed');
    this.#failAll('AUTHFAILED');
  }

  #onReply(xid: number, zxid: Zxid, result: ZkResult): void {
    const [first, ...rest] = this.state.pending;
    if (first === undefined || first.xid !== xid) return;
    this.state = { ...this.state, pending: rest, lastZxidSeen: zxid > 0 ? zxid : this.state.lastZxidSeen };
    if (first.asked === null) return this.finishClosing();
    const whole = prependChroot(this.state.chroot, first.asked.request);
    const before = this.state.watches;
    this.state = { ...this.state, watches: registerWatch(before, whole, result) };
    if (whole.op === 'removeWatches') {
      const removed = removedWatches(before, this.state.watches, whole.path);
      this.#watchEvents.push(...removed.map((event) => stripChrootOfEvent(this.state.chroot, event)));
    }
    this.answer(first.asked, stripChroot(this.state.chroot, result));
  }

  #failAll(error: ZkErrorName): void {
    const { pending, outgoing } = this.state;
    this.state = { ...this.state, pending: [], outgoing: [] };
    for (const { asked } of pending) if (asked !== null) this.answer(asked, lost(error));
    for (const asked of outgoing) this.answer(asked, lost(error));
  }

  #sendAs(xid: number, request: ZkRequest | SessionRequest): void {
    this.#send({ protocol: 'zookeeper', kind: 'request', name: request.op, xid, request });
  }

  #send(message: ZkMessage): void {
    const { socket } = this.state;
    if (socket === null) return;
    this.#effects.push({ type: 'send', params: { socket, message } });
    this.state = { ...this.state, lastSentAt: this.#now };
  }

  #setTimer(timer: 'connect' | 'alive', delayUs: number): void {
    const client = this.state.config.name ?? '';
    const event: ZkTimerEvent = { type: 'ZOOKEEPER_TIMER', client, timer };
    this.#effects.push({ type: 'setTimer', params: { id: `zookeeper ${client} ${timer}`, delayUs, event } });
  }

  #cancelTimers(): void {
    const client = this.state.config.name ?? '';
    for (const timer of ['connect', 'alive']) {
      this.#effects.push({ type: 'cancelTimer', params: { id: `zookeeper ${client} ${timer}` } });
    }
    this.state = { ...this.state, wakeAt: null };
  }

  #server(): ZkAddress {
    return this.state.servers[Math.max(0, this.state.serverIndex)]!;
  }
}
