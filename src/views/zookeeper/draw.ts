/** Draws the view of ZooKeeper: the tree with its bells, the lanes of the servers with their votes, the seats, the sessions. */
import { select } from 'd3-selection';
import type { SessionOfTree } from '../../cluster/zookeeper/pictureOfEnsemble.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Group } from '../clusterMatrix/joining.ts';
import { asButton, layer, whenChanged } from '../clusterMatrix/joining.ts';
import type { Drawn } from '../deepFigure/DeepFigure.tsx';
import { addBox, addPath, addText } from '../deepFigure/shapes.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ServerLane, ZnodeBox, ZooKeeperLayout } from './layout.ts';
import { laneX } from './layout.ts';
import type { ZooKeeperWords } from './zooKeeperWords.ts';

export interface ZooKeeperOptions {
  readonly words: ZooKeeperWords;
  readonly selected: string | null;
}

export function drawZooKeeper(root: SVGGElement, layout: ZooKeeperLayout, options: ZooKeeperOptions): Drawn {
  const group = select(root);
  drawTree(layer(group, 'tree'), layout, options);
  drawHeads(layer(group, 'heads'), layout, options);
  drawVotes(layer(group, 'votes'), layout);
  drawLanes(layer(group, 'lanes'), layout, options);
  drawSeats(layer(group, 'seats'), layout, options);
  drawSessions(layer(group, 'sessions'), layout, options);
  return { contentHeight: layout.contentHeight, move: (now) => moveSessions(root, layout, options, now) };
}

const bellPath = 'M8 2a4 4 0 014 4c0 4 1.5 5 1.5 5h-11S4 10 4 6a4 4 0 014-4zM6.5 13a1.6 1.6 0 003 0';

/** What was watched when a row was drawn last, and when: a watch that is gone shortly after has fired. */
const watchedBefore = new WeakMap<Element, { readonly isWatched: boolean; readonly atUs: number }>();
const soonUs = 2_000_000;

function drawTree(root: Group, layout: ZooKeeperLayout, { words, selected }: ZooKeeperOptions): void {
  const { rows, now, unit: u, rowHeight, treeWidth } = layout;
  const nodes = root
    .selectAll<SVGGElement, ZnodeBox>('g.znode')
    .data(rows, ({ path, deletedUs }) => `${path}${deletedUs === null ? '' : ' gone'}`)
    .join('g')
    .order()
    .attr('class', ({ deletedUs }) => `znode${deletedUs === null ? ' mark' : ''}`)
    .attr('data-mark', ({ path, deletedUs }) => (deletedUs === null ? `znode-${path}` : null));
  const namesOf = ({ watchers }: ZnodeBox): readonly string[] => [
    ...new Set(watchers.flatMap((client) => now.nameOf(client) ?? [])),
  ];
  const ownerOf = ({ owner }: ZnodeBox): string | null => (owner === null ? null : now.nameOfSession(owner));
  asButton(
    nodes.filter(({ deletedUs }) => deletedUs === null),
    (row) => words.znode({ ...row, isEphemeral: row.owner !== null, owner: ownerOf(row), watchers: namesOf(row) }),
    ({ path }) => selected === `znode-${path}`,
  );
  nodes.each(function draw(row) {
    const { x, y, parentY, name, owner, deletedUs, version, data, childCount, isOpen } = row;
    const watchers = namesOf(row);
    const before = watchedBefore.get(this);
    const isWatched = row.watchers.length > 0;
    const passed = before === undefined ? 0 : now.nowUs - before.atUs;
    const hasRung = before?.isWatched === true && !isWatched && passed >= 0 && passed < soonUs;
    watchedBefore.set(this, { isWatched, atUs: now.nowUs });
    const look = [
      x,
      y,
      parentY,
      rowHeight,
      treeWidth,
      ownerOf(row),
      deletedUs,
      version,
      data,
      childCount,
      isOpen,
      watchers.join(),
      isWatched,
      hasRung,
      words,
      u,
    ];
    whenChanged(this, look, () => {
      const node = select<SVGGElement, unknown>(this).text(null);
      const width = Math.max(34 * u, (textWidth(name, { pixels: 13, weight: 700, isMono: true }) + 22) * u);
      const height = Math.min(26 * u, rowHeight - 4 * u);
      const kind = deletedUs !== null ? ' znode-bed--gone' : owner !== null ? ' znode-bed--ephemeral' : '';
      addBox(node, { x, y: y - height / 2, width, height }, `znode-bed${kind}`, 6 * u);
      if (parentY !== null) addPath(node, `M${x - 11 * u} ${parentY + 13 * u}V${y}H${x}`, 'znode-branch');
      addText(node, x + width / 2, y + 4.5 * u, name, {
        className: `t-mono t-strong${deletedUs === null ? '' : ' t-gone'}`,
        anchor: 'middle',
      });
      let next = x + width + 9 * u;
      if (isWatched || hasRung) {
        const bell = node
          .append('g')
          .attr('class', `bell${hasRung ? ' bell--rung' : ''}`)
          .attr('transform', `translate(${next} ${y - 8 * u}) scale(${u})`);
        bell.append('path').attr('d', bellPath);
        bell.append('title').text(watchers.length === 0 ? '' : words.watchedBy(watchers));
        next += 22 * u;
      }
      const notes = noteOf(row, { words, watchers, owner: ownerOf(row), startedUs: now.startedUs });
      const room = (treeWidth - next) / u;
      const text = notes.find((one) => textWidth(one, { pixels: 13, weight: 450 }) <= room);
      if (text !== undefined)
        addText(node, next, y + 4.5 * u, text, { className: `t-small${deletedUs === null ? '' : ' t-danger'}` });
    });
  });
}

