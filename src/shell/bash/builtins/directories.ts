/** `cd` and `pwd`. */
import { asDirectory, findNode, resolvePath } from '../../../kernel/fileSystem.ts';
import type { Builtin } from '../builtin.ts';
import { failure, ok } from '../builtin.ts';
import { labelOf, lookUp, withVariable } from '../shell.ts';

export const cd: Builtin = (call) => {
  const { shell, files } = call;
  const args = call.argv.slice(1).filter((arg) => arg !== '--' && arg !== '-P' && arg !== '-L');
  const [target, extra] = args;
  if (extra !== undefined) return failure(call, 'cd: too many arguments');
  if (target !== undefined && /^-.+/.test(target))
    return {
      exitCode: 2,
      stderr: `${labelOf(shell)}cd: ${target.slice(0, 2)}: invalid option\ncd: usage: cd [-L|[-P [-e]] [-@]] [dir]\n`,
    };
  const wanted = target === undefined ? lookUp(shell, 'HOME') : target === '-' ? lookUp(shell, 'OLDPWD') : target;
  if (wanted === undefined) return failure(call, `cd: ${target === undefined ? 'HOME' : 'OLDPWD'} not set`);
  if (wanted === '') return ok;
  const path = resolvePath(shell.cwd, wanted);
  const node = findNode(files, path);
  if (node === undefined) return failure(call, `cd: ${wanted}: No such file or directory`);
  if (asDirectory(node) === undefined) return failure(call, `cd: ${wanted}: Not a directory`);
  const moved = withVariable(withVariable({ ...shell, cwd: path }, 'OLDPWD', shell.cwd), 'PWD', path);
  return { exitCode: 0, shell: moved, ...(target === '-' ? { stdout: `${path}\n` } : {}) };
};

export const pwd: Builtin = ({ shell, argv }) => {
  const wrong = argv.slice(1).find((arg) => arg.startsWith('-') && !/^-[LP]+$/.test(arg));
  if (wrong !== undefined)
    return {
      exitCode: 2,
      stderr: `${labelOf(shell)}pwd: ${wrong.slice(0, 2)}: invalid option\npwd: usage: pwd [-LP]\n`,
    };
  return { exitCode: 0, stdout: `${shell.cwd}\n` };
};
