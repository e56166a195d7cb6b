/** For tests: a program that does what a function says at each event, and remembers what it heard. */
import type { AnyStateMachine } from 'xstate';
import { assign, setup } from 'xstate';
import type { KernelEffect } from '../effects.ts';
import { kernelActions } from '../effects.ts';
import type { Circumstances, KernelEvent } from '../events.ts';
import type { ProcessInput } from '../process.ts';

/** `STARTED` stands for the first transition; a timer's event is whatever it was set with. */
export type Heard = KernelEvent | { readonly type: 'STARTED' } | { readonly type: 'TICK'; readonly count?: number };
export interface PuppetContext extends ProcessInput {
  readonly heard: readonly Heard[];
}
export type Behaviour = (event: Heard, context: PuppetContext) => readonly KernelEffect[];

type Delivery = Heard & Circumstances;

const withoutCircumstances = ({ now: _now, files: _files, cause: _cause, ...event }: Delivery): Heard => event;

export function puppet(behave: Behaviour): AnyStateMachine {
  const puppetSetup = setup({
    types: { context: {} as PuppetContext, events: {} as Delivery, input: {} as ProcessInput },
    actions: {
      ...kernelActions,
      remember: assign(({ context }, heard: Heard) => ({ heard: [...context.heard, heard] })),
    },
  });
  const perform = (event: (delivery: Delivery) => Heard) =>
    puppetSetup.enqueueActions(({ context, event: delivery, enqueue }) => {
      for (const effect of behave(event(delivery), context)) enqueue(effect);
    });
  return puppetSetup.createMachine({
    id: 'puppet',
    context: ({ input }) => ({ ...input, heard: [] }),
    entry: perform(() => ({ type: 'STARTED' })),
    on: {
      '*': {
        actions: [
          { type: 'remember', params: ({ event }) => withoutCircumstances(event) },
          perform(withoutCircumstances),
        ],
      },
    },
  });
}
