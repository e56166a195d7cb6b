/**
 * One group: its states, who of its members has which partition, before and after the last rebalance, and who read what when. Values to
 * positions, in CSS pixels; nothing here draws.
 */
import type { CoordinationPicture } from '../../cluster/coordinator/pictureOfCoordination.ts';
import type { GroupPicture, ReplicaPicture } from '../../cluster/picture.ts';
import type { Frame } from '../clusterMatrix/geometry.ts';
import type { GroupEvent, ReadSpan, StateSpan } from './groupHistory.ts';
import { holderAt, readSpans, stateSpans } from './groupHistory.ts';

/** All that the view shows. */
export interface GroupNow {
  readonly nowUs: number;
  /** Where the clock of the time bar begins. */
  readonly startedUs: number;
  readonly group: GroupPicture;
  readonly coordination: CoordinationPicture | null;
  readonly events: readonly GroupEvent[];
  /** What happened before is not known. */
  readonly knownSinceUs: number;
  /** Of every partition that the group reads or has committed in, its leader. */
  readonly partitions: readonly GroupPartition[];
  /** All consumers that are or were members, with their number. */
  readonly members: readonly GroupMember[];
}
export interface GroupPartition {
  /** « t P0 » */
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  readonly committed: number | null;
  readonly position: number | null;
  readonly end: number | null;
  readonly lag: number | null;
  readonly leader: ReplicaPicture | null;
}
export interface GroupMember {
  readonly process: number;
  /** From 1; its tone is that of its number. */
  readonly number: number;
  readonly terminal: string | null;
  readonly clientId: string;
  readonly isThere: boolean;
  readonly memberId: string | null;
}

interface Cell {
  readonly partition: number;
  readonly x: number;
  readonly width: number;
  /** It has changed hands with the last rebalance. */
  readonly isMoved: boolean;
}
export interface Matrix {
  readonly x: number;
  readonly width: number;
  readonly labelWidth: number;
  readonly columnWidth: number;
  /** Null: the one to come, which is being prepared. */
  readonly generationId: number | null;
  readonly rows: readonly {
    readonly member: GroupMember;
    readonly y: number;
    readonly isThere: boolean;
    readonly cells: readonly Cell[];
  }[];
}
export interface GroupLayout extends Frame {
  readonly now: GroupNow;
  readonly statesY: number;
  readonly matrixTop: number;
  readonly rowHeight: number;
  /** The one before the last rebalance, if it is known, and the present one. */
  readonly matrices: readonly Matrix[];
  readonly moved: readonly GroupPartition[];
  readonly reads: {
    readonly titleY: number;
    readonly x: number;
    readonly right: number;
    readonly top: number;
    readonly barHeight: number;
    readonly rowGap: number;
    readonly spans: ReadonlyMap<string, readonly ReadSpan[]>;
    readonly fromUs: number;
    readonly toUs: number;
  };
  readonly strips: { readonly x: number; readonly slots: number; readonly slotWidth: number; readonly lagX: number };
  readonly ribbon: { readonly y: number; readonly height: number; readonly spans: readonly StateSpan[] };
  readonly axisY: number;
  readonly contentHeight: number;
}

const second = 1_000_000;

export const timeX = ({ x, right, fromUs, toUs }: GroupLayout['reads'], atUs: number): number =>
  x + ((Math.min(toUs, Math.max(fromUs, atUs)) - fromUs) / (toUs - fromUs)) * (right - x);

/** From a little before the last rebalance to a little after now: ten seconds at least, two minutes at most. */
export function timeWindow(
  states: readonly StateSpan[],
  nowUs: number,
  knownSinceUs: number,
): readonly [fromUs: number, toUs: number] {
  const begun = states.findLast(({ state }) => state === 'PreparingRebalance')?.fromUs ?? nowUs;
  const since = Math.max(begun - 2 * second, nowUs - 120 * second, knownSinceUs);
  const from = Math.min(since, nowUs - 8 * second);
  return [from, from + (nowUs - from) * 1.18];
}

