/** What a ZooKeeper server logs as it starts, serves and fails (3.8.4, with Kafka's `log4j.properties`), in its order. */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import type { SessionId, Zxid } from '../protocol/zookeeper.ts';
import { hexOfZxid } from '../protocol/zookeeper.ts';
import { clientPort } from './clientLog.ts';
import type { ZkDatabase } from './database.ts';
import { appliedAfter } from './database.ts';
import { versionDirectory } from './dataDirectory.ts';
import type { LogLine } from './logLine.ts';
import type { ConfigError, ZkServerConfig } from './serverConfig.ts';
import { isRelative } from './serverConfig.ts';
import { treeDigest } from './treeDigest.ts';

/** `short` is the class below `org.apache.zookeeper`. */
const info = (text: string, short: string): LogLine => ({
  level: 'INFO',
  text,
  logger: `org.apache.zookeeper.${short}`,
});
const warn = (text: string, short: string): LogLine => ({ ...info(text, short), level: 'WARN' });
const error = (text: string, short: string, exception?: readonly string[]): LogLine => ({
  level: 'ERROR',
  text,
  logger: `org.apache.zookeeper.${short}`,
  ...(exception === undefined ? {} : { exception }),
});

const peerConfig = 'server.quorum.QuorumPeerConfig';
const server = 'server.ZooKeeperServer';

const relativeWarning = (path: string): readonly LogLine[] =>
  isRelative(path) ? [warn(`${path} is relative. Prepend ./ to indicate that you're sure!`, peerConfig)] : [];

const readingConfiguration = (path: string): readonly LogLine[] => [
  info(`Reading configuration from: ${path}`, peerConfig),
  ...relativeWarning(path),
];

function configurationRead(config: ZkServerConfig): readonly LogLine[] {
  return [
    ...readingConfiguration(config.path),
    ...(config.relativeDataDir === null ? [] : relativeWarning(config.relativeDataDir)),
    info(
      config.clientPort === 0 ? 'clientPort is not set' : `clientPortAddress is 0.0.0.0:${config.clientPort}`,
      peerConfig,
    ),
    info('secureClientPort is not set', peerConfig),
    info('observerMasterPort is not set', peerConfig),
    info('metricsProvider.className is org.apache.zookeeper.metrics.impl.DefaultMetricsProvider', peerConfig),
  ];
}

const cleanupManager = 'server.DatadirCleanupManager';
const purging: readonly LogLine[] = [
  info('autopurge.snapRetainCount set to 3', cleanupManager),
  info('autopurge.purgeInterval set to 0', cleanupManager),
  info('Purge task is not scheduled.', cleanupManager),
];
const standaloneWarning = warn(
  'Either no config or no quorum defined in config, running in standalone mode',
  'server.quorum.QuorumPeerMain',
);

