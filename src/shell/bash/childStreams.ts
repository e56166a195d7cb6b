/** A shell's streams as the kernel gives them to a child. */
import type { StreamEnd } from '../../kernel/effects.ts';
import type { InputEnd, OutputEnd } from './shell.ts';

export const childInput = (end: InputEnd): StreamEnd => end;

/** Standard error sent to the shell's own standard output (or the reverse) stays where it is: at a terminal both are one. */
export function childOutput(end: OutputEnd): StreamEnd {
  switch (end.kind) {
    case 'file':
      // The shell has emptied it before, where it was to be.
      return { kind: 'file', path: end.path, append: true };
    case 'pipe':
    case 'null':
      return end;
    default:
      return { kind: 'inherit' };
  }
}
