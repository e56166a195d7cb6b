/**
 * A program of the machine as a pure reducer: what it is, `start` and `handle`, wrapped in one chart (STARTING → RUNNING → EXITED) that
 * knows how long a start takes and what a signal does to a program that does not catch it.
 */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { assign, setup } from 'xstate';
import type { KernelEffect } from '../kernel/effects.ts';
import { exitCodeOf, kernelActions } from '../kernel/effects.ts';
import type { CaughtSignal, Circumstances, Delivered, KernelEvent } from '../kernel/events.ts';
import type { ProcessInput, Program } from '../kernel/process.ts';
import { type Shortcut, withShortcut } from '../kernel/shortcut.ts';

/** What follows from one event: the program's next state, and what it asks of the kernel, in order. An `exit` among the effects ends it. */
export interface Outcome<State> {
  readonly state: State;
  readonly effects: readonly KernelEffect[];
}

/** An event that a program set a timer with; any `type` that is not the kernel's. */
interface OwnEvent {
  readonly type: string;
}

/** Virtual microseconds from launch to `start`. */
export const startUpUsOf = { kafkaTool: 1_000_000, server: 2_000_000, smallCommand: 0 } as const;

/** `Own`: the events of the program's own timers. */
export interface ProgramDefinition<State, Own extends OwnEvent = never> {
  /** See `startUpUsOf`. A signal during it ends the program. */
  readonly startUpUs: number;
  /** Signals that `handle` is given; any other ends the program with 128 + its number, as a process that does not catch it. */
  readonly catches?: readonly CaughtSignal[];
  /** After the start-up time: `now`, `files` and `cause` of the input are those of that instant. */
  start(input: ProcessInput): Outcome<State>;
  handle(state: State, event: Delivered<KernelEvent | Own>): Outcome<State>;
}

/** What to put in the registry of programs: its chart is made when it is first run, once. */
export function defineProgram<State, Own extends OwnEvent = never>(program: ProgramDefinition<State, Own>): Program {
  let made: AnyStateMachine | undefined;
  return () => (made ??= withShortcut(chartOf(program), shortcutOf(program)));
}

/** A program's state as its process's snapshot holds it; undefined while it starts. Who reads it knows the program. */
export const stateIn = (snapshot: AnyMachineSnapshot): unknown => (snapshot.context as Context).state;

type Event = Delivered<KernelEvent | OwnEvent>;
interface Context {
  readonly input: ProcessInput;
  /** The program's own; undefined before `start`. */
  readonly state: unknown;
  /** Of the latest event. */
  readonly effects: readonly KernelEffect[];
}

function chartOf(program: ProgramDefinition<unknown, OwnEvent>): AnyStateMachine {
  const isDeadly = (signal: CaughtSignal): boolean =>
    signal !== 'SIGCONT' && program.catches?.includes(signal) !== true;

  const parts = setup({
    types: { context: {} as Context, events: {} as Event, input: {} as ProcessInput },
    actions: {
      ...kernelActions,
      begin: assign(({ context }, { now, files, cause, host }: Circumstances) => {
        const { host: _before, ...input } = context.input;
        return program.start({ ...input, now, files, cause, ...(host === undefined ? {} : { host }) });
      }),
      proceed: assign(({ context }, { event }: { readonly event: Event }) => {
        const isIgnored = signalOf(event) === 'SIGCONT' && program.catches?.includes('SIGCONT') !== true;
        return isIgnored ? { effects: [] } : program.handle(context.state, event);
      }),
    },
    guards: {
      isKilled: (_args, { signal }: { readonly signal: CaughtSignal | null }) => signal !== null && isDeadly(signal),
      isKilledWhileStarting: (_args, { signal }: { readonly signal: CaughtSignal | null }) =>
        signal !== null && signal !== 'SIGCONT',
      hasExited: ({ context }) => context.effects.some(({ type }) => type === 'exit'),
    },
  });
  const askKernel = parts.enqueueActions(({ context, enqueue }) => {
    for (const effect of context.effects) enqueue(effect);
  });
  const exitOfSignal = {
    type: 'exit',
    params: ({ event }: { readonly event: Event }) => ({ code: exitCodeOf[signalOf(event) ?? 'SIGKILL'] }),
  } as const;
  const signal = ({ event }: { readonly event: Event }): { readonly signal: CaughtSignal | null } => ({
    signal: signalOf(event),
  });

  return parts.createMachine({
    id: 'program',
    context: ({ input }) => ({ input, state: undefined, effects: [] }),
    initial: program.startUpUs === 0 ? 'LAUNCHED' : 'STARTING',
    states: {
      LAUNCHED: {
        always: { target: 'RUNNING', actions: [{ type: 'begin', params: ({ context }) => context.input }, askKernel] },
      },
      STARTING: {
        entry: {
          type: 'setTimer',
          params: { id: 'startUp', delayUs: program.startUpUs, event: { type: 'STARTED_UP' } },
        },
        on: {
          STARTED_UP: { target: 'RUNNING', actions: [{ type: 'begin', params: ({ event }) => event }, askKernel] },
          SIGNAL: {
            guard: { type: 'isKilledWhileStarting', params: signal },
            target: 'EXITED',
            actions: exitOfSignal,
          },
        },
      },
      RUNNING: {
        always: { guard: 'hasExited', target: 'EXITED' },
        on: {
          '*': [
            { guard: { type: 'isKilled', params: signal }, target: 'EXITED', actions: exitOfSignal },
            { actions: [{ type: 'proceed', params: ({ event }) => ({ event }) }, askKernel] },
          ],
        },
      },
      EXITED: { type: 'final' },
    },
  });
}

/** A program that runs handles what is not a signal, and goes on running unless it exits. */
function shortcutOf(program: ProgramDefinition<unknown, OwnEvent>): Shortcut {
  return ({ value, context }, event) => {
    if (value !== 'RUNNING' || event.type === 'SIGNAL') return null;
    const { input, state }: Context = context;
    const outcome = program.handle(state, event as Event);
    if (outcome.effects.some(({ type }) => type === 'exit')) return null;
    const { effects } = outcome;
    const next: Context = { input, state: outcome.state, effects };
    return { context: next, effects };
  };
}

function signalOf(event: { readonly type: string }): CaughtSignal | null {
  return event.type === 'SIGNAL' && 'signal' in event ? (event.signal as CaughtSignal) : null;
}
