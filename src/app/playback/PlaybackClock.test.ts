import { expect, test } from 'vitest';
import { begin } from '../../course/begin.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { later, seconds } from '../../kernel/time.ts';
import { programs } from '../../shell/registry.ts';
import { sandboxStart } from '../session/what.ts';
import { automaticSpeed, PlaybackClock } from './PlaybackClock.ts';

const sandbox = (): Timeline => begin(sandboxStart({ brokers: 1 }), { programs, seed: 1, setup: null }).timeline;

/** The automatic speed before each event, up to an instant. */
function speedsUntil(timeline: Timeline, isOver: () => boolean): number[] {
  const speeds: number[] = [];
  while (!isOver() && timeline.nextAt !== undefined) {
    speeds.push(automaticSpeed(timeline.world));
    timeline.advance({ until: timeline.nextAt, maxEvents: 1 });
  }
  return speeds;
}

test('time runs as outside while nobody asks anything of the cluster', () => {
  const timeline = sandbox();
  timeline.advance({ until: later(timeline.now, seconds(10)) });
  expect(automaticSpeed(timeline.world)).toBe(1);
});

test('a record on its way slows time, so that its flight can be watched', () => {
  const timeline = sandbox();
  const producer = 'bin/kafka-console-producer.sh --topic essai --bootstrap-server localhost:9092';
  timeline.act({ kind: 'typed', terminal: 'producteur', line: producer });
  timeline.advance({ until: later(timeline.now, seconds(10)) });
  timeline.act({ kind: 'typed', terminal: 'producteur', line: 'bonjour' });
  const until = later(timeline.now, seconds(5));
  const speeds = speedsUntil(timeline, () => timeline.now >= until);
  expect(Math.min(...speeds)).toBeLessThan(1 / 100);
});

test('a wait that nobody wants to watch is run through, and no further', () => {
  const timeline = sandbox();
  const clock = new PlaybackClock(timeline);
  const until = later(timeline.now, seconds(1));
  clock.hurryUntil(until);

  for (let frame = 0; frame < 3; frame++) clock.advance(50, () => 0);

  expect(timeline.now).toBeGreaterThanOrEqual(until);
  expect(timeline.now).toBeLessThan(later(until, seconds(0.2)));
});

test('the start of a server is not slowed, however much it says to ZooKeeper', () => {
  const timeline = sandbox();
  const arrived = timeline.now;
  timeline.seekToEvent(0);
  const stateOf = (): unknown =>
    timeline.world.processes.find(({ program }) => program === 'kafka-server')?.snapshot.value;
  speedsUntil(timeline, () => stateOf() === 'STARTING' || timeline.now >= arrived);
  expect(stateOf()).toBe('STARTING');
  const speeds = speedsUntil(timeline, () => stateOf() !== 'STARTING');
  expect(Math.min(...speeds)).toBe(1);
});
