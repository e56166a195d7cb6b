/** `head`. */
import { lineCommand, whole } from './lineCommand.ts';

const help = `Usage: head [OPTION]... [FILE]...
Print the first 10 lines of each FILE to standard output.

  -c, --bytes=NUM    print the first NUM bytes of each file
  -n, --lines=NUM    print the first NUM lines instead of the first 10
  -q, --quiet        never print headers giving file names
  -v, --verbose      always print headers giving file names
`;

interface Heading {
  readonly limit: number;
  readonly unit: 'lines' | 'bytes';
  /** Of the present source. */
  readonly left: number;
  readonly sourceCount: number;
  readonly opened: number;
  /** Lines held back: with a negative count, all but the last ones are printed. */
  readonly held: readonly string[];
}

export const head = lineCommand<Heading>(
  {
    name: 'head',
    help,
    flags: 'qv0123456789',
    valued: 'nc',
    long: { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v' },
  },
  {
    begin(run) {
      const digits = run.options.given.filter((letter) => /\d/.test(letter)).join('');
      const unit = run.options.has('c') ? 'bytes' : 'lines';
      const given = run.options.value(unit === 'bytes' ? 'c' : 'n') ?? (digits === '' ? '10' : digits);
      if (!/^[-+]?\d+$/.test(given)) {
        run.complain(`invalid number of ${unit}: ‘${given}’`);
        return null;
      }
      const limit = Number(given);
      const sources = run.operands;
      return { state: { limit, unit, left: limit, sourceCount: sources.length, opened: 0, held: [] }, sources };
    },
    open(run, state, source) {
      const isNamed = run.options.has('v') || (state.sourceCount > 1 && !run.options.has('q'));
      const name = source === '-' ? 'standard input' : source;
      if (isNamed) run.out(`${state.opened > 0 ? '\n' : ''}==> ${name} <==\n`);
      return { ...state, left: state.limit, opened: state.opened + 1, held: [] };
    },
    line(run, state, line) {
      const text = whole(line);
      if (state.limit < 0) {
        const held = [...state.held, text];
        if (held.length > -state.limit) run.out(held.shift() ?? '');
        return { ...state, held };
      }
      if (state.left <= 0) return state;
      run.out(state.unit === 'bytes' ? text.slice(0, state.left) : text);
      return { ...state, left: state.left - (state.unit === 'bytes' ? text.length : 1) };
    },
    isDone: ({ limit, left, sourceCount }) => limit >= 0 && left <= 0 && sourceCount <= 1,
    complain: (run, source, reason) =>
      reason === 'Is a directory'
        ? run.complain(`error reading '${source}': ${reason}`)
        : run.complain(`cannot open '${source}' for reading: ${reason}`),
  },
);
