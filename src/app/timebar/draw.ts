/** Draws the scrubber: its track, what is known, other branches, ticks, marks, bookmarks, and the thumb at the present. */
import type { Selection } from 'd3-selection';
import { glyphOf } from './glyphs.ts';
import type { BranchLane, PlacedMark, Tick } from './layout.ts';

export type Root = Selection<SVGGElement, unknown, null, undefined>;

/** What does not move with the present. */
export interface Scenery {
  readonly unit: number;
  readonly widthPx: number;
  readonly ticks: readonly (Tick & { readonly text: string })[];
  readonly marks: readonly (PlacedMark & { readonly title: string })[];
  readonly bookmarks: readonly { readonly at: number; readonly x: number; readonly title: string }[];
  readonly branches: readonly (BranchLane & { readonly title: string })[];
}
export interface Present {
  readonly unit: number;
  readonly fromX: number;
  readonly nowX: number;
  readonly knownX: number;
  readonly toX: number;
  /** The present is outside the window that is looked at. */
  readonly isOutside: boolean;
}

/** Middle of the track, in units from the top. */
const trackY = 30;
const laneY = [9, 14] as const;

export function drawScenery(root: Root, { unit: u, ticks, marks, bookmarks, branches }: Scenery): void {
  const y = trackY * u;
  root
    .selectAll<SVGTextElement, (typeof ticks)[number]>('text.tick')
    .data(ticks, ({ sinceStartUs }) => sinceStartUs)
    .join('text')
    .attr('class', 'tick')
    .attr('x', ({ x }) => x)
    .attr('y', y + 23 * u)
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(({ text }) => text);
  drawBranches(root, branches, u);
  const mark = root
    .selectAll<SVGGElement, (typeof marks)[number]>('g.event')
    .data(marks, ({ key }) => key)
    .join((enter) => {
      const group = enter.append('g');
      group.append('title');
      group.append('rect').attr('class', 'target');
      group.append('path').attr('class', 'stem');
      group.append('g').attr('class', 'glyph');
      group.append('text').attr('class', 'label');
      return group;
    })
    .attr('class', ({ kind }) => `event event--${kind}`)
    .attr('data-mark-key', ({ key }) => key)
    .attr('transform', ({ x }) => `translate(${x} ${y})`);
  mark.select('title').text(({ title }) => title);
  mark
    .select('rect.target')
    .attr('x', -9 * u)
    .attr('y', -27 * u)
    .attr('width', 18 * u)
    .attr('height', 22 * u);
  mark.select('path.stem').attr('d', `M0 ${-4 * u}v${-6 * u}`);
  mark
    .select<SVGGElement>('g.glyph')
    .attr('transform', `translate(0 ${-17 * u}) scale(${u})`)
    .each(function drawGlyph({ kind, marks: together }) {
      drawMark(this, kind, together.length);
    });
  mark
    .select('text.label')
    .attr('x', 11 * u)
    .attr('y', -13 * u)
    .text(({ label }) => label ?? '');
  root
    .selectAll<SVGPathElement, (typeof bookmarks)[number]>('path.bookmark')
    .data(bookmarks, ({ at }) => at)
    .join((enter) => {
      const path = enter.append('path').attr('class', 'bookmark');
      path.append('title');
      return path;
    })
    .attr('data-bookmark', ({ at }) => at)
    .attr('d', ({ x }) => `M${x - 5 * u} ${y - 8 * u}h${10 * u}v${14 * u}l${-5 * u} ${-4 * u}l${-5 * u} ${4 * u}z`)
    .select('title')
    .text(({ title }) => title);
}

/** One shape of a kind, or a pill with their number. */
function drawMark(glyph: SVGGElement, kind: string, count: number): void {
  const drawn = `${kind} ${count}`;
  if (glyph.dataset['drawn'] === drawn) return;
  glyph.dataset['drawn'] = drawn;
  const make = (name: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, `${value}`);
    return element;
  };
  if (kind === 'many') {
    const width = 8 + 6.4 * String(count).length;
    const text = make('text', { class: 'count', y: 4.2, 'text-anchor': 'middle' });
    text.textContent = String(count);
    glyph.replaceChildren(make('rect', { x: -width / 2, y: -7.5, width, height: 15, rx: 7.5 }), text);
    return;
  }
  const { d, stroke } = glyphOf(kind);
  const paint =
    stroke === undefined ? { fill: 'currentColor' } : { fill: 'none', stroke: 'currentColor', 'stroke-width': stroke };
  glyph.replaceChildren(make('path', { d, ...paint }));
}

function drawBranches(root: Root, branches: Scenery['branches'], u: number): void {
  const y = trackY * u;
  const branch = root
    .selectAll<SVGGElement, (typeof branches)[number]>('g.branch')
    .data(branches, ({ branch: id }) => id)
    .join((enter) => {
      const group = enter.append('g').attr('class', 'branch');
      group.append('title');
      group.append('path').attr('class', 'target');
      group.append('path').attr('class', 'line');
      return group;
    })
    .attr('data-branch', ({ branch: id }) => id);
  branch.select('title').text(({ title }) => title);
  const path = ({ fromX, toX, lane }: BranchLane): string => {
    const below = y + (laneY[lane] ?? laneY[1]) * u;
    const bend = Math.min(fromX + 5 * u, toX);
    return `M${fromX} ${y}Q${fromX} ${below} ${bend} ${below}H${toX}`;
  };
  branch.select('path.target').attr('d', path);
  branch.select('path.line').attr('d', path);
}

/** The bars lie under the marks, the thumb over them. */
export function drawPresent(under: Root, over: Root, { unit: u, fromX, nowX, knownX, toX, isOutside }: Present): void {
  const y = trackY * u;
  const bars = [
    { name: 'track', from: fromX, to: toX },
    { name: 'known', from: fromX, to: knownX },
    { name: 'past', from: fromX, to: nowX },
  ];
  under
    .selectAll<SVGRectElement, (typeof bars)[number]>('rect.bar')
    .data(bars, ({ name }) => name)
    .join('rect')
    .each(function draw({ name, from, to }) {
      put(this, {
        class: `bar ${name}`,
        x: from,
        y: y - 3 * u,
        width: Math.max(0, to - from),
        height: 6 * u,
        rx: 3 * u,
      });
    });
  over
    .selectAll<SVGCircleElement, number>('circle.thumb')
    .data([nowX])
    .join('circle')
    .each(function draw() {
      put(this, { class: isOutside ? 'thumb outside' : 'thumb', cx: nowX, cy: y, r: 8 * u });
    });
}

/** Ten times a second most of them are as before: writing those again would have them laid out and painted again. */
function put(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}
