/** `sed`: the commands that a line of a course needs: s, d, p, q, a, i, c, y, =, with addresses and ranges; -n, -i, -e, -E. */
import { exit, read } from '../effects.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import type { SedCommand } from '../text/sedScript.ts';
import { parseSedScript, runSed } from '../text/sedScript.ts';
import { Run, beginRun } from './command.ts';
import type { Options } from './options.ts';
import { textOf } from './lineCommand.ts';

const help = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent      suppress automatic printing of pattern space
  -e, --expression=script    add the script to the commands to be executed
  -E, -r, --regexp-extended  use extended regular expressions in the script
  -i[SUFFIX], --in-place     edit files in place
  -s, --separate             consider files as separate

Simulated commands: s, d, p, q, a, i, c, y, =
`;

interface State {
  readonly input: ProcessInput;
  readonly options: Options;
  readonly commands: readonly SedCommand[];
  readonly text: string;
}

export const sed: Program = defineProgram<State | null>({
  startUpUs: startUpUsOf.smallCommand,
  start(input) {
    const given = input.argv.map((arg) => (/^-i./.test(arg) && !/^-i[nEr]/.test(arg) ? '-i' : arg));
    const run = beginRun(
      {
        name: 'sed',
        help,
        flags: 'nEris',
        valued: 'e',
        long: { quiet: 'n', silent: 'n', expression: 'e', 'regexp-extended': 'E', 'in-place': 'i', separate: 's' },
      },
      { ...input, argv: given },
    );
    if ('effects' in run) return { state: null, effects: run.effects };
    const { options } = run;
    const scripts = options.values('e');
    const script = scripts.length > 0 ? scripts.join('\n') : run.operands[0];
    if (script === undefined) return { state: null, effects: [...(run.error(help), run.takeEffects()), exit(1)] };
    const isExtended = options.has('E') || options.has('r');
    const commands = parseSedScript(script, { isExtended });
    if (typeof commands === 'string') {
      run.complain(`-e expression #1, ${commands}`);
      return { state: null, effects: [...run.takeEffects(), exit(1)] };
    }
    const files = scripts.length > 0 ? run.operands : run.operands.slice(1);
    if (files.length === 0) {
      if (!options.has('i')) return { state: { input, options, commands, text: '' }, effects: [read] };
      run.complain('no input files');
    }
    edit(run, commands, files);
    return { state: null, effects: [...run.takeEffects(), exit(run.exitCode)] };
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    if (event.type === 'STDIN') return { state: { ...state, text: state.text + event.text }, effects: [read] };
    if (event.type !== 'STDIN_CLOSED') return { state, effects: [] };
    const run = new Run(state.input, state.options, 'sed');
    const done = runSed(state.commands, state.text, { isQuiet: state.options.has('n') });
    run.out(done.text);
    return { state, effects: [...run.takeEffects(), exit(done.exitCode)] };
  },
});

function edit(run: Run, commands: readonly SedCommand[], files: readonly string[]): void {
  const isQuiet = run.options.has('n');
  const isInPlace = run.options.has('i');
  let joinedText = '';
  for (const file of files) {
    const found = textOf(run.files, run.path(file));
    if ('reason' in found) {
      const isFolder = found.reason === 'Is a directory';
      run.complain(isFolder ? `couldn't edit ${file}: not a regular file` : `can't read ${file}: ${found.reason}`, 2);
    } else if (isInPlace) {
      run.change({ kind: 'write', path: run.path(file), text: runSed(commands, found.text, { isQuiet }).text });
    } else joinedText += found.text;
  }
  if (isInPlace) return;
  const done = runSed(commands, joinedText, { isQuiet });
  run.out(done.text);
  if (run.exitCode === 0) run.exitCode = done.exitCode;
}
