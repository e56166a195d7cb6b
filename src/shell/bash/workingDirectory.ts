/** The folder that a bash is in, as its process's snapshot holds it; also after its end. */
import type { AnyMachineSnapshot } from 'xstate';
import { stateIn } from '../program.ts';
import type { Shell } from './shell.ts';

/** Undefined for a process that is no bash. */
export function workingDirectoryOf(snapshot: AnyMachineSnapshot): string | undefined {
  const state = stateIn(snapshot);
  return isShell(state) ? state.cwd : undefined;
}

const isShell = (state: unknown): state is Shell =>
  typeof state === 'object' && state !== null && 'cwd' in state && 'frames' in state && 'aliases' in state;