/** The longest first. */
function noteOf(
  { owner: session, deletedUs, version, data, childCount, isOpen }: ZnodeBox,
  of: {
    readonly words: ZooKeeperWords;
    readonly watchers: readonly string[];
    readonly owner: string | null;
    readonly startedUs: number;
  },
): readonly string[] {
  const { words, watchers, owner, startedUs } = of;
  if (deletedUs !== null) return [words.deletedAt(words.clock(deletedUs - startedUs))];
  const parts = [
    ...(session === null ? [] : [words.ephemeral(owner)]),
    ...(session === null && version > 0 ? [words.version(version)] : []),
    ...(childCount > 0 && !isOpen ? [`… ${childCount}`] : []),
  ];
  const short = data !== null && data !== '' && data.length <= 12 && session === null ? [data] : [];
  const watched = watchers.length === 0 ? [] : [words.watchedBy(watchers)];
  return [
    [...parts, ...short, ...watched].join(' · '),
    [...parts, ...short].join(' · '),
    parts.join(' · '),
    parts[0] ?? '',
  ];
}

function drawHeads(root: Group, layout: ZooKeeperLayout, { words }: ZooKeeperOptions): void {
  const { treeWidth, rightX, widthPx, ballot, now, unit: u, sessionsY, sessions } = layout;
  const node = root.text(null);
  addText(node, 0, 20 * u, words.tree, { className: 't-h' });
  addText(node, treeWidth, 20 * u, words.treeLegend, { className: 't-small', anchor: 'end' });
  const isEnsemble = now.ensemble.size > 1;
  const title = !isEnsemble
    ? words.alone
    : ballot?.isPast === true
      ? words.pastVote(words.clock(Math.max(0, ballot.fromUs - now.startedUs)))
      : words.vote;
  addText(node, rightX, 20 * u, title, { className: 't-h' });
  if (isEnsemble) addText(node, widthPx, 20 * u, words.voteLegend, { className: 't-small', anchor: 'end' });
  addText(node, rightX, sessionsY, words.sessions, { className: 't-h' });
  if (sessions.length === 0) addText(node, rightX, sessionsY + 26 * u, words.noSession, { className: 't-small' });
}

const classOfState: Readonly<Record<string, string>> = {
  LOOKING: 'looking',
  FOLLOWING: 'following',
  LEADING: 'leading',
  down: 'down',
};

