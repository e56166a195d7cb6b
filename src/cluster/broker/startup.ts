/**
 * How a broker starts: settings, ZooKeeper, its directories, its registration, its port.
 *
 * Follows `kafka.Kafka#main` and `kafka.server.KafkaServer#startup` (3.9.0).
 */
import type { BrokerId } from '../../kafka/ids.ts';
import { diskAt } from '../../kernel/host.ts';
import { ms } from '../../kernel/time.ts';
import { startController } from '../controller/election.ts';
import { brokerNumber, readBrokerSettings } from './brokerSettings.ts';
import { readBrokerSettingsOfZooKeeper, readTopicSettings, startDynamicConfig } from './dynamicConfig.ts';
import { failStartup, logIdent } from './failedStart.ts';
import { startGroups } from './groupCoordination.ts';
import { scheduleProducerExpiration } from './scheduledTasks.ts';
import { startTransactions } from './transactionCoordination.ts';
import type { LogDirContents } from './logDir.ts';
import { cleanLogs } from './logCleaner.ts';
import { halt } from './logDirFailure.ts';
import { loadLogs, readLogDirs } from './logManager.ts';
import { checkEndpoints, register } from './registration.ts';
import { cancelTimer, error, info, setTimer, tellFact, type Turn, update } from './turn.ts';
import { nextKafkaUuid } from './uuid.ts';
import { answerOf, askAllZk, askZk, connectZooKeeper } from './zkConnection.ts';
import { decodeClusterId, encodeClusterId, paths, persistentPaths } from './znodes.ts';

const LOGGER = 'kafka.server.KafkaServer';
const ZK_LOGGER = 'kafka.zookeeper.ZooKeeperClient';

/** The JVM is up: reads the settings, connects to ZooKeeper. */
export function startUp(turn: Turn): void {
  const { cwd, argv } = turn.broker.process;
  info(turn, 'Registered kafka:type=kafka.Log4jController MBean', 'kafka.utils.Log4jControllerRegistration$');
  const read = readBrokerSettings(turn.files, cwd, argv.slice(1));
  if (read.outcome === 'invalid') {
    const exception = [read.exception, '\tat kafka.Kafka.main(Kafka.scala)'];
    error(turn, 'Exiting Kafka due to fatal exception', 'kafka.Kafka$', exception);
    turn.exitCode = 1;
    return;
  }
  const { settings } = read;
  update(turn, { settings, brokerId: settings.brokerId as BrokerId });
  info(turn, 'Registered signal handlers for TERM, INT, HUP', 'org.apache.kafka.common.utils.LoggingSignalHandler');
  info(turn, 'starting', LOGGER);
  info(turn, `Connecting to zookeeper on ${settings.zookeeperConnect}`, LOGGER);
  turn.moves.push('STARTING');
  connectZooKeeper(turn);
  info(turn, '[ZooKeeperClient Kafka server] Waiting until connected.', ZK_LOGGER);
  setTimer(turn, 'zookeeper connection', ms(settings.zookeeperConnectionTimeoutMs), {
    type: 'ZOOKEEPER_CONNECTION_TIMED_OUT',
  });
}

/** The first session: the rest of the start needs it. */
export function onFirstConnection(turn: Turn): void {
  cancelTimer(turn, 'zookeeper connection');
  info(turn, '[ZooKeeperClient Kafka server] Connected.', ZK_LOGGER);
  createTopLevelPaths(turn, (second) => clusterId(second, (third) => identify(third)));
}

export function onConnectionTimedOut(turn: Turn): void {
  failStartup(turn, [
    'kafka.zookeeper.ZooKeeperClientTimeoutException: Timed out waiting for connection while in state: CONNECTING',
  ]);
}

/** Parents first, each if it is not there. */
function createTopLevelPaths(turn: Turn, then: (turn: Turn) => void): void {
  const all = persistentPaths.flatMap((path) => {
    const parts = path.split('/').slice(1);
    return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
  });
  const requests = [...new Set(all)].map((path) => ({
    op: 'create' as const,
    path,
    data: null,
    mode: 'PERSISTENT' as const,
  }));
  askAllZk(turn, requests, (later) => then(later));
}

function clusterId(turn: Turn, then: (turn: Turn) => void): void {
  const settle = (later: Turn, id: string) => {
    update(later, { clusterId: id });
    info(later, `Cluster ID = ${id}`, LOGGER);
    then(later);
  };
  const path = paths.clusterId;
  askZk(turn, { op: 'getData', path, watch: false }, (second, found) => {
    const stored = answerOf(found, 'getData');
    if (stored !== undefined) return settle(second, decodeClusterId(stored.data));
    const [id, random] = nextKafkaUuid(second.broker.random);
    update(second, { random });
    const creations = [
      { op: 'create', path: '/cluster', data: null, mode: 'PERSISTENT' },
      { op: 'create', path, data: encodeClusterId(id), mode: 'PERSISTENT' },
    ] as const;
    askAllZk(second, creations, (third, [, created]) => {
      if (created?.error === 'OK') return settle(third, id);
      // Another broker was first.
      clusterId(third, then);
    });
  });
}

