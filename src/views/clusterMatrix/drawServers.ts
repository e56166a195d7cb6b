/** ZooKeeper servers as pills on a band, brokers as racks below, their heads over all else. */
import { select } from 'd3-selection';
import type { Health } from '../../cluster/picture.ts';
import { appendIcon } from '../marks/appendIcon.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { asButton, whenChanged } from './joining.ts';
import type { MatrixLayout, RackLayout, ZooKeeperLayout } from './layout.ts';
import { isInQuorum } from './layoutSessions.ts';

export function drawZooKeepers(
  root: Group,
  { zookeepers, unit: u }: MatrixLayout,
  { words, selected, motion }: MatrixDrawing,
): void {
  const nodes = root
    .selectAll<SVGGElement, ZooKeeperLayout>('g.zk')
    .data(zookeepers, ({ zookeeper }) => zookeeper.server)
    .join('g')
    .attr('class', ({ zookeeper }) => `zk mark zk--${zookeeper.role} health--${zookeeper.health}`)
    .attr('data-mark', ({ zookeeper }) => `zookeeper-${zookeeper.server}`);
  const roles = {
    standalone: words.standalone,
    leader: words.leader,
    follower: words.follower,
    looking: words.electing[0],
  };
  const roleOf = ({ role, health }: ZooKeeperLayout['zookeeper']): string =>
    statusOf(health, words) ?? roles[role].toLowerCase();
  asButton(
    nodes,
    ({ zookeeper }) => `ZooKeeper ${zookeeper.server}, ${roleOf(zookeeper)}`,
    ({ zookeeper }) => selected === `zookeeper-${zookeeper.server}`,
  );
  nodes.each(function draw({ zookeeper, x, y, width, height }) {
    whenChanged(this, [x, y, width, zookeeper.role, zookeeper.health, words], (before) => {
      if (before !== undefined) motion.changed(this);
      const node = select<SVGGElement, unknown>(this).text(null);
      node
        .append('rect')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height)
        .attr('rx', height / 2);
      const name = `zk-${zookeeper.server}`;
      const isLeader = zookeeper.role === 'leader' && zookeeper.health === 'running';
      const sign = zookeeper.health === 'dead' ? 'cross' : zookeeper.health === 'paused' ? 'pause' : 'crown';
      const hasSign = isLeader || sign !== 'crown';
      const nameWidth = textWidth(name, { pixels: 13, weight: 700 });
      const isLooking = zookeeper.role === 'looking' && statusOf(zookeeper.health, words) === null;
      const labels = isLooking ? words.electing : [roleOf(zookeeper), ''];
      const widthOf = (label: string): number =>
        (hasSign ? 17 : 0) + nameWidth + (label === '' ? 0 : 6 + textWidth(label, { pixels: 12, weight: 450 }));
      const label = labels.find((one) => widthOf(one) <= width / u - 12) ?? '';
      const left = x + (width - widthOf(label) * u) / 2;
      const middle = y + height / 2;
      if (hasSign) appendIcon(node, sign, { x: left, y: middle - 7 * u, size: 13 * u, className: `zk-${sign}` });
      const text = node
        .append('text')
        .attr('x', left + (hasSign ? 17 : 0) * u)
        .attr('y', middle + 4.5 * u);
      text.append('tspan').attr('class', 't-strong').text(name);
      if (label !== '')
        text
          .append('tspan')
          .attr('class', 't-role')
          .attr('dx', 6 * u)
          .text(label);
    });
  });
}

