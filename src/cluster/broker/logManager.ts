/**
 * The logs of a broker: found on disk at its start, created as its partitions come, written back as they change, deleted with a delay.
 *
 * Follows `kafka.log.LogManager` (3.9.0). Writes reach the operating system at once: a killed broker loses none of them.
 */
import type { BrokerId, Offset } from '../../kafka/ids.ts';
import { NO_LEADER_EPOCH } from '../../kafka/ids.ts';
import { settingText } from '../../kafka/config/settings.ts';
import { topicConfig } from '../../kafka/config/topicConfig.ts';
import { createLog, type PartitionLog } from '../../kafka/log/partitionLog.ts';
import { reopenLog } from '../../kafka/log/reopenLog.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { findNode, mountAt, mountedValue } from '../../kernel/fileSystem.ts';
import { later, ms } from '../../kernel/time.ts';
import { nextUuid } from '../../kernel/random.ts';
import type { TopicId } from '../protocol/kafka/fields.ts';
import { canRead, canWrite, offline } from './logDirFailure.ts';
import { tellFact, type Turn, info, setPartitionAt, setTimer, update } from './turn.ts';
import type { HostedPartition } from './hostedPartition.ts';
import {
  checkpointKey,
  emptyCheckpoints,
  type Checkpoints,
  type DoomedLog,
  type DoomedSegment,
  type LogDirContents,
  logDirFormat,
  type MetaProperties,
} from './logDir.ts';
import { logConfigOfTopic, settingsOfTopic } from './topicSettings.ts';

const LOGGER = 'kafka.log.LogManager';

/** What of the log directories is not in `Broker.partitions`. */
export interface LogManager {
  readonly dirs: readonly LogDirState[];
  readonly doomedLogs: readonly DoomedLog[];
  readonly doomedSegments: readonly DoomedSegment[];
}
interface LogDirState {
  readonly path: string;
  readonly meta: MetaProperties | null;
  readonly checkpoints: Checkpoints;
  readonly cleanShutdownEpoch: number | null;
  /** It has failed since the broker was started. */
  readonly isOffline: boolean;
}

export const noLogs: LogManager = { dirs: [], doomedLogs: [], doomedSegments: [] };

/** What stands in the directories before this broker has touched them. */
export const readLogDirs = (files: FileSystem, paths: readonly string[]): readonly (LogDirContents | undefined)[] =>
  paths.map((path) => mountedValue(files, path, logDirFormat));

/** Loads what is there. Answers whether some directory was not left by a clean shutdown. `unreadable`: directories that are offline from now on. */
export function loadLogs(
  turn: Turn,
  found: readonly (LogDirContents | undefined)[],
  unreadable: ReadonlySet<string>,
): { readonly isUnclean: boolean } {
  const { settings, brokerId, clusterId } = turn.broker;
  const live = settings.logDirs.filter((path) => !unreadable.has(path));
  info(turn, `Loading logs from log dirs ArrayBuffer(${live.join(', ')})`, LOGGER);
  let isUnclean = false;
  let logCount = 0;
  const dirs: LogDirState[] = [];
  settings.logDirs.forEach((path, at) => {
    const contents = found[at];
    const isOffline = unreadable.has(path);
    const stored = (contents?.replicas ?? []).filter((replica) => replica?.logDir === path && replica.log !== null);
    if (isOffline) {
      // Nothing of it is known.
    } else if (stored.length === 0) info(turn, `No logs found to be loaded in ${path}`, LOGGER);
    else if (contents?.cleanShutdownEpoch !== null)
      info(turn, `Skipping recovery of ${stored.length} logs from ${path} since clean shutdown file was found`, LOGGER);
    else {
      isUnclean = true;
      info(turn, `Recovering ${stored.length} logs from ${path} since no clean shutdown file was found`, LOGGER);
    }
    logCount += stored.length;
    const checkpoints = contents?.checkpoints ?? emptyCheckpoints;
    for (const replica of stored) {
      if (replica === null || replica.log === null) continue;
      const { topic, partition, topicId } = replica;
      const config = logConfigOfTopic(turn.broker.topicSettings, topic, settings);
      const key = checkpointKey(topic, partition);
      const log = reopenLog(
        { ...replica.log, config },
        {
          nowMs: turn.nowMs,
          highWatermark: checkpoints.replicationOffset?.get(key) ?? null,
          logStartOffset: checkpoints.logStartOffset?.get(key) ?? null,
          recoveryPoint: checkpoints.recoveryPoint?.get(key) ?? null,
          wasCleanShutdown: contents?.cleanShutdownEpoch != null,
        },
      );
      addPartition(turn, unhosted(turn, topic, partition, topicId, path, log));
    }
    const meta = contents?.meta ?? { brokerId, clusterId, writtenAt: turn.now };
    dirs.push({ path, meta, checkpoints, cleanShutdownEpoch: null, isOffline });
  });
  const doomedLogs = found.flatMap((contents) => contents?.doomedLogs ?? []);
  update(turn, { logs: { dirs, doomedLogs, doomedSegments: [] } });
  turn.isDiskChanged = true;
  info(turn, `Loaded ${logCount} logs in ${8 + 3 * logCount}ms`, LOGGER);
  info(turn, 'Starting log cleanup with a period of 300000 ms.', LOGGER);
  info(turn, 'Starting log flusher with a default period of 9223372036854775807 ms.', LOGGER);
  return { isUnclean };
}

