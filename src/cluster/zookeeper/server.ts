/**
 * The program `zookeeper-server`: a JVM that starts, reads its properties file, listens, and serves. `argv[1]` is the path of the file.
 *
 * A server alone goes from BINDING to RUNNING. A member of an ensemble looks for a leader, then follows it or leads itself; both go
 * through ZAB's discovery and synchronization before the broadcast, in which they serve.
 * Follows `quorum.QuorumPeerMain`, `ZooKeeperServerMain`, `ZooKeeperServer.State`, `QuorumPeer.ServerState` and `ZabState` (3.8.4).
 */
import { assign, setup } from 'xstate';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf, kernelActions } from '../../kernel/effects.ts';
import type { Delivered, KernelEvent } from '../../kernel/events.ts';
import { clockReading, diskAt } from '../../kernel/host.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds, timeZero } from '../../kernel/time.ts';
import { takeSnapshot } from './database.ts';
import { createDataDirectory, readDatabase, snapshotSize } from './dataDirectory.ts';
import { endsAbnormally, snapshotRefused } from './diskLog.ts';
import type { LogLine } from './logLine.ts';
import { printLogLine } from './logLine.ts';
import { joinEnsemble } from './quorum/joinEnsemble.ts';
import { startFollowing } from './quorum/follower.ts';
import { followerPath } from './quorum/followerPath.ts';
import { startLeading } from './quorum/leader.ts';
import type { QuorumPeer } from './quorum/peerState.ts';
import { leaderPath } from './quorum/proposals.ts';
import { handlePeerEvent, lookForLeader } from './quorum/quorumPeer.ts';
import type { ConfigError, ZkServerConfig } from './serverConfig.ts';
import { readServerConfig } from './serverConfig.ts';
import type { FailedStart } from './serverLog.ts';
import {
  addressInUse,
  dataDirectoryRefused,
  ensembleLines,
  invalidArguments,
  invalidConfig,
  servingLines,
  startingLines,
} from './serverLog.ts';
import type { PeerSignal, RequestPaths, ServerTimerEvent } from './serverTurn.ts';
import { ServerTurn } from './serverTurn.ts';
import { armServingTimers, beginServing, serveEvent } from './serving.ts';
import type { Serving } from './servingState.ts';
import { standalonePath } from './standalone.ts';

type JvmStarted = { readonly type: 'JVM_STARTED' };
type Signalled = { readonly [Type in PeerSignal]: { readonly type: Type } }[PeerSignal];
type ServerEvent = Delivered<KernelEvent | ServerTimerEvent | JvmStarted | Signalled>;

export interface ZkServerContext {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly config: ZkServerConfig | null;
  /** Null while no client is served. */
  readonly serving: Serving | null;
  /** Null for a server alone. */
  readonly peer: QuorumPeer | null;
  /** While its disk is slow: when it has taken all that was written. */
  readonly diskBusyUntil: VirtualTimeUs;
}

const prints = (now: VirtualTimeUs, lines: readonly LogLine[]): readonly KernelEffect[] =>
  lines.map((line) => ({ type: 'print', params: { to: 'stdout', text: printLogLine(now, line) } }));

const failure = (now: VirtualTimeUs, failed: FailedStart): readonly KernelEffect[] => [
  ...prints(now, failed.before),
  ...(failed.toStderr === '' ? [] : [{ type: 'print', params: { to: 'stderr', text: failed.toStderr } } as const]),
  ...prints(now, failed.after),
  { type: 'exit', params: { code: failed.exitCode } },
];

type Loaded = { readonly config: ZkServerConfig } | { readonly failed: FailedStart };

/** The configuration that the command line names, or why the server does not start. */
function load({ argv, cwd }: ZkServerContext, { files, now }: ServerEvent): Loaded {
  const [path, ...rest] = argv.slice(1);
  if (path === undefined || rest.length > 0) return { failed: invalidArguments(argv.slice(1)) };
  const config: ZkServerConfig | ConfigError = readServerConfig(files, cwd, path);
  if ('exception' in config) return { failed: invalidConfig(path, config) };
  const database = readDatabase(files, config.dataDir);
  return createDataDirectory(files, config.dataDir, database, now) === null
    ? { failed: dataDirectoryRefused(config) }
    : { config };
}

const paths: RequestPaths = { standalone: standalonePath, leader: leaderPath, follower: followerPath };

const server = setup({
  types: { context: {} as ZkServerContext, events: {} as ServerEvent, input: {} as ProcessInput },
  guards: {
    isConfigured: ({ context, event }) => 'config' in load(context, event),
    isMemberOfEnsemble: ({ context }) => (context.config?.servers.length ?? 0) > 1,
  },
  actions: {
    ...kernelActions,
    readConfiguration: assign(({ context, event }) => {
      const loaded = load(context, event);
      return 'config' in loaded ? { config: loaded.config } : {};
    }),
  },
});

const refuseToStart = server.enqueueActions(({ context, event, enqueue }) => {
  const loaded = load(context, event);
  if ('failed' in loaded)
    for (const effect of failure(clockReading(event.now, event.host), loaded.failed)) enqueue(effect);
});

const bind = server.enqueueActions(({ context: { config }, event, enqueue }) => {
  if (config === null) return;
  const lines = config.servers.length > 1 ? ensembleLines(config) : startingLines(config);
  for (const effect of prints(clockReading(event.now, event.host), lines)) enqueue(effect);
  enqueue({ type: 'listen', params: { port: config.clientPort } });
});

