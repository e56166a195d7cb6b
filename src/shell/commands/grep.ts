/** `grep`, with basic and extended expressions. */
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import { regExpOf } from '../text/posixExpression.ts';
import { filesBelow } from './fileTree.ts';
import { lineCommand } from './lineCommand.ts';

const help = `Usage: grep [OPTION]... PATTERNS [FILE]...
Search for PATTERNS in each FILE.

  -A, -B, -C NUM           print NUM lines after, before, around a match
  -c, --count              print only a count of selected lines per FILE
  -E, --extended-regexp    PATTERNS are extended regular expressions
  -e, --regexp=PATTERNS    use PATTERNS for matching
  -F, --fixed-strings      PATTERNS are strings
  -h, --no-filename        suppress the file name prefix on output
  -H, --with-filename      print file name with output lines
  -i, --ignore-case        ignore case distinctions
  -l, --files-with-matches print only names of FILEs with selected lines
  -m, --max-count=NUM      stop after NUM selected lines
  -n, --line-number        print line number with output lines
  -o, --only-matching      show only nonempty parts of lines that match
  -q, --quiet              suppress all normal output
  -r, --recursive          search directories
  -s, --no-messages        suppress error messages
  -v, --invert-match       select non-matching lines
  -w, --word-regexp        match only whole words
  -x, --line-regexp        match only whole lines
`;

interface Searching {
  readonly expression: RegExp;
  readonly isNamed: boolean;
  readonly source: string;
  readonly lineNumber: number;
  readonly count: number;
  readonly hasFound: boolean;
  /** Lines that a later match may show before itself. */
  readonly before: readonly string[];
  /** Lines still shown after a match. */
  readonly after: number;
  /** The last line shown, for `--` between groups. */
  readonly lastShown: number;
  readonly isFinished: boolean;
}

export const grep = lineCommand<Searching>(
  {
    name: 'grep',
    help,
    exitCodeOfMisuse: 2,
    flags: 'cEFGhHilnoqrRsvwx',
    valued: 'eABCm',
    long: {
      count: 'c',
      'extended-regexp': 'E',
      'fixed-strings': 'F',
      'no-filename': 'h',
      'with-filename': 'H',
      'ignore-case': 'i',
      'files-with-matches': 'l',
      'line-number': 'n',
      'only-matching': 'o',
      quiet: 'q',
      silent: 'q',
      recursive: 'r',
      'no-messages': 's',
      'invert-match': 'v',
      'word-regexp': 'w',
      'line-regexp': 'x',
      regexp: 'e',
      'max-count': 'm',
      'line-buffered': 'G',
      color: 'G',
    },
  },
  {
    begin(run) {
      const { options } = run;
      const given = options.values('e');
      const patterns = given.length > 0 ? given : run.operands.slice(0, 1);
      if (patterns.length === 0) {
        run.error("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
        run.exitCode = 2;
        return null;
      }
      const expression = regExpOf(
        patterns.flatMap((pattern) => pattern.split('\n')),
        {
          syntax: options.has('F') ? 'fixed' : options.has('E') ? 'extended' : 'basic',
          ignoresCase: options.has('i'),
          wholeWords: options.has('w'),
          wholeLines: options.has('x'),
        },
      );
      if (typeof expression === 'string') {
        run.complain(expression, 2);
        return null;
      }
      const operands = given.length > 0 ? run.operands : run.operands.slice(1);
      const isRecursive = options.has('r') || options.has('R');
      const named = operands.length === 0 && isRecursive ? ['.'] : operands;
      const sources = isRecursive ? named.flatMap((operand) => filesBelow(run.files, run.input.cwd, operand)) : named;
      run.exitCode = 1;
      const isNamed = options.has('H') || (!options.has('h') && (sources.length > 1 || isRecursive));
      const state = {
        expression,
        isNamed,
        source: '',
        lineNumber: 0,
        count: 0,
        hasFound: false,
        before: [],
        after: 0,
        lastShown: 0,
        isFinished: false,
      };
      return { state, sources };
    },
    open: (_run, state, source) => ({
      ...state,
      source: source === '-' ? '(standard input)' : source,
      lineNumber: 0,
      count: 0,
      before: [],
      after: 0,
      lastShown: 0,
      isFinished: false,
    }),
    line(run, state, { text }) {
      const { options } = run;
      const lineNumber = state.lineNumber + 1;
      if (state.isFinished) return { ...state, lineNumber };
      state.expression.lastIndex = 0;
      const isSelected = state.expression.test(text) !== options.has('v');
      const isQuiet = options.has('q') || options.has('c') || options.has('l');
      const around = (letter: 'A' | 'B'): number => Number(options.value(letter) ?? options.value('C') ?? '0');
      const shown = (line: string, number: number, separator: ':' | '-'): string =>
        (state.isNamed ? state.source + separator : '') + (options.has('n') ? number + separator : '') + `${line}\n`;
      if (!isSelected) {
        if (state.after > 0 && !isQuiet) run.out(shown(text, lineNumber, '-'));
        const lastShown = state.after > 0 ? lineNumber : state.lastShown;
        const before = around('B') > 0 && state.after === 0 ? [...state.before, text].slice(-around('B')) : [];
        return { ...state, lineNumber, before, after: Math.max(0, state.after - 1), lastShown };
      }
      if (run.exitCode === 1) run.exitCode = 0;
      const count = state.count + 1;
      if (!isQuiet) {
        const first = lineNumber - state.before.length;
        const hasContext = around('A') > 0 || around('B') > 0;
        if (hasContext && state.lastShown > 0 && first > state.lastShown + 1) run.out('--\n');
        for (const [index, line] of state.before.entries()) run.out(shown(line, first + index, '-'));
        if (options.has('o') && !options.has('v')) {
          state.expression.lastIndex = 0;
          for (const [match] of text.matchAll(state.expression))
            if (match !== '') run.out(shown(match, lineNumber, ':'));
        } else run.out(shown(text, lineNumber, ':'));
      }
      const isFinished = count >= Number(options.value('m') ?? '0') && options.has('m');
      return {
        ...state,
        lineNumber,
        count,
        hasFound: true,
        before: [],
        after: around('A'),
        lastShown: lineNumber,
        isFinished,
      };
    },
    close(run, state) {
      const { options } = run;
      if (options.has('q')) return state;
      if (options.has('l')) {
        if (state.count > 0) run.out(`${state.source}\n`);
      } else if (options.has('c')) run.out(`${state.isNamed ? `${state.source}:` : ''}${state.count}\n`);
      return state;
    },
    isDone: ({ isFinished }) => isFinished,
    complain(run, source, reason) {
      const isDirectory = asDirectory(findNode(run.files, run.path(source))) !== undefined;
      if (run.options.has('s')) run.exitCode = 2;
      else run.complain(`${source}: ${reason}`, isDirectory ? Math.max(run.exitCode, 1) : 2);
    },
  },
);
