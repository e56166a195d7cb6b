/** `exit`, `break`, `continue`, `return`, `eval`, `source`, `exec`, `command`, `builtin`. */
import { findNode, resolvePath } from '../../../kernel/fileSystem.ts';
import type { Builtin, BuiltinCall, BuiltinResult } from '../builtin.ts';
import { failure, ok } from '../builtin.ts';
import { findInPath } from '../resolveCommand.ts';
import { labelOf, lookUp } from '../shell.ts';

const isWhole = (text: string): boolean => /^[-+]?\d+$/.test(text);
const code = (value: number): number => value & 0xff;

export const exit: Builtin = ({ shell, argv }) => {
  const [, given] = argv;
  const stderr = shell.isInteractive ? 'exit\n' : '';
  if (given === undefined) return { exitCode: shell.lastExit, stderr, control: { kind: 'exit', code: shell.lastExit } };
  if (!isWhole(given))
    return {
      exitCode: 2,
      stderr: `${stderr}${labelOf(shell)}exit: ${given}: numeric argument required\n`,
      control: { kind: 'exit', code: 2 },
    };
  return { exitCode: code(Number(given)), stderr, control: { kind: 'exit', code: code(Number(given)) } };
};

const isLooping = ({ shell }: BuiltinCall): boolean =>
  shell.frames.some(({ kind }) => kind === 'while' || kind === 'for' || kind === 'arithmeticFor');

function leaveLoop(call: BuiltinCall, kind: 'break' | 'continue'): BuiltinResult {
  if (!isLooping(call)) {
    const text = `${labelOf(call.shell)}${kind}: only meaningful in a \`for', \`while', or \`until' loop\n`;
    return { exitCode: 0, stderr: text };
  }
  return { ...ok, control: { kind, levels: Math.max(1, Number(call.argv[1] ?? '1') || 1) } };
}
export const breakLoop: Builtin = (call) => leaveLoop(call, 'break');
export const continueLoop: Builtin = (call) => leaveLoop(call, 'continue');

export const returnFrom: Builtin = (call) => {
  const { shell, argv } = call;
  if (!shell.frames.some(({ kind }) => kind === 'function' || kind === 'sourced'))
    return failure(call, "return: can only `return' from a function or sourced script", 2);
  const given = argv[1] === undefined ? shell.lastExit : Number(argv[1]);
  return { exitCode: code(given), control: { kind: 'return', code: code(given) } };
};

export const evaluate: Builtin = ({ argv }) => ({
  ...ok,
  control: { kind: 'run', text: argv.slice(1).join(' '), positional: null, isFile: false },
});

export const source: Builtin = (call) => {
  const [name, file, ...args] = call.argv;
  if (file === undefined)
    return {
      exitCode: 2,
      stderr: `${labelOf(call.shell)}${name}: filename argument required\n${name}: usage: ${name} filename [arguments]\n`,
    };
  const node = findNode(call.files, resolvePath(call.shell.cwd, file));
  if (node === undefined) return failure(call, `${file}: No such file or directory`);
  if (node.kind !== 'file') return failure(call, `${name}: ${file}: is a directory`);
  const positional = args.length > 0 ? args : null;
  return { ...ok, control: { kind: 'run', text: node.text(), positional, isFile: true } };
};

export const exec: Builtin = ({ argv }) =>
  argv.length === 1 ? ok : { ...ok, control: { kind: 'command', argv: argv.slice(1), endsShell: true } };

/** `command -v` needs to know of every builtin, of which it is one. */
export const command =
  (isBuiltin: (name: string) => boolean): Builtin =>
  (call) => {
    const { shell, files, commands } = call;
    const [first, ...rest] = call.argv.slice(1);
    if (first === undefined) return ok;
    if (first !== '-v') return { ...ok, control: { kind: 'command', argv: call.argv.slice(1), endsShell: false } };
    const where = { files, cwd: shell.cwd, searchPath: lookUp(shell, 'PATH') ?? '', commands };
    const found = rest.map((name) => (isBuiltin(name) || shell.functions.has(name) ? name : findInPath(name, where)));
    const lines = found.map((path) => (path === undefined ? '' : `${path}\n`));
    return { exitCode: found.at(-1) === undefined ? 1 : 0, stdout: lines.join('') };
  };

/** `let`: each argument an arithmetic expression. */
export const letBe: Builtin = (call) => {
  const expressions = call.argv.slice(1);
  if (expressions.length === 0) return failure(call, 'let: expression expected');
  const text = expressions.map((expression) => `((${expression}))`).join('; ');
  return { ...ok, control: { kind: 'run', text, positional: null, isFile: false } };
};

/** Bash has it, this one does not. */
export const notSimulated: Builtin = (call) => failure(call, `${call.argv[0]}: this builtin is not simulated`, 2);
