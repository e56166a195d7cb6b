/**
 * Messages on their way, on one canvas: the place of each is a function of virtual time, so that pause, slow motion and going back come
 * for free. Crowds follow `ui/design.md` § 5: rings up to 12 on a wire, small shapes up to 120, beyond that a ribbon.
 */
import type { FlightPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { shapePath } from '../marks/keyShapes.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { MatrixLayout, Point, StripLayout } from './layout.ts';
import { partitionKey, replicationPath, stripKey } from './layout.ts';
import { lengthOf, pointAlong } from './paths.ts';

/** Share of its way a message has gone, in [0, 1]. */
export const progress = ({ sentAt, dueAt }: Pick<FlightPicture, 'sentAt' | 'dueAt'>, now: VirtualTimeUs): number =>
  dueAt <= sentAt ? 1 : Math.min(1, Math.max(0, (now - sentAt) / (dueAt - sentAt)));

/** Resolved colours of the theme; read once per theme, not per frame. */
export interface FlightPaint {
  readonly tones: readonly string[];
  readonly canvas: string;
  readonly request: string;
  readonly zookeeper: string;
  readonly ink: string;
}

export interface Lane {
  readonly key: string;
  readonly points: readonly Point[];
  readonly flights: readonly FlightPicture[];
}

const crowd = { ringed: 12, shaped: 120 } as const;

/** Flights by the wire they fly: the same partition's records between the same processes share a lane. */
export function lanesOf(flights: readonly FlightPicture[], layout: MatrixLayout): readonly Lane[] {
  const lanes = new Map<string, { points: readonly Point[]; flights: FlightPicture[] }>();
  for (const flight of flights) {
    const row = flight.records[0] === undefined ? '' : partitionKey(flight.records[0]);
    const key = `${flight.from}>${flight.to}>${row}`;
    let lane = lanes.get(key);
    if (lane === undefined) {
      const points = pathOf(flight, layout);
      if (points === null) continue;
      lanes.set(key, (lane = { points, flights: [] }));
    }
    lane.flights.push(flight);
  }
  return [...lanes].map(([key, lane]) => ({ key, ...lane }));
}

/** The way a flight goes on the figure; null when an end is not on it. */
export function pathOf(flight: FlightPicture, layout: MatrixLayout): readonly Point[] | null {
  const { from, to } = flight;
  const brokers = new Map(layout.racks.map((rack) => [rack.broker.process, rack.broker.broker]));
  const fromBroker = brokers.get(from);
  const toBroker = brokers.get(to);
  const [record] = flight.records;
  if (record !== undefined) {
    const leader = leaderStrip(layout, partitionKey(record));
    if (fromBroker !== undefined && toBroker !== undefined && leader !== undefined) {
      const follower = layout.strips.find(({ key }) => key === stripKey(record, toBroker));
      if (follower !== undefined && follower !== leader) return replicationPath(leader, follower, layout);
    }
    const isWriter = layout.producers.some(({ producer }) => producer.process === from);
    const write = layout.wires.find(({ key }) => key === `write-${partitionKey(record)}`);
    const start = layout.anchors.get(from);
    if (isWriter && write !== undefined && start !== undefined)
      return [start, [layout.busX, start[1]], ...write.points];
    const read = layout.wires.find(({ key }) => key === `read-${partitionKey(record)}-${to}`);
    if (read !== undefined) return read.points;
  }
  return plainPath(from, to, layout);
}

function leaderStrip(layout: MatrixLayout, row: string): StripLayout | undefined {
  return layout.strips.find(
    ({ partition, replica }) => partitionKey(partition) === row && replica.broker === partition.leader,
  );
}

/** Between two processes, apart from the rails: over the tops of the racks. */
function plainPath(
  from: ProcessId,
  to: ProcessId,
  { anchors, busX, racks, groups, zookeepers, unit: u }: MatrixLayout,
): readonly Point[] | null {
  const start = anchors.get(from);
  const end = anchors.get(to);
  if (start === undefined || end === undefined || from === to) return null;
  const isZooKeeper = (process: ProcessId): boolean =>
    zookeepers.some(({ zookeeper }) => zookeeper.process === process);
  if (isZooKeeper(from) || isZooKeeper(to)) return [start, end];
  const isRack = (process: ProcessId): boolean => racks.some(({ broker }) => broker.process === process);
  const topY = (racks[0]?.y ?? 0) + 4 * u;
  if (isRack(from) && isRack(to)) return [start, [start[0], topY], [end[0], topY], end];
  const isReader = (process: ProcessId): boolean =>
    groups.some((group) => group.members.some((member) => member.process === process));
  const rackRight = Math.max(...racks.map((rack) => rack.x + rack.width));
  const detour = (client: Point, process: ProcessId): Point[] => {
    const x = isReader(process) ? rackRight + 12 * u : busX;
    return [client, [x, client[1]], [x, topY]];
  };
  if (isRack(to)) return [...detour(start, from), [end[0], topY], end];
  if (isRack(from)) {
    const back: Point[] = [...detour(end, to), [start[0], topY], start];
    return back.reverse();
  }
  return [start, end];
}

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

/** Draws all flights of the instant; what was drawn where, for the pointer to find. `isStill`: reduced motion, a message rests mid-wire. */
export function drawFlights(
  context: CanvasRenderingContext2D,
  lanes: readonly Lane[],
  now: VirtualTimeUs,
  options: {
    readonly keys: KeyOrder;
    readonly paint: FlightPaint;
    readonly unit: number;
    readonly isStill: boolean;
    readonly countLabel: (count: number) => string;
  },
): readonly DrawnFlight[] {
  const drawn: DrawnFlight[] = [];
  for (const [index, lane] of lanes.entries()) {
    if (lane.flights.length > crowd.shaped)
      drawRibbon(context, lane, now, { ...options, labelShare: labelShares[index % labelShares.length]! });
    const isRinged = lane.flights.length <= crowd.ringed;
    if (lane.flights.length > crowd.shaped) continue;
    for (const flight of lane.flights) {
      const [x, y] = pointAlong(lane.points, options.isStill ? 0.5 : progress(flight, now));
      drawOne(context, flight, x, y, isRinged, options);
      drawn.push({ x, y, flight });
    }
  }
  return drawn;
}

function drawOne(
  context: CanvasRenderingContext2D,
  flight: FlightPicture,
  x: number,
  y: number,
  isRinged: boolean,
  { keys, paint, unit: u }: { readonly keys: KeyOrder; readonly paint: FlightPaint; readonly unit: number },
): void {
  const [record] = flight.records;
  if (record === undefined) {
    context.globalAlpha = flight.isFaint ? 0.35 : 0.9;
    context.fillStyle = paint.request;
    context.beginPath();
    if (flight.isResponse) {
      context.arc(x, y, 2.6 * u, 0, 2 * Math.PI);
      context.fill();
    } else {
      context.rect(x - 2.6 * u, y - 2.6 * u, 5.2 * u, 5.2 * u);
      context.fill();
    }
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
  }
  const scale = (isRinged ? 0.6 : 0.42) * u;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.fillStyle = color;
  context.fill(shapeOf(tone), 'evenodd');
  context.restore();
  if (isRinged && flight.records.length > 1) {
    context.font = `600 ${10 * u}px "Atkinson Hyperlegible Next Variable", sans-serif`;
    context.fillStyle = paint.ink;
    context.fillText(`×${flight.records.length}`, x + 11 * u, y - 7 * u);
  }
}

/** Ribbons that share a rail have their counts at different places. */
const labelShares: readonly number[] = [0.5, 0.36, 0.64];

/** A crowd on one wire: width by its number, dashes that flow at the true speed, the count, and which keys it is made of. */
function drawRibbon(
  context: CanvasRenderingContext2D,
  { points, flights }: Lane,
  now: VirtualTimeUs,
  {
    keys,
    paint,
    unit: u,
    isStill,
    countLabel,
    labelShare,
  }: {
    readonly keys: KeyOrder;
    readonly labelShare: number;
    readonly paint: FlightPaint;
    readonly unit: number;
    readonly isStill: boolean;
    readonly countLabel: (count: number) => string;
  },
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

/** Shares of the four commonest keys, then of all others (`key` undefined); they add up to 1. */
export function commonestKeys(
  flights: readonly FlightPicture[],
): readonly { readonly key: string | null | undefined; readonly share: number }[] {
  const counts = new Map<string | null, number>();
  for (const { records } of flights) {
    const key = records[0]?.key ?? null;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4);
  const shares = commonest.map(([key, count]) => ({ key, share: count / flights.length }));
  const rest = 1 - shares.reduce((sum, { share }) => sum + share, 0);
  return rest > 1e-9 ? [...shares, { key: undefined, share: rest }] : shares;
}
