/** Heat matrices: a cell for each replica, coloured by how far it is behind or how large it is; a press on a row opens it. */
import { select } from 'd3-selection';
import { appendIcon } from '../marks/appendIcon.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { asButton, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import type { HeatCell, HeatRow } from './layoutRows.ts';

export function drawHeat(root: Group, layout: MatrixLayout, { words, choices }: MatrixDrawing): void {
  const { heatRows, columns, unit: u } = layout;
  const { heatMeasure } = choices;
  const valueOf = (value: number): string => (heatMeasure === 'lag' ? words.number(value) : words.bytes(value));
  const nodes = root
    .selectAll<SVGGElement, HeatRow>('g.heat-row')
    .data(heatRows, ({ key }) => key)
    .join('g')
    .attr('class', 'heat-row mark')
    .attr('data-mark', ({ key }) => `row-${key}`);
  asButton(
    nodes,
    ({ partition, cells }) =>
      words.heatRow(
        partition.partition,
        heatMeasure,
        cells.map(({ broker, value }) => `${words.broker(broker)} ${valueOf(value)}`),
      ),
    () => false,
  );
  nodes.attr('aria-pressed', null).attr('aria-expanded', 'false');
  nodes.each(function draw({ partition, cells, y, height }) {
    const look = cells.flatMap(({ value, share, replica, isLeader }) => [
      value,
      share,
      replica.role,
      replica.isInSync,
      isLeader,
    ]);
    whenChanged(this, [columns.racksX, columns.racksRight, y, height, heatMeasure, words, u, ...look], () => {
      const node = select<SVGGElement, unknown>(this).text(null);
      const labelX = columns.racksX - 46 * u;
      node
        .append('rect')
        .attr('class', 'heat-bed')
        .attr('x', labelX)
        .attr('y', y)
        .attr('width', columns.racksRight - labelX)
        .attr('height', height)
        .attr('rx', 3 * u);
      node
        .append('text')
        .attr('class', `t-heat pinned${partition.leader < 0 ? ' t-broken' : ''}`)
        .attr('x', columns.racksX - 12 * u)
        .attr('y', y + height / 2 + 4 * u)
        .attr('text-anchor', 'end')
        .text(`P${partition.partition}`);
      for (const cell of cells) drawHeatCell(node, cell, { text: valueOf(cell.value), measure: heatMeasure, u });
    });
  });
}

function drawHeatCell(
  node: Group,
  { x, y, width, height, replica, isLeader, value, share }: HeatCell,
  { text, measure, u }: { readonly text: string; readonly measure: string; readonly u: number },
): void {
  const state = replica.role === 'offline' ? 'offline' : replica.isInSync ? 'in' : 'out';
  node
    .append('rect')
    .attr('class', `heat heat--${measure} heat--${state}`)
    .attr('x', x)
    .attr('y', y)
    .attr('width', width)
    .attr('height', height)
    .attr('rx', 3 * u);
  if (state !== 'offline' && share > 0)
    node
      .append('rect')
      .attr('class', `heat-share heat-share--${measure}`)
      .attr('x', x)
      .attr('y', y)
      .attr('width', width)
      .attr('height', height)
      .attr('rx', 3 * u)
      .attr('opacity', (0.1 + 0.4 * share).toFixed(2));
  const middle = y + height / 2;
  const sign = state === 'offline' ? 'cross' : isLeader ? 'crown' : state === 'out' ? 'warn' : null;
  if (sign !== null)
    appendIcon(node, sign, { x: x + 5 * u, y: middle - 5.5 * u, size: 11 * u, className: `heat-${sign}` });
  if (state === 'offline' || value === 0 || textWidth(text, { pixels: 12, weight: 550 }) > width / u - 26) return;
  node
    .append('text')
    .attr('class', 't-heat')
    .attr('x', x + width - 6 * u)
    .attr('y', middle + 4 * u)
    .attr('text-anchor', 'end')
    .text(text);
}
