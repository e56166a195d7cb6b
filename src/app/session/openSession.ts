/** Opens a session: the one that was kept, played again to where it was, or a new one. Loaded with the model, after the first page. */
import type { CourseLesson } from '../../course/courseLesson.ts';
import { begin, filesOf } from '../../course/begin.ts';
import type { Start } from '../../course/lesson.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { Timeline } from '../../kernel/timeline.ts';
import { programs } from '../../shell/registry.ts';
import { loadLesson } from '../lesson/loadLesson.ts';
import type { KeptSession, LessonProgress, SavedSession } from './savedSessions.ts';
import { noProgress } from './savedSessions.ts';
import type { ShownTerminals } from '../terminals/shownTerminals.ts';
import { nothingShown } from '../terminals/shownTerminals.ts';
import type { What } from './what.ts';
import { sandboxStart } from './what.ts';

export interface OpenSession {
  readonly what: What;
  readonly lesson: CourseLesson | null;
  readonly timeline: Timeline;
  readonly firstProcess: ProcessId;
  readonly startedAt: VirtualTimeUs;
  readonly progress: LessonProgress;
  readonly bookmarks: readonly VirtualTimeUs[];
  readonly isPlaying: boolean;
  readonly shown: ShownTerminals;
  /** What comes next was undone. */
  readonly hasUndone: boolean;
  /** Keys whose marks are given, in their order. */
  readonly keys: readonly string[];
  /** What was kept could not be read. */
  readonly wasBroken: boolean;
}

const stopwatch = (): number => performance.now();
/** The same seed for everybody: the course's screens then agree with the teacher's. */
const seed = 20250519;
/** Events played again before the page is given a breath. */
const slice = 5000;

/** Null when there is no such lesson. */
export async function openSession(what: What, kept: KeptSession): Promise<OpenSession | null> {
  const lesson = what.kind === 'lesson' ? await loadLesson(what.id) : null;
  if (what.kind === 'lesson' && lesson === null) return null;
  const start = lesson?.lesson.start ?? sandboxStart(what.kind === 'sandbox' ? what : { brokers: 1 });
  if (kept.kind === 'found') {
    const restored = await restore(kept.saved, start);
    if (restored !== null) return { ...restored, what, lesson, wasBroken: false };
  }
  const { timeline, firstProcess } = begin(start, { programs, seed, setup: what, stopwatch });
  return {
    what,
    lesson,
    timeline,
    firstProcess,
    startedAt: timeline.now,
    progress: noProgress,
    bookmarks: [],
    isPlaying: true,
    shown: shownAtFirst(start),
    hasUndone: false,
    keys: [],
    wasBroken: kept.kind !== 'none',
  };
}

async function restore(
  saved: SavedSession,
  start: Start,
): Promise<Pick<
  OpenSession,
  'timeline' | 'firstProcess' | 'startedAt' | 'progress' | 'bookmarks' | 'isPlaying' | 'shown' | 'hasUndone' | 'keys'
> | null> {
  try {
    const timeline = new Timeline(
      { programs, seed, files: filesOf(start), setup: saved.what, stopwatch },
      saved.session,
    );
    if (!(await replay(timeline, saved))) return null;
    return {
      timeline,
      firstProcess: saved.firstProcess as ProcessId,
      startedAt: saved.startedAt as VirtualTimeUs,
      progress: saved.progress,
      bookmarks: saved.bookmarks.map((at) => at as VirtualTimeUs),
      isPlaying: saved.isPlaying,
      shown: saved.shown ?? shownAtFirst(start),
      hasUndone: saved.hasUndone,
      keys: saved.keys,
    };
  } catch {
    // An input that this version of the simulator cannot apply where it stands.
    return null;
  }
}

const shownAtFirst = ({ sideBySide }: Start): ShownTerminals =>
  sideBySide === undefined ? nothingShown : { places: sideBySide, isSplit: true, activePlace: 1 };

/** False when it does not come to the kept present: another version of the simulator, whose history this one does not share. */
async function replay(timeline: Timeline, { session: { present }, nextFact }: SavedSession): Promise<boolean> {
  while (!timeline.seekToPosition(present, { maxEvents: slice })) {
    if (timeline.now > present.at) return false;
    await breath();
  }
  const { eventCount, inputCount, at } = timeline.position;
  return (
    eventCount === present.eventCount &&
    inputCount === present.inputCount &&
    at === present.at &&
    timeline.nextFact === nextFact
  );
}

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
