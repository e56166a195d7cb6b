import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { digestOfFacts } from './digest.ts';
import type { FactId, ProcessId } from './events.ts';
import type { Fact } from './facts.ts';
import type { Input } from './input.ts';
import { sessionSchema } from './session.ts';
import { digestOfSession } from './sessionDigest.ts';
import { pingPongInputs, pingPongPrograms } from './testing/pingPong.ts';
import { ms, seconds } from './time.ts';
import type { VirtualTimeUs } from './time.ts';
import { Timeline } from './timeline.ts';

const at = (us: number): VirtualTimeUs => us as VirtualTimeUs;
const first = 0 as FactId;
const kill = (process: number): Input => ({ kind: 'signal', process: process as ProcessId, signal: 'SIGKILL' });
const cutLink = (isCut: boolean): Input => ({
  kind: 'setLink',
  from: 1 as ProcessId,
  to: 0 as ProcessId,
  condition: { isCut, extraLatencyUs: 0, lossPerMille: 0 },
});
const begun = (seed = 7): Timeline => {
  const timeline = new Timeline({ programs: pingPongPrograms, seed, setup: 'ping-pong' });
  for (const input of pingPongInputs(2)) timeline.act(input);
  return timeline;
};
/** Some ten thousand events, with a cut, its end, and a death. */
function played(seed = 7): Timeline {
  const timeline = begun(seed);
  for (const [until, input] of [
    [seconds(1), cutLink(true)],
    [seconds(1.5), cutLink(false)],
    [seconds(2), kill(2)],
  ] as const) {
    timeline.advance({ until: at(until) });
    timeline.act(input);
  }
  timeline.advance({ until: at(seconds(3)) });
  return timeline;
}
const digest = (timeline: Timeline): string => digestOfFacts(timeline.factsFrom(first));
const isAnswer = ({ what }: Fact): boolean => what.kind === 'delivered' && what.message.name === 'Answer';

describe('a history', () => {
  test('is the same for the same seed and inputs, and another for another seed', () => {
    expect(digest(played(7))).toBe(digest(played(7)));
    expect(digest(played(8))).not.toBe(digest(played(7)));
  });

  test('is the same played in one go or in slices of a budget', () => {
    const sliced = begun();
    let slices = 0;
    while (!sliced.advance({ until: at(seconds(1)), maxEvents: 700 })) slices++;
    const whole = begun();
    whole.advance({ until: at(seconds(1)) });

    expect([digest(sliced), sliced.position]).toEqual([digest(whole), whole.position]);
    expect(slices).toBeGreaterThan(2);
  });

  test('is the same wherever checkpoints are kept', () => {
    let clock = 0;
    const hurried = new Timeline({ programs: pingPongPrograms, seed: 7, setup: null, stopwatch: () => (clock += 7) });
    for (const input of pingPongInputs(2)) hurried.act(input);
    hurried.advance({ until: at(seconds(1)) });
    const calm = begun();
    calm.advance({ until: at(seconds(1)) });
    hurried.seekTo(at(300_000));
    hurried.seekTo(at(seconds(1)));

    expect(digest(hurried)).toBe(digest(calm));
  });

  test('is the same after seeking back and forth', () => {
    const timeline = played();
    const before = digest(timeline);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: seconds(3) }), { maxLength: 4 }), (instants) => {
        for (const instant of instants) timeline.seekTo(at(instant));
        timeline.seekTo(at(seconds(3)));

        expect(digest(timeline)).toBe(before);
      }),
      { numRuns: 8 },
    );
  });

  test('knows all facts of its past, forgotten ones too, and those of the known future', () => {
    const timeline = played();
    const all = [...timeline.factsFrom(first)];
    timeline.seekTo(at(10_000));

    expect(all.map(({ id }) => id)).toEqual(all.map((_, i) => i));
    const some = [...all.keys()].filter((i) => i % 2999 === 0);
    expect(some.map((id) => timeline.fact(id as FactId))).toEqual(some.map((id) => all[id]));
    expect(timeline.fact(all.length as FactId)).toBeUndefined();
    expect([...timeline.factsFrom(first)]).toEqual(all.slice(0, timeline.nextFact));
    expect(timeline.factsBetween(at(500_000), at(510_000))).toEqual(
      all.filter((fact) => fact.at > 500_000 && fact.at <= 510_000),
    );
  });

  test('keeps every marked fact', () => {
    const timeline = played();
    const marked = [...timeline.factsFrom(first)].filter(({ what }) => what.kind === 'told' && what.mark !== null);
    timeline.seekTo(at(0));

    expect(marked.length).toBeGreaterThan(5);
    expect(timeline.markedFacts()).toEqual(marked);
  });
});

