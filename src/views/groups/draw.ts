/** Draws the group view: the chart of states, the matrices of members and partitions, the time lines, the coordinator's states. */
import { select } from 'd3-selection';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { drawCell, drawFree } from '../clusterMatrix/drawCell.ts';
import type { Group } from '../clusterMatrix/joining.ts';
import { asButton, groupTone, layer } from '../clusterMatrix/joining.ts';
import type { KeyOrder } from '../clusterMatrix/keyOrder.ts';
import { stripCells } from '../clusterMatrix/stripCells.ts';
import type { Drawn } from '../deepFigure/DeepFigure.tsx';
import { addBox, addName, addPath, addText } from '../deepFigure/shapes.ts';
import { iconPaths } from '../marks/iconPaths.ts';
import { textWidth } from '../marks/textWidth.ts';
import { holderAt } from './groupHistory.ts';
import type { GroupWords } from './groupWords.ts';
import type { GroupLayout, GroupMember, GroupPartition, Matrix } from './layout.ts';
import { timeX } from './layout.ts';

export interface GroupOptions {
  readonly keys: KeyOrder;
  readonly words: GroupWords;
  readonly selected: string | null;
}

/** In the order in which a group goes through them; Dead aside. */
const states = ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'] as const;

export function drawGroup(root: SVGGElement, layout: GroupLayout, options: GroupOptions): Drawn {
  const group = select(root);
  drawStates(layer(group, 'states'), layout, options);
  drawMatrices(layer(group, 'matrices'), layout, options);
  drawReads(layer(group, 'reads'), layout, options);
  drawRibbon(layer(group, 'ribbon'), layout, options);
  return { contentHeight: layout.contentHeight, move: (now) => moveTimers(root, layout, options, now) };
}

const toneOf = (member: GroupMember | undefined): number => groupTone((member?.number ?? 1) - 1);

function drawStates(
  root: Group,
  { now, statesY: y, unit: u, widthPx }: GroupLayout,
  { words, selected }: GroupOptions,
): void {
  const { group, coordination } = now;
  const nodes = root
    .selectAll<SVGGElement, string>('g.group-states')
    .data([group.group])
    .join('g')
    .attr('class', 'group-states mark')
    .attr('data-mark', `group-${group.group}`);
  asButton(
    nodes,
    () => words.group(group.group, group.state, group.generationId),
    () => selected === `group-${group.group}`,
  );
  const node = select<SVGGElement, unknown>(nodes.node()!).text(null);
  let x = 0;
  // The whole row is the mark.
  const widths = states.map((state) => (textWidth(state, { pixels: 13, weight: 650 }) + 24) * u);
  const total = widths.reduce((sum, width) => sum + width + 26 * u, -26 * u);
  addBox(node, { x: -4 * u, y: y - 18 * u, width: total + 8 * u, height: 36 * u }, 'states-bed', 8 * u);
  states.forEach((state, index) => {
    const isNow = state === group.state;
    const width = widths[index]!;
    addBox(node, { x, y: y - 13 * u, width, height: 26 * u }, `state${isNow ? ' state--now' : ''}`, 13 * u);
    addText(node, x + width / 2, y + 4.5 * u, state, {
      className: `t-state${isNow ? ' t-state--now' : ''}`,
      anchor: 'middle',
    });
    if (index < states.length - 2)
      addPath(node, `M${x + width + 4 * u} ${y}h${18 * u}`, 'state-way').attr('marker-end', 'url(#tip)');
    x += width + 26 * u;
  });
  if (group.coordinator === null || coordination === null) return;
  const about = words.coordinatorIs(group.coordinator, coordination.offsetsPartition);
  const isBeside = textWidth(about, { pixels: 13, weight: 450 }) * u < widthPx - total - 24 * u;
  if (isBeside) addText(node, widthPx, y + 4.5 * u, about, { className: 't-small', anchor: 'end' });
}

