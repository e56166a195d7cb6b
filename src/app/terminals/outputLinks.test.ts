import { describe, expect, it } from 'vitest';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture } from '../../views/testing/mockupCluster.ts';
import { linksIn } from './outputLinks.ts';

const picture = mockupPicture(0 as VirtualTimeUs, 0);
/** « what → where » of a line. */
const marks = (line: string): readonly string[] =>
  linksIn(line, picture).map(({ start, end, mark }) => `${line.slice(start, end)} → ${mark}`);
const [topic] = picture.topics;
const [first] = topic!.partitions;
const broker = picture.brokers[0]!;

describe('in what a terminal prints, Ctrl-click finds', () => {
  it('a topic, and the brokers of its partitions', () => {
    const { topic: name, partition, leader } = first!;

    expect(marks(`\tTopic: ${name}\tPartition: ${partition}\tLeader: ${leader}\tReplicas: 1,2\tIsr: 1`)).toEqual([
      `${name} → replica-${name}-${partition}@${leader}`,
      `${leader} → broker-${leader}`,
      '1 → broker-1',
      '2 → broker-2',
      '1 → broker-1',
    ]);
  });

  it('an offset of a partition', () => {
    const { topic: name, partition, leader, replicas } = first!;
    const start = replicas.find((replica) => replica.broker === leader)!.logStartOffset;

    expect(marks(`${name}:${partition}:${start}`)).toEqual([
      `${name}:${partition} → replica-${name}-${partition}@${leader}`,
      `${start} → record-${name}-${partition}@${leader}:${start}`,
    ]);
  });

  it('a broker by its address', () => {
    expect(marks(`Connection to node could not be established (localhost:${broker.port})`)).toEqual([
      `localhost:${broker.port} → broker-${broker.broker}`,
    ]);
  });

  it('a group by its name', () => {
    const { group } = picture.groups[0]!;

    expect(marks(`Consumer group '${group}' has no active members.`)).toEqual([`${group} → group-${group}`]);
  });

  it('a topic at the end of a sentence', () => {
    expect(marks(`Created topic ${topic!.topic}.`)).toHaveLength(1);
  });

  it('nothing in other words', () => {
    expect(marks('[2025-05-19 09:00:00,000] INFO nothing at all 12345')).toEqual([]);
  });
});
