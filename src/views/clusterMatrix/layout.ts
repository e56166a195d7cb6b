/**
 * The cluster as a matrix: one column per broker, one row per partition, ZooKeeper above, producers on the left, groups on the right.
 * Values to positions; nothing here draws.
 */
import type { ClusterPicture, ZooKeeperPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Box, Frame, Point } from './geometry.ts';
import { middleOf } from './geometry.ts';
import type { GroupLayout, ProducerCard, ToolCard } from './layoutCards.ts';
import { layoutGroups, layoutProducers, layoutTools } from './layoutCards.ts';
import type { Columns, RackLayout } from './layoutColumns.ts';
import { layoutColumns } from './layoutColumns.ts';
import type { LinkMark } from './layoutLinks.ts';
import { layoutLinks } from './layoutLinks.ts';
import type { HeatRow, RowLayout, StripLayout, TopicLine } from './layoutRows.ts';
import { layoutRows } from './layoutRows.ts';
import { layoutWires } from './layoutWires.ts';
import type { MatrixChoices } from './matrixChoices.ts';
import { noChoices } from './matrixChoices.ts';
import { slowestGroupLag } from './groupLag.ts';
import { shownTopics } from './shownTopics.ts';
import type { Wire } from './wire.ts';

export type { RackLayout } from './layoutColumns.ts';
export type { RowLayout, StripLayout } from './layoutRows.ts';

export interface ZooKeeperLayout extends Box {
  readonly zookeeper: ZooKeeperPicture;
}
/** All but the wires. */
export interface MatrixParts extends Frame {
  readonly columns: Columns;
  readonly zookeepers: readonly ZooKeeperLayout[];
  readonly racks: readonly RackLayout[];
  readonly lines: readonly TopicLine[];
  readonly rows: readonly RowLayout[];
  readonly strips: readonly StripLayout[];
  readonly heatRows: readonly HeatRow[];
  readonly stripOf: ReadonlyMap<string, StripLayout>;
  readonly producers: readonly ProducerCard[];
  readonly tools: readonly ToolCard[];
  readonly groups: readonly GroupLayout[];
  /** Where the middle of a process is, for what flies outside the rails. */
  readonly anchors: ReadonlyMap<ProcessId, Point>;
}
export interface MatrixLayout extends MatrixParts {
  /** Larger than the frame when racks or rows do not fit. */
  readonly contentWidth: number;
  readonly contentHeight: number;
  readonly wires: readonly Wire[];
  /** What is wrong with links, where it shows. */
  readonly linkMarks: readonly LinkMark[];
  /** x of the lines along which the network is partitioned. */
  readonly partitionLines: readonly number[];
}

export function layoutMatrix(picture: ClusterPicture, frame: Frame, choices: MatrixChoices = noChoices): MatrixLayout {
  const { unit: u, isCompact } = frame;
  const columns = layoutColumns(picture.brokers, frame);
  const hasEnsemble = picture.zookeepers.length > 1;
  const bandHeight = (isCompact ? (hasEnsemble ? 50 : 42) : 64) * u;
  const headHeight = (isCompact ? 30 : 40) * u;
  const rowsY = bandHeight + headHeight;
  const brokers = picture.brokers.map((broker, index) => ({
    broker,
    x: columns.racksX + index * (columns.rackWidth + columns.rackGap),
    y: bandHeight,
    width: columns.rackWidth,
    height: 0,
    headHeight,
  }));
  const topics = shownTopics(picture, choices);
  const { bottom, ...rows } = layoutRows(topics, brokers, columns, frame, rowsY, {
    ...choices,
    groupLag: slowestGroupLag(picture),
  });
  const isEmpty = rows.rows.length + rows.heatRows.length + rows.lines.length === 0;
  // Below empty racks there is room for a sentence.
  const rackBottom = isEmpty ? Math.min(frame.heightPx - 52 * u, rowsY + 150 * u) : bottom + 4 * u;
  const racks = brokers.map((rack) => ({ ...rack, height: rackBottom - bandHeight }));
  const zookeepers = layoutZooKeepers(picture.zookeepers, columns, frame, hasEnsemble);
  const middle = (rowsY + Math.min(rackBottom, frame.heightPx)) / 2;
  const tools = layoutTools(picture.tools, columns, frame, { top: bandHeight, headHeight });
  const lastTool = tools.at(-1);
  const belowTools = lastTool === undefined ? rowsY + 4 * u : lastTool.y + lastTool.height + 10 * u;
  const producers = layoutProducers(picture.producers, columns, frame, { top: belowTools, middle });
  const groups = layoutGroups(picture.groups, columns, frame, { top: rowsY, middle, bottom: frame.heightPx });
  const lowest = Math.max(
    rackBottom,
    ...[...groups, ...producers, ...tools].map(({ y, height }) => y + height + 4 * u),
  );
  const parts: MatrixParts = {
    ...frame,
    columns,
    zookeepers,
    racks,
    ...rows,
    stripOf: new Map(rows.strips.map((strip) => [strip.key, strip])),
    producers,
    tools,
    groups,
    anchors: anchorsOf({ zookeepers, racks, producers, tools, groups }),
  };
  const { wires, linkMarks, partitionLines } = layoutLinks(parts, layoutWires(parts), picture.impairedLinks);
  return {
    ...parts,
    contentWidth: columns.contentWidth,
    contentHeight: Math.max(frame.heightPx, lowest + 6 * u),
    wires,
    linkMarks,
    partitionLines,
  };
}

/** Side by side over the racks; as many as racks: each over one. */
function layoutZooKeepers(
  zookeepers: readonly ZooKeeperPicture[],
  { racksX, racksRight }: Columns,
  { unit: u, isCompact }: Frame,
  hasEnsemble: boolean,
): readonly ZooKeeperLayout[] {
  const share = (racksRight - racksX) / Math.max(1, zookeepers.length);
  const width = Math.min((isCompact ? 112 : 132) * u, share - 12 * u);
  const y = (isCompact ? (hasEnsemble ? 6 : 7) : 14) * u;
  return zookeepers.map((zookeeper, index) => ({
    zookeeper,
    x: racksX + share * (index + 0.5) - width / 2,
    y,
    width,
    height: 28 * u,
  }));
}

function anchorsOf({
  zookeepers,
  racks,
  producers,
  tools,
  groups,
}: Pick<MatrixParts, 'zookeepers' | 'racks' | 'producers' | 'tools' | 'groups'>): ReadonlyMap<ProcessId, Point> {
  const anchors = new Map<ProcessId, Point>();
  for (const { zookeeper, x, y, width, height } of zookeepers)
    anchors.set(zookeeper.process, [x + width / 2, y + height]);
  for (const rack of racks) anchors.set(rack.broker.process, middleOf({ ...rack, height: rack.headHeight }));
  for (const { producer, x, y, width, height } of producers) anchors.set(producer.process, [x + width, y + height / 2]);
  for (const { tool, x, y, width, height } of tools) anchors.set(tool.process, [x + width, y + height / 2]);
  for (const group of groups)
    for (const { member, x, y, height } of group.members) anchors.set(member.process, [x, y + height / 2]);
  return anchors;
}
