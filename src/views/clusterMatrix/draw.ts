/** Draws the matrix: D3 joins by key, and of a mark that looks as before nothing is touched. */
import { select } from 'd3-selection';
import { line as pathOf } from 'd3-shape';
import { shortenTo, textWidth } from '../marks/textWidth.ts';
import { drawGroups } from './drawGroups.ts';
import { drawBand, drawRacks, drawZooKeepers } from './drawServers.ts';
import { drawStrips } from './drawStrips.ts';
import { drawWriters } from './drawWriters.ts';
import type { DrawOptions, Group } from './joining.ts';
import { groupTone, layer, whenChanged } from './joining.ts';
import type { MatrixLayout, Point, Wire } from './layout.ts';
import { roundedPath } from './paths.ts';
import { endsOfWire, linkMark } from './wireEnds.ts';

export function drawMatrix(root: SVGGElement, layout: MatrixLayout, options: DrawOptions): void {
  const group = select(root);
  drawRacks(layer(group, 'racks'), layout, options);
  drawWires(layer(group, 'wires'), layout, options);
  drawZooKeepers(layer(group, 'zookeepers'), layout, options);
  drawBand(layer(group, 'band'), layout, options);
  drawRowLabels(layer(group, 'rows'), layout, options);
  drawStrips(layer(group, 'strips'), layout, options);
  drawWriters(layer(group, 'writers'), layout, options);
  drawGroups(layer(group, 'groups'), layout, options);
}

const straight = pathOf<Point>();

function drawWires(root: Group, layout: MatrixLayout, { selected }: DrawOptions): void {
  const { wires, unit: u } = layout;
  const linkOf = (wire: Wire): string | null => {
    const ends = endsOfWire(wire, layout);
    return ends === null ? null : linkMark(ends);
  };
  root
    .selectAll<SVGPathElement, Wire>('path')
    .data(wires, (wire) => wire.key)
    .join('path')
    .attr(
      'class',
      (wire) =>
        `wire wire--${wire.kind}${wire.isBroken ? ' wire--broken' : ''}${wire.tone > 0 ? ` group-${groupTone(wire.tone - 1)}` : ''}`,
    )
    .attr('d', (wire) => (wire.points.length > 2 ? roundedPath(wire.points, 8 * u) : straight(wire.points)))
    .attr('data-link', linkOf)
    .attr('data-picked', (wire) => (selected?.startsWith('link-') === true && linkOf(wire) === selected ? '' : null))
    .attr('marker-end', (wire) => (wire.kind === 'write' || wire.kind === 'replicate' ? 'url(#tip)' : null));
}

function drawRowLabels(
  root: Group,
  { rows, strips, racks, busX, unit: u, isCompact }: MatrixLayout,
  { words }: DrawOptions,
): void {
  const x = (racks[0]?.x ?? 0) - 12 * u;
  const hasSeveralTopics = rows.some(({ partition }) => partition.topic !== rows[0]?.partition.topic);
  root
    .selectAll<SVGTextElement, MatrixLayout['rows'][number]>('text.row-label')
    .data(rows, (row) => row.key)
    .join('text')
    .attr('class', (row) => `row-label${row.partition.leader < 0 ? ' row-label--offline' : ''}`)
    .attr('text-anchor', 'end')
    .attr('x', x)
    .attr('y', (row) => {
      const strip = strips.find((other) => other.partition === row.partition);
      return strip === undefined ? row.y + row.height / 2 : strip.cellsY + strip.cellHeight / 2 + 5 * u;
    })
    .each(function write(row) {
      const isTight = row.height < 104 * u;
      const hasRoom = textWidth(row.partition.topic, { pixels: 12, weight: 400 }) <= (x - busX) / u - 7;
      const isNamed = hasSeveralTopics
        ? row.isFirstOfTopic
        : (hasRoom || !isCompact) && (!isTight || row.isFirstOfTopic);
      const isLed = row.partition.leader >= 0;
      whenChanged(this, [x, busX, row.key, isTight, isNamed, isLed, words, u], () => {
        const text = select(this).text(null);
        text.append('tspan').attr('class', 't-partition').text(`P${row.partition.partition}`);
        if (!isLed) {
          for (const word of isTight ? [] : words.noLeader.split(/ (?=\S+$)/))
            text
              .append('tspan')
              .attr('class', 't-no-leader')
              .attr('x', x)
              .attr('dy', `${14 * u}`)
              .text(word);
          return;
        }
        if (!isNamed) return;
        text
          .append('tspan')
          .attr('class', 't-topic')
          .attr('x', x)
          .attr('dy', `${(isTight ? 13 : 16) * u}`)
          .text(shortenTo(row.partition.topic, { pixels: 12, weight: 400 }, (x - busX) / u - 7));
        text.append('title').text(row.partition.topic);
      });
    });
}
