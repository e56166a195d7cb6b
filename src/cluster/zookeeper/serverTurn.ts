/**
 * One event at a server: the state as it becomes, and what is asked of the kernel on the way. The parts of a server are functions of it;
 * the statechart in `server.ts` decides which.
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Circumstances, Message, Socket } from '../../kernel/events.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import type { HostCondition } from '../../kernel/host.ts';
import { clockReading, diskAt } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later } from '../../kernel/time.ts';
import type { Zxid } from '../protocol/zookeeper.ts';
import type { ZkDatabase } from './database.ts';
import { appendToLog, openLog } from './database.ts';
import { storeDatabase } from './dataDirectory.ts';
import type { LogLine } from './logLine.ts';
import { printLogLine } from './logLine.ts';
import type { QuorumPeer } from './quorum/peerState.ts';
import type { RequestPath } from './requestPath.ts';
import type { ZkServerConfig } from './serverConfig.ts';
import { diskFailed, fsyncWarningThresholdMs, slowFsync } from './diskLog.ts';
import { logFileCreated } from './serverLog.ts';
import type { Serving } from './servingState.ts';
import type { LoggedTxn } from './transaction.ts';

/** What moves the statechart on, told by the parts. */
export type PeerSignal =
  | 'ELECTED_LEADER'
  | 'ELECTED_FOLLOWER'
  /** A majority has accepted the epoch of the leader. */
  | 'EPOCH_ESTABLISHED'
  /** The learner has its leader's history, or the leader a majority that has its own. */
  | 'IN_SYNC'
  | 'LEADER_LOST'
  | 'QUORUM_LOST';

/** Timers of a server deliver it. */
export interface ServerTimerEvent {
  readonly type: 'ZOOKEEPER_SERVER_TIMER';
  readonly timer: ServerTimer;
}
export type ServerTimer =
  | 'sessionExpiry'
  | 'containerCheck'
  | 'election'
  | 'initLimit'
  | 'tick'
  | 'connectToLeader'
  | 'leaderSilence';

interface ServerState {
  readonly config: ZkServerConfig;
  readonly serving: Serving | null;
  readonly peer: QuorumPeer | null;
  /** While its disk is slow: when it has taken all that was written. */
  readonly diskBusyUntil: VirtualTimeUs;
}
export type RequestPaths = Readonly<Record<RequestPath['mode'], RequestPath>>;

export class ServerTurn {
  readonly now: VirtualTimeUs;
  /** What the wall clock shows. */
  readonly clock: VirtualTimeUs;
  readonly config: ZkServerConfig;
  readonly effects: KernelEffect[] = [];
  readonly signals: PeerSignal[] = [];
  readonly #files: FileSystem;
  readonly #host: HostCondition | undefined;
  #diskBusyUntil: VirtualTimeUs;
  readonly #paths: RequestPaths;
  #serving: Serving | null;
  #peer: QuorumPeer | null;

  constructor(
    { config, serving, peer, diskBusyUntil }: ServerState,
    { now, files, host }: Pick<Circumstances, 'now' | 'files' | 'host'>,
    paths: RequestPaths,
  ) {
    this.now = now;
    this.config = config;
    this.#files = files;
    this.#host = host;
    this.clock = clockReading(now, host);
    this.#diskBusyUntil = diskBusyUntil;
    this.#paths = paths;
    this.#serving = serving;
    this.#peer = peer;
  }

  /** The clock of session expiry and of timeouts, in milliseconds. */
  get nowMs(): number {
    return Math.floor(this.now / 1000);
  }

  get isServing(): boolean {
    return this.#serving !== null;
  }

