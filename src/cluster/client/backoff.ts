/** Exponential backoff with jitter: `org.apache.kafka.common.utils.ExponentialBackoff` (3.9.0), multiplier 2, jitter 20 %. */
import { nextBelow, type RandomState } from '../../kernel/random.ts';
import { ms } from '../../kernel/time.ts';

export interface BackoffRange {
  readonly initialMs: number;
  readonly maxMs: number;
}

/** Microseconds to wait after the attempt of that number, from 0: initial × 2ⁿ × 0.8…1.2, never above the maximum. */
export function backoffUs(
  { initialMs, maxMs }: BackoffRange,
  attempt: number,
  random: RandomState,
): readonly [number, RandomState] {
  if (initialMs >= maxMs) return [ms(initialMs), random];
  let term = initialMs;
  for (let i = 0; i < attempt && term < maxMs; i++) term *= 2;
  const [perMille, rest] = nextBelow(random, 401);
  return [Math.min(ms(maxMs), Math.round(Math.min(term, maxMs) * (800 + perMille))), rest];
}
