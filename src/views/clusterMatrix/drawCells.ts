/** The slots of a strip by their offsets: a record keeps its element, and how it came or went is told. */
import { select } from 'd3-selection';
import { drawCell, drawFree, drawSlash, isLost } from './drawCell.ts';
import type { ShownStrip } from './drawStrips.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { whenChanged } from './joining.ts';
import type { StripLayout } from './layoutRows.ts';
import { offsetX } from './layoutRows.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { StripCell } from './stripCells.ts';
import { stripCells } from './stripCells.ts';

interface Slot {
  readonly offset: number;
  readonly x: number;
  /** Null: free. */
  readonly cell: StripCell | null;
}

/** More records than that at once are not seen to land one by one. */
const mostLandings = 12;

export function drawCells(
  root: Group,
  strip: StripLayout,
  shown: ShownStrip | undefined,
  { keys, u, motion }: Pick<MatrixDrawing, 'keys' | 'motion'> & { readonly u: number },
): void {
  const { replica, slotWidth, cellHeight, cellsY } = strip;
  const every = numberEvery(strip, u);
  const nodes = root.selectAll<SVGGElement, Slot>(':scope > g.slot').data(slotsOf(strip), ({ offset }) => offset);
  const motions = shown === undefined ? null : new CellMotions(strip, shown.replica, motion);
  nodes.exit<Slot>().each(function leave({ offset }) {
    motions?.left(this, offset);
  });
  nodes.exit().remove();
  nodes
    .enter()
    .append('g')
    .attr('class', 'slot')
    .merge(nodes)
    .each(function draw({ offset, x, cell }) {
      const lost = isLost(strip, offset);
      const hasNumber = cell !== null && every !== null && offset % every === 0;
      const look = [x, cellsY, slotWidth, cellHeight, replica.role === 'offline', lost, hasNumber, u];
      const content = cell === null ? [] : [cell.state, cell.key, cell.value, cell.isAborted];
      whenChanged(this, [...look, ...content], (before) => {
        const ghost = before === undefined ? null : motions?.ghostOf(this, offset, cell);
        const node = select<SVGGElement, unknown>(this).text(null);
        if (cell === null) drawFree(node, x, strip);
        else drawCell(node, x, strip, cell, { keys, u });
        if (hasNumber)
          node
            .append('text')
            .attr('class', `t-off${cell?.state === 'gap' ? ' t-dim' : ''}`)
            .attr('x', x + slotWidth / 2)
            .attr('y', cellsY + cellHeight + 13 * u)
            .attr('text-anchor', 'middle')
            .text(offset);
        motions?.drawn(this, offset, cell, ghost ?? null);
      });
    });
  if (shown !== undefined && shown.first !== strip.first && replica.logStartOffset > shown.replica.logStartOffset) {
    const from = `translateX(${(strip.first - shown.first) * slotWidth}px)`;
    const element = root.node();
    if (element !== null)
      motion.tell('deletion', element, [{ transform: from }, { transform: 'none' }], { duration: 360, delay: 220 });
  }
}

/** Which offsets are written below their slots: every one, or as many as do not run together; null: none. */
export function numberEvery(
  { slotWidth, isTight, first, slots }: Pick<StripLayout, 'slotWidth' | 'isTight' | 'first' | 'slots'>,
  u: number,
): number | null {
  if (slotWidth < 14 * u || isTight) return null;
  // Every digit is as wide: one text a length is measured.
  const widest = textWidth('0'.repeat(String(first + slots - 1).length), { pixels: 12, weight: 400, isMono: true }) + 4;
  return Math.ceil((widest * u) / slotWidth);
}

/** Before the first offset that there is, no slot: it has been deleted. */
function slotsOf(strip: StripLayout): readonly Slot[] {
  const { replica, first, slots } = strip;
  const byOffset = new Map(stripCells(replica, first, slots).map((cell) => [cell.offset, cell]));
  return Array.from({ length: slots }, (_, index): Slot => {
    const offset = first + index;
    return { offset, x: offsetX(strip, offset), cell: byOffset.get(offset) ?? null };
  }).filter(({ offset, cell }) => cell !== null || offset >= replica.logEndOffset);
}