describe('seeking', () => {
  test('to an instant stands after all that happens at it, as the first time', () => {
    const timeline = begun();
    timeline.advance({ until: at(seconds(1)) });
    const there = timeline.position;
    timeline.advance({ until: at(seconds(2)) });
    timeline.seekTo(at(seconds(1)));

    expect(timeline.position).toEqual(there);
    expect([timeline.isAtEnd, timeline.end.at]).toEqual([false, seconds(2)]);
  });

  test('past the known end stops at it', () => {
    const timeline = begun();
    timeline.advance({ until: at(seconds(1)) });
    timeline.seekTo(at(0));
    timeline.seekTo(at(seconds(9)));

    expect([timeline.now, timeline.isAtEnd]).toEqual([seconds(1), true]);
  });

  test('to an event stands right after it', () => {
    const timeline = played();
    for (const eventCount of [5000, 12, 0, 6001]) {
      timeline.seekToEvent(eventCount);
      expect(timeline.position.eventCount).toBe(eventCount);
    }
  });

  test('to a fact stands right after what recorded it', () => {
    const timeline = played();
    const answers = [...timeline.factsFrom(first)].filter(isAnswer);
    for (const fact of [answers.at(-5)!, answers[3]!, answers[1000]!]) {
      expect(timeline.seekToFact(fact.id)).toBe(true);

      expect([timeline.now, timeline.nextFact > fact.id, timeline.nextFact - fact.id < 20]).toEqual([
        fact.at,
        true,
        true,
      ]);
    }
    expect(timeline.seekToFact(1_000_000 as FactId)).toBe(false);
  });

  test('to a position is exact, with inputs applied between two events too', () => {
    const timeline = played();
    const positions = [timeline.position];
    timeline.seekTo(at(seconds(1)));
    positions.push(timeline.position);
    timeline.stepToNextFact();
    positions.push(timeline.position);
    for (const position of [...positions, ...positions.toReversed()]) {
      expect(timeline.seekToPosition(position)).toBe(true);

      expect(timeline.position).toEqual(position);
    }
  });

  test('within a budget says that it is on the way', () => {
    const timeline = begun();
    timeline.advance({ until: at(seconds(1)) });
    timeline.seekTo(at(0));

    expect(timeline.seekTo(at(400_000), { maxEvents: 10 })).toBe(false);
    expect(timeline.now).toBeLessThan(400_000);
    expect(timeline.advance({ until: at(400_000) })).toBe(true);
  });
});

