/** What is wrong with a link, on its wire: a gap with scissors, a zigzag with the percentage that is lost, a pill with a clock. */
import { select } from 'd3-selection';
import { appendIcon } from '../marks/appendIcon.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import type { LinkFault, LinkMark } from './layoutLinks.ts';

export function drawLinkMarks(root: Group, { linkMarks, unit: u }: MatrixLayout, { words }: MatrixDrawing): void {
  root
    .selectAll<SVGGElement, LinkMark>('g.link-mark')
    .data(linkMarks, ({ key }) => key)
    .join('g')
    .attr('class', 'link-mark')
    .each(function draw(mark) {
      const { at, direction, faults, isOnWire } = mark;
      whenChanged(this, [...at, ...direction, isOnWire, JSON.stringify(faults), words, u], () => {
        const node = select<SVGGElement, unknown>(this).text(null);
        for (const fault of faults) if (isOnWire || fault.kind === 'cut') drawOnWire(node, mark, fault, u);
        drawPills(node, mark, { u, words });
      });
    });
}

/** In the wire's own line: x runs along it. */
function drawOnWire(node: Group, { at: [x, y], direction: [dx, dy] }: LinkMark, fault: LinkFault, u: number): void {
  const piece = node
    .append('g')
    .attr('transform', `translate(${x} ${y}) rotate(${(Math.atan2(dy, dx) * 180) / Math.PI}) scale(${u})`);
  switch (fault.kind) {
    case 'cut': {
      // One way: half a gap, before what does not come through any more.
      const [from, to] = fault.ways === 'both' ? [-17, 17] : fault.ways === 'forth' ? [0, 19] : [-19, 0];
      piece.append('path').attr('class', 'wire-gap').attr('d', `M${from} 0H${to}`);
      appendIcon(piece, 'scissors', { x: (from + to) / 2 - 8, y: -8, size: 16, className: 'link-icon--cut' });
      break;
    }
    case 'loss':
      piece.append('path').attr('class', 'wire-gap').attr('d', 'M-20 0H20');
      piece.append('path').attr('class', 'wire-zigzag').attr('d', 'M-20 0h5l4-7 6 14 6-14 6 14 6-14 3 7h4');
      break;
    case 'slow':
      break;
  }
}

/** In words: on a level wire after the mark, on an upright one or a short one beside it. */
function drawPills(
  node: Group,
  { at: [x, y], direction: [dx], faults, isOnWire, aside }: LinkMark,
  style: PillStyle,
): void {
  const { u } = style;
  const pills = faults
    .filter(({ kind }) => kind !== 'cut')
    .map((fault) => ({ fault, width: pillWidthOf(fault, style.words) }));
  const total = pills.reduce((sum, { width }) => sum + width + 4, -4);
  const isMarked = faults.some(({ kind }) => kind !== 'slow');
  const isAcross = Math.abs(dx) > 0.5;
  const isCentred = !isMarked || (isAcross && !isOnWire);
  let left = isCentred ? x - (total / 2) * u : x + (isAcross ? 24 : 12) * u;
  const middle = isAcross && !isOnWire ? y + aside : y;
  for (const { fault, width } of pills) {
    drawPill(node, fault, { x: left, y: middle, width }, style);
    left += (width + 4) * u;
  }
}

interface PillStyle {
  readonly u: number;
  readonly words: ViewWords;
}

const pillText = (fault: LinkFault, words: ViewWords): string =>
  fault.kind === 'cut' ? '' : fault.kind === 'loss' ? words.percent(fault.percent) : words.milliseconds(fault.ms);
const pillWidthOf = (fault: LinkFault, words: ViewWords): number => {
  const text = pillText(fault, words);
  return (fault.kind === 'loss' ? 14 : 32) + textWidth(text, { pixels: 12, weight: 650 });
};

function drawPill(
  node: Group,
  fault: LinkFault,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  { u, words }: PillStyle,
): void {
  const kind = fault.kind;
  node
    .append('rect')
    .attr('class', 'link-pill')
    .attr('x', x)
    .attr('y', y - 10 * u)
    .attr('width', width * u)
    .attr('height', 20 * u)
    .attr('rx', 10 * u);
  const hasClock = kind === 'slow';
  if (hasClock) appendIcon(node, 'clock', { x: x + 6 * u, y: y - 7 * u, size: 14 * u, className: 'link-icon--slow' });
  node
    .append('text')
    .attr('class', 't-link')
    .attr('x', x + (hasClock ? 24 : 7) * u)
    .attr('y', y + 4.2 * u)
    .text(pillText(fault, words));
}
