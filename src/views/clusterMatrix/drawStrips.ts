/** A replica as a strip of records: cells, high watermark, log end, carets of the groups that read there. */
import { select } from 'd3-selection';
import type { ViewWords } from '../words.ts';
import { drawCell, drawFree } from './drawCell.ts';
import { drawRole } from './drawRole.ts';
import type { DrawOptions, Group } from './joining.ts';
import { asButton, groupTone, letterOf, whenChanged } from './joining.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { GroupLayout, MatrixLayout, StripLayout } from './layout.ts';
import { offsetX } from './layout.ts';
import { stripCells } from './stripCells.ts';

export function drawStrips(root: Group, layout: MatrixLayout, { keys, words, selected }: DrawOptions): void {
  const { unit: u, isCompact } = layout;
  const carets = caretsOf(layout.groups);
  const nodes = root
    .selectAll<SVGGElement, StripLayout>('g.strip')
    .data(layout.strips, (strip) => strip.key)
    .join('g')
    .attr('class', function keep({ replica }) {
      const same = this.classList.contains('is-same') ? ' is-same' : '';
      return `strip mark strip--${replica.role}${replica.isInSync ? '' : ' strip--out'}${same}`;
    })
    .attr('data-mark', ({ key }) => `replica-${key}`)
    .attr('data-same', ({ partition: { topic, partition } }) => `${topic}-${partition}`);
  asButton(
    nodes,
    ({ partition, replica }) => words.replica({ topic: partition.topic, partition: partition.partition, ...replica }),
    ({ key }) => selected === `replica-${key}`,
  );
  nodes.each(function draw(strip) {
    const { replica, partition } = strip;
    const own = replica.role === 'leader' ? (carets.get(`${partition.topic}-${partition.partition}`) ?? []) : [];
    const look = [
      replica.log,
      words,
      strip.x,
      strip.y,
      strip.width,
      strip.cellHeight,
      strip.first,
      strip.slots,
      replica.role,
      replica.isInSync,
      replica.leaderEpoch,
      replica.highWatermark,
      replica.logEndOffset,
      replica.logStartOffset,
      isCompact,
      own.map(({ at, group, isHollow }) => `${group}${isHollow ? '~' : ':'}${at}`).join(),
    ];
    const shown = shownBefore.get(this);
    shownBefore.set(this, replica);
    whenChanged(this, look, () => drawStrip(select(this).text(null), strip, own, { u, isCompact, keys, words, shown }));
  });
}

interface Shown {
  readonly logEndOffset: number;
  readonly highWatermark: number;
}
/** Where each strip stood when it was drawn last: what has come since lands, and the watermark slides from there. */
const shownBefore = new WeakMap<Element, Shown>();
/** A jump in time over more records than this is no landing. */
const mostLandings = 12;

interface Caret {
  readonly at: number;
  readonly group: number;
  /** Read, not committed. */
  readonly isHollow: boolean;
}

/** Carets of the groups by partition: where each reads on after its commit, and, hollow, where a member that commits nothing stands. */
function caretsOf(groups: readonly GroupLayout[]): ReadonlyMap<string, readonly Caret[]> {
  const carets = new Map<string, Caret[]>();
  const add = (key: string, caret: Caret): void => {
    carets.set(key, [...(carets.get(key) ?? []), caret]);
  };
  for (const { group, index } of groups) {
    for (const { topic, partition, offset } of group.committed)
      add(`${topic}-${partition}`, { at: offset, group: index, isHollow: false });
    for (const member of group.members) {
      for (const { topic, partition, position, committed } of member.partitions) {
        if (position !== null && position !== committed)
          add(`${topic}-${partition}`, { at: position, group: index, isHollow: true });
      }
    }
  }
  return carets;
}

interface StripStyle {
  readonly u: number;
  readonly isCompact: boolean;
  readonly keys: KeyOrder;
  readonly words: ViewWords;
  readonly shown: Shown | undefined;
}

