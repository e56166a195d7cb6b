/** The scrubber: drawn by D3, moved by pointer and keyboard. Marks are clicked; crowds of marks enlarge. */
import { select } from 'd3-selection';
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Language } from '../../course/courseLesson.ts';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { sentence } from '../narration/sentence.ts';
import { clockText, spokenTime, tickText } from './clock.ts';
import { drawPresent, drawScenery } from './draw.ts';
import type { PlacedMark, TimeWindow, Track } from './layout.ts';
import { instantAt, placeBranches, placeMarks, ticksOf, xOf, zoomInto } from './layout.ts';
import { lastMarkedBefore, scrubMarksOf } from './scrubMarks.ts';
import { useTrackSize } from './useTrackSize.ts';
import type { TimeBarWords } from './words.ts';

export interface ScrubberProps {
  readonly timeline: Timeline;
  readonly window: TimeWindow;
  readonly isPlaying: boolean;
  readonly startedAt: VirtualTimeUs;
  readonly bookmarks: readonly VirtualTimeUs[];
  readonly words: TimeBarWords;
  readonly language: Language;
  readonly onZoom: (window: TimeWindow | null) => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onMarked: (direction: 1 | -1) => void;
  readonly onSeek: (at: VirtualTimeUs) => void;
  readonly onSeekFact: (id: FactId) => void;
  readonly onBranch: (id: number) => void;
  readonly onScrub: (isScrubbing: boolean) => void;
}

/** A pointer that moves less than this clicks, in CSS pixels. */
const clickDistance = 4;
/** With Shift the thumb moves so much slower than the pointer. */
const fineness = 0.1;

interface Hold {
  readonly startX: number;
  readonly target: Element | null;
  /** Where the thumb would be, in CSS pixels of the track. */
  x: number;
  lastClientX: number;
  isDrag: boolean;
}

