/** For tests: a process as a pure reducer, the least chart that the kernel can step. */
import type { AnyStateMachine } from 'xstate';
import { assign, setup } from 'xstate';
import type { KernelEffect } from '../../../kernel/effects.ts';
import { kernelActions } from '../../../kernel/effects.ts';
import type { Delivered, KernelEvent } from '../../../kernel/events.ts';
import type { ProcessInput } from '../../../kernel/process.ts';
import type { ClientTimer } from '../clientStep.ts';

export interface Next<State> {
  readonly state: State;
  readonly effects: readonly KernelEffect[];
}
export type TestEvent = Delivered<KernelEvent | ClientTimer | { readonly type: 'WAKE'; readonly what: string }>;

/** `context.state` of the snapshot is the state. */
export function reducer<State>(
  start: (input: ProcessInput) => Next<State>,
  handle: (state: State, event: TestEvent) => Next<State>,
): AnyStateMachine {
  interface Context {
    readonly input: ProcessInput;
    readonly state: State | undefined;
    readonly effects: readonly KernelEffect[];
  }
  const parts = setup({
    types: { context: {} as Context, events: {} as TestEvent, input: {} as ProcessInput },
    actions: {
      ...kernelActions,
      begin: assign(({ context }) => start(context.input)),
      proceed: assign(({ context }, { event }: { readonly event: TestEvent }) =>
        context.state === undefined ? { effects: [] } : handle(context.state, event),
      ),
    },
  });
  const askKernel = parts.enqueueActions(({ context, enqueue }) => {
    for (const effect of context.effects) enqueue(effect);
  });
  return parts.createMachine({
    id: 'reducer',
    context: ({ input }) => ({ input, state: undefined, effects: [] }),
    initial: 'LAUNCHED',
    states: {
      LAUNCHED: { always: { target: 'RUNNING', actions: ['begin', askKernel] } },
      RUNNING: { on: { '*': { actions: [{ type: 'proceed', params: ({ event }) => ({ event }) }, askKernel] } } },
    },
  });
}
