import { describe, expect, test } from 'vitest';
import type { ClusterPicture, ReplicaPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture } from '../testing/mockupCluster.ts';
import { mockupScenes } from '../testing/mockupScenes.ts';
import { brokerColumns, groupRows, partitionRows, serverRows } from './rows.ts';

const replica = (broker: number, highWatermark: number, logEndOffset: number): ReplicaPicture => ({
  broker,
  role: broker === 1 ? 'leader' : 'follower',
  isInSync: true,
  leaderEpoch: 4,
  highWatermark,
  logStartOffset: 0,
  logEndOffset,
  divergesAt: null,
  log: null,
});
const picture: ClusterPicture = {
  now: 0 as VirtualTimeUs,
  zookeepers: [],
  brokers: [],
  topics: [
    {
      topic: 'paiements',
      isInternal: false,
      configs: {},
      partitions: [
        {
          topic: 'paiements',
          partition: 0,
          leader: 1,
          leaderEpoch: 4,
          isr: [1, 0],
          replicas: [replica(1, 6, 7), replica(0, 5, 7)],
        },
        { topic: 'paiements', partition: 1, leader: -1, leaderEpoch: 2, isr: [2], replicas: [replica(2, 3, 3)] },
      ],
    },
  ],
  producers: [],
  groups: [
    {
      group: 'audit',
      coordinator: 0,
      state: 'Empty',
      generationId: 2,
      protocol: null,
      members: [],
      committed: [
        { topic: 'paiements', partition: 1, offset: 3 },
        { topic: 'paiements', partition: 0, offset: 4 },
      ],
    },
    { group: 'neuf', coordinator: null, state: 'Dead', generationId: 0, protocol: null, members: [], committed: [] },
  ],
  tools: [],
  flights: [],
  impairedLinks: [],
};

describe('the table of partitions', () => {
  test('has a pair of columns for each broker, assigned ones that are not there included', () => {
    expect(brokerColumns(picture)).toEqual([0, 1, 2]);
  });

  test('gives each replica’s own high watermark and end, and no leader where there is none', () => {
    const rows = partitionRows(picture, [0, 1, 2]);

    expect(
      rows.map(({ leader, replicas, positions }) => [
        leader,
        replicas,
        positions.map((at) => at && [at.highWatermark, at.logEndOffset]),
      ]),
    ).toEqual([
      [1, [1, 0], [[5, 7], [6, 7], null]],
      [null, [2], [null, null, [3, 3]]],
    ]);
  });
});

describe('the table of groups', () => {
  test('counts the lag of a group without member up to the leader’s high watermark', () => {
    expect(groupRows(picture)).toEqual([
      { group: 'audit', state: 'Empty', topic: 'paiements', partition: 0, member: null, committed: 4, end: 6, lag: 2 },
      {
        group: 'audit',
        state: 'Empty',
        topic: 'paiements',
        partition: 1,
        member: null,
        committed: 3,
        end: null,
        lag: null,
      },
      { group: 'neuf', state: 'Dead' },
    ]);
  });
});

describe('the state of each replica', () => {
  test('is said in words: leader, in the ISR, out of it, or offline with its broker', () => {
    const topics = picture.topics.map((topic) => ({
      ...topic,
      partitions: topic.partitions.slice(0, 1).map((partition) => ({
        ...partition,
        replicas: [
          replica(0, 5, 7),
          replica(1, 6, 7),
          { ...replica(2, 5, 5), isInSync: false },
          { ...replica(3, 5, 5), role: 'offline' as const, isInSync: false },
        ],
      })),
    }));

    const [row] = partitionRows({ ...picture, topics }, [0, 1, 2, 3]);

    expect(row?.positions.map((at) => at?.state)).toEqual(['inSync', 'leader', 'outOfSync', 'offline']);
  });
});

describe('the table of servers', () => {
  test('has the ensemble with who leads it, then the brokers with their sessions', () => {
    const whole = mockupPicture(0 as VirtualTimeUs, 0);

    const rows = serverRows(mockupScenes.brokerDown(whole));

    expect(rows.map(({ name, health, role, session }) => [name, health, role, session])).toEqual([
      ['zk-1', 'running', 'follower', null],
      ['zk-2', 'running', 'leader', null],
      ['zk-3', 'running', 'follower', null],
      ['broker 0', 'running', 'controller', 'alive'],
      ['broker 1', 'dead', null, 'expired'],
      ['broker 2', 'running', null, 'alive'],
    ]);
  });
});
