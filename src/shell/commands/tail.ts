/** `tail`, also following files that grow. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import { exit, print, printError, read, setTimer } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import type { Run } from './command.ts';
import { beginRun } from './command.ts';
import { textOf } from './lineCommand.ts';

const help = `Usage: tail [OPTION]... [FILE]...
Print the last 10 lines of each FILE to standard output.

  -c, --bytes=[+]NUM   output the last NUM bytes; or use -c +NUM to start with byte NUM
  -f, --follow         output appended data as the file grows
  -F                   same as -f, but waits for a file that is not there
  -n, --lines=[+]NUM   output the last NUM lines; or use -n +NUM to start with line NUM
  -q, --quiet          never output headers giving file names
  -v, --verbose        always output headers giving file names
`;

/** Real tail looks once a second where it is not told of changes. */
const lookUs = 100_000;

interface Followed {
  readonly name: string;
  readonly path: string;
  /** Characters shown so far; null while the file is not there. */
  readonly shown: number | null;
}
interface State {
  readonly input: ProcessInput;
  readonly followed: readonly Followed[];
  readonly isNamed: boolean;
  /** Whose lines came last. */
  readonly latest: string;
  readonly stdin: string;
  readonly wanted: Wanted;
}
interface Wanted {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** Counted from the beginning. */
  readonly isFromStart: boolean;
}

export const tail: Program = defineProgram<State | null, { readonly type: 'LOOK' }>({
  startUpUs: startUpUsOf.smallCommand,
  start(input) {
    const run = beginRun(
      {
        name: 'tail',
        help,
        flags: 'fFqvr0123456789',
        valued: 'ncs',
        long: { lines: 'n', bytes: 'c', follow: 'f', quiet: 'q', silent: 'q', verbose: 'v' },
      },
      input,
    );
    if ('effects' in run) return { state: null, effects: run.effects };
    const wanted = wantedOf(run);
    if (wanted === null) return { state: null, effects: [...run.takeEffects(), exit(1)] };
    const isNamed = run.options.has('v') || (run.operands.length > 1 && !run.options.has('q'));
    const state: State = { input, followed: [], isNamed, latest: '', stdin: '', wanted };
    if (run.operands.length === 0 || (run.operands.length === 1 && run.operands[0] === '-'))
      return { state, effects: [read] };
    return showFiles(run, state);
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    switch (event.type) {
      case 'STDIN':
        return { state: { ...state, stdin: state.stdin + event.text }, effects: [read] };
      case 'STDIN_CLOSED':
        return { state, effects: [print(lastOf(state.stdin, state.wanted)), exit(0)] };
      case 'LOOK':
        return look(state, event.files);
      default:
        return { state, effects: [] };
    }
  },
});

function wantedOf(run: Run): Wanted | null {
  const { options } = run;
  const digits = options.given.filter((letter) => /\d/.test(letter)).join('');
  const unit = options.has('c') ? 'bytes' : 'lines';
  const given = options.value(unit === 'bytes' ? 'c' : 'n') ?? (digits === '' ? '10' : digits);
  if (!/^[-+]?\d+$/.test(given)) {
    run.complain(`invalid number of ${unit}: ‘${given}’`);
    return null;
  }
  return { unit, count: Math.abs(Number(given)), isFromStart: given.startsWith('+') };
}

function lastOf(text: string, { unit, count, isFromStart }: Wanted): string {
  if (unit === 'bytes')
    return isFromStart ? text.slice(Math.max(0, count - 1)) : text.slice(Math.max(0, text.length - count));
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return (isFromStart ? lines.slice(Math.max(0, count - 1)) : lines.slice(Math.max(0, lines.length - count))).join('');
}

function showFiles(run: Run, state: State): { readonly state: State; readonly effects: readonly KernelEffect[] } {
  const waits = run.options.has('F');
  const follows = waits || run.options.has('f');
  const followed: Followed[] = [];
  let latest = '';
  for (const [index, name] of run.operands.entries()) {
    const path = resolvePath(state.input.cwd, name);
    const found = textOf(run.files, path);
    if ('reason' in found) {
      if (found.reason === 'Is a directory') run.complain(`error reading '${name}': ${found.reason}`);
      else run.complain(`cannot open '${name}' for reading: ${found.reason}`);
      if (waits) followed.push({ name, path, shown: null });
      continue;
    }
    if (state.isNamed) run.out(`${index > 0 ? '\n' : ''}==> ${name} <==\n`);
    run.out(lastOf(found.text, state.wanted));
    followed.push({ name, path, shown: found.text.length });
    latest = name;
  }
  if (!follows) return { state, effects: [...run.takeEffects(), exit(run.exitCode)] };
  if (followed.length === 0) run.error('tail: no files remaining\n');
  const next = followed.length === 0 ? exit(1) : setTimer('look', lookUs, { type: 'LOOK' });
  return { state: { ...state, followed, latest }, effects: [...run.takeEffects(), next] };
}

/** Shows what the files have grown by since the last look. */
function look(state: State, files: FileSystem): { readonly state: State; readonly effects: readonly KernelEffect[] } {
  const effects: KernelEffect[] = [];
  let { latest } = state;
  const followed = state.followed.map((file): Followed => {
    const found = textOf(files, file.path);
    if ('reason' in found) return file;
    const { text } = found;
    if (file.shown === null) effects.push(printError(`tail: '${file.name}' has appeared;  following new file\n`));
    else if (text.length < file.shown) effects.push(printError(`tail: ${file.name}: file truncated\n`));
    const from = file.shown === null || text.length < file.shown ? 0 : file.shown;
    if (text.length > from) {
      if (state.isNamed && latest !== file.name) effects.push(print(`\n==> ${file.name} <==\n`));
      latest = file.name;
      effects.push(print(text.slice(from)));
    }
    return { ...file, shown: text.length };
  });
  effects.push(setTimer('look', lookUs, { type: 'LOOK' }));
  return { state: { ...state, followed, latest }, effects };
}
