/** Draws the replication view: bands of leader epochs, a strip for each replica, what is said between them. */
import type { Selection } from 'd3-selection';
import { select } from 'd3-selection';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { timestampMsAt } from '../../kernel/time.ts';
import { drawCell, drawFree } from '../clusterMatrix/drawCell.ts';
import type { DrawOptions, Group } from '../clusterMatrix/joining.ts';
import { asButton, layer, whenChanged } from '../clusterMatrix/joining.ts';
import type { KeyOrder } from '../clusterMatrix/keyOrder.ts';
import { stripCells } from '../clusterMatrix/stripCells.ts';
import type { Drawn, Move } from '../deepFigure/DeepFigure.tsx';
import { addBox, addPath, addText } from '../deepFigure/shapes.ts';
import { iconPaths } from '../marks/iconPaths.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ExchangeWire, ReplicaRow, ReplicationLayout } from './layout.ts';
import { offsetX } from './layout.ts';
import type { ReplicationWords } from './replicationWords.ts';

export interface ReplicationOptions extends Pick<DrawOptions, 'selected'> {
  readonly keys: KeyOrder;
  readonly words: ReplicationWords;
}

export function drawReplication(root: SVGGElement, layout: ReplicationLayout, options: ReplicationOptions): Drawn {
  const group = select(root);
  drawBands(layer(group, 'bands'), layout, options);
  const moves: Move[] = [drawRows(layer(group, 'replicas'), layout, options)];
  moves.push(drawWires(layer(group, 'exchanges'), layout, options));
  drawNotes(layer(group, 'notes'), layout, options);
  return {
    contentHeight: layout.bandBottom + 8 * layout.unit,
    move: (now) => {
      for (const move of moves) move(now);
    },
  };
}

function drawBands(
  root: Group,
  { bands, bandTop, bandBottom, unit: u }: ReplicationLayout,
  { words }: ReplicationOptions,
) {
  root
    .selectAll<SVGGElement, (typeof bands)[number]>('g.band')
    .data(bands, ({ epoch }) => epoch)
    .join('g')
    .attr('class', 'band')
    .each(function draw({ epoch, leader, x, width, isNamed }, index) {
      whenChanged(this, [x, width, leader, isNamed, index % 2, bandTop, bandBottom, words, u], () => {
        const node = select(this).text(null);
        const box = { x, y: bandTop, width, height: bandBottom - bandTop };
        addBox(node, box, `band-bed${index % 2 === 1 ? ' band-bed--odd' : ''}`, 9 * u);
        node.append('title').text(`${words.epoch(epoch)}${leader === null ? '' : `, ${words.ledBy(leader)}`}`);
        if (!isNamed) {
          if (width > 22 * u)
            addText(node, x + width / 2, bandTop + 24 * u, epoch, { className: 't-h', anchor: 'middle' });
          return;
        }
        addText(node, x + 12 * u, bandTop + 24 * u, words.epoch(epoch), { className: 't-h' });
        const by = leader === null ? '' : words.ledBy(leader);
        if (textWidth(by, { pixels: 13, weight: 450 }) <= width / u - 24)
          addText(node, x + 12 * u, bandTop + 43 * u, by, { className: 't-small' });
      });
    });
}

function drawRows(root: Group, layout: ReplicationLayout, options: ReplicationOptions): Move {
  const { rows, picture } = layout;
  const { words, selected } = options;
  const nodes = root
    .selectAll<SVGGElement, ReplicaRow>('g.replica')
    .data(rows, ({ key }) => key)
    .join('g')
    .attr('class', ({ seen }) => `replica mark strip--${seen.replica.role}`)
    .attr('data-mark', ({ key }) => `replica-${key}`);
  asButton(
    nodes,
    ({ seen: { replica, known } }) => words.replica({ ...replica, knownEnd: known?.logEndOffset ?? null }),
    ({ key }) => selected === `replica-${key}`,
  );
  nodes.each(function draw(row) {
    const { replica, known } = row.seen;
    const look = [
      replica.log,
      replica.role,
      replica.isInSync,
      replica.highWatermark,
      replica.logEndOffset,
      known?.logEndOffset,
      row.y,
      row.lineCount,
      row.lost?.from,
      row.lost?.to,
      row.lost?.isCut,
      row.isLeader,
      layout.first,
      layout.slots,
      layout.slotWidth,
      layout.cellHeight,
      layout.cellsX,
      layout.unit,
      words,
    ];
    whenChanged(this, look, () => drawRow(select(this).text(null), row, layout, options));
  });
  const bars = nodes.filter(({ seen, lineCount }) => seen.known !== null && lineCount >= 3);
  return (now) => moveBars(bars, now, picture.replicaLagTimeMaxMs, layout, words);
}

