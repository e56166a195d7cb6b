/** What a deep view is about: the thing selected, else what it was about before, else the first with something to show. */
import type { ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';
import { parseMark } from '../inspector/mark.ts';

/** Of a partition, as a choice names it. */
const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} P${partition}`;

/** `before`: the partition shown last. Null: there is no partition. */
export function partitionSubject(
  selected: string | null,
  before: string | null,
  { topics }: ClusterPicture,
): string | null {
  const mark = selected === null ? null : parseMark(selected);
  if (mark?.kind === 'replica' || mark?.kind === 'record') return nameOf(mark);
  if (before !== null) return before;
  const own = topics.filter(({ isInternal }) => !isInternal).flatMap(({ partitions }) => partitions);
  // Of a broker, the first partition that it leads.
  const led = mark?.kind === 'broker' ? own.find(({ leader }) => leader === mark.broker) : undefined;
  const found = led ?? own.find(({ replicas }) => replicas.some(({ logEndOffset }) => logEndOffset > 0)) ?? own[0];
  return found === undefined ? null : nameOf(found);
}

export const findPartitionIn = ({ topics }: ClusterPicture, name: string): PartitionPicture | undefined =>
  topics.flatMap(({ partitions }) => partitions).find((one) => nameOf(one) === name);

/** All partitions; what the learner made comes first. */
export const partitionNames = ({ topics }: ClusterPicture): readonly string[] =>
  [...topics]
    .sort((a, b) => Number(a.isInternal) - Number(b.isInternal))
    .flatMap(({ partitions }) => partitions.map((one) => nameOf(one)));

/** `before`: the group shown last. Null: there is no group. */
export function groupSubject(
  selected: string | null,
  before: string | null,
  { groups }: ClusterPicture,
): string | null {
  const mark = selected === null ? null : parseMark(selected);
  if (mark?.kind === 'group') return mark.group;
  if (mark?.kind === 'member') {
    const found = groups.find(({ members }) => members.some(({ process }) => process === mark.process));
    if (found !== undefined) return found.group;
  }
  return before ?? groups[0]?.group ?? null;
}

export const groupNames = ({ groups }: ClusterPicture): readonly string[] => groups.map(({ group }) => group);
