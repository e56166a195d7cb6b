import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture } from '../testing/mockupCluster.ts';
import { layoutMatrix } from './layout.ts';
import { nearestWire } from './nearestWire.ts';
import type { Wire } from './wire.ts';
import { linkMark } from './wireEnds.ts';

const layout = layoutMatrix(mockupPicture(0 as VirtualTimeUs, 0), {
  widthPx: 1330,
  heightPx: 640,
  unit: 1,
  isCompact: false,
});
const wire = (key: string): Wire => layout.wires.find((one) => one.key === key)!;

describe('a wire', () => {
  test.each([
    ['session-1', { from: [11], to: [21] }],
    ['ensemble-1-2', { from: [10], to: [11] }],
    ['write-paiements-0', { from: [30, 31], to: [21] }],
    ['read-paiements-0-40', { from: [21], to: [40] }],
    ['replicate-paiements-2@1', { from: [20], to: [21] }],
    ['trunk-30', { from: [30], to: [20, 21, 22] }],
    ['bus', { from: [30, 31], to: [20, 21, 22] }],
  ])('%s joins %j', (key, ends) => {
    expect(wire(key).ends).toEqual(ends);
  });

  test('of every kind joins something', () => {
    expect(layout.wires.filter((one) => one.ends === null)).toEqual([]);
  });

  test('is the same link from either end', () => {
    const { from, to } = wire('read-paiements-0-40').ends!;

    expect([linkMark({ from, to }), linkMark({ from: to, to: from })]).toEqual(['link-21-40', 'link-21-40']);
  });
});

describe('the wire under a point', () => {
  const flat: Wire = {
    key: 'flat',
    kind: 'replicate',
    points: [
      [0, 0],
      [100, 0],
    ],
    ends: null,
    tone: 0,
    isBroken: false,
  };
  const lower: Wire = {
    ...flat,
    key: 'lower',
    points: [
      [0, 10],
      [100, 10],
    ],
  };

  test('is the nearest one within reach, with the share of it that lies before', () => {
    expect(nearestWire([flat, lower], [25, 4], 8)).toEqual({ wire: flat, share: 0.25 });
    expect(nearestWire([flat, lower], [25, 7], 8)?.wire).toBe(lower);
  });

  test('is none where all are further away', () => {
    expect([nearestWire([flat, lower], [25, 30], 8), nearestWire([flat], [120, 0], 8)]).toEqual([null, null]);
  });
});
