/** What a broker does by the clock (`LogManager#startup`, `ReplicaManager#startup`, 3.9.0). */
import { deleteOldSegments } from '../../kafka/log/retention.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { later, ms, seconds } from '../../kernel/time.ts';
import { rebalanceLeaders } from '../controller/electLeaders.ts';
import { retryProposals } from './alterPartitionManager.ts';
import { brokerNumber } from './brokerSettings.ts';
import { checkpointHighWatermarks, checkpointRecovery, deleteDoomed } from './logManager.ts';
import { maybeShrinkIsr } from './partition.ts';
import { putPartition, setTimer, tellFact, type ScheduledTask, type Turn, update } from './turn.ts';

export function runScheduled(turn: Turn, task: ScheduledTask): void {
  switch (task) {
    case 'logRetention':
      return applyRetention(turn);
    case 'logFlushCheckpoint':
      checkpointRecovery(turn);
      return setTimer(turn, 'recovery checkpoint', seconds(60), { type: 'SCHEDULED', task: 'logFlushCheckpoint' });
    case 'deleteLogs':
      return deleteDoomed(turn);
    case 'autoLeaderRebalance':
      return rebalanceLeaders(turn);
    case 'retryAlterPartition':
      return retryProposals(turn);
  }
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

/** Old segments go, of topics that are not compacted; their files stay a while under another name. */
function applyRetention(turn: Turn): void {
  const { brokerId, settings } = turn.broker;
  for (const partition of turn.broker.partitions) {
    if (partition === null || partition.log === null || partition.log.config.isCompacted) continue;
    const { log, deleted } = deleteOldSegments(partition.log, turn);
    if (deleted.length === 0) continue;
    const { topic, partition: number } = partition;
    putPartition(turn, { ...partition, log });
    const goesAt = later(turn.now, ms(log.config.fileDeleteDelayMs));
    const folder = topicPartitionName(partition);
    const doomed = deleted.map(({ segment }) => ({ folder, segment, goesAt }));
    const { logs } = turn.broker;
    update(turn, { logs: { ...logs, doomedSegments: [...logs.doomedSegments, ...doomed] } });
    setTimer(turn, 'delete logs', ms(log.config.fileDeleteDelayMs), { type: 'SCHEDULED', task: 'deleteLogs' });
    for (const { segment } of deleted)
      tellFact(turn, 'segmentDeleted', { broker: brokerId, topic, partition: number, baseOffset: segment.baseOffset });
    tellFact(turn, 'logStartMoved', { broker: brokerId, topic, partition: number, to: log.logStartOffset });
  }
  const intervalMs = brokerNumber(settings, 'log.retention.check.interval.ms');
  setTimer(turn, 'log retention', ms(intervalMs), { type: 'SCHEDULED', task: 'logRetention' });
}
