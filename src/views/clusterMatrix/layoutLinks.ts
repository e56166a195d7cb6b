/** Links that do not do what they should: where each is shown, on a wire between its ends or on one of its own, and where the network is split. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Point } from './geometry.ts';
import type { MatrixParts } from './layout.ts';
import { lengthOf, pointAlong } from './paths.ts';
import { plainPath } from './plainPath.ts';
import { type Wire, wire } from './wire.ts';
import { endsOf } from './wireEnds.ts';

type ImpairedLink = ClusterPicture['impairedLinks'][number];

export type LinkFault =
  | { readonly kind: 'cut'; readonly ways: 'both' | 'forth' | 'back' }
  | { readonly kind: 'loss'; readonly percent: number }
  | { readonly kind: 'slow'; readonly ms: number };

export interface LinkMark {
  /** The two processes, lower id first. */
  readonly key: string;
  readonly wire: string;
  readonly faults: readonly LinkFault[];
  readonly at: Point;
  /** Along the wire, from its first end to its second: to the right, downwards… */
  readonly direction: Point;
  /** There is room for the mark on the wire; else it stands beside it. */
  readonly isOnWire: boolean;
  /** How far beside: clear of the strips that a short wire lies between. */
  readonly aside: number;
}
export interface Links {
  /** Those given, and one of its own for each link that has none. */
  readonly wires: readonly Wire[];
  readonly linkMarks: readonly LinkMark[];
  readonly partitionLines: readonly number[];
}

/** Both directions of the link between two processes; null: healthy. */
interface Pair {
  readonly ends: readonly [ProcessId, ProcessId];
  readonly forth: ImpairedLink | null;
  readonly back: ImpairedLink | null;
}

export function layoutLinks(parts: MatrixParts, wires: readonly Wire[], links: readonly ImpairedLink[]): Links {
  if (links.length === 0) return { wires, linkMarks: [], partitionLines: [] };
  const pairs = pairsOf(links);
  const partitionLines = splitsOf(parts, pairs);
  const own: Wire[] = [];
  const linkMarks = pairs.flatMap((pair): readonly LinkMark[] => {
    const found = wireOf(pair, wires);
    const shown = found ?? ownWire(pair, parts);
    if (shown === null) return [];
    if (found === null) own.push(shown);
    const isForth = shown.ends?.from.includes(pair.ends[0]) === true;
    const faults = faultsOf(isForth ? pair : { ...pair, forth: pair.back, back: pair.forth });
    return [{ key: pair.ends.join('-'), wire: shown.key, faults, ...placeOn(shown, parts) }];
  });
  const impaired = new Map(linkMarks.map(({ wire: key, faults }) => [key, faults]));
  const isCut = (key: string): boolean => impaired.get(key)?.some(({ kind }) => kind === 'cut') === true;
  return {
    wires: [...wires, ...own].map((one) =>
      impaired.has(one.key) ? { ...one, isBroken: true, isCut: isCut(one.key) } : one,
    ),
    linkMarks,
    partitionLines,
  };
}

function pairsOf(links: readonly ImpairedLink[]): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const link of links) {
    const isForth = link.from < link.to;
    const ends: Pair['ends'] = isForth ? [link.from, link.to] : [link.to, link.from];
    const known = pairs.get(ends.join()) ?? { ends, forth: null, back: null };
    pairs.set(ends.join(), isForth ? { ...known, forth: link } : { ...known, back: link });
  }
  return [...pairs.values()];
}

function faultsOf({ forth, back }: Pair): readonly LinkFault[] {
  const faults: LinkFault[] = [];
  const isCutForth = forth?.isCut === true;
  const isCutBack = back?.isCut === true;
  if (isCutForth || isCutBack)
    faults.push({ kind: 'cut', ways: isCutForth && isCutBack ? 'both' : isCutForth ? 'forth' : 'back' });
  const loss = Math.max(forth?.lossPerMille ?? 0, back?.lossPerMille ?? 0);
  if (loss > 0) faults.push({ kind: 'loss', percent: loss / 10 });
  const latency = Math.max(forth?.extraLatencyUs ?? 0, back?.extraLatencyUs ?? 0);
  if (latency > 0) faults.push({ kind: 'slow', ms: Math.round(latency / 1000) });
  return faults;
}

/** A wire that these two share with nobody, else one that they share with few. */
const joins = ({ ends, kind }: Wire, [one, other]: Pair['ends']): boolean =>
  ends !== null &&
  kind !== 'trunk' &&
  kind !== 'tool' &&
  ((ends.from.includes(one) && ends.to.includes(other)) || (ends.from.includes(other) && ends.to.includes(one)));

/** The longest of the wires between its ends. */
function wireOf({ ends }: Pair, wires: readonly Wire[]): Wire | null {
  const [first, ...others] = wires.filter((one) => joins(one, ends));
  if (first === undefined) return null;
  return others.reduce((longest, one) => (lengthOf(one.points) > lengthOf(longest.points) ? one : longest), first);
}

function ownWire({ ends }: Pair, parts: MatrixParts): Wire | null {
  const points = plainPath(ends[0], ends[1], parts);
  return points === null
    ? null
    : wire(`link-${ends.join('-')}`, 'link', points, { ends: endsOf([ends[0]], [ends[1]]), isBroken: true });
}

/** So long a piece of wire carries a mark. */
const leastLengthUnits = 64;

function placeOn(
  { points, key }: Wire,
  { stripOf, unit: u }: MatrixParts,
): Pick<LinkMark, 'at' | 'direction' | 'isOnWire' | 'aside'> {
  const strip = stripOf.get(key.replace(/^replicate-/, ''));
  // The longest straight piece, in its middle.
  let [from, to] = [points[0] ?? ([0, 0] as const), points.at(-1) ?? ([0, 0] as const)];
  let longest = -1;
  for (let i = 1; i < points.length; i++) {
    const length = lengthOf([points[i - 1]!, points[i]!]);
    if (length > longest) [longest, from, to] = [length, points[i - 1]!, points[i]!];
  }
  const length = Math.max(1, longest);
  return {
    at: pointAlong([from, to], 0.5),
    direction: [(to[0] - from[0]) / length, (to[1] - from[1]) / length],
    isOnWire: longest >= leastLengthUnits * u,
    aside: strip === undefined ? 20 * u : strip.cellHeight / 2 + (strip.isTight ? 10 : 26) * u,
  };
}

/** Between neighbouring racks that no way of living links joins any more. */
function splitsOf({ racks, columns }: MatrixParts, pairs: readonly Pair[]): readonly number[] {
  const isCut = new Set(
    pairs.filter(({ forth, back }) => forth?.isCut === true && back?.isCut === true).map(({ ends }) => ends.join()),
  );
  if (isCut.size === 0) return [];
  const processes = racks.map(({ broker }) => broker.process);
  const isJoined = (a: ProcessId, b: ProcessId): boolean => !isCut.has((a < b ? [a, b] : [b, a]).join());
  const sideOf = new Map<ProcessId, number>();
  for (const [side, start] of processes.entries()) {
    const reached = sideOf.has(start) ? [] : [start];
    for (const process of reached) {
      sideOf.set(process, side);
      reached.push(
        ...processes.filter((other) => !sideOf.has(other) && !reached.includes(other) && isJoined(process, other)),
      );
    }
  }
  return racks.slice(1).flatMap((rack, index) => {
    const before = racks[index]!;
    return sideOf.get(before.broker.process) === sideOf.get(rack.broker.process) ? [] : [rack.x - columns.rackGap / 2];
  });
}
