import { describe, expect, test } from 'vitest';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture } from '../testing/mockupCluster.ts';
import { sessionLook } from './drawSessions.ts';
import { layoutMatrix } from './layout.ts';
import { noChoices } from './matrixChoices.ts';

const whole = mockupPicture(0 as VirtualTimeUs, 0);
const laptop = { widthPx: 970, heightPx: 430, unit: 1, isCompact: true };
type Process = ClusterPicture['brokers'][number]['process'];

const withBrokers = (count: number): ClusterPicture => ({
  ...whole,
  brokers: Array.from({ length: count }, (_, broker) => ({
    ...whole.brokers[0]!,
    broker,
    process: (100 + broker) as Process,
    isController: broker === 0,
    session: { ...whole.brokers[0]!.session!, server: (broker % 3) + 1 },
  })),
});
const withPartitions = (count: number): ClusterPicture => ({
  ...whole,
  topics: whole.topics.map((topic) => ({
    ...topic,
    partitions: Array.from({ length: count }, (_, partition) => ({ ...topic.partitions[partition % 3]!, partition })),
  })),
});
const link = (from: number, to: number, condition: Partial<ClusterPicture['impairedLinks'][number]>) => ({
  from: from as Process,
  to: to as Process,
  isCut: false,
  extraLatencyUs: 0,
  lossPerMille: 0,
  ...condition,
});

describe('many brokers', () => {
  test('keep at least 150 units each, and the figure grows to the side', () => {
    const layout = layoutMatrix(withBrokers(12), laptop);

    expect(layout.racks.every(({ width }) => width >= 150)).toBe(true);
    expect(layout.contentWidth).toBeGreaterThan(1800);
    expect(layout.groups[0]!.x).toBeGreaterThan(layout.racks.at(-1)!.x);
  });

  test('have their sessions with the server that each is connected to', () => {
    const { wires, zookeepers } = layoutMatrix(withBrokers(12), laptop);

    for (const [broker, server] of [
      [0, 1],
      [7, 2],
      [11, 3],
    ]) {
      const { process } = zookeepers.find(({ zookeeper }) => zookeeper.server === server)!.zookeeper;
      expect(wires.find(({ key }) => key === `session-${broker}`)?.ends?.from).toEqual([process]);
    }
  });
});

describe('an ensemble without a majority', () => {
  /** Nobody tracks sessions; broker 1 has lost its connection. */
  const picture = withBrokers(3);
  const { wires } = layoutMatrix(
    {
      ...picture,
      zookeepers: picture.zookeepers.map((zookeeper) => ({ ...zookeeper, role: 'looking' as const })),
      brokers: picture.brokers.map((broker) => ({
        ...broker,
        hasSession: broker.broker !== 1,
        session: broker.session && {
          ...broker.session,
          state: 'unknown' as const,
          server: broker.broker === 1 ? null : broker.session.server,
        },
      })),
    },
    laptop,
  );

  test('has no wire from a broker that reaches none of its servers', () => {
    expect(wires.filter(({ kind }) => kind === 'session').map(({ key }) => key)).toEqual(['session-0', 'session-2']);
  });
});

describe('many partitions', () => {
  test('are compact rows, and no row goes below forty units', () => {
    const { strips, rows } = layoutMatrix(withPartitions(6), laptop);

    expect(strips.every(({ isTight }) => isTight)).toBe(true);
    expect(rows.every(({ height }) => height >= 40)).toBe(true);
  });

  test('are rows of a heat matrix, of which one opens as a strip', () => {
    const closed = layoutMatrix(withPartitions(30), laptop);
    const opened = layoutMatrix(withPartitions(30), laptop, { ...noChoices, openRows: ['paiements-7'] });

    expect([closed.heatRows.length, closed.strips.length]).toEqual([30, 0]);
    expect([opened.heatRows.length, opened.strips.length]).toEqual([29, 3]);
  });

  test('show in the cell of a follower how far it is behind, of the leader how far the slowest group is', () => {
    const [first] = layoutMatrix(withPartitions(30), laptop).heatRows;

    expect(first!.cells.map(({ value }) => value)).toEqual([1, 3, 0]);
  });
});

describe('links that do not do what they should', () => {
  test('are marked on a wire between their ends, a cut one with the way that nothing comes through', () => {
    const impairedLinks = [link(21, 20, { isCut: true }), link(22, 20, { extraLatencyUs: 800_000 })];
    const { linkMarks, wires } = layoutMatrix({ ...whole, impairedLinks }, laptop);

    expect(linkMarks.map(({ faults }) => faults)).toEqual([
      [{ kind: 'cut', ways: 'forth' }],
      [{ kind: 'slow', ms: 800 }],
    ]);
    for (const mark of linkMarks) expect(wires.find(({ key }) => key === mark.wire)?.isBroken).toBe(true);
  });

  test('have a wire of their own where there is none', () => {
    const { linkMarks } = layoutMatrix({ ...whole, impairedLinks: [link(10, 20, { lossPerMille: 120 })] }, laptop);
    const other = layoutMatrix({ ...whole, impairedLinks: [link(11, 20, { lossPerMille: 120 })] }, laptop);

    expect(linkMarks.map(({ wire, faults }) => [wire, faults])).toEqual([
      ['session-0', [{ kind: 'loss', percent: 12 }]],
    ]);
    expect(other.linkMarks.map(({ wire }) => wire)).toEqual(['link-11-20']);
  });

  test('split the network where they leave no way between neighbours', () => {
    const cut = (a: number, b: number) => [link(a, b, { isCut: true }), link(b, a, { isCut: true })];
    const split = layoutMatrix({ ...whole, impairedLinks: [...cut(20, 21), ...cut(20, 22)] }, laptop);
    const detour = layoutMatrix({ ...whole, impairedLinks: cut(20, 21) }, laptop);

    expect([split.partitionLines.length, detour.partitionLines.length]).toEqual([1, 0]);
    expect(split.partitionLines[0]).toBeLessThan(split.racks[1]!.x);
  });
});

describe('a session', () => {
  const session = whole.brokers[0]!.session!;
  const at = (seconds: number) => sessionLook(session, (seconds * 1_000_000) as VirtualTimeUs);

  test('says nothing while it is heard of, then how long it has left', () => {
    expect([at(0).kind, at(6).kind]).toEqual(['calm', 'calm']);
    expect(at(9)).toEqual({ kind: 'nearing', sixths: 3, secondsLeft: 9 });
    expect(at(17.5)).toEqual({ kind: 'nearing', sixths: 1, secondsLeft: 1 });
  });

  test('that has expired is crossed out', () => {
    expect(sessionLook({ ...session, state: 'expired', expiresAt: null }, 0 as VirtualTimeUs).kind).toBe('expired');
  });
});
