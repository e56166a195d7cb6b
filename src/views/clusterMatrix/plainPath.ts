/** The way between two processes apart from the rails: over the tops of the racks. */
import type { ProcessId } from '../../kernel/events.ts';
import type { Point } from './geometry.ts';
import type { MatrixParts } from './layout.ts';

/** Null when an end is not on the figure. */
export function plainPath(
  from: ProcessId,
  to: ProcessId,
  { anchors, columns, racks, groups, zookeepers, unit: u }: MatrixParts,
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
    groups.some(({ members }) => members.some(({ member }) => member.process === process));
  const detour = (client: Point, process: ProcessId): Point[] => {
    const x = isReader(process) ? columns.racksRight + 12 * u : columns.busX;
    return [client, [x, client[1]], [x, topY]];
  };
  if (isRack(to)) return [...detour(start, from), [end[0], topY], end];
  if (isRack(from)) {
    const back: Point[] = [...detour(end, to), [start[0], topY], start];
    return back.reverse();
  }
  return [start, end];
}
