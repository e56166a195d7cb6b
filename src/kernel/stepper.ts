/**
 * The only file that steps a machine. xstate's public `transition()` builds a throw-away actor at each call and runs the
 * context factory again, without input; one scope kept per machine avoids both.
 */
import type { ActorScope, AnyEventObject, AnyMachineSnapshot, AnyStateMachine, ExecutableActionObject } from 'xstate';
import { createActor } from 'xstate';
import type { Programs } from './process.ts';

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

/** `sampleInput`: any valid input; the scope needs an actor of the machine, which never runs. */
export function createStepper(machine: AnyStateMachine, sampleInput: unknown): Stepper {
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
  return {
    initial: (input) => collect(() => machine.getInitialSnapshot(scope, input)),
    next: (snapshot, event) => collect(() => machine.transition(snapshot, event, scope)),
  };
}

/** The steppers of the programs, each made when it is first needed. */
export class Steppers {
  readonly #programs: Programs;
  readonly #steppers = new Map<string, Stepper>();

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** `sampleInput`: needed the first time a program runs. Throws when no program has that name. */
  of(program: string, sampleInput?: unknown): Stepper {
    const made = this.#steppers.get(program);
    if (made !== undefined) return made;
    const machine = this.#programs[program];
    if (machine === undefined) throw new Error(`No program is called ${program}.`);
    const stepper = createStepper(machine, sampleInput);
    this.#steppers.set(program, stepper);
    return stepper;
  }
}
