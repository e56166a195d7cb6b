import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../kernel/events.ts';
import type { Input } from '../../kernel/input.ts';
import { pingPongInputs, pingPongPrograms } from '../../kernel/testing/pingPong.ts';
import { seconds } from '../../kernel/time.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { Timeline } from '../../kernel/timeline.ts';
import { positionAfterNext, positionBeforeLast } from './undo.ts';

const at = (second: number): VirtualTimeUs => seconds(second) as VirtualTimeUs;
const startedAt = at(1);
const kill = (process: number): Input => ({ kind: 'signal', process: process as ProcessId, signal: 'SIGKILL' });
const cut = (from: number, to: number): Input => ({
  kind: 'setLink',
  from: from as ProcessId,
  to: to as ProcessId,
  condition: { isCut: true, extraLatencyUs: 0, lossPerMille: 0 },
});

/** The lesson's own inputs, then both ways of a link cut at 1.5 s, and a death at 2 s; looked at from 2.5 s. */
function played(): Timeline {
  const timeline = new Timeline({ programs: pingPongPrograms, seed: 7, setup: 'ping-pong' });
  for (const input of pingPongInputs(2)) timeline.act(input);
  timeline.advance({ until: at(1.5) });
  for (const input of [cut(0, 1), cut(1, 0)]) timeline.act(input);
  timeline.advance({ until: at(2) });
  timeline.act(kill(2));
  timeline.advance({ until: at(2.5) });
  return timeline;
}
const deadIn = ({ world }: Timeline): readonly number[] =>
  world.processes.filter(({ status }) => status === 'exited').map(({ id }) => id);
const cuts = (timeline: Timeline): number => [...timeline.world.links.impaired()].length;

describe('undo', () => {
  test('comes to the very instant before what was done last', () => {
    const timeline = played();
    const before = positionBeforeLast(timeline, startedAt)!;
    timeline.seekToPosition(before);

    expect([timeline.now, timeline.position, deadIn(timeline)]).toEqual([at(2), before, []]);
  });

  test('takes back at once what was done at one instant', () => {
    const timeline = played();
    timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);
    expect(cuts(timeline)).toBe(2);
    timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);

    expect([timeline.now, cuts(timeline)]).toEqual([at(1.5), 0]);
  });

  test('never goes back before the learner came', () => {
    const timeline = played();
    for (let step = 0; step < 2; step++) timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);

    expect(positionBeforeLast(timeline, startedAt)).toBeNull();
  });

  test('takes back what was done at the very instant at which they came, and not how the lesson began then', () => {
    const timeline = new Timeline({ programs: pingPongPrograms, seed: 7, setup: 'ping-pong' });
    const [first, ...others] = pingPongInputs(2);
    timeline.act(first!);
    timeline.advance({ until: startedAt });
    for (const input of others) timeline.act(input);
    const before = timeline.position;
    timeline.act(kill(0));

    expect(positionBeforeLast(timeline, startedAt)).toMatchObject({ inputCount: before.inputCount });
  });

  test('goes on through the fork of a branch', () => {
    const timeline = played();
    timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);
    timeline.act(kill(0));
    expect(timeline.branch.parent).not.toBeNull();
    timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);
    timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);

    expect([timeline.now, cuts(timeline), deadIn(timeline)]).toEqual([at(1.5), 0, []]);
  });
});

describe('redo', () => {
  test('comes to right after what was undone', () => {
    const timeline = played();
    for (let step = 0; step < 2; step++) timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);
    timeline.seekToPosition(positionAfterNext(timeline)!);
    expect([timeline.now, cuts(timeline)]).toEqual([at(1.5), 2]);
    timeline.seekToPosition(positionAfterNext(timeline)!);

    expect([timeline.now, deadIn(timeline)]).toEqual([at(2), [2]]);
    expect(positionAfterNext(timeline)).toBeNull();
  });

  test('has nothing to do in a new branch', () => {
    const timeline = played();
    timeline.seekToPosition(positionBeforeLast(timeline, startedAt)!);
    timeline.act(kill(0));

    expect(positionAfterNext(timeline)).toBeNull();
  });
});
