/**
 * Java's `SplittableRandom` of a given seed, as a value: tools that make up records draw them from it.
 *
 * Follows `java.util.SplittableRandom#nextInt(int)` (Java 17): 64-bit arithmetic, in halves of 32 bits.
 */

/** The two halves of the 64-bit seed. */
export interface SplittableRandom {
  readonly high: number;
  readonly low: number;
}

/** `seed`: a non-negative integer below 2³². */
export const splittableRandom = (seed: number): SplittableRandom => ({ high: 0, low: seed >>> 0 });

/** A whole number in [0, bound), and the generator after it. */
export function nextIntBelow(random: SplittableRandom, bound: number): readonly [number, SplittableRandom] {
  let [bits, next] = nextInt(random);
  const greatest = bound - 1;
  if ((bound & greatest) === 0) return [bits & greatest, next];
  for (;;) {
    const positive = bits >>> 1;
    const value = positive % bound;
    // Numbers of the last, incomplete stretch would come more often.
    if (positive + greatest - value <= 0x7fffffff) return [value, next];
    [bits, next] = nextInt(next);
  }
}

const GOLDEN_GAMMA_HIGH = 0x9e3779b9;
const GOLDEN_GAMMA_LOW = 0x7f4a7c15;

function nextInt({ high, low }: SplittableRandom): readonly [number, SplittableRandom] {
  const sum = low + GOLDEN_GAMMA_LOW;
  const next = { high: (high + GOLDEN_GAMMA_HIGH + (sum > 0xffffffff ? 1 : 0)) >>> 0, low: sum >>> 0 };
  return [mix32(next), next];
}

/** `mix32`: the high half of two rounds of shifting and multiplying. */
function mix32({ high, low }: SplittableRandom): number {
  // z ^ (z >>> 33), times 0x62a9d9ed799705f5
  const first = multiply(high, (low ^ (high >>> 1)) >>> 0, 0x62a9d9ed, 0x799705f5);
  // z ^ (z >>> 28), times 0xcb24d0a5c88c35b3
  const shiftedHigh = (first.high ^ (first.high >>> 28)) >>> 0;
  const shiftedLow = (first.low ^ ((first.high << 4) | (first.low >>> 28))) >>> 0;
  return multiply(shiftedHigh, shiftedLow, 0xcb24d0a5, 0xc88c35b3).high | 0;
}

function multiply(aHigh: number, aLow: number, bHigh: number, bLow: number): SplittableRandom {
  const [a0, a1] = [aLow & 0xffff, aLow >>> 16];
  const [b0, b1] = [bLow & 0xffff, bLow >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carry = a0 * b1 + (middle & 0xffff);
  const lowProductHigh = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000);
  const high = (lowProductHigh + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) >>> 0;
  return { high, low: Math.imul(aLow, bLow) >>> 0 };
}
