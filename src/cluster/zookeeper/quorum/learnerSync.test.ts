import { describe, expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../protocol/zookeeper.ts';
import { noZxid } from '../../protocol/zookeeper.ts';
import type { ZkDatabase } from '../database.ts';
import { appendToLog, emptyDatabase, fastForward, openLog, takeSnapshot, truncateDatabase } from '../database.ts';
import { findZnode } from '../znodeTree.ts';
import { planSync } from './learnerSync.ts';
import { firstZxidOf } from './quorumMessages.ts';

const zxid = (epoch: number, counter: number): Zxid => (firstZxidOf(epoch) + counter) as Zxid;

/** A log of creations, `/e.c` at the zxid of epoch e and counter c. */
function databaseOf(...zxids: readonly (readonly [epoch: number, counter: number])[]): ZkDatabase {
  let database = takeSnapshot(emptyDatabase, 0);
  for (const [epoch, counter] of zxids) {
    const change = {
      op: 'create',
      path: `/${epoch}.${counter}`,
      data: '',
      acl: [],
      ephemeralOwner: '0x0' as SessionId,
    } as const;
    const txn = {
      zxid: zxid(epoch, counter),
      timeMs: 0,
      session: '0x1' as SessionId,
      cxid: 0,
      body: { kind: 'change', change },
    } as const;
    if (database.logs.length === 0) database = openLog(database, txn.zxid);
    database = fastForward(appendToLog(database, txn));
  }
  return database;
}
const leading = (database: ZkDatabase, epoch: number): ZkDatabase => ({ ...database, lastZxid: firstZxidOf(epoch) });

const plan = (peer: Zxid, database: ZkDatabase, after: Zxid = noZxid) => {
  const { kind, zxid: sent, proposals } = planSync(peer, database, after);
  return [kind, sent, ...proposals.map((one) => one.zxid)];
};

describe('a leader', () => {
  const history = databaseOf([1, 1], [1, 2], [1, 3], [2, 1]);

  test('sends nothing to a learner that has all', () => {
    expect(plan(zxid(2, 1), history)).toEqual(['DIFF', zxid(2, 1)]);
  });

  test('sends what a learner lacks', () => {
    expect(plan(zxid(1, 2), history)).toEqual(['DIFF', zxid(2, 1), zxid(1, 3), zxid(2, 1)]);
  });

  test('sends what a former leader lacks that had begun an epoch', () => {
    expect(plan(zxid(2, 0), history)).toEqual(['DIFF', zxid(2, 1), zxid(2, 1)]);
  });

  test('cuts off what goes beyond its own history', () => {
    expect(plan(zxid(1, 5), leading(databaseOf([1, 1], [1, 2]), 2))).toEqual(['TRUNC', zxid(1, 2)]);
  });

  test('cuts off what differs from its own history, and sends what follows', () => {
    expect(plan(zxid(1, 4), databaseOf([1, 1], [1, 2], [1, 5]))).toEqual(['TRUNC', zxid(1, 2), zxid(1, 5)]);
  });

  test('sends everything to a learner that left its history in an earlier epoch', () => {
    expect(plan(zxid(1, 7), history)).toEqual(['SNAP', zxid(2, 1)]);
  });

  test('sends everything to a learner that is new, when it has begun an epoch itself', () => {
    expect(plan(noZxid, leading(databaseOf(), 1))).toEqual(['SNAP', zxid(1, 0)]);
  });

  test('reads the newest log file for a learner that lacks more than it keeps in memory', () => {
    expect(plan(zxid(1, 1), history, zxid(1, 3))).toEqual(['DIFF', zxid(2, 1), zxid(1, 2), zxid(1, 3), zxid(2, 1)]);
    expect(plan(zxid(1, 1), openLog(history, zxid(2, 1)), zxid(1, 3))).toEqual(['SNAP', zxid(2, 1)]);
  });
});

describe('a truncated database', () => {
  test('is as it was then', () => {
    const truncated = truncateDatabase(databaseOf([1, 1], [1, 2], [1, 3]), zxid(1, 2))!;

    const { applied: _log, ...was } = databaseOf([1, 1], [1, 2]);
    expect(truncated).toMatchObject(was);
    expect(findZnode(truncated.tree, '/1.3')).toBeUndefined();
  });

  test('cannot go back before the snapshot that a leader sent', () => {
    const sent = { ...databaseOf([1, 1], [1, 2]), logStart: zxid(1, 2), snapshots: [] };
    expect(truncateDatabase(takeSnapshot(sent, 0), zxid(1, 1))).toBeNull();
  });
});
