/** The wires of the matrix. Over each row runs a rail: left of the leader it carries writes, right of it reads; copies go at strip height. */
import type { ProcessId } from '../../kernel/events.ts';
import type { Point } from './geometry.ts';
import type { MatrixParts, RackLayout, RowLayout, StripLayout } from './layout.ts';
import type { GroupLayout, MemberCard } from './layoutCards.ts';
import { offsetX, partitionKey, stripKey } from './layoutRows.ts';
import { sessionWires } from './layoutSessions.ts';
import { type Wire, wire } from './wire.ts';
import { endsOf } from './wireEnds.ts';

export function layoutWires(parts: MatrixParts): readonly Wire[] {
  const { rows } = parts;
  return [
    ...sessionWires(parts),
    ...clientWires(parts),
    ...topicReads(parts),
    ...rows.flatMap((row) => rowWires(row, parts)),
  ];
}

/** From tools to the head of the first rack; from producers to the bus, and down the bus to all rows. */
function clientWires(parts: MatrixParts): readonly Wire[] {
  const { tools, producers, columns, racks, unit: u } = parts;
  const [firstRack] = racks;
  const brokers = racks.map(({ broker }) => broker.process);
  const writers = producers.map(({ producer }) => producer.process);
  const wires: Wire[] = [];
  if (firstRack !== undefined) {
    for (const { tool, x, y, width, height } of tools) {
      const middle = y + height / 2;
      const headY = firstRack.y + firstRack.headHeight / 2;
      const liftX = x + width + 9 * u;
      const lift: Point[] =
        middle === headY
          ? []
          : [
              [liftX, middle],
              [liftX, headY],
            ];
      const points: Point[] = [[x + width, middle], ...lift, [firstRack.x, headY]];
      wires.push(wire(`tool-${tool.process}`, 'tool', points, { ends: endsOf([tool.process], brokers) }));
    }
  }
  const targets = writeTargets(parts);
  if (producers.length === 0) return wires;
  const { busX } = columns;
  for (const { producer, x, y, width, height } of producers)
    wires.push(
      wire(
        `trunk-${producer.process}`,
        'trunk',
        [
          [x + width, y + height / 2],
          [busX, y + height / 2],
        ],
        {
          ends: endsOf([producer.process], brokers),
        },
      ),
    );
  const ys = [...producers.map(({ y, height }) => y + height / 2), ...targets];
  wires.push(
    wire(
      'bus',
      'trunk',
      [
        [busX, Math.min(...ys)],
        [busX, Math.max(...ys)],
      ],
      { ends: endsOf(writers, brokers) },
    ),
  );
  for (const { topic, y, height, hasStrips } of parts.lines) {
    if (hasStrips || !isWritten(parts, topic.topic)) continue;
    const middle = y + height / 2;
    wires.push(
      wire(
        `write-topic-${topic.topic}`,
        'write',
        [
          [busX, middle],
          [columns.racksX, middle],
        ],
        {
          ends: endsOf(writersOf(parts, topic.topic), brokers),
        },
      ),
    );
  }
  return wires;
}

const writersOf = ({ producers }: MatrixParts, topic: string): readonly ProcessId[] =>
  producers.flatMap(({ producer }) => (producer.topics.includes(topic) ? [producer.process] : []));
const isWritten = (parts: MatrixParts, topic: string): boolean => writersOf(parts, topic).length > 0;

/** Heights at which writes leave the bus. */
const writeTargets = (parts: MatrixParts): readonly number[] => [
  ...parts.rows.filter(({ partition }) => isWritten(parts, partition.topic)).map(({ railY }) => railY),
  ...parts.lines
    .filter(({ hasStrips, topic }) => !hasStrips && isWritten(parts, topic.topic))
    .map(({ y, height }) => y + height / 2),
];

/** From the line of a topic without strips to the members that read it. */
function topicReads({ lines, groups, racks, columns }: MatrixParts): readonly Wire[] {
  const brokers = racks.map(({ broker }) => broker.process);
  return lines
    .filter(({ hasStrips }) => !hasStrips)
    .flatMap(({ topic: { topic }, y, height }) =>
      groups.flatMap(({ index, members }) =>
        members.flatMap(({ member, lineOf, ...card }): readonly Wire[] => {
          const read = member.partitions.find((one) => one.topic === topic);
          if (read === undefined) return [];
          const middle = y + height / 2;
          const into = lineOf.get(partitionKey(read)) ?? card.y + card.height / 2;
          const laneX = columns.racksRight + (card.x - columns.racksRight) * (0.3 + 0.12 * (index % 4));
          const points: Point[] = [
            [columns.racksRight, middle],
            [laneX, middle],
            [laneX, into],
            [card.x, into],
          ];
          return [
            wire(`read-topic-${topic}-${member.process}`, 'read', points, {
              tone: (index % 4) + 1,
              ends: endsOf(brokers, [member.process]),
            }),
          ];
        }),
      ),
    );
}

