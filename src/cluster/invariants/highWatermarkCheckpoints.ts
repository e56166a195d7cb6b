/**
 * What a broker writes down as the high watermark of a replica is not beyond it, and what it begins with when it is started again is what
 * was written: what it has in its log beyond that may have been committed by nobody.
 *
 * Follows `ReplicaManager#checkpointHighWatermarks` and `Partition#createLog` (3.9.0).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Broker } from '../broker/broker.ts';
import { checkpointKey } from '../broker/logDir.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { BrokerChange, Observation, ReplicaChange } from './observation.ts';

export class HighWatermarkCheckpoints implements Invariant {
  afterEvent({ brokers, replicas }: Observation): void {
    for (const change of brokers) areReached(change);
    for (const change of replicas) isWhatWasWritten(change);
  }
}

function areReached({ before, after }: BrokerChange): void {
  if (before === null || before.logs.dirs === after.logs.dirs) return;
  for (const { path, checkpoints } of after.logs.dirs) {
    const { replicationOffset: written } = checkpoints;
    if (written === null || written === writtenIn(before, path)) continue;
    for (const hosted of after.partitions) {
      if (hosted?.log == null || hosted.logDir !== path || hosted.role === 'none') continue;
      const offset = written.get(checkpointKey(hosted.topic, hosted.partition));
      if (offset !== undefined && offset > hosted.log.highWatermark)
        broken(
          `Broker ${after.brokerId} wrote ${offset} as the high watermark of ${topicPartitionName(hosted)}: it is ${hosted.log.highWatermark}.`,
        );
    }
  }
}

function isWhatWasWritten({ before, after: { broker, hosted }, isRestart }: ReplicaChange): void {
  const { log, logDir, topic, partition, role } = hosted;
  if (!isRestart || before === null || log === null || role !== 'none') return;
  const written = writtenIn(broker, logDir)?.get(checkpointKey(topic, partition)) ?? log.logStartOffset;
  if (log.highWatermark > Math.max(written, log.logStartOffset))
    broken(
      `Broker ${broker.brokerId} began anew with the high watermark ${log.highWatermark} of ${topicPartitionName(hosted)}: ${written} was written.`,
    );
}

const writtenIn = ({ logs }: Broker, directory: string) =>
  logs.dirs.find(({ path }) => path === directory)?.checkpoints.replicationOffset;
