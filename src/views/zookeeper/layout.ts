/** ZooKeeper: the tree of znodes on the left; on the right the servers with their votes, the seats of the quorum, the sessions. In CSS pixels. */
import type { EnsemblePicture, SessionOfTree } from '../../cluster/zookeeper/pictureOfEnsemble.ts';
import type { ZooKeeperPicture } from '../../cluster/picture.ts';
import type { Frame } from '../clusterMatrix/geometry.ts';
import type { Ballot, BallotEvent, ServerSpan } from './ballot.ts';
import { lastBallot, serverSpans } from './ballot.ts';
import type { DeletedZnode, TreeRow } from './treeRows.ts';
import { isOpenZnode, treeRows } from './treeRows.ts';

/** All that the view shows. */
export interface ZooKeeperNow {
  readonly nowUs: number;
  readonly startedUs: number;
  readonly ensemble: EnsemblePicture;
  readonly servers: readonly ZooKeeperPicture[];
  readonly events: readonly BallotEvent[];
  readonly deleted: readonly DeletedZnode[];
  /** Path of the selected znode. */
  readonly selectedPath: string | null;
  readonly ownTopicCount: number;
  /** How a client is called; null for one that is not known. */
  readonly nameOf: (client: number | null) => string | null;
  readonly nameOfSession: (session: string) => string | null;
}

export interface ZnodeBox extends TreeRow {
  readonly x: number;
  readonly y: number;
  /** Where its parent stands; null for the root. */
  readonly parentY: number | null;
}
export interface ServerLane {
  readonly server: ZooKeeperPicture;
  readonly y: number;
  readonly spans: readonly ServerSpan[];
}
export interface ZooKeeperLayout extends Frame {
  readonly now: ZooKeeperNow;
  readonly treeWidth: number;
  readonly treeTop: number;
  readonly rowHeight: number;
  readonly rows: readonly ZnodeBox[];
  readonly rightX: number;
  readonly lanesX: number;
  readonly lanes: readonly ServerLane[];
  readonly ballot: Ballot | null;
  readonly seatsY: number;
  readonly sessionsY: number;
  readonly sessions: readonly SessionOfTree[];
  readonly contentHeight: number;
}

/** Shares of the lane at which the voting begins and ends: it takes milliseconds of an election, and is what there is to see. */
const voting = [0.12, 0.68] as const;

export const laneX = ({ lanesX, widthPx, ballot }: ZooKeeperLayout, atUs: number): number => {
  if (ballot === null) return lanesX;
  const { fromUs, begunUs, votedUs, toUs } = ballot;
  const share =
    atUs < begunUs
      ? between(fromUs, begunUs, atUs) * voting[0]
      : atUs < votedUs
        ? voting[0] + between(begunUs, votedUs, atUs) * (voting[1] - voting[0])
        : voting[1] + between(votedUs, toUs, atUs) * (1 - voting[1]);
  return lanesX + share * (widthPx - lanesX);
};

const between = (from: number, to: number, at: number): number =>
  to <= from ? 1 : Math.min(1, Math.max(0, (at - from) / (to - from)));

export function layoutZooKeeper(now: ZooKeeperNow, frame: Frame): ZooKeeperLayout {
  const { widthPx: w, heightPx: h, unit: u } = frame;
  const { ensemble, servers, events, deleted, selectedPath, ownTopicCount } = now;
  const treeWidth = w * 0.46;
  const treeTop = 52 * u;
  const shown = treeRows(ensemble.znodes, deleted, (path) => isOpenZnode(path, selectedPath, ownTopicCount));
  const rowHeight = Math.max(28 * u, Math.min(38 * u, (h - 70 * u) / Math.max(1, shown.length)));
  const lastY = new Map<number, number>();
  const rows = shown.map((row, index): ZnodeBox => {
    const y = treeTop + index * rowHeight;
    lastY.set(row.depth, y);
    return { ...row, x: row.depth * 22 * u, y, parentY: row.depth === 0 ? null : (lastY.get(row.depth - 1) ?? null) };
  });
  const rightX = treeWidth + 46 * u;
  const isEnsemble = ensemble.size > 1;
  const sessionCount = ensemble.sessions.length;
  const sessionsHeight = (34 + Math.max(1, sessionCount) * 40) * u;
  const seatsHeight = isEnsemble ? 64 * u : 0;
  const laneTop = 70 * u;
  const gaps = Math.max(1, servers.length - 1);
  const laneGap = isEnsemble
    ? Math.max(74 * u, Math.min(220 * u, (h - laneTop - sessionsHeight - seatsHeight - 40 * u) / gaps))
    : 0;
  const lanes = servers.map((server, index) => ({
    server,
    y: laneTop + index * laneGap,
    spans: serverSpans(events, server.server),
  }));
  const seatsY = (lanes.at(-1)?.y ?? laneTop) + (isEnsemble ? 56 : 18) * u;
  const sessionsY = seatsY + (isEnsemble ? 50 : 40) * u;
  return {
    ...frame,
    now,
    treeWidth,
    treeTop,
    rowHeight,
    rows,
    rightX,
    lanesX: rightX + 66 * u,
    lanes,
    ballot: isEnsemble ? lastBallot(events, now.nowUs) : null,
    seatsY,
    sessionsY,
    sessions: ensemble.sessions,
    contentHeight: Math.max(treeTop + rows.length * rowHeight + 8 * u, sessionsY + sessionsHeight),
  };
}
