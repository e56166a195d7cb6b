/** Predicates over consumer groups: their members, what each reads, what they have committed. */
import type { GroupPicture } from '../../cluster/picture.ts';
import type { Evidence } from '../evidence.ts';
import type { GroupPredicate } from '../predicate.ts';
import type { Finding } from './finding.ts';
import { counted, finding } from './finding.ts';
import { partitionsOf } from './seenPartitions.ts';

export function judgeGroup(predicate: GroupPredicate, { picture }: Evidence): Finding {
  const group = picture.groups.find((other) => other.group === predicate.group);
  switch (predicate.is) {
    case 'groupState':
      return finding(group?.state === predicate.state, group?.state ?? null);
    case 'groupMembers':
      return counted(predicate.count, group?.members.length ?? 0);
    case 'idleMembers':
      return counted(
        predicate.count,
        (group?.members ?? []).filter(
          ({ memberState, partitions }) => memberState === 'STABLE' && partitions.length === 0,
        ).length,
      );
    case 'allAssigned': {
      const read = new Set(
        (group?.members ?? []).flatMap(({ partitions }) =>
          partitions.filter(({ topic }) => topic === predicate.topic).map(({ partition }) => partition),
        ),
      );
      const all = partitionsOf(picture, predicate.topic).length;
      return finding(all > 0 && read.size === all, read.size);
    }
    case 'committed': {
      const { topic, partition, offset } = predicate;
      const seen = committedOf(group, topic).find((one) => one.partition === partition)?.offset;
      return seen === undefined ? finding(false) : counted(offset, seen);
    }
    case 'lag': {
      const { topic, records } = predicate;
      const committed = committedOf(group, topic);
      if (committed.length === 0) return finding(false);
      const lags = partitionsOf(picture, topic).map(({ partition, leader, replicas }) => {
        const offset = committed.find((one) => one.partition === partition)?.offset;
        const end = replicas.find(({ broker }) => broker === leader)?.logEndOffset;
        return offset === undefined || end === undefined ? 0 : end - offset;
      });
      return counted(
        records,
        lags.reduce((sum, lag) => sum + lag, 0),
      );
    }
  }
}

const committedOf = (group: GroupPicture | undefined, topic: string): GroupPicture['committed'] =>
  (group?.committed ?? []).filter((one) => one.topic === topic);
