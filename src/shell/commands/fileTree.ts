/** Walks through folders. */
import type { FileNode, FileSystem } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import { byName } from '../sorting.ts';

export interface Entry {
  /** As it would be typed: begins with the operand it was found under. */
  readonly path: string;
  readonly node: FileNode;
  readonly depth: number;
}

export const joined = (folder: string, name: string): string =>
  folder.endsWith('/') ? folder + name : `${folder}/${name}`;

/** A folder and all that is in it, folders before what they hold. Nothing where nothing is. */
export function entriesBelow(files: FileSystem, cwd: string, operand: string): readonly Entry[] {
  const node = findNode(files, resolvePath(cwd, operand));
  return node === undefined ? [] : walk(operand, node, 0);
}

function walk(path: string, node: FileNode, depth: number): readonly Entry[] {
  const directory = asDirectory(node);
  const inside = directory === undefined ? [] : sortedEntries(node);
  return [{ path, node, depth }, ...inside.flatMap(([name, child]) => walk(joined(path, name), child, depth + 1))];
}

/** The entries of a folder by name. */
export const sortedEntries = (node: FileNode): readonly (readonly [name: string, node: FileNode])[] =>
  [...(asDirectory(node)?.entries ?? [])].sort(([one], [other]) => byName(one, other));

/** The files under an operand; the operand itself where nothing is, so that it is complained of. */
export function filesBelow(files: FileSystem, cwd: string, operand: string): readonly string[] {
  const entries = entriesBelow(files, cwd, operand);
  if (entries.length === 0) return [operand];
  return entries.filter(({ node }) => node.kind === 'file').map(({ path }) => path);
}
