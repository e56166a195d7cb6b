import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RandomState } from './random.ts';
import { nextBelow, nextBetween, nextUint32, nextUuid, streamOf } from './random.ts';

const draw = (state: RandomState, count: number): number[] => {
  const drawn: number[] = [];
  for (let rest = state; drawn.length < count; ) {
    const [value, next] = nextUint32(rest);
    drawn.push(value);
    rest = next;
  }
  return drawn;
};

describe('a stream of chance', () => {
  test('is the same for the same seed and name', () => {
    expect(draw(streamOf(7, 'network'), 20)).toEqual(draw(streamOf(7, 'network'), 20));
  });

  test('differs by seed and by name', () => {
    const streams = [streamOf(7, 'network'), streamOf(8, 'network'), streamOf(7, 'processes')];

    expect(new Set(streams.map((stream) => draw(stream, 4).join())).size).toBe(3);
  });

  test('is sfc32: the words that the reference implementation draws', () => {
    // PractRand's sfc32 from the state (1, 2, 3, 4), computed with 64-bit integers.
    const reference = (): number[] => {
      let [a, b, c, counter] = [1n, 2n, 3n, 4n];
      const word = (value: bigint): bigint => BigInt.asUintN(32, value);
      return Array.from({ length: 50 }, () => {
        const drawn = word(a + b + counter);
        counter = word(counter + 1n);
        a = b ^ (b >> 9n);
        b = word(c + (c << 3n));
        c = word(word((c << 21n) | (c >> 11n)) + drawn);
        return Number(drawn);
      });
    };

    expect(draw([1, 2, 3, 4], 50)).toEqual(reference());
  });

  test('draws whole numbers within their bounds, all of them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -5, max: 5 }), fc.nat(10), (seed, low, spread) => {
        const [drawn] = nextBetween(streamOf(seed, 'any'), low, low + spread);

        expect(Number.isInteger(drawn) && drawn >= low && drawn <= low + spread).toBe(true);
      }),
    );
    let state = streamOf(1, 'dice');
    const seen = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const [face, next] = nextBelow(state, 6);
      seen.add(face);
      state = next;
    }
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('draws UUIDs of version 4', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [uuid] = nextUuid(streamOf(seed, 'uuid'));

        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });
});
