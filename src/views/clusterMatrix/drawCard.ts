/** The card of a client or a group: a box, and a name that is never cut. */
import { fitName } from '../marks/fitName.ts';
import type { Box } from './geometry.ts';
import type { Group } from './joining.ts';

export function drawCard(node: Group, { x, y, width, height }: Box, u: number, className = 'card'): void {
  node
    .append('rect')
    .attr('class', className)
    .attr('x', x)
    .attr('y', y)
    .attr('width', width)
    .attr('height', height)
    .attr('rx', 8 * u);
}

/** In one line of its full size, else in two lower ones; the answer is how many. */
export function drawName(
  node: Group,
  name: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  u: number,
): number {
  const one = fitName(name, nameFonts.one, width / u);
  const lines = one.length === 1 ? one : fitName(name, nameFonts.two, width / u);
  lines.forEach((line, index) => {
    node
      .append('text')
      .attr('class', one.length === 1 ? 't-head' : 't-head t-head--small')
      .attr('x', x)
      .attr('y', y + (lines.length === 1 ? 20 : 15 + 14 * index) * u)
      .text(line);
  });
  node.append('title').text(name);
  return lines.length;
}

const nameFonts = { one: { pixels: 14, weight: 700 }, two: { pixels: 12, weight: 700 } } as const;

/** Whether a name of a card needs two lines. */
export const needsTwoLines = (name: string, widthUnits: number): boolean =>
  fitName(name, nameFonts.one, widthUnits).length > 1 && fitName(name, nameFonts.two, widthUnits).length > 1;
