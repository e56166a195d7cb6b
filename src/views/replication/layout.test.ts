import { describe, expect, test } from 'vitest';
import type { ReplicationPicture, ReplicationReplica } from '../../cluster/broker/pictureOfReplication.ts';
import type { LeaderEpoch, Offset } from '../../kafka/ids.ts';
import type { ReplicationHistory } from './layout.ts';
import { layoutReplication, offsetX } from './layout.ts';

const frame = { widthPx: 1100, heightPx: 800, unit: 1, isCompact: false };
const epochs = [
  { epoch: 3 as LeaderEpoch, startOffset: 0 as Offset },
  { epoch: 5 as LeaderEpoch, startOffset: 8 as Offset },
];
const replica = (broker: number, end: number, change: Partial<ReplicationReplica> = {}): ReplicationReplica => ({
  replica: {
    broker,
    role: broker === 2 ? 'leader' : 'follower',
    isInSync: true,
    leaderEpoch: 5,
    highWatermark: 6,
    logStartOffset: 0,
    logEndOffset: end,
    divergesAt: null,
    log: null,
  },
  health: 'running',
  epochs,
  known: null,
  exchange: null,
  ...change,
});
const diverging = (of: ReplicationReplica, divergesAt: number): ReplicationReplica => ({
  ...of,
  replica: { ...of.replica, divergesAt },
});
const picture = (...replicas: readonly ReplicationReplica[]): ReplicationPicture => ({
  topic: 'paiements',
  partition: 0,
  leader: 2,
  leaderEpoch: 5,
  isr: [2],
  pendingIsr: null,
  replicas,
  minInSyncReplicas: 1,
  replicaLagTimeMaxMs: 30_000,
  waiting: [],
});
const history: ReplicationHistory = { leaders: new Map([[5, 2]]), truncations: new Map() };

describe('the replicas of a partition', () => {
  test('stand in rows, the leader first, then as they are assigned', () => {
    const { rows } = layoutReplication(picture(replica(0, 5), replica(2, 7), replica(1, 7)), history, frame);

    expect(rows.map(({ seen }) => seen.replica.broker)).toEqual([2, 0, 1]);
    expect(new Set(rows.map(({ y }) => y)).size).toBe(3);
  });

  test('show their newest records when not all fit, with a free slot after the last', () => {
    const layout = layoutReplication(picture(replica(2, 500)), history, frame);

    expect([layout.first + layout.slots, offsetX(layout, layout.first)]).toEqual([502, layout.cellsX]);
  });
});

describe('the bands behind the records', () => {
  test('are the leader epochs of the leader’s checkpoint, with who led if that is known', () => {
    const layout = layoutReplication(picture(replica(2, 10)), history, frame);

    expect(layout.bands.map(({ epoch, leader }) => [epoch, leader])).toEqual([
      [3, null],
      [5, 2],
    ]);
    expect(layout.bands[1]?.x).toBe(offsetX(layout, 8) + 2);
  });
});

describe('records that a replica is to lose', () => {
  test('are marked while they are there, and after they were cut until others take their place', () => {
    const cut: ReplicationHistory = { ...history, truncations: new Map([[1, { from: 10, to: 8 }]]) };
    const lostOf = (of: ReplicationReplica, past: ReplicationHistory) =>
      layoutReplication(picture(replica(2, 13), of), past, frame).rows[1]?.lost;

    expect(lostOf(diverging(replica(1, 10), 8), history)).toEqual({ from: 8, to: 10, isCut: false });
    expect(lostOf(replica(1, 8), cut)).toEqual({ from: 8, to: 10, isCut: true });
    expect(lostOf(replica(1, 13), cut)).toBeNull();
  });
});

describe('what a follower and its leader say to each other', () => {
  const waiting = { stage: 'waiting', fetchOffset: 7, lastFetchedEpoch: 5 } as const;

  test('goes from gap to gap between the rows, beside what others say', () => {
    const { wires } = layoutReplication(
      picture(replica(2, 7), replica(0, 7, { exchange: waiting }), replica(1, 7, { exchange: waiting })),
      history,
      frame,
    );

    expect(wires.map(({ broker, spans }) => [broker, spans.length])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(wires[1]!.x).toBeLessThan(wires[0]!.x);
  });

  test('is not drawn while a follower does not ask', () => {
    const paused = replica(0, 7, { exchange: { stage: 'paused', fetchOffset: 7, lastFetchedEpoch: 5 } });

    expect(layoutReplication(picture(replica(2, 7), paused), history, frame).wires).toEqual([]);
  });
});
