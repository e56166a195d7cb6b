/**
 * What a fetch makes of a follower's log: it grows, is cut, and its high watermark moves.
 *
 * Follows `kafka.server.ReplicaFetcherThread` (3.9.0).
 */
import { acceptFetched, type Following, truncateToHighWatermark } from '../../kafka/replication/followerFetch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { FetchPartitionResponse } from '../protocol/kafka/records.ts';
import { checkpointRecoveryPoints } from './checkpoints.ts';
import { completeDelayed } from './delayedOperations.ts';
import type { Followed } from './fetcher.ts';
import { truncateCleanerCheckpoint } from './logCleaner.ts';
import { appending, canWrite, storageException } from './logDirFailure.ts';
import { error, info, putPartition, tellFact, type Turn, warn } from './turn.ts';

/** The partition with its log cut where it has to be before it is fetched. */
export function readyToFetch(turn: Turn, partition: Followed): Following {
  if (partition.fetch.state === 'Fetching') return partition;
  const following = truncateToHighWatermark(partition, turn);
  keep(turn, partition, following);
  return following;
}

/** Keeps what a fetch or a truncation made of the log, and tells it. */
export function keep(turn: Turn, partition: Followed, { log, fetch }: Following): void {
  putPartition(turn, { ...partition, log, fetch });
  const { topic, partition: number } = partition;
  const broker = turn.broker.brokerId;
  const from = partition.log.logEndOffset;
  if (log.logEndOffset < from) {
    info(
      turn,
      `[Log partition=${topicPartitionName(partition)}, dir=${partition.logDir}] Truncating to offset ${log.logEndOffset}`,
      'kafka.log.UnifiedLog',
    );
    tellFact(turn, 'logTruncated', { broker, topic, partition: number, from, to: log.logEndOffset });
    truncateCleanerCheckpoint(turn, partition, log);
    checkpointRecoveryPoints(turn, new Set([partition.logDir]));
  }
  if (log.highWatermark !== partition.log.highWatermark) {
    tellFact(turn, 'highWatermarkAdvanced', {
      broker,
      topic,
      partition: number,
      from: partition.log.highWatermark,
      to: log.highWatermark,
    });
    completeDelayed(turn, partition.index, 'highWatermark');
  }
}

/** Appends what came. */
export function accept(turn: Turn, partition: Followed, answer: FetchPartitionResponse): void {
  const { records, highWatermark, logStartOffset } = answer;
  const { following, append } = acceptFetched(partition, { batches: records, highWatermark, logStartOffset }, turn);
  if (append.outcome === 'appended' && records.length > 0) {
    if (!canWrite(turn, partition.logDir, appending(partition))) return failFetch(turn, partition);
    const { topic, partition: number } = partition;
    tellFact(turn, 'recordsAppended', {
      broker: turn.broker.brokerId,
      topic,
      partition: number,
      baseOffset: append.firstOffset,
      lastOffset: append.lastOffset,
      as: 'follower',
    });
    if (following.log.activeSegment.baseOffset !== partition.log.activeSegment.baseOffset) {
      const { baseOffset } = following.log.activeSegment;
      tellFact(turn, 'segmentRolled', { broker: turn.broker.brokerId, topic, partition: number, baseOffset });
    }
  }
  if (following.log !== partition.log || following.fetch !== partition.fetch) keep(turn, partition, following);
}

/** `AbstractFetcherThread` gives the partition up (`markPartitionFailed`). */
function failFetch(turn: Turn, partition: Followed): void {
  const ident = `[ReplicaFetcher replicaId=${turn.broker.brokerId}, leaderId=${partition.leader}, fetcherId=0]`;
  const name = topicPartitionName(partition);
  const logger = 'kafka.server.ReplicaFetcherThread';
  const exception = storageException(turn, partition.logDir, appending(partition));
  error(
    turn,
    `${ident} Error while processing data for partition ${name} at offset ${partition.fetch.fetchOffset}`,
    logger,
    exception,
  );
  warn(turn, `${ident} Partition ${name} marked as failed`, logger);
}
