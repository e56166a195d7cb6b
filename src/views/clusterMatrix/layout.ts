/**
 * The cluster as a matrix: one column per broker, one row per partition, ZooKeeper above, producers on the left, groups on the right.
 * Values to positions, in CSS pixels; nothing here draws. Over each row runs a rail: left of the leader it carries writes, right of it reads.
 */
import type {
  BrokerPicture,
  ClusterPicture,
  GroupPicture,
  PartitionPicture,
  ProducerPicture,
  ReplicaPicture,
  ZooKeeperPicture,
} from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';

export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** CSS pixels of one unit: 1 at scale 1, more for larger text. */
  readonly unit: number;
  readonly isCompact: boolean;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Point = readonly [number, number];

export interface RowLayout extends Box {
  readonly key: string;
  readonly partition: PartitionPicture;
  readonly railY: number;
  readonly isFirstOfTopic: boolean;
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
export interface GroupLayout extends Box {
  readonly group: GroupPicture;
  /** Letter and tone of the group: A, B, C, D. */
  readonly index: number;
  readonly members: readonly (Box & {
    readonly process: ProcessId;
    readonly terminal: string | null;
    readonly clientId: string;
    readonly lines: readonly MemberLine[];
  })[];
}
export interface MemberLine {
  readonly y: number;
  readonly label: string;
  readonly lag: number | null;
}
export interface Wire {
  readonly key: string;
  readonly kind: 'session' | 'ensemble' | 'write' | 'read' | 'replicate' | 'trunk' | 'tool';
  readonly points: readonly Point[];
  readonly tone: number;
  readonly isBroken: boolean;
}
export interface MatrixLayout extends Frame {
  /** Larger than the frame when the rows do not fit. */
  readonly contentHeight: number;
  readonly zookeepers: readonly (Box & { readonly zookeeper: ZooKeeperPicture })[];
  readonly racks: readonly (Box & { readonly broker: BrokerPicture; readonly headHeight: number })[];
  readonly rows: readonly RowLayout[];
  readonly strips: readonly StripLayout[];
  readonly producers: readonly (Box & { readonly producer: ProducerPicture })[];
  readonly tools: readonly (Box & { readonly process: ProcessId; readonly program: string })[];
  readonly groups: readonly GroupLayout[];
  readonly wires: readonly Wire[];
  /** Where the middle of a process is, for what flies outside the rails. */
  readonly anchors: ReadonlyMap<ProcessId, Point>;
  readonly busX: number;
}

export const partitionKey = ({ topic, partition }: { topic: string; partition: number }): string =>
  `${topic}-${partition}`;
export const stripKey = (partition: { topic: string; partition: number }, broker: number): string =>
  `${partitionKey(partition)}@${broker}`;

/** x of the boundary before an offset. */
export const offsetX = ({ cellsX, first, slotWidth }: StripLayout, offset: number): number =>
  cellsX + (offset - first) * slotWidth;

export function layoutMatrix(picture: ClusterPicture, frame: Frame): MatrixLayout {
  const { unit: u, isCompact, widthPx } = frame;
  const partitions = picture.topics.filter((topic) => !topic.isInternal).flatMap((topic) => topic.partitions);
  const brokers = picture.brokers;
  const narrow = widthPx < 900 * u;
  const gap = (isCompact ? 10 : 13) * u;
  const pad = 12 * u;
  const producersWidth = (isCompact || narrow ? 120 : 176) * u;
  const isWide = brokers.length < 3 && !narrow;
  const leftGutter = (isWide ? 110 : isCompact || narrow ? 70 : 96) * u;
  const rightGutter = (isCompact || narrow ? 46 : 74) * u;
  const groupsWidth = (isCompact || narrow ? 156 : 210) * u;
  const zkHeight = (isCompact ? 42 : 64) * u;
  const headHeight = (isCompact ? 30 : 40) * u;
  const columnsX = pad + producersWidth + leftGutter;
  const columnsWidth = widthPx - columnsX - rightGutter - groupsWidth - pad;
  const columnCount = Math.max(1, brokers.length);
  const columnWidth = Math.max(150 * u, (columnsWidth - gap * (columnCount - 1)) / columnCount);
  const rowsY = zkHeight + headHeight;
  const available = Math.max(60 * u, frame.heightPx - rowsY - 10 * u);
  // Tight before out of sight: a row that must be scrolled to is a row that is not seen.
  const leastRow = 46 * u;
  const rowHeight = Math.min(176 * u, Math.max(leastRow, available / Math.max(1, partitions.length)));
  const contentHeight = Math.max(frame.heightPx, rowsY + rowHeight * partitions.length + 10 * u);
  const rackX = (index: number): number => columnsX + index * (columnWidth + gap);
  const rackBottom =
    partitions.length === 0
      ? Math.min(contentHeight - 8 * u, rowsY + 150 * u)
      : rowsY + rowHeight * partitions.length + 4 * u;

  const zookeepers = picture.zookeepers.map((zookeeper, index) => {
    const width = (isCompact ? 108 : 132) * u;
    const share = (columnWidth * columnCount + gap * (columnCount - 1)) / picture.zookeepers.length;
    return {
      zookeeper,
      x: columnsX + share * (index + 0.5) - width / 2,
      y: (zkHeight - 28 * u) / 2,
      width,
      height: 28 * u,
    };
  });
  const racks = brokers.map((broker, index) => ({
    broker,
    x: rackX(index),
    y: zkHeight,
    width: columnWidth,
    height: rackBottom - zkHeight,
    headHeight,
  }));

  const isTight = rowHeight < 104 * u;
  const railOffset = (isTight ? 5 : isCompact ? 11 : 16) * u;
  // Between the rail and the pill below it a message in its ring must not hide the role.
  const badgeOffset = railOffset + (isCompact ? 9 : 12) * u;
  const cellsOffset = isTight ? railOffset + 8 * u : badgeOffset + (19 + 15) * u;
  const footHeight = (isTight ? 16 : 32) * u;
  const rows: RowLayout[] = partitions.map((partition, index) => {
    const y = rowsY + index * rowHeight;
    const isFirstOfTopic = partitions[index - 1]?.topic !== partition.topic;
    return {
      key: partitionKey(partition),
      partition,
      x: pad,
      y,
      width: widthPx - 2 * pad,
      height: rowHeight,
      railY: y + railOffset,
      isFirstOfTopic,
    };
  });
  const strips: StripLayout[] = rows.flatMap((row) => {
    const longest = Math.max(0, ...row.partition.replicas.map((replica) => replica.logEndOffset));
    return row.partition.replicas.flatMap((replica): StripLayout[] => {
      const index = brokers.findIndex(({ broker }) => broker === replica.broker);
      if (index < 0) return [];
      const x = rackX(index) + 10 * u;
      const width = columnWidth - 20 * u;
      const slots = Math.max(
        5,
        Math.min(columnCount === 1 ? 18 : 9, Math.floor((width / u - 20) / (columnCount === 1 ? 30 : 22))),
      );
      const first = Math.max(0, longest + 1 - slots);
      const left = ((first > 0 ? 16 : 4) + (isTight ? 20 : 0)) * u;
      const cellsY = row.y + cellsOffset;
      const cellHeight = Math.max(14 * u, Math.min(42 * u, rowHeight - cellsOffset - footHeight));
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
          hasOlder: first > 0,
          isTight,
        },
      ];
    });
  });

  const producerHeight = (isCompact ? 58 : 76) * u;
  const toolHeight = 30 * u;
  const leftCount = picture.producers.length;
  const leftHeight = leftCount * (producerHeight + 12 * u) + picture.tools.length * (toolHeight + 8 * u);
  const middle = (rowsY + rackBottom) / 2;
  let leftY = Math.max(rowsY + 4 * u, middle - leftHeight / 2);
  const producers = picture.producers.map((producer) => {
    const box = { producer, x: pad, y: leftY, width: producersWidth, height: producerHeight };
    leftY += producerHeight + 12 * u;
    return box;
  });
  const tools = picture.tools.map(({ process, program }) => {
    const box = { process, program, x: pad, y: leftY, width: producersWidth, height: toolHeight };
    leftY += toolHeight + 8 * u;
    return box;
  });

  const groups = layoutGroups(picture.groups, {
    x: widthPx - pad - groupsWidth,
    width: groupsWidth,
    top: rowsY,
    middle,
    unit: u,
    isCompact,
  });

  const anchors = new Map<ProcessId, Point>();
  for (const { zookeeper, x, y, width, height } of zookeepers)
    anchors.set(zookeeper.process, [x + width / 2, y + height]);
  for (const { broker, x, y, width } of racks) anchors.set(broker.process, [x + width / 2, y + headHeight / 2]);
  for (const { producer, x, y, width, height } of producers) anchors.set(producer.process, [x + width, y + height / 2]);
  for (const { process, x, y, width, height } of tools) anchors.set(process, [x + width, y + height / 2]);
  for (const group of groups)
    for (const { process, x, y, height } of group.members) anchors.set(process, [x, y + height / 2]);

  const busX = pad + producersWidth + leftGutter * 0.16;
  const base = { ...frame, contentHeight, zookeepers, racks, rows, strips, producers, tools, groups, anchors, busX };
  return { ...base, wires: layoutWires(base) };
}

