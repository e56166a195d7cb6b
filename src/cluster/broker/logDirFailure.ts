/**
 * Log directories that fail: an IOException on one of their files takes the whole directory, and every partition in it, offline until the broker is
 * started again; with the last directory the broker goes, too.
 *
 * Follows `LogDirFailureChannel`, `kafka.server.ReplicaManager#handleLogDirFailure`, `kafka.log.LogManager#handleLogDirFailure` and
 * `kafka.zk.KafkaZkClient#propagateLogDirEvent` (3.9.0).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { diskAt } from '../../kernel/host.ts';
import { stopFollowing } from './fetcher.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { error, type FailedDir, info, putPartition, tellFact, type Turn, update, warn } from './turn.ts';
import { askZk } from './zkConnection.ts';
import { encodeLogDirEvent, paths } from './znodes.ts';

const CHANNEL = 'org.apache.kafka.storage.internals.log.LogDirFailureChannel';
const REPLICAS = 'kafka.server.ReplicaManager';
const LOGS = 'kafka.log.LogManager';

/** What the operating system answers, as Java passes it on. */
const exceptions = {
  full: 'java.io.IOException: No space left on device',
  failed: 'java.io.IOException: Input/output error',
} as const;

/** Whether that directory takes what is written to it; if not, it has failed, and `doing` says in the log what could not be done. */
export function canWrite(turn: Turn, logDir: string, doing: string): boolean {
  if (turn.host === undefined) return true;
  const { state } = diskAt(turn.host, logDir);
  if (state === 'sound') return true;
  noteFailure(turn, { path: logDir, state }, doing, exceptions[state]);
  return false;
}

/** Whether its files can be read; a full disk's can. */
export function canRead(turn: Turn, logDir: string, doing: string): boolean {
  if (turn.host === undefined || diskAt(turn.host, logDir).state !== 'failed') return true;
  noteFailure(turn, { path: logDir, state: 'failed' }, doing, exceptions.failed);
  return false;
}

/** What cannot be done when records are not written. */
export const appending = (partition: HostedPartition): string =>
  `Error while appending records to ${topicPartitionName(partition)} in dir ${partition.logDir}`;

/** The exception that a caller logs again. */
export const storageException = (turn: Turn, logDir: string, doing: string): readonly string[] => {
  const { state } = diskAt(turn.host, logDir);
  const cause = state === 'sound' ? [] : [`Caused by: ${exceptions[state]}`];
  return [`org.apache.kafka.common.errors.KafkaStorageException: ${doing}`, ...cause];
};

/** Only the first failure of a directory is told. */
export function noteFailure(turn: Turn, failed: FailedDir, doing: string, exception: string): void {
  if (isOffline(turn, failed.path) || turn.failedDirs.some(({ path }) => path === failed.path)) return;
  error(turn, doing, CHANNEL, [exception]);
  turn.failedDirs.push(failed);
}

export const isOffline = ({ broker }: Turn, logDir: string): boolean =>
  broker.logs.dirs.some(({ path, isOffline: isDirOffline }) => path === logDir && isDirOffline);

/** A partition whose log this broker cannot reach any more. What stands on disk stays there. */
export const offline = (partition: HostedPartition): HostedPartition => ({
  ...partition,
  role: 'offline',
  log: null,
  followers: [],
  fetch: null,
  pendingIsr: null,
});

/** At the end of a turn: what `LogDirFailureHandler` does, a thread of its own. */
export function handleLogDirFailures(turn: Turn): void {
  for (let next = turn.failedDirs.shift(); next !== undefined; next = turn.failedDirs.shift()) giveUp(turn, next);
}

function giveUp(turn: Turn, { path, state }: FailedDir): void {
  const { brokerId } = turn.broker;
  const ident = `[ReplicaManager broker=${brokerId}]`;
  warn(
    turn,
    `${ident} Stopping serving replicas in dir ${path} with uuid None because the log directory has failed.`,
    REPLICAS,
  );
  const here = turn.broker.partitions.filter(
    (partition): partition is HostedPartition => partition?.log != null && partition.logDir === path,
  );
  const names = here.map((partition) => topicPartitionName(partition));
  stopFollowing(turn, here);
  info(
    turn,
    `[ReplicaAlterLogDirsManager on broker ${brokerId}] Removed fetcher for partitions ${names.length > 4 ? 'HashSet' : 'Set'}(${names.join(', ')})`,
    'kafka.server.ReplicaAlterLogDirsManager',
  );
  const list = names.join(',');
  warn(
    turn,
    `${ident} Broker ${brokerId} stopped fetcher for partitions ${list} and stopped moving logs for partitions  because they are in the failed log directory ${path}.`,
    REPLICAS,
  );
  warn(turn, `Stopping serving logs in dir ${path}`, LOGS);
  const { logs } = turn.broker;
  const dirs = logs.dirs.map((dir) => (dir.path === path ? { ...dir, isOffline: true } : dir));
  update(turn, { logs: { ...logs, dirs } });
  for (const { index } of here) putPartition(turn, offline(turn.broker.partitions[index]!));
  const isLast = dirs.every((dir) => dir.isOffline);
  const partitions = here.map(({ topic, partition }) => ({ topic, partition }));
  tellFact(turn, 'logDirFailed', { broker: brokerId, directory: path, why: state, partitions, isLast });
  if (isLast)
    return halt(turn, `Shutdown broker because all log dirs in ${dirs.map((dir) => dir.path).join(', ')} have failed`);
  warn(
    turn,
    `Logs for partitions ${list} are offline and logs for future partitions  are offline due to failure on log directory ${path}`,
    LOGS,
  );
  tellController(turn, () => {});
  warn(turn, `${ident} Stopped serving replicas in dir ${path}`, REPLICAS);
}

/** `Exit.halt(1)`: no shutdown, nothing is written any more. */
export function halt(turn: Turn, why: string): void {
  error(turn, why, LOGS);
  turn.exitCode = 1;
  turn.failedDirs.length = 0;
}

/** A child of `/log_dir_event_notification`, which the controller watches. */
function tellController(turn: Turn, then: (turn: Turn) => void): void {
  const { brokerId } = turn.broker;
  const path = `${paths.logDirEventNotification}/log_dir_event_`;
  askZk(turn, { op: 'create', path, data: encodeLogDirEvent(brokerId), mode: 'PERSISTENT_SEQUENTIAL' }, then);
}
