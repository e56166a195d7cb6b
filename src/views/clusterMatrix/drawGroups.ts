/** The right side: one card a consumer group, its members and how far each is behind. */
import { select } from 'd3-selection';
import { shortenTo, textWidth } from '../marks/textWidth.ts';
import type { DrawOptions, Group } from './joining.ts';
import { asButton, groupTone, letterOf, whenChanged } from './joining.ts';
import type { GroupLayout, MatrixLayout } from './layout.ts';

export function drawGroups(
  root: Group,
  { groups, unit: u, isCompact }: MatrixLayout,
  { words, selected }: DrawOptions,
): void {
  const nodes = root
    .selectAll<SVGGElement, GroupLayout>('g.group')
    .data(groups, ({ group }) => group.group)
    .join('g')
    .attr('class', ({ index }) => `group mark group-${groupTone(index)}`)
    .attr('data-mark', ({ group }) => `group-${group.group}`);
  asButton(
    nodes,
    ({ group, index }) => `${letterOf(index)}, ${group.group}, ${group.state}, ${words.generation(group.generationId)}`,
    ({ group }) => selected === `group-${group.group}`,
  );
  nodes.each(function draw({ group, index, members, x, y, width, height }) {
    const look = [
      x,
      y,
      width,
      height,
      group.state,
      group.generationId,
      members.map((m) => `${m.clientId}:${m.lines.map((l) => `${l.label}${l.lag}`).join()}`).join(';'),
      isCompact,
      words,
    ];
    whenChanged(this, look, () => {
      const node = select(this).text(null);
      const isEmpty = members.length === 0;
      node
        .append('rect')
        .attr('class', `card${isEmpty ? ' card--empty' : ''}`)
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
        .text(shortenTo(group.group, { pixels: 14, weight: 700 }, width / u - 42));
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
      if (!isCompact && group.state !== '')
        node
          .append('text')
          .attr('class', 't-dim')
          .attr('x', x + 11 * u)
          .attr('y', y + 36 * u)
          .text(`${group.state} · ${words.generation(group.generationId)}`);
      if (isEmpty)
        node
          .append('text')
          .attr('class', 't-dim')
          .attr('x', x + 11 * u)
          .attr('y', y + height - 9 * u)
          .text(fitting([words.noMember, words.noMember.split(' · ')[0] ?? ''], width / u - 22));
      for (const member of members) {
        node
          .append('rect')
          .attr('class', 'member')
          .attr('x', member.x)
          .attr('y', member.y)
          .attr('width', member.width)
          .attr('height', member.height)
          .attr('rx', 5 * u);
        node
          .append('text')
          .attr('class', 't-member')
          .attr('x', member.x + 8 * u)
          .attr('y', member.y + 14 * u)
          .text(shortenTo(words.client(member), { pixels: 12, weight: 650 }, member.width / u - 14));
        for (const line of member.lines) {
          const lag = line.lag ?? 0;
          const barX = member.x + 30 * u;
          const barWidth = member.width - 104 * u;
          node
            .append('text')
            .attr('class', 't-mono')
            .attr('x', member.x + 8 * u)
            .attr('y', line.y + 10 * u)
            .text(line.label);
          if (barWidth > 10 * u) {
            node
              .append('rect')
              .attr('class', 'lag-bed')
              .attr('x', barX)
              .attr('y', line.y + 3 * u)
              .attr('width', barWidth)
              .attr('height', 6 * u)
              .attr('rx', 3 * u);
            if (lag > 0)
              node
                .append('rect')
                .attr('class', 'lag')
                .attr('x', barX)
                .attr('y', line.y + 3 * u)
                .attr('width', barWidth * lagShare(lag))
                .attr('height', 6 * u)
                .attr('rx', 3 * u);
          }
          node
            .append('text')
            .attr('class', 't-mono')
            .attr('x', member.x + member.width - 8 * u)
            .attr('y', line.y + 10 * u)
            .attr('text-anchor', 'end')
            .text(line.lag === null ? '…' : lag === 0 ? words.upToDate : words.lag(lag));
        }
      }
    });
  });
}

/** The first that fits; nothing where none does. */
const fitting = (texts: readonly string[], widthUnits: number): string =>
  texts.find((text) => textWidth(text, { pixels: 12, weight: 450 }) <= widthUnits) ?? '';

/** Of the bar, on a logarithmic scale: a thousand records and more fill it. */
const lagShare = (lag: number): number => Math.min(1, Math.log10(1 + lag) / 3);
