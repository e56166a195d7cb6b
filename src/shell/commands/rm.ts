/** `rm`. */
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';

export const rm = command(
  {
    name: 'rm',
    help: `Usage: rm [OPTION]... [FILE]...
Remove (unlink) the FILE(s).

  -d, --dir         remove empty directories
  -f, --force       ignore nonexistent files and arguments
  -r, -R, --recursive  remove directories and their contents recursively
  -v, --verbose     explain what is being done
`,
    flags: 'rRfvdI',
    long: { recursive: 'r', force: 'f', verbose: 'v', dir: 'd' },
  },
  (run) => {
    if (run.operands.length === 0 && !run.options.has('f')) run.misuse('missing operand');
    for (const operand of run.operands) remove(run, operand);
  },
);

function remove(run: Run, operand: string): void {
  const { options } = run;
  const path = run.path(operand);
  const node = findNode(run.files, path);
  const isRecursive = options.has('r') || options.has('R');
  if (isRecursive && /(?:^|\/)\.\.?\/?$/.test(operand))
    return run.complain(`refusing to remove '.' or '..' directory: skipping '${operand}'`);
  if (isRecursive && path === '/')
    return run.complain(
      "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
    );
  if (node === undefined) {
    if (!options.has('f')) run.complain(`cannot remove '${operand}': No such file or directory`);
    return;
  }
  const directory = asDirectory(node);
  if (directory !== undefined && !isRecursive) {
    if (!options.has('d')) return run.complain(`cannot remove '${operand}': Is a directory`);
    if (directory.entries.size > 0) return run.complain(`cannot remove '${operand}': Directory not empty`);
  }
  if (!isWritable(run, path)) return run.complain(`cannot remove '${operand}': Permission denied`);
  run.change({ kind: 'remove', path });
  if (options.has('v')) run.out(`removed ${directory === undefined ? '' : 'directory '}'${operand}'\n`);
}

/** What a program keeps under a folder of its own is not removed piece by piece: the folder is. */
function isWritable(run: Run, path: string): boolean {
  const parent = findNode(run.files, path.slice(0, path.lastIndexOf('/')) || '/');
  return parent?.kind === 'directory' && !path.startsWith('/proc/');
}