function drawLanes(root: Group, layout: ZooKeeperLayout, { words, selected }: ZooKeeperOptions): void {
  const { lanes, rightX, lanesX, widthPx, unit: u, ballot, now } = layout;
  const voteOf = (server: number): string | null => {
    const found = now.ensemble.votes.find((one) => one.server === server);
    return found === undefined ? null : words.server(found.vote.leader);
  };
  const nodes = root
    .selectAll<SVGGElement, ServerLane>('g.zk-lane')
    .data(lanes, ({ server }) => server.server)
    .join('g')
    .attr('class', 'zk-lane mark')
    .attr('data-mark', ({ server }) => `zookeeper-${server.server}`);
  asButton(
    nodes,
    ({ server }) =>
      words.lane(server.server, server.health === 'dead' ? words.down : server.role, voteOf(server.server)),
    ({ server }) => selected === `zookeeper-${server.server}`,
  );
  nodes.each(function draw({ server, y, spans }) {
    const node = select<SVGGElement, unknown>(this).text(null);
    const bed = { x: rightX - 6 * u, y: y - 19 * u, width: widthPx - rightX + 6 * u, height: 38 * u };
    addBox(node, bed, 'lane-bed', 8 * u);
    addText(node, rightX, y + 5 * u, words.server(server.server), { className: 't-h' });
    const segment = (left: number, right: number, state: string, text: string): void => {
      const width = Math.max(2 * u, right - left - 2 * u);
      const kind = classOfState[state] ?? 'following';
      addBox(node, { x: left, y: y - 15 * u, width, height: 30 * u }, `lane lane--${kind}`, 6 * u);
      if (textWidth(text, { pixels: 14, weight: 700 }) * u < width - 10 * u)
        addText(node, left + width / 2, y + 5 * u, text, { className: `t-lane t-lane--${kind}`, anchor: 'middle' });
    };
    if (ballot === null || spans.length === 0) {
      const state = server.health === 'dead' ? 'down' : server.role === 'leader' ? 'LEADING' : 'FOLLOWING';
      const text = server.health === 'dead' ? words.down : server.role === 'standalone' ? words.standalone : state;
      segment(lanesX, widthPx, state, text);
      return;
    }
    for (const { state, fromUs, toUs } of spans) {
      if ((toUs !== null && toUs <= ballot.fromUs) || fromUs >= ballot.toUs) continue;
      segment(laneX(layout, fromUs), laneX(layout, toUs ?? ballot.toUs), state, state === 'down' ? words.down : state);
    }
  });
}

const shortZxid = (zxid: string): string => (zxid.length > 8 ? `0x…${zxid.slice(-3)}` : zxid);

function drawVotes(root: Group, layout: ZooKeeperLayout): void {
  const { ballot, lanes, unit: u, now } = layout;
  const node = root.text(null).attr('aria-hidden', 'true');
  if (ballot === null) return;
  const yOf = (server: number): number | undefined => lanes.find((lane) => lane.server.server === server)?.y;
  const elected = now.servers.find(({ role }) => role === 'leader')?.server;
  // No line crosses the words of another.
  const lines = node.append('g');
  const labels = node.append('g');
  const pills: { readonly x: number; readonly y: number }[] = [];
  ballot.votes.forEach(({ server, to, atUs, arrivesUs, leader, zxid, peerEpoch }) => {
    const [from, target] = [yOf(server), yOf(to)];
    if (from === undefined || target === undefined) return;
    const down = from < target;
    const x1 = laneX(layout, atUs);
    const x2 = Math.max(laneX(layout, arrivesUs ?? atUs), x1 + 26 * u);
    const y1 = from + (down ? 17 : -17) * u;
    const y2 = target + (down ? -17 : 17) * u;
    const wins = leader === elected;
    addPath(lines, `M${x1} ${y1}L${x2} ${y2}`, `ballot${wins ? ' ballot--wins' : ''}`).attr('marker-end', 'url(#tip)');
    const text = `${peerEpoch}, ${shortZxid(zxid)}, zk-${leader}`;
    const width = (textWidth(text, { pixels: 13, weight: 650, isMono: true }) + 18) * u;
    // Along its line, where no other pill and no lane is.
    const places = [0.3, 0.5, 0.7, 0.2, 0.4, 0.6, 0.8, 0.12, 0.88].map((at) => {
      const y = y1 + (y2 - y1) * at;
      const middle = x1 + (x2 - x1) * at - width / 2;
      return { x: Math.min(layout.widthPx - width, Math.max(layout.lanesX, middle)), y };
    });
    const isFree = (place: { readonly x: number; readonly y: number }): boolean =>
      pills.every((pill) => Math.abs(pill.y - place.y) > 26 * u || Math.abs(pill.x - place.x) > width + 4 * u) &&
      lanes.every((lane) => Math.abs(lane.y - place.y) > 28 * u);
    const place = places.find(isFree);
    // What does not fit is left out whole.
    if (place === undefined) return;
    pills.push(place);
    const { x, y: py } = place;
    addBox(
      labels,
      { x, y: py - 12 * u, width, height: 24 * u },
      `ballot-pill${wins ? ' ballot-pill--wins' : ''}`,
      12 * u,
    );
    addText(labels, x + width / 2, py + 4.5 * u, text, {
      className: `t-mono t-ballot${wins ? ' t-ballot--wins' : ''}`,
      anchor: 'middle',
    });
  });
}

