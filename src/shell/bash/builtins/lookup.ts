/** `type`, `history`, `hash`. */
import type { Builtin } from '../builtin.ts';
import { failure } from '../builtin.ts';
import { findInPath } from '../resolveCommand.ts';
import { labelOf, lookUp } from '../shell.ts';

const keywords = new Set(
  'if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc'.split(' '),
);

/** `type` needs to know of every builtin, of which it is one. */
export const typeOf =
  (isBuiltin: (name: string) => boolean): Builtin =>
  ({ shell, argv, files, commands }) => {
    const where = { files, cwd: shell.cwd, searchPath: lookUp(shell, 'PATH') ?? '', commands };
    const option = argv.slice(1).find((arg) => /^-[tapP]+$/.test(arg)) ?? '';
    let [stdout, stderr, isMissing] = ['', '', false];
    for (const name of argv.slice(1).filter((arg) => arg !== option)) {
      const path = findInPath(name, where);
      const alias = shell.aliases.get(name);
      const kind =
        alias !== undefined
          ? 'alias'
          : keywords.has(name)
            ? 'keyword'
            : shell.functions.has(name)
              ? 'function'
              : isBuiltin(name)
                ? 'builtin'
                : path === undefined
                  ? undefined
                  : 'file';
      if (kind === undefined) {
        isMissing = true;
        if (option === '' || option === '-a') stderr += `${labelOf(shell)}type: ${name}: not found\n`;
      } else if (option === '-t') stdout += `${kind}\n`;
      else if (/[pP]/.test(option)) stdout += path === undefined ? '' : `${path}\n`;
      else if (kind === 'alias') stdout += `${name} is aliased to \`${alias}'\n`;
      else if (kind === 'keyword') stdout += `${name} is a shell keyword\n`;
      else if (kind === 'function') stdout += `${name} is a function\n${shell.functions.get(name)?.text ?? ''}\n`;
      else if (kind === 'builtin') stdout += `${name} is a shell builtin\n`;
      else stdout += `${name} is ${path}\n`;
    }
    return { exitCode: isMissing ? 1 : 0, stdout, stderr };
  };

export const history: Builtin = (call) => {
  const { shell, argv } = call;
  const [, option] = argv;
  if (option === '-c') return { exitCode: 0, shell: { ...shell, history: [] } };
  const count = option === undefined ? shell.history.length : Number(option);
  if (!Number.isInteger(count)) return failure(call, `history: ${option}: numeric argument required`);
  const first = Math.max(0, shell.history.length - count);
  const lines = shell.history.slice(first).map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`);
  return { exitCode: 0, stdout: lines.join('') };
};