function layoutGroups(
  groups: readonly GroupPicture[],
  {
    x,
    width,
    top,
    middle,
    unit: u,
    isCompact,
  }: { x: number; width: number; top: number; middle: number; unit: number; isCompact: boolean },
): readonly GroupLayout[] {
  const head = (isCompact ? 26 : 42) * u;
  const lineHeight = 16 * u;
  const memberHead = 20 * u;
  const shown = groups.map((group) => {
    const members = group.members.map((member) => ({
      member,
      height: memberHead + Math.max(1, member.partitions.length) * lineHeight + 6 * u,
    }));
    const height =
      head + members.reduce((sum, member) => sum + member.height + 6 * u, 0) + (members.length === 0 ? 20 * u : 4 * u);
    return { group, members, height };
  });
  const total = shown.reduce((sum, { height }) => sum + height + 10 * u, -10 * u);
  let y = Math.max(top, middle - total / 2);
  return shown.map(({ group, members, height }, index): GroupLayout => {
    let memberY = y + head;
    const laidOut = members.map(({ member, height: memberHeight }) => {
      const lines = member.partitions.map((consumed, line) => ({
        y: memberY + memberHead + line * lineHeight,
        label: `P${consumed.partition}`,
        lag: consumed.lag,
      }));
      const box = {
        process: member.process,
        terminal: member.terminal,
        clientId: member.clientId,
        x: x + 10 * u,
        y: memberY,
        width: width - 20 * u,
        height: memberHeight,
        lines,
      };
      memberY += memberHeight + 6 * u;
      return box;
    });
    const layout = { group, index, x, y, width, height, members: laidOut };
    y += height + 10 * u;
    return layout;
  });
}

