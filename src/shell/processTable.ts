/**
 * The processes of the machine as programs see them: entries of `/proc`, one a process that runs, kept by the shells that start
 * processes. `ps`, `jps`, `kill` and the stop scripts read them.
 */
import type { ProcessId } from '../kernel/events.ts';
import type { FileChange, FileSystem, MountFormat } from '../kernel/fileSystem.ts';
import { asDirectory, emptyDirectory, findNode, mountAt, mountedValue, textFile } from '../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';
import { firstPid } from './environment.ts';
import { mainClassOf } from './kafkaFolder/scripts.ts';

export interface ProcessEntry {
  readonly process: ProcessId;
  readonly parent: ProcessId | null;
  readonly program: string;
  /** The program's name as it was typed first. */
  readonly argv: readonly string[];
  readonly terminal: string | null;
  readonly startedAt: VirtualTimeUs;
}

const processFormat: MountFormat<ProcessEntry> = {
  name: 'process',
  render: (entry, modifiedAt) => ({
    ...emptyDirectory(modifiedAt),
    entries: new Map([
      ['cmdline', textFile(`${commandLineOf(entry).replaceAll(' ', '\0')}\0`, modifiedAt)],
      ['comm', textFile(`${commandNameOf(entry)}\n`, modifiedAt)],
    ]),
  }),
};

export const pidOf = (process: ProcessId): number => firstPid + process;

/** The change that makes a process seen; nothing where the machine has no `/proc`. */
export function enterProcess(files: FileSystem, entry: ProcessEntry): readonly FileChange[] {
  if (findNode(files, '/proc')?.kind !== 'directory') return [];
  return [mountAt(`/proc/${pidOf(entry.process)}`, processFormat, entry, entry.startedAt)];
}

/** The change that makes a process unseen again. */
export function leaveProcess(files: FileSystem, process: ProcessId): readonly FileChange[] {
  const path = `/proc/${pidOf(process)}`;
  return findNode(files, path) === undefined ? [] : [{ kind: 'remove', path }];
}

/** The processes that run, by rising number. */
export function runningProcesses(files: FileSystem): readonly ProcessEntry[] {
  const names = [...(asDirectory(findNode(files, '/proc'))?.entries.keys() ?? [])];
  return names
    .map((name) => mountedValue(files, `/proc/${name}`, processFormat))
    .filter((entry) => entry !== undefined)
    .sort((one, other) => one.process - other.process);
}

/** What `ps` shows in its column COMMAND: a Java program's line begins with `java` and names its class. */
export function commandLineOf({ program, argv }: ProcessEntry): string {
  const mainClass = mainClassOf[program];
  return mainClass === undefined ? argv.join(' ') : ['java', mainClass, ...argv.slice(1)].join(' ');
}

/** Its short name: `java` for all of Kafka's tools and servers. */
export const commandNameOf = ({ program }: ProcessEntry): string =>
  mainClassOf[program] === undefined ? program : 'java';
