/** One slot of a strip: free, or the record at its offset. */
import type { Selection } from 'd3-selection';
import { shapePath } from '../marks/keyShapes.ts';
import type { Group } from './joining.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { StripCell } from './stripCells.ts';

/** The strip that a cell belongs to, in whatever figure. */
export interface CellStrip {
  readonly key: string;
  readonly replica: { readonly role: 'leader' | 'follower' | 'offline' };
  readonly cellsY: number;
  readonly slotWidth: number;
  readonly cellHeight: number;
}

const cellBox = (
  node: Group,
  x: number,
  { cellsY, slotWidth, cellHeight }: CellStrip,
): Selection<SVGRectElement, unknown, null, undefined> =>
  node
    .append('rect')
    .attr('x', x + 1)
    .attr('y', cellsY + 1)
    .attr('width', Math.max(1, slotWidth - 2))
    .attr('height', cellHeight - 2)
    .attr('rx', 3);

export function drawFree(node: Group, x: number, strip: CellStrip): void {
  cellBox(node, x, strip).attr('class', 'cell cell--free');
}

export function drawCell(
  node: Group,
  x: number,
  strip: CellStrip,
  cell: StripCell,
  { keys, u, hasLanded }: { readonly keys: KeyOrder; readonly u: number; readonly hasLanded: boolean },
): void {
  const { cellsY, slotWidth, cellHeight } = strip;
  const middleX = x + slotWidth / 2;
  const middleY = cellsY + cellHeight / 2;
  if (cell.state === 'gap') {
    node
      .append('path')
      .attr('class', 'cell-gap')
      .attr('d', `M${x + slotWidth * 0.32} ${middleY}h${slotWidth * 0.36}`);
    return;
  }
  const mark = keys.markOf(cell.key);
  const offline = strip.replica.role === 'offline' ? ' cell--offline' : '';
  const landed = hasLanded ? ' landed' : '';
  cellBox(node, x, strip)
    .attr('class', `cell cell--${cell.state} tone-${mark.tone}${offline}${landed}`)
    .attr('data-record', `record-${strip.key}:${cell.offset}`)
    .append('title')
    .text(`${cell.offset}${cell.key === null ? '' : ` · ${cell.key}`}${cell.value === null ? '' : ` · ${cell.value}`}`);
  const radius = Math.min(slotWidth * 0.3, cellHeight * 0.3);
  if (radius < 4 * u) return;
  if (cell.state === 'marker') {
    node
      .append('path')
      .attr('class', 'marker-flag')
      .attr(
        'd',
        `M${middleX - radius * 0.7} ${middleY + radius}v${-2 * radius}l${1.5 * radius} ${0.55 * radius}l${-1.5 * radius} ${0.55 * radius}`,
      );
    return;
  }
  node
    .append('path')
    .attr('class', `shape tone-${mark.tone}${cell.state === 'tombstone' ? ' shape--hollow' : ''}`)
    .attr('d', shapePath(mark.tone))
    .attr('transform', `translate(${middleX} ${middleY}) scale(${radius / 10})`);
  if (cell.state === 'tombstone')
    node
      .append('path')
      .attr('class', 'slash')
      .attr(
        'd',
        `M${x + slotWidth * 0.18} ${cellsY + cellHeight * 0.82}L${x + slotWidth * 0.82} ${cellsY + cellHeight * 0.18}`,
      );
  if (mark.letter !== null)
    node
      .append('text')
      .attr('class', 't-letter')
      .attr('x', middleX)
      .attr('y', middleY + radius + 8 * u)
      .attr('text-anchor', 'middle')
      .text(mark.letter);
}
