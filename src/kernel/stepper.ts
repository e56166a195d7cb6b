/**
 * The only file that steps a machine. xstate's public `transition()` builds a throw-away actor at each call and runs the
 * context factory again, without input; one scope kept per machine avoids both.
 */
import type { ActorScope, AnyEventObject, AnyMachineSnapshot, AnyStateMachine, ExecutableActionObject } from 'xstate';
import { createActor } from 'xstate';

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