function drawMatrices(root: Group, layout: GroupLayout, { words, selected }: GroupOptions): void {
  const { matrices, moved, now, matrixTop, rowHeight, unit: u } = layout;
  const { group, coordination } = now;
  const node = layer(root, 'words').text(null);
  matrices.forEach((matrix, index) => {
    const isPresent = index === matrices.length - 1;
    const { x, width, generationId, labelWidth, columnWidth } = matrix;
    const there = matrix.rows.filter((row) => row.isThere).length;
    addText(
      node,
      x,
      matrixTop - 44 * u,
      generationId === null ? words.nextGeneration(group.generationId + 1) : words.generation(generationId),
      {
        className: 't-h',
      },
    );
    const side = `${words.memberCount(there)}${isPresent && there > 0 ? ` · ${words.assignor(group.protocol)}` : ''}`;
    addText(node, x + width, matrixTop - 44 * u, side, { className: 't-small', anchor: 'end' });
    now.partitions.forEach((partition, column) => {
      const middle = x + labelWidth + (column + 0.5) * columnWidth;
      if (columnWidth >= 22 * u)
        addText(node, middle, matrixTop - 12 * u, `P${partition.partition}`, {
          className: 't-strong',
          anchor: 'middle',
        });
    });
    if (matrix.rows.length === 0) {
      const box = { x, y: matrixTop, width, height: rowHeight };
      addBox(node, box, 'member-bed member-bed--absent', 7 * u);
      const days = Math.round((coordination?.retentionMs ?? 604_800_000) / 86_400_000);
      addText(node, x + 14 * u, matrixTop + rowHeight / 2 + 5 * u, words.noMember(days), { className: 't-small' });
    }
  });
  const rows = matrices.flatMap((matrix, index) =>
    matrix.rows.map((row) => ({ matrix, row, isPresent: index === matrices.length - 1 })),
  );
  layer(root, 'members')
    .selectAll<SVGGElement, (typeof rows)[number]>('g.member-row')
    .data(rows, ({ row, isPresent }) => `${row.member.process}${isPresent ? '' : ' before'}`)
    .join('g')
    .each(function draw({ matrix, row, isPresent }) {
      drawMember(select<SVGGElement, unknown>(this), matrix, row, layout, { words, selected, isPresent });
    });
  const [before, after] = matrices;
  if (before === undefined || after === undefined) return;
  const middle = (before.x + before.width + after.x) / 2;
  const y = matrixTop + (before.rows.length * (rowHeight + 6 * u)) / 2 - 3 * u;
  addPath(node, `M${before.x + before.width + 16 * u} ${y}H${after.x - 16 * u}`, 'rebalance-way').attr(
    'marker-end',
    'url(#tip)',
  );
  addText(node, middle, y - 14 * u, words.rebalance, { className: 't-accent', anchor: 'middle' });
  // What is given to whom is known once the leader has sent it.
  if (moved.length === 0 && group.state !== 'Stable') return;
  if (moved.length === 0) {
    addText(node, middle, y + 24 * u, words.nothingMoved, { className: 't-small', anchor: 'middle' });
    return;
  }
  const names = firstNames(moved.map(({ partition }) => `P${partition}`));
  const nameWidth = textWidth(names, { pixels: 14, weight: 700 }) * u;
  node
    .append('circle')
    .attr('class', 'moved')
    .attr('cx', middle - nameWidth / 2 - 6 * u)
    .attr('cy', y + 19.5 * u)
    .attr('r', 5 * u);
  addText(node, middle + 8 * u, y + 24 * u, names, { className: 't-strong', anchor: 'middle' });
  addText(node, middle, y + 42 * u, words.changeHands, { className: 't-small', anchor: 'middle' });
}

