/** One slot of a strip: free, or the record at its offset. */
import type { Selection } from 'd3-selection';
import { shapePath } from '../marks/keyShapes.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { Group } from './joining.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { StripCell } from './stripCells.ts';

/** The strip that a cell belongs to, in whatever figure. */
export interface CellStrip {
  readonly key: string;
  readonly replica: { readonly role: 'leader' | 'follower' | 'offline'; readonly divergesAt?: number | null };
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

/** The leader's log is another from there on: the record will be truncated. */
export const isLost = ({ replica }: CellStrip, offset: number): boolean =>
  replica.divergesAt !== undefined && replica.divergesAt !== null && offset >= replica.divergesAt;

export function drawCell(
  node: Group,
  x: number,
  strip: CellStrip,
  cell: StripCell,
  { keys, u }: { readonly keys: KeyOrder; readonly u: number },
): void {
  const { cellsY, slotWidth, cellHeight } = strip;
  const middleX = x + slotWidth / 2;
  if (cell.state === 'gap') {
    node
      .append('path')
      .attr('class', 'cell-gap')
      .attr('d', `M${x + slotWidth * 0.32} ${cellsY + cellHeight / 2}h${slotWidth * 0.36}`);
    return;
  }
  const mark = keys.markOf(cell.key);
  const lost = isLost(strip, cell.offset);
  const hatched = strip.replica.role === 'offline' || lost ? ' cell--hatched' : '';
  cellBox(node, x, strip)
    .attr('class', `cell cell--${cell.state} tone-${mark.tone}${hatched}`)
    .attr('data-record', `record-${strip.key}:${cell.offset}`)
    .append('title')
    .text([cell.offset, cell.key, cell.value].filter((part) => part !== null).join(' · '));
  const letters = firstLetters(cell, slotWidth / u, cellHeight / u);
  const middleY = cellsY + cellHeight * (letters === '' ? 0.5 : 0.36);
  const radius = Math.min(slotWidth * 0.3, cellHeight * (letters === '' ? 0.3 : 0.24), 11 * u);
  if (radius >= 4 * u) {
    if (cell.state === 'marker') drawFlag(node, middleX, middleY, radius);
    else
      node
        .append('path')
        .attr('class', `shape tone-${mark.tone}${cell.state === 'tombstone' ? ' shape--hollow' : ''}`)
        .attr('d', shapePath(mark.tone))
        .attr('transform', `translate(${middleX} ${middleY}) scale(${radius / 10})`);
    if (mark.letter !== null)
      node
        .append('text')
        .attr('class', 't-letter')
        .attr('x', middleX + radius * 0.9)
        .attr('y', middleY + radius)
        .text(mark.letter);
  }
  if (letters !== '')
    node
      .append('text')
      .attr('class', 't-value')
      .attr('x', middleX)
      .attr('y', cellsY + cellHeight - 7 * u)
      .attr('text-anchor', 'middle')
      .text(letters);
  if (cell.state === 'tombstone') drawSlash(node, x, strip, 'slash');
  if (cell.isAborted)
    node
      .append('path')
      .attr('class', 'aborted-notch')
      .attr('d', `M${x + slotWidth - 1 - 9 * u} ${cellsY + 1}h${9 * u}v${9 * u}Z`);
  if (lost) drawSlash(node, x, strip, 'slash slash--lost');
}

/** From the lower left to the upper right. */
export function drawSlash(node: Group, x: number, { cellsY, slotWidth, cellHeight }: CellStrip, name: string): void {
  node
    .append('path')
    .attr('class', name)
    .attr(
      'd',
      `M${x + slotWidth * 0.18} ${cellsY + cellHeight * 0.82}L${x + slotWidth * 0.82} ${cellsY + cellHeight * 0.18}`,
    );
}

/** The mark of the end of a transaction. */
function drawFlag(node: Group, x: number, y: number, r: number): void {
  node
    .append('path')
    .attr('class', 'marker-flag')
    .attr('d', `M${x - r * 0.7} ${y + r}v${-2 * r}l${1.5 * r} ${0.55 * r}l${-1.5 * r} ${0.55 * r}`);
}

const valueFont = { pixels: 12, weight: 450 } as const;
/** The value under the shape, its end left out and marked where there is no room; nothing where there is no room for three letters. */
function firstLetters({ value, state }: StripCell, widthUnits: number, heightUnits: number): string {
  if (value === null || state === 'gap' || heightUnits < 32 || widthUnits < 34) return '';
  const [line = ''] = value.trimStart().split('\n');
  const room = widthUnits - 6;
  const fits = (text: string): boolean => textWidth(text, valueFont) <= room;
  const mostLetters = 12;
  if (line.length <= mostLetters && fits(line)) return line;
  let length = Math.min(line.length - 1, mostLetters);
  while (length > 0 && !fits(`${line.slice(0, length).trimEnd()}…`)) length--;
  return length >= 3 ? `${line.slice(0, length).trimEnd()}…` : '';
}
