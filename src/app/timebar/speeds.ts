/** Speeds of playback: a logarithmic series from a thousandth of the real one to a thousand times it. */
import type { Language } from '../../course/courseLesson.ts';
import { countText } from '../narration/numbers.ts';

/** Virtual seconds per second, ascending: 1/1000, 1/500, 1/200, … 1, 2, 5, … 1000. */
export const speedStops: readonly number[] = [
  ...[1000, 500, 200, 100, 50, 20, 10, 5, 2].map((divisor) => 1 / divisor),
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  1000,
];

/** Place in `speedStops` of the stop nearest to a speed. */
export function nearestStop(speed: number): number {
  let nearest = 0;
  speedStops.forEach((stop, index) => {
    const best = speedStops[nearest]!;
    if (Math.abs(Math.log(stop / speed)) < Math.abs(Math.log(best / speed))) nearest = index;
  });
  return nearest;
}

/** The next stop in a direction, the last one at the ends: what `[` and `]` do. */
export function stopBeside(speed: number, direction: 1 | -1): number {
  const index = Math.min(speedStops.length - 1, Math.max(0, nearestStop(speed) + direction));
  return speedStops[index]!;
}

/** « 1/100 × », « 20 × », of the nearest stop. */
export function speedText(speed: number, language: Language): string {
  const stop = speedStops[nearestStop(speed)]!;
  const text = stop < 1 ? `1/${countText(Math.round(1 / stop), language)}` : countText(stop, language);
  return `${text}\u00a0×`;
}
