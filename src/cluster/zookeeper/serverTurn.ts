/**
 * One event at a server: the state as it becomes, and what is asked of the kernel on the way. The parts of a server are functions of it;
 * the statechart in `server.ts` decides which.
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Message, Socket } from '../../kernel/events.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Zxid } from '../protocol/zookeeper.ts';
import type { ZkDatabase } from './database.ts';
import { appendToLog, openLog } from './database.ts';
import { storeDatabase } from './dataDirectory.ts';
import type { LogLine } from './logLine.ts';
import { printLogLine } from './logLine.ts';
import type { QuorumPeer } from './quorum/peerState.ts';
import type { RequestPath } from './requestPath.ts';
import type { ZkServerConfig } from './serverConfig.ts';
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
}
export type RequestPaths = Readonly<Record<RequestPath['mode'], RequestPath>>;

export class ServerTurn {
  readonly now: VirtualTimeUs;
  readonly config: ZkServerConfig;
  readonly effects: KernelEffect[] = [];
  readonly signals: PeerSignal[] = [];
  readonly #files: FileSystem;
  readonly #paths: RequestPaths;
  #serving: Serving | null;
  #peer: QuorumPeer | null;

  constructor(
    { config, serving, peer }: ServerState,
    { now, files }: { readonly now: VirtualTimeUs; readonly files: FileSystem },
    paths: RequestPaths,
  ) {
    this.now = now;
    this.config = config;
    this.#files = files;
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

  outcome(): { readonly serving: Serving | null; readonly peer: QuorumPeer | null } {
    return { serving: this.#serving, peer: this.#peer };
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
    for (const change of storeDatabase(this.#files, this.config.dataDir, this.database, this.now))
      this.effects.push({ type: 'changeFile', params: change });
  }

  /** Writes a transaction to the log, which is opened with the first one of a run. */
  writeToLog(txn: LoggedTxn): void {
    this.#openLog(txn.zxid);
    this.setDatabase(appendToLog(this.database, txn));
    this.store();
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
      this.effects.push({ type: 'print', params: { to: 'stdout', text: printLogLine(this.now, line) } });
  }

  send(socket: Socket, message: Message): void {
    this.effects.push({ type: 'send', params: { socket, message } });
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
