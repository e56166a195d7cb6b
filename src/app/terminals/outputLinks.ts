/** What of a terminal's output stands for something in the figure: topics, brokers, offsets, groups. Ctrl-click selects it there. */
import type { ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';

export interface OutputLink {
  /** In the line; `end` is not part of it. */
  readonly start: number;
  readonly end: number;
  /** Key of the mark in the figure. */
  readonly mark: string;
}

/** In their order, none over another. */
export function linksIn(line: string, { topics, brokers, groups }: ClusterPicture): readonly OutputLink[] {
  const links: OutputLink[] = [];
  const add = (start: number, length: number, mark: string | null): void => {
    const end = start + length;
    if (mark === null || links.some((other) => start < other.end && other.start < end)) return;
    links.push({ start, end, mark });
  };
  const partitionsOf = (topic: string): readonly PartitionPicture[] =>
    topics.find((one) => one.topic === topic)?.partitions ?? [];
  const brokerMark = (id: string): string | null =>
    brokers.some(({ broker }) => broker === Number(id)) ? `broker-${id}` : null;
  const named = /\bPartition:\s*(\d+)/.exec(line)?.[1];

  // kafka-get-offsets: topic:partition:offset.
  for (const { index, 0: whole, 1: topic = '', 2: partition, 3: offset = '' } of line.matchAll(
    /([\w.-]+):(\d+):(\d+)\b/g,
  )) {
    const found = partitionsOf(topic).find((one) => one.partition === Number(partition));
    if (found === undefined) continue;
    add(index, whole.length - offset.length - 1, replicaMark(found));
    add(index + whole.length - offset.length, offset.length, recordMark(found, Number(offset)));
  }
  for (const { index, 0: word } of line.matchAll(/[\w-]+(?:\.[\w-]+)*/g)) {
    const partitions = partitionsOf(word);
    const partition = partitions.find((one) => one.partition === Number(named ?? 0)) ?? partitions[0];
    if (partition !== undefined) add(index, word.length, replicaMark(partition));
    else if (groups.some(({ group }) => group === word)) add(index, word.length, `group-${word}`);
  }
  for (const { index, 0: address, 1: port } of line.matchAll(/\b[\w.-]+:(\d{4,5})\b/g)) {
    const broker = brokers.find((one) => one.port === Number(port));
    if (broker !== undefined) add(index, address.length, `broker-${broker.broker}`);
  }
  for (const { index, 0: whole, 1: before = '' } of line.matchAll(
    /((?:\b(?:Leader|Replicas|Isr|Coordinator|[Bb]roker):? ?|\bid[=:] ?))\d+(?:,\d+)*\b/g,
  ))
    for (const { index: at, 0: id } of whole.slice(before.length).matchAll(/\d+/g))
      add(index + before.length + at, id.length, brokerMark(id));
  // A console consumer that prints offsets names no topic: where there is one only, it is that one.
  const own = topics.filter(({ isInternal }) => !isInternal);
  const offset = /\bOffset:\s*(\d+)/.exec(line);
  const read = own.length === 1 ? own[0]?.partitions.find((one) => one.partition === Number(named ?? 0)) : undefined;
  if (offset?.[1] !== undefined && read !== undefined)
    add(offset.index + offset[0].length - offset[1].length, offset[1].length, recordMark(read, Number(offset[1])));
  return links.toSorted((a, b) => a.start - b.start);
}

/** The leader's, or the first one's where there is no leader. */
function replicaMark({ topic, partition, leader, replicas }: PartitionPicture): string | null {
  const broker = leader >= 0 ? leader : replicas[0]?.broker;
  return broker === undefined ? null : `replica-${topic}-${partition}@${broker}`;
}

/** The record at an offset; at the end of the log there is none yet: the replica then. */
function recordMark(of: PartitionPicture, offset: number): string | null {
  const { topic, partition, leader, replicas } = of;
  const log = replicas.find(({ broker }) => broker === leader);
  const isThere = log !== undefined && offset >= log.logStartOffset && offset < log.logEndOffset;
  return isThere ? `record-${topic}-${partition}@${leader}:${offset}` : replicaMark(of);
}