/** The name of the band and what the ensemble can still do: only where several servers form one. */
export function drawBand(
  root: Group,
  { zookeepers, unit: u, isCompact }: MatrixLayout,
  { words }: MatrixDrawing,
): void {
  const node = root.node()!;
  const inQuorum = zookeepers.filter(({ zookeeper }) => isInQuorum(zookeeper)).length;
  const alive = zookeepers.filter(({ zookeeper }) => zookeeper.health === 'running').length;
  // Beside the first server.
  const room = zookeepers[0] === undefined ? 0 : zookeepers[0].x / u - 14 - 8;
  const leader = zookeepers.find(({ zookeeper }) => zookeeper.role === 'leader' && zookeeper.health === 'running');
  const zxid = leader?.zookeeper.zxid ?? null;
  whenChanged(
    node,
    [zookeepers.length, inQuorum, alive, room, leader === undefined, isCompact ? null : zxid, isCompact, words, u],
    () => {
      const band = root.text(null);
      if (zookeepers.length < 2) return;
      const add = (className: string, y: number, text: string): void => {
        band
          .append('text')
          .attr('class', className)
          .attr('x', 14 * u)
          .attr('y', y * u)
          .text(text);
      };
      const needed = Math.floor(zookeepers.length / 2) + 1;
      const hasQuorum = leader !== undefined && inQuorum >= needed;
      add('t-band', isCompact ? 19 : 26, words.ensemble);
      const said = words.ensembleState({
        state: hasQuorum ? 'quorum' : alive >= needed ? 'noLeader' : 'lost',
        count: hasQuorum ? inQuorum : alive,
        all: zookeepers.length,
        needed,
      });
      const parts = isCompact || zxid === null ? said : [`${said[0]} · zxid ${zxid}`, ...said];
      const shown =
        parts.find((text) => textWidth(text, { pixels: 12, weight: hasQuorum ? 450 : 650 }) <= room) ??
        said.at(-1) ??
        '';
      add(hasQuorum ? 't-dim' : 't-broken', isCompact ? 35 : 43, shown);
    },
  );
}

export function drawRacks(
  root: Group,
  { racks, unit: u }: MatrixLayout,
  { words, selected, motion }: MatrixDrawing,
): void {
  const nodes = root
    .selectAll<SVGGElement, RackLayout>('g.rack')
    .data(racks, ({ broker }) => broker.broker)
    .join('g')
    .attr('class', ({ broker }) => `rack mark ${classOf(broker)}`)
    .attr('data-mark', ({ broker }) => `broker-${broker.broker}`);
  asButton(
    nodes,
    ({ broker }) =>
      [words.broker(broker.broker), statusOf(broker.health, words), broker.isController ? words.controller : null]
        .filter((part) => part !== null)
        .join(', '),
    ({ broker }) => selected === `broker-${broker.broker}`,
  );
  nodes.each(function draw({ broker, x, y, width, height, headHeight }) {
    whenChanged(this, [x, y, width, height, broker.health, broker.isController, u], (before) => {
      if (before !== undefined) motion.changed(this);
      const node = select<SVGGElement, unknown>(this).text(null);
      const box = (className: string, boxHeight: number): void => {
        node
          .append('rect')
          .attr('class', className)
          .attr('x', x)
          .attr('y', y)
          .attr('width', width)
          .attr('height', boxHeight)
          .attr('rx', 10 * u);
      };
      box('rack-box', height);
      // Where the keyboard stands on a rack: its strips are marks of their own.
      box('mark-anchor', headHeight);
    });
  });
}

const classOf = ({ health, isController }: RackLayout['broker']): string =>
  `health--${health}${isController ? ' rack--controller' : ''}`;

/** Apart from the racks, so that they can stay in sight when the rows scroll. */
export function drawRackHeads(
  root: Group,
  { racks, unit: u, isCompact }: MatrixLayout,
  { words }: MatrixDrawing,
): void {
  root
    .selectAll<SVGGElement, RackLayout>('g.rack-head')
    .data(racks, ({ broker }) => broker.broker)
    .join('g')
    .attr('class', ({ broker }) => `rack-head ${classOf(broker)}`)
    .each(function draw(rack) {
      const { broker, x, y, width, headHeight } = rack;
      whenChanged(this, [x, y, width, broker.health, broker.isController, isCompact, words, u], () => {
        const node = select<SVGGElement, unknown>(this).text(null);
        node
          .append('rect')
          .attr('class', 'head-bed')
          .attr('x', x + 1)
          .attr('y', y + 1)
          .attr('width', width - 2)
          .attr('height', headHeight)
          .attr('rx', 9 * u);
        drawHead(node, rack, { u, isCompact, words });
      });
    });
}

