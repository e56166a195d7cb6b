/**
 * Shortcuts: what a machine does with most of its events, without its chart. Where a state says of an event only that the process works on
 * it and stays where it is, finding that out costs xstate more than the work itself; a shortcut is that work, called at once. The chart
 * remains the truth: a test plays whole scenarios both ways and compares their facts.
 */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { KernelEffect } from './effects.ts';

/** What the transition changes and asks for: the state's value stays. */
export interface ShortStep {
  readonly context: unknown;
  readonly effects: readonly KernelEffect[];
}
/** Null: this event is one for the chart. Pure, as a transition is. */
export type Shortcut = (snapshot: AnyMachineSnapshot, event: AnyEventObject) => ShortStep | null;

const shortcuts = new WeakMap<AnyStateMachine, Shortcut>();

/** The same machine, which can be stepped by the shortcut from now on. */
export function withShortcut<Machine extends AnyStateMachine>(machine: Machine, shortcut: Shortcut): Machine {
  shortcuts.set(machine, shortcut);
  return machine;
}

export const shortcutOf = (machine: AnyStateMachine): Shortcut | undefined => shortcuts.get(machine);
