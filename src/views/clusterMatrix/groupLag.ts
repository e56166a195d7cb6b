/** How far groups are behind, by partition. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import { partitionKey } from './layoutRows.ts';

/** Records that the slowest group has still to read or to commit in a partition; 0 where no group reads. */
export function slowestGroupLag({
  groups,
  topics,
}: Pick<ClusterPicture, 'groups' | 'topics'>): (key: string) => number {
  const lags = new Map<string, number>();
  const add = (key: string, lag: number): void => {
    lags.set(key, Math.max(lag, lags.get(key) ?? 0));
  };
  const ends = new Map<string, number>();
  for (const { partitions } of topics)
    for (const partition of partitions)
      for (const { broker, highWatermark } of partition.replicas)
        if (broker === partition.leader) ends.set(partitionKey(partition), highWatermark);
  for (const { members, committed } of groups) {
    for (const member of members) for (const read of member.partitions) add(partitionKey(read), read.lag ?? 0);
    if (members.length > 0) continue;
    for (const place of committed) {
      const key = partitionKey(place);
      add(key, Math.max(0, (ends.get(key) ?? place.offset) - place.offset));
    }
  }
  return (key) => lags.get(key) ?? 0;
}