/** Compares with what stands in the directories; a broker without an id gets one. */
function identify(turn: Turn): void {
  const { settings } = turn.broker;
  const found = readableLogDirs(turn);
  if (found === null) return;
  const mismatch = found.flatMap((contents) => metaMismatch(turn, contents))[0];
  if (mismatch !== undefined) return failStartup(turn, [mismatch]);
  const stored = found.find((contents) => contents?.meta != null)?.meta?.brokerId;
  const proceed = (later: Turn, id: BrokerId) => {
    update(later, {
      brokerId: id,
      isIdentified: true,
      settings: { ...later.broker.settings, brokerId: id },
    });
    readBrokerSettingsOfZooKeeper(later, (last) => lockDirectories(last));
  };
  if (settings.brokerId >= 0) return proceed(turn, settings.brokerId as BrokerId);
  if (stored !== undefined) return proceed(turn, stored);
  askZk(turn, { op: 'setData', path: paths.brokerSequence, data: null, version: -1 }, (later, result) => {
    const version = answerOf(result, 'setData')?.stat.version ?? 0;
    proceed(later, (brokerNumber(later.broker.settings, 'reserved.broker.max.id') + version) as BrokerId);
  });
}

/**
 * What stands in the directories that can be read; those that cannot are offline from the beginning (`MetaPropertiesEnsemble.Loader`,
 * `LogManager#createAndValidateLogDirs`). Null: there is no other, and the broker halts.
 */
function readableLogDirs(turn: Turn): readonly (LogDirContents | undefined)[] | null {
  const { logDirs } = turn.broker.settings;
  const found = readLogDirs(turn.files, logDirs);
  const unreadable = logDirs.filter((path) => diskAt(turn.host, path).state === 'failed');
  if (unreadable.length === 0) return found;
  for (const path of unreadable) {
    const failure = 'java.io.IOException: Input/output error';
    error(
      turn,
      `Error while reading meta.properties file ${path}/meta.properties`,
      'org.apache.kafka.metadata.properties.MetaPropertiesEnsemble',
      [failure],
    );
  }
  for (const path of unreadable)
    error(
      turn,
      `Failed to create or validate data directory ${path}`,
      'org.apache.kafka.storage.internals.log.LogDirFailureChannel',
      [`java.io.IOException: Failed to load ${path} during broker startup`],
    );
  if (unreadable.length < logDirs.length)
    return found.map((contents, at) => (unreadable.includes(logDirs[at]!) ? undefined : contents));
  halt(
    turn,
    `Shutdown broker because none of the specified log dirs from ${logDirs.join(', ')} can be created or validated`,
  );
  return null;
}

function metaMismatch({ broker }: Turn, contents: LogDirContents | undefined): readonly string[] {
  const meta = contents?.meta;
  if (contents === undefined || meta == null) return [];
  const file = `${contents.path}/meta.properties`;
  if (meta.clusterId !== broker.clusterId)
    return [
      `java.lang.RuntimeException: Invalid cluster.id in: ${file}. Expected ${broker.clusterId}, but read ${meta.clusterId}`,
    ];
  if (broker.settings.brokerId >= 0 && meta.brokerId !== broker.settings.brokerId)
    return [
      `java.lang.RuntimeException: Stored node id ${meta.brokerId} doesn't match previous node id ${broker.settings.brokerId} in ${file}. ` +
        'If you moved your data, make sure your configured node id matches. If you intend to create a new node, ' +
        'you should remove all data in your data directories.',
    ];
  return [];
}

/**
 * A lock on a directory lasts as long as the process that has it, however that ends. The kernel releases ports so, and no other thing: the lock is
 * a port beyond those of the network.
 */
function lockPort(path: string): number {
  let hash = 0;
  for (let i = 0; i < path.length; i++) hash = (Math.imul(hash, 31) + path.charCodeAt(i)) >>> 0;
  return 100_000 + hash;
}

function lockDirectories(turn: Turn): void {
  for (const path of turn.broker.settings.logDirs)
    turn.effects.push({ type: 'listen', params: { port: lockPort(path) } });
  update(turn, { locksAwaited: turn.broker.settings.logDirs.length });
}

