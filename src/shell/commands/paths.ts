/** `basename`, `dirname`, `realpath`. */
import { findNode } from '../../kernel/fileSystem.ts';
import { command } from './command.ts';

export const basename = command(
  {
    name: 'basename',
    help: 'Usage: basename NAME [SUFFIX]\nPrint NAME with any leading directory components removed.\n',
    flags: '',
  },
  (run) => {
    const [name, suffix = ''] = run.operands;
    if (name === undefined) return run.misuse('missing operand');
    const base = name.replace(/\/+$/, '').split('/').at(-1) ?? '';
    run.out(
      `${suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base || '/'}\n`,
    );
  },
);

export const dirname = command(
  {
    name: 'dirname',
    help: 'Usage: dirname NAME...\nOutput each NAME with its last non-slash component removed.\n',
    flags: '',
  },
  (run) => {
    if (run.operands.length === 0) return run.misuse('missing operand');
    for (const name of run.operands) {
      const trimmed = name.replace(/\/+$/, '');
      const at = trimmed.lastIndexOf('/');
      run.out(`${at < 0 ? '.' : trimmed.slice(0, at) || '/'}\n`);
    }
  },
);

export const realpath = command(
  { name: 'realpath', help: 'Usage: realpath FILE...\nPrint the absolute path of each FILE.\n', flags: 'emf' },
  (run) => {
    if (run.operands.length === 0) return run.misuse('missing operand');
    for (const operand of run.operands) {
      const parent = run.path(`${operand}/..`);
      if (findNode(run.files, parent) === undefined) run.complain(`${operand}: No such file or directory`);
      else run.out(`${run.path(operand)}\n`);
    }
  },
);
