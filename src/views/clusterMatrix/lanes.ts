/** Messages on their way, by the wire they fly: the place of each is a function of virtual time. */
import type { FlightPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Point } from './geometry.ts';
import type { MatrixLayout } from './layout.ts';
import { partitionKey, stripKey } from './layoutRows.ts';
import { replicationPath } from './layoutWires.ts';
import { plainPath } from './plainPath.ts';

/** Share of its way a message has gone, in [0, 1]. */
export const progress = ({ sentAt, dueAt }: Pick<FlightPicture, 'sentAt' | 'dueAt'>, now: VirtualTimeUs): number =>
  dueAt <= sentAt ? 1 : Math.min(1, Math.max(0, (now - sentAt) / (dueAt - sentAt)));

export interface Lane {
  readonly key: string;
  readonly points: readonly Point[];
  readonly flights: readonly FlightPicture[];
  /** The wire that lights up when the messages are too fast to be seen; null where they follow none. */
  readonly wire: string | null;
}

/** The same partition's records between the same processes share a lane. */
export function lanesOf(flights: readonly FlightPicture[], layout: MatrixLayout): readonly Lane[] {
  const lanes = new Map<string, Lane & { readonly flights: FlightPicture[] }>();
  for (const flight of flights) {
    const row = flight.records[0] === undefined ? '' : partitionKey(flight.records[0]);
    const key = `${flight.from}>${flight.to}>${row}`;
    let lane = lanes.get(key);
    if (lane === undefined) {
      const way = wayOf(flight, layout);
      if (way === null) continue;
      lanes.set(key, (lane = { key, ...way, flights: [] }));
    }
    lane.flights.push(flight);
  }
  return [...lanes.values()];
}

/** The way a flight goes on the figure; null when an end is not on it. */
export function wayOf(flight: FlightPicture, layout: MatrixLayout): Pick<Lane, 'points' | 'wire'> | null {
  const { from, to } = flight;
  const [record] = flight.records;
  const way = record === undefined ? null : wayOfRecord(flight, record, layout);
  if (way !== null) return way;
  const points = plainPath(from, to, layout);
  return points === null ? null : { points, wire: null };
}

function wayOfRecord(
  { from, to }: FlightPicture,
  record: FlightPicture['records'][number],
  layout: MatrixLayout,
): Pick<Lane, 'points' | 'wire'> | null {
  const row = partitionKey(record);
  const brokerOf = (process: FlightPicture['from']): number | undefined =>
    layout.racks.find((rack) => rack.broker.process === process)?.broker.broker;
  const [fromBroker, toBroker] = [brokerOf(from), brokerOf(to)];
  if (fromBroker !== undefined && toBroker !== undefined) {
    const leader = layout.stripOf.get(stripKey(record, fromBroker));
    const follower = layout.stripOf.get(stripKey(record, toBroker));
    if (leader === undefined || follower === undefined) return null;
    return { points: replicationPath(leader, follower, layout), wire: `replicate-${follower.key}` };
  }
  const wireOf = (...keys: readonly string[]) => layout.wires.find(({ key }) => keys.includes(key));
  const start = layout.anchors.get(from);
  if (layout.producers.some(({ producer }) => producer.process === from) && start !== undefined) {
    const write = wireOf(`write-${row}`, `write-topic-${record.topic}`);
    if (write !== undefined)
      return { points: [start, [layout.columns.busX, start[1]], ...write.points], wire: write.key };
  }
  const read = wireOf(`read-${row}-${to}`, `read-topic-${record.topic}-${to}`);
  return read === undefined ? null : { points: read.points, wire: read.key };
}