function drawStrip(
  node: Group,
  strip: StripLayout,
  carets: readonly Caret[],
  { u, isCompact, keys, words, shown }: StripStyle,
): void {
  const { replica } = strip;
  node
    .append('rect')
    .attr('class', 'bed')
    .attr('x', strip.x)
    .attr('y', strip.y)
    .attr('width', strip.width)
    .attr('height', strip.height)
    .attr('rx', 5 * u);
  drawRole(node, strip, { u, isCompact, words });
  if (strip.hasOlder)
    node
      .append('text')
      .attr('class', 't-dim')
      .attr('x', strip.cellsX - 8 * u)
      .attr('y', strip.cellsY + strip.cellHeight / 2 + 4 * u)
      .attr('text-anchor', 'middle')
      .text('…');
  const offsetsY = strip.cellsY + strip.cellHeight + 13 * u;
  const byOffset = new Map(stripCells(replica, strip.first, strip.slots).map((cell) => [cell.offset, cell]));
  const longest = strip.first + strip.slots;
  for (let offset = strip.first; offset < longest; offset++) {
    const cell = byOffset.get(offset);
    const x = offsetX(strip, offset);
    if (cell === undefined) drawFree(node, x, strip);
    else {
      const grown = shown === undefined ? 0 : replica.logEndOffset - shown.logEndOffset;
      const hasLanded = grown > 0 && grown <= mostLandings && offset >= shown!.logEndOffset;
      drawCell(node, x, strip, cell, { keys, u, hasLanded });
    }
    if (cell !== undefined && strip.slotWidth >= 14 * u && !strip.isTight) {
      node
        .append('text')
        .attr('class', `t-off${cell.state === 'gap' ? ' t-dim' : ''}`)
        .attr('x', x + strip.slotWidth / 2)
        .attr('y', offsetsY)
        .attr('text-anchor', 'middle')
        .text(offset);
    }
  }
  if (replica.role === 'offline') return;
  const top = strip.cellsY;
  const bottom = strip.cellsY + strip.cellHeight + 4 * u;
  const endX = offsetX(strip, replica.logEndOffset);
  node
    .append('path')
    .attr('class', 'log-end')
    .attr('d', `M${endX} ${top - 5 * u}V${bottom}`);
  if (replica.logEndOffset - strip.first < strip.slots && !strip.isTight) {
    node
      .append('text')
      .attr('class', 't-leo')
      .attr('x', endX + Math.max(strip.slotWidth / 2, 12 * u))
      .attr('y', offsetsY)
      .attr('text-anchor', 'middle')
      .text('LEO');
  }
  if (replica.highWatermark >= strip.first) {
    const x = offsetX(strip, replica.highWatermark);
    const from = shown === undefined ? replica.highWatermark : Math.max(strip.first, shown.highWatermark);
    const moved = offsetX(strip, from) - x;
    const watermark = node
      .append('g')
      .attr('class', `hw${moved < 0 ? ' hw--moved' : ''}`)
      .style('--from', `${moved}px`);
    watermark
      .append('path')
      .attr('class', 'high-watermark')
      .attr('d', `M${x} ${top - (strip.isTight ? 5 : 13) * u}V${bottom}`);
    if (!strip.isTight) drawFlag(watermark, x, top, { u, side: x - strip.x < 34 * u ? 1 : -1 });
  }
  drawCarets(node, strip, carets, strip.isTight ? strip.y + strip.height + u : offsetsY + 3 * u, u);
}
/** The flag « HW », on the side where there is room for it. */
function drawFlag(
  node: Group,
  x: number,
  top: number,
  { u, side }: { readonly u: number; readonly side: 1 | -1 },
): void {
  node
    .append('path')
    .attr('class', 'hw-flag')
    .attr(
      'd',
      `M${x} ${top - 14 * u}h${side * 29 * u}l${-side * 4 * u} ${5.5 * u}l${side * 4 * u} ${5.5 * u}h${-side * 29 * u}Z`,
    );
  node
    .append('text')
    .attr('class', 't-flag')
    .attr('x', x + side * 12 * u)
    .attr('y', top - 4.8 * u)
    .attr('text-anchor', 'middle')
    .text('HW');
}

function drawCarets(node: Group, strip: StripLayout, carets: readonly Caret[], y: number, u: number): void {
  if (strip.height < 30 * u && carets.length === 0) return;
  const shown = carets.filter(({ at }) => at <= strip.first + strip.slots);
  shown.forEach((caret, index) => {
    const same = shown.filter((other) => other.at === caret.at);
    const shift =
      same.length > 1
        ? (shown.slice(0, index + 1).filter((other) => other.at === caret.at).length - 1 - (same.length - 1) / 2) *
          14 *
          u
        : 0;
    const x = Math.max(strip.x + 7 * u, offsetX(strip, Math.max(caret.at, strip.first)) + shift);
    const tone = groupTone(caret.group);
    node
      .append('path')
      .attr('class', `caret group-${tone}${caret.isHollow ? ' caret--hollow' : ''}`)
      .attr('d', `M${x} ${y - u}l${7 * u} ${5 * u}v${8.5 * u}h${-14 * u}v${-8.5 * u}Z`);
    node
      .append('text')
      .attr('class', `t-caret${caret.isHollow ? ` t-caret--hollow group-${tone}` : ''}`)
      .attr('x', x)
      .attr('y', y + 11 * u)
      .attr('text-anchor', 'middle')
      .text(letterOf(caret.group));
  });
}