/** Up to the attempt to listen. */
export function startingLines(config: ZkServerConfig): readonly LogLine[] {
  const { tickTimeMs, minSessionTimeoutMs, maxSessionTimeoutMs, dataDir, clientPort: port } = config;
  const directory = versionDirectory(dataDir);
  const statistics = 'server.util.RequestPathMetricsCollector';
  return [
    ...configurationRead(config),
    ...purging,
    standaloneWarning,
    info('Log4j 1.2 jmx support not found; jmx disabled.', 'jmx.ManagedUtil'),
    ...configurationRead(config),
    info('Starting server', 'server.ZooKeeperServerMain'),
    info(
      'ServerMetrics initialized with provider org.apache.zookeeper.metrics.impl.DefaultMetricsProvider@3b088d51',
      'server.ServerMetrics',
    ),
    info('ACL digest algorithm is: SHA1', 'server.auth.DigestAuthenticationProvider'),
    info('zookeeper.DigestAuthenticationProvider.enabled = true', 'server.auth.DigestAuthenticationProvider'),
    info('zookeeper.snapshot.trust.empty : false', 'server.persistence.FileTxnSnapLog'),
    ...banner.map((line) => info(line, server)),
    info('zookeeper.enableEagerACLCheck = false', server),
    info('zookeeper.digest.enabled = true', server),
    info('zookeeper.closeSessionTxn.enabled = true', server),
    info('zookeeper.flushDelay = 0 ms', server),
    info('zookeeper.maxWriteQueuePollTime = 0 ms', server),
    info('zookeeper.maxBatchSize=1000', server),
    info('zookeeper.intBufferStartingSizeBytes = 1024', server),
    info('Weighed connection throttling is disabled', 'server.BlueThrottle'),
    info(`minSessionTimeout set to ${minSessionTimeoutMs} ms`, server),
    info(`maxSessionTimeout set to ${maxSessionTimeoutMs} ms`, server),
    info('getData response cache size is initialized with value 400.', 'server.ResponseCache'),
    info('getChildren response cache size is initialized with value 400.', 'server.ResponseCache'),
    info('zookeeper.pathStats.slotCapacity = 60', statistics),
    info('zookeeper.pathStats.slotDuration = 15', statistics),
    info('zookeeper.pathStats.maxDepth = 6', statistics),
    info('zookeeper.pathStats.initialDelay = 5', statistics),
    info('zookeeper.pathStats.delay = 5', statistics),
    info('zookeeper.pathStats.enabled = false', statistics),
    info('The max bytes for all large requests are set to 104857600', server),
    info('The large request threshold is set to -1', server),
    info('zookeeper.enforce.auth.enabled = false', 'server.AuthenticationHelper'),
    info('zookeeper.enforce.auth.schemes = []', 'server.AuthenticationHelper'),
    info(
      `Created server with tickTime ${tickTimeMs} ms minSessionTimeout ${minSessionTimeoutMs} ms maxSessionTimeout ${maxSessionTimeoutMs} ms clientPortListenBacklog -1 datadir ${directory} snapdir ${directory}`,
      server,
    ),
    info(
      'Using org.apache.zookeeper.server.NIOServerCnxnFactory as server connection factory',
      'server.ServerCnxnFactory',
    ),
    ...(config.maxClientCnxns === 0
      ? [warn('maxCnxns is not configured, using default value 0.', 'server.ServerCnxnFactory')]
      : []),
    info(
      'Configuring NIO connection handler with 10s sessionless connection timeout, 1 selector thread(s), 4 worker threads, and 64 kB direct buffers.',
      'server.NIOServerCnxnFactory',
    ),
    info(`binding to port 0.0.0.0/0.0.0.0:${port}`, 'server.NIOServerCnxnFactory'),
  ];
}

const banner: readonly string[] = [
  '',
  '  ______                  _                                          ',
  ' |___  /                 | |                                         ',
  '    / /    ___     ___   | | __   ___    ___   _ __     ___   _ __   ',
  "   / /    / _ \\   / _ \\  | |/ /  / _ \\  / _ \\ | '_ \\   / _ \\ | '__|",
  '  / /__  | (_) | | (_) | |   <  |  __/ |  __/ | |_) | |  __/ | |    ',
  ' /_____|  \\___/   \\___/  |_|\\_\\  \\___|  \\___| | .__/   \\___| |_|',
  '                                              | |                     ',
  '                                              |_|                     ',
  '',
];

const snapLog = 'server.persistence.FileTxnSnapLog';
const snapshotting = (dataDir: string, zxid: Zxid): LogLine =>
  info(`Snapshotting: ${hexOfZxid(zxid)} to ${versionDirectory(dataDir)}/snapshot.${zxid.toString(16)}`, snapLog);

/** `found`: what was on disk. */
export const servingLines = (config: ZkServerConfig, found: ZkDatabase): readonly LogLine[] => [
  ...databaseLines(config, found),
  ...snapshotLines(config, found.lastZxid),
  info('zookeeper.request_throttler.shutdownTimeout = 10000 ms', 'server.RequestThrottler'),
  info('PrepRequestProcessor (sid:0) started, reconfigEnabled=false', 'server.PrepRequestProcessor'),
  info('Using checkIntervalMs=60000 maxPerMinute=10000 maxNeverUsedIntervalMs=0', 'server.ContainerManager'),
  auditDisabled,
];

/** A snapshot of the present state is written. */
export const snapshotLines = ({ dataDir }: ZkServerConfig, zxid: Zxid): readonly LogLine[] => [
  snapshotting(dataDir, zxid),
  info('Snapshot taken in 1 ms', server),
];

/** The disk is read; `found`: what was there. */
export function databaseLines({ dataDir }: ZkServerConfig, found: ZkDatabase): readonly LogLine[] {
  const directory = versionDirectory(dataDir);
  const last = found.snapshots.at(-1);
  const watchManager = info(
    'Using org.apache.zookeeper.server.watch.WatchManager as watch manager',
    'server.watch.WatchManagerFactory',
  );
  return [
    watchManager,
    watchManager,
    info('zookeeper.snapshotSizeFactor = 0.33', 'server.ZKDatabase'),
    info('zookeeper.commitLogCount=500', 'server.ZKDatabase'),
    info('zookeeper.snapshot.compression.method = CHECKED', 'server.persistence.SnapStream'),
    ...(last === undefined
      ? [snapshotting(dataDir, found.lastZxid)]
      : [
          info(`Reading snapshot ${directory}/snapshot.${last.zxid.toString(16)}`, 'server.persistence.FileSnap'),
          info('The digest value is empty in snapshot', 'server.DataTree'),
          ...(found.lastZxid > last.zxid
            ? [info(`${appliedAfter(found, last.zxid).length} txns loaded in 1 ms`, snapLog)]
            : []),
        ]),
    info(
      `Snapshot loaded in 1 ms, highest zxid is ${hexOfZxid(found.lastZxid)}, digest is ${treeDigest(found.tree)}`,
      'server.ZKDatabase',
    ),
  ];
}