function layoutWires(layout: Omit<MatrixLayout, 'wires'>): readonly Wire[] {
  const { unit: u, busX } = layout;
  const wires: Wire[] = [];
  const stripOf = new Map(layout.strips.map((strip) => [strip.key, strip]));
  const [firstZk, ...otherZks] = layout.zookeepers;
  otherZks.reduce((left, right) => {
    wires.push({
      key: `ensemble-${left.zookeeper.server}-${right.zookeeper.server}`,
      kind: 'ensemble',
      points: [
        [left.x + left.width, left.y + left.height / 2],
        [right.x, right.y + right.height / 2],
      ],
      tone: 0,
      isBroken: false,
    });
    return right;
  }, firstZk!);
  layout.racks.forEach((rack, index) => {
    const zk = layout.zookeepers[index % Math.max(1, layout.zookeepers.length)];
    if (zk === undefined) return;
    const x = rack.x + rack.width / 2;
    const zkX = Math.min(zk.x + zk.width - 8 * u, Math.max(zk.x + 8 * u, x));
    const points: readonly Point[] =
      Math.abs(zkX - x) < 1
        ? [
            [x, zk.y + zk.height],
            [x, rack.y],
          ]
        : [
            [zkX, zk.y + zk.height],
            [zkX, rack.y - 8 * u],
            [x, rack.y - 8 * u],
            [x, rack.y],
          ];
    wires.push({
      key: `session-${rack.broker.broker}`,
      kind: 'session',
      points,
      tone: 0,
      isBroken: !rack.broker.hasSession,
    });
  });
  const writers = [...layout.producers, ...layout.tools];
  const railYs = layout.rows.map((row) => row.railY);
  if (writers.length > 0) {
    for (const { x, y, width, height, ...who } of writers) {
      const process = 'producer' in who ? who.producer.process : who.process;
      wires.push({
        key: `trunk-${process}`,
        kind: 'producer' in who ? 'trunk' : 'tool',
        points: [
          [x + width, y + height / 2],
          [busX, y + height / 2],
        ],
        tone: 0,
        isBroken: false,
      });
    }
    const ys = [...writers.map(({ y, height }) => y + height / 2), ...railYs];
    wires.push({
      key: 'bus',
      kind: 'trunk',
      points: [
        [busX, Math.min(...ys)],
        [busX, Math.max(...ys)],
      ],
      tone: 0,
      isBroken: false,
    });
  }
  for (const row of layout.rows) {
    const leader = stripOf.get(stripKey(row.partition, row.partition.leader));
    if (leader === undefined) {
      const rack = layout.racks[0];
      if (rack !== undefined && writers.length > 0) {
        wires.push({
          key: `write-${row.key}`,
          kind: 'write',
          points: [
            [busX, row.railY],
            [rack.x - 6 * u, row.railY],
          ],
          tone: 0,
          isBroken: true,
        });
      }
      continue;
    }
    if (writers.length > 0)
      wires.push({
        key: `write-${row.key}`,
        kind: 'write',
        points: writePath(leader, row, layout),
        tone: 0,
        isBroken: false,
      });
    layout.groups.forEach((group) => {
      group.members.forEach((member, lane) => {
        const reads = group.group.members[lane]?.partitions.some((read) => partitionKey(read) === row.key) ?? false;
        if (!reads) return;
        wires.push({
          key: `read-${row.key}-${member.process}`,
          kind: 'read',
          points: readPath(leader, row, layout, { group, member }),
          tone: group.index + 1,
          isBroken: false,
        });
      });
    });
    for (const replica of row.partition.replicas) {
      const follower = stripOf.get(stripKey(row.partition, replica.broker));
      if (follower === undefined || follower === leader || replica.role === 'offline') continue;
      wires.push({
        key: `replicate-${follower.key}`,
        kind: 'replicate',
        points: replicationPath(leader, follower, layout),
        tone: 0,
        isBroken: !replica.isInSync,
      });
    }
  }
  return wires;
}

