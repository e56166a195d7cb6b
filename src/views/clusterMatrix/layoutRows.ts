/**
 * The rows of the matrix: a row for each partition, with a strip for each replica; compact rows beyond four partitions, a heat matrix beyond
 * twenty-four, and one line for a topic that is closed.
 */
import type { PartitionPicture, ReplicaPicture, TopicPicture } from '../../cluster/picture.ts';
import { logSizeInBytes } from '../../kafka/log/partitionLog.ts';
import type { Box, Frame } from './geometry.ts';
import { clamp } from './geometry.ts';
import type { Columns, RackLayout } from './layoutColumns.ts';
import type { HeatMeasure } from './matrixChoices.ts';
import type { ShownTopic } from './shownTopics.ts';
import { mostRoomyRows } from './shownTopics.ts';

export interface RowLayout extends Box {
  readonly key: string;
  readonly partition: PartitionPicture;
  readonly railY: number;
  readonly isFirstOfTopic: boolean;
  /** Opened from a heat matrix: its label closes it. */
  readonly isOpenedHeat: boolean;
}
export interface StripLayout extends Box {
  readonly key: string;
  readonly partition: PartitionPicture;
  readonly replica: ReplicaPicture;
  /** Where the role's pill stands. */
  readonly badgeY: number;
  /** Offset of the first slot; records before it are out of frame. */
  readonly first: number;
  readonly slots: number;
  readonly slotWidth: number;
  readonly cellsX: number;
  readonly cellsY: number;
  readonly cellHeight: number;
  readonly hasOlder: boolean;
  /** Many rows: the role is a mark in the strip, flags and numbers are left out. */
  readonly isTight: boolean;
}
/** The name of a topic over its rows, or in place of them. */
export interface TopicLine extends Box {
  readonly topic: TopicPicture;
  readonly isOpen: boolean;
  /** Strips show its partitions: wires lead there and not to the line. */
  readonly hasStrips: boolean;
}
export interface HeatCell extends Box {
  readonly broker: number;
  readonly replica: ReplicaPicture;
  readonly isLeader: boolean;
  readonly value: number;
  /** Of the colour: 0 to 1, on a logarithmic scale for a lag, of the largest for a size. */
  readonly share: number;
}
/** A row of a heat matrix. */
export interface HeatRow extends Box {
  readonly key: string;
  readonly partition: PartitionPicture;
  readonly cells: readonly HeatCell[];
}
export interface Rows {
  readonly lines: readonly TopicLine[];
  readonly rows: readonly RowLayout[];
  readonly strips: readonly StripLayout[];
  readonly heatRows: readonly HeatRow[];
  /** Below the last one. */
  readonly bottom: number;
}

