/** An icon as part of a drawing, in the colour of its class. */
import type { Selection } from 'd3-selection';
import { type IconName, iconPaths } from './iconPaths.ts';

/** `x`, `y`: of the upper left corner of its square. */
export function appendIcon(
  node: Selection<SVGGElement, unknown, null, undefined>,
  name: IconName,
  {
    x,
    y,
    size,
    className,
  }: { readonly x: number; readonly y: number; readonly size: number; readonly className: string },
): Selection<SVGGElement, unknown, null, undefined> {
  const icon = node
    .append('g')
    .attr('class', `mark-icon ${className}`)
    .attr('transform', `translate(${x} ${y}) scale(${size / 16})`);
  for (const path of iconPaths[name]) {
    const drawn = icon.append('path').attr('d', path.d);
    if ('stroke' in path) drawn.attr('class', 'icon-line').attr('stroke-width', path.stroke);
    else drawn.attr('class', 'icon-fill');
  }
  return icon;
}
