/** The left side: producers with what waits in them, and tools at work. */
import { select } from 'd3-selection';
import { shapePath } from '../marks/keyShapes.ts';
import { shortenTo, textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { DrawOptions, Group } from './joining.ts';
import { asButton, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';

export function drawWriters(
  root: Group,
  { producers, tools, unit: u, isCompact }: MatrixLayout,
  { keys, words, selected }: DrawOptions,
): void {
  const nodes = root
    .selectAll<SVGGElement, MatrixLayout['producers'][number]>('g.producer')
    .data(producers, ({ producer }) => producer.process)
    .join('g')
    .attr('class', 'producer mark')
    .attr('data-mark', ({ producer }) => `producer-${producer.process}`);
  asButton(
    nodes,
    ({ producer }) =>
      `${words.client(producer)}, ${producer.topics.join(', ')}, ${words.waiting(producer.waiting.length)}`,
    ({ producer }) => selected === `producer-${producer.process}`,
  );
  nodes.each(function draw({ producer, x, y, width, height }) {
    const { waiting } = producer;
    const look = [
      x,
      y,
      width,
      height,
      waiting,
      producer.acks,
      producer.topics.join(),
      producer.terminal,
      isCompact,
      words,
    ];
    whenChanged(this, look, () => {
      const node = select(this).text(null);
      node
        .append('rect')
        .attr('class', 'card')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height)
        .attr('rx', 8 * u);
      node
        .append('text')
        .attr('class', 't-head')
        .attr('x', x + 11 * u)
        .attr('y', y + 20 * u)
        .text(shortenTo(words.client(producer), { pixels: 14, weight: 700 }, width / u - 20));
      if (!isCompact)
        node
          .append('text')
          .attr('class', 't-dim')
          .attr('x', x + 11 * u)
          .attr('y', y + 38 * u)
          .text(
            shortenTo(
              `${producer.topics.join(', ')} · acks=${producer.acks}`,
              { pixels: 12, weight: 400 },
              width / u - 20,
            ),
          );
      const slotsY = y + height - 16 * u;
      const label = shownLabel(producer.waiting.length, width / u, words);
      const shown = producer.waiting.slice(0, Math.min(6, Math.floor((width / u - 26) / 16)));
      shown.forEach(({ key }, i) => {
        const { tone } = keys.markOf(key);
        node
          .append('path')
          .attr('class', `shape tone-${tone}`)
          .attr('d', shapePath(tone))
          .attr('transform', `translate(${x + (18 + i * 16) * u} ${slotsY}) scale(${0.6 * u})`);
      });
      node
        .append('text')
        .attr('class', 't-dim')
        .attr('x', x + (shown.length === 0 ? 11 : 14 + shown.length * 16) * u)
        .attr('y', slotsY + 4 * u)
        .text(label);
    });
  });
  root
    .selectAll<SVGGElement, MatrixLayout['tools'][number]>('g.tool')
    .data(tools, ({ process }) => process)
    .join('g')
    .attr('class', 'tool')
    .each(function draw({ x, y, width, height, program }) {
      whenChanged(this, [x, y, width, height, program, isCompact], () => {
        const node = select(this).text(null);
        node
          .append('rect')
          .attr('class', 'card')
          .attr('x', x)
          .attr('y', y)
          .attr('width', width)
          .attr('height', height)
          .attr('rx', 8 * u);
        node
          .append('text')
          .attr('class', 't-mono')
          .attr('x', x + 10 * u)
          .attr('y', y + height / 2 + 4 * u)
          .text(shortenTo(program, { pixels: 12, weight: 400, isMono: true }, width / u - 18));
      });
    });
}

/** The label after at most six shapes: in full, else the number alone, else nothing. */
function shownLabel(waiting: number, widthUnits: number, { idle, waiting: waitingWords }: ViewWords): string {
  const room = widthUnits - 22 - Math.min(6, waiting) * 16;
  const fits = (text: string): boolean => textWidth(text, { pixels: 12, weight: 450 }) <= room;
  return [waiting === 0 ? idle : waitingWords(waiting), `${waiting}`].find(fits) ?? '';
}