const barUnits = 150;

/** How long ago each follower was caught up, against the time after which it leaves the ISR. */
function moveBars(
  rows: Selection<SVGGElement, ReplicaRow, SVGGElement, unknown>,
  now: VirtualTimeUs,
  maxMs: number,
  { unit: u }: ReplicationLayout,
  words: ReplicationWords,
): void {
  const nowMs = timestampMsAt(now);
  rows.each(function move({ seen }) {
    const at = seen.known?.lastCaughtUpMs ?? null;
    const agoMs = at === null ? null : Math.max(0, nowMs - at);
    const share = agoMs === null ? 1 : Math.min(1, agoMs / maxMs);
    const text = words.caughtUp(agoMs, maxMs);
    const node = select(this);
    const label = node.select<SVGTextElement>('text.t-ago');
    if (label.text() !== text) label.text(text);
    node
      .select('rect.ago')
      .attr('width', share * barUnits * u)
      .attr('class', `ago${share > 0.5 ? ' ago--late' : ''}${share >= 1 ? ' ago--over' : ''}`);
  });
}

function drawRow(node: Group, row: ReplicaRow, layout: ReplicationLayout, { keys, words }: ReplicationOptions): void {
  const { unit: u, slots, slotWidth, first, cellHeight, picture, cellsX } = layout;
  const { seen, y, isLeader, lost } = row;
  const { replica } = seen;
  const bed = { x: cellsX - 4 * u, y: y - 4 * u, width: slots * slotWidth + 4 * u, height: cellHeight + 8 * u };
  addBox(node, bed, 'bed', 6 * u);
  drawLabel(node, row, layout, words);
  if (first > 0)
    addText(node, cellsX - 14 * u, y + cellHeight / 2 + 4 * u, '…', { className: 't-small', anchor: 'middle' });
  const strip = { key: row.key, replica, cellsY: y, slotWidth, cellHeight };
  const cells = new Map(stripCells(replica, first, slots).map((cell) => [cell.offset, cell]));
  const offsetsY = y + cellHeight + 19 * u;
  for (let offset = first; offset < first + slots; offset++) {
    const x = offsetX(layout, offset);
    const cell = cells.get(offset);
    const isLost = lost !== null && offset >= lost.from && offset < lost.to;
    if (cell !== undefined) drawCell(node, x, strip, cell, { keys, u });
    else if (isLost || offset === replica.logEndOffset) drawFree(node, x, strip);
    if (isLost) drawLost(node, x, y, layout);
    if (cell !== undefined || isLost)
      addText(node, x + slotWidth / 2, offsetsY, offset, { className: 't-off', anchor: 'middle' });
  }
  const hasEnd = replica.logEndOffset < first + slots && !(lost?.isCut === true && replica.logEndOffset >= lost.from);
  if (hasEnd && replica.role !== 'offline') {
    const x = offsetX(layout, replica.logEndOffset) + slotWidth / 2;
    addText(node, x, offsetsY, 'LEO', { className: 't-leo', anchor: 'middle' });
  }
  if (replica.highWatermark >= first && replica.log !== null) drawWatermark(node, row, layout);
  if (isLeader && picture.leader >= 0 && lost === null && replica.logEndOffset === 0)
    addText(node, cellsX + slotWidth + 12 * u, y + cellHeight / 2 + 5 * u, words.noRecord, { className: 't-small' });
}

