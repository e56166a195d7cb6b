/** The cards beside the racks: tools and producers on the left, consumer groups with their members on the right. */
import type { ClusterPicture, ConsumerPicture, GroupPicture, ProducerPicture } from '../../cluster/picture.ts';
import type { Box, Frame } from './geometry.ts';
import type { Columns } from './layoutColumns.ts';
import { needsTwoLines } from './drawCard.ts';
import { partitionKey } from './layoutRows.ts';

export interface ProducerCard extends Box {
  readonly producer: ProducerPicture;
}
export interface ToolCard extends Box {
  readonly tool: ClusterPicture['tools'][number];
}
export interface MemberLine {
  readonly y: number;
  /** Null: all partitions of the member in one line. */
  readonly partition: number | null;
  readonly count: number;
  readonly lag: number | null;
}
export interface MemberCard extends Box {
  readonly member: ConsumerPicture;
  readonly lines: readonly MemberLine[];
  /** By partition, the middle of the line that tells of it. */
  readonly lineOf: ReadonlyMap<string, number>;
}
export interface GroupLayout extends Box {
  readonly group: GroupPicture;
  /** Letter and tone of the group: A, B, C, D. */
  readonly index: number;
  readonly headHeight: number;
  readonly members: readonly MemberCard[];
}

/** Tools stand apart from producers, at the height of the racks' heads: they ask the brokers, they do not write into logs. */
export function layoutTools(
  tools: ClusterPicture['tools'],
  { pad, producersWidth }: Columns,
  { unit: u }: Frame,
  { top, headHeight }: { readonly top: number; readonly headHeight: number },
): readonly ToolCard[] {
  const height = 26 * u;
  const first = top + (headHeight - height) / 2;
  return tools.map((tool, index) => ({
    tool,
    x: pad,
    y: first + index * (height + 6 * u),
    width: producersWidth,
    height,
  }));
}

/** In the middle of the rows, below the tools. */
export function layoutProducers(
  producers: readonly ProducerPicture[],
  { pad, producersWidth }: Columns,
  { unit: u, isCompact }: Frame,
  { top, middle }: { readonly top: number; readonly middle: number },
): readonly ProducerCard[] {
  const height = (isCompact ? 58 : 76) * u;
  const gap = 12 * u;
  const total = producers.length * (height + gap) - gap;
  const first = Math.max(top, middle - total / 2);
  return producers.map((producer, index) => ({
    producer,
    x: pad,
    y: first + index * (height + gap),
    width: producersWidth,
    height,
  }));
}

/** Members tell of each of their partitions as long as all cards have room, else of all in one line. */
export function layoutGroups(
  groups: readonly GroupPicture[],
  columns: Columns,
  frame: Frame,
  place: { readonly top: number; readonly middle: number; readonly bottom: number },
): readonly GroupLayout[] {
  const whole = placeGroups(groups, columns, frame, { ...place, isSummed: false });
  const last = whole.at(-1);
  return last === undefined || last.y + last.height <= place.bottom
    ? whole
    : placeGroups(groups, columns, frame, { ...place, isSummed: true });
}

function placeGroups(
  groups: readonly GroupPicture[],
  { groupsX: x, groupsWidth: width }: Columns,
  { unit: u, isCompact }: Frame,
  { top, middle, isSummed }: { readonly top: number; readonly middle: number; readonly isSummed: boolean },
): readonly GroupLayout[] {
  const lineHeight = 16 * u;
  const memberHead = 20 * u;
  const shown = groups.map((group) => {
    // A group at work says so; one that is stable says it only where there is room.
    const nameHeight = needsTwoLines(group.group, width / u - 42) ? 36 : 26;
    const hasState = group.state !== '' && (!isCompact || group.state !== 'Stable');
    const headHeight = (nameHeight + (hasState ? 16 : 0)) * u;
    const members = group.members.map((member) => ({
      member,
      height: memberHead + linesOf(member, isSummed).length * lineHeight + 6 * u,
    }));
    const height =
      headHeight +
      members.reduce((sum, member) => sum + member.height + 6 * u, 0) +
      (members.length === 0 ? 20 * u : 4 * u);
    return { group, members, height, headHeight };
  });
  const total = shown.reduce((sum, { height }) => sum + height + 10 * u, -10 * u);
  let y = Math.max(top, middle - total / 2);
  return shown.map(({ group, members, height, headHeight }, index): GroupLayout => {
    let memberY = y + headHeight;
    const cards = members.map(({ member, height: memberHeight }): MemberCard => {
      const lines = linesOf(member, isSummed).map((line, at) => ({
        ...line,
        y: memberY + memberHead + at * lineHeight,
      }));
      const card = {
        member,
        x: x + 10 * u,
        y: memberY,
        width: width - 20 * u,
        height: memberHeight,
        lines,
        lineOf: new Map(
          member.partitions.map((one, at) => [partitionKey(one), (lines[isSummed ? 0 : at]?.y ?? memberY) + 6 * u]),
        ),
      };
      memberY += memberHeight + 6 * u;
      return card;
    });
    const layout = { group, index, headHeight, x, y, width, height, members: cards };
    y += height + 10 * u;
    return layout;
  });
}

function linesOf({ partitions }: ConsumerPicture, isSummed: boolean): readonly Omit<MemberLine, 'y'>[] {
  if (partitions.length === 0) return [{ partition: null, count: 0, lag: null }];
  if (!isSummed || partitions.length === 1)
    return partitions.map(({ partition, lag }) => ({ partition, count: 1, lag }));
  const isKnown = partitions.every(({ lag }) => lag !== null);
  const lag = isKnown ? partitions.reduce((sum, one) => sum + (one.lag ?? 0), 0) : null;
  return [{ partition: null, count: partitions.length, lag }];
}
