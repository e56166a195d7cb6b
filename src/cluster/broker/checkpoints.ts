/**
 * The files of a log directory that say how far its logs are.
 *
 * Follows `kafka.server.checkpoints.OffsetCheckpointFile` and `kafka.log.LogManager` (3.9.0).
 */
import type { Offset } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { checkpointKey, type Checkpoints, type OffsetCheckpoint } from './logDir.ts';
import { type Turn, update } from './turn.ts';

/** `replication-offset-checkpoint`, every `replica.high.watermark.checkpoint.interval.ms`. */
export function checkpointHighWatermarks(turn: Turn): void {
  checkpoint(turn, 'replicationOffset', (partition) =>
    partition.role === 'none' ? null : partition.log.highWatermark,
  );
}

/** `recovery-point-offset-checkpoint` and `log-start-offset-checkpoint`. */
export function checkpointRecovery(turn: Turn): void {
  checkpoint(turn, 'recoveryPoint', ({ log }) => log.logEndOffset);
  checkpoint(turn, 'logStartOffset', ({ log }) =>
    log.logStartOffset > (log.sealedSegments[0] ?? log.activeSegment).baseOffset ? log.logStartOffset : null,
  );
}

function checkpoint(
  turn: Turn,
  which: keyof Checkpoints,
  offsetOf: (partition: HostedPartition & { readonly log: PartitionLog }) => Offset | null,
): void {
  const { logs, partitions } = turn.broker;
  const dirs = logs.dirs.map((dir) => {
    const offsets = new Map<string, Offset>();
    for (const partition of partitions) {
      if (partition === null || partition.log === null || partition.logDir !== dir.path) continue;
      const offset = offsetOf({ ...partition, log: partition.log });
      if (offset !== null) offsets.set(checkpointKey(partition.topic, partition.partition), offset);
    }
    if (isSame(dir.checkpoints[which], offsets)) return dir;
    return { ...dir, checkpoints: { ...dir.checkpoints, [which]: offsets } };
  });
  if (dirs.every((dir, at) => dir === logs.dirs[at])) return;
  update(turn, { logs: { ...logs, dirs } });
  turn.isDiskChanged = true;
}

function isSame(a: OffsetCheckpoint, b: ReadonlyMap<string, Offset>): boolean {
  return a !== null && a.size === b.size && [...b].every(([key, offset]) => a.get(key) === offset);
}

/** Everything is flushed, and the directories say so. */
export function closeLogs(turn: Turn): void {
  checkpointRecovery(turn);
  checkpointHighWatermarks(turn);
  const { logs, brokerEpoch } = turn.broker;
  const dirs = logs.dirs.map((dir) => ({ ...dir, cleanShutdownEpoch: brokerEpoch }));
  update(turn, { logs: { ...logs, dirs } });
  turn.isDiskChanged = true;
}