function drawLabel(
  node: Group,
  { seen, y, lineCount, isLeader }: ReplicaRow,
  { unit: u }: ReplicationLayout,
  words: ReplicationWords,
): void {
  const { replica, known } = seen;
  addText(node, 0, y + 15 * u, words.broker(replica.broker), { className: 't-h' });
  const kind = replica.role === 'offline' ? 'offline' : isLeader ? 'leader' : replica.isInSync ? 'follower' : 'out';
  const tag = { offline: words.offline, leader: words.leader, follower: words.follower, out: words.outOfSync }[kind];
  const width = (textWidth(tag, { pixels: 13, weight: 650 }) + 20) * u;
  addBox(node, { x: 0, y: y + 26 * u, width, height: 21 * u }, `tag-bed tag-bed--${kind}`, 10.5 * u);
  addText(node, width / 2, y + 41 * u, tag, { className: `t-tag t-tag--${kind}`, anchor: 'middle' });
  if (lineCount >= 1) addText(node, 0, y + 66 * u, words.end(replica.logEndOffset), { className: 't-small' });
  if (known === null) return;
  if (lineCount >= 2) addText(node, 0, y + 84 * u, words.knownEnd(known.logEndOffset), { className: 't-small' });
  if (lineCount < 3) return;
  addText(node, 0, y + 102 * u, '', { className: 't-small t-ago' });
  addBox(node, { x: 0, y: y + 109 * u, width: barUnits * u, height: 5 * u }, 'ago-bed', 2.5 * u);
  addBox(node, { x: 0, y: y + 109 * u, width: 0, height: 5 * u }, 'ago', 2.5 * u);
}

function drawLost(node: Group, x: number, y: number, { slotWidth: w, cellHeight, unit: u }: ReplicationLayout): void {
  addBox(node, { x: x + 3 * u, y: y + 3 * u, width: w - 6 * u, height: cellHeight - 6 * u }, 'lost', 3);
  addPath(node, `M${x + w * 0.15} ${y + cellHeight * 0.85}L${x + w * 0.85} ${y + cellHeight * 0.15}`, 'lost-slash');
}

/** The line and its flag, that says the offset: on the left, or on the right where the left has no room. */
function drawWatermark(node: Group, { y, seen }: ReplicaRow, layout: ReplicationLayout): void {
  const { unit: u, cellHeight, first, slots } = layout;
  const { highWatermark } = seen.replica;
  const x = offsetX(layout, Math.min(highWatermark, first + slots));
  const label = `HW ${highWatermark}`;
  const width = Math.max(52, textWidth(label, { pixels: 12, weight: 750 }) + 18) * u;
  const side = x - width < layout.cellsX - 10 * u ? 1 : -1;
  addPath(node, `M${x} ${y - 24 * u}V${y + cellHeight + 7 * u}`, 'high-watermark');
  addPath(
    node,
    `M${x} ${y - 26 * u}h${side * width}l${-side * 6 * u} ${9 * u}l${side * 6 * u} ${9 * u}h${-side * width}z`,
    'hw-flag',
  );
  addText(node, x + side * (width / 2 - 3 * u), y - 12.5 * u, label, { className: 't-flag', anchor: 'middle' });
}

function drawWires(root: Group, { wires, cellsX, unit: u }: ReplicationLayout, options: ReplicationOptions): Move {
  const { words } = options;
  const nodes = root
    .selectAll<SVGGElement, ExchangeWire>('g.exchange')
    // The words of the nearer ones over the lines of the farther ones.
    .data([...wires].reverse(), ({ key }) => key)
    .join('g')
    .order()
    .attr('class', 'exchange')
    .attr('aria-hidden', 'true')
    .each(function draw(wire) {
      const { x, answerX, exchange, isOutOfSync, spans, hasNoteAbove } = wire;
      const { stage, fetchOffset, lastFetchedEpoch } = exchange;
      const about = stage === 'answering' ? answerText(exchange, words) : '';
      const look = [
        x,
        answerX,
        cellsX,
        stage,
        fetchOffset,
        lastFetchedEpoch,
        about,
        isOutOfSync,
        hasNoteAbove,
        words,
        u,
        ...spans.flat(),
      ];
      whenChanged(this, look, () => drawExchange(select(this).text(null), wire, about, { u, words, leastX: cellsX }));
    });
  return (now) =>
    nodes.each(function move({ exchange, spans, x, answerX }) {
      const node = select(this).select<SVGCircleElement>('circle.letter-under-way');
      if (!('flight' in exchange) || spans.length === 0) return;
      const { sentAt, dueAt } = exchange.flight;
      const done = Math.min(1, Math.max(0, (now - sentAt) / Math.max(1, dueAt - sentAt)));
      const [top, bottom] = [spans[0]![0], spans.at(-1)![1]];
      const isUp = exchange.stage === 'asking';
      const still = document.documentElement.dataset['motion'] === 'reduced';
      const share = still ? 0.5 : isUp ? 1 - done : done;
      node.attr('cx', isUp ? x : answerX).attr('cy', top + (bottom - top) * share);
    });
}

