/** What the replication view needs of the past: who led in each epoch, what was cut last. From marked facts, which are all kept. */
import type { Timeline } from '../../../kernel/timeline.ts';
import type { ReplicationHistory } from '../../../views/replication/layout.ts';
import { asClusterFact } from '../../../cluster/facts.ts';
import type { PartitionPicture } from '../../../cluster/picture.ts';

/** Up to the present instant. */
export function replicationHistory(
  timeline: Timeline,
  { topic, partition }: Pick<PartitionPicture, 'topic' | 'partition'>,
): ReplicationHistory {
  const leaders = new Map<number, number>();
  const truncations = new Map<number, { readonly from: number; readonly to: number }>();
  for (const fact of timeline.markedFacts()) {
    if (fact.id >= timeline.nextFact) break;
    const known = asClusterFact(fact);
    if (known?.name === 'leaderElected' || known?.name === 'logTruncated') {
      if (known.detail.topic !== topic || known.detail.partition !== partition) continue;
      if (known.name === 'leaderElected') {
        if (known.detail.leader >= 0) leaders.set(known.detail.leaderEpoch, known.detail.leader);
      } else truncations.set(known.detail.broker, { from: known.detail.from, to: known.detail.to });
    }
  }
  return { leaders, truncations };
}
