import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../kernel/events.ts';
import { pingPongInputs, pingPongPrograms } from '../../kernel/testing/pingPong.ts';
import { seconds } from '../../kernel/time.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { Timeline } from '../../kernel/timeline.ts';
import { linkStateText } from './faultText.ts';
import { linkDeeds, linkInputs, linkState } from './linkDeeds.ts';
import { faultWordsFr } from './words.fr.ts';

const [one, other, third] = [0, 1, 2].map((id) => id as ProcessId) as [ProcessId, ProcessId, ProcessId];
const ends = { from: [one], to: [other] };

function running(): Timeline {
  const timeline = new Timeline({ programs: pingPongPrograms, seed: 7, setup: 'ping-pong' });
  for (const input of pingPongInputs(2)) timeline.act(input);
  timeline.advance({ until: seconds(1) as VirtualTimeUs });
  return timeline;
}
const perform = (timeline: Timeline, verb: string): void => {
  for (const input of linkDeeds(ends, timeline.world).find((deed) => deed.verb === verb)!.inputs) timeline.act(input);
};
const refusals = ({ world }: Timeline): Readonly<Record<string, string | null>> =>
  Object.fromEntries(linkDeeds(ends, world).map(({ verb, refusal }) => [verb, refusal]));

describe('a link', () => {
  test('is cut both ways, and mended', () => {
    const timeline = running();
    perform(timeline, 'cut');

    expect(linkState(ends, timeline.world)).toMatchObject({ forth: { isCut: true }, back: { isCut: true }, ways: 2 });
    expect(refusals(timeline)).toMatchObject({ cut: 'isCut', cutForth: 'isCut', mend: null });
    perform(timeline, 'mend');
    expect(linkState(ends, timeline.world)).toMatchObject({ forth: { isCut: false }, back: { isCut: false } });
    expect(refusals(timeline)).toMatchObject({ cut: null, mend: 'isHealthy' });
  });

  test('is cut one way, and the rest of it after that', () => {
    const timeline = running();
    perform(timeline, 'cutBack');

    expect(linkState(ends, timeline.world)).toMatchObject({ forth: { isCut: false }, back: { isCut: true } });
    expect(linkStateText(linkState(ends, timeline.world), ['broker 0', 'broker 1'], faultWordsFr)).toBe(
      'coupé de broker 1 vers broker 0',
    );
    expect(linkInputs(ends, timeline.world, { isCut: true })).toMatchObject([{ from: one, to: other }]);
  });

  test('keeps its latency when it is cut', () => {
    const timeline = running();
    perform(timeline, 'slow');
    perform(timeline, 'cut');

    expect(linkState(ends, timeline.world).back).toEqual({ isCut: true, extraLatencyUs: 800_000, lossPerMille: 0 });
    expect(linkStateText(linkState(ends, timeline.world), ['a', 'b'], faultWordsFr)).toBe('coupé, + 800\u00a0ms');
  });

  test('with a dead end can suffer nothing', () => {
    const timeline = running();
    timeline.act({ kind: 'signal', process: other, signal: 'SIGKILL' });

    expect(new Set(Object.values(refusals(timeline)))).toEqual(new Set(['endIsDead']));
  });
});

test('links between two sides are those of each with each, but of none with itself', () => {
  const { world } = running();
  const inputs = linkInputs({ from: [one, other], to: [other, third] }, world, { isCut: true });

  expect(inputs.map((input) => (input.kind === 'setLink' ? `${input.from}>${input.to}` : ''))).toEqual([
    '0>1',
    '1>0',
    '0>2',
    '2>0',
    '1>2',
    '2>1',
  ]);
});