function answerText(
  exchange: Extract<ExchangeWire['exchange'], { stage: 'answering' }>,
  words: ReplicationWords,
): string {
  const { diverging, records, highWatermark } = exchange;
  if (diverging !== null) return words.diverging(diverging.epoch, diverging.endOffset);
  return records === null ? words.nothingNew(highWatermark) : words.records(records.first, records.last);
}

function drawExchange(
  node: Group,
  { x, answerX, isRight, exchange, isOutOfSync, spans, hasNoteAbove }: ExchangeWire,
  about: string,
  { u, words, leastX }: { readonly u: number; readonly words: ReplicationWords; readonly leastX: number },
): void {
  const { stage, fetchOffset, lastFetchedEpoch } = exchange;
  if (spans.length === 0) return;
  const tone = isOutOfSync ? ' ask--out' : '';
  const last = spans.at(-1)!;
  const hasRoom = last[1] - last[0] > (hasNoteAbove ? 66 : 20) * u;
  const middle = last[0] + (last[1] - last[0]) * (hasNoteAbove ? 0.75 : 0.5) + 4 * u;
  const isAnswered = stage === 'answering';
  spans.forEach(([top, bottom], index) => {
    addPath(node, `M${x} ${bottom}V${top}`, `ask${tone}${isAnswered ? ' ask--past' : ''}`).attr(
      'marker-end',
      index === 0 ? 'url(#tip)' : null,
    );
    if (isAnswered)
      addPath(node, `M${answerX} ${top}V${bottom}`, 'answer').attr(
        'marker-end',
        index === spans.length - 1 ? 'url(#tip)' : null,
      );
  });
  if (hasRoom) {
    const asked = words.fetch(fetchOffset, isOutOfSync ? lastFetchedEpoch : -1);
    const said = stage === 'waiting' ? `${asked}, ${words.waits}` : asked;
    const beside = (at: number, isOnRight: boolean, text: string, className: string): void => {
      addText(node, at + (isOnRight ? 10 : -10) * u, middle, text, { className, anchor: isOnRight ? 'start' : 'end' });
    };
    const askClass = `t-ask${tone === '' ? '' : ' t-ask--out'}`;
    if (isAnswered) beside(answerX, isRight, about, 't-answer');
    // Of an answered request, on the other side, where there is room.
    const saidWidth = textWidth(said, { pixels: 14, weight: 650 }) * u;
    if (!isAnswered) beside(x, isRight, said, askClass);
    else if (!isRight || x - saidWidth > leastX) beside(x, !isRight, said, askClass);
  }
  if ('flight' in exchange)
    node
      .append('circle')
      .attr('class', `letter-under-way${isAnswered ? ' letter-under-way--answer' : ''}`)
      .attr('r', 6 * u);
}

/** What is said of the rows, beside them: what was cut, who waits. */
function drawNotes(root: Group, layout: ReplicationLayout, { words }: ReplicationOptions): void {
  const { rows, picture, unit: u, cellHeight, slots, slotWidth, cellsX } = layout;
  const node = root.text(null);
  for (const { lost, y } of rows) {
    if (lost === null || lost.to <= lost.from) continue;
    const x = offsetX(layout, lost.from);
    const noteY = y + cellHeight + 52 * u;
    addPath(node, `M${x} ${y - 6 * u}V${noteY - 14 * u}`, 'cut-line');
    const icon = node
      .append('g')
      .attr('class', 'cut-icon')
      .attr('transform', `translate(${x - 11 * u} ${noteY - 12 * u}) scale(${1.4 * u})`);
    for (const path of iconPaths.scissors) icon.append('path').attr('d', path.d).attr('stroke-width', path.stroke);
    const text = lost.isCut ? words.truncated(lost.from, lost.to) : words.toTruncate(lost.from, lost.to);
    addText(node, x + 20 * u, noteY + 5 * u, text, { className: 't-cut' });
  }
  const right = cellsX + slots * slotWidth;
  const head = rows[0];
  if (head === undefined) return;
  if (picture.leader < 0) addText(node, right, head.y - 14 * u, words.noLeader, { className: 't-cut', anchor: 'end' });
  if (picture.waiting.length > 0) {
    const most = Math.max(...picture.waiting.map(({ offset }) => offset));
    const text = words.awaitsReplicas(picture.waiting.length, most);
    addText(node, right, head.y - 14 * u, text, { className: 't-waits', anchor: 'end' });
  }
}