export function layoutGroup(now: GroupNow, frame: Frame): GroupLayout {
  const { widthPx: w, heightPx: h, unit: u } = frame;
  const { partitions, members, group, coordination, events, knownSinceUs, nowUs } = now;
  const states = stateSpans(events);
  const holding = new Map<string, number>(
    group.members.flatMap((member) =>
      member.partitions.map(({ topic, partition }) => [`${topic} P${partition}`, member.process] as const),
    ),
  );
  const spans = readSpans(events, holding, knownSinceUs);
  const statesY = 22 * u;
  const matrixTop = 118 * u;
  const shownMembers = members.filter(
    ({ process, isThere }) =>
      isThere ||
      [...spans.values()].some((list) =>
        list.some((span) => span.process === process && (span.toUs === null || span.toUs > nowUs - 60 * second)),
      ),
  );
  const memberCount = Math.max(1, shownMembers.length);
  const partitionCount = Math.max(1, partitions.length);
  // What is left for members and partitions, when the fixed parts have theirs.
  const room = h - matrixTop - 152 * u;
  const rowHeight = Math.max(26 * u, Math.min(46 * u, (room * 0.36) / memberCount - 6 * u));
  const barStep = Math.max(30 * u, Math.min(50 * u, (room - memberCount * (rowHeight + 6 * u)) / partitionCount));
  const rebalance = states.findLast(({ state }) => state === 'PreparingRebalance');
  const after = new Map<string, number>(
    coordination === null || group.state !== 'Stable'
      ? holding
      : coordination.members.flatMap(({ memberId, assignment }) => {
          const process = members.find((one) => one.memberId === memberId)?.process;
          return process === undefined
            ? []
            : assignment.map(({ topic, partition }) => [`${topic} P${partition}`, process] as const);
        }),
  );
  const before = new Map<string, number>();
  if (rebalance !== undefined)
    for (const { name } of partitions) {
      const holder = holderAt(spans.get(name) ?? [], rebalance.fromUs - 1);
      if (holder !== null) before.set(name, holder);
    }
  const hasBefore = before.size > 0 && w >= 700 * u;
  const moved = partitions.filter(
    ({ name }) => before.size > 0 && after.has(name) && before.get(name) !== after.get(name),
  );
  const gap = 150 * u;
  const width = hasBefore ? (w - gap) / 2 : Math.min(w, 760 * u);
  const matrixOf = (
    x: number,
    generationId: number | null,
    held: ReadonlyMap<string, number>,
    isBefore: boolean,
  ): Matrix => {
    const labelWidth = 150 * u;
    const columnWidth = Math.min(72 * u, (width - labelWidth - 14 * u) / partitionCount);
    return {
      x,
      width,
      labelWidth,
      columnWidth,
      generationId,
      rows: (!isBefore && group.members.length === 0 ? [] : shownMembers).map((member, index) => ({
        member,
        y: matrixTop + index * (rowHeight + 6 * u),
        isThere: isBefore ? [...held.values()].includes(member.process) : member.isThere,
        cells: partitions.flatMap(({ name }, column) =>
          held.get(name) === member.process
            ? [
                {
                  partition: column,
                  x: x + labelWidth + column * columnWidth,
                  width: columnWidth,
                  isMoved: !isBefore && moved.some((one) => one.name === name),
                },
              ]
            : [],
        ),
      })),
    };
  };
  const matrices = [
    ...(hasBefore ? [matrixOf(0, rebalance?.generationId ?? group.generationId - 1, before, true)] : []),
    matrixOf(
      hasBefore ? width + gap : 0,
      group.state === 'PreparingRebalance' ? null : group.generationId,
      after,
      false,
    ),
  ];
  const titleY = matrixTop + memberCount * (rowHeight + 6 * u) + 28 * u;
  const top = titleY + 20 * u;
  const slotWidth = 24 * u;
  const lagWidth = 92 * u;
  const slots = w < 700 * u ? 5 : 8;
  const stripsX = w - slots * slotWidth - lagWidth;
  const [fromUs, toUs] = timeWindow(states, nowUs, knownSinceUs);
  const ribbonY = top + partitionCount * barStep + 10 * u;
  return {
    ...frame,
    now,
    statesY,
    matrixTop,
    rowHeight,
    matrices,
    moved,
    reads: {
      titleY,
      x: 116 * u,
      right: stripsX - 26 * u,
      top,
      barHeight: barStep - 6 * u,
      rowGap: barStep,
      spans,
      fromUs,
      toUs,
    },
    strips: { x: stripsX, slots, slotWidth, lagX: w - lagWidth + 10 * u },
    ribbon: { y: ribbonY, height: 30 * u, spans: states },
    axisY: ribbonY + 62 * u,
    contentHeight: ribbonY + 72 * u,
  };
}
