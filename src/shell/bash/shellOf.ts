/** A running bash, as its process's snapshot holds it: for who completes its lines or recalls its history. */
import type { AnyMachineSnapshot } from 'xstate';
import { stateIn } from '../program.ts';
import type { Shell } from './shell.ts';

/** Undefined for a process that is no bash. */
export function shellOf(snapshot: AnyMachineSnapshot): Shell | undefined {
  const state = stateIn(snapshot);
  return isShell(state) ? state : undefined;
}

const isShell = (state: unknown): state is Shell =>
  typeof state === 'object' && state !== null && 'history' in state && 'frames' in state && 'aliases' in state;
