/** From the name of a command to what runs: a program of the simulator, a script, or bash's reason why nothing does. */
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import { isKafkaFolder } from '../kafkaFolder/kafkaFolder.ts';
import { scriptNames, scriptOfClass } from '../kafkaFolder/scripts.ts';

/** The programs there are, by what they are reached by. */
export interface Commands {
  /** Small commands, in `/usr/bin`. */
  readonly small: ReadonlySet<string>;
  /** What Kafka's scripts run: names of scripts without `.sh`. */
  readonly kafka: ReadonlySet<string>;
}

export type Resolved =
  | { readonly kind: 'program'; readonly program: string; readonly path: string }
  /** A text for bash to run. */
  | { readonly kind: 'script'; readonly path: string }
  /** In bash's words, after the name. */
  | { readonly kind: 'failure'; readonly reason: string; readonly exitCode: 126 | 127 };

/** The program that says which of Kafka's tools are not simulated. */
export const missingToolProgram = 'missing-kafka-tool';

interface Where {
  readonly files: FileSystem;
  readonly cwd: string;
  /** `PATH`. */
  readonly searchPath: string;
  readonly commands: Commands;
}

export function resolveCommand(name: string, args: readonly string[], where: Where): Resolved {
  if (name.includes('/')) return resolveFile(resolvePath(where.cwd, name), name, args, where);
  const path = findInPath(name, where);
  if (path === undefined) return { kind: 'failure', reason: 'command not found', exitCode: 127 };
  return resolveFile(path, path, args, where);
}

/** Where `which` finds a command: the first of `PATH` that has it. */
export function findInPath(name: string, { files, searchPath, commands }: Where): string | undefined {
  for (const folder of searchPath.split(':')) {
    const path = resolvePath(folder === '' ? '/' : folder, name);
    const node = findNode(files, path);
    if (node?.kind === 'file' && node.isExecutable) return path;
    if (isSmallCommand(path, commands)) return path;
  }
  return undefined;
}

const isSmallCommand = (path: string, { small }: Commands): boolean => {
  const [, name] = /^(?:\/usr)?\/bin\/([^/]+)$/.exec(path) ?? [];
  return name !== undefined && small.has(name);
};

function resolveFile(path: string, typed: string, args: readonly string[], { files, commands }: Where): Resolved {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isSmallCommand(path, commands)) return { kind: 'program', program: name, path };
  const node = findNode(files, path);
  if (node === undefined) return { kind: 'failure', reason: 'No such file or directory', exitCode: 127 };
  if (asDirectory(node) !== undefined) return { kind: 'failure', reason: 'Is a directory', exitCode: 126 };
  if (typed.endsWith('/')) return { kind: 'failure', reason: 'Not a directory', exitCode: 126 };
  if (node.kind === 'file' && !node.isExecutable)
    return { kind: 'failure', reason: 'Permission denied', exitCode: 126 };
  const program = kafkaProgramOf(path, args, files, commands);
  return program === undefined ? { kind: 'script', path } : { kind: 'program', program, path };
}

/** The program that a script of an unpacked Kafka runs; undefined for any other file. */
export function kafkaProgramOf(
  path: string,
  args: readonly string[],
  files: FileSystem,
  { kafka }: Commands,
): string | undefined {
  const [, folder, script] = /^(.*)\/bin\/([^/]+\.sh)$/.exec(path) ?? [];
  if (folder === undefined || script === undefined || !scriptNames.includes(script)) return undefined;
  if (!isKafkaFolder(findNode(files, folder === '' ? '/' : folder))) return undefined;
  const name = script.slice(0, -'.sh'.length);
  if (kafka.has(name)) return name;
  const byClass =
    name === 'kafka-run-class' ? scriptOfClass(args.find((arg) => !arg.startsWith('-')) ?? '') : undefined;
  return byClass !== undefined && kafka.has(byClass) ? byClass : missingToolProgram;
}
