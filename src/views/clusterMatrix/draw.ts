/** Draws the matrix: D3 joins by key, and of a mark that looks as before nothing is touched. */
import type { Selection } from 'd3-selection';
import { select } from 'd3-selection';
import { line as pathOf } from 'd3-shape';
import { shapePath } from '../marks/keyShapes.ts';
import type { ViewWords } from '../words.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { GroupLayout, MatrixLayout, Point, StripLayout, Wire } from './layout.ts';
import { offsetX } from './layout.ts';
import { roundedPath } from './paths.ts';
import type { StripCell } from './stripCells.ts';
import { stripCells } from './stripCells.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** What is selected, by the key of its mark. */
export interface DrawOptions {
  readonly keys: KeyOrder;
  readonly words: ViewWords;
  readonly selected: string | null;
}

/** A mark's look in one string: equal looks are not drawn again. */
const looks = new WeakMap<Element, string>();
function whenChanged(element: Element, look: string, redraw: () => void): void {
  if (looks.get(element) === look) return;
  looks.set(element, look);
  redraw();
}

export function drawMatrix(root: SVGGElement, layout: MatrixLayout, options: DrawOptions): void {
  const group = select(root);
  drawWires(layer(group, 'wires'), layout);
  drawZooKeepers(layer(group, 'zookeepers'), layout, options);
  drawRacks(layer(group, 'racks'), layout, options);
  drawRowLabels(layer(group, 'rows'), layout);
  drawStrips(layer(group, 'strips'), layout, options);
  drawLeft(layer(group, 'left'), layout, options);
  drawGroups(layer(group, 'groups'), layout, options);
}

function layer(root: Group, name: string): Group {
  const found = root.select<SVGGElement>(`g.layer-${name}`);
  return found.empty() ? root.append('g').attr('class', `layer-${name}`) : found;
}

const straight = pathOf<Point>();

function drawWires(root: Group, { wires, unit: u }: MatrixLayout): void {
  root
    .selectAll<SVGPathElement, Wire>('path')
    .data(wires, (wire) => wire.key)
    .join('path')
    .attr(
      'class',
      (wire) =>
        `wire wire--${wire.kind}${wire.isBroken ? ' wire--broken' : ''}${wire.tone > 0 ? ` group-${((wire.tone - 1) % 4) + 1}` : ''}`,
    )
    .attr('d', (wire) => (wire.points.length > 2 ? roundedPath(wire.points, 8 * u) : straight(wire.points)))
    .attr('marker-end', (wire) => (wire.kind === 'write' || wire.kind === 'replicate' ? 'url(#tip)' : null));
}

/** An element that the keyboard reaches: one tab stop for the figure, arrows inside. */
function asButton<Datum>(
  selection: Selection<SVGGElement, Datum, SVGGElement, unknown>,
  label: (datum: Datum) => string,
  selected: (datum: Datum) => boolean,
): void {
  selection
    .attr('role', 'button')
    .attr('tabindex', -1)
    .attr('aria-label', label)
    .attr('aria-pressed', (datum) => `${selected(datum)}`);
}

function drawZooKeepers(root: Group, { zookeepers, unit: u }: MatrixLayout, { words, selected }: DrawOptions): void {
  const nodes = root
    .selectAll<SVGGElement, MatrixLayout['zookeepers'][number]>('g.zk')
    .data(zookeepers, ({ zookeeper }) => zookeeper.server)
    .join('g')
    .attr('class', ({ zookeeper }) => `zk mark zk--${zookeeper.role} health--${zookeeper.health}`)
    .attr('data-mark', ({ zookeeper }) => `zookeeper-${zookeeper.server}`);
  const roleOf = ({ role, health }: MatrixLayout['zookeepers'][number]['zookeeper']): string =>
    health === 'dead'
      ? words.stopped
      : health === 'paused'
        ? words.paused
        : health === 'starting'
          ? words.starting
          : role === 'standalone'
            ? words.standalone
            : role === 'leader'
              ? words.leader
              : words.follower;
  asButton(
    nodes,
    ({ zookeeper }) => `ZooKeeper ${zookeeper.server}, ${roleOf(zookeeper)}`,
    ({ zookeeper }) => selected === `zookeeper-${zookeeper.server}`,
  );
  nodes.each(function draw({ zookeeper, x, y, width, height }) {
    whenChanged(this, `${x},${y},${width},${zookeeper.role},${zookeeper.health}`, () => {
      const node = select(this).text(null);
      node
        .append('rect')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height)
        .attr('rx', height / 2);
      node
        .append('text')
        .attr('class', 't-zk')
        .attr('x', x + width / 2)
        .attr('y', y + height / 2 + 4.5 * u)
        .attr('text-anchor', 'middle')
        .call((text) => {
          text.append('tspan').attr('class', 't-strong').text(`zk-${zookeeper.server}`);
          text
            .append('tspan')
            .attr('dx', 6 * u)
            .text(roleOf(zookeeper));
        });
    });
  });
}

