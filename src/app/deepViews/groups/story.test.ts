import { describe, expect, test } from 'vitest';
import type { CoordinatedMember, CoordinationPicture } from '../../../cluster/coordinator/pictureOfCoordination.ts';
import type { GroupNow } from '../../../views/groups/layout.ts';
import { groupSituation } from './story.ts';

const member = (memberId: string, change: Partial<CoordinatedMember> = {}): CoordinatedMember => ({
  memberId,
  clientId: 'console-consumer',
  groupInstanceId: null,
  isLeader: memberId === 'a',
  sessionTimeoutMs: 45_000,
  expiresAt: null,
  awaits: null,
  assignment: [{ topic: 't', partition: memberId === 'a' ? 0 : 1 }],
  ...change,
});
const coordination = (...members: readonly CoordinatedMember[]): CoordinationPicture => ({
  offsetsPartition: 19,
  members,
  pendingCount: 0,
  rebalanceDueAt: null,
  retentionMs: 604_800_000,
});
const now = (state: string, of: CoordinationPicture | null, lag = 0): GroupNow => ({
  nowUs: 0,
  startedUs: 0,
  group: {
    group: 'g',
    coordinator: of === null ? null : 2,
    state,
    generationId: 3,
    protocol: 'range',
    members: [],
    committed: [],
  },
  coordination: of,
  events: [],
  knownSinceUs: 0,
  partitions: [{ name: 't P0', topic: 't', partition: 0, committed: 4, position: 4, end: 4 + lag, lag, leader: null }],
  members: ['a', 'b'].map((memberId, index) => ({
    process: index,
    number: index + 1,
    terminal: memberId,
    clientId: 'c',
    isThere: true,
    memberId,
  })),
});
const situation = (of: GroupNow) => groupSituation(of, ({ terminal }) => `reader ${terminal}`);

describe('what is said of a group', () => {
  test('is whom the coordinator still waits for, while it prepares', () => {
    expect(situation(now('PreparingRebalance', coordination(member('a'), member('b', { awaits: 'join' }))))).toEqual({
      kind: 'preparing',
      waiting: ['reader a'],
      joined: ['reader b'],
    });
  });

  test('is that its leader assigns, not the coordinator', () => {
    expect(situation(now('CompletingRebalance', coordination(member('a'), member('b'))))).toMatchObject({
      kind: 'completing',
      leader: 'reader a',
    });
  });

  test('is who is left without a partition, before any lag', () => {
    expect(situation(now('Stable', coordination(member('a'), member('b', { assignment: [] })), 5))).toEqual({
      kind: 'idle',
      names: ['reader b'],
      partitionCount: 1,
    });
  });

  test('is the lag, or that there is none', () => {
    const both = coordination(member('a'), member('b'));

    expect([5, 0].map((lag) => situation(now('Stable', both, lag)).kind)).toEqual(['behind', 'upToDate']);
  });

  test('is how long offsets are kept, when nobody is there', () => {
    expect(situation(now('Empty', coordination()))).toEqual({ kind: 'empty', retentionDays: 7 });
  });

  test('is that there is no coordinator, for a reader of its own', () => {
    expect(situation(now('', null))).toEqual({ kind: 'alone', name: 'reader a' });
  });
});
