/** The folder that a bash is in, as its process's snapshot holds it; also after its end. */
import type { AnyMachineSnapshot } from 'xstate';
import { shellOf } from './shellOf.ts';

/** Undefined for a process that is no bash. */
export const workingDirectoryOf = (snapshot: AnyMachineSnapshot): string | undefined => shellOf(snapshot)?.cwd;
