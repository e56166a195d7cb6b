/** The few strokes that the deep views share: text, lines, boxes, appended to a group. */
import type { Selection } from 'd3-selection';
import { fitName } from '../marks/fitName.ts';
import type { Group } from '../clusterMatrix/joining.ts';

export interface TextLook {
  readonly className?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export function addText(
  node: Group,
  x: number,
  y: number,
  text: string | number,
  { className = '', anchor = 'start' }: TextLook = {},
): Selection<SVGTextElement, unknown, null, undefined> {
  return node.append('text').attr('class', className).attr('x', x).attr('y', y).attr('text-anchor', anchor).text(text);
}

/** A name in one or two lines, about its middle; never cut so that two names look the same. */
export function addName(
  node: Group,
  x: number,
  middle: number,
  name: string,
  {
    widthUnits,
    u,
    className = 't-strong',
    anchor = 'start',
  }: TextLook & { readonly widthUnits: number; readonly u: number },
): void {
  const lines = fitName(name, { pixels: 14, weight: 700 }, widthUnits);
  lines.forEach((line, index) => {
    const shift = (index - (lines.length - 1) / 2) * 15 * u;
    addText(node, x, middle + 5 * u + shift, line, { className, anchor });
  });
}

export function addBox(
  node: Group,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  className: string,
  radius: number,
): Selection<SVGRectElement, unknown, null, undefined> {
  return node
    .append('rect')
    .attr('class', className)
    .attr('x', x)
    .attr('y', y)
    .attr('width', Math.max(0, width))
    .attr('height', Math.max(0, height))
    .attr('rx', radius);
}

export function addPath(
  node: Group,
  d: string,
  className: string,
): Selection<SVGPathElement, unknown, null, undefined> {
  return node.append('path').attr('class', className).attr('d', d);
}
