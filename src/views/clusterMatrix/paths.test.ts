import { describe, expect, test } from 'vitest';
import { lengthOf, pointAlong, roundedPath } from './paths.ts';

const corner = [
  [0, 0],
  [10, 0],
  [10, 30],
] as const;

describe('a path with a corner', () => {
  test('is as long as its legs together', () => {
    expect(lengthOf(corner)).toBe(40);
  });

  test('has its point at a share of the way by length, whichever leg that is on', () => {
    expect([0, 0.125, 0.25, 0.5, 1].map((share) => pointAlong(corner, share))).toEqual([
      [0, 0],
      [5, 0],
      [10, 0],
      [10, 10],
      [10, 30],
    ]);
  });

  test('is rounded by no more than half a leg', () => {
    expect(roundedPath(corner, 20)).toBe('M0 0L5 0Q10 0 10 15L10 30');
  });
});