describe('stepping', () => {
  test('forwards then backwards visits the same facts', () => {
    const timeline = begun();
    timeline.advance({ until: at(ms(50)) });
    const forwards: Fact[] = [];
    for (let i = 0; i < 30; i++) {
      const step = timeline.stepToNextVisible(isAnswer);
      if (step.kind === 'found') forwards.push(step.fact);
    }
    const backwards: Fact[] = [];
    for (let i = 0; i < 29; i++) {
      const step = timeline.stepToPreviousVisible(isAnswer);
      if (step.kind === 'found') backwards.push(step.fact);
    }

    expect(forwards.length).toBe(30);
    expect(backwards).toEqual(forwards.slice(0, -1).toReversed());
    expect(timeline.now).toBe(forwards[0]?.at);
  });

  test('back, after time has passed, first goes to what happened last', () => {
    const timeline = begun();
    timeline.stepToNextVisible(isAnswer);
    const { position } = timeline;
    const next = timeline.nextAt!;
    timeline.advance({ until: at(next - 1) });

    expect(timeline.stepToPreviousFact()).toMatchObject({ kind: 'found' });
    expect(timeline.position).toEqual(position);
  });

  test('goes to marked facts, however far', () => {
    const timeline = played();
    const marked = timeline.markedFacts();
    const visited: unknown[] = [];
    for (let step = timeline.stepToPreviousMarked(); step.kind === 'found'; step = timeline.stepToPreviousMarked()) {
      visited.push(step.fact.id);
    }
    timeline.seekTo(at(0));
    const again: unknown[] = [timeline.markedFacts()[0]?.id];
    while (timeline.stepToNextMarked().kind === 'found' && !timeline.isAtEnd && again.length < marked.length) {
      again.push(timeline.nextFact);
    }

    // Facts of one instant are one step.
    expect(new Set(visited).size).toBe(visited.length);
    expect(visited.length).toBeGreaterThan(5);
    expect(again.length).toBeGreaterThan(5);
  });

  test('within a budget gives up, and where nothing is left says so', () => {
    const timeline = begun();

    expect(timeline.stepToNextVisible(() => false, { maxEvents: 50 })).toEqual({ kind: 'exhausted' });
    expect(timeline.stepToPreviousVisible(() => false, { maxFacts: 5 })).toEqual({ kind: 'exhausted' });
    expect(timeline.stepToPreviousVisible(() => false)).toEqual({ kind: 'nothing' });
    for (const process of timeline.world.processes) timeline.act(kill(process.id));
    expect(timeline.stepToNextMarked()).toEqual({ kind: 'nothing' });
  });
});

describe('acting in the past', () => {
  test('begins a branch; the future that was known stays, and can be gone back to', () => {
    const timeline = played();
    const old = digest(timeline);
    const end = timeline.position;
    timeline.seekTo(at(600_000));
    const shared = digest(timeline);
    timeline.act(kill(0));
    timeline.advance({ until: at(seconds(2)) });
    const other = digest(timeline);

    expect(timeline.branches).toMatchObject([
      { id: 1, parent: null, endAt: seconds(3) },
      { id: 2, parent: 1, forkedAt: 600_000, endAt: seconds(2), inputs: [{ at: 600_000, input: kill(0) }] },
    ]);
    expect(timeline.switchTo(1)).toBe(true);
    expect(timeline.now).toBe(seconds(2));
    timeline.seekToPosition(end);
    expect(digest(timeline)).toBe(old);
    timeline.switchTo(2);
    expect(digest(timeline)).toBe(other);
    timeline.seekTo(at(599_999));
    timeline.seekToPosition({
      ...timeline.branch.inputs[0]!,
      eventCount: timeline.branch.forkedAtEvent,
      inputCount: 9,
    });
    expect(digest(timeline)).toBe(shared);
  });

  test('what was known to come can be dropped: time goes on without it, and it stays with the branch that is left', () => {
    const timeline = played();
    const end = timeline.position;
    timeline.seekTo(at(seconds(1.9)));
    timeline.dropFuture();
    timeline.dropFuture();
    timeline.advance({ until: at(seconds(2.5)) });

    expect(timeline.branches).toMatchObject([{ id: 1 }, { id: 2, parent: 1, inputs: [] }]);
    expect(timeline.world.processes[2]!.status).not.toBe('exited');
    timeline.switchTo(1);
    timeline.seekToPosition(end);
    expect(timeline.world.processes[2]!.status).toBe('exited');
  });

  test('the facts of the common past are those of both branches, marked ones too', () => {
    const timeline = played();
    timeline.seekTo(at(seconds(1.7)));
    const before = timeline.markedFacts().filter((fact) => fact.id < timeline.nextFact);
    const past = [...timeline.factsFrom(first)];
    timeline.act(kill(0));

    expect(timeline.markedFacts()).toEqual(before);
    expect([...timeline.factsFrom(first, past.length as FactId)]).toEqual(past);
  });

  test('without a known future only goes on', () => {
    const timeline = begun();
    timeline.advance({ until: at(5000) });
    timeline.act(kill(0));

    expect(timeline.branches.length).toBe(1);
  });

  test('a branch of a branch forks again', () => {
    const timeline = played();
    for (const [instant, process] of [
      [seconds(2.5), 0],
      [seconds(2.2), 3],
      [seconds(1), 4],
    ] as const) {
      timeline.seekTo(at(instant));
      timeline.act(kill(process));
      timeline.advance({ until: at(seconds(3)) });
    }
    const ends = timeline.branches.map(({ id }) => {
      timeline.switchTo(id);
      timeline.seekTo(at(seconds(3)));
      return digest(timeline);
    });

    expect(timeline.branches.map(({ parent }) => parent)).toEqual([null, 1, 2, 3]);
    expect(new Set(ends).size).toBe(4);
    const replayed = new Timeline({ programs: pingPongPrograms, seed: 0, setup: null }, timeline.toSession());
    expect(
      replayed.branches.map(({ id }) => {
        replayed.switchTo(id);
        replayed.seekTo(at(seconds(3)));
        return digest(replayed);
      }),
    ).toEqual(ends);
  });
});

