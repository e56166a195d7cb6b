/**
 * Committed offsets of a group: those in the log, those on their way into it, those of transactions still open.
 *
 * Follows the offsets of `kafka.coordinator.group.GroupMetadata` (3.9.0).
 */
import type { LeaderEpoch, Offset, ProducerId } from '../../kafka/ids.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';

export interface OffsetAndMetadata {
  readonly topicPartition: TopicPartition;
  readonly offset: Offset;
  /** −1: none. */
  readonly leaderEpoch: LeaderEpoch;
  readonly metadata: string;
  readonly commitTimestampMs: number;
}
/** With the offset of its record's batch in `__consumer_offsets`; null until it is there. The later record wins. */
export interface CommitRecord {
  readonly committed: OffsetAndMetadata;
  readonly recordOffset: Offset | null;
}

/** Keys are `topic-partition`. */
type Commits = ReadonlyMap<string, CommitRecord>;
export interface GroupOffsets {
  readonly committed: Commits;
  readonly pending: ReadonlyMap<string, OffsetAndMetadata>;
  readonly pendingTransactional: ReadonlyMap<ProducerId, Commits>;
}
export const noOffsets: GroupOffsets = { committed: new Map(), pending: new Map(), pendingTransactional: new Map() };

const keyOf = ({ topicPartition }: OffsetAndMetadata): string => topicPartitionName(topicPartition);
const isOlder = (a: CommitRecord | undefined, b: CommitRecord): boolean =>
  a === undefined || (a.recordOffset ?? -1) < (b.recordOffset ?? -1);

export const hasOffsets = ({ committed, pending, pendingTransactional }: GroupOffsets): boolean =>
  committed.size + pending.size + pendingTransactional.size > 0;

/** The commit is on its way into the log. */
export function prepareCommit(
  offsets: GroupOffsets,
  commits: readonly OffsetAndMetadata[],
  producerId: ProducerId | null,
): GroupOffsets {
  if (producerId !== null) {
    const ofProducer = new Map(offsets.pendingTransactional.get(producerId));
    for (const committed of commits) ofProducer.set(keyOf(committed), { committed, recordOffset: null });
    return { ...offsets, pendingTransactional: new Map(offsets.pendingTransactional).set(producerId, ofProducer) };
  }
  const pending = new Map(offsets.pending);
  for (const commit of commits) pending.set(keyOf(commit), commit);
  return { ...offsets, pending };
}

/** Its records are in the log, from `recordOffset` on. What was removed meanwhile stays away. */
export function finishCommit(
  offsets: GroupOffsets,
  commits: readonly OffsetAndMetadata[],
  producerId: ProducerId | null,
  recordOffset: Offset,
): GroupOffsets {
  if (producerId !== null) {
    const ofProducer = new Map(offsets.pendingTransactional.get(producerId));
    for (const committed of commits)
      if (ofProducer.get(keyOf(committed))?.committed === committed)
        ofProducer.set(keyOf(committed), { committed, recordOffset });
    return ofProducer.size === 0
      ? offsets
      : { ...offsets, pendingTransactional: new Map(offsets.pendingTransactional).set(producerId, ofProducer) };
  }
  const [committed, pending] = [new Map(offsets.committed), new Map(offsets.pending)];
  for (const commit of commits) {
    const key = keyOf(commit);
    const record = { committed: commit, recordOffset };
    if (pending.has(key) && isOlder(committed.get(key), record)) committed.set(key, record);
    if (pending.get(key) === commit) pending.delete(key);
  }
  return { ...offsets, committed, pending };
}

/** Its records did not get into the log. */
export function failCommit(
  offsets: GroupOffsets,
  commits: readonly OffsetAndMetadata[],
  producerId: ProducerId | null,
): GroupOffsets {
  if (producerId !== null) {
    const ofProducer = new Map(offsets.pendingTransactional.get(producerId));
    for (const commit of commits) ofProducer.delete(keyOf(commit));
    const pendingTransactional = new Map(offsets.pendingTransactional);
    if (ofProducer.size === 0) pendingTransactional.delete(producerId);
    else pendingTransactional.set(producerId, ofProducer);
    return { ...offsets, pendingTransactional };
  }
  const pending = new Map(offsets.pending);
  for (const commit of commits) if (pending.get(keyOf(commit)) === commit) pending.delete(keyOf(commit));
  return { ...offsets, pending };
}

/** The transaction of a producer has ended: its offsets count, or are forgotten. */
export function endTransaction(offsets: GroupOffsets, producerId: ProducerId, isCommit: boolean): GroupOffsets {
  const ended = offsets.pendingTransactional.get(producerId);
  if (ended === undefined) return offsets;
  const pendingTransactional = new Map(offsets.pendingTransactional);
  pendingTransactional.delete(producerId);
  if (!isCommit) return { ...offsets, pendingTransactional };
  const committed = new Map(offsets.committed);
  for (const [key, record] of ended) if (isOlder(committed.get(key), record)) committed.set(key, record);
  return { ...offsets, committed, pendingTransactional };
}

/** Somebody may be about to change the offset: a reader who must not see that asks again. */
export function isUnstable({ pending, pendingTransactional }: GroupOffsets, partition: TopicPartition): boolean {
  const key = topicPartitionName(partition);
  return pending.has(key) || [...pendingTransactional.values()].some((commits) => commits.has(key));
}

/** What is left, and which committed offsets went. */
export function removeOffsets(
  offsets: GroupOffsets,
  partitions: readonly TopicPartition[],
): { readonly offsets: GroupOffsets; readonly removed: readonly TopicPartition[] } {
  const [committed, pending] = [new Map(offsets.committed), new Map(offsets.pending)];
  const keys = new Set(partitions.map(topicPartitionName));
  const removed = partitions.filter((partition) => committed.delete(topicPartitionName(partition)));
  for (const key of keys) pending.delete(key);
  const pendingTransactional = new Map(
    [...offsets.pendingTransactional].map(([producer, commits]) => [
      producer,
      new Map([...commits].filter(([key]) => !keys.has(key))),
    ]),
  );
  return { offsets: { committed, pending, pendingTransactional }, removed };
}
