/** Names of rows and of topics, heat matrices, and what is said of a partition that nobody leads. */
import { select } from 'd3-selection';
import { appendIcon } from '../marks/appendIcon.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { asButton, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import type { RowLayout, TopicLine } from './layoutRows.ts';

/** Lines that name topics: a press opens or closes one. */
export function drawTopicLines(root: Group, { lines, unit: u }: MatrixLayout, { words }: MatrixDrawing): void {
  const nodes = root
    .selectAll<SVGGElement, TopicLine>('g.topic-line')
    .data(lines, ({ topic }) => topic.topic)
    .join('g')
    .attr('class', ({ isOpen }) => `topic-line mark${isOpen ? ' topic-line--open' : ''}`)
    .attr('data-mark', ({ topic }) => `topic-${topic.topic}`);
  asButton(
    nodes,
    ({ topic }) => words.topicLine(topic.topic, topic.partitions.length, recordsOf(topic)),
    () => false,
  );
  nodes.attr('aria-pressed', null).attr('aria-expanded', ({ isOpen }) => `${isOpen}`);
  nodes.each(function draw({ topic, isOpen, x, y, width, height }) {
    const records = recordsOf(topic);
    whenChanged(this, [x, y, width, height, topic.topic, topic.partitions.length, records, isOpen, words, u], () => {
      const node = select<SVGGElement, unknown>(this).text(null);
      node
        .append('rect')
        .attr('class', 'topic-bed')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height)
        .attr('rx', 6 * u);
      const label = node.append('g').attr('class', 'pinned');
      const middle = y + height / 2;
      const icon = isOpen ? 'down' : 'next';
      appendIcon(label, icon, { x: x + 8 * u, y: middle - 6 * u, size: 12 * u, className: 'topic-sign' });
      const text = label
        .append('text')
        .attr('x', x + 26 * u)
        .attr('y', middle + 4.5 * u);
      text.append('tspan').attr('class', 't-strong').text(topic.topic);
      text
        .append('tspan')
        .attr('class', 't-dim')
        .attr('dx', 8 * u)
        .text(words.topicContent(topic.partitions.length, records));
    });
  });
}

/** Records that consumers can reach: of each partition, what its leader has. */
const recordsOf = ({ partitions }: TopicLine['topic']): number =>
  partitions.reduce((sum, { leader, replicas }) => {
    const leading = replicas.find(({ broker }) => broker === leader);
    return sum + (leading === undefined ? 0 : leading.logEndOffset - leading.logStartOffset);
  }, 0);

/** P0, P1… before the racks; pinned there when these scroll. A row opened from a heat matrix is closed by its name. */
export function drawRowLabels(root: Group, layout: MatrixLayout, { words }: MatrixDrawing): void {
  const { rows, columns, isCompact, unit: u } = layout;
  const x = columns.racksX - 12 * u;
  const nodes = root
    .selectAll<SVGGElement, RowLayout>('g.row-label')
    .data(rows, (row) => row.key)
    .join('g')
    .attr('class', (row) => `row-label${row.isOpenedHeat ? ' mark' : ''}`)
    .attr('data-mark', (row) => (row.isOpenedHeat ? `row-${row.key}` : null))
    .attr('role', (row) => (row.isOpenedHeat ? 'button' : null))
    .attr('tabindex', (row) => (row.isOpenedHeat ? '-1' : null))
    .attr('aria-expanded', (row) => (row.isOpenedHeat ? 'true' : null))
    .attr('aria-label', (row) => (row.isOpenedHeat ? `P${row.partition.partition}` : null));
  nodes.each(function draw(row) {
    const { partition, key } = row;
    const strip = layout.strips.find((one) => one.partition === partition);
    const isTight = strip?.isTight ?? false;
    const y =
      strip === undefined ? row.y + row.height / 2 : strip.cellsY + strip.cellHeight / 2 + (isTight ? 5 : 0) * u;
    const room = (x - columns.busX) / u - 7;
    const fits = textWidth(partition.topic, { pixels: 12, weight: 400 }) <= room;
    const isNamed = row.isFirstOfTopic && fits && (!isCompact || !isTight);
    const isLed = partition.leader >= 0;
    whenChanged(this, [x, y, key, isTight, isNamed, isLed, row.isOpenedHeat, words, u], () => {
      const node = select<SVGGElement, unknown>(this).text(null);
      const name = `P${partition.partition}`;
      if (row.isOpenedHeat) {
        node
          .append('rect')
          .attr('class', 'label-hit')
          .attr('x', x - 46 * u)
          .attr('y', y - 16 * u)
          .attr('width', 50 * u)
          .attr('height', 22 * u)
          .attr('rx', 4 * u);
        appendIcon(node, 'down', { x: x - 44 * u, y: y - 11 * u, size: 11 * u, className: 'topic-sign' });
      }
      const text = node.append('text').attr('text-anchor', 'end').attr('x', x).attr('y', y);
      text
        .append('tspan')
        .attr(
          'class',
          ['t-partition', isTight ? 't-partition--small' : '', isLed ? '' : 't-partition--broken'].join(' '),
        )
        .text(name);
      if (isNamed)
        text
          .append('tspan')
          .attr('class', 't-dim')
          .attr('x', x)
          .attr('dy', (isTight ? 13 : 16) * u)
          .text(partition.topic);
    });
  });
}

/** Over the rail of a partition without leader, why it has none. */
export function drawLeaderless(root: Group, { rows, columns, unit: u }: MatrixLayout, { words }: MatrixDrawing): void {
  const leaderless = rows.filter(({ partition }) => partition.leader < 0);
  root
    .selectAll<SVGGElement, RowLayout>('g.leaderless')
    .data(leaderless, ({ key }) => key)
    .join('g')
    .attr('class', 'leaderless')
    .each(function draw({ railY, height }) {
      whenChanged(this, [railY, columns.racksX, columns.racksRight, height, words, u], () => {
        const node = select<SVGGElement, unknown>(this).text(null);
        const isTight = height < 86 * u;
        const text = isTight ? words.noLeader : words.noLeaderWhy;
        const width = (textWidth(text, { pixels: 12, weight: 650 }) + 16) * u;
        const room = columns.racksRight - columns.racksX - 24 * u;
        node
          .append('path')
          .attr('class', 'wire wire--write wire--broken')
          .attr('d', `M${columns.racksX + 4 * u} ${railY}H${columns.racksRight - 4 * u}`);
        const x = columns.racksX + Math.max(12 * u, (room - width) / 2);
        node
          .append('rect')
          .attr('class', 'leaderless-bed')
          .attr('x', x)
          .attr('y', railY - 9 * u)
          .attr('width', Math.min(width, room))
          .attr('height', 18 * u)
          .attr('rx', 9 * u);
        node
          .append('text')
          .attr('class', 't-broken')
          .attr('x', x + 8 * u)
          .attr('y', railY + 4 * u)
          .text(width <= room ? text : words.noLeader);
      });
    });
}
