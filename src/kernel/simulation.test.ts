import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import type { KernelEffect } from './effects.ts';
import { kernelActions } from './effects.ts';
import type { Circumstances, KernelEvent } from './events.ts';
import { laboratory } from './testing/laboratory.ts';
import { puppet } from './testing/puppet.ts';

const setTimer = (id: string, delayUs: number, count = 0): KernelEffect => ({
  type: 'setTimer',
  params: { id, delayUs, event: { type: 'TICK', count } as { readonly type: string } },
});
const exit = (code: number): KernelEffect => ({ type: 'exit', params: { code } });

describe('a timer', () => {
  test('fires after its delay', () => {
    const lab = laboratory({ alarm: puppet(({ type }) => (type === 'STARTED' ? [setTimer('a', 1500)] : [])) });
    const alarm = lab.start('alarm');
    lab.runUntil();

    expect([lab.simulation.world.now, lab.heard(alarm)]).toEqual([1500, [{ type: 'TICK', count: 0 }]]);
  });

  test('is replaced by one of the same id', () => {
    const lab = laboratory({
      alarm: puppet(({ type }) => (type === 'STARTED' ? [setTimer('a', 100, 1), setTimer('a', 900, 2)] : [])),
    });
    const alarm = lab.start('alarm');
    lab.runUntil();

    expect([lab.simulation.world.now, lab.heard(alarm)]).toEqual([900, [{ type: 'TICK', count: 2 }]]);
  });

  test('does not fire once cancelled, and what is cancelled is no event', () => {
    const cancelTimer: KernelEffect = { type: 'cancelTimer', params: { id: 'a' } };
    const lab = laboratory({
      alarm: puppet(({ type }) => (type === 'STARTED' ? [setTimer('a', 100), cancelTimer] : [])),
    });
    const alarm = lab.start('alarm');
    lab.runUntil();

    expect([lab.heard(alarm), lab.simulation.world.eventCount]).toEqual([[], 0]);
  });

  test('of a process that has ended does not fire', () => {
    const lab = laboratory({ alarm: puppet(({ type }) => (type === 'STARTED' ? [setTimer('a', 100), exit(0)] : [])) });
    lab.start('alarm');

    expect(lab.simulation.nextEventAt()).toBeUndefined();
  });

  test('leaves no trace in a checkpoint once void', () => {
    const lab = laboratory({
      alarm: puppet(({ type }) => (type === 'STARTED' ? [1, 2, 3].map((count) => setTimer('a', 100, count)) : [])),
    });
    lab.start('alarm');

    expect(lab.simulation.checkpoint().queue.size).toBe(1);
  });
});

describe("a machine's own delayed transitions", () => {
  type Delivery = Circumstances & (KernelEvent | { readonly type: 'STAY' });
  const lease = setup({
    types: { context: {} as { readonly echoes: number }, events: {} as Delivery },
    actions: { ...kernelActions, count: assign({ echoes: ({ context }) => context.echoes + 1 }) },
    delays: { leaseTime: 30 },
  }).createMachine({
    context: { echoes: 0 },
    initial: 'held',
    states: { held: { after: { leaseTime: 'expired' }, on: { SIGNAL: 'renewed' } }, renewed: {}, expired: {} },
  });

  test('happen in virtual time', () => {
    const lab = laboratory({ lease });
    lab.start('lease');
    lab.runUntil();

    expect([lab.simulation.world.now, lab.factsOf('entered').map(({ state }) => state)]).toEqual([
      30_000,
      ['held', 'expired'],
    ]);
  });

  test('are cancelled when the state is left', () => {
    const lab = laboratory({ lease });
    const process = lab.start('lease');
    lab.runUntil(10_000);
    lab.apply({ kind: 'signal', process, signal: 'SIGTERM' });
    lab.runUntil();

    expect([lab.simulation.world.now, lab.factsOf('entered').map(({ state }) => state)]).toEqual([
      10_000,
      ['held', 'renewed'],
    ]);
  });

  test('raised at once belong to the transition, and are no timer', () => {
    const raiser = setup({ types: { events: {} as Delivery | { readonly type: 'ECHO' } }, actions: kernelActions });
    const lab = laboratory({
      echo: raiser.createMachine({
        initial: 'first',
        states: { first: { entry: raiser.raise({ type: 'ECHO' }), on: { ECHO: 'second' } }, second: {} },
      }),
    });
    lab.start('echo');

    expect([lab.factsOf('entered').map(({ state }) => state), lab.simulation.nextEventAt()]).toEqual([
      ['second'],
      undefined,
    ]);
  });
});