function drawRacks(root: Group, { racks, unit: u, isCompact }: MatrixLayout, { words, selected }: DrawOptions): void {
  const nodes = root
    .selectAll<SVGGElement, MatrixLayout['racks'][number]>('g.rack')
    .data(racks, ({ broker }) => broker.broker)
    .join('g')
    .attr(
      'class',
      ({ broker }) => `rack mark health--${broker.health}${broker.isController ? ' rack--controller' : ''}`,
    )
    .attr('data-mark', ({ broker }) => `broker-${broker.broker}`);
  const healthOf = {
    starting: words.starting,
    running: '',
    paused: words.paused,
    stopping: words.stopped,
    dead: words.stopped,
  } as const;
  asButton(
    nodes,
    ({ broker }) =>
      [words.broker(broker.broker), healthOf[broker.health], broker.isController ? words.controller : '']
        .filter((part) => part !== '')
        .join(', '),
    ({ broker }) => selected === `broker-${broker.broker}`,
  );
  nodes.each(function draw({ broker, x, y, width, height, headHeight }) {
    whenChanged(this, `${x},${y},${width},${height},${broker.health},${broker.isController},${isCompact}`, () => {
      const node = select(this).text(null);
      node
        .append('rect')
        .attr('class', 'rack-box')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height)
        .attr('rx', 10 * u);
      const baseline = y + headHeight / 2 + 5 * u;
      const isDead = broker.health === 'dead';
      if (isDead)
        node
          .append('path')
          .attr('class', 'led-cross')
          .attr('d', `M${x + 11 * u} ${baseline - 10 * u}l${9 * u} ${9 * u}m0 ${-9 * u}l${-9 * u} ${9 * u}`);
      else
        node
          .append('circle')
          .attr('class', 'led')
          .attr('cx', x + 16 * u)
          .attr('cy', baseline - 5 * u)
          .attr('r', 4.8 * u);
      node
        .append('text')
        .attr('class', 't-head')
        .attr('x', x + 27 * u)
        .attr('y', baseline)
        .text(words.broker(broker.broker));
      const isRoomy = width > 190 * u && !isCompact;
      if (isRoomy)
        node
          .append('text')
          .attr('class', 't-port')
          .attr('x', x + 92 * u)
          .attr('y', baseline)
          .text(`:${broker.port}`);
      const status = healthOf[broker.health];
      if (status !== '')
        node
          .append('text')
          .attr('class', `t-status t-status--${broker.health}`)
          .attr('x', x + width - 12 * u)
          .attr('y', baseline)
          .attr('text-anchor', 'end')
          .text(status);
      else if (broker.isController) {
        const label = isRoomy ? words.controller : '';
        const pillWidth = label === '' ? 24 * u : (28 + label.length * 7) * u;
        const pillX = x + width - pillWidth - 9 * u;
        node
          .append('rect')
          .attr('class', 'pill-controller')
          .attr('x', pillX)
          .attr('y', baseline - 15 * u)
          .attr('width', pillWidth)
          .attr('height', 20 * u)
          .attr('rx', 10 * u);
        node
          .append('path')
          .attr('class', 'pill-hex')
          .attr('d', hexagon(pillX + 12 * u, baseline - 5 * u, 5 * u));
        if (label !== '')
          node
            .append('text')
            .attr('class', 't-pill')
            .attr('x', pillX + 21 * u)
            .attr('y', baseline - 1 * u)
            .text(label);
        node.append('title').text(words.controller);
      }
    });
  });
}

