/**
 * What a replica remembers of leader epochs is of its own log: no epoch starts beyond the log's end, and none where a truncation has cut.
 *
 * Follows `LeaderEpochFileCache#truncateFromEnd` (3.9.0, KIP-101).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ReplicaChange } from './observation.ts';

export class LeaderEpochs implements Invariant {
  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) liesInLog(change);
  }
}

function liesInLog({ before, after: { broker, hosted } }: ReplicaChange): void {
  const { log, role } = hosted;
  const known = before?.hosted.log ?? null;
  if (log === null || (log.leaderEpochs === known?.leaderEpochs && log.logEndOffset >= known.logEndOffset)) return;
  const latest = log.leaderEpochs.at(-1);
  if (latest === undefined) return;
  // A leader notes its epoch before it has written anything in it.
  const isCut = role !== 'leader' && known !== null && log.logEndOffset < known.logEndOffset;
  if (latest.startOffset > log.logEndOffset || (isCut && latest.startOffset === log.logEndOffset))
    broken(
      `Broker ${broker.brokerId} knows of leader epoch ${latest.epoch} of ${topicPartitionName(hosted)} from offset ${latest.startOffset}: its log ends at ${log.logEndOffset}.`,
    );
}