const reportAddressInUse = server.enqueueActions(({ event, enqueue }) => {
  for (const effect of failure(clockReading(event.now, event.host), addressInUse)) enqueue(effect);
});

/** One step of the server; what it tells moves the statechart on, within the same event. */
const turnBy = (step: (turn: ServerTurn, event: ServerEvent) => void) =>
  server.enqueueActions(({ context, event, enqueue }) => {
    const { config, serving, peer, diskBusyUntil } = context;
    if (config === null) return;
    const turn = new ServerTurn({ config, serving, peer, diskBusyUntil }, event, paths);
    step(turn, event);
    enqueue.assign(turn.outcome());
    for (const effect of turn.effects) enqueue(effect);
    const { now, files, cause, host } = event;
    for (const type of turn.signals)
      enqueue.raise({ type, now, files, cause, ...(host === undefined ? {} : { host }) });
  });

/** Reads what is on disk, takes a snapshot of it, and begins. */
const startServing = turnBy((turn, { files, now, host }) => {
  const { config } = turn;
  const { state } = diskAt(host, config.dataDir);
  if (state !== 'sound') {
    turn.log(...(state === 'full' ? snapshotRefused : endsAbnormally(state)));
    turn.effects.push({ type: 'exit', params: { code: state === 'full' ? 10 : 1 } });
    return;
  }
  const found = readDatabase(files, config.dataDir);
  const database = takeSnapshot(found, snapshotSize(found));
  for (const change of createDataDirectory(files, config.dataDir, database, now) ?? [])
    turn.effects.push({ type: 'changeFile', params: change });
  turn.log(...servingLines(config, found));
  beginServing(turn, 'standalone', { database, isLogOpen: false });
  armServingTimers(turn);
});

const isOfTheServer = (event: ServerEvent): event is Delivered<KernelEvent | ServerTimerEvent> =>
  event.type !== 'JVM_STARTED';

const serve = turnBy((turn, event) => {
  if (!isOfTheServer(event)) return;
  serveEvent(turn, event);
  armServingTimers(turn);
});

const actAsPeer = turnBy((turn, event) => {
  if (isOfTheServer(event)) handlePeerEvent(turn, event);
});

const exitOfSignal = server.enqueueActions(({ event, enqueue }) => {
  if (event.type !== 'SIGNAL' || event.signal === 'SIGCONT' || event.signal === 'SIGPIPE') return;
  enqueue({ type: 'exit', params: { code: exitCodeOf[event.signal] } });
});

const jvmStart = { id: 'jvm start', delayUs: seconds(2), event: { type: 'JVM_STARTED' } };

/** Whatever state a member is in, it hears of all its connections and timers. */
const eventsOfPeer = {
  LISTENING: { actions: actAsPeer },
  ADDRESS_IN_USE: { actions: actAsPeer },
  CONNECTED: { actions: actAsPeer },
  CONNECTION_REFUSED: { actions: actAsPeer },
  ACCEPTED: { actions: actAsPeer },
  MESSAGE: { actions: actAsPeer },
  DISCONNECTED: { actions: actAsPeer },
  ZOOKEEPER_SERVER_TIMER: { actions: actAsPeer },
  OPERATION: { actions: actAsPeer },
} as const;

export const zookeeperServer = server.createMachine({
  id: 'zookeeper-server',
  context: ({ input: { argv, cwd } }) => ({
    argv,
    cwd,
    config: null,
    serving: null,
    peer: null,
    diskBusyUntil: timeZero,
  }),
  initial: 'INITIAL',
  on: { SIGNAL: { actions: exitOfSignal } },
  states: {
    INITIAL: {
      entry: { type: 'setTimer', params: jvmStart },
      on: {
        JVM_STARTED: [
          { guard: 'isConfigured', target: 'BINDING', actions: ['readConfiguration', bind] },
          { actions: refuseToStart },
        ],
      },
    },
    BINDING: {
      on: {
        LISTENING: [
          { guard: 'isMemberOfEnsemble', target: 'LOOKING', actions: turnBy(joinEnsemble) },
          { target: 'RUNNING', actions: startServing },
        ],
        ADDRESS_IN_USE: { actions: reportAddressInUse },
      },
    },
    LOOKING: {
      entry: turnBy(lookForLeader),
      on: { ...eventsOfPeer, ELECTED_LEADER: 'LEADING', ELECTED_FOLLOWER: 'FOLLOWING' },
    },
    FOLLOWING: {
      entry: turnBy(startFollowing),
      on: { ...eventsOfPeer, LEADER_LOST: 'LOOKING' },
      initial: 'discovery',
      states: {
        discovery: { on: { EPOCH_ESTABLISHED: 'synchronization' } },
        synchronization: { on: { IN_SYNC: 'broadcast' } },
        broadcast: {},
      },
    },
    LEADING: {
      entry: turnBy(startLeading),
      on: { ...eventsOfPeer, QUORUM_LOST: 'LOOKING' },
      initial: 'discovery',
      states: {
        discovery: { on: { EPOCH_ESTABLISHED: 'synchronization' } },
        synchronization: { on: { IN_SYNC: 'broadcast' } },
        broadcast: {},
      },
    },
    RUNNING: {
      on: {
        ACCEPTED: { actions: serve },
        MESSAGE: { actions: serve },
        DISCONNECTED: { actions: serve },
        ZOOKEEPER_SERVER_TIMER: { actions: serve },
        OPERATION: { actions: serve },
      },
    },
  },
});
