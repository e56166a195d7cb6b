/** `tar`, for Kafka's archive: `-x`, `-t`, with `-z`, `-v`, `-f`, `-C` and `--strip-components`. */
import type { Directory, FileNode } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import { kafkaFolderName, unpackedKafka } from '../kafkaFolder/kafkaFolder.ts';
import { isKafkaArchive } from './archive.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';
import { sortedEntries } from './fileTree.ts';

const help = `Usage: tar [OPTION...] [FILE]...

  -x, --extract                extract files from an archive
  -t, --list                   list the contents of an archive
  -z, --gzip                   filter the archive through gzip
  -f, --file=ARCHIVE           use archive file ARCHIVE
  -C, --directory=DIR          change to directory DIR
  -v, --verbose                list files processed
      --strip-components=N     strip N leading components from file names on extraction
`;
const seeHelp = "Try 'tar --help' or 'tar --usage' for more information.";

export const tar = command({ name: 'tar', help, flags: '', readsItsOptions: true }, (run) => {
  const { letters, file, folder, strip, problem } = optionsOf(run.operands);
  if (problem !== null) return run.complain(`${problem}\n${seeHelp}`, 64);
  if (/[cruA]/.test(letters)) return run.complain('making archives is not simulated', 2);
  if (!/[xt]/.test(letters))
    return run.complain(`You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\n${seeHelp}`, 2);
  if (file === null)
    return run.complain(
      'Refusing to read archive contents from terminal (missing -f option?)\ntar: Error is not recoverable: exiting now',
      2,
    );
  const node = findNode(run.files, run.path(file));
  if (node === undefined) {
    run.error(`tar (child): ${file}: Cannot open: No such file or directory\n`);
    run.error('tar (child): Error is not recoverable: exiting now\n');
    run.complain('Child returned status 2\ntar: Error is not recoverable: exiting now', 2);
    return;
  }
  if (!isKafkaArchive(node)) {
    run.error('\ngzip: stdin: not in gzip format\n');
    run.complain('Child returned status 1\ntar: Error is not recoverable: exiting now', 2);
    return;
  }
  const archive = pathsOf(kafkaFolderName, unpackedKafka());
  if (letters.includes('t'))
    return run.out(archive.map(({ path, node: entry }) => `${path}${entry.kind === 'file' ? '' : '/'}\n`).join(''));
  const target = resolvePath(run.input.cwd, folder);
  if (asDirectory(findNode(run.files, target)) === undefined)
    return run.complain(
      `${folder}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
      2,
    );
  extract(run, archive, { target, strip, isVerbose: letters.includes('v') });
});

interface TarOptions {
  readonly letters: string;
  readonly file: string | null;
  readonly folder: string;
  readonly strip: number;
  readonly problem: string | null;
}

/** Letters may be bundled, with a dash or without; values follow in their order. */
function optionsOf(words: readonly string[]): TarOptions {
  const rest = [...words];
  let [letters, folder, strip] = ['', '.', 0];
  let file: string | null = null;
  let problem: string | null = null;
  for (let word = rest.shift(), isFirst = true; word !== undefined; word = rest.shift(), isFirst = false) {
    const [, long, value] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (long !== undefined) {
      const taken = (): string => value ?? rest.shift() ?? '';
      if (long === 'extract' || long === 'get') letters += 'x';
      else if (long === 'list') letters += 't';
      else if (long === 'gzip' || long === 'verbose') letters += long.charAt(0);
      else if (long === 'file') file = taken();
      else if (long === 'directory') folder = taken();
      else if (long === 'strip-components') strip = Number(taken());
      else problem = `unrecognized option '--${long}'`;
    } else if (word.startsWith('-') || isFirst) {
      for (const letter of word.replace(/^-/, '')) {
        if (letter === 'f') file = rest.shift() ?? null;
        else if (letter === 'C') folder = rest.shift() ?? '.';
        else if ('xtzvcruApkm'.includes(letter)) letters += letter;
        else problem = `invalid option -- '${letter}'`;
      }
    }
  }
  return { letters, file, folder, strip, problem };
}

interface Path {
  readonly path: string;
  readonly node: FileNode;
}

function pathsOf(path: string, node: Directory): readonly Path[] {
  return [
    { path, node },
    ...sortedEntries(node).flatMap(([name, child]): readonly Path[] =>
      child.kind === 'directory' ? pathsOf(`${path}/${name}`, child) : [{ path: `${path}/${name}`, node: child }],
    ),
  ];
}

function extract(
  run: Run,
  archive: readonly Path[],
  { target, strip, isVerbose }: { readonly target: string; readonly strip: number; readonly isVerbose: boolean },
): void {
  const root = archive[0];
  // All at once where nothing stands in the way; else name by name, over what is there.
  const isFree = strip === 0 && root !== undefined && findNode(run.files, resolvePath(target, root.path)) === undefined;
  if (isFree) run.change({ kind: 'place', path: resolvePath(target, root.path), node: root.node });
  for (const { path, node } of archive) {
    const kept = path.split('/').slice(strip).join('/');
    if (kept === '') continue;
    const to = resolvePath(target, kept);
    if (!isFree)
      run.change(node.kind === 'file' ? { kind: 'place', path: to, node } : { kind: 'makeDirectory', path: to });
    if (isVerbose) run.out(`${path}${node.kind === 'file' ? '' : '/'}\n`);
  }
}
