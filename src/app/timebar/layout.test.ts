import { describe, expect, test } from 'vitest';
import type { Branch } from '../../kernel/branch.ts';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { ScrubMark, Track } from './layout.ts';
import { instantAt, placeBranches, placeMarks, ticksOf, wholeWindow, xOf, zoomInto } from './layout.ts';

const s = (seconds: number): VirtualTimeUs => (seconds * 1_000_000) as VirtualTimeUs;
/** 100 s over 1000 px between the edges. */
const track: Track = { window: { from: 0, to: s(100) }, widthPx: 1018, unit: 1 };
const mark = (seconds: number, kind = 'topic', label = ''): ScrubMark => ({
  fact: (seconds * 10) as FactId,
  at: s(seconds),
  kind,
  label,
});
const branch = (id: number, parent: number | null, forkedAt: number, endAt: number): Branch => ({
  id,
  parent,
  forkedAtEvent: 0,
  forkedAt: s(forkedAt),
  inputs: [],
  endAt: s(endAt),
});

describe('the window of the scrubber', () => {
  test('holds all that is known and grows by jumps', () => {
    const spans = [0, 9, 10, 58, 60].map((known) =>
      wholeWindow({ startedAt: s(3), now: s(3), knownEnd: s(3 + known) }),
    );

    expect(spans.map(({ from, to }) => [from / 1e6, (to - from) / 1e6])).toEqual([
      [3, 10],
      [3, 10],
      [3, 20],
      [3, 60],
      [3, 120],
    ]);
  });

  test('begins before the learner came only while the present is there', () => {
    expect(wholeWindow({ startedAt: s(30), now: s(20), knownEnd: s(40) }).from).toBe(s(20));
  });
});

describe('an instant', () => {
  test('and its place are each other’s inverse', () => {
    expect([xOf(track, s(0)), xOf(track, s(42)), xOf(track, s(100))]).toEqual([9, 429, 1009]);
    expect(instantAt(track, 429)).toBe(s(42));
  });

  test('outside the window is at its edge', () => {
    expect([xOf(track, s(-5)), xOf(track, s(500)), instantAt(track, -20)]).toEqual([9, 1009, 0]);
  });
});

describe('ticks', () => {
  test('stand at round times since the learner came', () => {
    const shifted = { ...track, window: { from: s(3), to: s(103) } };

    expect(ticksOf(shifted, s(3)).map(({ sinceStartUs, anchor }) => [sinceStartUs / 1e6, anchor])).toEqual([
      [0, 'start'],
      [10, 'middle'],
      [20, 'middle'],
      [30, 'middle'],
      [40, 'middle'],
      [50, 'middle'],
      [60, 'middle'],
      [70, 'middle'],
      [80, 'middle'],
      [90, 'middle'],
      [100, 'end'],
    ]);
  });

  test('of a close look are fractions of a second', () => {
    const close = { ...track, window: { from: s(5), to: s(5.004) } };

    expect(ticksOf(close, s(0)).map(({ sinceStartUs }) => sinceStartUs)).toEqual([
      5_000_000, 5_001_000, 5_002_000, 5_003_000, 5_004_000,
    ]);
  });
});

describe('marks', () => {
  test('closer than 14 pixels become one with their number', () => {
    const placed = placeMarks([mark(10), mark(11.3), mark(12.6), mark(14.1)], track);

    expect(placed.map(({ x, kind, marks }) => [Math.round(x), kind, marks.length])).toEqual([
      [122, 'many', 3],
      [150, 'topic', 1],
    ]);
  });

  test('have their words only where there is room for all of them', () => {
    const placed = placeMarks(
      [
        mark(10, 'topic', 'paiements créé'),
        mark(20, 'election', 'P0 : broker 1'),
        mark(25),
        mark(99, 'start', 'broker 2 prêt'),
      ],
      track,
    );

    expect(placed.map(({ label }) => label)).toEqual([null, null, '', null]);
    expect(placeMarks([mark(10, 'topic', 'paiements créé'), mark(30)], track)[0]?.label).toBe('paiements créé');
  });

  test('outside the window are left out', () => {
    expect(placeMarks([mark(120)], track)).toEqual([]);
  });
});

describe('zooming into a crowd of marks', () => {
  test('shows them with room around', () => {
    expect(zoomInto({ from: s(10), to: s(20) }, track.window)).toEqual({ from: s(7), to: s(23) });
  });

  test('is not possible when they are at one instant, or fill the window already', () => {
    expect([
      zoomInto({ from: s(10), to: s(10) }, track.window),
      zoomInto({ from: s(10), to: s(90) }, track.window),
    ]).toEqual([null, null]);
  });
});

describe('other branches', () => {
  test('begin where they left the present one, in the second lane when the first is taken', () => {
    // 2 left 1 at 30 s, 3 left 1 at 50 s; 3 is present.
    const placed = placeBranches([branch(1, null, 0, 80), branch(2, 1, 30, 60), branch(3, 1, 50, 55)], 3, track);

    expect(placed).toEqual([
      { branch: 1, fromX: 509, toX: 809, lane: 0 },
      { branch: 2, fromX: 309, toX: 609, lane: 1 },
    ]);
  });

  test('of a branch of a branch begin where the nearest common history ends', () => {
    // 3 left 2, which left 1: seen from 1, both part at 30 s.
    const placed = placeBranches([branch(1, null, 0, 80), branch(2, 1, 30, 60), branch(3, 2, 40, 70)], 1, track);

    expect(placed.map(({ fromX }) => fromX)).toEqual([309, 309]);
  });
});