function rowWires(row: RowLayout, parts: MatrixParts): readonly Wire[] {
  const { partition, key } = row;
  const leader = parts.stripOf.get(stripKey(partition, partition.leader));
  const hasWrites = isWritten(parts, partition.topic);
  if (leader === undefined) {
    const end = parts.columns.racksX - 6 * parts.unit;
    return hasWrites
      ? [
          wire(
            `write-${key}`,
            'write',
            [
              [parts.columns.busX, row.railY],
              [end, row.railY],
            ],
            { isBroken: true },
          ),
        ]
      : [];
  }
  const wires: Wire[] = [];
  const leaderProcess = processOf(parts, partition.leader);
  if (hasWrites)
    wires.push(
      wire(`write-${key}`, 'write', writePath(leader, row, parts.columns), {
        ends: endsOf(writersOf(parts, partition.topic), [leaderProcess]),
      }),
    );
  for (const group of parts.groups) {
    for (const member of group.members) {
      if (!member.lineOf.has(key)) continue;
      const { process } = member.member;
      wires.push(
        wire(`read-${key}-${process}`, 'read', readPath(leader, row, parts, { group, member }), {
          tone: (group.index % 4) + 1,
          ends: endsOf([leaderProcess], [process]),
        }),
      );
    }
  }
  for (const replica of partition.replicas) {
    const follower = parts.stripOf.get(stripKey(partition, replica.broker));
    if (follower === undefined || follower === leader || replica.role === 'offline') continue;
    wires.push(
      wire(`replicate-${follower.key}`, 'replicate', replicationPath(leader, follower, parts), {
        isBroken: !replica.isInSync,
        ends: endsOf([leaderProcess], [processOf(parts, replica.broker)]),
      }),
    );
  }
  return wires;
}

const processOf = ({ racks }: Pick<MatrixParts, 'racks'>, broker: number): ProcessId | null =>
  racks.find((rack) => rack.broker.broker === broker)?.broker.process ?? null;

/** The next free slot of the leader. */
const tailX = (leader: StripLayout): number =>
  Math.min(leader.x + leader.width - 4, offsetX(leader, leader.replica.logEndOffset) + leader.slotWidth / 2);

/** From the bus along the row's rail, down to the next free slot of the leader. */
function writePath(leader: StripLayout, row: RowLayout, { busX }: MatrixParts['columns']): readonly Point[] {
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
  { columns, rows, unit: u, groups }: MatrixParts,
  { group, member }: { readonly group: GroupLayout; readonly member: MemberCard },
): readonly Point[] {
  const { racksRight } = columns;
  const start = Math.min(leader.x + leader.width - 2 * u, tailX(leader) + (8 + 5 * group.index) * u);
  const y = row.railY + 4 * group.index * u;
  // Lanes: upward ones outermost, then downward ones by source, lowest first, so that they cross as little as possible.
  const into = member.lineOf.get(row.key) ?? member.y + member.height / 2;
  const rank = rows.length - 1 - rows.indexOf(row) + group.index * rows.length;
  const laneCount = rows.length * Math.max(1, groups.length);
  const isUpward = into < y;
  const position = (isUpward ? laneCount - 1 - rank : rank) / Math.max(1, laneCount);
  const laneX = racksRight + (member.x - 10 * u - racksRight) * (0.15 + 0.7 * position);
  return [
    [start, leader.y],
    [start, y],
    [laneX, y],
    [laneX, into],
    [member.x, into],
  ];
}

/** Between neighbours at strip height, else under the row, so that it crosses no strip. */
export function replicationPath(
  leader: StripLayout,
  follower: StripLayout,
  { racks, unit: u }: { readonly racks: readonly RackLayout[]; readonly unit: number },
): readonly Point[] {
  const columns = racks.map(({ broker }) => broker.broker);
  const distance = Math.abs(columns.indexOf(leader.replica.broker) - columns.indexOf(follower.replica.broker));
  const toLeft = follower.x < leader.x;
  const middle = leader.cellsY + leader.cellHeight / 2;
  const from = toLeft ? leader.x : leader.x + leader.width;
  const to = toLeft ? follower.x + follower.width : follower.x;
  if (distance === 1)
    return [
      [from, middle],
      [to, middle],
    ];
  const out = toLeft ? -7 * u : 7 * u;
  const lane = leader.isTight ? 3 + 2 * ((distance - 2) % 3) : 20;
  const under = leader.y + leader.height + lane * u;
  const aside = (leader.isTight ? 4 : 8) * u;
  return [
    [from, middle + aside],
    [from + out, middle + aside],
    [from + out, under],
    [to - out, under],
    [to - out, middle + aside],
    [to, middle + aside],
  ];
}