  /** Throws when the server does not serve. */
  get serving(): Serving {
    if (this.#serving === null) throw new Error('The ZooKeeper server does not serve.');
    return this.#serving;
  }

  /** Throws for a server alone. */
  get peer(): QuorumPeer {
    if (this.#peer === null) throw new Error('The ZooKeeper server is no member of an ensemble.');
    return this.#peer;
  }

  outcome(): Omit<ServerState, 'config'> {
    return { serving: this.#serving, peer: this.#peer, diskBusyUntil: this.#diskBusyUntil };
  }

  /** How the requests of the present sessions are handled. */
  get path(): RequestPath {
    return this.#paths[this.serving.mode];
  }

  startServing(serving: Serving): void {
    this.#serving = serving;
  }

  /** Goes on serving, with some of it changed. */
  serve(change: Partial<Serving>): void {
    this.#serving = { ...this.serving, ...change };
  }

  startAsPeer(peer: QuorumPeer): void {
    this.#peer = peer;
  }

  setPeer(change: Partial<QuorumPeer>): void {
    this.#peer = { ...this.peer, ...change };
  }

  /** Serves no more; the peer has the database back. */
  stopServing(): void {
    const { database, isLogOpen } = this.serving;
    this.#serving = null;
    this.setPeer({ database, isLogOpen });
  }

  get database(): ZkDatabase {
    return this.#serving?.database ?? this.peer.database;
  }

  setDatabase(database: ZkDatabase): void {
    if (this.#serving === null) this.setPeer({ database });
    else this.serve({ database });
  }

  /** Keeps the database on disk as it is now. */
  store(): void {
    if (!this.#canWrite()) return;
    for (const change of storeDatabase(this.#files, this.config.dataDir, this.database, this.now))
      this.effects.push({ type: 'changeFile', params: change });
  }

  /** Writes a transaction to the log, which is opened with the first one of a run. */
  writeToLog(txn: LoggedTxn): void {
    if (!this.#canWrite()) return;
    this.#wait();
    this.#openLog(txn.zxid);
    this.setDatabase(appendToLog(this.database, txn));
    this.store();
  }

  /**
   * The disk of its data takes it; otherwise the server ends here, whatever else this turn was to do (`SyncRequestProcessor`,
   * `ZooKeeperCriticalThread`).
   */
  #canWrite(): boolean {
    if (this.#host === undefined) return true;
    const { state } = diskAt(this.#host, this.config.dataDir);
    if (state === 'sound') return true;
    const isMember = this.#peer !== null;
    this.log(...diskFailed(state, { serverId: this.config.serverId, isMember }));
    this.effects.push({ type: 'exit', params: { code: 1 } });
    return false;
  }

  /** A slow disk: what is sent from now on leaves when the transaction is on it. */
  #wait(): void {
    if (this.#host === undefined) return;
    const { extraLatencyUs } = diskAt(this.#host, this.config.dataDir);
    if (extraLatencyUs === 0) return;
    const before = this.#diskBusyUntil > this.now ? this.#diskBusyUntil : this.now;
    this.#diskBusyUntil = later(before, extraLatencyUs);
    const tookMs = Math.floor(extraLatencyUs / 1000);
    if (tookMs > fsyncWarningThresholdMs) this.log(slowFsync(this.config.serverId, tookMs));
  }

  #openLog(first: Zxid): void {
    const isLogOpen = this.#serving?.isLogOpen ?? this.peer.isLogOpen;
    if (isLogOpen) return;
    this.log(logFileCreated(first));
    this.setDatabase(openLog(this.database, first));
    if (this.#serving === null) this.setPeer({ isLogOpen: true });
    else this.serve({ isLogOpen: true });
  }

  log(...lines: readonly LogLine[]): void {
    for (const line of lines)
      this.effects.push({ type: 'print', params: { to: 'stdout', text: printLogLine(this.clock, line) } });
  }

  send(socket: Socket, message: Message): void {
    const delayUs = this.#diskBusyUntil - this.now;
    this.effects.push({ type: 'send', params: delayUs > 0 ? { socket, message, delayUs } : { socket, message } });
  }

  close(socket: Socket): void {
    this.effects.push({ type: 'close', params: { socket } });
  }

  setTimer(timer: ServerTimer, delayUs: number): void {
    const event: ServerTimerEvent = { type: 'ZOOKEEPER_SERVER_TIMER', timer };
    this.effects.push({ type: 'setTimer', params: { id: `zookeeper server ${timer}`, delayUs, event } });
  }

  cancelTimer(timer: ServerTimer): void {
    this.effects.push({ type: 'cancelTimer', params: { id: `zookeeper server ${timer}` } });
  }
}
