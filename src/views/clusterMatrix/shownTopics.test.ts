import { describe, expect, test } from 'vitest';
import type { ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture } from '../testing/mockupCluster.ts';
import { noChoices, toggleOf, withToggle } from './matrixChoices.ts';
import { shownTopics } from './shownTopics.ts';

const whole = mockupPicture(0 as VirtualTimeUs, 0);
const topic = (name: string, count: number, isInternal = false): ClusterPicture['topics'][number] => ({
  topic: name,
  isInternal,
  configs: {},
  partitions: Array.from(
    { length: count },
    (_, partition): PartitionPicture => ({ topic: name, partition, leader: 0, leaderEpoch: 0, isr: [0], replicas: [] }),
  ),
});
const cluster = (...topics: ClusterPicture['topics']): ClusterPicture => ({
  ...whole,
  groups: [],
  producers: [],
  topics,
});
const shown = (picture: ClusterPicture, choices = noChoices): readonly string[] =>
  shownTopics(picture, choices).map(
    (one) => `${one.topic.topic} ${one.isOpen ? (one.isHeat ? 'heat' : 'rows') : 'line'}`,
  );

describe('topics of the matrix', () => {
  test('are open as long as there are at most four rows, else one line each', () => {
    expect(shown(cluster(topic('a', 1), topic('b', 2), topic('c', 3)))).toEqual(['a rows', 'b rows', 'c line']);
  });

  test('that are in use come first, and one is always open', () => {
    const picture = {
      ...cluster(topic('a', 3), topic('b', 6)),
      producers: [{ ...whole.producers[0]!, topics: ['b'] }],
    };

    expect(shown(picture)).toEqual(['a line', 'b rows']);
  });

  test('are a heat matrix beyond 24 partitions', () => {
    expect([shown(cluster(topic('a', 24))), shown(cluster(topic('a', 25)))]).toEqual([['a rows'], ['a heat']]);
  });

  test('of Kafka itself are off until asked for, and then last and closed', () => {
    const picture = cluster(topic('__consumer_offsets', 50, true), topic('a', 1));

    expect(shown(picture)).toEqual(['a rows']);
    expect(shown(picture, { ...noChoices, hasInternalTopics: true })).toEqual(['a rows', '__consumer_offsets line']);
  });

  test('opened or closed by hand stay so', () => {
    const picture = cluster(topic('a', 3), topic('b', 6));
    const lines = shownTopics(picture, noChoices);
    const press = (choices: typeof noChoices, mark: string) => withToggle(choices, toggleOf(mark, lines)!);

    const choices = press(press(noChoices, 'topic-a'), 'topic-b');

    expect(shown(picture, choices)).toEqual(['a line', 'b rows']);
  });
});
