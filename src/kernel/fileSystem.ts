/**
 * The files of the one virtual machine: a persistent tree, so that a checkpoint is a reference and a change copies one path.
 * Structured data (a broker's log directory, a ZooKeeper data directory) is mounted as a value and rendered as files when somebody looks.
 */
import type { VirtualTimeUs } from './time.ts';

export interface TextFile {
  readonly kind: 'file';
  /** Called when read: the text of a rendered file need not exist before. */
  readonly text: () => string;
  readonly sizeInBytes: number;
  readonly isExecutable: boolean;
  readonly modifiedAt: VirtualTimeUs;
}
export interface Directory {
  readonly kind: 'directory';
  readonly entries: ReadonlyMap<string, FileNode>;
  readonly modifiedAt: VirtualTimeUs;
}
/** A value that stands for files. */
export interface Mount {
  readonly kind: 'mount';
  readonly format: MountFormat<unknown>;
  readonly value: unknown;
  readonly modifiedAt: VirtualTimeUs;
}
export type FileNode = TextFile | Directory | Mount;
export type FileSystem = Directory;

/** How a mounted value is shown as a directory. Made once per kind of value; the object itself is the key to read the value back. */
export interface MountFormat<V> {
  readonly name: string;
  render(value: V, modifiedAt: VirtualTimeUs): Directory;
}

export type FileChange =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly isExecutable?: boolean }
  | { readonly kind: 'append'; readonly path: string; readonly text: string }
  | { readonly kind: 'makeDirectory'; readonly path: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'place'; readonly path: string; readonly node: FileNode }
  | { readonly kind: 'touch'; readonly path: string };

/** A change that is plain data: all but placing a node. */
export type WritableChange = Exclude<FileChange, { readonly kind: 'place' }>;

export const emptyDirectory = (modifiedAt: VirtualTimeUs): Directory => ({
  kind: 'directory',
  entries: new Map(),
  modifiedAt,
});

export const textFile = (text: string, modifiedAt: VirtualTimeUs, isExecutable = false): TextFile => ({
  kind: 'file',
  text: () => text,
  sizeInBytes: utf8Length(text),
  isExecutable,
  modifiedAt,
});

/** The change that puts a value at a path, shown as files by its format. */
export const mountAt = <V>(path: string, format: MountFormat<V>, value: V, modifiedAt: VirtualTimeUs): FileChange => ({
  kind: 'place',
  path,
  node: { kind: 'mount', format, value, modifiedAt },
});

/** The value mounted at a path in that format, if there is one. */
export function mountedValue<V>(files: FileSystem, path: string, format: MountFormat<V>): V | undefined {
  const node = findNode(files, path);
  // The format object itself proves the type: only `mountAt` of the same format can have put the value there.
  return node?.kind === 'mount' && node.format === format ? (node.value as V) : undefined;
}

/** Absolute, without `.`, `..` or doubled slashes. A relative path starts at `cwd`. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function segments(path: string): string[] {
  const parts = path.split('/');
  return parts.includes('', 1) || parts[0] !== '' ? parts.filter((part) => part !== '') : parts.slice(1);
}

/** The entry at an absolute path, mounts left as they are; undefined where nothing is. */
export function findNode(files: FileSystem, path: string): FileNode | undefined {
  let node: FileNode = files;
  for (const part of segments(path)) {
    const directory = asDirectory(node);
    const child = directory?.entries.get(part);
    if (child === undefined) return undefined;
    node = child;
  }
  return node;
}

/** A directory or a mount as a directory; undefined for a file. */
export function asDirectory(node: FileNode | undefined): Directory | undefined {
  if (node?.kind === 'mount') return node.format.render(node.value, node.modifiedAt);
  return node?.kind === 'directory' ? node : undefined;
}

/** The text of a file, or undefined where there is no file. */
export function readText(files: FileSystem, path: string): string | undefined {
  const node = findNode(files, path);
  return node?.kind === 'file' ? node.text() : undefined;
}

/** Whether a text can be written at that absolute path: its directory exists, outside mounts, and no directory has its name. */
export function canHold(files: FileSystem, path: string): boolean {
  const parts = segments(path);
  const name = parts.pop();
  let directory: FileNode | undefined = files;
  for (const part of parts) directory = directory?.kind === 'directory' ? directory.entries.get(part) : undefined;
  if (name === undefined || directory?.kind !== 'directory') return false;
  const node = directory.entries.get(name);
  return node === undefined || node.kind === 'file';
}

/**
 * The tree after a change; a `move` replaces what was at its target. Throws when the parent directory is missing, or what is to be
 * moved: who asks looks first, and reports in the words of its tool.
 */
export function changeFiles(files: FileSystem, change: FileChange, now: VirtualTimeUs): FileSystem {
  switch (change.kind) {
    case 'write':
      return putAt(files, segments(change.path), now, (old) => {
        const isExecutable = change.isExecutable ?? (old?.kind === 'file' && old.isExecutable);
        return textFile(change.text, now, isExecutable);
      });
    case 'append':
      return putAt(files, segments(change.path), now, (old) => {
        if (old?.kind !== 'file') return textFile(change.text, now);
        const text = old.text() + change.text;
        return { ...old, text: () => text, sizeInBytes: old.sizeInBytes + utf8Length(change.text), modifiedAt: now };
      });
    case 'makeDirectory':
      return putAt(files, segments(change.path), now, (old) => old ?? emptyDirectory(now));
    case 'remove':
      return putAt(files, segments(change.path), now, () => undefined);
    case 'move': {
      const moved = findNode(files, change.from);
      if (moved === undefined) throw new Error(`Nothing at ${change.from} to move.`);
      const without = changeFiles(files, { kind: 'remove', path: change.from }, now);
      return putAt(without, segments(change.to), now, () => moved);
    }
    case 'place':
      return putAt(files, segments(change.path), now, () => change.node);
    case 'touch':
      return putAt(files, segments(change.path), now, (old) =>
        old === undefined ? textFile('', now) : { ...old, modifiedAt: now },
      );
  }
}

function putAt(
  directory: Directory,
  path: readonly string[],
  now: VirtualTimeUs,
  replace: (old: FileNode | undefined) => FileNode | undefined,
  depth = 0,
): Directory {
  const name = path[depth];
  if (name === undefined) throw new Error('The root directory cannot be replaced.');
  const old = directory.entries.get(name);
  let child: FileNode | undefined;
  if (depth === path.length - 1) child = replace(old);
  else if (old?.kind === 'directory') child = putAt(old, path, now, replace, depth + 1);
  else throw new Error(`No directory ${name} to hold ${path.slice(depth + 1).join('/')}.`);
  if (child === old) return directory;
  const entries = new Map(directory.entries);
  if (child === undefined) entries.delete(name);
  else entries.set(name, child);
  const sameNames = (old === undefined) === (child === undefined);
  return { ...directory, entries, modifiedAt: sameNames ? directory.modifiedAt : now };
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4;
      i++;
    } else length += 3;
  }
  return length;
}
