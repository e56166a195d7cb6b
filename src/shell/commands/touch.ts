/** `touch`. */
import { findNode } from '../../kernel/fileSystem.ts';
import { command } from './command.ts';

export const touch = command(
  {
    name: 'touch',
    help: 'Usage: touch [OPTION]... FILE...\nUpdate the modification time of each FILE to the current time.\n\n  -c, --no-create        do not create any files\n',
    flags: 'cam',
    long: { 'no-create': 'c' },
  },
  (run) => {
    if (run.operands.length === 0) run.misuse('missing file operand');
    for (const operand of run.operands) {
      const path = run.path(operand);
      const parent = findNode(run.files, path.slice(0, path.lastIndexOf('/')) || '/');
      if (findNode(run.files, path) === undefined && run.options.has('c')) continue;
      if (parent === undefined) run.complain(`cannot touch '${operand}': No such file or directory`);
      else if (parent.kind !== 'directory')
        run.complain(`cannot touch '${operand}': ${parent.kind === 'file' ? 'Not a directory' : 'Permission denied'}`);
      else run.change({ kind: 'touch', path });
    }
  },
);
