/** `more` and `less`: the whole text at once, for a terminal here scrolls back by itself. */
import type { Program } from '../../kernel/process.ts';
import { lineCommand, whole } from './lineCommand.ts';

const pager = (name: string, cannotOpen: (source: string, reason: string) => string): Program =>
  lineCommand<number>(
    { name, help: `Usage: ${name} [FILE]...\nDisplay FILE(s), all at once.\n`, flags: 'deflpcsuFSRXNin', valued: '' },
    {
      begin: ({ operands }) => ({ state: operands.length, sources: operands }),
      open(run, count, source) {
        if (count > 1 && name === 'more') run.out(`::::::::::::::\n${source}\n::::::::::::::\n`);
        return count;
      },
      line(run, state, line) {
        run.out(whole(line));
        return state;
      },
      complain: (run, source, reason) => run.error(cannotOpen(source, reason)),
    },
  );

export const more = pager('more', (source, reason) =>
  reason === 'Is a directory' ? `\n*** ${source}: directory ***\n\n` : `more: cannot open ${source}: ${reason}\n`,
);
export const less = pager('less', (source, reason) =>
  reason === 'Is a directory' ? `${source} is a directory\n` : `${source}: ${reason}\n`,
);
