/**
 * The program `zookeeper-server`: a JVM that starts, reads its properties file, listens, and serves. `argv[1]` is the path of the file.
 *
 * A server alone goes from BINDING to RUNNING; a member of an ensemble to LOOKING, where its election begins (LEADING and FOLLOWING
 * are not modelled yet: it stays there, and says that it is not serving).
 * Follows `quorum.QuorumPeerMain`, `ZooKeeperServerMain` and `ZooKeeperServer.State` (3.8.4).
 */
import { assign, setup } from 'xstate';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf, kernelActions } from '../../kernel/effects.ts';
import type { Delivered, KernelEvent } from '../../kernel/events.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';
import { tell } from '../facts.ts';
import { isZkMessage } from '../protocol/zookeeper.ts';
import { takeSnapshot } from './database.ts';
import { createDataDirectory, readDatabase, snapshotSize } from './dataDirectory.ts';
import { notServing } from './fourLetterWords.ts';
import type { LogLine } from './logLine.ts';
import { printLogLine } from './logLine.ts';
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
import type { ServerTimerEvent } from './serving.ts';
import { beginServing, serve } from './serving.ts';
import type { Serving } from './servingState.ts';

type JvmStarted = { readonly type: 'JVM_STARTED' };
type ServerEvent = Delivered<KernelEvent | ServerTimerEvent | JvmStarted>;

export interface ZkServerContext {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly config: ZkServerConfig | null;
  readonly serving: Serving | null;
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
  if ('failed' in loaded) for (const effect of failure(event.now, loaded.failed)) enqueue(effect);
});

const bind = server.enqueueActions(({ context: { config }, event, enqueue }) => {
  if (config === null) return;
  const lines = config.servers.length > 1 ? ensembleLines(config) : startingLines(config);
  for (const effect of prints(event.now, lines)) enqueue(effect);
  enqueue({ type: 'listen', params: { port: config.clientPort } });
});

const reportAddressInUse = server.enqueueActions(({ event, enqueue }) => {
  for (const effect of failure(event.now, addressInUse)) enqueue(effect);
});

/** Reads what is on disk, takes a snapshot of it, and begins. */
const startServing = server.enqueueActions(({ context: { config }, event, enqueue }) => {
  if (config === null) return;
  const found = readDatabase(event.files, config.dataDir);
  const database = takeSnapshot(found, snapshotSize(found));
  for (const change of createDataDirectory(event.files, config.dataDir, database, event.now) ?? []) {
    enqueue({ type: 'changeFile', params: change });
  }
  for (const effect of prints(event.now, servingLines(config, found))) enqueue(effect);
  const { serving, effects } = beginServing(config, database, event.now);
  enqueue.assign({ serving });
  for (const effect of effects) enqueue(effect);
  enqueue(tell('zookeeperServing', { server: config.serverId === 0 ? 1 : config.serverId }));
});

const serveEvent = server.enqueueActions(({ context, event, enqueue }) => {
  if (context.serving === null || event.type === 'JVM_STARTED') return;
  const { serving, effects } = serve(context.serving, event);
  enqueue.assign({ serving });
  for (const effect of effects) enqueue(effect);
});

/** Without a leader there are no sessions; four-letter words are told so. */
const turnAway = server.enqueueActions(({ event, enqueue }) => {
  if (event.type !== 'MESSAGE' || !isZkMessage(event.message)) return;
  const { socket, message } = event;
  if (message.kind === 'fourLetterWord') {
    const answer = { protocol: 'zookeeper', kind: 'fourLetterAnswer', name: 'FourLetterAnswer', text: notServing };
    enqueue({ type: 'send', params: { socket, message: answer } });
  }
  enqueue({ type: 'close', params: { socket } });
});

const exitOfSignal = server.enqueueActions(({ event, enqueue }) => {
  if (event.type !== 'SIGNAL' || event.signal === 'SIGCONT' || event.signal === 'SIGPIPE') return;
  enqueue({ type: 'exit', params: { code: exitCodeOf[event.signal] } });
});

const jvmStart = { id: 'jvm start', delayUs: seconds(2), event: { type: 'JVM_STARTED' } };

export const zookeeperServer = server.createMachine({
  id: 'zookeeper-server',
  context: ({ input: { argv, cwd } }) => ({ argv, cwd, config: null, serving: null }),
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
          { guard: 'isMemberOfEnsemble', target: 'LOOKING' },
          { target: 'RUNNING', actions: startServing },
        ],
        ADDRESS_IN_USE: { actions: reportAddressInUse },
      },
    },
    LOOKING: { on: { MESSAGE: { actions: turnAway } } },
    RUNNING: {
      on: {
        ACCEPTED: { actions: serveEvent },
        MESSAGE: { actions: serveEvent },
        DISCONNECTED: { actions: serveEvent },
        ZOOKEEPER_SERVER_TIMER: { actions: serveEvent },
      },
    },
  },
});
