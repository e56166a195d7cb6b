import { describe, expect, test } from 'vitest';
import type { ReplicationPicture, ReplicationReplica } from '../../../cluster/broker/pictureOfReplication.ts';
import type { ReplicationHistory } from '../../../views/replication/layout.ts';
import { situationOf } from './situation.ts';

const replica = (
  broker: number,
  end: number,
  known: number | null,
  change: Partial<ReplicationReplica> = {},
): ReplicationReplica => ({
  replica: {
    broker,
    role: known === null ? 'leader' : 'follower',
    isInSync: true,
    leaderEpoch: 4,
    highWatermark: 6,
    logStartOffset: 0,
    logEndOffset: end,
    divergesAt: null,
    log: null,
  },
  health: 'running',
  epochs: [],
  known: known === null ? null : { logEndOffset: known, lastCaughtUpMs: null, lastFetchMs: null },
  exchange: null,
  ...change,
});
const partition = (
  replicas: readonly ReplicationReplica[],
  change: Partial<ReplicationPicture> = {},
): ReplicationPicture => ({
  topic: 'paiements',
  partition: 0,
  leader: 2,
  leaderEpoch: 4,
  isr: replicas.filter((one) => one.replica.isInSync).map((one) => one.replica.broker),
  pendingIsr: null,
  replicas,
  minInSyncReplicas: 1,
  replicaLagTimeMaxMs: 30_000,
  waiting: [],
  ...change,
});
const noHistory: ReplicationHistory = { leaders: new Map(), truncations: new Map() };
const outOfSync = (of: ReplicationReplica): ReplicationReplica => ({
  ...of,
  replica: { ...of.replica, isInSync: false },
});

describe('what is said of a partition’s replication', () => {
  test('is that a follower copies, as long as the leader does not know that it has all', () => {
    const picture = partition([replica(2, 7, null), replica(0, 7, 6)]);

    expect(situationOf(picture, noHistory)).toEqual({ kind: 'copying', brokers: [0], highWatermark: 6, end: 7 });
  });

  test('is that all have all, once their next fetches have said so', () => {
    expect(situationOf(partition([replica(2, 7, null), replica(0, 7, 7)]), noHistory)).toEqual({
      kind: 'inSync',
      end: 7,
    });
  });

  test('is a replica’s records that its leader never had, before anything else', () => {
    const back = replica(1, 10, 10);
    const returned = { ...back, replica: { ...back.replica, divergesAt: 8 } };
    const picture = partition([replica(2, 13, null), outOfSync(returned)], { minInSyncReplicas: 2 });

    expect(situationOf(picture, noHistory)).toMatchObject({
      kind: 'diverging',
      broker: 1,
      from: 8,
      to: 10,
      isCut: false,
    });
  });

  test('goes on about those records after they were cut, until others are copied in their place', () => {
    const history: ReplicationHistory = { ...noHistory, truncations: new Map([[1, { from: 10, to: 8 }]]) };
    const cut = partition([replica(2, 13, null), outOfSync(replica(1, 8, 8))]);
    const copied = partition([replica(2, 13, null), outOfSync(replica(1, 13, 8))]);

    expect([cut, copied].map((picture) => situationOf(picture, history).kind)).toEqual(['diverging', 'outOfSync']);
  });

  test('is the minimum of the ISR when acks=all is refused for it', () => {
    const picture = partition([replica(2, 7, null), outOfSync(replica(0, 5, 5))], { minInSyncReplicas: 2 });

    expect(situationOf(picture, noHistory)).toEqual({ kind: 'underMinIsr', isrCount: 1, minInSyncReplicas: 2 });
  });

  test('is that nobody leads, when nobody does', () => {
    expect(situationOf(partition([replica(2, 7, 7)], { leader: -1 }), noHistory)).toEqual({
      kind: 'noLeader',
      isr: [2],
    });
  });
});