function drawSeats(root: Group, { now, seatsY, rightX, unit: u }: ZooKeeperLayout, { words }: ZooKeeperOptions): void {
  const node = root.text(null);
  const { size, seated } = now.ensemble;
  if (size < 2) return;
  for (let seat = 0; seat < size; seat++)
    node
      .append('circle')
      .attr('class', `seat${seat < seated.length ? ' seat--filled' : ''}`)
      .attr('cx', rightX + (11 + seat * 30) * u)
      .attr('cy', seatsY)
      .attr('r', 11 * u);
  const text = words.quorum(seated.length, size, seated.length > size / 2);
  addText(node, rightX + (size * 30 + 12) * u, seatsY + 5 * u, text, { className: 't-strong' });
}

function drawSessions(root: Group, layout: ZooKeeperLayout, { words }: ZooKeeperOptions): void {
  const { sessions, sessionsY, rightX, widthPx, unit: u, now } = layout;
  root
    .selectAll<SVGGElement, SessionOfTree>('g.session')
    .data(sessions, ({ id }) => id)
    .join('g')
    .attr('class', 'session')
    .each(function draw({ id, client, server, ephemeralCount }, index) {
      const name = now.nameOf(client) ?? now.nameOfSession(id);
      const y = sessionsY + (26 + index * 40) * u;
      whenChanged(this, [y, rightX, widthPx, name, server, ephemeralCount, words, u], () => {
        const node = select<SVGGElement, unknown>(this).text(null);
        node.append('title').text(words.session(id, name, ephemeralCount));
        addText(node, rightX, y, name ?? id, { className: 't-strong' });
        addText(node, widthPx, y, words.sessionAt(server, ephemeralCount), { className: 't-small', anchor: 'end' });
        const bar = { x: rightX, y: y + 8 * u, width: (widthPx - rightX) * 0.5, height: 5 * u };
        addBox(node, bar, 'ago-bed', 2.5 * u);
        addBox(node, { ...bar, width: 0 }, 'ago', 2.5 * u);
        addText(node, bar.x + bar.width + 10 * u, y + 14 * u, '', { className: 't-small t-left' });
      });
    });
}

function moveSessions(
  root: SVGGElement,
  { rightX, widthPx }: ZooKeeperLayout,
  { words }: ZooKeeperOptions,
  now: VirtualTimeUs,
): void {
  select(root)
    .selectAll<SVGGElement, SessionOfTree>('g.session')
    .each(function move({ expiresAt, timeoutMs }) {
      const leftMs = expiresAt === null ? null : (expiresAt - now) / 1000;
      const share = leftMs === null ? 1 : Math.min(1, Math.max(0, leftMs / timeoutMs));
      const node = select(this);
      node
        .select('rect.ago')
        .attr('width', share * (widthPx - rightX) * 0.5)
        .attr('class', `ago${share < 0.5 ? ' ago--late' : ''}${share < 0.2 ? ' ago--over' : ''}`);
      const text = leftMs === null ? words.sessionUnknown : words.sessionLeft(leftMs, timeoutMs);
      const label = node.select<SVGTextElement>('text.t-left');
      if (!label.empty() && label.text() !== text) label.text(text);
    });
}
