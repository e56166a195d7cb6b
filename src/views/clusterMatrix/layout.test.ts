import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture } from '../testing/mockupCluster.ts';
import { mockupScenes } from '../testing/mockupScenes.ts';
import type { Box } from './geometry.ts';
import type { MatrixLayout } from './layout.ts';
import { layoutMatrix } from './layout.ts';
import { offsetX } from './layoutRows.ts';

const whole = mockupPicture(0 as VirtualTimeUs, 0);
const compact = { widthPx: 970, heightPx: 430, unit: 1, isCompact: true };
const roomy = { widthPx: 1330, heightPx: 640, unit: 1, isCompact: false };
const laidOut = layoutMatrix(whole, compact);
const stripOf = (layout: MatrixLayout, key: string) => layout.strips.find((strip) => strip.key === key)!;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const overlaps = (boxes: readonly Box[]): number =>
  boxes.reduce((count, box, i) => count + boxes.slice(i + 1).filter((other) => overlap(box, other)).length, 0);

describe('the matrix', () => {
  test('has a column for each broker and a row for each partition', () => {
    expect([laidOut.racks.length, laidOut.rows.length, laidOut.strips.length]).toEqual([3, 3, 9]);
  });

  test('shows all replicas of a partition over the same offsets, so that a lag is a shift', () => {
    const [follower, leader] = ['paiements-0@0', 'paiements-0@1'].map((key) => stripOf(laidOut, key));

    expect(follower!.first).toBe(leader!.first);
    expect(offsetX(follower!, 6) - follower!.x).toBeCloseTo(offsetX(leader!, 6) - leader!.x);
  });

  test('keeps a free slot after the newest record', () => {
    for (const strip of laidOut.strips) expect(strip.first + strip.slots).toBeGreaterThan(strip.replica.logEndOffset);
  });

  test.each([
    ['compact', compact],
    ['roomy', roomy],
  ] as const)('lets nothing overlap when %s', (_name, frame) => {
    const layout = layoutMatrix(whole, frame);
    const members = layout.groups.flatMap((group) => group.members);

    expect(overlaps(layout.strips)).toBe(0);
    expect(overlaps([...layout.racks, ...layout.producers, ...layout.groups, ...layout.zookeepers])).toBe(0);
    expect(overlaps(members)).toBe(0);
  });

  test('stays inside its frame', () => {
    for (const { x, width } of [...laidOut.racks, ...laidOut.groups, ...laidOut.producers]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(compact.widthPx);
    }
  });

  test('gives one broker one wide column, with more slots', () => {
    const layout = layoutMatrix(mockupScenes.oneBroker(whole), compact);

    expect(layout.racks).toHaveLength(1);
    expect(layout.racks[0]!.width).toBeGreaterThan(2.5 * laidOut.racks[0]!.width);
    expect(layout.strips[0]!.slots).toBeGreaterThan(laidOut.strips[0]!.slots);
  });

  test('makes rows tight when there are many, and grows downwards when even that does not fit', () => {
    const layout = layoutMatrix(mockupScenes.manyRows(whole), { ...compact, heightPx: 300 });

    expect(layout.strips.every(({ isTight }) => isTight)).toBe(true);
    expect(layout.contentHeight).toBeGreaterThan(300);
    expect(overlaps(layout.strips)).toBe(0);
  });

  test('has nothing to lay out before anything runs', () => {
    const layout = layoutMatrix(mockupScenes.nothing(whole), compact);

    expect([layout.racks, layout.zookeepers, layout.rows, layout.wires]).toEqual([[], [], [], []]);
  });
});

describe('wires', () => {
  const crosses = ([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number], box: Box): boolean => {
    const inset = 1;
    const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)];
    const [top, bottom] = [Math.min(ay, by), Math.max(ay, by)];
    return (
      left < box.x + box.width - inset &&
      right > box.x + inset &&
      top < box.y + box.height - inset &&
      bottom > box.y + inset
    );
  };

  test.each([
    ['compact', compact],
    ['roomy', roomy],
  ] as const)('never cross a strip when %s', (_name, frame) => {
    const layout = layoutMatrix(whole, frame);

    const crossings = layout.wires.flatMap(({ key, points }) =>
      layout.strips
        .filter((strip) => points.some((point, i) => i > 0 && crosses(points[i - 1]!, point, strip)))
        .map((strip) => `${key} × ${strip.key}`),
    );

    expect(crossings).toEqual([]);
  });

  test('write on the left of the leader and read on its right', () => {
    for (const row of laidOut.rows) {
      const write = laidOut.wires.find(({ key }) => key === `write-${row.key}`)!;
      const reads = laidOut.wires.filter(({ kind, key }) => kind === 'read' && key.startsWith(`read-${row.key}-`));

      expect(reads.length).toBeGreaterThan(0);
      for (const { points } of reads) expect(points[0]![0]).toBeGreaterThan(write.points.at(-1)![0]);
    }
  });

  test('stop red before a partition that nobody leads', () => {
    const layout = layoutMatrix(mockupScenes.brokerDown(whole), compact);

    expect(layout.wires.find(({ key }) => key === 'write-paiements-0')).toMatchObject({ isBroken: true });
    expect(layout.wires.some(({ key }) => key.startsWith('read-paiements-0'))).toBe(false);
  });

  test('end the session of a dead broker', () => {
    const layout = layoutMatrix(mockupScenes.brokerDown(whole), compact);

    expect(layout.wires.filter(({ kind }) => kind === 'session').map(({ isBroken }) => isBroken)).toEqual([
      false,
      true,
      false,
    ]);
  });
});