const hexagon = (x: number, y: number, r: number): string =>
  `M${x} ${y - r}l${0.87 * r} ${0.5 * r}v${r}l${-0.87 * r} ${0.5 * r}l${-0.87 * r} ${-0.5 * r}v${-r}Z`;

function drawRowLabels(root: Group, { rows, strips, racks, unit: u }: MatrixLayout): void {
  const x = (racks[0]?.x ?? 0) - 12 * u;
  root
    .selectAll<SVGTextElement, MatrixLayout['rows'][number]>('text.row-label')
    .data(rows, (row) => row.key)
    .join('text')
    .attr('class', 'row-label')
    .attr('text-anchor', 'end')
    .attr('x', x)
    .attr('y', (row) => {
      const strip = strips.find((other) => other.partition === row.partition);
      return strip === undefined ? row.y + row.height / 2 : strip.cellsY + strip.cellHeight / 2;
    })
    .each(function write(row) {
      const isTight = row.height < 104 * u;
      whenChanged(this, `${x},${row.key},${isTight},${row.isFirstOfTopic}`, () => {
        const text = select(this).text(null);
        text.append('tspan').attr('class', 't-partition').text(`P${row.partition.partition}`);
        if (!isTight || row.isFirstOfTopic)
          text
            .append('tspan')
            .attr('class', 't-topic')
            .attr('x', x)
            .attr('dy', `${(isTight ? 13 : 16) * u}`)
            .text(shorten(row.partition.topic, 14));
      });
    });
}

const shorten = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

function drawStrips(root: Group, layout: MatrixLayout, { keys, words, selected }: DrawOptions): void {
  const { unit: u, isCompact } = layout;
  const carets = caretsOf(layout.groups);
  const nodes = root
    .selectAll<SVGGElement, StripLayout>('g.strip')
    .data(layout.strips, (strip) => strip.key)
    .join('g')
    .attr('class', ({ replica }) => `strip mark strip--${replica.role}${replica.isInSync ? '' : ' strip--out'}`)
    .attr('data-mark', ({ key }) => `replica-${key}`);
  asButton(
    nodes,
    ({ partition, replica }) => words.replica({ topic: partition.topic, partition: partition.partition, ...replica }),
    ({ key }) => selected === `replica-${key}`,
  );
  nodes.each(function draw(strip) {
    const { replica, partition } = strip;
    const own = replica.role === 'leader' ? (carets.get(`${partition.topic}-${partition.partition}`) ?? []) : [];
    const look = [
      strip.x,
      strip.y,
      strip.width,
      strip.cellHeight,
      strip.first,
      strip.slots,
      replica.role,
      replica.isInSync,
      replica.leaderEpoch,
      replica.highWatermark,
      replica.logEndOffset,
      replica.logStartOffset,
      isCompact,
      own.map(({ at, group }) => `${group}${at}`).join(),
    ].join();
    whenChanged(this, look, () => drawStrip(select(this).text(null), strip, own, { u, isCompact, keys, words }));
  });
}

interface Caret {
  readonly at: number;
  readonly group: number;
  /** Read, not committed. */
  readonly isHollow: boolean;
}

/** Carets of the groups by partition: where each reads on after its commit, and, hollow, where a member that commits nothing stands. */
function caretsOf(groups: readonly GroupLayout[]): ReadonlyMap<string, readonly Caret[]> {
  const carets = new Map<string, Caret[]>();
  const add = (key: string, caret: Caret): void => {
    carets.set(key, [...(carets.get(key) ?? []), caret]);
  };
  for (const { group, index } of groups) {
    for (const { topic, partition, offset } of group.committed)
      add(`${topic}-${partition}`, { at: offset, group: index, isHollow: false });
    for (const member of group.members) {
      for (const { topic, partition, position, committed } of member.partitions) {
        if (position !== null && position !== committed)
          add(`${topic}-${partition}`, { at: position, group: index, isHollow: true });
      }
    }
  }
  return carets;
}

