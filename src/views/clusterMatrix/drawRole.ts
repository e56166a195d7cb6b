/** The pill of a replica's role, and whether it is in sync. */
import { appendIcon } from '../marks/appendIcon.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { Group } from './joining.ts';
import type { StripLayout } from './layoutRows.ts';
import { offsetX } from './layoutRows.ts';

export function drawRole(
  node: Group,
  strip: StripLayout,
  { u, isCompact, words }: { readonly u: number; readonly isCompact: boolean; readonly words: ViewWords },
): void {
  const { badgeY, width, replica } = strip;
  if (strip.isTight) return drawTightRole(node, strip, u);
  const isNarrow = width < 150 * u;
  const role = replica.role === 'leader' ? words.leader : replica.role === 'offline' ? words.offline : words.follower;
  const icon = replica.role === 'leader' ? 15 : replica.role === 'offline' ? 14 : 0;
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
    appendIcon(pill, replica.role === 'leader' ? 'crown' : 'cross', {
      x: x + 7 * u,
      y: badgeY + 3.5 * u,
      size: 12 * u,
      className: replica.role === 'leader' ? 'crown' : 'offline-cross',
    });
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
  const isr = node.append('g').attr('class', 'isr');
  const tickX = x + pillWidth + 8 * u;
  if (replica.isInSync) {
    isr
      .append('path')
      .attr('class', 'in-sync')
      .attr('d', `M${tickX} ${badgeY + 10 * u}l${3.4 * u} ${3.6 * u}l${6.6 * u} ${-7.6 * u}`);
    if (hasIsrWord)
      isr
        .append('text')
        .attr('class', 't-in-sync')
        .attr('x', tickX + 14 * u)
        .attr('y', badgeY + 13.6 * u)
        .text('ISR');
    node.append('title').text(words.inSync);
    return;
  }
  // « hors ISR » where there is room for it, else the amber sign and « ISR », else the sign.
  const room = (strip.x + width + 6 * u - tickX) / u;
  const outWidthOf = (label: string): number => 27 + textWidth(label, { pixels: 12, weight: 650 });
  const outLabel = [words.outOfSync, 'ISR', ''].find((label) => outWidthOf(label) <= room) ?? '';
  const outWidth = outWidthOf(outLabel) * u;
  isr
    .append('rect')
    .attr('class', 'out-of-sync')
    .attr('x', tickX)
    .attr('y', badgeY)
    .attr('width', outWidth)
    .attr('height', 19 * u)
    .attr('rx', 9.5 * u);
  appendIcon(isr, 'warn', { x: tickX + 6 * u, y: badgeY + 3.4 * u, size: 12 * u, className: 'out-sign' });
  isr
    .append('text')
    .attr('class', 't-out')
    .attr('x', tickX + 20 * u)
    .attr('y', badgeY + 13.6 * u)
    .text(outLabel);
  node.append('title').text(words.outOfSync);
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
  const wireX = offsetX(strip, replica.logEndOffset) + strip.slotWidth / 2;
  const right = wireX + 30 * u;
  for (const pill of wanted) {
    const whole = pill.pillWidth + tickWidth;
    if (x + whole <= wireX) return { ...pill, x };
    if (right + whole <= x + width + 12 * u) return { ...pill, x: right };
  }
  const shortest = wanted.at(-1)!;
  return { ...shortest, x: Math.max(x, x + width - shortest.pillWidth - tickWidth) };
}

/** In the strip itself: a crown on dark for the leader, a tick for a follower in sync, an amber sign for one that is not, a cross offline. */
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
    appendIcon(pill, 'crown', { x: x + 4.5 * u, y: middle - 6 * u, size: 12 * u, className: 'crown' });
  } else if (replica.role === 'follower' && replica.isInSync) {
    node
      .append('path')
      .attr('class', 'in-sync isr')
      .attr('d', `M${x + 5 * u} ${middle}l${3 * u} ${3.2 * u}l${6 * u} ${-7 * u}`);
  } else if (replica.role === 'follower') {
    node
      .append('rect')
      .attr('class', 'out-of-sync isr')
      .attr('x', x + 2 * u)
      .attr('y', middle - 8 * u)
      .attr('width', 17 * u)
      .attr('height', 16 * u)
      .attr('rx', 4 * u);
    appendIcon(node, 'warn', { x: x + 4.5 * u, y: middle - 6.5 * u, size: 12 * u, className: 'out-sign' });
  } else {
    appendIcon(node, 'cross', { x: x + 4 * u, y: middle - 6.5 * u, size: 13 * u, className: 'offline-cross' });
  }
}
