/**
 * Logs match: what a follower appends in a leader epoch continues what its leader has. The record before is of the same leader epoch in both
 * logs, so that all before it is the same: a follower that had cut too little would keep records that nobody else has.
 *
 * Follows `Partition#readRecords` and `AbstractFetcherThread#truncateOnFetchResponse` (3.9.0, KIP-595, KIP-279).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Offset } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { batchesBetween } from './logReading.ts';
import type { Observation, ReplicaChange, SeenCluster } from './observation.ts';

export class LogMatching implements Invariant {
  afterEvent({ replicas, cluster }: Observation): void {
    for (const change of replicas) continuesLeader(change, cluster);
  }
}

function continuesLeader({ before, after: { broker, hosted }, isRestart }: ReplicaChange, cluster: SeenCluster): void {
  const { log, role, leader, leaderEpoch, topic, partition } = hosted;
  const known = before?.hosted.log;
  if (isRestart || role !== 'follower' || log === null || known == null || log.config.isCompacted) return;
  if (log.logEndOffset <= known.logEndOffset || before?.hosted.topicId !== hosted.topicId) return;
  const leading = cluster.replicasOf(topic, partition).get(leader)?.hosted;
  // A leader that has gone on to another epoch may have been cut meanwhile.
  if (leading?.role !== 'leader' || leading.leaderEpoch !== leaderEpoch || leading.log === null) return;
  const last = (known.logEndOffset - 1) as Offset;
  const [own, its] = [epochAt(log, last), epochAt(leading.log, last)];
  if (own !== null && its !== null && own !== its)
    broken(
      `Broker ${broker.brokerId} went on in ${topicPartitionName(hosted)} after record ${last} of leader epoch ${own}: leader ${leader} has one of epoch ${its} there.`,
    );
}

/** Leader epoch of the batch that holds the offset; null: it is not there any more. */
function epochAt(log: PartitionLog, offset: Offset): number | null {
  if (offset < log.logStartOffset) return null;
  for (const { baseOffset, lastOffset, partitionLeaderEpoch } of batchesBetween(log, offset, offset + 1))
    if (baseOffset <= offset && offset <= lastOffset) return partitionLeaderEpoch;
  return null;
}
