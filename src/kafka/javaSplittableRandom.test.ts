import { describe, expect, test } from 'vitest';
import { nextIntBelow, splittableRandom } from './javaSplittableRandom.ts';

function draws(seed: number, bounds: readonly number[]): readonly number[] {
  let random = splittableRandom(seed);
  return bounds.map((bound) => {
    const [value, next] = nextIntBelow(random, bound);
    random = next;
    return value;
  });
}

describe('a SplittableRandom', () => {
  test('draws what Java 17 draws', () => {
    const letters = draws(
      0,
      Array.from({ length: 60 }, () => 26),
    ).map((value) => String.fromCharCode(65 + value));

    expect(letters.join('')).toBe('YQHHNEBSEPDNSEIFGAMSUJXKOLTXSPLGHDIOYZJFNIDSPWHZMKVJAXDBZFCO');
    expect(
      draws(
        0,
        Array.from({ length: 8 }, () => 1_000_003),
      ),
    ).toEqual([556448, 206906, 777146, 413813, 17531, 829533, 72497, 738647]);
  });

  test('draws bits for a power of two, and again for what would come too often', () => {
    const bounds = [...Array.from({ length: 8 }, () => 8), ...Array.from({ length: 6 }, () => 1_500_000_000)];

    expect(draws(12_345, bounds)).toEqual([
      7, 6, 6, 4, 2, 7, 5, 3, 446740784, 178461293, 916144727, 1070172929, 1464815080, 298481725,
    ]);
  });
});