describe('a hidden branch', () => {
  test('goes on from the present by itself, and leaves its origin alone', () => {
    const timeline = played();
    timeline.seekTo(at(seconds(2.2)));
    const [position, before] = [timeline.position, digest(timeline)];
    const hidden = timeline.fork();
    expect([hidden.position, digest(hidden)]).toEqual([position, before]);

    hidden.act(kill(0));
    hidden.advance({ until: at(seconds(4)) });
    expect([timeline.position, digest(timeline), timeline.branches.length]).toEqual([position, before, 1]);
    hidden.seekTo(at(seconds(1)));
    timeline.seekTo(at(seconds(1)));
    expect(digest(hidden)).toBe(digest(timeline));
    expect(hidden.branches.length).toBe(1);
  });
});

describe('a session', () => {
  test('is JSON, and played again gives the same facts, at the same place', () => {
    const timeline = played();
    timeline.seekTo(at(seconds(2.1)));
    timeline.act(cutLink(true));
    timeline.advance({ until: at(seconds(2.8)) });
    timeline.seekTo(at(seconds(2.4)));
    const session = v.parse(sessionSchema, JSON.parse(JSON.stringify(timeline.toSession())));
    const restored = new Timeline({ programs: pingPongPrograms, seed: 0, setup: session.setup }, session);

    expect(restored.end).toEqual(timeline.end);
    while (!restored.seekToPosition(session.present, { maxEvents: 1500 }));
    expect([restored.position, restored.branch, digest(restored)]).toEqual([
      timeline.position,
      timeline.branch,
      digest(timeline),
    ]);
    expect(restored.toSession()).toEqual(timeline.toSession());
  });

  test('has the digest of its facts wherever it is played', () => {
    const timeline = played();

    expect(digestOfSession({ programs: pingPongPrograms, seed: 7, setup: null }, timeline.toSession())).toBe(
      digest(timeline),
    );
  });

  test('that does not hang together is refused', () => {
    const session = played().toSession();
    const stamped = (at: number) => ({ at, afterEvent: 0, input: { kind: 'interrupt', terminal: 'a' } });
    const refused = [
      { ...session, version: 2 },
      { ...session, current: 3 },
      { ...session, branches: [{ ...session.branches[0], parent: 5 }] },
      { ...session, branches: [{ ...session.branches[0], inheritedInputs: 1 }] },
      {
        ...session,
        branches: [{ ...session.branches[0], inputs: [{ at: 0, afterEvent: 0, input: { kind: 'dance' } }] }],
      },
      {
        ...session,
        branches: [{ ...session.branches[0], inputs: [stamped(2_000_000), stamped(1_000_000)] }, session.branches[1]],
      },
    ];

    expect(refused.map((data) => v.is(sessionSchema, data))).toEqual(refused.map(() => false));
  });
});

