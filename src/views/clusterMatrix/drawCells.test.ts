import { describe, expect, test } from 'vitest';
import { numberEvery } from './drawCells.ts';

describe('the offsets below the slots of a strip', () => {
  const strip = { slotWidth: 22, isTight: false, slots: 6 };

  test('are all written while they have room, else as many as do not run together', () => {
    expect([0, 94, 424, 99_998].map((first) => numberEvery({ ...strip, first }, 1))).toEqual([1, 1, 2, 2]);
    expect(numberEvery({ ...strip, first: 424, slotWidth: 40 }, 1)).toBe(1);
  });

  test('are left out where a slot has no room for one', () => {
    expect(numberEvery({ ...strip, first: 0, slotWidth: 12 }, 1)).toBeNull();
    expect(numberEvery({ ...strip, first: 0, isTight: true }, 1)).toBeNull();
  });
});
