/** The ensemble's line and the sessions of brokers: from each broker to the very server that it is connected to. */
import type { SessionPicture, ZooKeeperPicture } from '../../cluster/picture.ts';
import type { Point } from './geometry.ts';
import type { MatrixParts, RackLayout, ZooKeeperLayout } from './layout.ts';
import { type Wire, wire } from './wire.ts';
import { endsOf } from './wireEnds.ts';

/** Serves as a member of the quorum. */
export const isInQuorum = ({ health, role }: ZooKeeperPicture): boolean =>
  health === 'running' && (role === 'leader' || role === 'follower');

export function sessionWires(parts: Pick<MatrixParts, 'zookeepers' | 'racks' | 'unit'>): readonly Wire[] {
  const { zookeepers, racks, unit: u } = parts;
  const wires: Wire[] = [];
  zookeepers.slice(1).forEach((right, index) => {
    const left = zookeepers[index]!;
    const ends = [left.zookeeper, right.zookeeper] as const;
    wires.push(
      wire(
        `ensemble-${ends[0].server}-${ends[1].server}`,
        'ensemble',
        [
          [left.x + left.width, left.y + left.height / 2],
          [right.x, right.y + right.height / 2],
        ],
        { ends: endsOf([ends[0].process], [ends[1].process]), isBroken: !ends.every(isInQuorum) },
      ),
    );
  });
  for (const rack of racks) {
    const zookeeper = serverOf(rack.broker.session, rack, zookeepers);
    if (zookeeper === undefined) continue;
    const { broker } = rack;
    wires.push(
      wire(`session-${broker.broker}`, 'session', sessionPath(rack, zookeeper, zookeepers.indexOf(zookeeper), u), {
        ends: endsOf([zookeeper.zookeeper.process], [broker.process]),
        isBroken: isBroken(broker),
      }),
    );
  }
  return wires;
}

/** Expired, or nobody to keep it: no connection, or no server that tracks sessions. */
const isBroken = ({ session, hasSession }: RackLayout['broker']): boolean =>
  session === null ? !hasSession : session.state === 'expired' || (session.state === 'unknown' && !hasSession);

/** The server that it is connected to; while it is connected to none, the one that keeps its session: a leader, or the only one. */
function serverOf(
  session: SessionPicture | null,
  { broker }: RackLayout,
  zookeepers: readonly ZooKeeperLayout[],
): ZooKeeperLayout | undefined {
  const server = session?.server ?? null;
  if (server !== null) return zookeepers.find(({ zookeeper }) => zookeeper.server === server);
  if (session === null && broker.health === 'dead') return undefined;
  const leader = zookeepers.find(({ zookeeper }) => zookeeper.role === 'leader');
  return leader ?? (zookeepers.length === 1 ? zookeepers[0] : undefined);
}

/** Straight down where the rack lies below the server, else along a lane of the server's own between band and racks. */
function sessionPath(rack: RackLayout, server: ZooKeeperLayout, index: number, u: number): readonly Point[] {
  const x = rack.x + rack.width / 2;
  const bottom = server.y + server.height;
  const inside = server.x + 12 * u <= x && x <= server.x + server.width - 12 * u;
  if (inside)
    return [
      [x, bottom],
      [x, rack.y],
    ];
  const startX = x < server.x ? server.x + 14 * u : server.x + server.width - 14 * u;
  const laneY = bottom + (rack.y - bottom) * (0.3 + 0.15 * (index % 4));
  return [
    [startX, bottom],
    [startX, laneY],
    [x, laneY],
    [x, rack.y],
  ];
}
