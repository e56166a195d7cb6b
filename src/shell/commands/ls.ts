/** `ls`. */
import type { FileNode } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import { columnsOf } from '../text/columns.ts';
import { shortTime } from '../text/dates.ts';
import { humanSize } from '../text/humanSize.ts';
import { byName } from '../sorting.ts';
import { user } from '../environment.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';
import { modeOf, sizeOf } from './fileStatus.ts';
import { joined, sortedEntries } from './fileTree.ts';

const help = `Usage: ls [OPTION]... [FILE]...
List information about the FILEs (the current directory by default).

  -1                     list one file per line
  -a, --all              do not ignore entries starting with .
  -A, --almost-all       do not list implied . and ..
  -d, --directory        list directories themselves, not their contents
  -F, --classify         append indicator (one of */) to entries
  -h, --human-readable   with -l, print sizes like 1K 234M 2G
  -l                     use a long listing format
  -r, --reverse          reverse order while sorting
  -R, --recursive        list subdirectories recursively
  -S                     sort by file size, largest first
  -t                     sort by time, newest first
`;

interface Listed {
  readonly name: string;
  readonly node: FileNode;
}

export const ls = command(
  {
    name: 'ls',
    help,
    exitCodeOfMisuse: 2,
    flags: '1aAdFhlrRStCpgGnLBqNUxk',
    long: {
      all: 'a',
      'almost-all': 'A',
      directory: 'd',
      classify: 'F',
      'human-readable': 'h',
      reverse: 'r',
      recursive: 'R',
      color: 'N',
    },
  },
  (run) => {
    const operands = run.operands.length === 0 ? ['.'] : [...run.operands].sort(byName);
    const found: Listed[] = [];
    for (const operand of operands) {
      const node = findNode(run.files, run.path(operand));
      if (node === undefined) run.complain(`cannot access '${operand}': No such file or directory`, 2);
      else if (operand.endsWith('/') && node.kind === 'file')
        run.complain(`cannot access '${operand}': Not a directory`, 2);
      else found.push({ name: operand, node });
    }
    const isFile = ({ node }: Listed): boolean => run.options.has('d') || asDirectory(node) === undefined;
    const files = found.filter(isFile);
    const folders = sorted(
      run,
      found.filter((one) => !isFile(one)),
    );
    if (files.length > 0) list(run, sorted(run, files));
    const isTitled = operands.length > 1 || run.options.has('R');
    let isFirst = files.length === 0;
    for (const folder of folders) {
      listFolder(run, folder, { isTitled, isFirst });
      isFirst = false;
    }
  },
);

function listFolder(
  run: Run,
  folder: Listed,
  { isTitled, isFirst }: { readonly isTitled: boolean; readonly isFirst: boolean },
): void {
  if (!isFirst) run.out('\n');
  if (isTitled) run.out(`${folder.name}:\n`);
  const entries = sortedEntries(folder.node).map(([name, node]): Listed => ({ name, node }));
  const isShown = ({ name }: Listed): boolean => run.options.has('a') || run.options.has('A') || !name.startsWith('.');
  const implied: readonly Listed[] = run.options.has('a')
    ? ['.', '..'].map((name) => ({
        name,
        node: findNode(run.files, run.path(joined(folder.name, name))) ?? folder.node,
      }))
    : [];
  const listed = sorted(run, [...implied, ...entries.filter(isShown)]);
  if (run.options.has('l')) run.out(`total ${blocksOf(listed, run)}\n`);
  list(run, listed);
  if (!run.options.has('R')) return;
  for (const { name, node } of listed) {
    if (name === '.' || name === '..' || asDirectory(node) === undefined) continue;
    listFolder(run, { name: joined(folder.name, name), node }, { isTitled: true, isFirst: false });
  }
}

function sorted(run: Run, entries: readonly Listed[]): readonly Listed[] {
  const order = [...entries].sort((one, other) => {
    const byTime = other.node.modifiedAt - one.node.modifiedAt;
    const bySize = sizeOf(other.node) - sizeOf(one.node);
    const first = run.options.has('t') ? byTime : run.options.has('S') ? bySize : 0;
    return first === 0 ? byName(one.name, other.name) : first;
  });
  return run.options.has('r') ? order.reverse() : order;
}

/** Disk blocks of 1 KiB, 4 at a time. */
function blocksOf(entries: readonly Listed[], run: Run): string {
  const total = entries.reduce((sum, { node }) => sum + Math.ceil(sizeOf(node) / 4096) * 4, 0);
  return run.options.has('h') ? humanSize(total * 1024) : String(total);
}

function list(run: Run, entries: readonly Listed[]): void {
  const { options, input } = run;
  const mark = ({ node }: Listed): string => {
    if (options.has('F')) return node.kind === 'file' ? (node.isExecutable ? '*' : '') : '/';
    return options.has('p') && node.kind !== 'file' ? '/' : '';
  };
  if (options.has('l')) return listLong(run, entries, mark);
  const names = entries.map((entry) => entry.name + mark(entry));
  const isInColumns = (input.stdoutIsTerminal || options.has('C')) && !options.has('1');
  if (!isInColumns) return run.out(names.map((name) => `${name}\n`).join(''));
  run.out(columnsOf(names.map(quotedAtTerminal), Number(input.env['COLUMNS'] ?? '200')));
}

/** At a terminal names with blanks are quoted. */
const quotedAtTerminal = (name: string): string => (/[\s"$&*;<>?`|()]/.test(name) ? `'${name}'` : name);

function listLong(run: Run, entries: readonly Listed[], mark: (entry: Listed) => string): void {
  const rows = entries.map((entry) => ({
    mode: modeOf(entry.node),
    links: String(linksOf(entry.node)),
    size: run.options.has('h') ? humanSize(sizeOf(entry.node)) : String(sizeOf(entry.node)),
    time: shortTime(entry.node.modifiedAt, run.now),
    name: entry.name + mark(entry),
  }));
  const width = (of: (row: (typeof rows)[number]) => string): number =>
    rows.reduce((widest, row) => Math.max(widest, of(row).length), 0);
  const [links, size] = [width((row) => row.links), width((row) => row.size)];
  for (const row of rows)
    run.out(
      `${row.mode} ${row.links.padStart(links)} ${user} ${user} ${row.size.padStart(size)} ${row.time} ${row.name}\n`,
    );
}

/** A folder has a link from its parent, its own `.`, and `..` of each folder in it. */
function linksOf(node: FileNode): number {
  const directory = asDirectory(node);
  if (directory === undefined) return 1;
  return 2 + [...directory.entries.values()].filter((child) => child.kind !== 'file').length;
}