const NO_BROKER = -1 as BrokerId;

/** A partition of which no controller has spoken yet. */
export function unhosted(
  turn: Turn,
  topic: string,
  partition: number,
  topicId: TopicId,
  logDir: string,
  log: PartitionLog | null,
): HostedPartition {
  return {
    index: freeIndex(turn),
    topic,
    partition,
    topicId,
    log,
    logDir,
    role: 'none',
    leader: NO_BROKER,
    leaderEpoch: NO_LEADER_EPOCH,
    partitionEpoch: -1,
    controllerEpoch: -1,
    replicas: [],
    addingReplicas: [],
    removingReplicas: [],
    isr: [],
    pendingIsr: null,
    leaderEpochStartOffset: 0 as Offset,
    followers: [],
    fetch: null,
    effectiveMinIsr: 1,
  };
}

function freeIndex({ broker: { partitions } }: Turn): number {
  const free = partitions.indexOf(null);
  return free === -1 ? partitions.length : free;
}

/** Gives the partition its place. */
export function addPartition(turn: Turn, partition: HostedPartition): void {
  const indexes = new Map(turn.broker.partitionIndexes);
  const ofTopic = (indexes.get(partition.topic) ?? []).slice();
  ofTopic[partition.partition] = partition.index;
  indexes.set(partition.topic, ofTopic);
  update(turn, { partitionIndexes: indexes });
  setPartitionAt(turn, partition.index, partition);
}

/** Its place is free again; its log, if it had one, stays on disk for a while under another name. */
export function removePartition(turn: Turn, partition: HostedPartition): void {
  const indexes = new Map(turn.broker.partitionIndexes);
  const ofTopic = (indexes.get(partition.topic) ?? []).map((index) => (index === partition.index ? undefined : index));
  if (ofTopic.every((index) => index === undefined)) indexes.delete(partition.topic);
  else indexes.set(partition.topic, ofTopic);
  update(turn, { partitionIndexes: indexes });
  setPartitionAt(turn, partition.index, null);
  const { log } = partition;
  if (log === null) return;
  const [uuid, random] = nextUuid(turn.broker.random);
  const folder = `${topicPartitionName(partition)}.${uuid.replaceAll('-', '')}-delete`;
  const { fileDeleteDelayMs } = log.config;
  const doomed = {
    logDir: partition.logDir,
    folder,
    log,
    topicId: partition.topicId,
    goesAt: later(turn.now, ms(fileDeleteDelayMs)),
  };
  const { logs } = turn.broker;
  update(turn, { random, logs: { ...logs, doomedLogs: [...logs.doomedLogs, doomed] } });
  info(
    turn,
    `Log for partition ${topicPartitionName(partition)} is renamed to ${partition.logDir}/${folder} and is scheduled for deletion`,
    LOGGER,
  );
  turn.isDiskChanged = true;
  setTimer(turn, 'delete logs', ms(fileDeleteDelayMs), { type: 'SCHEDULED', task: 'deleteLogs' });
}

/** Removes from disk what has waited long enough. */
export function deleteDoomed(turn: Turn): void {
  const { logs } = turn.broker;
  const due = logs.doomedLogs.filter(({ goesAt }) => goesAt <= turn.now);
  for (const { log, logDir } of due) {
    const { topic, partition } = log.topicPartition;
    const name = topicPartitionName({ topic, partition });
    info(turn, `Deleted log for partition ${name} in ${logDir}/${name}.`, LOGGER);
  }
  const doomedLogs = logs.doomedLogs.filter(({ goesAt }) => goesAt > turn.now);
  const doomedSegments = logs.doomedSegments.filter(({ goesAt }) => goesAt > turn.now);
  update(turn, { logs: { ...logs, doomedLogs, doomedSegments } });
  turn.isDiskChanged = true;
  const next = Math.min(...[...doomedLogs, ...doomedSegments].map(({ goesAt }) => goesAt));
  if (Number.isFinite(next)) setTimer(turn, 'delete logs', next - turn.now, { type: 'SCHEDULED', task: 'deleteLogs' });
}

/**
 * A new, empty log, in the directory that has the fewest; the partition goes offline where none can hold it. One that is not new may stand in a
 * directory that is offline: it is not begun a second time elsewhere.
 */
