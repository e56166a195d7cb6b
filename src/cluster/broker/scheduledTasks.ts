/** What a broker does by the clock (`LogManager#startup`, `ReplicaManager#startup`, 3.9.0). */
import { expireProducers } from '../../kafka/log/partitionLog.ts';
import { ms } from '../../kernel/time.ts';
import { rebalanceLeaders } from '../controller/electLeaders.ts';
import { retryProposals } from './alterPartitionManager.ts';
import { brokerNumber } from './brokerSettings.ts';
import { cleanLogs, retainSegments } from './logCleaner.ts';
import { checkpointHighWatermarks, checkpointLogStarts, checkpointRecoveryPoints } from './checkpoints.ts';
import { deleteDoomed } from './logManager.ts';
import { maybeShrinkIsr } from './partition.ts';
import { putPartition, setTimer, type ScheduledTask, type Turn } from './turn.ts';

export function runScheduled(turn: Turn, task: ScheduledTask): void {
  switch (task) {
    case 'logRetention':
      return applyRetention(turn);
    case 'logFlushCheckpoint':
      checkpointRecoveryPoints(turn);
      return again(turn, 'recovery checkpoint', 'log.flush.offset.checkpoint.interval.ms', task);
    case 'logStartCheckpoint':
      checkpointLogStarts(turn);
      return again(turn, 'log start checkpoint', 'log.flush.start.offset.checkpoint.interval.ms', task);
    case 'cleanLogs':
      return cleanLogs(turn);
    case 'deleteLogs':
      return deleteDoomed(turn);
    case 'autoLeaderRebalance':
      return rebalanceLeaders(turn);
    case 'retryAlterPartition':
      return retryProposals(turn);
    case 'expireProducers':
      return expireProducerIds(turn);
  }
}

function again(turn: Turn, id: string, interval: Parameters<typeof brokerNumber>[1], task: ScheduledTask): void {
  setTimer(turn, id, ms(brokerNumber(turn.broker.settings, interval)), { type: 'SCHEDULED', task });
}

/** Idempotent producers that were silent for a day are forgotten: one that comes back may begin with any sequence. */
function expireProducerIds(turn: Turn): void {
  const expirationMs = brokerNumber(turn.broker.settings, 'producer.id.expiration.ms');
  for (const partition of turn.broker.partitions) {
    if (partition?.log == null) continue;
    const log = expireProducers(partition.log, { nowMs: turn.nowMs, expirationMs });
    if (log !== partition.log) putPartition(turn, { ...partition, log });
  }
  scheduleProducerExpiration(turn);
}

export function scheduleProducerExpiration(turn: Turn): void {
  const intervalMs = brokerNumber(turn.broker.settings, 'producer.id.expiration.check.interval.ms');
  setTimer(turn, 'producer expiration', ms(intervalMs), { type: 'SCHEDULED', task: 'expireProducers' });
}

export function checkpointByTheClock(turn: Turn): void {
  checkpointHighWatermarks(turn);
  const intervalMs = brokerNumber(turn.broker.settings, 'replica.high.watermark.checkpoint.interval.ms');
  setTimer(turn, 'checkpoint', ms(intervalMs), { type: 'CHECKPOINT_HIGH_WATERMARKS' });
}

export function checkIsr(turn: Turn): void {
  for (const partition of turn.broker.partitions)
    if (partition?.role === 'leader') maybeShrinkIsr(turn, partition.index);
  setTimer(turn, 'check ISR', ms(turn.broker.settings.replicaLagTimeMaxMs / 2), { type: 'CHECK_ISR' });
}

/** Old segments of the topics that are not compacted go; the cleaner looks after the others. */
function applyRetention(turn: Turn): void {
  for (const partition of turn.broker.partitions) {
    if (partition?.log?.config.isCompacted === false) retainSegments(turn, partition, partition.log);
  }
  const intervalMs = brokerNumber(turn.broker.settings, 'log.retention.check.interval.ms');
  setTimer(turn, 'log retention', ms(intervalMs), { type: 'SCHEDULED', task: 'logRetention' });
}
