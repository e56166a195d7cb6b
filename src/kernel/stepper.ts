/**
 * The only file that steps a machine. xstate's public `transition()` builds a throw-away actor at each call and runs the
 * context factory again, without input; one scope kept per machine avoids both.
 */
import type { ActorScope, AnyEventObject, AnyMachineSnapshot, AnyStateMachine, ExecutableActionObject } from 'xstate';
import { createActor } from 'xstate';
import type { Programs } from './process.ts';
import { shortcutOf } from './shortcut.ts';

/** An action that a machine returned: its name and its params. */
export interface Effect {
  readonly type: string;
  readonly params: unknown;
}
export interface Step {
  readonly snapshot: AnyMachineSnapshot;
  readonly effects: readonly Effect[];
}
export interface Stepper {
  initial(input: unknown): Step;
  next(snapshot: AnyMachineSnapshot, event: AnyEventObject): Step;
}

/**
 * `sampleInput`: any valid input; the scope needs an actor of the machine, which never runs. `takesShortcuts` false: every event goes
 * through the chart, with the same outcome.
 */
export function createStepper(
  machine: AnyStateMachine,
  sampleInput: unknown,
  { takesShortcuts = true }: { readonly takesShortcuts?: boolean } = {},
): Stepper {
  const self = createActor(machine, { input: sampleInput });
  let effects: Effect[] = [];
  const scope: ActorScope<AnyMachineSnapshot, AnyEventObject> = {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    logger() {},
    defer() {},
    stopChild() {},
    emit() {},
    actionExecutor: ({ type, params }: ExecutableActionObject) => {
      effects.push({ type, params });
    },
  };
  const collect = (run: () => AnyMachineSnapshot): Step => {
    effects = [];
    const snapshot = run();
    return { snapshot, effects };
  };
  const byChart = (snapshot: AnyMachineSnapshot, event: AnyEventObject): Step =>
    collect(() => machine.transition(snapshot, event, scope));
  const shortcut = takesShortcuts ? shortcutOf(machine) : undefined;
  const next =
    shortcut === undefined
      ? byChart
      : (snapshot: AnyMachineSnapshot, event: AnyEventObject): Step => {
          const short = shortcut(snapshot, event);
          if (short === null) return byChart(snapshot, event);
          return { snapshot: { ...snapshot, context: short.context }, effects: short.effects };
        };
  return { initial: (input) => collect(() => machine.getInitialSnapshot(scope, input)), next };
}

/** The steppers of the programs, each made when it is first needed. */
export class Steppers {
  readonly #programs: Programs;
  readonly #how: { readonly takesShortcuts?: boolean };
  readonly #steppers = new Map<string, Stepper>();

  constructor(programs: Programs, how: { readonly takesShortcuts?: boolean } = {}) {
    this.#programs = programs;
    this.#how = how;
  }

  /** `sampleInput`: needed the first time a program runs. Throws when no program has that name. */
  of(program: string, sampleInput?: unknown): Stepper {
    const made = this.#steppers.get(program);
    if (made !== undefined) return made;
    const found = this.#programs[program];
    if (found === undefined) throw new Error(`No program is called ${program}.`);
    const machine = typeof found === 'function' ? found() : found;
    const stepper = createStepper(machine, sampleInput, this.#how);
    this.#steppers.set(program, stepper);
    return stepper;
  }
}
