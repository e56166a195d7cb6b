/** Which processes a wire of the matrix joins: what a fault on that wire is a fault of. A wire that several share joins several. */
import type { ProcessId } from '../../kernel/events.ts';
import type { MatrixLayout, Wire } from './layout.ts';
import { partitionKey } from './layout.ts';

export interface WireEnds {
  /** At the first point of the wire. */
  readonly from: readonly ProcessId[];
  /** At its last point. */
  readonly to: readonly ProcessId[];
}

/** Key of the mark that stands for all links between two sides, whichever end of the wire is which: `link-3.4-7`. */
export function linkMark({ from, to }: WireEnds): string {
  const sides = [from, to].map((side) => [...side].sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
  return `link-${sides.map((side) => side.join('.')).join('-')}`;
}

/** Null for a wire of which an end is not drawn. */
export function endsOfWire({ kind, key }: Wire, layout: Omit<MatrixLayout, 'wires'>): WireEnds | null {
  const { racks, zookeepers, rows, producers, tools, strips } = layout;
  const processOf = (broker: number): ProcessId[] =>
    racks.filter((rack) => rack.broker.broker === broker).map((rack) => rack.broker.process);
  const rest = key.slice(kind.length + 1);
  const writers = [...producers.map(({ producer }) => producer.process), ...tools.map(({ process }) => process)];
  const brokers = racks.map(({ broker }) => broker.process);
  const ends = (from: readonly ProcessId[], to: readonly ProcessId[]): WireEnds | null =>
    from.length === 0 || to.length === 0 ? null : { from, to };
  switch (kind) {
    case 'session': {
      const index = racks.findIndex(({ broker }) => `${broker.broker}` === rest);
      const broker = racks[index]?.broker;
      if (broker === undefined) return null;
      // The server that keeps its session, which may be another than the one above its rack.
      const keeper =
        zookeepers.find(({ zookeeper }) => zookeeper.sessions.some(({ client }) => client === broker.process)) ??
        zookeepers[index % Math.max(1, zookeepers.length)];
      return keeper === undefined ? null : ends([keeper.zookeeper.process], [broker.process]);
    }
    case 'ensemble': {
      const servers = rest.split('-').map(Number);
      const [from, to] = servers.map((server) =>
        zookeepers.flatMap(({ zookeeper }) => (zookeeper.server === server ? [zookeeper.process] : [])),
      );
      return ends(from ?? [], to ?? []);
    }
    case 'write': {
      const row = rows.find((one) => one.key === rest);
      if (row === undefined) return null;
      const { topic, leader } = row.partition;
      const own = producers.filter(({ producer }) => producer.topics.includes(topic));
      return ends(own.length === 0 ? writers : own.map(({ producer }) => producer.process), processOf(leader));
    }
    case 'read': {
      const [, row, reader] = /^(.+)-(\d+)$/.exec(rest) ?? [];
      const leader = rows.find((one) => one.key === row)?.partition.leader;
      return leader === undefined ? null : ends(processOf(leader), [Number(reader) as ProcessId]);
    }
    case 'replicate': {
      const strip = strips.find((one) => one.key === rest);
      if (strip === undefined) return null;
      const { leader } = rows.find((one) => one.key === partitionKey(strip.partition))?.partition ?? strip.partition;
      return ends(processOf(leader), processOf(strip.replica.broker));
    }
    case 'trunk':
    case 'tool': {
      const own = /^trunk-(\d+)$/.exec(key)?.[1];
      return ends(own === undefined ? writers : [Number(own) as ProcessId], brokers);
    }
  }
}
