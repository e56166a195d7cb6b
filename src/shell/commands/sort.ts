/** `sort`, in the C locale. */
import { byName } from '../sorting.ts';
import type { Options } from './options.ts';
import { lineCommand } from './lineCommand.ts';

interface Key {
  /** Fields from 1; `to` null: to the end of the line. */
  readonly from: number;
  readonly to: number | null;
  readonly flags: string;
}

export const sort = lineCommand<readonly string[]>(
  {
    name: 'sort',
    help: `Usage: sort [OPTION]... [FILE]...
Write sorted concatenation of all FILE(s) to standard output.

  -f, --ignore-case            fold lower case to upper case characters
  -n, --numeric-sort           compare according to string numerical value
  -r, --reverse                reverse the result of comparisons
  -u, --unique                 output only the first of an equal run
  -k, --key=KEYDEF             sort via a key: F[,F][nrf]
  -t, --field-separator=SEP    use SEP instead of blanks
  -o, --output=FILE            write result to FILE
`,
    exitCodeOfMisuse: 2,
    flags: 'nrufbVgsh',
    valued: 'kto',
    long: {
      'numeric-sort': 'n',
      reverse: 'r',
      unique: 'u',
      key: 'k',
      'field-separator': 't',
      'ignore-case': 'f',
      output: 'o',
    },
  },
  {
    begin(run) {
      for (const key of run.options.values('k')) {
        if (/^\d+(?:\.\d+)?[a-zA-Z]*(?:,\d+(?:\.\d+)?[a-zA-Z]*)?$/.test(key)) continue;
        run.complain(`invalid number at field start: invalid count at start of ‘${key}’`, 2);
        return null;
      }
      return { state: [], sources: run.operands };
    },
    line: (_run, lines, { text }) => [...lines, text],
    end(run, lines) {
      const { options } = run;
      const compare = comparisonOf(options);
      const sorted = [...lines].sort(
        (one, other) =>
          compare(one, other) || (options.has('u') || options.has('s') ? 0 : lastResort(one, other, options)),
      );
      const kept = options.has('u')
        ? sorted.filter((line, index) => index === 0 || compare(sorted[index - 1]!, line) !== 0)
        : sorted;
      const text = kept.map((line) => `${line}\n`).join('');
      const output = options.value('o');
      if (output === undefined) run.out(text);
      else run.change({ kind: 'write', path: run.path(output), text });
    },
    complain: (run, source, reason) =>
      run.complain(
        reason === 'Is a directory' ? `read failed: ${source}: ${reason}` : `cannot read: ${source}: ${reason}`,
        2,
      ),
  },
);

const lastResort = (one: string, other: string, options: Options): number =>
  (options.has('r') ? -1 : 1) * byName(one, other);

function comparisonOf(options: Options): (one: string, other: string) => number {
  const global = options.given.filter((letter) => 'nrfbgh'.includes(letter)).join('');
  const keys = options.values('k').map(keyOf);
  const used: readonly Key[] = keys.length > 0 ? keys : [{ from: 1, to: null, flags: '' }];
  return (one, other) => {
    for (const key of used) {
      const flags = key.flags === '' ? global : key.flags;
      const [a, b] = [fieldOf(one, key, options), fieldOf(other, key, options)];
      const order = /[ngh]/.test(flags)
        ? numberIn(a) - numberIn(b)
        : flags.includes('f')
          ? byName(a.toUpperCase(), b.toUpperCase())
          : byName(a, b);
      if (order !== 0) return flags.includes('r') ? -order : order;
    }
    return 0;
  };
}

function keyOf(text: string): Key {
  const [, from = '1', first = '', to, second = ''] =
    /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(text) ?? [];
  return { from: Number(from), to: to === undefined ? null : Number(to), flags: first + second };
}

/** Without -t a field keeps the blanks before it. */
function fieldOf(line: string, { from, to }: Key, options: Options): string {
  if (from === 1 && to === null) return line;
  const separator = options.value('t');
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  return fields.slice(from - 1, to ?? undefined).join(separator ?? '');
}

const numberIn = (text: string): number => Number(/^\s*(-?\d*\.?\d+)/.exec(text)?.[1] ?? '0');
