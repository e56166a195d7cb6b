import { describe, expect, test } from 'vitest';
import { scalaLongMapOrder } from './scalaLongMap.ts';

describe('the live brokers in a metadata cache', () => {
  test.each([
    [
      [0, 1],
      [0, 1],
    ],
    [
      [0, 1, 2],
      [0, 2, 1],
    ],
    [
      [0, 1, 2, 3],
      [0, 2, 3, 1],
    ],
    [
      [0, 1, 2, 3, 4],
      [0, 1, 4, 2, 3],
    ],
    [
      [4, 3, 2, 1, 0],
      [0, 4, 1, 2, 3],
    ],
  ])('arriving as %o are listed as %o', (arrival, listed) => {
    expect(scalaLongMapOrder(arrival, { initialBufferSize: 0 })).toEqual(listed);
  });

  test('are all there, however many', () => {
    const ids = Array.from({ length: 200 }, (_, i) => i * 37);

    expect([...scalaLongMapOrder(ids, { initialBufferSize: 3 })].sort((a, b) => a - b)).toEqual(ids);
  });
});