function drawHead(
  node: Group,
  { broker, x, y, width, headHeight }: RackLayout,
  { u, isCompact, words }: { readonly u: number; readonly isCompact: boolean; readonly words: ViewWords },
): void {
  const middle = y + headHeight / 2;
  const baseline = middle + 5 * u;
  drawLed(node, broker.health, { x: x + 15 * u, y: middle }, u);
  const name = words.broker(broker.broker);
  const nameWidth = textWidth(name, { pixels: 14, weight: 700 });
  node
    .append('text')
    .attr('class', 't-head')
    .attr('x', x + 26 * u)
    .attr('y', baseline)
    .text(name);
  const right = x + width - 9 * u;
  const status = statusOf(broker.health, words);
  const statusWidth = status === null ? 0 : textWidth(status, { pixels: 12, weight: 650 }) + 6;
  if (status !== null)
    node
      .append('text')
      .attr('class', `t-status t-status--${broker.health}`)
      .attr('x', right - 3 * u)
      .attr('y', baseline)
      .attr('text-anchor', 'end')
      .text(status);
  // Dropped whole, in this order, when there is no room: the port, then the controller's word.
  const room = width / u - 26 - nameWidth - 14 - statusWidth;
  const pillWidthOf = (label: string): number =>
    label === '' ? 24 : 29 + textWidth(label, { pixels: 12, weight: 650 });
  const labels = isCompact ? [''] : [words.controller, ''];
  const label = labels.find((one) => pillWidthOf(one) + 4 <= room) ?? '';
  const pillWidth = broker.isController ? pillWidthOf(label) : 0;
  const port = `:${broker.port}`;
  if (!isCompact && textWidth(port, { pixels: 12, weight: 400, isMono: true }) + 14 <= room - pillWidth)
    node
      .append('text')
      .attr('class', 't-port')
      .attr('x', x + (33 + nameWidth) * u)
      .attr('y', baseline)
      .text(port);
  if (broker.isController)
    drawController(node, { x: right - (pillWidth + statusWidth) * u, y: middle, width: pillWidth * u }, label, u);
}

function drawController(
  node: Group,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  label: string,
  u: number,
): void {
  const pill = node.append('g').attr('class', 'controller');
  pill
    .append('rect')
    .attr('class', 'pill-controller')
    .attr('x', x)
    .attr('y', y - 10 * u)
    .attr('width', width)
    .attr('height', 20 * u)
    .attr('rx', 10 * u);
  appendIcon(pill, 'hex', { x: x + 5.5 * u, y: y - 6.5 * u, size: 13 * u, className: 'pill-hex' });
  if (label === '') return;
  pill
    .append('text')
    .attr('class', 't-pill')
    .attr('x', x + 22 * u)
    .attr('y', y + 4.2 * u)
    .text(label);
}

/** Alive, paused, dead: a dot, two bars, a cross. */
function drawLed(node: Group, health: Health, { x, y }: { readonly x: number; readonly y: number }, u: number): void {
  const sign = { x: x - 6.5 * u, y: y - 6.5 * u, size: 13 * u } as const;
  if (health === 'dead') appendIcon(node, 'cross', { ...sign, className: 'led-cross' });
  else if (health === 'paused') appendIcon(node, 'pause', { ...sign, className: 'led-pause' });
  else
    node
      .append('circle')
      .attr('class', 'led')
      .attr('cx', x)
      .attr('cy', y)
      .attr('r', 4.5 * u);
}

/** What is said of a server that does not simply run. */
function statusOf(health: Health, { starting, paused, stopping, stopped }: ViewWords): string | null {
  const said: Readonly<Record<Health, string | null>> = { starting, running: null, paused, stopping, dead: stopped };
  return said[health];
}
