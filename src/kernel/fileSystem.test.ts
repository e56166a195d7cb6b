import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileChange, FileSystem, MountFormat } from './fileSystem.ts';
import {
  asDirectory,
  canHold,
  changeFiles,
  emptyDirectory,
  findNode,
  mountAt,
  mountedValue,
  readText,
  resolvePath,
  textFile,
  utf8Length,
} from './fileSystem.ts';
import type { VirtualTimeUs } from './time.ts';
import { timeZero } from './time.ts';

const at = (us: number): VirtualTimeUs => us as VirtualTimeUs;
const filesAfter = (...changes: readonly FileChange[]): FileSystem =>
  changes.reduce((files, change, i) => changeFiles(files, change, at(i + 1)), emptyDirectory(timeZero));
const home = { kind: 'makeDirectory', path: '/home' } as const;

describe('the file system', () => {
  test('keeps what is written, and what is appended after it', () => {
    const files = filesAfter(
      home,
      { kind: 'write', path: '/home/notes', text: 'un\n', isExecutable: true },
      { kind: 'append', path: '/home/notes', text: 'été\n' },
    );

    expect(readText(files, '/home/notes')).toBe('un\nété\n');
    expect(findNode(files, '/home/notes')).toMatchObject({ sizeInBytes: 9, isExecutable: true, modifiedAt: 3 });
  });

  test('a change leaves the tree before it as it was, and shares what it does not touch', () => {
    const before = filesAfter(home, { kind: 'makeDirectory', path: '/tmp' });
    const after = changeFiles(before, { kind: 'write', path: '/tmp/a', text: '' }, at(9));

    expect([readText(before, '/tmp/a'), readText(after, '/tmp/a')]).toEqual([undefined, '']);
    expect(findNode(after, '/home')).toBe(findNode(before, '/home'));
  });

  test('a directory is modified when a name comes or goes, not when a file in it changes', () => {
    const files = filesAfter(
      home,
      { kind: 'write', path: '/home/a', text: '1' },
      { kind: 'write', path: '/home/a', text: '2' },
    );
    expect(findNode(files, '/home')?.modifiedAt).toBe(2);

    const without = changeFiles(files, { kind: 'remove', path: '/home/a' }, at(8));
    expect(findNode(without, '/home')?.modifiedAt).toBe(8);
  });

  test('moves a file or a directory, over what was there', () => {
    const files = filesAfter(
      home,
      { kind: 'write', path: '/home/a', text: 'a' },
      { kind: 'write', path: '/b', text: 'b' },
      { kind: 'move', from: '/home/a', to: '/b' },
      { kind: 'move', from: '/home', to: '/house' },
    );

    expect([readText(files, '/b'), findNode(files, '/home'), findNode(files, '/house')?.kind]).toEqual([
      'a',
      undefined,
      'directory',
    ]);
    expect(() => changeFiles(files, { kind: 'move', from: '/nothing', to: '/b' }, at(9))).toThrow(
      'Nothing at /nothing',
    );
  });

  test('touch makes an empty file, or renews the time of what is there', () => {
    const files = filesAfter({ kind: 'touch', path: '/a' }, { kind: 'touch', path: '/a' });

    expect(findNode(files, '/a')).toMatchObject({ kind: 'file', sizeInBytes: 0, modifiedAt: 2 });
  });

  test('refuses a change in a directory that does not exist, and says beforehand that it would', () => {
    const files = filesAfter(home, { kind: 'write', path: '/home/a', text: '' });

    expect(() => changeFiles(files, { kind: 'touch', path: '/tmp/a' }, at(9))).toThrow('No directory tmp');
    expect(['/tmp/a', '/home/a', '/home/b', '/home', '/home/a/b', '/'].map((path) => canHold(files, path))).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('shows a mounted value as files, and gives it back to whoever has its format', () => {
    const countFormat: MountFormat<number> = {
      name: 'count',
      render: (count, modifiedAt) => ({
        kind: 'directory',
        entries: new Map([['count', textFile(String(count), modifiedAt)]]),
        modifiedAt,
      }),
    };
    const files = filesAfter(home, mountAt('/home/log', countFormat, 42, at(2)));

    expect(readText(files, '/home/log/count')).toBe('42');
    expect(asDirectory(findNode(files, '/home/log'))?.entries.size).toBe(1);
    expect(mountedValue(files, '/home/log', countFormat)).toBe(42);
    expect(mountedValue(files, '/home/log', { ...countFormat })).toBeUndefined();
    expect(canHold(files, '/home/log/count')).toBe(false);
  });
});

test.each([
  ['/home', 'a/../b', '/home/b'],
  ['/home', './', '/home'],
  ['/home', '/tmp//x/', '/tmp/x'],
  ['/', '../..', '/'],
])('from %s, %s is %s', (cwd, path, resolved) => {
  expect(resolvePath(cwd, path)).toBe(resolved);
});

test('the length in UTF-8 is that of the encoder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
