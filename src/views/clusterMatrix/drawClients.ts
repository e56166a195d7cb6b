/** The left side: tools at work, and producers with what waits in them. */
import { select } from 'd3-selection';
import { appendIcon } from '../marks/appendIcon.ts';
import { fitName } from '../marks/fitName.ts';
import { shapePath } from '../marks/keyShapes.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import { drawCard, drawName } from './drawCard.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { asButton, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import type { ProducerCard, ToolCard } from './layoutCards.ts';

export function drawProducers(
  root: Group,
  { producers, unit: u, isCompact }: MatrixLayout,
  { keys, words, selected, motion }: MatrixDrawing,
): void {
  const nodes = root
    .selectAll<SVGGElement, ProducerCard>('g.producer')
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
  nodes.each(function draw({ producer, ...box }) {
    const { x, y, width, height } = box;
    const look = [x, y, width, height, producer, isCompact, words, u];
    whenChanged(this, look, (before) => {
      if (before !== undefined) motion.changed(this);
      const node = select<SVGGElement, unknown>(this).text(null);
      drawCard(node, box, u);
      const lines = drawName(node, words.client(producer), { x: x + 11 * u, y, width: width - 20 * u }, u);
      const about = [`${producer.topics.join(', ')} · acks=${producer.acks}`, producer.topics.join(', ')];
      const shown = about.find((text) => textWidth(text, smallFont) <= width / u - 20);
      if (!isCompact && lines === 1 && shown !== undefined)
        node
          .append('text')
          .attr('class', 't-dim')
          .attr('x', x + 11 * u)
          .attr('y', y + 38 * u)
          .text(shown);
      drawWaiting(node, { x, y: y + height - 14 * u, width }, producer.waiting, { keys, words, u });
    });
  });
}

const smallFont = { pixels: 12, weight: 450 } as const;

/** At most six shapes, and how many wait: in full, else the number alone. */
function drawWaiting(
  node: Group,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  waiting: ProducerCard['producer']['waiting'],
  { keys, words, u }: Pick<MatrixDrawing, 'keys' | 'words'> & { readonly u: number },
): void {
  const shown = waiting.slice(0, Math.min(6, Math.floor((width / u - 26) / 16)));
  shown.forEach(({ key }, i) => {
    const { tone } = keys.markOf(key);
    node
      .append('path')
      .attr('class', `shape tone-${tone}`)
      .attr('d', shapePath(tone))
      .attr('transform', `translate(${x + (18 + i * 16) * u} ${y}) scale(${0.6 * u})`);
  });
  node
    .append('text')
    .attr('class', 't-dim')
    .attr('x', x + (shown.length === 0 ? 11 : 14 + shown.length * 16) * u)
    .attr('y', y + 4 * u)
    .text(shownLabel(waiting.length, width / u, words));
}

function shownLabel(waiting: number, widthUnits: number, { idle, waiting: waitingWords }: ViewWords): string {
  const room = widthUnits - 22 - Math.min(6, waiting) * 16;
  const fits = (text: string): boolean => textWidth(text, smallFont) <= room;
  return [waiting === 0 ? idle : waitingWords(waiting), `${waiting}`].find(fits) ?? '';
}

/** A tool asks and leaves: no card of its own among those that write or read. */
export function drawTools(root: Group, { tools, unit: u }: MatrixLayout, { words, selected }: MatrixDrawing): void {
  const nodes = root
    .selectAll<SVGGElement, ToolCard>('g.tool')
    .data(tools, ({ tool }) => tool.process)
    .join('g')
    .attr('class', 'tool mark')
    .attr('data-mark', ({ tool }) => `tool-${tool.process}`);
  asButton(
    nodes,
    ({ tool }) => words.tool(tool.program),
    ({ tool }) => selected === `tool-${tool.process}`,
  );
  nodes.each(function draw({ tool: { program }, x, y, width, height }) {
    whenChanged(this, [x, y, width, height, program, words, u], () => {
      const node = select<SVGGElement, unknown>(this).text(null);
      drawCard(node, { x, y, width, height }, u, 'card card--tool');
      appendIcon(node, 'wrench', { x: x + 6 * u, y: y + height / 2 - 6.5 * u, size: 13 * u, className: 'tool-icon' });
      const lines = fitName(program.replace(/^kafka-/, ''), { pixels: 12, weight: 550 }, width / u - 28);
      lines.forEach((line, index) => {
        node
          .append('text')
          .attr('class', 't-tool')
          .attr('x', x + 23 * u)
          .attr('y', y + height / 2 + (4 + 12 * (index - (lines.length - 1) / 2)) * u)
          .text(line);
      });
      node.append('title').text(words.tool(program));
    });
  });
}
