/** The wire under a point of the figure. */
import type { Point } from './geometry.ts';
import { lengthOf } from './paths.ts';
import type { Wire } from './wire.ts';

export interface WireHit {
  readonly wire: Wire;
  /** Share of the wire before the point, in [0, 1]: which of its ends is nearer. */
  readonly share: number;
}

/** The nearest wire within so many CSS pixels; null when there is none. */
export function nearestWire(wires: readonly Wire[], point: Point, reachPx: number): WireHit | null {
  let nearest: WireHit | null = null;
  let least = reachPx;
  for (const wire of wires) {
    const { distance, along } = fromPolyline(wire.points, point);
    if (distance > least) continue;
    least = distance;
    nearest = { wire, share: along / Math.max(1, lengthOf(wire.points)) };
  }
  return nearest;
}

/** How far a point is from a polyline, and how far along that the nearest place is, in CSS pixels. */
function fromPolyline(points: readonly Point[], [x, y]: Point): { readonly distance: number; readonly along: number } {
  let best = { distance: Number.POSITIVE_INFINITY, along: 0 };
  let before = 0;
  for (let i = 1; i < points.length; i++) {
    const [x1, y1] = points[i - 1]!;
    const [x2, y2] = points[i]!;
    const length = Math.hypot(x2 - x1, y2 - y1);
    const share =
      length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length ** 2));
    const distance = Math.hypot(x - (x1 + share * (x2 - x1)), y - (y1 + share * (y2 - y1)));
    if (distance < best.distance) best = { distance, along: before + share * length };
    before += length;
  }
  return best;
}
