/**
 * A follower is proposed for the ISR only when it has all that is committed, and has come to where its leader began: a new leader must not
 * be one that lacks something.
 *
 * Follows `Partition#isFollowerInSync` (3.9.0).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ReplicaChange } from './observation.ts';

export class IsrExpansions implements Invariant {
  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) haveCaughtUp(change);
  }
}

function haveCaughtUp({ before, after: { hosted } }: ReplicaChange): void {
  const { pendingIsr, log, leaderEpoch } = hosted;
  if (pendingIsr === null || pendingIsr === before?.hosted.pendingIsr || log === null) return;
  if (!pendingIsr.isExpansion) return;
  // Where its log ended when it began, as it noted before it wrote anything.
  const began = log.leaderEpochs.findLast(({ epoch }) => epoch === leaderEpoch)?.startOffset ?? 0;
  const needed = Math.max(log.highWatermark, began);
  for (const { brokerId, logEndOffset } of hosted.followers) {
    if (!pendingIsr.isr.includes(brokerId) || hosted.isr.includes(brokerId) || logEndOffset >= needed) continue;
    broken(
      `Replica ${brokerId} of ${topicPartitionName(hosted)} is to join the ISR ${hosted.isr.join(',')} at offset ${logEndOffset}: it needs ${needed}.`,
    );
  }
}
