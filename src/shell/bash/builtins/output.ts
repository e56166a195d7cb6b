/** `echo`, `printf`, `test`, `[`, `true`, `false`, `:`. */
import { echoText } from '../../text/echo.ts';
import { printfText } from '../../text/printf.ts';
import { evaluateTest } from '../../text/test.ts';
import type { Builtin, BuiltinCall, BuiltinResult } from '../builtin.ts';
import { failure, ok } from '../builtin.ts';
import { labelOf, lookUp, withVariable } from '../shell.ts';

export const echo: Builtin = ({ argv }) => ({ exitCode: 0, stdout: echoText(argv.slice(1)) });

export const printf: Builtin = ({ shell, argv }) => {
  const variable = argv[1] === '-v' ? argv[2] : undefined;
  const [format, ...args] = argv.slice(variable === undefined ? (argv[1] === '--' ? 2 : 1) : 3);
  if (format === undefined) return { exitCode: 2, stderr: 'printf: usage: printf [-v var] format [arguments]\n' };
  const { text, errors } = printfText(format, args);
  const result: BuiltinResult = {
    exitCode: errors.length > 0 ? 1 : 0,
    stderr: errors.map((error) => `${labelOf(shell)}printf: ${error}\n`).join(''),
  };
  return variable === undefined
    ? { ...result, stdout: text }
    : { ...result, shell: withVariable(shell, variable, text) };
};

export const test: Builtin = (call) => verdict(call, call.argv.slice(1));

export const bracket: Builtin = (call) => {
  if (call.argv.at(-1) !== ']') return failure(call, "[: missing `]'", 2);
  return verdict(call, call.argv.slice(1, -1));
};

function verdict(call: BuiltinCall, args: readonly string[]): BuiltinResult {
  const { shell, files } = call;
  const result = evaluateTest(args, {
    files,
    cwd: shell.cwd,
    isVariableSet: (name) => lookUp(shell, name) !== undefined,
  });
  if ('error' in result) return failure(call, `${call.argv[0]}: ${result.error}`, 2);
  return { exitCode: result.holds ? 0 : 1 };
}

export const succeed: Builtin = () => ok;
export const fail: Builtin = () => ({ exitCode: 1 });
