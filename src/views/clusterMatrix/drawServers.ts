/** ZooKeeper servers as pills on a band, brokers as racks below. */
import { select } from 'd3-selection';
import type { Health } from '../../cluster/picture.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { DrawOptions, Group } from './joining.ts';
import { asButton, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';

export function drawZooKeepers(
  root: Group,
  { zookeepers, unit: u }: MatrixLayout,
  { words, selected }: DrawOptions,
): void {
  const nodes = root
    .selectAll<SVGGElement, MatrixLayout['zookeepers'][number]>('g.zk')
    .data(zookeepers, ({ zookeeper }) => zookeeper.server)
    .join('g')
    .attr('class', ({ zookeeper }) => `zk mark zk--${zookeeper.role} health--${zookeeper.health}`)
    .attr('data-mark', ({ zookeeper }) => `zookeeper-${zookeeper.server}`);
  const roles = { standalone: words.standalone, leader: 'leader', follower: words.follower, looking: words.starting };
  const roleOf = ({ role, health }: MatrixLayout['zookeepers'][number]['zookeeper']): string =>
    statusOf(health, words) ?? roles[role].toLowerCase();
  asButton(
    nodes,
    ({ zookeeper }) => `ZooKeeper ${zookeeper.server}, ${roleOf(zookeeper)}`,
    ({ zookeeper }) => selected === `zookeeper-${zookeeper.server}`,
  );
  nodes.each(function draw({ zookeeper, x, y, width, height }) {
    whenChanged(this, [x, y, width, zookeeper.role, zookeeper.health, words], () => {
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
            .attr('class', 't-role')
            .attr('dx', 6 * u)
            .text(roleOf(zookeeper));
        });
    });
  });
}

/** The name of the band: only where several servers form an ensemble, or there is room for it. */
export function drawBand(root: Group, { zookeepers, unit: u, isCompact }: MatrixLayout, { words }: DrawOptions): void {
  const [first] = zookeepers;
  root
    .selectAll<SVGTextElement, string>('text.t-band')
    .data(zookeepers.length > 1 && first !== undefined ? [words.ensemble] : [])
    .join('text')
    .attr('class', 't-band')
    .attr('x', 14 * u)
    .attr('y', first === undefined ? 0 : first.y + (isCompact ? 18 : 14) * u)
    .text((name) => name);
  root
    .selectAll<SVGTextElement, string>('text.t-dim')
    .data(zookeepers.length > 1 && !isCompact && first !== undefined ? [`zxid ${first.zookeeper.zxid}`] : [])
    .join('text')
    .attr('class', 't-dim')
    .attr('x', 14 * u)
    .attr('y', first === undefined ? 0 : first.y + 30 * u)
    .text((zxid) => zxid);
}

export function drawRacks(
  root: Group,
  { racks, unit: u, isCompact }: MatrixLayout,
  { words, selected }: DrawOptions,
): void {
  const nodes = root
    .selectAll<SVGGElement, MatrixLayout['racks'][number]>('g.rack')
    .data(racks, ({ broker }) => broker.broker)
    .join('g')
    .attr(
      'class',
      ({ broker }) => `rack mark health--${broker.health}${broker.isController ? ' rack--controller' : ''}`,
    )
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
    whenChanged(this, [x, y, width, height, broker.health, broker.isController, isCompact, words], () => {
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
        .attr('class', 't-head mark-anchor')
        .attr('x', x + 27 * u)
        .attr('y', baseline)
        .text(words.broker(broker.broker));
      const isRoomy = width > 190 * u && !isCompact;
      if (isRoomy)
        node
          .append('text')
          .attr('class', 't-port')
          .attr('x', x + (33 + textWidth(words.broker(broker.broker), { pixels: 14, weight: 700 })) * u)
          .attr('y', baseline)
          .text(`:${broker.port}`);
      const status = statusOf(broker.health, words);
      if (status !== null)
        node
          .append('text')
          .attr('class', `t-status t-status--${broker.health}`)
          .attr('x', x + width - 12 * u)
          .attr('y', baseline)
          .attr('text-anchor', 'end')
          .text(status);
      else if (broker.isController) {
        const label = isRoomy ? words.controller : '';
        const pillWidth = (label === '' ? 24 : 29 + textWidth(label, { pixels: 12, weight: 650 })) * u;
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

/** What is said of a server that does not simply run. */
function statusOf(health: Health, { starting, paused, stopped }: ViewWords): string | null {
  const said: Readonly<Record<Health, string | null>> = {
    starting,
    running: null,
    paused,
    stopping: stopped,
    dead: stopped,
  };
  return said[health];
}

const hexagon = (x: number, y: number, r: number): string =>
  `M${x} ${y - r}l${0.87 * r} ${0.5 * r}v${r}l${-0.87 * r} ${0.5 * r}l${-0.87 * r} ${-0.5 * r}v${-r}Z`;