interface StripStyle {
  readonly u: number;
  readonly isCompact: boolean;
  readonly keys: KeyOrder;
  readonly words: ViewWords;
}

function drawStrip(
  node: Group,
  strip: StripLayout,
  carets: readonly Caret[],
  { u, isCompact, keys, words }: StripStyle,
): void {
  const { replica } = strip;
  node
    .append('rect')
    .attr('class', 'bed')
    .attr('x', strip.x)
    .attr('y', strip.y)
    .attr('width', strip.width)
    .attr('height', strip.height)
    .attr('rx', 5 * u);
  drawRole(node, strip, { u, isCompact, words });
  if (strip.hasOlder)
    node
      .append('text')
      .attr('class', 't-dim')
      .attr('x', strip.x + 8 * u)
      .attr('y', strip.cellsY + strip.cellHeight / 2 + 4 * u)
      .attr('text-anchor', 'middle')
      .text('…');
  const offsetsY = strip.cellsY + strip.cellHeight + 13 * u;
  const byOffset = new Map(stripCells(replica, strip.first, strip.slots).map((cell) => [cell.offset, cell]));
  const longest = strip.first + strip.slots;
  for (let offset = strip.first; offset < longest; offset++) {
    const cell = byOffset.get(offset);
    const x = offsetX(strip, offset);
    if (cell === undefined) drawFree(node, x, strip);
    else drawCell(node, x, strip, cell, keys, u);
    if (cell !== undefined && strip.slotWidth >= 14 * u) {
      node
        .append('text')
        .attr('class', `t-off${cell.state === 'gap' ? ' t-dim' : ''}`)
        .attr('x', x + strip.slotWidth / 2)
        .attr('y', offsetsY)
        .attr('text-anchor', 'middle')
        .text(offset);
    }
  }
  if (replica.role === 'offline') return;
  const top = strip.cellsY;
  const bottom = strip.cellsY + strip.cellHeight + 4 * u;
  const endX = offsetX(strip, replica.logEndOffset);
  node
    .append('path')
    .attr('class', 'log-end')
    .attr('d', `M${endX} ${top - 5 * u}V${bottom}`);
  if (replica.logEndOffset - strip.first < strip.slots) {
    node
      .append('text')
      .attr('class', 't-leo')
      .attr('x', endX + Math.max(strip.slotWidth / 2, 12 * u))
      .attr('y', offsetsY)
      .attr('text-anchor', 'middle')
      .text('LEO');
  }
  if (replica.highWatermark >= strip.first) {
    const x = offsetX(strip, replica.highWatermark);
    node
      .append('path')
      .attr('class', 'high-watermark')
      .attr('d', `M${x} ${top - 13 * u}V${bottom}`);
    const side = x - strip.x < 34 * u ? 1 : -1;
    node
      .append('path')
      .attr('class', 'hw-flag')
      .attr(
        'd',
        `M${x} ${top - 14 * u}h${side * 29 * u}l${-side * 4 * u} ${5.5 * u}l${side * 4 * u} ${5.5 * u}h${-side * 29 * u}Z`,
      );
    node
      .append('text')
      .attr('class', 't-flag')
      .attr('x', x + side * 12 * u)
      .attr('y', top - 4.8 * u)
      .attr('text-anchor', 'middle')
      .text('HW');
  }
  drawCarets(node, strip, carets, offsetsY + 3 * u, u);
}

