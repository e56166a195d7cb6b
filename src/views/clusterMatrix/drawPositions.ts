/** Positions over the cells of a strip: high watermark, log end, carets of groups, and what lies out of frame. */
import type { ShownStrip } from './drawStrips.ts';
import type { Caret } from './carets.ts';
import type { Group } from './joining.ts';
import { groupTone, letterOf } from './joining.ts';
import type { StripLayout } from './layoutRows.ts';
import { offsetX } from './layoutRows.ts';
import type { Motion } from './motion.ts';

export function drawPositions(
  node: Group,
  strip: StripLayout,
  carets: readonly Caret[],
  shown: ShownStrip | undefined,
  { u, motion }: { readonly u: number; readonly motion: Motion },
): void {
  const { replica } = strip;
  if (strip.hasOlder)
    node
      .append('text')
      .attr('class', 't-dim')
      .attr('x', strip.cellsX - 8 * u)
      .attr('y', strip.cellsY + strip.cellHeight / 2 + 4 * u)
      .attr('text-anchor', 'middle')
      .text('…');
  if (replica.role === 'offline') return;
  drawLogEnd(node, strip, u);
  if (replica.highWatermark >= strip.first) drawHighWatermark(node, strip, shown, { u, motion });
  drawCarets(node, strip, carets, u);
}

function drawLogEnd(node: Group, strip: StripLayout, u: number): void {
  const { logEndOffset } = strip.replica;
  const x = offsetX(strip, logEndOffset);
  node
    .append('path')
    .attr('class', 'log-end')
    .attr('d', `M${x} ${strip.cellsY - 5 * u}V${strip.cellsY + strip.cellHeight + 4 * u}`);
  if (strip.isTight || logEndOffset - strip.first >= strip.slots) return;
  node
    .append('text')
    .attr('class', 't-leo')
    .attr('x', x + Math.max(strip.slotWidth / 2, 12 * u))
    .attr('y', strip.cellsY + strip.cellHeight + 13 * u)
    .attr('text-anchor', 'middle')
    .text('LEO');
}

function drawHighWatermark(
  node: Group,
  strip: StripLayout,
  shown: ShownStrip | undefined,
  { u, motion }: { readonly u: number; readonly motion: Motion },
): void {
  const { highWatermark } = strip.replica;
  const x = offsetX(strip, highWatermark);
  const top = strip.cellsY;
  const watermark = node.append('g').attr('class', 'hw');
  watermark
    .append('path')
    .attr('class', 'high-watermark')
    .attr('d', `M${x} ${top - (strip.isTight ? 5 : 13) * u}V${strip.cellsY + strip.cellHeight + 4 * u}`);
  if (!strip.isTight) {
    // The flag flies on the side where there is room for it.
    const side = x - strip.x < 34 * u ? 1 : -1;
    watermark
      .append('path')
      .attr('class', 'hw-flag')
      .attr(
        'd',
        `M${x} ${top - 14 * u}h${side * 29 * u}l${-side * 4 * u} ${5.5 * u}l${side * 4 * u} ${5.5 * u}h${-side * 29 * u}Z`,
      );
    watermark
      .append('text')
      .attr('class', 't-flag')
      .attr('x', x + side * 12 * u)
      .attr('y', top - 4.8 * u)
      .attr('text-anchor', 'middle')
      .text('HW');
  }
  const from = shown === undefined ? highWatermark : Math.max(strip.first, shown.replica.highWatermark);
  const element = watermark.node();
  if (from >= highWatermark || element === null) return;
  const moved = offsetX(strip, from) - x;
  motion.tell('watermark', element, [{ transform: `translateX(${moved}px)` }, { transform: 'none' }], {
    duration: 220,
    easing: 'cubic-bezier(0.2, 0, 0, 1)',
  });
}

/** Several at one offset stand side by side; one out of frame on the left stands at the edge. */
function drawCarets(node: Group, strip: StripLayout, carets: readonly Caret[], u: number): void {
  const y = strip.cellsY + strip.cellHeight + (strip.isTight ? 3 : 16) * u;
  const shown = carets
    .filter(({ at }) => at <= strip.first + strip.slots)
    .map((caret) => ({ ...caret, at: Math.max(caret.at, strip.first) }));
  shown.forEach((caret, index) => {
    const same = shown.filter(({ at }) => at === caret.at);
    const before = shown.slice(0, index).filter(({ at }) => at === caret.at).length;
    const shift = (before - (same.length - 1) / 2) * 15 * u;
    const x = Math.max(strip.x + 7 * u, offsetX(strip, caret.at) + shift);
    const tone = groupTone(caret.group);
    const hollow = caret.isHollow ? ' caret--hollow' : '';
    node
      .append('path')
      .attr('class', `caret group-${tone}${hollow}`)
      .attr('d', `M${x} ${y - u}l${7 * u} ${5 * u}v${8.5 * u}h${-14 * u}v${-8.5 * u}Z`);
    node
      .append('text')
      .attr('class', `t-caret group-${tone}${caret.isHollow ? ' t-caret--hollow' : ''}`)
      .attr('x', x)
      .attr('y', y + 11 * u)
      .attr('text-anchor', 'middle')
      .text(letterOf(caret.group));
  });
}
