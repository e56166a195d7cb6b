import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionId, ZkRequest, ZkResult } from '../protocol/zookeeper.ts';
import type { ZkDatabase } from './database.ts';
import { appendToLog, commitNext, emptyDatabase, nextZxid } from './database.ts';
import type { LoggedTxn, WatchTrigger, WriteRequest } from './transaction.ts';
import { prepareTransaction } from './transaction.ts';
import type { Znode, ZnodeTree } from './znodeTree.ts';
import { findZnode, statOf } from './znodeTree.ts';

const session = (n: number) => `0x1${'0'.repeat(13)}${n}` as SessionId;

interface Written {
  readonly database: ZkDatabase;
  readonly result: ZkResult;
  readonly triggers: readonly WatchTrigger[];
}
function write(database: ZkDatabase, request: WriteRequest, by = session(1)): Written {
  const stamp = { zxid: nextZxid(database), timeMs: nextZxid(database) * 1000 };
  const body = prepareTransaction(database.tree, { session: by, identities: [] }, request, stamp);
  return commit(database, { ...stamp, session: by, cxid: 1, body });
}
const commit = (database: ZkDatabase, txn: LoggedTxn) => commitNext(appendToLog(database, txn))!;
const after = (...requests: readonly WriteRequest[]): ZkDatabase =>
  requests.reduce((database, request) => write(database, request).database, emptyDatabase);
function close(database: ZkDatabase, closing: SessionId): ZkDatabase {
  const paths = [...(database.tree.ephemerals.get(closing) ?? [])];
  const zxid = nextZxid(database);
  return commit(database, { zxid, timeMs: 0, session: closing, cxid: 1, body: { kind: 'closeSession', paths } })
    .database;
}

const create = (path: string, mode: Extract<ZkRequest, { op: 'create' }>['mode'] = 'PERSISTENT') =>
  ({ op: 'create', path, data: null, mode }) as const;
const remove = (path: string, version = -1) => ({ op: 'delete', path, version }) as const;
const setData = (path: string, data: string, version = -1) => ({ op: 'setData', path, data, version }) as const;

describe('a new tree', () => {
  test('has /zookeeper, and a root whose cversion is −1', () => {
    expect(statOf(findZnode(emptyDatabase.tree, '/')!)).toMatchObject({ cversion: -1, numChildren: 1, czxid: 0 });
  });
});

describe('a request', () => {
  test.each<[string, ZkDatabase, WriteRequest, string]>([
    ['that creates below nothing', after(), create('/a/b'), 'NONODE'],
    ['that creates what exists', after(create('/a')), create('/a'), 'NODEEXISTS'],
    ['that creates below an ephemeral', after(create('/e', 'EPHEMERAL')), create('/e/a'), 'NOCHILDRENFOREPHEMERALS'],
    ['of a path that ends with a slash', after(create('/a')), create('/a/'), 'BADARGUMENTS'],
    ['of a relative path', after(), create('a'), 'BADARGUMENTS'],
    ['that deletes nothing', after(), remove('/a'), 'NONODE'],
    ['that deletes a parent', after(create('/a'), create('/a/b')), remove('/a'), 'NOTEMPTY'],
    ['that deletes another version', after(create('/a')), remove('/a', 3), 'BADVERSION'],
    ['that deletes /zookeeper/quota', after(), remove('/zookeeper/quota'), 'BADARGUMENTS'],
    ['that changes another version', after(create('/a'), setData('/a', 'x')), setData('/a', 'y', 0), 'BADVERSION'],
  ])('%s is refused', (_, database, request, error) => {
    const refused = write(database, request);

    expect(refused.result).toEqual({ error, response: null });
    expect(refused.database.tree).toBe(database.tree);
    expect(refused.database.lastZxid).toBe(database.lastZxid + 1);
  });
});

describe('a sequential znode', () => {
  test('is numbered by the children ever created under its parent, deleted or not', () => {
    const database = after(create('/demo'), create('/demo/ephemere', 'EPHEMERAL'), remove('/demo/ephemere'));
    const { result } = write(database, create('/demo/n-', 'PERSISTENT_SEQUENTIAL'));

    expect(result.response).toMatchObject({ op: 'create', path: '/demo/n-0000000001' });
  });
});

describe('a stat', () => {
  test('counts the creations and the deletions of children as changes', () => {
    const database = after(create('/a'), create('/a/b'), create('/a/c'), remove('/a/b'));

    expect(statOf(findZnode(database.tree, '/a')!)).toEqual({
      czxid: 1,
      mzxid: 1,
      pzxid: 4,
      ctime: 1000,
      mtime: 1000,
      version: 0,
      cversion: 3,
      aversion: 0,
      ephemeralOwner: '0x0',
      dataLength: 0,
      numChildren: 1,
    });
  });
});