function drawRole(
  node: Group,
  { x, badgeY, width, replica }: StripLayout,
  { u, isCompact, words }: Omit<StripStyle, 'keys'>,
): void {
  const isNarrow = width < 150 * u;
  const role = replica.role === 'leader' ? words.leader : replica.role === 'offline' ? words.offline : words.follower;
  const epoch = replica.role === 'leader' && !isNarrow ? words.epoch(replica.leaderEpoch) : '';
  const icon = replica.role === 'leader' ? 15 : 0;
  const pillWidth = (16 + icon + (role.length + (epoch === '' ? 0 : epoch.length + 1)) * 6.9) * u;
  const pill = node.append('g').attr('class', `pill pill--${replica.role}`);
  pill
    .append('rect')
    .attr('x', x)
    .attr('y', badgeY)
    .attr('width', pillWidth)
    .attr('height', 19 * u)
    .attr('rx', 9.5 * u);
  if (icon > 0)
    pill
      .append('path')
      .attr('class', 'crown')
      .attr('transform', `translate(${x + 7 * u} ${badgeY + 3.4 * u}) scale(${0.75 * u})`)
      .attr('d', 'M2 5l3 3 3-5 3 5 3-3-1.2 8H3.2z');
  const text = pill
    .append('text')
    .attr('x', x + (8 + icon) * u)
    .attr('y', badgeY + 13.6 * u);
  text.append('tspan').attr('class', 't-pill-strong').text(role);
  if (epoch !== '')
    text
      .append('tspan')
      .attr('dx', 4 * u)
      .text(epoch);
  if (replica.role === 'offline') return;
  const tickX = x + pillWidth + 8 * u;
  if (replica.isInSync) {
    node
      .append('path')
      .attr('class', 'in-sync')
      .attr('d', `M${tickX} ${badgeY + 10 * u}l${3.4 * u} ${3.6 * u}l${6.6 * u} ${-7.6 * u}`);
    if (!isCompact && !isNarrow)
      node
        .append('text')
        .attr('class', 't-in-sync')
        .attr('x', tickX + 14 * u)
        .attr('y', badgeY + 13.6 * u)
        .text('ISR');
    node.append('title').text(words.inSync);
  } else {
    const outWidth = (12 + words.outOfSync.length * 6.6) * u;
    node
      .append('rect')
      .attr('class', 'out-of-sync')
      .attr('x', tickX)
      .attr('y', badgeY)
      .attr('width', outWidth)
      .attr('height', 19 * u)
      .attr('rx', 9.5 * u);
    node
      .append('text')
      .attr('class', 't-out')
      .attr('x', tickX + outWidth / 2)
      .attr('y', badgeY + 13.6 * u)
      .attr('text-anchor', 'middle')
      .text(words.outOfSync);
  }
}

const cellBox = (
  node: Group,
  x: number,
  { cellsY, slotWidth, cellHeight }: StripLayout,
): Selection<SVGRectElement, unknown, null, undefined> =>
  node
    .append('rect')
    .attr('x', x + 1)
    .attr('y', cellsY + 1)
    .attr('width', Math.max(1, slotWidth - 2))
    .attr('height', cellHeight - 2)
    .attr('rx', 3);

function drawFree(node: Group, x: number, strip: StripLayout): void {
  cellBox(node, x, strip).attr('class', 'cell cell--free');
}

function drawCell(node: Group, x: number, strip: StripLayout, cell: StripCell, keys: KeyOrder, u: number): void {
  const { cellsY, slotWidth, cellHeight } = strip;
  const middleX = x + slotWidth / 2;
  const middleY = cellsY + cellHeight / 2;
  if (cell.state === 'gap') {
    node
      .append('path')
      .attr('class', 'cell-gap')
      .attr('d', `M${x + slotWidth * 0.32} ${middleY}h${slotWidth * 0.36}`);
    return;
  }
  const mark = keys.markOf(cell.key);
  const offline = strip.replica.role === 'offline' ? ' cell--offline' : '';
  cellBox(node, x, strip).attr('class', `cell cell--${cell.state} tone-${mark.tone}${offline}`);
  const radius = Math.min(slotWidth * 0.3, cellHeight * 0.3);
  if (radius < 4 * u) return;
  if (cell.state === 'marker') {
    node
      .append('path')
      .attr('class', 'marker-flag')
      .attr(
        'd',
        `M${middleX - radius * 0.7} ${middleY + radius}v${-2 * radius}l${1.5 * radius} ${0.55 * radius}l${-1.5 * radius} ${0.55 * radius}`,
      );
    return;
  }
  node
    .append('path')
    .attr('class', `shape tone-${mark.tone}${cell.state === 'tombstone' ? ' shape--hollow' : ''}`)
    .attr('d', shapePath(mark.tone))
    .attr('transform', `translate(${middleX} ${middleY}) scale(${radius / 10})`);
  if (cell.state === 'tombstone')
    node
      .append('path')
      .attr('class', 'slash')
      .attr(
        'd',
        `M${x + slotWidth * 0.18} ${cellsY + cellHeight * 0.82}L${x + slotWidth * 0.82} ${cellsY + cellHeight * 0.18}`,
      );
  if (mark.letter !== null)
    node
      .append('text')
      .attr('class', 't-letter')
      .attr('x', middleX)
      .attr('y', middleY + radius + 8 * u)
      .attr('text-anchor', 'middle')
      .text(mark.letter);
}

