/** `uniq`. */
import type { Run } from './command.ts';
import { lineCommand } from './lineCommand.ts';

interface Repeated {
  readonly text: string | null;
  readonly count: number;
}

function write(run: Run, { text, count }: Repeated): void {
  if (text === null || (run.options.has('d') && count < 2) || (run.options.has('u') && count > 1)) return;
  run.out(`${run.options.has('c') ? `${String(count).padStart(7)} ` : ''}${text}\n`);
}

export const uniq = lineCommand<Repeated>(
  {
    name: 'uniq',
    help: `Usage: uniq [OPTION]... [INPUT]
Filter adjacent matching lines from INPUT (or standard input).

  -c, --count           prefix lines by the number of occurrences
  -d, --repeated        only print duplicate lines
  -i, --ignore-case     ignore differences in case when comparing
  -u, --unique          only print unique lines
`,
    flags: 'cdiu',
    long: { count: 'c', repeated: 'd', 'ignore-case': 'i', unique: 'u' },
  },
  {
    begin: ({ operands }) => ({ state: { text: null, count: 0 }, sources: operands.slice(0, 1) }),
    line(run, last, { text }) {
      const fold = (some: string | null): string | null =>
        run.options.has('i') ? (some?.toLowerCase() ?? null) : some;
      if (fold(last.text) === fold(text)) return { ...last, count: last.count + 1 };
      write(run, last);
      return { text, count: 1 };
    },
    end: write,
  },
);
