/** The right side: one card a consumer group, its members and how far each is behind. */
import { select } from 'd3-selection';
import { fitName } from '../marks/fitName.ts';
import { textWidth } from '../marks/textWidth.ts';
import { drawCard, drawName } from './drawCard.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { asButton, groupTone, letterOf, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import type { GroupLayout, MemberCard, MemberLine } from './layoutCards.ts';

export function drawGroups(
  root: Group,
  { groups, unit: u, isCompact }: MatrixLayout,
  { words, selected, motion }: MatrixDrawing,
): void {
  const nodes = root
    .selectAll<SVGGElement, GroupLayout>('g.group')
    .data(groups, ({ group }) => group.group)
    .join('g')
    .attr('class', ({ index }) => `group mark group-${groupTone(index)}`)
    .attr('data-mark', ({ group }) => `group-${group.group}`);
  asButton(
    nodes,
    ({ group, index }) =>
      [letterOf(index), group.group, group.state, words.generation(group.generationId)]
        .filter((part) => part !== '')
        .join(', '),
    ({ group }) => selected === `group-${group.group}`,
  );
  nodes.each(function draw(layout) {
    const { group, index, x, y, width, height, headHeight, members } = layout;
    const look = [x, y, width, height, headHeight, index, group, isCompact, words, u];
    whenChanged(this, look, (before) => {
      if (before !== undefined) motion.changed(this);
      const node = select<SVGGElement, unknown>(this).text(null);
      drawCard(node, layout, u, `card${members.length === 0 ? ' card--empty' : ''}`);
      drawHead(node, layout, { u, words });
      if (members.length === 0)
        node
          .append('text')
          .attr('class', 't-dim')
          .attr('x', x + 11 * u)
          .attr('y', y + height - 9 * u)
          .text(fitting([words.noMember, words.noMember.split(' · ')[0] ?? ''], width / u - 22));
      for (const member of members) drawMember(node, member, { u, words });
      // Its state word and its generation are what a rebalance is seen by.
      const state = node.select<SVGTextElement>('.t-state').node();
      const wasOther = before !== undefined && before[6] !== group;
      if (wasOther && state !== null && group.state !== 'Stable')
        motion.tell('rebalance', state, [{ opacity: 0 }, { opacity: 1 }], { duration: 220 });
    });
  });
}

type Style = Pick<MatrixDrawing, 'words'> & { readonly u: number };

function drawHead(node: Group, { group, index, x, y, width, headHeight }: GroupLayout, { u, words }: Style): void {
  const lines = drawName(node, group.group, { x: x + 11 * u, y, width: width - 42 * u }, u);
  node
    .append('circle')
    .attr('class', 'letter')
    .attr('cx', x + width - 17 * u)
    .attr('cy', y + 16 * u)
    .attr('r', 9 * u);
  node
    .append('text')
    .attr('class', 't-caret')
    .attr('x', x + width - 17 * u)
    .attr('y', y + 20 * u)
    .attr('text-anchor', 'middle')
    .text(letterOf(index));
  if (group.state === '' || headHeight < (lines === 1 ? 40 : 54) * u) return;
  const generation = words.generation(group.generationId);
  node
    .append('text')
    .attr('class', `t-dim t-state${group.state.endsWith('Rebalance') ? ' t-state--moving' : ''}`)
    .attr('x', x + 11 * u)
    .attr('y', y + headHeight - 6 * u)
    .text(fitting([`${group.state} · ${generation}`, group.state], width / u - 22));
}

function drawMember(node: Group, { member, lines, x, y, width, height }: MemberCard, { u, words }: Style): void {
  node
    .append('rect')
    .attr('class', 'member')
    .attr('x', x)
    .attr('y', y)
    .attr('width', width)
    .attr('height', height)
    .attr('rx', 5 * u);
  const name = words.client(member);
  node
    .append('text')
    .attr('class', 't-member')
    .attr('x', x + 8 * u)
    .attr('y', y + 14 * u)
    .text(
      fitName(name, { pixels: 12, weight: 650 }, width / u - 14).join('').length === name.length
        ? name
        : name.slice(-14),
    )
    .append('title')
    .text(name);
  for (const line of lines) drawLine(node, line, { x, width }, { u, words });
}

/** Of which partition, a bar on a logarithmic scale, and the number. */
function drawLine(
  node: Group,
  { y, partition, count, lag }: MemberLine,
  { x, width }: { readonly x: number; readonly width: number },
  { u, words }: Style,
): void {
  if (count === 0) {
    node
      .append('text')
      .attr('class', 't-dim')
      .attr('x', x + 8 * u)
      .attr('y', y + 10 * u)
      .text(words.noPartition);
    return;
  }
  const value = lag === null ? '…' : lag === 0 ? words.upToDate : words.lag(lag);
  const room = width / u - 28 - textWidth(value, lineFont);
  const label =
    partition === null
      ? ([words.partitions(count), `${count} P`].find((text) => textWidth(text, lineFont) <= room) ?? '')
      : `P${partition}`;
  const labelWidth = Math.max(22, textWidth(label, lineFont) + 6);
  const barX = x + (8 + labelWidth) * u;
  const barWidth = width - (22 + labelWidth + textWidth(value, lineFont)) * u;
  node
    .append('text')
    .attr('class', 't-mono')
    .attr('x', x + 8 * u)
    .attr('y', y + 10 * u)
    .text(label);
  if (barWidth > 10 * u) {
    const bar = (className: string, share: number): void => {
      node
        .append('rect')
        .attr('class', className)
        .attr('x', barX)
        .attr('y', y + 3 * u)
        .attr('width', barWidth * share)
        .attr('height', 6 * u)
        .attr('rx', 3 * u);
    };
    bar('lag-bed', 1);
    if (lag !== null && lag > 0) bar('lag', lagShare(lag));
    // Ticks at 10, 100 and 1 000.
    for (const tick of [1 / 3, 2 / 3])
      node
        .append('path')
        .attr('class', 'lag-tick')
        .attr('d', `M${barX + barWidth * tick} ${y + 2 * u}v${8 * u}`);
  }
  node
    .append('text')
    .attr('class', 't-mono')
    .attr('x', x + width - 8 * u)
    .attr('y', y + 10 * u)
    .attr('text-anchor', 'end')
    .text(value);
}

const lineFont = { pixels: 12, weight: 400, isMono: true } as const;

/** The first that fits; nothing where none does. */
const fitting = (texts: readonly string[], widthUnits: number): string =>
  texts.find((text) => textWidth(text, { pixels: 12, weight: 450 }) <= widthUnits) ?? '';

/** Of the bar, on a logarithmic scale: a thousand records and more fill it. */
const lagShare = (lag: number): number => Math.min(1, Math.log10(1 + lag) / 3);
