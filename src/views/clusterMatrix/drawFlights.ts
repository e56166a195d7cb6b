/**
 * Messages on their way, on one canvas: the place of each is a function of virtual time, so that pause, slow motion and going back come
 * for free. Crowds: rings up to 12 on a wire, small shapes up to 120, beyond that a ribbon.
 */
import type { FlightPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { shapePath } from '../marks/keyShapes.ts';
import { commonestKeys } from './commonestKeys.ts';
import type { Point } from './geometry.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { Lane } from './lanes.ts';
import { progress } from './lanes.ts';
import { lengthOf, pointAlong } from './paths.ts';

/** Resolved colours of the theme; read once per theme, not per frame. */
export interface FlightPaint {
  readonly tones: readonly string[];
  readonly canvas: string;
  readonly request: string;
  readonly ink: string;
}

const crowd = { ringed: 12, shaped: 120 } as const;

export interface DrawnFlight {
  readonly x: number;
  readonly y: number;
  readonly flight: FlightPicture;
}

const shapes = new Map<number, Path2D>();
function shapeOf(tone: number): Path2D {
  let shape = shapes.get(tone);
  if (shape === undefined) shapes.set(tone, (shape = new Path2D(shapePath(tone))));
  return shape;
}

export interface FlightStyle {
  readonly keys: KeyOrder;
  readonly paint: FlightPaint;
  readonly unit: number;
  /** Reduced motion: a message rests in the middle of its wire, with an arrow head. */
  readonly isStill: boolean;
  /** Virtual seconds a second: a flight that would take long shows how far it is by a ring that fills. */
  readonly speed: number;
  readonly countLabel: (count: number) => string;
}
/** On the screen; a message that takes longer is seen to stand still. */
const slowMs = 8000;

/** Draws all flights of the instant; what was drawn where, for the pointer to find. */
export function drawFlights(
  context: CanvasRenderingContext2D,
  lanes: readonly Lane[],
  now: VirtualTimeUs,
  style: FlightStyle,
): readonly DrawnFlight[] {
  const drawn: DrawnFlight[] = [];
  for (const [index, lane] of lanes.entries()) {
    const { flights, points } = lane;
    if (flights.length > crowd.shaped) {
      drawRibbon(context, lane, now, style, labelShares[index % labelShares.length]!);
      continue;
    }
    const isRinged = flights.length <= crowd.ringed;
    for (const flight of flights) {
      const share = progress(flight, now);
      const [x, y] = pointAlong(points, style.isStill ? 0.5 : share);
      drawOne(context, flight, { x, y, share, isRinged }, style);
      if (style.isStill) drawArrowHead(context, points, style);
      drawn.push({ x, y, flight });
    }
  }
  return drawn;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly share: number;
  readonly isRinged: boolean;
}

function drawOne(
  context: CanvasRenderingContext2D,
  flight: FlightPicture,
  { x, y, share, isRinged }: Place,
  { keys, paint, unit: u, speed }: FlightStyle,
): void {
  const [record] = flight.records;
  if (record === undefined) {
    context.globalAlpha = flight.isFaint ? 0.35 : 0.9;
    context.fillStyle = paint.request;
    context.beginPath();
    if (flight.isResponse) context.arc(x, y, 2.6 * u, 0, 2 * Math.PI);
    else context.rect(x - 2.6 * u, y - 2.6 * u, 5.2 * u, 5.2 * u);
    context.fill();
    context.globalAlpha = 1;
    return;
  }
  const { tone } = keys.markOf(record.key);
  const color = paint.tones[tone] ?? paint.ink;
  if (isRinged) {
    context.beginPath();
    context.arc(x, y, 9.5 * u, 0, 2 * Math.PI);
    context.fillStyle = paint.canvas;
    context.fill();
    context.strokeStyle = color;
    context.lineWidth = 1.2 * u;
    context.stroke();
    if (speed > 0 && (flight.dueAt - flight.sentAt) / 1000 / speed > slowMs) {
      context.beginPath();
      context.arc(x, y, 12 * u, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
      context.lineWidth = 3 * u;
      context.stroke();
    }
  }
  const scale = (isRinged ? 0.6 : 0.42) * u;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.fillStyle = color;
  context.fill(shapeOf(tone), 'evenodd');
  context.restore();
  if (isRinged && flight.records.length > 1) {
    context.font = `600 ${12 * u}px "Atkinson Hyperlegible Next Variable", sans-serif`;
    context.fillStyle = paint.ink;
    context.fillText(`×${flight.records.length}`, x + 11 * u, y - 7 * u);
  }
}

/** A little beyond the middle of the wire, in its direction. */
function drawArrowHead(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  { paint, unit: u }: FlightStyle,
): void {
  const length = Math.max(1, lengthOf(points));
  const [x, y] = pointAlong(points, Math.min(1, 0.5 + (16 * u) / length));
  const [fromX, fromY] = pointAlong(points, 0.5);
  context.save();
  context.translate(x, y);
  context.rotate(Math.atan2(y - fromY, x - fromX));
  context.fillStyle = paint.ink;
  context.beginPath();
  context.moveTo(5 * u, 0);
  context.lineTo(-4 * u, -4.5 * u);
  context.lineTo(-4 * u, 4.5 * u);
  context.fill();
  context.restore();
}

/** Ribbons that share a rail have their counts at different places. */
const labelShares: readonly number[] = [0.5, 0.36, 0.64];

/** A crowd on one wire: width by its number, dashes that flow at the true speed, the count, and which keys it is made of. */
function drawRibbon(
  context: CanvasRenderingContext2D,
  { points, flights }: Lane,
  now: VirtualTimeUs,
  { keys, paint, unit: u, isStill, countLabel }: FlightStyle,
  labelShare: number,
): void {
  const [first] = flights;
  if (first === undefined) return;
  context.save();
  context.strokeStyle = paint.request;
  context.globalAlpha = 0.55;
  context.lineWidth = (2 + Math.log2(flights.length)) * u;
  context.setLineDash([10 * u, 6 * u]);
  context.lineDashOffset = isStill ? 0 : -((now - first.sentAt) / Math.max(1, first.dueAt - first.sentAt)) * 160 * u;
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
  context.restore();
  const [x, onWire] = pointAlong(points, labelShare);
  // On a short wire, between two strips, the count would hide records.
  const y = lengthOf(points) < 120 * u ? onWire - 34 * u : onWire;
  const label = countLabel(flights.length);
  context.font = `600 ${12 * u}px "Atkinson Hyperlegible Next Variable", sans-serif`;
  const width = context.measureText(label).width + 14 * u;
  context.fillStyle = paint.canvas;
  context.strokeStyle = paint.request;
  context.lineWidth = u;
  context.beginPath();
  context.roundRect(x - width / 2, y - 10 * u, width, 20 * u, 10 * u);
  context.fill();
  context.stroke();
  context.fillStyle = paint.ink;
  context.textAlign = 'center';
  context.fillText(label, x, y + 4 * u);
  context.textAlign = 'start';
  drawShares(context, flights, { x: x - width / 2, y: y + 11 * u, width }, { keys, paint, unit: u });
}

/** A stacked bar of the four commonest keys, and the others. */
function drawShares(
  context: CanvasRenderingContext2D,
  flights: readonly FlightPicture[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  { keys, paint, unit: u }: { readonly keys: KeyOrder; readonly paint: FlightPaint; readonly unit: number },
): void {
  let left = x;
  for (const { key, share } of commonestKeys(flights)) {
    context.fillStyle = key === undefined ? paint.request : (paint.tones[keys.markOf(key).tone] ?? paint.ink);
    context.fillRect(left, y, width * share, 4 * u);
    left += width * share;
  }
}