/** All of them, or the first ones and how many more. */
function firstNames(names: readonly string[]): string {
  const most = 4;
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most - 1).join(', ')} + ${names.length - most + 1}`;
}

function drawMember(
  node: Group,
  { x, width, labelWidth }: Matrix,
  { member, y, isThere, cells }: Matrix['rows'][number],
  { now, rowHeight, unit: u }: GroupLayout,
  {
    words,
    selected,
    isPresent,
  }: { readonly words: GroupWords; readonly selected: string | null; readonly isPresent: boolean },
): void {
  const { number, process, memberId } = member;
  const known = now.coordination?.members.find((one) => one.memberId === memberId);
  const name = words.client(member);
  const key = `member-${process}`;
  node.text(null).attr('class', `member-row${isPresent && isThere ? ' mark' : ''}`);
  if (isPresent && isThere) {
    const partitions = cells.map(({ partition }) => now.partitions[partition]!.name);
    node
      .attr('data-mark', key)
      .attr('role', 'button')
      .attr('tabindex', node.attr('tabindex') ?? '-1')
      .attr('aria-label', words.member({ number, name, isLeader: known?.isLeader === true, partitions }))
      .attr('aria-pressed', `${selected === key}`);
  } else for (const name of ['data-mark', 'role', 'tabindex', 'aria-label', 'aria-pressed']) node.attr(name, null);
  addBox(node, { x, y, width, height: rowHeight }, `member-bed${isThere ? '' : ' member-bed--absent'}`, 7 * u);
  const middle = y + rowHeight / 2;
  const isTall = isPresent && isThere && rowHeight >= 40 * u;
  if (isThere) {
    const leads = isPresent && known?.isLeader === true;
    addName(node, x + 12 * u, middle - (isTall ? 7 * u : 0), name, {
      widthUnits: labelWidth / u - (leads ? 42 : 24),
      u,
    });
    if (leads) {
      const crown = node
        .append('path')
        .attr('class', 'leader-crown')
        .attr('transform', `translate(${x + labelWidth - 26 * u} ${middle - (isTall ? 14 : 7) * u}) scale(${0.85 * u})`)
        .attr('d', iconPaths.crown[0].d);
      crown.append('title').text(words.groupLeader);
    }
    if (isTall) {
      const box = { x: x + 12 * u, y: middle + 8 * u, width: labelWidth - 30 * u, height: 5 * u };
      const bar = addBox(node, box, 'ago-bed', 2.5 * u);
      bar
        .append('title')
        .text(known?.awaits === 'join' ? words.awaitsJoin : known?.awaits === 'sync' ? words.awaitsSync : '');
      addBox(node, { ...box, width: 0 }, 'ago session-left', 2.5 * u).attr('data-process', process);
    }
  } else addText(node, x + 12 * u, middle + 5 * u, words.absent, { className: 't-small' });
  for (const cell of cells) {
    const isNarrow = cell.width < 46 * u;
    const box = { x: cell.x + 4 * u, y: y + 5 * u, width: cell.width - 8 * u, height: rowHeight - 10 * u };
    addBox(node, box, `held group-${toneOf(member)}`, 5 * u);
    addText(node, cell.x + cell.width / 2, middle + 5.5 * u, number, {
      className: `t-held group-${toneOf(member)}`,
      anchor: 'middle',
    });
    if (cell.isMoved)
      node
        .append('circle')
        .attr('class', 'moved')
        .attr('cx', cell.x + cell.width - (isNarrow ? 6 : 12) * u)
        .attr('cy', y + (isNarrow ? 7 : 11) * u)
        .attr('r', (isNarrow ? 3.5 : 5) * u);
  }
}

function drawReads(root: Group, layout: GroupLayout, { words, keys, selected }: GroupOptions): void {
  const { reads, now, unit: u, strips } = layout;
  const { x, right, top, titleY, rowGap, barHeight, spans, fromUs } = reads;
  const memberOf = (process: number): GroupMember | undefined => now.members.find((one) => one.process === process);
  const node = layer(root, 'words').text(null);
  addText(node, 0, titleY, words.whoReads, { className: 't-h' });
  if (now.partitions.length > 0) addText(node, strips.x, titleY, words.position, { className: 't-small' });
  const rows = layer(root, 'rows')
    .selectAll<SVGGElement, GroupPartition>('g.partition-row')
    .data(now.partitions, ({ name }) => name)
    .join('g');
  rows.each(function draw(partition, index) {
    const y = top + index * rowGap;
    const list = spans.get(partition.name) ?? [];
    const reader = holderAt(list, now.nowUs);
    const readerMember = reader === null ? undefined : memberOf(reader);
    const key = `replica-${partition.topic}-${partition.partition}@${partition.leader?.broker ?? 0}`;
    const row = select<SVGGElement, unknown>(this).text(null);
    row
      .attr('class', 'mark partition-row')
      .attr('data-mark', key)
      .attr('role', 'button')
      .attr('tabindex', row.attr('tabindex') ?? '-1')
      .attr('aria-pressed', `${selected === key}`)
      .attr(
        'aria-label',
        words.partition({ ...partition, reader: readerMember === undefined ? null : words.client(readerMember) }),
      );
    addBox(row, { x: -4 * u, y: y - 2 * u, width: x - 6 * u, height: barHeight + 4 * u }, 'partition-bed', 5 * u);
    const isSeveral = now.partitions.some(({ topic }) => topic !== partition.topic);
    const label = isSeveral ? partition.name : `P${partition.partition}`;
    addName(row, x - 16 * u, y + barHeight / 2, label, { widthUnits: 98, u, anchor: 'end' });
    const shown = list.filter(({ toUs }) => toUs === null || toUs > fromUs);
    shown.forEach((span, at) => {
      const member = memberOf(span.process);
      const left = timeX(reads, span.fromUs);
      const end = timeX(reads, span.toUs ?? now.nowUs);
      const width = Math.max(1.5 * u, end - left);
      addBox(row, { x: left, y, width, height: barHeight }, `held group-${toneOf(member)}`, 4 * u);
      const name = member === undefined ? '' : `${member.number} · ${words.client(member)}`;
      const fits = [name, `${member?.number ?? ''}`].find(
        (text) => textWidth(text, { pixels: 14, weight: 650 }) * u < width - 14 * u,
      );
      if (fits !== undefined)
        addText(row, left + 9 * u, y + barHeight / 2 + 5 * u, fits, { className: `t-held group-${toneOf(member)}` });
      const next = shown[at + 1];
      const idleEnd = span.toUs === null ? null : (next?.fromUs ?? now.nowUs);
      if (idleEnd === null || idleEnd <= span.toUs!) return;
      const idle = { x: end + 1, y, width: timeX(reads, idleEnd) - end - 2, height: barHeight };
      addBox(row, idle, 'unread', 4 * u);
      if (idle.width > (textWidth(words.nobody, { pixels: 13, weight: 450 }) + 12) * u)
        addText(row, idle.x + idle.width / 2, y + barHeight / 2 + 5 * u, words.nobody, {
          className: 't-small t-danger',
          anchor: 'middle',
        });
    });
    const rest = timeX(reads, now.nowUs);
    addBox(row, { x: rest, y, width: right - rest, height: barHeight }, 'future', 4 * u);
    drawStrip(row, partition, readerMember, y, layout, { words, keys });
  });
}

/** The end of the leader's log, with the carets of the group: where it has committed, where it reads. */
function drawStrip(
  node: Group,
  partition: GroupPartition,
  reader: GroupMember | undefined,
  y: number,
  { strips, reads, unit: u }: GroupLayout,
  { words, keys }: { readonly words: GroupWords; readonly keys: KeyOrder },
): void {
  const { leader, committed, position } = partition;
  const { x, slots, slotWidth, lagX } = strips;
  const caretHeight = 13 * u;
  const cellHeight = Math.max(12 * u, Math.min(24 * u, reads.barHeight - caretHeight - 4 * u));
  const end = leader?.logEndOffset ?? partition.end ?? 0;
  const first = Math.max(0, end + 1 - slots);
  const strip = {
    key: `${partition.topic}-${partition.partition}@${leader?.broker ?? 0}`,
    replica: { role: leader?.role ?? 'offline' },
    cellsY: y,
    slotWidth,
    cellHeight,
  } as const;
  const cells = new Map((leader === null ? [] : stripCells(leader, first, slots)).map((cell) => [cell.offset, cell]));
  for (let offset = first; offset < first + slots; offset++) {
    const at = x + (offset - first) * slotWidth;
    const cell = cells.get(offset);
    if (cell === undefined) drawFree(node, at, strip);
    else drawCell(node, at, strip, cell, { keys, u });
  }
  const caret = (offset: number, isHollow: boolean): void => {
    const isOut = offset < first;
    const at =
      x + Math.max(0, Math.min(slots, offset - first)) * slotWidth + (isHollow && position === committed ? 9 * u : 0);
    const top = y + cellHeight + 1 * u;
    const tone = toneOf(reader);
    const path = addPath(
      node,
      `M${at} ${top}l${6 * u} ${4.5 * u}v${7.5 * u}h${-12 * u}v${-7.5 * u}Z`,
      `caret group-${tone}${isHollow ? ' caret--hollow' : ''}`,
    );
    path.append('title').text(`${offset}`);
    if (reader !== undefined)
      addText(node, at, top + 9.6 * u, reader.number, {
        className: `t-caret${isHollow ? ` t-caret--hollow group-${tone}` : ''}`,
        anchor: 'middle',
      });
    if (isOut) addText(node, at - 15 * u, top + 9 * u, '…', { className: 't-small' });
  };
  if (position !== null && position !== committed) caret(position, true);
  if (committed !== null) caret(committed, false);
  const lagged = partition.lag !== null && partition.lag > 0;
  addText(node, lagX, y + cellHeight / 2 + 5 * u, words.lag(partition.lag), {
    className: lagged ? 't-lag' : 't-small',
  });
}

const tones: Readonly<Record<string, string>> = {
  Stable: 'ok',
  PreparingRebalance: 'warn',
  CompletingRebalance: 'accent',
};

function drawRibbon(root: Group, { ribbon, reads, now, axisY, unit: u }: GroupLayout, { words }: GroupOptions): void {
  const { x, right, top, fromUs, toUs } = reads;
  const { y, height, spans } = ribbon;
  const node = root.text(null);
  addText(node, x - 16 * u, y + height / 2 - 2 * u, words.coordinator, { className: 't-strong', anchor: 'end' });
  if (now.group.coordinator !== null)
    addText(node, x - 16 * u, y + height / 2 + 14 * u, `broker ${now.group.coordinator}`, {
      className: 't-small',
      anchor: 'end',
    });
  const known =
    spans.length > 0 ? spans : [{ state: now.group.state, generationId: now.group.generationId, fromUs, toUs: null }];
  for (const span of known) {
    if (span.toUs !== null && span.toUs <= fromUs) continue;
    const left = timeX(reads, span.fromUs);
    const width = Math.max(2 * u, timeX(reads, span.toUs ?? now.nowUs) - left - 2 * u);
    const box = addBox(node, { x: left, y, width, height }, `ribbon ribbon--${tones[span.state] ?? 'plain'}`, 5 * u);
    box.append('title').text(`${span.state}, ${words.generation(span.generationId)}`);
    if (textWidth(span.state, { pixels: 14, weight: 700 }) * u < width - 10 * u)
      addText(node, left + width / 2, y + height / 2 + 5 * u, span.state, {
        className: `t-ribbon t-ribbon--${tones[span.state] ?? 'plain'}`,
        anchor: 'middle',
      });
    if (span.state === 'PreparingRebalance' && span.fromUs >= fromUs)
      addPath(node, `M${left} ${top - 8 * u}V${y}`, 'began');
  }
  const nowX = timeX(reads, now.nowUs);
  addPath(node, `M${nowX} ${top - 12 * u}V${y + height}`, 'now-line');
  addText(node, nowX - 6 * u, top - 6 * u, words.now, { className: 't-accent', anchor: 'end' });
  addPath(node, `M${x} ${axisY - 16 * u}H${right}`, 'axis');
  const step = [1, 2, 5, 10, 20, 30, 60].find((one) => (toUs - fromUs) / 1e6 / one <= 7) ?? 120;
  const first = Math.ceil((fromUs - now.startedUs) / 1e6 / step) * step;
  for (let at = first; at * 1e6 + now.startedUs <= toUs; at += step)
    addText(node, timeX(reads, at * 1e6 + now.startedUs), axisY, words.clock(at), {
      className: 't-off',
      anchor: 'middle',
    });
}

/** How much of its session each member has left, and of the rebalance the group. */
function moveTimers(
  root: SVGGElement,
  { now: shown, unit: u, matrices }: GroupLayout,
  { words }: GroupOptions,
  now: VirtualTimeUs,
): void {
  const room = (matrices.at(-1)?.labelWidth ?? 0) - 30 * u;
  for (const bar of root.querySelectorAll<SVGRectElement>('.session-left')) {
    const memberId = shown.members.find(({ process }) => `${process}` === bar.dataset['process'])?.memberId;
    const member = shown.coordination?.members.find((one) => one.memberId === memberId);
    const leftMs = member?.expiresAt == null ? null : (member.expiresAt - now) / 1000;
    const share =
      leftMs === null || member === undefined ? 1 : Math.min(1, Math.max(0, leftMs / member.sessionTimeoutMs));
    bar.setAttribute('width', `${share * room}`);
    bar.setAttribute('class', `ago session-left${share < 0.5 ? ' ago--late' : ''}${share < 0.2 ? ' ago--over' : ''}`);
    if (leftMs !== null && member !== undefined) {
      const text = words.session(leftMs, member.sessionTimeoutMs);
      const title = bar.querySelector('title');
      if (title === null) bar.append(titled(text));
      else if (title.textContent !== text) title.textContent = text;
    }
  }
}

function titled(text: string): SVGTitleElement {
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = text;
  return title;
}
