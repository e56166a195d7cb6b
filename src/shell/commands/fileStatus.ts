/** What is known of a file besides its contents. */
import type { FileNode } from '../../kernel/fileSystem.ts';
import { asDirectory } from '../../kernel/fileSystem.ts';

/** Bytes; a folder takes a block. */
export const sizeOf = (node: FileNode): number => (node.kind === 'file' ? node.sizeInBytes : 4096);

/** `-rw-r--r--`. */
export function modeOf(node: FileNode): string {
  if (node.kind !== 'file') return 'drwxr-xr-x';
  return node.isExecutable ? '-rwxr-xr-x' : '-rw-r--r--';
}

/** Bytes on disk in whole blocks of 4 KiB, with all that a folder holds. */
export function diskUsage(node: FileNode): number {
  const own = Math.ceil(sizeOf(node) / 4096) * 4096;
  const directory = asDirectory(node);
  return directory === undefined
    ? own
    : [...directory.entries.values()].reduce((sum, child) => sum + diskUsage(child), own);
}
