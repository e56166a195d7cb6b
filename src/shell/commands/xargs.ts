/** `xargs`. */
import type { ProcessInput, Program } from '../../kernel/process.ts';
import { exit, read } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { beginRun } from './command.ts';
import { delegate } from './delegate.ts';
import type { Options } from './options.ts';

interface State {
  readonly input: ProcessInput;
  readonly options: Options;
  readonly text: string;
  /** Command lines still to run. */
  readonly waiting: readonly (readonly string[])[];
  readonly hasFailed: boolean;
  readonly nextChild: number;
}

export const xargs: Program = defineProgram<State | null>({
  startUpUs: startUpUsOf.smallCommand,
  start(input) {
    const run = beginRun(
      {
        name: 'xargs',
        help: `Usage: xargs [OPTION]... COMMAND [INITIAL-ARGS]...
Run COMMAND with arguments INITIAL-ARGS and more arguments read from input.

  -I R    replace R in INITIAL-ARGS with names read from standard input, one a line
  -n NUM  use at most NUM arguments per command line
  -r      if there are no arguments, do not run COMMAND
  -d D    items are separated by D, not by blanks
`,
        flags: 'rt0',
        valued: 'IndLP',
        long: { 'no-run-if-empty': 'r' },
        stopsAtOperand: true,
      },
      input,
    );
    if ('effects' in run) return { state: null, effects: run.effects };
    return {
      state: { input, options: run.options, text: '', waiting: [], hasFailed: false, nextChild: 1 },
      effects: [read],
    };
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    switch (event.type) {
      case 'STDIN':
        return { state: { ...state, text: state.text + event.text }, effects: [read] };
      case 'STDIN_CLOSED':
        return runNext({ ...state, waiting: commandLines(state.options, state.text) });
      case 'CHILD_EXITED':
        return runNext({ ...state, hasFailed: state.hasFailed || event.exitCode !== 0 });
      default:
        return { state, effects: [] };
    }
  },
});

function runNext(state: State): Outcome<State> {
  const [next, ...waiting] = state.waiting;
  if (next === undefined) return { state, effects: [exit(state.hasFailed ? 123 : 0)] };
  const { input, nextChild: child } = state;
  return {
    state: { ...state, waiting, nextChild: child + 1 },
    effects: [delegate(input, { child, argv: next, readsInput: false })],
  };
}

function commandLines(options: Options, text: string): readonly (readonly string[])[] {
  const base = options.operands.length === 0 ? ['echo'] : options.operands;
  const place = options.value('I');
  if (place !== undefined) {
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return lines.map((line) => base.map((word) => word.replaceAll(place, line)));
  }
  const separator = options.has('0') ? '\0' : options.value('d')?.replace(String.raw`\n`, '\n');
  const items =
    separator === undefined
      ? wordsOf(text)
      : text
          .replace(/\n$/, '')
          .split(separator)
          .filter((item) => item !== '');
  if (items.length === 0) return options.has('r') ? [] : [base];
  const size = Number(options.value('n') ?? items.length);
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => [...base, ...items.slice(index * size, (index + 1) * size)]);
}

/** Blanks separate; quotes and backslashes keep them. */
const wordsOf = (text: string): readonly string[] =>
  (text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/g) ?? []).map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, '$1$2$3'),
  );
