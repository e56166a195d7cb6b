/** `tr`. */
import { unescape } from '../text/escapes.ts';
import { lineCommand, whole } from './lineCommand.ts';

interface Translation {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Of the output, for -s. */
  readonly last: string;
}

export const tr = lineCommand<Translation>(
  {
    name: 'tr',
    help: `Usage: tr [OPTION]... STRING1 [STRING2]
Translate, squeeze, and/or delete characters from standard input, writing to standard output.

  -c, -C, --complement    use the complement of STRING1
  -d, --delete            delete characters in STRING1, do not translate
  -s, --squeeze-repeats   replace each sequence of a repeated character by one
`,
    flags: 'cCds',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's' },
    stopsAtOperand: true,
  },
  {
    begin(run) {
      const [first, second] = run.operands;
      if (first === undefined) {
        run.misuse('missing operand');
        return null;
      }
      const needsOne = run.options.has('d') || run.options.has('s');
      if (second === undefined && !needsOne) {
        run.misuse(`missing operand after ‘${first}’\nTwo strings must be given when translating.`);
        return null;
      }
      return { state: { from: charactersOf(first), to: charactersOf(second ?? ''), last: '' }, sources: [] };
    },
    line(run, state, line) {
      const { options } = run;
      const isComplement = options.has('c') || options.has('C');
      const isMeant = (char: string): boolean => state.from.includes(char) !== isComplement;
      let { last } = state;
      let text = '';
      for (const char of whole(line)) {
        const meant = isMeant(char);
        if (meant && options.has('d')) continue;
        const written = meant && state.to.length > 0 ? translated(char, state, isComplement) : char;
        const isSqueezed =
          options.has('s') && written === last && (state.to.length > 0 ? state.to.includes(written) : meant);
        if (!isSqueezed) text += written;
        last = written;
      }
      run.out(text);
      return { ...state, last };
    },
  },
);

function translated(char: string, { from, to }: Translation, isComplement: boolean): string {
  const last = to.at(-1) ?? char;
  return isComplement ? last : (to[from.indexOf(char)] ?? last);
}

const classes: Readonly<Record<string, readonly [string, string][]>> = {
  upper: [['A', 'Z']],
  lower: [['a', 'z']],
  digit: [['0', '9']],
  alpha: [
    ['A', 'Z'],
    ['a', 'z'],
  ],
  alnum: [
    ['0', '9'],
    ['A', 'Z'],
    ['a', 'z'],
  ],
};

function charactersOf(set: string): readonly string[] {
  const named = set
    .replace(/\[:space:\]/g, ' \t\n\r\u000b\f')
    .replace(/\[:(\w+):\]/g, (_whole, name: string) =>
      (classes[name] ?? []).map(([from, to]) => `${from}-${to}`).join(''),
    )
    .replace(/^\[(.-.)\]$/, '$1');
  const characters = Array.from(unescape(named).text);
  const expanded: string[] = [];
  for (let i = 0; i < characters.length; i++) {
    const [from, dash, to] = characters.slice(i, i + 3);
    if (dash === '-' && to !== undefined) {
      for (let code = from!.codePointAt(0)!; code <= to.codePointAt(0)!; code++)
        expanded.push(String.fromCodePoint(code));
      i += 2;
    } else expanded.push(from!);
  }
  return expanded;
}
