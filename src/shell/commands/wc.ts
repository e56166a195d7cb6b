/** `wc`. */
import { utf8Length } from '../../kernel/fileSystem.ts';
import type { Run } from './command.ts';
import { lineCommand, whole } from './lineCommand.ts';

interface Counts {
  readonly lines: number;
  readonly words: number;
  readonly bytes: number;
  readonly characters: number;
}
interface Counting {
  readonly now: Counts;
  readonly rows: readonly (readonly [name: string, counts: Counts])[];
  readonly isStdin: boolean;
}
const none: Counts = { lines: 0, words: 0, bytes: 0, characters: 0 };
const sum = (one: Counts, other: Counts): Counts => ({
  lines: one.lines + other.lines,
  words: one.words + other.words,
  bytes: one.bytes + other.bytes,
  characters: one.characters + other.characters,
});

export const wc = lineCommand<Counting>(
  {
    name: 'wc',
    help: `Usage: wc [OPTION]... [FILE]...
Print newline, word, and byte counts for each FILE, and a total line if more than one FILE is specified.

  -c, --bytes     print the byte counts
  -m, --chars     print the character counts
  -l, --lines     print the newline counts
  -w, --words     print the word counts
`,
    flags: 'clmw',
    long: { bytes: 'c', chars: 'm', lines: 'l', words: 'w' },
  },
  {
    begin: ({ operands }) => ({ state: { now: none, rows: [], isStdin: operands.length === 0 }, sources: operands }),
    open: (_run, state) => ({ ...state, now: none }),
    line(_run, state, line) {
      const text = whole(line);
      const words = line.text.split(/\s+/).filter((word) => word !== '').length;
      const counts = {
        lines: line.isEnded ? 1 : 0,
        words,
        bytes: utf8Length(text),
        characters: Array.from(text).length,
      };
      return { ...state, now: sum(state.now, counts) };
    },
    close: (_run, state, source) => ({ ...state, rows: [...state.rows, [source, state.now]] }),
    end(run, { rows, isStdin }) {
      const total = rows.reduce((counts, [, row]) => sum(counts, row), none);
      const all = rows.length > 1 ? [...rows, ['total', total] as const] : rows;
      const columns = columnsOf(run);
      // Numbers are as wide as the largest; of a pipe nothing is known before, so that several get 7 places.
      const width = columns.length === 1 && all.length === 1 ? 1 : isStdin ? 7 : String(total.bytes).length;
      for (const [name, counts] of all) {
        const numbers = columns.map((column) => String(counts[column]).padStart(width)).join(' ');
        run.out(`${numbers}${isStdin ? '' : ` ${name}`}\n`);
      }
    },
  },
);

function columnsOf({ options }: Run): readonly (keyof Counts)[] {
  const wanted = (
    [
      ['l', 'lines'],
      ['w', 'words'],
      ['m', 'characters'],
      ['c', 'bytes'],
    ] as const
  ).filter(([letter]) => options.has(letter));
  return wanted.length === 0 ? ['lines', 'words', 'bytes'] : wanted.map(([, column]) => column);
}