describe('a multi', () => {
  test('does all at one zxid, each operation seeing those before it', () => {
    const { database, result } = write(emptyDatabase, {
      op: 'multi',
      ops: [create('/a'), create('/a/b'), setData('/a', 'x', 0), { op: 'check', path: '/a', version: 1 }],
    });

    expect(result.response).toMatchObject({
      op: 'multi',
      results: [{ path: '/a' }, { path: '/a/b' }, {}, { op: 'check' }],
    });
    expect(database.lastZxid).toBe(1);
    expect(findZnode(database.tree, '/a/b')?.czxid).toBe(1);
  });

  test('does nothing when one operation is refused, and says which', () => {
    const database = after(create('/b'));
    const refused = write(database, { op: 'multi', ops: [create('/a'), create('/b'), create('/c')] });

    expect(refused.database.tree).toBe(database.tree);
    expect(refused.result).toEqual({
      error: 'NODEEXISTS',
      response: {
        op: 'multi',
        results: [
          { op: 'error', error: 'OK' },
          { op: 'error', error: 'NODEEXISTS' },
          { op: 'error', error: 'RUNTIMEINCONSISTENCY' },
        ],
      },
    });
  });
});

describe('the end of a session', () => {
  test('removes its ephemerals in one transaction, and nothing else', () => {
    const database = [create('/e1', 'EPHEMERAL'), create('/p'), create('/p/e2', 'EPHEMERAL')].reduce(
      (current, request) => write(current, request, session(2)).database,
      write(emptyDatabase, create('/other', 'EPHEMERAL'), session(1)).database,
    );
    const closed = close(database, session(2));

    expect(pathsOf(closed.tree)).toEqual(['/other', '/p']);
    expect(closed.lastZxid).toBe(database.lastZxid + 1);
  });
});

describe('under random operations', () => {
  const names = fc.constantFrom('/a', '/b', '/a/x', '/a/y', '/b/x', '/a/x/z');
  const modes = fc.constantFrom('PERSISTENT', 'EPHEMERAL', 'PERSISTENT_SEQUENTIAL', 'EPHEMERAL_SEQUENTIAL' as const);
  const version = fc.constantFrom(-1, 0, 1);
  const writes: fc.Arbitrary<WriteRequest> = fc.oneof(
    fc.record({ op: fc.constant('create' as const), path: names, data: fc.constant(null), mode: modes }),
    fc.record({ op: fc.constant('delete' as const), path: names, version }),
    fc.record({ op: fc.constant('setData' as const), path: names, data: fc.string(), version }),
  ) as fc.Arbitrary<WriteRequest>;
  const multis = fc.record({ op: fc.constant('multi' as const), ops: fc.array(writes, { maxLength: 4 }) });
  const steps = fc.array(
    fc.record({
      by: fc.integer({ min: 1, max: 3 }),
      request: fc.oneof(writes, multis as fc.Arbitrary<WriteRequest>),
      ends: fc.boolean(),
    }),
    { maxLength: 40 },
  );

  test('versions and zxids only grow, ephemerals die with their session, and parents exist', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        let database = emptyDatabase;
        for (const { by, request, ends } of taken) {
          const before = database;
          database = ends && by === 3 ? close(database, session(by)) : write(database, request, session(by)).database;

          expect(database.lastZxid).toBe(before.lastZxid + 1);
          expect(nodesOf(database.tree).filter((entry) => !hasOnlyGrown(before, database, entry))).toEqual([]);
          const ephemerals = nodesOf(database.tree).filter(([, { ephemeralOwner }]) => ephemeralOwner !== '0x0');
          expect(ephemerals.map(([path]) => path).sort()).toEqual(
            [...database.tree.ephemerals.values()].flatMap((paths) => [...paths]).sort(),
          );
          expect(ephemerals.every(([, { children }]) => children.size === 0)).toBe(true);
          const isClosed = ends && by === 3;
          expect(isClosed && ephemerals.some(([, node]) => node.ephemeralOwner === session(3))).toBe(false);
          expect(nodesOf(database.tree).length + 3).toBe(database.tree.nodeCount);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Versions and zxids of a znode that was there before, and its zxids among themselves. */
function hasOnlyGrown(before: ZkDatabase, after: ZkDatabase, [path, node]: readonly [string, Znode]): boolean {
  const old = findZnode(before.tree, path);
  const isOrdered = node.czxid <= Math.min(node.mzxid, node.pzxid) && node.mzxid <= after.lastZxid;
  if (old === undefined || old.czxid !== node.czxid) return isOrdered;
  return (
    isOrdered && node.version >= old.version && node.childrenCreated >= old.childrenCreated && node.pzxid >= old.pzxid
  );
}

function nodesOf(tree: ZnodeTree): (readonly [string, Znode])[] {
  const below = (path: string, node: Znode): (readonly [string, Znode])[] =>
    [...node.children]
      .filter(([name]) => path !== '' || name !== 'zookeeper')
      .flatMap(([name, child]) => [[`${path}/${name}`, child] as const, ...below(`${path}/${name}`, child)]);
  return below('', tree.root);
}
const pathsOf = (tree: ZnodeTree): string[] =>
  nodesOf(tree)
    .map(([path]) => path)
    .sort();
