import { describe, expect, test } from 'vitest';
import type { SessionId, Zxid } from '../protocol/zookeeper.ts';
import { limitPathOf, parseStatsTrack, statPathOf, statsTrackText } from './quotas.ts';
import { applyTransaction, prepareTransaction, type WriteRequest } from './transaction.ts';
import { findZnode, initialTree, type ZnodeTree } from './znodeTree.ts';

const session = '0x1' as SessionId;
const stamp = { zxid: 1 as Zxid, timeMs: 0 };

const after = (requests: readonly WriteRequest[], tree: ZnodeTree = initialTree): ZnodeTree =>
  requests.reduce((current, request) => {
    const body = prepareTransaction(current, { session, identities: [] }, request, stamp);
    return applyTransaction(current, { ...stamp, session, body }).tree;
  }, tree);

const create = (path: string, data = ''): WriteRequest => ({ op: 'create', path, data, mode: 'PERSISTENT' });
const counted = (tree: ZnodeTree): string | null | undefined => findZnode(tree, statPathOf('/q'))?.data;

const withQuota = after([
  create('/q', 'four'),
  create('/q/old', 'x'),
  create('/zookeeper/quota/q'),
  create(limitPathOf('/q'), 'count=5,bytes=-1'),
  create(statPathOf('/q'), 'count=0,bytes=0'),
]);

describe('the figures beside a quota', () => {
  test('begin with what the subtree holds, its top included', () => {
    expect(counted(withQuota)).toBe('count=2,bytes=5');
  });

  test('go up with a new znode below, and down with it', () => {
    const grown = after([create('/q/old/new', 'ab')], withQuota);
    expect(counted(grown)).toBe('count=3,bytes=7');
    expect(counted(after([{ op: 'delete', path: '/q/old/new', version: -1 }], grown))).toBe('count=2,bytes=5');
  });

  test('follow the size of the data', () => {
    const shrunk = after([{ op: 'setData', path: '/q', data: 'f', version: -1 }], withQuota);
    expect(counted(shrunk)).toBe('count=2,bytes=2');
  });

  test('change no version of the znode that has them', () => {
    expect(findZnode(after([create('/q/a')], withQuota), statPathOf('/q'))?.version).toBe(0);
  });

  test('count nothing elsewhere', () => {
    expect(counted(after([create('/other', 'abc')], withQuota))).toBe('count=2,bytes=5');
  });
});

test('figures are read and written with the older ones first', () => {
  const text = 'count=2,bytes=-1=;byteHardLimit=-1;countHardLimit=4';
  expect(statsTrackText(parseStatsTrack(text))).toBe(text);
});
