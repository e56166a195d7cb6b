/** `env`, `which`, `nohup`, `sudo`: commands that run one other command, or ask a shell about it. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import type { CaughtSignal } from '../../kernel/events.ts';
import { changeFile, exit, print, printError, signalChild } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { resolvePath } from '../../kernel/fileSystem.ts';
import { delegate } from './delegate.ts';

/** `catches`: signals that do not end it before its child. */
const runsOne = (
  begin: (input: ProcessInput) => readonly KernelEffect[],
  catches: readonly CaughtSignal[] = [],
): Program =>
  defineProgram<null>({
    startUpUs: startUpUsOf.smallCommand,
    catches: ['SIGINT', 'SIGTERM', ...catches],
    start: (input) => ({ state: null, effects: begin(input) }),
    handle(state, event) {
      if (event.type === 'CHILD_EXITED') return { state, effects: [exit(event.exitCode)] };
      // Ctrl-C reaches the child by itself, and SIGHUP is what `nohup` is for.
      if (event.type === 'SIGNAL' && event.signal === 'SIGTERM') return { state, effects: [signalChild(1, 'SIGTERM')] };
      return { state, effects: [] };
    },
  });

export const env = runsOne((input) => {
  const args = input.argv.slice(1);
  let variables: Readonly<Record<string, string>> = input.env;
  if (args[0] === '-i' || args[0] === '-') {
    args.shift();
    variables = {};
  }
  for (let word = args[0]; word !== undefined && /^[A-Za-z_]\w*=/.test(word); word = args[0]) {
    const at = word.indexOf('=');
    variables = { ...variables, [word.slice(0, at)]: word.slice(at + 1) };
    args.shift();
  }
  if (args.length > 0) return [delegate(input, { child: 1, argv: args, env: { PATH: '/usr/bin:/bin', ...variables } })];
  return [
    print(
      Object.entries(variables)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    ),
    exit(0),
  ];
});

export const which = runsOne((input) => {
  const names = input.argv.slice(1).filter((arg) => !arg.startsWith('-'));
  return names.length === 0 ? [exit(1)] : [delegate(input, { child: 1, argv: ['type', '-P', ...names] })];
});

export const nohup = runsOne(
  (input) => {
    const args = input.argv.slice(1);
    if (args.length === 0)
      return [printError("nohup: missing operand\nTry 'nohup --help' for more information.\n"), exit(125)];
    if (!input.stdoutIsTerminal) return [delegate(input, { child: 1, argv: args, readsInput: false })];
    const outputFile = resolvePath(input.cwd, 'nohup.out');
    return [
      printError(`nohup: ignoring input and appending output to 'nohup.out'\n`),
      changeFile({ kind: 'append', path: outputFile, text: '' }),
      delegate(input, { child: 1, argv: args, readsInput: false, outputFile }),
    ];
  },
  ['SIGHUP'],
);

export const sudo = runsOne((input) => {
  const args = input.argv.slice(1).filter((arg, index) => index > 0 || !arg.startsWith('-'));
  return args.length === 0
    ? [printError('usage: sudo [command]\n'), exit(1)]
    : [delegate(input, { child: 1, argv: args })];
});
