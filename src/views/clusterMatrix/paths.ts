/** Paths along which things are drawn and fly: polylines with rounded corners, and the point a share of the way along them. */
import type { Point } from './geometry.ts';

const round = (value: number): number => Math.round(value * 100) / 100;

/** SVG path data of a polyline whose corners are rounded by at most that radius. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${round(first[0])} ${round(first[1])}`;
  for (let i = 1; i < points.length - 1; i++) {
    const corner = points[i]!;
    const before = towards(corner, points[i - 1]!, radius);
    const after = towards(corner, points[i + 1]!, radius);
    path += `L${round(before[0])} ${round(before[1])}Q${round(corner[0])} ${round(corner[1])} ${round(after[0])} ${round(after[1])}`;
  }
  return `${path}L${round(last[0])} ${round(last[1])}`;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length === 0) return from;
  const share = Math.min(distance, length / 2) / length;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/** The point at a share of the way, by length; `share` in [0, 1]. */
export function pointAlong(points: readonly Point[], share: number): Point {
  let left = share * lengthOf(points);
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1]!;
    const to = points[i]!;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (left <= length && length > 0)
      return [from[0] + ((to[0] - from[0]) * left) / length, from[1] + ((to[1] - from[1]) * left) / length];
    left -= length;
  }
  return points.at(-1) ?? [0, 0];
}

/** Of a polyline, in CSS pixels. */
export function lengthOf(points: readonly Point[]): number {
  let total = 0;
  for (let i = 1; i < points.length; i++)
    total += Math.hypot(points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1]);
  return total;
}