export const partitionKey = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic}-${partition}`;
export const stripKey = (partition: { readonly topic: string; readonly partition: number }, broker: number): string =>
  `${partitionKey(partition)}@${broker}`;

/** x of the boundary before an offset. */
export const offsetX = (
  { cellsX, first, slotWidth }: Pick<StripLayout, 'cellsX' | 'first' | 'slotWidth'>,
  offset: number,
): number => cellsX + (offset - first) * slotWidth;

export interface RowsChoices {
  readonly heatMeasure: HeatMeasure;
  readonly openRows: readonly string[];
  /** How far the slowest group is behind in a partition. */
  readonly groupLag: (key: string) => number;
}

export function layoutRows(
  topics: readonly ShownTopic[],
  racks: readonly RackLayout[],
  columns: Columns,
  frame: Frame,
  top: number,
  choices: RowsChoices,
): Rows {
  const { unit: u } = frame;
  const hasLines = topics.length > 1 || topics.some(({ isOpen, isHeat }) => !isOpen || isHeat);
  const open = topics.filter(({ isOpen }) => isOpen);
  const isOpenRow = (partition: PartitionPicture): boolean => choices.openRows.includes(partitionKey(partition));
  const stripCount = open.reduce(
    (sum, { topic, isHeat }) => sum + topic.partitions.filter((one) => !isHeat || isOpenRow(one)).length,
    0,
  );
  const heatCount = open.reduce((sum, { topic }) => sum + topic.partitions.length, 0) - stripCount;
  const lineHeight = hasLines ? 32 * u : 0;
  const available = frame.heightPx - top - 10 * u - lineHeight * topics.length;
  const heights = rowHeights({ stripCount, heatCount, available, u });

  const lines: TopicLine[] = [];
  const rows: RowLayout[] = [];
  const strips: StripLayout[] = [];
  const heatRows: HeatRow[] = [];
  const heat = heatScale(open, choices);
  let y = top;
  for (const { topic, isOpen, isHeat } of topics) {
    if (hasLines) {
      const { racksX: x, racksRight } = columns;
      lines.push({
        topic,
        isOpen,
        hasStrips: isOpen && !isHeat,
        x,
        y: y + 3 * u,
        width: racksRight - x,
        height: lineHeight - 6 * u,
      });
      y += lineHeight;
    }
    if (!isOpen) continue;
    let isFirst = true;
    for (const partition of topic.partitions) {
      const isOpenedHeat = isHeat && isOpenRow(partition);
      const place = { x: columns.pad, y, width: columns.contentWidth - 2 * columns.pad };
      if (isHeat && !isOpenedHeat) {
        heatRows.push(layoutHeatRow(partition, { ...place, height: heights.heat }, racks, heat, u));
        y += heights.heat;
      } else {
        const metrics = rowMetrics(heights.strip, frame);
        const height = heights.strip;
        const railY = y + metrics.railOffset;
        const row = {
          key: partitionKey(partition),
          partition,
          ...place,
          height,
          railY,
          isFirstOfTopic: isFirst && !hasLines,
          isOpenedHeat,
        };
        rows.push(row);
        strips.push(...layoutStrips(row, racks, metrics, u));
        y += height;
      }
      isFirst = false;
    }
  }
  return { lines, rows, strips, heatRows, bottom: y };
}

/** A row gets tight before any of them leaves the screen: what must be scrolled to is not seen. */
function rowHeights({
  stripCount,
  heatCount,
  available,
  u,
}: {
  readonly stripCount: number;
  readonly heatCount: number;
  readonly available: number;
  readonly u: number;
}): { readonly strip: number; readonly heat: number } {
  const heat = heatCount === 0 ? 0 : clamp((available - stripCount * 44 * u) / heatCount, 16 * u, 20 * u);
  const room = (available - heat * heatCount) / Math.max(1, stripCount);
  const isCrowded = stripCount > mostRoomyRows || heatCount > 0;
  return { heat, strip: isCrowded ? clamp(room, 40 * u, 60 * u) : clamp(room, 46 * u, 176 * u) };
}

interface RowMetrics {
  readonly railOffset: number;
  readonly badgeOffset: number;
  readonly cellsOffset: number;
  readonly footHeight: number;
  readonly height: number;
  readonly isTight: boolean;
}

/** Below 86 units the pill goes into the strip, and flags and numbers go; below 120 rail, pill and cells move together. */
function rowMetrics(height: number, { unit: u, isCompact }: Frame): RowMetrics {
  if (height < 86 * u)
    return { railOffset: 5 * u, badgeOffset: 5 * u, cellsOffset: 12 * u, footHeight: 14 * u, height, isTight: true };
  const isSnug = height < 120 * u;
  const railOffset = (isSnug ? 5 : isCompact ? 11 : 16) * u;
  // Between the rail and the pill below it a message in its ring must not hide the role.
  const badgeOffset = railOffset + (isSnug ? 5 : isCompact ? 9 : 12) * u;
  const cellsOffset = badgeOffset + (19 + (isSnug ? 13 : 15)) * u;
  return { railOffset, badgeOffset, cellsOffset, footHeight: (isSnug ? 29 : 32) * u, height, isTight: false };
}

function layoutStrips(
  row: RowLayout,
  racks: readonly RackLayout[],
  { cellsOffset, badgeOffset, footHeight, height, isTight }: RowMetrics,
  u: number,
): readonly StripLayout[] {
  const { replicas } = row.partition;
  const longest = Math.max(0, ...replicas.map((replica) => replica.logEndOffset));
  const oldest = Math.min(
    longest,
    ...replicas.filter(({ log }) => log !== null).map((replica) => replica.logStartOffset),
  );
  const isAlone = racks.length === 1;
  return replicas.flatMap((replica): StripLayout[] => {
    const rack = racks.find(({ broker }) => broker.broker === replica.broker);
    if (rack === undefined) return [];
    const x = rack.x + 10 * u;
    const width = rack.width - 20 * u;
    const slots = clamp(Math.floor((width / u - 20) / (isAlone ? 42 : 22)), 5, isAlone ? 18 : 9);
    const newest = Math.max(oldest, longest + 1 - slots);
    // A log that has stopped is not left behind whole: half of the strip still shows its last records.
    const isStopped = replica.role === 'offline' && replica.log !== null;
    const lastOwn = Math.max(replica.logStartOffset, replica.logEndOffset - Math.ceil(slots / 2));
    const first = isStopped ? Math.min(newest, lastOwn) : newest;
    const hasOlder = first > oldest;
    const left = ((hasOlder ? 16 : 4) + (isTight ? 20 : 0)) * u;
    const cellsY = row.y + cellsOffset;
    const cellHeight = clamp(height - cellsOffset - footHeight, 14 * u, (isAlone ? 54 : 42) * u);
    return [
      {
        key: stripKey(row.partition, replica.broker),
        partition: row.partition,
        replica,
        x,
        y: cellsY - 3 * u,
        width,
        height: cellHeight + 6 * u,
        badgeY: row.y + badgeOffset,
        first,
        slots,
        slotWidth: (width - left - 4 * u) / slots,
        cellsX: x + left,
        cellsY,
        cellHeight,
        hasOlder,
        isTight,
      },
    ];
  });
}

type Heat = Pick<HeatCell, 'value' | 'share'>;
type HeatOf = (partition: PartitionPicture, replica: ReplicaPicture) => Heat;

/** A lag's colour is full at a thousand records; a size's at the largest log of the figure. */
function heatScale(topics: readonly ShownTopic[], { heatMeasure, groupLag }: RowsChoices): HeatOf {
  const heat = topics.filter(({ isHeat }) => isHeat).flatMap(({ topic }) => topic.partitions);
  if (heatMeasure === 'size') {
    const size = ({ log }: ReplicaPicture): number => (log === null ? 0 : logSizeInBytes(log));
    const largest = Math.max(1, ...heat.flatMap(({ replicas }) => replicas.map(size)));
    return (_partition, replica) => ({ value: size(replica), share: size(replica) / largest });
  }
  return (partition, replica) => {
    const value = replica.broker === partition.leader ? groupLag(partitionKey(partition)) : lagOf(partition, replica);
    return { value, share: Math.min(1, Math.log10(1 + value) / 3) };
  };
}

/** How many records a follower is behind its leader. */
function lagOf({ leader, replicas }: PartitionPicture, replica: ReplicaPicture): number {
  const end = replicas.find(({ broker }) => broker === leader)?.logEndOffset ?? replica.logEndOffset;
  return Math.max(0, end - replica.logEndOffset);
}

function layoutHeatRow(
  partition: PartitionPicture,
  place: Box,
  racks: readonly RackLayout[],
  heat: HeatOf,
  u: number,
): HeatRow {
  return {
    key: partitionKey(partition),
    partition,
    ...place,
    cells: partition.replicas.flatMap((replica): readonly HeatCell[] => {
      const rack = racks.find(({ broker }) => broker.broker === replica.broker);
      if (rack === undefined) return [];
      const box = { x: rack.x + 10 * u, y: place.y + u, width: rack.width - 20 * u, height: place.height - 2 * u };
      return [
        {
          ...box,
          broker: replica.broker,
          replica,
          isLeader: replica.broker === partition.leader,
          ...heat(partition, replica),
        },
      ];
    }),
  };
}
