/** The small commands of the machine, by name. */
import type { Programs } from '../kernel/process.ts';
import { cat } from './commands/cat.ts';
import { grep } from './commands/grep.ts';
import { head } from './commands/head.ts';
import { ls } from './commands/ls.ts';
import { less, more } from './commands/more.ts';
import { sleep } from './commands/sleep.ts';

export const smallCommands: Programs = { cat, grep, head, less, ls, more, sleep };
