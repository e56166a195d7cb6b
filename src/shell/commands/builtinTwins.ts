/** Programs of the same name as commands inside bash, for pipelines, `xargs` and the like: `echo`, `printf`, `test`, `pwd`, `true`, `false`. */
import { echoText } from '../text/echo.ts';
import { printfText } from '../text/printf.ts';
import { evaluateTest } from '../text/test.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';

const twin = (name: string) => ({ name, help: '', flags: '', readsItsOptions: true, ignoresHelp: true }) as const;

export const echo = command(twin('echo'), (run) => run.out(echoText(run.operands)));

export const printf = command(twin('printf'), (run) => {
  const [format, ...args] = run.operands;
  if (format === undefined) return run.misuse('missing operand');
  const { text, errors } = printfText(format, args);
  run.out(text);
  for (const error of errors) run.complain(error);
});

export const pwd = command(twin('pwd'), (run) => run.out(`${run.input.cwd}\n`));
export const succeed = command(twin('true'), () => {});
export const fail = command(twin('false'), (run) => {
  run.exitCode = 1;
});

function judge(run: Run, args: readonly string[]): void {
  const verdict = evaluateTest(args, {
    files: run.files,
    cwd: run.input.cwd,
    isVariableSet: (name) => run.input.env[name] !== undefined,
  });
  if ('error' in verdict) run.complain(verdict.error, 2);
  else run.exitCode = verdict.holds ? 0 : 1;
}
export const test = command(twin('test'), (run) => judge(run, run.operands));
export const bracket = command(twin('['), (run) => {
  if (run.operands.at(-1) === ']') judge(run, run.operands.slice(0, -1));
  else run.complain("missing ']'", 2);
});