export function Scrubber(props: ScrubberProps): JSX.Element {
  const { timeline, window, isPlaying, startedAt, bookmarks, words, language } = props;
  const host = useRef<HTMLDivElement>(null);
  const under = useRef<SVGGElement>(null);
  const scenery = useRef<SVGGElement>(null);
  const over = useRef<SVGGElement>(null);
  const hold = useRef<Hold | null>(null);
  const { widthPx, unit } = useTrackSize(host);
  const { from, to } = window;
  const track: Track = useMemo(() => ({ window: { from, to }, widthPx, unit }), [from, to, widthPx, unit]);

  const markedFacts = timeline.markedFacts();
  const marks = useMemo(() => scrubMarksOf(markedFacts, startedAt, words), [markedFacts, startedAt, words]);
  const placed = useMemo(() => placeMarks(marks, track), [marks, track]);
  const current = timeline.branch.id;
  const branchesNow = timeline.branches;
  // The present branch grows all the time; only the others are drawn.
  const branchesKey = branchesNow.map(({ id, endAt }) => (id === current ? `[${id}]` : `${id}:${endAt}`)).join(' ');

  useLayoutEffect(() => {
    if (scenery.current === null || widthPx === 0) return;
    const clock = (at: number): string => clockText(at - startedAt, language);
    const titleOf = (mark: PlacedMark): string => {
      const lines = mark.marks.slice(0, 6).map(({ fact, at }) => {
        const said = timeline.fact(fact);
        return `${clock(at)}\u2002${said === undefined ? '' : (sentence(said, language) ?? '')}`;
      });
      const more = mark.marks.length > 6 ? ['…'] : [];
      return [...lines, ...more, ...(mark.kind === 'many' ? [words.marksHere(mark.marks.length)] : [])].join('\n');
    };
    const branches = placeBranches(timeline.branches, current, track);
    const ends = new Map(timeline.branches.map(({ id, endAt }) => [id, endAt]));
    drawScenery(select(scenery.current), {
      unit,
      widthPx,
      ticks: ticksOf(track, startedAt).map((tick) => ({ ...tick, text: tickText(tick.sinceStartUs, language) })),
      marks: placed.map((mark) => ({ ...mark, title: titleOf(mark) })),
      bookmarks: bookmarks
        .filter((at) => at >= track.window.from && at <= track.window.to)
        .map((at) => ({ at, x: xOf(track, at), title: words.bookmarkAt(clock(at)) })),
      branches: branches.map((lane) => ({
        ...lane,
        title: words.branchUntil(lane.branch, clock(ends.get(lane.branch) ?? 0)),
      })),
    });
  }, [timeline, track, widthPx, unit, placed, bookmarks, branchesKey, current, startedAt, words, language]);

  const { now } = timeline;
  const knownEnd = Math.max(timeline.end.at, now);
  // Half pixels: a thumb that creeps by less is not drawn again.
  const halfPixel = (at: number): number => Math.round(2 * xOf(track, at)) / 2;
  const nowX = halfPixel(now);
  const knownX = halfPixel(knownEnd);
  const isOutside = now < from || now > to;
  useLayoutEffect(() => {
    if (under.current === null || over.current === null || widthPx === 0) return;
    drawPresent(select(under.current), select(over.current), {
      unit,
      fromX: xOf(track, track.window.from),
      nowX,
      knownX,
      toX: xOf(track, track.window.to),
      isOutside,
    });
  }, [track, widthPx, unit, nowX, knownX, isOutside]);

  const xIn = (clientX: number): number => clientX - (host.current?.getBoundingClientRect().left ?? 0);

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    const target =
      event.target instanceof Element ? event.target.closest('[data-mark-key],[data-branch],[data-bookmark]') : null;
    hold.current = { startX: event.clientX, target, x: xIn(event.clientX), lastClientX: event.clientX, isDrag: false };
    event.currentTarget.setPointerCapture(event.pointerId);
    if (target === null) beginDrag();
  }
  function beginDrag(): void {
    if (hold.current === null) return;
    hold.current.isDrag = true;
    props.onScrub(true);
    props.onSeek(instantAt(track, hold.current.x));
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const held = hold.current;
    if (held === null) return;
    held.x = event.shiftKey ? held.x + (event.clientX - held.lastClientX) * fineness : xIn(event.clientX);
    held.lastClientX = event.clientX;
    if (held.isDrag) props.onSeek(instantAt(track, held.x));
    else if (Math.abs(event.clientX - held.startX) > clickDistance) beginDrag();
  }
  function onPointerUp(): void {
    const held = hold.current;
    hold.current = null;
    if (held === null) return;
    if (held.isDrag) props.onScrub(false);
    else if (held.target !== null) click(held.target);
  }
  function onPointerCancel(): void {
    if (hold.current?.isDrag === true) props.onScrub(false);
    hold.current = null;
  }

  function click(target: Element): void {
    const bookmark = target.getAttribute('data-bookmark');
    const branch = target.getAttribute('data-branch');
    if (bookmark !== null) return props.onSeek(Number(bookmark) as VirtualTimeUs);
    if (branch !== null) return props.onBranch(Number(branch));
    const crowd = placed.find(({ key }) => key === target.getAttribute('data-mark-key'));
    const [first] = crowd?.marks ?? [];
    if (crowd === undefined || first === undefined) return;
    const closer = zoomInto({ from: first.at, to: crowd.marks.at(-1)!.at }, window);
    if (closer === null) props.onSeekFact(first.fact);
    else props.onZoom(closer);
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = (to - from) / 10;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowRight: () => (event.shiftKey ? props.onMarked(1) : props.onStep(1)),
      ArrowLeft: () => (event.shiftKey ? props.onMarked(-1) : props.onStep(-1)),
      ArrowUp: () => props.onStep(1),
      ArrowDown: () => props.onStep(-1),
      PageUp: () => props.onSeek(Math.min(knownEnd, Math.round(now + page)) as VirtualTimeUs),
      PageDown: () => props.onSeek(Math.max(startedAt, Math.round(now - page)) as VirtualTimeUs),
      Home: () => props.onSeek(startedAt),
      End: () => props.onSeek(knownEnd as VirtualTimeUs),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    // The page has the same keys: it shall not hear them twice.
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  // While time runs, those who listen are told whole seconds, and not ten times each.
  const valueMs = (at: number): number => {
    const ms = (at - startedAt) / 1000;
    return isPlaying ? Math.floor(ms / 1000) * 1000 : Math.round(ms);
  };
  const spoken = (at: number): string => spokenTime(at - startedAt, language, { withMs: !isPlaying });
  const last = lastMarkedBefore(marks, now);
  const lastFact = last === null ? undefined : timeline.fact(last);
  const lastSentence = lastFact === undefined ? null : sentence(lastFact, language);

  return (
    <div
      ref={host}
      className="timebar-scrubber"
      // An input of type range cannot be drawn on, nor hold marks to be clicked.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label={words.scrubber}
      aria-valuemin={0}
      aria-valuemax={valueMs(knownEnd)}
      aria-valuenow={valueMs(now)}
      aria-valuetext={words.instant(spoken(now), spoken(knownEnd), lastSentence)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerCancel}
      onKeyDown={onKeyDown}
    >
      <svg aria-hidden="true">
        <g ref={under} />
        <g ref={scenery} />
        <g ref={over} />
      </svg>
    </div>
  );
}