const tailX = (leader: StripLayout): number =>
  Math.min(leader.x + leader.width - 4, offsetX(leader, leader.replica.logEndOffset) + leader.slotWidth / 2);

/** From the bus along the row's rail, down to the next free slot of the leader. */
export function writePath(leader: StripLayout, row: RowLayout, { busX }: { busX: number }): readonly Point[] {
  const x = tailX(leader);
  return [
    [busX, row.railY],
    [x, row.railY],
    [x, leader.y],
  ];
}

function readPath(
  leader: StripLayout,
  row: RowLayout,
  { racks, rows, unit: u, groups }: Omit<MatrixLayout, 'wires'>,
  { group, member }: { group: GroupLayout; member: GroupLayout['members'][number] },
): readonly Point[] {
  const rackRight = Math.max(...racks.map((rack) => rack.x + rack.width));
  const start = Math.min(leader.x + leader.width - 2 * u, tailX(leader) + (8 + 5 * group.index) * u);
  const y = row.railY + 4 * group.index * u;
  // Lanes: upward ones outermost, then downward ones by source, lowest first, so that they cross as little as possible.
  const line =
    group.group.members
      .find(({ process }) => process === member.process)
      ?.partitions.findIndex((read) => partitionKey(read) === row.key) ?? 0;
  const into = member.lines[line] === undefined ? member.y + member.height / 2 : member.lines[line].y + 6 * u;
  const rank = rows.length - 1 - rows.indexOf(row) + group.index * rows.length;
  const laneCount = rows.length * Math.max(1, groups.length);
  const isUpward = into < y;
  const position = (isUpward ? laneCount - 1 - rank : rank) / Math.max(1, laneCount);
  const laneX = rackRight + (member.x - 10 * u - rackRight) * (0.15 + 0.7 * position);
  return [
    [start, leader.y],
    [start, y],
    [laneX, y],
    [laneX, into],
    [member.x, into],
  ];
}

export function replicationPath(
  leader: StripLayout,
  follower: StripLayout,
  { racks, unit: u }: Pick<MatrixLayout, 'racks' | 'unit'>,
): readonly Point[] {
  const columns = racks.map(({ broker }) => broker.broker);
  const isAdjacent = Math.abs(columns.indexOf(leader.replica.broker) - columns.indexOf(follower.replica.broker)) === 1;
  const toLeft = follower.x < leader.x;
  const middle = leader.cellsY + leader.cellHeight / 2;
  const from = toLeft ? leader.x : leader.x + leader.width;
  const to = toLeft ? follower.x + follower.width : follower.x;
  if (isAdjacent)
    return [
      [from, middle],
      [to, middle],
    ];
  const out = toLeft ? -7 * u : 7 * u;
  const under = leader.y + leader.height + (leader.isTight ? 8 : 20) * u;
  return [
    [from, middle + 8 * u],
    [from + out, middle + 8 * u],
    [from + out, under],
    [to - out, under],
    [to - out, middle + 8 * u],
    [to, middle + 8 * u],
  ];
}
