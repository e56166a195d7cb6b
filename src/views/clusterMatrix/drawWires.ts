/** Wires, what is wrong with links, and the lines along which the network is partitioned. */
import { line as pathOf } from 'd3-shape';
import type { Point } from './geometry.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import { lengthOf, roundedPath } from './paths.ts';
import type { Wire } from './wire.ts';
import { linkMark } from './wireEnds.ts';

const straight = pathOf<Point>();
const growMs = 360;

export function drawWires(root: Group, { wires, unit: u }: MatrixLayout, { selected, motion }: MatrixDrawing): void {
  const linkOf = ({ ends }: Wire): string | null => (ends === null ? null : linkMark(ends));
  const isArrow = ({ kind }: Wire): boolean => kind === 'write' || kind === 'replicate';
  const paths = root.selectAll<SVGPathElement, Wire>('path.wire').data(wires, (wire) => wire.key);
  paths.exit<Wire>().each(function leave(wire) {
    if (wire.kind !== 'read' || !motion.isMoving) return this.remove();
    // What is read no more goes back to the card of its group.
    const length = lengthOf(wire.points);
    const dashes = `${length} ${length}`;
    this.setAttribute('class', `${this.getAttribute('class')} wire--leaving`);
    this.removeAttribute('data-link');
    const frames = [{ strokeDashoffset: 0 }, { strokeDashoffset: -length }].map((frame) => ({
      ...frame,
      strokeDasharray: dashes,
    }));
    motion.tellPassing('rebalance', this, frames, { duration: growMs });
  });
  const entered = paths.enter().append('path');
  entered.each(function grow(wire) {
    if (wire.kind !== 'read') return;
    const length = lengthOf(wire.points);
    const frames = [{ strokeDashoffset: length }, { strokeDashoffset: 0 }].map((frame) => ({
      ...frame,
      strokeDasharray: `${length} ${length}`,
    }));
    motion.tell('rebalance', this, frames, { duration: growMs, delay: growMs });
  });
  entered
    .merge(paths)
    .attr('class', (wire) =>
      [
        'wire',
        `wire--${wire.kind}`,
        wire.isBroken ? 'wire--broken' : '',
        wire.isCut === true ? 'wire--cut' : '',
        wire.tone > 0 ? `group-${wire.tone}` : '',
      ]
        .filter((name) => name !== '')
        .join(' '),
    )
    .attr('data-wire', ({ key }) => key)
    .attr('data-link', linkOf)
    .attr('data-picked', (wire) => (selected?.startsWith('link-') === true && linkOf(wire) === selected ? '' : null))
    .attr('d', (wire) => (wire.points.length > 2 ? roundedPath(wire.points, 8 * u) : straight(wire.points)))
    .attr('marker-end', (wire) => (isArrow(wire) ? 'url(#tip)' : null));
}

/** A double hairline from the band down through the racks. */
export function drawPartitionLines(root: Group, { partitionLines, racks, unit: u }: MatrixLayout): void {
  const top = (racks[0]?.y ?? 0) - 10 * u;
  const bottom = (racks[0]?.y ?? 0) + (racks[0]?.height ?? 0) + 4 * u;
  root
    .selectAll<SVGPathElement, number>('path.partition-line')
    .data(partitionLines)
    .join('path')
    .attr('class', 'partition-line')
    .attr('d', (x) => `M${x - 1.8 * u} ${top}V${bottom}M${x + 1.8 * u} ${top}V${bottom}`);
}

/** Messages too fast to be seen: the wire that they take brightens once. */
export function brighten(root: Group, wires: readonly string[]): void {
  for (const key of wires) {
    const path = root.select<SVGPathElement>(`[data-wire="${CSS.escape(key)}"]`).node();
    path?.animate([{ stroke: 'var(--accent)', strokeWidth: '4px' }, {}], { duration: 260 });
  }
}