export function createPartitionLog(
  turn: Turn,
  partition: HostedPartition,
  { isNew }: { readonly isNew: boolean },
): HostedPartition {
  const { topic, partition: number } = partition;
  const { topicSettings, settings, brokerId } = turn.broker;
  const { dirs } = turn.broker.logs;
  const logDir = !isNew && dirs.some(({ isOffline }) => isOffline) ? null : nextLogDir(turn, partition);
  if (logDir === null) {
    const gone = offline(partition);
    setPartitionAt(turn, partition.index, gone);
    return gone;
  }
  const config = logConfigOfTopic(topicSettings, topic, settings);
  const name = topicPartitionName(partition);
  info(
    turn,
    `[LogLoader partition=${name}, dir=${logDir}] Loading producer state till offset 0 with message format version 2`,
    'kafka.log.UnifiedLog$',
  );
  info(
    turn,
    `Created log for partition ${name} in ${logDir}/${name} with properties ${overriddenSettings(turn, topic)}`,
    LOGGER,
  );
  info(
    turn,
    `[Partition ${name} broker=${brokerId}] No checkpointed highwatermark is found for partition ${name}`,
    'kafka.cluster.Partition',
  );
  info(
    turn,
    `[Partition ${name} broker=${brokerId}] Log loaded for partition ${name} with initial high watermark 0`,
    'kafka.cluster.Partition',
  );
  const created = {
    ...partition,
    logDir,
    log: createLog({ topic, partition: number }, { config, nowMs: turn.nowMs }),
  };
  if (!canWrite(turn, logDir, `Error while writing partition metadata file ${logDir}/${name}/partition.metadata`)) {
    const gone = { ...offline(partition), logDir };
    setPartitionAt(turn, partition.index, gone);
    return gone;
  }
  setPartitionAt(turn, partition.index, created);
  turn.isDiskChanged = true;
  tellFact(turn, 'logCreated', { broker: brokerId, topic, partition: number });
  return created;
}

/** A directory in which a folder can be made; null: there is none (`LogManager#getOrCreateLog`). */
function nextLogDir(turn: Turn, partition: HostedPartition): string | null {
  const { broker } = turn;
  const live = broker.logs.dirs.filter(({ isOffline }) => !isOffline).map(({ path }) => path);
  const countIn = (dir: string) =>
    live.length === 1 ? 0 : broker.partitions.filter((p) => p?.log != null && p.logDir === dir).length;
  const byCount = live.map((path) => ({ path, count: countIn(path) })).sort((a, b) => a.count - b.count);
  const name = topicPartitionName(partition);
  return (
    byCount.find(({ path }) => canRead(turn, path, `Error while creating log for ${name} in dir ${path}`))?.path ?? null
  );
}

/** As `LogConfig#overriddenConfigsAsLoggableString`: by name, texts quoted. */
function overriddenSettings({ broker }: Turn, topic: string): string {
  const given = settingsOfTopic(broker.topicSettings, topic);
  const shown = Object.keys(given)
    .sort()
    .map((name) => {
      const definition = Object.entries(topicConfig).find(([known]) => known === name)?.[1];
      if (definition === undefined) return `${name}=(redacted)`;
      const value = given[name] ?? settingText(topicConfig, given, name as keyof typeof topicConfig);
      return definition.type === 'STRING' ? `${name}="${value}"` : `${name}=${value}`;
    });
  return `{${shown.join(', ')}}`;
}

/** Writes the directories as they are now; done at the end of each turn that changed them. */
export function writeLogDirs(turn: Turn): void {
  const { logs, partitions } = turn.broker;
  for (const { path, meta, checkpoints, cleanShutdownEpoch, isOffline } of logs.dirs) {
    if (isOffline) continue;
    makeParents(turn, path);
    const { doomedSegments } = logs;
    const doomedLogs = logs.doomedLogs.filter(({ logDir }) => logDir === path);
    const contents: LogDirContents = {
      path,
      meta,
      replicas: partitions,
      doomedLogs,
      doomedSegments,
      checkpoints,
      cleanShutdownEpoch,
    };
    turn.effects.push({ type: 'changeFile', params: mountAt(path, logDirFormat, contents, turn.now) });
  }
}

function makeParents(turn: Turn, path: string): void {
  const end = path.lastIndexOf('/');
  if (end > 0) makeFolder(turn, path.slice(0, end));
}

/** Creates the folder and those above it that are not there. */
export function makeFolder(turn: Turn, path: string): void {
  if (findNode(turn.files, path) !== undefined) return;
  const parts = path.split('/').slice(1);
  parts.forEach((_, at) => {
    const folder = `/${parts.slice(0, at + 1).join('/')}`;
    if (findNode(turn.files, folder) === undefined)
      turn.effects.push({ type: 'changeFile', params: { kind: 'makeDirectory', path: folder } });
  });
}
