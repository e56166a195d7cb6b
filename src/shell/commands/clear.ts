/** `clear`: the sequences that empty a terminal and what it has scrolled. */
import { command } from './command.ts';

export const clear = command({ name: 'clear', help: 'Usage: clear\n', flags: 'x' }, (run) =>
  run.out('\u001b[H\u001b[2J\u001b[3J'),
);
