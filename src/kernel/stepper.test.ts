/** The reused scope is little documented: this keeps it equal to xstate's public functions, at each upgrade. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, cancel, initialTransition, raise, setup, transition } from 'xstate';
import { createStepper } from './stepper.ts';

type Event = { readonly type: 'UP' | 'DOWN' | 'HOP' | 'AWAY' | 'BACK' | 'UNKNOWN'; readonly by: number };
interface Context {
  readonly level: number;
  readonly history: readonly string[];
}

const machineSetup = setup({
  types: {
    context: {} as Context,
    events: {} as Event | { readonly type: 'ECHO' },
    input: {} as { readonly level: number },
  },
  guards: { isHigh: ({ context }, limit: number) => context.level > limit },
  delays: { lease: ({ context }) => 100 + context.level },
  actions: {
    climb: assign(({ context }, by: number) => ({ level: context.level + by })),
    note: assign(({ context }, name: string) => ({ history: [...context.history.slice(-5), name] })),
    tell: (_args, _params: { readonly level: number }) => {},
  },
});
const by = ({ event }: { event: Event | { readonly type: 'ECHO' } }): number => ('by' in event ? event.by : 0);
const tell = { type: 'tell', params: ({ context }: { context: Context }) => ({ level: context.level }) } as const;
/** Regions, guards, history, delayed events, events raised at once, enqueued and cancelled actions. */
const machine = machineSetup.createMachine({
  context: ({ input }) => ({ level: input.level, history: [] }),
  type: 'parallel',
  states: {
    lift: {
      initial: 'low',
      on: { AWAY: '.away', ECHO: { actions: { type: 'note', params: 'echo' } } },
      states: {
        low: {
          entry: tell,
          on: {
            UP: [{ guard: { type: 'isHigh', params: 5 }, target: 'high' }, { actions: { type: 'climb', params: by } }],
          },
        },
        high: {
          initial: 'calm',
          entry: [tell, raise({ type: 'ECHO' })],
          exit: { type: 'note', params: 'left' },
          after: { lease: 'low' },
          on: { DOWN: { target: 'low', actions: { type: 'climb', params: -3 } } },
          states: { calm: { on: { HOP: 'busy' } }, busy: { on: { HOP: { target: 'calm', reenter: true } } } },
        },
        away: { on: { BACK: 'last', UP: 'high' } },
        last: { type: 'history', history: 'deep', target: 'low' },
      },
    },
    lamp: {
      initial: 'off',
      states: {
        off: { on: { HOP: 'on' } },
        on: {
          entry: raise({ type: 'ECHO' }, { delay: 500, id: 'blink' }),
          on: {
            DOWN: {
              target: 'off',
              actions: machineSetup.enqueueActions(({ enqueue, context }) => {
                enqueue(cancel('blink'));
                if (context.level % 2 === 0) enqueue({ type: 'note', params: 'even' });
                enqueue(tell);
              }),
            },
          },
        },
      },
    },
  },
});

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.record({
    type: fc.constantFrom('UP' as const, 'DOWN', 'HOP', 'AWAY', 'BACK', 'UNKNOWN'),
    by: fc.integer({ min: -2, max: 4 }),
  }),
  { maxLength: 60 },
);
const told = (effects: readonly { readonly type: string; readonly params?: unknown }[]) =>
  effects.map(({ type, params }) => ({ type, params }));
const plain = ({ value, context, status, historyValue }: ReturnType<typeof machine.getInitialSnapshot>) => ({
  value,
  context,
  status,
  history: Object.entries(historyValue).map(([name, nodes]) => [name, nodes.map(({ id }) => id)]),
});

describe('stepping with one kept scope', () => {
  const stepper = createStepper(machine, { level: 0 });

  test("gives the states, contexts and actions of xstate's own transition()", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), events, (level, sent) => {
        let [expected, expectedEffects] = initialTransition(machine, { level });
        let step = stepper.initial({ level });
        expect([plain(step.snapshot as never), told(step.effects)]).toEqual([plain(expected), told(expectedEffects)]);
        for (const event of sent) {
          [expected, expectedEffects] = transition(machine, expected, event);
          step = stepper.next(step.snapshot, event);

          expect([plain(step.snapshot as never), told(step.effects)]).toEqual([plain(expected), told(expectedEffects)]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('names delayed events when they are to be set and when they are to be cancelled', () => {
    const high = [1, 4, 4].reduce(
      (step, by) => stepper.next(step.snapshot, { type: 'UP', by }),
      stepper.initial({ level: 0 }),
    );
    const up = stepper.next(high.snapshot, { type: 'UP', by: 0 });
    const down = stepper.next(up.snapshot, { type: 'DOWN', by: 0 });

    const set = up.effects.find(({ params }) => (params as { delay?: number }).delay !== undefined);
    const cancelled = down.effects.find(({ type }) => type === 'xstate.cancel');
    expect(set?.params).toMatchObject({ delay: 109 });
    expect(cancelled?.params).toEqual({ sendId: (set!.params as { id: string }).id });
  });

  test('leaves the snapshots before as they were', () => {
    const first = stepper.initial({ level: 0 });
    const before = JSON.stringify(first.snapshot);
    stepper.next(first.snapshot, { type: 'UP', by: 2 });

    expect(JSON.stringify(first.snapshot)).toBe(before);
  });
});
