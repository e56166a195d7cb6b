import { describe, expect, test } from 'vitest';
import type { Timeline } from '../kernel/timeline.ts';
import { pictureOf } from '../shell/picture/pictureOf.ts';
import { programs } from '../shell/registry.ts';
import { inputsOf, isInEffect, processNamed, serverNamed } from './actors.ts';
import { begin } from './begin.ts';
import type { Action, Start } from './lesson.ts';
import { cut, disturb, mend, press, type, wait } from './lesson.ts';
import { perform } from './perform.ts';

const solo: Start = { preset: 'solo', terminals: ['lecteur-1'], actions: [] };
const trio: Start = { ...solo, preset: 'trio' };
const after = (start: Start, ...actions: readonly Action[]): Timeline => {
  const { timeline } = begin(start, { programs, seed: 3, setup: null });
  perform(timeline, actions);
  return timeline;
};
const health = ({ world }: Timeline, name: string): string | undefined => serverNamed(world, name)?.health;

describe('what a lesson does to the cluster', () => {
  test('kills, stops, freezes and thaws a server by its name', () => {
    expect(health(after(solo, disturb('kill', 'broker-0')), 'broker-0')).toBe('dead');
    expect(health(after(solo, disturb('stop', 'broker-0')), 'broker-0')).toBe('dead');
    expect(health(after(solo, disturb('pause', 'zookeeper-1')), 'zookeeper-1')).toBe('paused');
    expect(health(after(solo, disturb('pause', 'broker-0'), disturb('resume', 'broker-0')), 'broker-0')).toBe(
      'running',
    );
  });

  test('starts a server again, and goes on once it serves', () => {
    const timeline = after(trio, disturb('kill', 'broker-2'), wait(20), disturb('start', 'broker-2'));

    expect(health(timeline, 'broker-2')).toBe('running');
  });

  test('cannot start a broker that was killed as long as its session lives: its znode is still there', () => {
    const timeline = after(trio, disturb('kill', 'broker-2'), wait(1), disturb('start', 'broker-2'));

    expect(health(timeline, 'broker-2')).toBe('dead');
  });

  test('ends what runs at a terminal, and leaves its shell', () => {
    const consumer = 'bin/kafka-console-consumer.sh --topic essai --bootstrap-server localhost:9092';
    const timeline = after(
      solo,
      type('lecteur-1', consumer),
      disturb('kill', 'lecteur-1'),
      press('lecteur-1', 'Ctrl-C'),
    );

    expect(processNamed(timeline.world, 'lecteur-1')).toBeUndefined();
    expect(timeline.world.terminals.has('lecteur-1')).toBe(true);
  });

  test('cuts the wire between two servers both ways, and mends it', () => {
    const timeline = after(trio, cut('broker-0', 'broker-1'));

    expect(isInEffect(timeline.world, { kind: 'link', between: ['broker-1', 'broker-0'], isCut: true })).toBe(true);
    perform(timeline, [mend('broker-0', 'broker-1')]);
    expect([...timeline.world.links.impaired()]).toEqual([]);
  });

  test('asks for nothing where nothing is to be done', () => {
    const { world } = after(solo);

    expect(inputsOf(world, { kind: 'disturb', whom: 'broker-0', how: 'start' })).toEqual([]);
    expect(inputsOf(world, { kind: 'disturb', whom: 'broker-7', how: 'kill' })).toEqual([]);
    expect(inputsOf(world, { kind: 'link', between: ['broker-0', 'zookeeper-1'], isCut: false })).toEqual([]);
  });
});

test('what a lesson has prepared is there when the learner comes, out of the terminals’ sight', () => {
  const topics = 'bin/kafka-topics.sh --create --topic essai --partitions 2 --bootstrap-server localhost:9092';
  const { timeline } = begin({ ...solo, prepared: [topics] }, { programs, seed: 3, setup: null });

  expect(pictureOf(timeline.world).topics.map(({ topic, partitions }) => [topic, partitions.length])).toEqual([
    ['essai', 2],
  ]);
  expect([...timeline.world.terminals.keys()]).toEqual(['lecteur-1']);
});