/** A member of an ensemble that has its client port, up to the reading of its disk. */
export const peerLines = ({
  tickTimeMs,
  minSessionTimeoutMs,
  maxSessionTimeoutMs,
  ...config
}: ZkServerConfig): readonly LogLine[] => [
  info('zookeeper.snapshot.trust.empty : false', 'server.persistence.FileTxnSnapLog'),
  ...[
    'Local sessions disabled',
    'Local session upgrading disabled',
    `tickTime set to ${tickTimeMs}`,
    `minSessionTimeout set to ${minSessionTimeoutMs}`,
    `maxSessionTimeout set to ${maxSessionTimeoutMs}`,
    `initLimit set to ${config.initLimit}`,
    `syncLimit set to ${config.syncLimit}`,
    'connectToLearnerMasterLimit set to 0',
    'Using insecure (non-TLS) quorum communication',
    'Port unification disabled',
    'QuorumPeer communication is not secured! (SASL auth disabled)',
    'quorum.cnxn.threads.size set to 20',
  ].map((text) => info(text, 'server.quorum.QuorumPeer')),
];

/** A member of an ensemble, up to the attempt to listen. */
export const ensembleLines = (config: ZkServerConfig): readonly LogLine[] => [
  ...configurationRead(config),
  ...purging,
  info(`Starting quorum peer, myid=${config.serverId}`, 'server.quorum.QuorumPeerMain'),
  info(
    'ServerMetrics initialized with provider org.apache.zookeeper.metrics.impl.DefaultMetricsProvider@3b088d51',
    'server.ServerMetrics',
  ),
  info(
    'Using org.apache.zookeeper.server.NIOServerCnxnFactory as server connection factory',
    'server.ServerCnxnFactory',
  ),
  ...(config.maxClientCnxns === 0
    ? [warn('maxCnxns is not configured, using default value 0.', 'server.ServerCnxnFactory')]
    : []),
  info(
    'Configuring NIO connection handler with 10s sessionless connection timeout, 1 selector thread(s), 4 worker threads, and 64 kB direct buffers.',
    'server.NIOServerCnxnFactory',
  ),
  info(`binding to port 0.0.0.0/0.0.0.0:${config.clientPort}`, 'server.NIOServerCnxnFactory'),
];

const auditDisabled = info('ZooKeeper audit is disabled.', 'audit.ZKAuditProvider');
const exiting = (code: number): LogLine => error(`Exiting JVM with code ${code}`, 'util.ServiceUtils');
const frames = (...places: readonly string[]): readonly string[] => places.map((place) => `\tat ${place}`);
const mainFrames = frames(
  'org.apache.zookeeper.server.quorum.QuorumPeerMain.initializeAndRun(QuorumPeerMain.java:125)',
  'org.apache.zookeeper.server.quorum.QuorumPeerMain.main(QuorumPeerMain.java:91)',
);

/** How a start that fails ends: what the log says, what goes to stderr before its last lines, and the exit code. */
export interface FailedStart {
  readonly before: readonly LogLine[];
  readonly toStderr: string;
  readonly after: readonly LogLine[];
  readonly exitCode: number;
}

export function invalidConfig(path: string, { exception }: ConfigError): FailedStart {
  const configException = 'org.apache.zookeeper.server.quorum.QuorumPeerConfig$ConfigException';
  const parsing = frames('org.apache.zookeeper.server.quorum.QuorumPeerConfig.parse(QuorumPeerConfig.java:198)');
  const lines = exception.startsWith(configException)
    ? [exception, ...parsing, ...mainFrames]
    : [
        `${configException}: Error processing ${path}`,
        ...parsing,
        ...mainFrames,
        `Caused by: ${exception}`,
        ...parsing,
        '\t... 2 more',
      ];
  return {
    before: [
      ...readingConfiguration(path),
      error('Invalid config, exiting abnormally', 'server.quorum.QuorumPeerMain', lines),
    ],
    toStderr: 'Invalid config, exiting abnormally\n',
    after: [auditDisabled, exiting(2)],
    exitCode: 2,
  };
}

