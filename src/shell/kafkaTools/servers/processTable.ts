/** The machine's processes as a program sees them: through `/proc`. */
import type { ProcessId } from '../../../kernel/events.ts';
import type { FileSystem } from '../../../kernel/fileSystem.ts';
import { asDirectory, findNode, readText } from '../../../kernel/fileSystem.ts';
import { firstPid } from '../../environment.ts';

export interface ListedProcess {
  readonly process: ProcessId;
  readonly program: string;
  readonly argv: readonly string[];
}

/** In the order of their pids. */
export function listProcesses(files: FileSystem): readonly ListedProcess[] {
  const directory = asDirectory(findNode(files, '/proc'));
  return [...(directory?.entries.keys() ?? [])]
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
    .map((pid) => ({
      process: (pid - firstPid) as ProcessId,
      program: (readText(files, `/proc/${pid}/comm`) ?? '').trim(),
      argv: (readText(files, `/proc/${pid}/cmdline`) ?? '')
        .split('\0')
        .filter((part, index, all) => part !== '' || index < all.length - 1),
    }));
}
