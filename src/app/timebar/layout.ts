/** Where things stand on the scrubber: a window of simulated time, its ticks, marks that merge when they crowd, other branches below. */
import { scaleLinear } from 'd3-scale';
import type { Branch } from '../../kernel/branch.ts';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';

/** In virtual microseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}
/** `unit`: one CSS pixel at scale 1. */
export interface Track {
  readonly window: TimeWindow;
  readonly widthPx: number;
  readonly unit: number;
}

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Lengths that a whole scrubber may have: it grows by jumps, so that the marks do not slide all the time. */
const spans = [
  ...[10, 20, 30].map((count) => count * second),
  ...[1, 2, 3, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 4, 7, 14, 30, 60, 120, 365].map((count) => count * day),
];
const tickSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * 1000),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 60].map((count) => count * day),
];
const leastZoomUs = 4000;
/** In units. */
const edge = 9;
const mergeDistance = 14;
const tickDistance = 76;

/** All that is known, with some room after it. From before `startedAt` only while the present is there. */
export function wholeWindow({
  startedAt,
  now,
  knownEnd,
}: {
  readonly startedAt: VirtualTimeUs;
  readonly now: VirtualTimeUs;
  readonly knownEnd: VirtualTimeUs;
}): TimeWindow {
  const from = Math.min(startedAt, now);
  const known = Math.max(knownEnd, now) - from;
  const span = spans.find((length) => length >= known * 1.03) ?? known * 1.03;
  return { from, to: from + span };
}

/** A window around a few marks, for a closer look; null when they are at one instant, or cannot be seen any closer. */
export function zoomInto({ from, to }: TimeWindow, current: TimeWindow): TimeWindow | null {
  if (from === to) return null;
  const length = Math.max(leastZoomUs, (to - from) * 1.6);
  if (length >= (current.to - current.from) * 0.9) return null;
  const middle = (from + to) / 2;
  return { from: Math.round(middle - length / 2), to: Math.round(middle + length / 2) };
}

const scaleOf = ({ window: { from, to }, widthPx, unit }: Track) =>
  scaleLinear([from, to], [edge * unit, widthPx - edge * unit]).clamp(true);

/** x in CSS pixels; an instant outside the window is at its edge. */
export const xOf = (track: Track, at: number): number => scaleOf(track)(at);

/** Whole microseconds, within the window. */
export const instantAt = (track: Track, x: number): VirtualTimeUs =>
  Math.round(scaleOf(track).invert(x)) as VirtualTimeUs;

export interface Tick {
  readonly x: number;
  /** Since the learner came, in microseconds. */
  readonly sinceStartUs: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export function ticksOf(track: Track, startedAt: VirtualTimeUs): readonly Tick[] {
  const { from, to } = track.window;
  const most = Math.max(1, Math.floor(track.widthPx / (tickDistance * track.unit)));
  const step = tickSteps.find((length) => (to - from) / length <= most) ?? to - from;
  const ticks: Tick[] = [];
  const first = Math.ceil((from - startedAt) / step) * step;
  for (let since = first; since <= to - startedAt; since += step) {
    const x = xOf(track, startedAt + since);
    const margin = 14 * track.unit;
    const anchor = x < margin ? 'start' : x > track.widthPx - margin ? 'end' : 'middle';
    ticks.push({ x, sinceStartUs: since, anchor });
  }
  return ticks;
}

export interface ScrubMark {
  readonly fact: FactId;
  readonly at: VirtualTimeUs;
  readonly kind: string;
  /** A few words, drawn where there is room. */
  readonly label: string;
}
/** One mark, or several that would stand closer than 14 units. */
export interface PlacedMark {
  readonly key: string;
  readonly x: number;
  readonly kind: string;
  readonly marks: readonly ScrubMark[];
  readonly label: string | null;
}

/** `marks` in the order of time; those outside the window are left out. */
export function placeMarks(marks: readonly ScrubMark[], track: Track): readonly PlacedMark[] {
  const { window, unit, widthPx } = track;
  const crowds: { readonly marks: ScrubMark[]; lastX: number }[] = [];
  for (const mark of marks) {
    if (mark.at < window.from || mark.at > window.to) continue;
    const x = xOf(track, mark.at);
    const crowd = crowds.at(-1);
    if (crowd !== undefined && x - crowd.lastX < mergeDistance * unit) {
      crowd.marks.push(mark);
      crowd.lastX = x;
    } else crowds.push({ marks: [mark], lastX: x });
  }
  const placed = crowds.map(({ marks: together }): PlacedMark => {
    const [first] = together;
    const x = (xOf(track, first!.at) + xOf(track, together.at(-1)!.at)) / 2;
    const isOne = together.length === 1;
    return {
      key: `${first!.fact}`,
      x,
      kind: isOne ? first!.kind : 'many',
      marks: together,
      label: isOne ? first!.label : null,
    };
  });
  // Labels that do not fit are dropped whole.
  return placed.map((mark, index) => {
    if (mark.label === null) return mark;
    const end = mark.x + (mark.label.length * 6.7 + 18) * unit;
    const fits = end <= (placed[index + 1]?.x ?? widthPx) - 8 * unit && end <= widthPx && widthPx > 480 * unit;
    return fits ? mark : { ...mark, label: null };
  });
}

export interface BranchLane {
  readonly branch: number;
  readonly fromX: number;
  readonly toX: number;
  /** 0 is nearest to the main track; at most 1. */
  readonly lane: number;
}

/** Every branch but the present one, from where it left the present one's history. */
export function placeBranches(branches: readonly Branch[], current: number, track: Track): readonly BranchLane[] {
  const lanes: number[] = [];
  return branches.flatMap((branch) => {
    if (branch.id === current) return [];
    const fromX = xOf(track, partedAt(branches, branch.id, current));
    const toX = Math.max(fromX + 6 * track.unit, xOf(track, branch.endAt));
    const free = lanes.findIndex((takenTo) => takenTo + 4 * track.unit <= fromX);
    const lane = Math.min(1, free === -1 ? lanes.length : free);
    lanes[lane] = Math.max(lanes[lane] ?? 0, toX);
    return [{ branch: branch.id, fromX, toX, lane }];
  });
}

/** When the histories of two branches parted. */
function partedAt(branches: readonly Branch[], one: number, other: number): number {
  const limits = limitsOf(branches, one);
  for (const [id, limit] of limitsOf(branches, other)) {
    const shared = limits.get(id);
    if (shared !== undefined) return Math.min(shared, limit);
  }
  return 0;
}

/** By branch, from one up to the first of all: until when its history is this one's. */
function limitsOf(branches: readonly Branch[], id: number): ReadonlyMap<number, number> {
  const limits = new Map<number, number>();
  let limit = Number.POSITIVE_INFINITY;
  for (let branch = branches.find((one) => one.id === id); branch !== undefined; ) {
    limits.set(branch.id, limit);
    limit = Math.min(limit, branch.forkedAt);
    const { parent } = branch;
    branch = branches.find((one) => one.id === parent);
  }
  return limits;
}