describe('a paused process', () => {
  const sleeper = puppet(({ type }) => (type === 'STARTED' ? [setTimer('a', 100, 1), setTimer('b', 200, 2)] : []));

  test('handles nothing until it is resumed, then everything in the order of arrival, SIGCONT last', () => {
    const lab = laboratory({ sleeper });
    const process = lab.start('sleeper');
    lab.apply({ kind: 'signal', process, signal: 'SIGSTOP' });
    lab.runUntil(5000);
    expect(lab.heard(process)).toEqual([]);

    lab.apply({ kind: 'signal', process, signal: 'SIGCONT' });
    lab.runUntil();
    expect([lab.simulation.world.now, lab.heard(process)]).toEqual([
      5000,
      [
        { type: 'TICK', count: 1 },
        { type: 'TICK', count: 2 },
        { type: 'SIGNAL', signal: 'SIGCONT' },
      ],
    ]);
  });

  test('hears of a SIGTERM when it is resumed, but dies of SIGKILL at once', () => {
    const lab = laboratory({ sleeper });
    const [waiting, killed] = [lab.start('sleeper'), lab.start('sleeper')];
    for (const process of [waiting, killed]) lab.apply({ kind: 'signal', process, signal: 'SIGSTOP' });
    lab.apply({ kind: 'signal', process: waiting, signal: 'SIGTERM' });
    lab.apply({ kind: 'signal', process: killed, signal: 'SIGKILL' });
    lab.runUntil();

    expect([lab.heard(waiting), lab.simulation.world.processes[killed]]).toMatchObject([
      [],
      { status: 'exited', exitCode: 137, endedBy: 'SIGKILL' },
    ]);
  });

  test('does not fire a timer that the first events after its pause cancel', () => {
    const lab = laboratory({
      sleeper: puppet((event) => {
        if (event.type === 'STARTED') return [setTimer('a', 100, 1), setTimer('b', 200, 2)];
        if (event.type === 'TICK' && event.count === 1) return [{ type: 'cancelTimer', params: { id: 'b' } }];
        return [];
      }),
    });
    const process = lab.start('sleeper');
    lab.apply({ kind: 'signal', process, signal: 'SIGSTOP' });
    lab.runUntil(5000);
    lab.apply({ kind: 'signal', process, signal: 'SIGCONT' });
    lab.runUntil();

    expect(lab.heard(process)).toEqual([
      { type: 'TICK', count: 1 },
      { type: 'SIGNAL', signal: 'SIGCONT' },
    ]);
  });
});

describe('facts', () => {
  test('name their causes: from what is printed back to the input', () => {
    const lab = laboratory({
      clock: puppet(({ type }) =>
        type === 'STARTED' ? [setTimer('a', 100)] : [{ type: 'print', params: { text: 'tick\n', to: 'stdout' } }],
      ),
    });
    lab.start('clock');
    lab.runUntil();

    const chain: string[] = [];
    let fact = lab.facts.find(({ what }) => what.kind === 'printed');
    while (fact !== undefined) {
      chain.push(fact.what.kind);
      fact = lab.facts[fact.causes[0] ?? -1];
    }
    expect(chain).toEqual(['printed', 'timerFired', 'timerSet', 'started', 'input']);
  });

  test('of the domain have the event being handled as principal cause, then those that were named', () => {
    const told = (alsoBecauseOf: readonly number[]): KernelEffect => ({
      type: 'fact',
      params: { name: 'moved', mark: 'moved', detail: { to: 3 }, alsoBecauseOf: alsoBecauseOf as never },
    });
    const lab = laboratory({ teller: puppet(({ type }) => (type === 'STARTED' ? [told([0, 1])] : [])) });
    lab.start('teller');

    expect(lab.facts.at(-1)).toMatchObject({
      causes: [1, 0],
      what: { kind: 'told', name: 'moved', mark: 'moved', detail: { to: 3 } },
    });
  });
});

describe('a checkpoint', () => {
  test('restored, gives the same facts again, and is not touched by what happens after it', () => {
    const lab = laboratory({
      clock: puppet((_event, { heard }) => (heard.length > 20 ? [exit(0)] : [setTimer('a', 10 + heard.length)])),
    });
    lab.start('clock');
    lab.runUntil(100);
    const checkpoint = lab.simulation.checkpoint();
    const before = lab.facts.length;
    lab.runUntil();
    const first = lab.facts.slice(before);

    lab.simulation.restore(checkpoint);
    lab.runUntil();
    expect(lab.facts.slice(before + first.length)).toEqual(first);
    expect([checkpoint.now, checkpoint.nextFact]).toEqual([100, before]);
  });
});
