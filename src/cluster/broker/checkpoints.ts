/**
 * The files of a log directory that say how far its logs are.
 *
 * Follows `kafka.server.checkpoints.OffsetCheckpointFile` and `kafka.log.LogManager` (3.9.0).
 */
import type { Offset } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import { takeSnapshot } from '../../kafka/log/producerState.ts';
import { diskAt } from '../../kernel/host.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { checkpointKey, type Checkpoints, fileNames, type OffsetCheckpoint } from './logDir.ts';
import { canWrite, storageException } from './logDirFailure.ts';
import { error, type Turn, update } from './turn.ts';

/** `replication-offset-checkpoint`, every `replica.high.watermark.checkpoint.interval.ms`. */
export function checkpointHighWatermarks(turn: Turn): void {
  checkpoint(turn, 'replicationOffset', (partition) =>
    partition.role === 'none' ? null : partition.log.highWatermark,
  );
}

/** `recovery-point-offset-checkpoint`, every `log.flush.offset.checkpoint.interval.ms`, and where a log was cut or deleted. */
export function checkpointRecoveryPoints(turn: Turn, paths?: ReadonlySet<string>): void {
  checkpoint(turn, 'recoveryPoint', ({ log }) => log.recoveryPoint, paths);
}

/** `log-start-offset-checkpoint`, every `log.flush.start.offset.checkpoint.interval.ms`, and where a log was deleted. */
export function checkpointLogStarts(turn: Turn, paths?: ReadonlySet<string>): void {
  checkpoint(
    turn,
    'logStartOffset',
    ({ log }) =>
      log.logStartOffset > (log.sealedSegments[0] ?? log.activeSegment).baseOffset ? log.logStartOffset : null,
    paths,
  );
}

/** Of the directories with these paths, or of all. */
function checkpoint(
  turn: Turn,
  which: keyof Checkpoints,
  offsetOf: (partition: HostedPartition & { readonly log: PartitionLog }) => Offset | null,
  paths?: ReadonlySet<string>,
): void {
  const { logs, partitions } = turn.broker;
  const dirs = logs.dirs.map((dir) => {
    if (dir.isOffline || paths?.has(dir.path) === false) return dir;
    const offsets = new Map<string, Offset>();
    for (const partition of partitions) {
      if (partition === null || partition.log === null || partition.logDir !== dir.path) continue;
      const offset = offsetOf({ ...partition, log: partition.log });
      if (offset !== null) offsets.set(checkpointKey(partition.topic, partition.partition), offset);
    }
    if (!canCheckpoint(turn, dir.path, which, offsets.size)) return dir;
    if (isSame(dir.checkpoints[which], offsets)) return dir;
    return { ...dir, checkpoints: { ...dir.checkpoints, [which]: offsets } };
  });
  if (dirs.every((dir, at) => dir === logs.dirs[at])) return;
  update(turn, { logs: { ...logs, dirs } });
  turn.isDiskChanged = true;
}

/** Kafka writes these files each time, were it the same as before: so it finds out that a disk has failed. */
function canCheckpoint(turn: Turn, path: string, which: keyof Checkpoints, offsetCount: number): boolean {
  // Without a log, the high watermarks of a directory have no file to be written.
  if (turn.host === undefined || (which === 'replicationOffset' && offsetCount === 0)) return true;
  const doing = `Error while writing to checkpoint file ${path}/${fileNames[which]}`;
  if (canWrite(turn, path, doing)) return true;
  if (which === 'replicationOffset')
    error(
      turn,
      `[ReplicaManager broker=${turn.broker.brokerId}] Error while writing to highwatermark file in directory ${path}`,
      'kafka.server.ReplicaManager',
      storageException(turn, path, doing),
    );
  else
    error(
      turn,
      `Disk error while writing ${which === 'recoveryPoint' ? 'recovery offsets' : 'log start offsets'} checkpoint in directory ${path}: ${doing}`,
      'kafka.log.LogManager',
    );
  return false;
}

function isSame(a: OffsetCheckpoint, b: ReadonlyMap<string, Offset>): boolean {
  return a !== null && a.size === b.size && [...b].every(([key, offset]) => a.get(key) === offset);
}

/** Everything is flushed, each log takes a last snapshot of its producers, and the directories say so. */
export function closeLogs(turn: Turn): void {
  flushLogs(turn);
  checkpointRecoveryPoints(turn);
  checkpointLogStarts(turn);
  checkpointHighWatermarks(turn);
  const { logs, brokerEpoch } = turn.broker;
  const isSound = (path: string) => diskAt(turn.host, path).state === 'sound';
  const dirs = logs.dirs.map((dir) => (isSound(dir.path) ? { ...dir, cleanShutdownEpoch: brokerEpoch } : dir));
  update(turn, { logs: { ...logs, dirs } });
  turn.isDiskChanged = true;
}

/** `UnifiedLog#flush` and `#close`. */
function flushLogs(turn: Turn): void {
  const partitions = turn.broker.partitions.map((partition) => {
    if (partition === null || partition.log === null) return partition;
    const { log } = partition;
    const producers = takeSnapshot(log.producers);
    return { ...partition, log: { ...log, producers, recoveryPoint: log.logEndOffset } };
  });
  update(turn, { partitions });
}
