/** `mkdir` and `rmdir`. */
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export const mkdir = command(
  {
    name: 'mkdir',
    help: `Usage: mkdir [OPTION]... DIRECTORY...
Create the DIRECTORY(ies), if they do not already exist.

  -p, --parents     no error if existing, make parent directories as needed
  -v, --verbose     print a message for each created directory
`,
    flags: 'pv',
    valued: 'm',
    long: { parents: 'p', verbose: 'v', mode: 'm' },
  },
  (run) => {
    if (run.operands.length === 0) run.misuse('missing operand');
    for (const operand of run.operands) make(run, operand);
  },
);

function make(run: Run, operand: string): void {
  const path = run.path(operand);
  const existing = findNode(run.files, path);
  const withParents = run.options.has('p');
  if (existing !== undefined) {
    if (!withParents || existing.kind === 'file') run.complain(`cannot create directory ‘${operand}’: File exists`);
    return;
  }
  const parts = path.split('/').slice(1);
  const firstDepth = withParents ? 1 : parts.length;
  for (let depth = firstDepth; depth <= parts.length; depth++) {
    const folder = `/${parts.slice(0, depth).join('/')}`;
    if (asDirectory(findNode(run.files, folder)) !== undefined) continue;
    const parent = findNode(run.files, parentOf(folder));
    if (parent === undefined) return run.complain(`cannot create directory ‘${operand}’: No such file or directory`);
    if (parent.kind !== 'directory')
      return run.complain(
        `cannot create directory ‘${operand}’: ${parent.kind === 'file' ? 'Not a directory' : 'Permission denied'}`,
      );
    run.change({ kind: 'makeDirectory', path: folder });
    if (run.options.has('v')) run.out(`mkdir: created directory '${depth === parts.length ? operand : folder}'\n`);
  }
}

export const rmdir = command(
  {
    name: 'rmdir',
    help: `Usage: rmdir [OPTION]... DIRECTORY...
Remove the DIRECTORY(ies), if they are empty.

  -v, --verbose     output a diagnostic for every directory processed
`,
    flags: 'vp',
    long: { verbose: 'v' },
  },
  (run) => {
    if (run.operands.length === 0) run.misuse('missing operand');
    for (const operand of run.operands) {
      const directory = asDirectory(findNode(run.files, run.path(operand)));
      const isThere = findNode(run.files, run.path(operand)) !== undefined;
      if (run.options.has('v')) run.out(`rmdir: removing directory, '${operand}'\n`);
      if (directory === undefined)
        run.complain(`failed to remove '${operand}': ${isThere ? 'Not a directory' : 'No such file or directory'}`);
      else if (directory.entries.size > 0) run.complain(`failed to remove '${operand}': Directory not empty`);
      else run.change({ kind: 'remove', path: run.path(operand) });
    }
  },
);