/** Answer to `listen`, for a lock or for the port. */
export function onListening(turn: Turn, port: number): void {
  if (port === turn.broker.settings.listener.port) return onPortOpen(turn);
  const locksAwaited = turn.broker.locksAwaited - 1;
  update(turn, { locksAwaited });
  if (locksAwaited === 0) loadDirectories(turn);
}

export function onAddressInUse(turn: Turn, port: number): void {
  const { settings } = turn.broker;
  if (port !== settings.listener.port) {
    const path = settings.logDirs.find((dir) => lockPort(dir) === port) ?? '';
    if (turn.broker.stopping.step !== 'no') return;
    return failStartup(turn, [
      `org.apache.kafka.common.KafkaException: Failed to acquire lock on file .lock in ${path}. A Kafka instance in another process or thread is using this directory.`,
    ]);
  }
  const { listener } = settings;
  const unable = `Unable to start acceptor for ListenerName(${listener.name})`;
  const bind = `org.apache.kafka.common.KafkaException: Socket server failed to bind to ${boundHost(turn)}:${port}: Address already in use.`;
  const address = 'java.net.BindException: Address already in use';
  error(turn, unable, 'kafka.network.DataPlaneAcceptor', [bind, `Caused by: ${address}`]);
  failStartup(
    turn,
    [
      'java.lang.RuntimeException: Received a fatal error while waiting for the SocketServer Acceptors to be started.',
      `Caused by: java.util.concurrent.CompletionException: java.lang.RuntimeException: ${unable}`,
      `Caused by: java.lang.RuntimeException: ${unable}`,
      `Caused by: ${bind}`,
      `Caused by: ${address}`,
    ],
    { hasSocketServer: true },
  );
}

const boundHost = ({ broker }: Turn): string =>
  broker.settings.listener.host === '' ? '0.0.0.0' : broker.settings.listener.host;

function loadDirectories(turn: Turn): void {
  const { settings } = turn.broker;
  const unreadable = new Set(settings.logDirs.filter((path) => diskAt(turn.host, path).state === 'failed'));
  const found = readLogDirs(turn.files, settings.logDirs).map((contents, at) =>
    unreadable.has(settings.logDirs[at]!) ? undefined : contents,
  );
  settings.logDirs.forEach((path, at) => {
    if (unreadable.has(path)) return;
    if (found[at]?.meta == null) info(turn, `${logIdent(turn)}Rewriting ${path}/meta.properties`, LOGGER);
  });
  const topics = [...new Set(found.flatMap((contents) => contents?.replicas.map((replica) => replica?.topic) ?? []))];
  readTopicSettings(
    turn,
    topics.filter((topic) => topic !== undefined),
    (later) => {
      later.moves.push('LOGS_TO_LOAD');
      loadLogs(later, found, unreadable);
      cleanLogs(later);
      checkEndpoints(later, (last) => register(last, finishStart));
    },
  );
}

/** The controller is started first, the port opened last. */
function finishStart(turn: Turn): void {
  startController(turn);
  startGroups(turn);
  startTransactions(turn);
  startDynamicConfig(turn, (later) => {
    later.effects.push({ type: 'listen', params: { port: later.broker.settings.listener.port } });
  });
}

function onPortOpen(turn: Turn): void {
  const { brokerId, settings } = turn.broker;
  update(turn, { isServing: true });
  const app = 'org.apache.kafka.common.utils.AppInfoParser';
  info(
    turn,
    `[SocketServer listenerType=ZK_BROKER, nodeId=${brokerId}] Enabling request processing.`,
    'kafka.network.SocketServer',
  );
  info(
    turn,
    `Awaiting socket connections on ${boundHost(turn)}:${settings.listener.port}.`,
    'kafka.network.DataPlaneAcceptor',
  );
  info(turn, 'Kafka version: 3.9.0', app);
  info(turn, 'Kafka commitId: 84caaa6e9da06435', app);
  info(turn, `Kafka startTimeMs: ${turn.nowMs}`, app);
  info(turn, `${logIdent(turn)}started`, LOGGER);
  turn.moves.push('STARTED_UP');
  tellFact(turn, 'brokerStarted', { broker: brokerId });
  setTimer(turn, 'check ISR', ms(settings.replicaLagTimeMaxMs / 2), { type: 'CHECK_ISR' });
  const initialDelay = ms(brokerNumber(settings, 'log.initial.task.delay.ms'));
  setTimer(turn, 'log retention', initialDelay, { type: 'SCHEDULED', task: 'logRetention' });
  setTimer(turn, 'recovery checkpoint', initialDelay, { type: 'SCHEDULED', task: 'logFlushCheckpoint' });
  setTimer(turn, 'log start checkpoint', initialDelay, { type: 'SCHEDULED', task: 'logStartCheckpoint' });
  scheduleProducerExpiration(turn);
}