/** No file is named, or several arguments. */
export function invalidArguments(argv: readonly string[]): FailedStart {
  const usage = 'Usage: ZooKeeperServerMain configfile | port datadir [ticktime] [maxcnxns]';
  const main = 'server.ZooKeeperServerMain';
  return {
    before: [
      ...purging,
      standaloneWarning,
      info('Log4j 1.2 jmx support not found; jmx disabled.', 'jmx.ManagedUtil'),
      error('Invalid arguments, exiting abnormally', main, [
        `java.lang.IllegalArgumentException: Invalid number of arguments:[${argv.join(', ')}]`,
        ...frames('org.apache.zookeeper.server.ServerConfig.parse(ServerConfig.java:79)'),
        ...mainFrames,
      ]),
      info(usage, main),
    ],
    toStderr: `${usage}\n`,
    after: [auditDisabled, exiting(2)],
    exitCode: 2,
  };
}

/** Something else is where the data directory should be. */
export const dataDirectoryRefused = (config: ZkServerConfig): FailedStart => ({
  before: [
    ...startingLines(config).slice(0, -1),
    error('Unable to access datadir, exiting abnormally', 'server.ZooKeeperServerMain', [
      `org.apache.zookeeper.server.persistence.FileTxnSnapLog$DatadirException: Unable to create data directory ${versionDirectory(config.dataDir)}`,
      ...mainFrames,
    ]),
  ],
  toStderr: 'Unable to access datadir, exiting abnormally\n',
  after: [auditDisabled, exiting(3)],
  exitCode: 3,
});

/** Another process listens on the port. */
export const addressInUse: FailedStart = {
  before: [
    error('Unexpected exception, exiting abnormally', 'server.ZooKeeperServerMain', [
      'java.net.BindException: Address already in use',
      ...frames(
        'java.base/sun.nio.ch.Net.bind0(Native Method)',
        'java.base/sun.nio.ch.Net.bind(Net.java:555)',
        'org.apache.zookeeper.server.NIOServerCnxnFactory.configure(NIOServerCnxnFactory.java:662)',
        'org.apache.zookeeper.server.ZooKeeperServerMain.runFromConfig(ZooKeeperServerMain.java:161)',
      ),
      ...mainFrames,
    ]),
  ],
  toStderr: '',
  after: [auditDisabled, exiting(1)],
  exitCode: 1,
};

export const logFileCreated = (zxid: Zxid): LogLine =>
  info(`Creating new log file: log.${zxid.toString(16)}`, 'server.persistence.FileTxnLog');

export const sessionExpiring = (session: SessionId, timeoutMs: number): LogLine =>
  info(`Expiring session ${session}, timeout of ${timeoutMs}ms exceeded`, server);

export const invalidSession = (session: SessionId, peer: ProcessId, socket: Socket): LogLine =>
  info(`Invalid session ${session} for client ${clientAddress(peer, socket)}, probably expired`, server);

export const clientAhead = (peer: ProcessId, socket: Socket, seen: Zxid, ours: Zxid): LogLine =>
  info(
    `Refusing session request for client ${clientAddress(peer, socket)} as it has seen zxid ${hexOfZxid(seen)} our last zxid is ${hexOfZxid(ours)} client must try another server`,
    server,
  );

export const clientGone = (peer: ProcessId, socket: Socket, session: SessionId): LogLine =>
  info(
    `Unable to read additional data from client, it probably closed the socket: address = ${clientAddress(peer, socket)}, session = ${session}`,
    'server.NIOServerCnxn',
  );

export const authReceived = (peer: ProcessId, socket: Socket): LogLine =>
  info(`got auth packet ${clientAddress(peer, socket)}`, server);

export const authSucceeded = (session: SessionId, scheme: string, peer: ProcessId, socket: Socket): LogLine =>
  info(`Session ${session}: auth success for scheme ${scheme} and address ${clientAddress(peer, socket)}`, server);

export const authFailed = (scheme: string): LogLine => warn(`Authentication failed for scheme: ${scheme}`, server);

export const noAuthProvider = (scheme: string): LogLine =>
  warn(`No authentication provider for scheme: ${scheme} has ip digest `, server);

export const fourLetterWordReceived = (word: string, peer: ProcessId, socket: Socket): LogLine =>
  info(`Processing ${word} command from ${clientAddress(peer, socket)}`, 'server.NIOServerCnxn');

export const clientAddress = (peer: ProcessId, socket: Socket): string => `/127.0.0.1:${clientPort(peer, socket)}`;