function drawCarets(node: Group, strip: StripLayout, carets: readonly Caret[], y: number, u: number): void {
  if (strip.height < 30 * u && carets.length === 0) return;
  const shown = carets.filter(({ at }) => at <= strip.first + strip.slots);
  shown.forEach((caret, index) => {
    const same = shown.filter((other) => other.at === caret.at);
    const shift =
      same.length > 1
        ? (shown.slice(0, index + 1).filter((other) => other.at === caret.at).length - 1 - (same.length - 1) / 2) *
          14 *
          u
        : 0;
    const x = Math.max(strip.x + 7 * u, offsetX(strip, Math.max(caret.at, strip.first)) + shift);
    const tone = (caret.group % 4) + 1;
    node
      .append('path')
      .attr('class', `caret group-${tone}${caret.isHollow ? ' caret--hollow' : ''}`)
      .attr('d', `M${x} ${y - u}l${7 * u} ${5 * u}v${8.5 * u}h${-14 * u}v${-8.5 * u}Z`);
    node
      .append('text')
      .attr('class', `t-caret${caret.isHollow ? ` t-caret--hollow group-${tone}` : ''}`)
      .attr('x', x)
      .attr('y', y + 11 * u)
      .attr('text-anchor', 'middle')
      .text(letterOf(caret.group));
  });
}

export const letterOf = (group: number): string => String.fromCharCode(65 + (group % 26));

function drawLeft(
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
    ({ producer }) => `${producer.clientId}, ${producer.topics.join(', ')}, ${words.waiting(producer.waiting.length)}`,
    ({ producer }) => selected === `producer-${producer.process}`,
  );
  nodes.each(function draw({ producer, x, y, width, height }) {
    const look = `${x},${y},${width},${height},${producer.waiting.map((key) => key ?? '-').join()},${producer.acks},${isCompact}`;
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
        .text(shorten(producer.terminal ?? producer.clientId, isCompact ? 14 : 20));
      if (!isCompact)
        node
          .append('text')
          .attr('class', 't-dim')
          .attr('x', x + 11 * u)
          .attr('y', y + 38 * u)
          .text(shorten(`${producer.topics.join(', ')} · acks=${producer.acks}`, 26));
      const slotsY = y + height - 16 * u;
      const shown = producer.waiting.slice(0, 6);
      shown.forEach((key, i) => {
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
        .text(shown.length === 0 ? words.idle : words.waiting(producer.waiting.length));
    });
  });
  root
    .selectAll<SVGGElement, MatrixLayout['tools'][number]>('g.tool')
    .data(tools, ({ process }) => process)
    .join('g')
    .attr('class', 'tool')
    .each(function draw({ x, y, width, height, program }) {
      whenChanged(this, `${x},${y},${width}`, () => {
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
          .text(shorten(program, isCompact ? 15 : 22));
      });
    });
}

function drawGroups(root: Group, { groups, unit: u, isCompact }: MatrixLayout, { words, selected }: DrawOptions): void {
  const nodes = root
    .selectAll<SVGGElement, GroupLayout>('g.group')
    .data(groups, ({ group }) => group.group)
    .join('g')
    .attr('class', ({ index }) => `group mark group-${(index % 4) + 1}`)
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
      members.map((m) => `${m.name}:${m.lines.map((l) => `${l.label}${l.lag}`).join()}`).join(';'),
      isCompact,
    ].join();
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
        .text(shorten(group.group, isCompact ? 16 : 23));
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
          .text(words.noMember);
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
          .text(shorten(member.name, 24));
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

/** Linear up to 10 records, then a decade a third of the bar. */
const lagShare = (lag: number): number => (lag <= 10 ? lag / 30 : Math.min(1, Math.log10(lag) / 3));