describe('why', () => {
  test('walks the principal causes back to an input, over forgotten facts', () => {
    const timeline = played();
    const answer = [...timeline.factsFrom(first)].findLast(isAnswer)!;
    const { facts, isComplete } = timeline.whyChain(answer.id, { maxSteps: 1_000_000 });

    expect(facts[0]).toEqual(answer);
    expect([facts.at(-1)?.what.kind, isComplete]).toEqual(['input', true]);
    expect(facts.slice(1).map(({ id }) => id)).toEqual(facts.slice(0, -1).map(({ causes }) => causes[0]));
    expect(timeline.whyChain(answer.id, { maxSteps: 4 })).toEqual({ facts: facts.slice(0, 4), isComplete: false });
  });
});

describe('whatever is done with a timeline', () => {
  const instant = fc.integer({ min: 0, max: 400_000 });
  const move = fc.oneof(
    fc.record({ do: fc.constant('advance' as const), to: instant }),
    fc.record({ do: fc.constant('seek' as const), to: instant }),
    fc.record({ do: fc.constant('act' as const), to: fc.integer({ min: 0, max: 8 }) }),
    fc.record({ do: fc.constant('cut' as const), to: fc.integer({ min: 0, max: 1 }) }),
    fc.record({ do: fc.constant('switch' as const), to: fc.nat(5) }),
    fc.record({ do: fc.constant('stepBack' as const), to: fc.nat(3) }),
    fc.record({ do: fc.constant('seekToFact' as const), to: instant }),
    fc.record({ do: fc.constant('why' as const), to: instant }),
  );
  type Move = Parameters<Parameters<typeof move.map>[0]>[0];
  const perform = (timeline: Timeline, { do: what, to }: Move): void => {
    switch (what) {
      case 'advance':
        timeline.advance({ until: at(to), maxEvents: 2000 });
        return;
      case 'seek':
        timeline.seekTo(at(to));
        return;
      case 'act':
        timeline.act(kill(to));
        return;
      case 'cut':
        timeline.act(cutLink(to === 1));
        return;
      case 'switch':
        timeline.switchTo(timeline.branches[to % timeline.branches.length]!.id);
        return;
      case 'stepBack':
        for (let i = 0; i < to; i++) timeline.stepToPreviousFact();
        return;
      case 'seekToFact':
        timeline.seekToFact((to % (timeline.nextFact + 1)) as FactId);
        return;
      case 'why':
        timeline.whyChain((to % (timeline.nextFact + 1)) as FactId);
        return;
    }
  };

  test('each branch is what its inputs give when they are played straight through', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 3, maxLength: 14 }), (moves) => {
        let clock = 0;
        // A stopwatch that runs fast: many checkpoints.
        const options = { programs: pingPongPrograms, seed: 3, setup: null, stopwatch: () => (clock += 9) };
        const timeline = new Timeline(options);
        for (const input of pingPongInputs(2)) timeline.act(input);
        for (const next of moves) perform(timeline, next);

        for (const { id } of timeline.branches) {
          timeline.switchTo(id);
          timeline.seekToPosition(timeline.end);
          const session = { ...timeline.toSession(), current: id };
          expect(digest(timeline)).toBe(digestOfSession(options, session));
        }
      }),
      { numRuns: 25 },
    );
  });
});

test('a program that fails is told with the seed and the event that show it again', () => {
  const timeline = begun();
  timeline.advance({ until: at(1000) });

  expect(() => timeline.act({ ...pingPongInputs(1)[0]!, program: 'nothing' } as Input)).toThrow(
    /No program is called nothing\. — seed 7, event \d+/,
  );
});
