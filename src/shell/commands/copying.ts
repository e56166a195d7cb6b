/** `cp` and `mv`. */
import type { FileNode } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';
import { joined } from './fileTree.ts';

interface Transfer {
  readonly source: string;
  readonly from: string;
  readonly node: FileNode;
  /** As it is named in messages. */
  readonly target: string;
  readonly to: string;
}

/** What goes where; complaints are made here. */
function transfersOf(run: Run, isAllowed: (node: FileNode, source: string) => boolean): readonly Transfer[] {
  const operands = [...run.operands];
  const targetFolder = run.options.value('t');
  if (operands.length === 0) run.misuse('missing file operand');
  else if (operands.length === 1 && targetFolder === undefined)
    run.misuse(`missing destination file operand after '${operands[0]}'`);
  if (run.exitCode !== 0) return [];
  const target = targetFolder ?? operands.pop() ?? '';
  const targetNode = findNode(run.files, run.path(target));
  const isFolder = asDirectory(targetNode) !== undefined && !run.options.has('T');
  if (!isFolder && operands.length > 1) {
    run.complain(`target '${target}': ${targetNode === undefined ? 'No such file or directory' : 'Not a directory'}`);
    return [];
  }
  return operands.flatMap((source): readonly Transfer[] => {
    const from = run.path(source);
    const node = findNode(run.files, from);
    if (node === undefined) {
      run.complain(`cannot stat '${source}': No such file or directory`);
      return [];
    }
    if (!isAllowed(node, source)) return [];
    const name = from.slice(from.lastIndexOf('/') + 1);
    const named = isFolder ? joined(target, name) : target;
    const transfer = { source, from, node, target: named, to: run.path(named) };
    return isPossible(run, transfer) ? [transfer] : [];
  });
}

function isPossible(run: Run, { source, from, node, target, to }: Transfer): boolean {
  const existing = findNode(run.files, to);
  const parent = findNode(run.files, to.slice(0, to.lastIndexOf('/')) || '/');
  const isFile = asDirectory(node) === undefined;
  if (from === to) run.complain(`'${source}' and '${target}' are the same file`);
  else if (parent === undefined || (target.endsWith('/') && existing === undefined && isFile)) {
    const reason = parent === undefined ? 'No such file or directory' : 'Not a directory';
    if (run.name === 'mv') run.complain(`cannot move '${source}' to '${target}': ${reason}`);
    else run.complain(`cannot create ${isFile ? 'regular file' : 'directory'} '${target}': ${reason}`);
  } else if (parent.kind !== 'directory')
    run.complain(
      `cannot create regular file '${target}': ${parent.kind === 'file' ? 'Not a directory' : 'Permission denied'}`,
    );
  else if (existing?.kind === 'file' && !isFile)
    run.complain(`cannot overwrite non-directory '${target}' with directory '${source}'`);
  else if (existing !== undefined && existing.kind !== 'file' && isFile)
    run.complain(`cannot overwrite directory '${target}' with non-directory`);
  else if (to.startsWith(`${from}/`))
    run.complain(
      run.name === 'mv'
        ? `cannot move '${source}' to a subdirectory of itself, '${target}'`
        : `cannot copy a directory, '${source}', into itself, '${target}'`,
    );
  else return true;
  return false;
}

const help = (name: string, what: string, options: string): string => `Usage: ${name} [OPTION]... SOURCE DEST
  or:  ${name} [OPTION]... SOURCE... DIRECTORY
${what}

${options}`;

export const cp = command(
  {
    name: 'cp',
    help: help(
      'cp',
      'Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.',
      '  -r, -R, --recursive   copy directories recursively\n  -n, --no-clobber      do not overwrite an existing file\n  -v, --verbose         explain what is being done\n',
    ),
    flags: 'rRavnfpuTi',
    valued: 't',
    long: { recursive: 'r', archive: 'a', verbose: 'v', 'no-clobber': 'n', force: 'f', 'target-directory': 't' },
  },
  (run) => {
    const isRecursive = ['r', 'R', 'a'].some((letter) => run.options.has(letter));
    const transfers = transfersOf(run, (node, source) => {
      const isAllowed = isRecursive || asDirectory(node) === undefined;
      if (!isAllowed) run.complain(`-r not specified; omitting directory '${source}'`);
      return isAllowed;
    });
    for (const { source, node, target, to } of transfers) {
      if (run.options.has('n') && findNode(run.files, to) !== undefined) continue;
      copyInto(run, node, to);
      if (run.options.has('v')) run.out(`'${source}' -> '${target}'\n`);
    }
  },
);

/** Folders that are there are filled, not replaced; what programs mounted is copied as plain files. */
function copyInto(run: Run, node: FileNode, to: string): void {
  const directory = asDirectory(node);
  if (directory === undefined) {
    run.change({ kind: 'place', path: to, node: { ...node, modifiedAt: run.now } });
    return;
  }
  run.change({ kind: 'makeDirectory', path: to });
  for (const [name, child] of directory.entries) copyInto(run, child, joined(to, name));
}

export const mv = command(
  {
    name: 'mv',
    help: help(
      'mv',
      'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
      '  -n, --no-clobber      do not overwrite an existing file\n  -v, --verbose         explain what is being done\n',
    ),
    flags: 'vnfuTi',
    valued: 't',
    long: { verbose: 'v', 'no-clobber': 'n', force: 'f', 'target-directory': 't' },
  },
  (run) => {
    for (const { source, from, target, to } of transfersOf(run, () => true)) {
      if (run.options.has('n') && findNode(run.files, to) !== undefined) continue;
      run.change({ kind: 'move', from, to });
      if (run.options.has('v')) run.out(`renamed '${source}' -> '${target}'\n`);
    }
  },
);