/** How the cells of a strip come and go, against what it showed before. */
class CellMotions {
  readonly #strip: StripLayout;
  readonly #before: ShownStrip['replica'];
  readonly #motion: MatrixDrawing['motion'];

  constructor(strip: StripLayout, before: ShownStrip['replica'], motion: MatrixDrawing['motion']) {
    this.#strip = strip;
    this.#before = before;
    this.#motion = motion;
  }

  /** What stood in a slot that shows a hole or nothing from now on: a copy of it, to fade. */
  ghostOf(slot: SVGGElement, offset: number, cell: StripCell | null): SVGGElement | null {
    const { logEndOffset, logStartOffset } = this.#before;
    const wasRecord = offset >= logStartOffset && offset < logEndOffset && slot.querySelector('[data-record]') !== null;
    if (!wasRecord || !this.#motion.isMoving || (cell !== null && cell.state !== 'gap')) return null;
    const ghost = slot.cloneNode(true) as SVGGElement;
    ghost.setAttribute('class', 'slot-ghost');
    slot.after(ghost);
    return ghost;
  }

  drawn(slot: SVGGElement, offset: number, cell: StripCell | null, ghost: SVGGElement | null): void {
    const { logEndOffset, highWatermark } = this.#before;
    const { replica, cellsX, first, slotWidth } = this.#strip;
    const grown = replica.logEndOffset - logEndOffset;
    if (ghost !== null && cell === null) return this.#truncate(ghost, offset, cellsX + (offset - first) * slotWidth);
    if (ghost !== null) return this.#sweep(ghost, offset - first);
    if (cell === null) return;
    if (grown > 0 && grown <= mostLandings && offset >= logEndOffset) {
      const frames = [{ transform: 'scale(0.8)' }, { transform: 'scale(1)' }];
      this.#motion.tell('landing', slot, frames, { duration: 140, easing: 'cubic-bezier(0.34, 1.3, 0.64, 1)' });
    } else if (offset >= highWatermark && offset < replica.highWatermark) {
      // The watermark passes first, then the freed cells get their tint, left to right.
      const box = slot.querySelector('rect');
      const frames = [{ fill: 'var(--surface)', strokeDasharray: '3 2.5' }, { fill: 'var(--surface)' }];
      const delay = 220 + 40 * (offset - highWatermark);
      if (box !== null) this.#motion.tell('watermark', box, frames, { duration: delay });
    }
  }

  /** A slot that has gone with the oldest segment fades. */
  left(slot: SVGGElement, offset: number): void {
    if (!this.#motion.isMoving || offset >= this.#strip.replica.logStartOffset) return;
    const ghost = slot.cloneNode(true) as SVGGElement;
    ghost.setAttribute('class', 'slot-ghost');
    slot.parentElement?.append(ghost);
    this.#motion.tellPassing('deletion', ghost, [{ opacity: 1 }, { opacity: 0 }], { duration: 220 });
  }

  #truncate(ghost: SVGGElement, offset: number, x: number): void {
    drawSlash(select<SVGGElement, unknown>(ghost), x, this.#strip, 'slash slash--lost');
    ghost.dataset['offset'] = `${offset}`;
    this.#motion.tellPassing('truncation', ghost, [{ opacity: 1 }, { opacity: 1, offset: 0.6 }, { opacity: 0 }], {
      duration: 1200,
    });
  }

  /** The cleaner's frame advances cell by cell; what it drops fades in place. */
  #sweep(ghost: SVGGElement, index: number): void {
    const frames = [{ opacity: 1, stroke: 'var(--accent)' }, { opacity: 0 }];
    this.#motion.tellPassing('compaction', ghost, frames, { duration: 260, delay: 120 * index });
  }
}
