import { describe, expect, test } from 'vitest';
import type { Socket } from '../../kernel/events.ts';
import type { WatchedEvent } from '../protocol/zookeeper.ts';
import type { WatchTrigger } from './transaction.ts';
import { emptyWatchTable, fireWatches, forgetWatcher, removeWatch, watchAlways, watchOnce } from './watchTable.ts';

const [a, b] = [1 as Socket, 2 as Socket];
const trigger = (on: 'data' | 'child', type: WatchedEvent['type'], path: string): WatchTrigger => ({
  on,
  event: { type, path },
  acl: [],
});
const deletion = [
  trigger('data', 'NodeDeleted', '/p/c'),
  trigger('child', 'NodeDeleted', '/p/c'),
  trigger('child', 'NodeChildrenChanged', '/p'),
];

describe('a watch', () => {
  test('fires once', () => {
    const table = watchOnce(emptyWatchTable, 'data', '/a', a);
    const change = [trigger('data', 'NodeDataChanged', '/a')];
    const first = fireWatches(table, change);

    expect(first.fired).toEqual([{ socket: a, event: { type: 'NodeDataChanged', path: '/a' }, acl: [] }]);
    expect(fireWatches(first.table, change).fired).toEqual([]);
  });

  test('on data and on children of a deleted znode tells its connection once', () => {
    const table = watchOnce(watchOnce(emptyWatchTable, 'data', '/p/c', a), 'child', '/p/c', a);

    expect(fireWatches(table, deletion).fired).toEqual([
      { socket: a, event: { type: 'NodeDeleted', path: '/p/c' }, acl: [] },
    ]);
  });

  test('of a parent hears of its children after them', () => {
    const table = watchOnce(watchOnce(emptyWatchTable, 'child', '/p', b), 'data', '/p/c', a);

    expect(fireWatches(table, deletion).fired).toEqual([
      { socket: a, event: { type: 'NodeDeleted', path: '/p/c' }, acl: [] },
      { socket: b, event: { type: 'NodeChildrenChanged', path: '/p' }, acl: [] },
    ]);
  });

  test('that is recursive hears of the whole subtree, again and again, and of no children', () => {
    const table = watchAlways(emptyWatchTable, 'PERSISTENT_RECURSIVE', '/p', a);
    const { fired, table: later } = fireWatches(table, deletion);

    expect(fired).toEqual([{ socket: a, event: { type: 'NodeDeleted', path: '/p/c' }, acl: [] }]);
    expect(later).toBe(table);
  });

  test('goes with its connection, or when it is taken back', () => {
    const table = watchOnce(watchOnce(emptyWatchTable, 'data', '/a', a), 'data', '/a', b);

    expect(forgetWatcher(forgetWatcher(table, a), b)).toEqual(emptyWatchTable);
    expect(removeWatch(table, 'Any', '/a', a)).toEqual(watchOnce(emptyWatchTable, 'data', '/a', b));
    expect(removeWatch(table, 'Children', '/a', a)).toBeNull();
  });
});
