/** `du`, `df`, `stat`. */
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import { formatTime } from '../text/dates.ts';
import { humanSize } from '../text/humanSize.ts';
import { user } from '../environment.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';
import { diskUsage, modeOf, sizeOf } from './fileStatus.ts';
import { entriesBelow } from './fileTree.ts';

const sizeText = (run: Run, sizeInBytes: number): string =>
  run.options.has('h') ? humanSize(sizeInBytes) : String(Math.ceil(sizeInBytes / 1024));

export const du = command(
  {
    name: 'du',
    help: `Usage: du [OPTION]... [FILE]...
Summarize device usage of the set of FILEs, recursively for directories.

  -a, --all             write counts for all files, not just directories
  -c, --total           produce a grand total
  -d, --max-depth=N     print the total for a directory only if it is N or fewer levels below
  -h, --human-readable  print sizes in human readable format (e.g., 1K 234M 2G)
  -s, --summarize       display only a total for each argument
`,
    flags: 'achskbm',
    valued: 'd',
    long: { all: 'a', total: 'c', 'human-readable': 'h', summarize: 's', 'max-depth': 'd' },
  },
  (run) => {
    const maxDepth = run.options.has('s') ? 0 : Number(run.options.value('d') ?? Number.POSITIVE_INFINITY);
    let total = 0;
    for (const operand of run.operands.length === 0 ? ['.'] : run.operands) {
      // Deepest first, as du comes back from them.
      const entries = [...entriesBelow(run.files, run.input.cwd, operand)].reverse();
      if (entries.length === 0) run.complain(`cannot access '${operand}': No such file or directory`);
      for (const { path, node, depth } of entries) {
        const isShown = depth === 0 || asDirectory(node) !== undefined || run.options.has('a');
        if (isShown && depth <= maxDepth) run.out(`${sizeText(run, diskUsage(node))}\t${path}\n`);
        if (depth === 0) total += diskUsage(node);
      }
    }
    if (run.options.has('c')) run.out(`${sizeText(run, total)}\ttotal\n`);
  },
);

/** The disk of the simulated machine, in bytes. */
const diskInBytes = 64 * 1_073_741_824;

export const df = command(
  {
    name: 'df',
    help: 'Usage: df [OPTION]... [FILE]...\nShow information about the file system.\n\n  -h, --human-readable  print sizes in powers of 1024 (e.g., 1023M)\n',
    flags: 'hkT',
    long: { 'human-readable': 'h' },
  },
  (run) => {
    const used = diskUsage(run.files);
    const [size, free] = [sizeText(run, diskInBytes), sizeText(run, diskInBytes - used)];
    const title = run.options.has('h') ? 'Size' : '1K-blocks';
    const percent = `${Math.ceil((used * 100) / diskInBytes)}%`;
    const row = (cells: readonly [string, string, string, string, string]): string =>
      `${cells[0].padEnd(14)} ${cells[1].padStart(10)} ${cells[2].padStart(9)} ${cells[3].padStart(9)} ${cells[4].padStart(4)} `;
    run.out(`${row(['Filesystem', title, 'Used', run.options.has('h') ? 'Avail' : 'Available', 'Use%'])}Mounted on\n`);
    run.out(`${row(['/dev/vda', size, sizeText(run, used), free, percent])}/\n`);
  },
);

export const stat = command(
  {
    name: 'stat',
    help: 'Usage: stat [OPTION]... FILE...\nDisplay file status.\n\n  -c, --format=FORMAT   use FORMAT: %n name, %s size, %A mode, %F type, %y time, %Y seconds\n',
    flags: 't',
    valued: 'c',
    long: { format: 'c' },
  },
  (run) => {
    if (run.operands.length === 0) run.misuse('missing operand');
    for (const operand of run.operands) {
      const node = findNode(run.files, run.path(operand));
      if (node === undefined) {
        run.complain(`cannot statx '${operand}': No such file or directory`);
        continue;
      }
      const size = sizeOf(node);
      const type = node.kind === 'file' ? (size === 0 ? 'regular empty file' : 'regular file') : 'directory';
      const time = formatTime('%Y-%m-%d %H:%M:%S.%N +0000', node.modifiedAt);
      const octal = node.kind !== 'file' || node.isExecutable ? '0755' : '0644';
      const format = run.options.value('c');
      if (format !== undefined) {
        const values: Readonly<Record<string, string>> = {
          n: operand,
          s: String(size),
          A: modeOf(node),
          a: octal.slice(1),
          F: type,
          U: user,
          G: user,
          y: time,
          Y: formatTime('%s', node.modifiedAt),
        };
        run.out(`${format.replace(/%([a-zA-Z])/g, (whole, letter: string) => values[letter] ?? whole)}\n`);
        continue;
      }
      const blocks = Math.ceil(size / 4096) * 8;
      run.out(`  File: ${operand}\n`);
      run.out(`  Size: ${String(size).padEnd(10)}\tBlocks: ${String(blocks).padEnd(10)} IO Block: 4096   ${type}\n`);
      run.out(`Access: (${octal}/${modeOf(node)})  Uid: ( 1000/${user})   Gid: ( 1000/${user})\n`);
      run.out(`Modify: ${time}\n`);
    }
  },
);
