/** The pill of a replica's role, and whether it is in sync. */
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { Group } from './joining.ts';
import type { StripLayout } from './layout.ts';
import { offsetX } from './layout.ts';

export function drawRole(
  node: Group,
  strip: StripLayout,
  { u, isCompact, words }: { readonly u: number; readonly isCompact: boolean; readonly words: ViewWords },
): void {
  const { badgeY, width, replica } = strip;
  if (strip.isTight) return drawTightRole(node, strip, u);
  const isNarrow = width < 150 * u;
  const role = replica.role === 'leader' ? words.leader : replica.role === 'offline' ? words.offline : words.follower;
  const icon = replica.role === 'leader' ? 15 : 0;
  const hasIsrWord = !isCompact && !isNarrow;
  const tickWidth = (hasIsrWord ? 26 + textWidth('ISR', { pixels: 12, weight: 650 }) : 24) * u;
  const labels =
    replica.role === 'leader'
      ? [[role, words.epoch(replica.leaderEpoch)] as const, [role, ''] as const, ['', ''] as const]
      : [[role, ''] as const];
  const wanted = labels.map(([word, epoch]) => ({
    word,
    epoch,
    pillWidth: (17 + icon + textWidth(word, { pixels: 12, weight: 650 }) + epochWidth(epoch)) * u,
  }));
  const { x, word, epoch, pillWidth } = placeRole(strip, wanted, tickWidth, u);
  const pill = node.append('g').attr('class', `pill pill--${replica.role}`);
  pill
    .append('rect')
    .attr('x', x)
    .attr('y', badgeY)
    .attr('width', pillWidth)
    .attr('height', 19 * u)
    .attr('rx', 9.5 * u);
  if (icon > 0)
    pill
      .append('path')
      .attr('class', 'crown')
      .attr('transform', `translate(${x + 7 * u} ${badgeY + 3.4 * u}) scale(${0.75 * u})`)
      .attr('d', 'M2 5l3 3 3-5 3 5 3-3-1.2 8H3.2z');
  const text = pill
    .append('text')
    .attr('x', x + (8 + icon) * u)
    .attr('y', badgeY + 13.6 * u);
  text.append('tspan').attr('class', 't-pill-strong').text(word);
  if (epoch !== '')
    text
      .append('tspan')
      .attr('dx', 4 * u)
      .text(epoch);
  if (replica.role === 'offline') return;
  const tickX = x + pillWidth + 8 * u;
  if (replica.isInSync) {
    node
      .append('path')
      .attr('class', 'in-sync')
      .attr('d', `M${tickX} ${badgeY + 10 * u}l${3.4 * u} ${3.6 * u}l${6.6 * u} ${-7.6 * u}`);
    if (hasIsrWord)
      node
        .append('text')
        .attr('class', 't-in-sync')
        .attr('x', tickX + 14 * u)
        .attr('y', badgeY + 13.6 * u)
        .text('ISR');
    node.append('title').text(words.inSync);
  } else {
    const outLabel = isNarrow ? 'ISR' : words.outOfSync;
    const outWidth = (14 + textWidth(outLabel, { pixels: 12, weight: 650 })) * u;
    node
      .append('rect')
      .attr('class', 'out-of-sync')
      .attr('x', tickX)
      .attr('y', badgeY)
      .attr('width', outWidth)
      .attr('height', 19 * u)
      .attr('rx', 9.5 * u);
    node
      .append('text')
      .attr('class', 't-out')
      .attr('x', tickX + outWidth / 2)
      .attr('y', badgeY + 13.6 * u)
      .attr('text-anchor', 'middle')
      .text(outLabel);
    node.append('title').text(words.outOfSync);
  }
}

const epochWidth = (epoch: string): number => (epoch === '' ? 0 : 4 + textWidth(epoch, { pixels: 12, weight: 450 }));

interface RolePill {
  readonly word: string;
  readonly epoch: string;
  readonly pillWidth: number;
}

/**
 * Where the pill stands so that the wires of a leader, which come down to its next free slot, do not cross it: left of them, else right of
 * them, at most as far as the strip goes; with its epoch if that fits, else without, else the crown alone.
 */
function placeRole(
  { x, width, replica, ...strip }: StripLayout,
  wanted: readonly RolePill[],
  tickWidth: number,
  u: number,
): RolePill & { readonly x: number } {
  if (replica.role !== 'leader') return { ...wanted[0]!, x };
  const wireX = offsetX({ ...strip, x, width, replica }, replica.logEndOffset) + strip.slotWidth / 2;
  const right = wireX + 30 * u;
  for (const pill of wanted) {
    const whole = pill.pillWidth + tickWidth;
    if (x + whole <= wireX) return { ...pill, x };
    if (right + whole <= x + width + 12 * u) return { ...pill, x: right };
  }
  const shortest = wanted.at(-1)!;
  return { ...shortest, x: Math.max(x, x + width - shortest.pillWidth - tickWidth) };
}

/** In the strip itself: a crown on dark for the leader, a tick for a follower in sync, an amber bar for one that is not. */
function drawTightRole(node: Group, { x, cellsY, cellHeight, replica }: StripLayout, u: number): void {
  const middle = cellsY + cellHeight / 2;
  if (replica.role === 'leader') {
    const pill = node.append('g').attr('class', 'pill pill--leader');
    pill
      .append('rect')
      .attr('x', x + 2 * u)
      .attr('y', cellsY)
      .attr('width', 17 * u)
      .attr('height', cellHeight)
      .attr('rx', 4 * u);
    pill
      .append('path')
      .attr('class', 'crown')
      .attr('transform', `translate(${x + 4.6 * u} ${middle - 6 * u}) scale(${0.75 * u})`)
      .attr('d', 'M2 5l3 3 3-5 3 5 3-3-1.2 8H3.2z');
  } else if (replica.role === 'follower' && replica.isInSync) {
    node
      .append('path')
      .attr('class', 'in-sync')
      .attr('d', `M${x + 5 * u} ${middle}l${3 * u} ${3.2 * u}l${6 * u} ${-7 * u}`);
  } else if (replica.role === 'follower') {
    node
      .append('rect')
      .attr('class', 'out-of-sync')
      .attr('x', x + 4 * u)
      .attr('y', cellsY + u)
      .attr('width', 12 * u)
      .attr('height', cellHeight - 2 * u)
      .attr('rx', 3 * u);
  }
}
