/** `cut`. */
import { lineCommand } from './lineCommand.ts';

type Range = readonly [from: number, to: number];

export const cut = lineCommand<readonly Range[]>(
  {
    name: 'cut',
    help: `Usage: cut OPTION... [FILE]...
Print selected parts of lines from each FILE to standard output.

  -b, --bytes=LIST        select only these bytes
  -c, --characters=LIST   select only these characters
  -d, --delimiter=DELIM   use DELIM instead of TAB for field delimiter
  -f, --fields=LIST       select only these fields
  -s, --only-delimited    do not print lines not containing delimiters
`,
    flags: 'sn',
    valued: 'bcdf',
    long: { bytes: 'b', characters: 'c', delimiter: 'd', fields: 'f', 'only-delimited': 's' },
  },
  {
    begin(run) {
      const { options } = run;
      const list = options.value('f') ?? options.value('c') ?? options.value('b');
      if (list === undefined) {
        run.misuse('you must specify a list of bytes, characters, or fields');
        return null;
      }
      if ((options.value('d') ?? '\t').length !== 1) {
        run.misuse('the delimiter must be a single character');
        return null;
      }
      const ranges = list.split(',').map(rangeOf);
      if (ranges.some((range) => range === null)) {
        run.misuse(`invalid ${options.has('f') ? 'field' : 'byte/character'} value ‘${list}’`);
        return null;
      }
      return { state: ranges.filter((range) => range !== null), sources: run.operands };
    },
    line(run, ranges, { text }) {
      const isWanted = (_item: string, index: number): boolean =>
        ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to);
      if (!run.options.has('f')) run.out(`${Array.from(text).filter(isWanted).join('')}\n`);
      else {
        const delimiter = run.options.value('d') ?? '\t';
        if (text.includes(delimiter)) run.out(`${text.split(delimiter).filter(isWanted).join(delimiter)}\n`);
        else if (!run.options.has('s')) run.out(`${text}\n`);
      }
      return ranges;
    },
  },
);

function rangeOf(text: string): Range | null {
  const [, from = '', dash = '', to = ''] = /^(\d*)(-?)(\d*)$/.exec(text) ?? [];
  if (from === '' && to === '') return null;
  if (dash === '') return [Number(from), Number(from)];
  return [from === '' ? 1 : Number(from), to === '' ? Number.POSITIVE_INFINITY : Number(to)];
}
