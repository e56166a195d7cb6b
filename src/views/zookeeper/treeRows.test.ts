import { describe, expect, test } from 'vitest';
import type { ZnodePicture } from '../../cluster/zookeeper/pictureOfEnsemble.ts';
import { isOpenZnode, treeRows } from './treeRows.ts';

const node = (path: string, childCount = 0): ZnodePicture => ({
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
  depth: path === '/' ? 0 : path.split('/').length - 1,
  version: 0,
  data: null,
  owner: null,
  watchers: [],
  childCount,
});

describe('a znode is open', () => {
  test('on the way to brokers and topics, not in Kafka’s own topics or in configurations', () => {
    const open = (path: string): boolean => isOpenZnode(path, null, 1);

    expect(['/', '/brokers', '/brokers/ids', '/brokers/topics/t/partitions/0'].map(open)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['/config', '/brokers/topics/__consumer_offsets', '/brokers/topics/t/partitions/7'].map(open)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('on the way to the selected one, and the selected one itself', () => {
    expect(['/config', '/config/topics'].map((path) => isOpenZnode(path, '/config/topics', 1))).toEqual([true, true]);
    expect(isOpenZnode('/config/top', '/config/topics', 1)).toBe(false);
  });

  test('of a topic only while there are few', () => {
    expect(isOpenZnode('/brokers/topics/t', null, 3)).toBe(false);
    expect(isOpenZnode('/brokers/topics', null, 3)).toBe(true);
  });
});

describe('a deleted znode', () => {
  const znodes = [node('/', 2), node('/brokers', 1), node('/brokers/ids', 1), node('/brokers/ids/0'), node('/config')];
  const rowsOf = (...paths: readonly string[]): readonly string[] =>
    treeRows(
      znodes,
      paths.map((path) => ({ path, atUs: 5 })),
      (path) => isOpenZnode(path, null, 1),
    ).map(({ path, deletedUs }) => `${path}${deletedUs === null ? '' : ' gone'}`);

  test('stands after its brothers until it is forgotten', () => {
    expect(rowsOf('/brokers/ids/1', '/controller')).toEqual([
      '/',
      '/brokers',
      '/brokers/ids',
      '/brokers/ids/0',
      '/brokers/ids/1 gone',
      '/config',
      '/controller gone',
    ]);
  });

  test('is not shown where it has been created again, nor below a closed one', () => {
    expect(rowsOf('/brokers/ids/0', '/config/x')).toEqual(znodes.map(({ path }) => path));
  });
});
