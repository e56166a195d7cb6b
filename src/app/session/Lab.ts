/**
 * A session at work: its history, the playback clock, what the learner has selected, answered and done. One animation loop drives it;
 * pictures listen to frames, panels to the store, which changes at most ten times a second.
 */
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { ClusterPicture } from '../../cluster/picture.ts';
import { pictureOf } from '../../shell/picture/pictureOf.ts';
import type { Evidence } from '../../course/evidence.ts';
import { evidenceOf } from '../../course/evidence.ts';
import type { Question } from '../../course/lesson.ts';
import type { Prediction } from '../../course/predict.ts';
import { predict } from '../../course/predict.ts';
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Input } from '../../kernel/input.ts';
import type { Position } from '../../kernel/position.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, seconds } from '../../kernel/time.ts';
import type { Budget, Timeline } from '../../kernel/timeline.ts';
import { KeyOrder } from '../../views/clusterMatrix/keyOrder.ts';
import type { Speed } from '../playback/PlaybackClock.ts';
import { PlaybackClock } from '../playback/PlaybackClock.ts';
import type { TaskStates } from '../lesson/taskState.ts';
import { isShownMark } from '../timebar/scrubMarks.ts';
import type { ShownTerminals } from '../terminals/shownTerminals.ts';
import { FrameLoop } from './FrameLoop.ts';
import type { OpenSession } from './openSession.ts';
import type { LessonProgress, SavedSession } from './savedSessions.ts';
import { forgetLeft, leaveSession, saveSession } from './savedSessions.ts';
import { stepToPreviousMark } from './stepToPreviousMark.ts';
import { positionAfterNext, positionBeforeLast } from './undo.ts';

export interface LabState {
  /** Grows when time may have moved: ten times a second while it runs. */
  readonly tick: number;
  /** Grows when the world may have changed: something happened, or another instant is shown. */
  readonly changes: number;
  /** The present session's history, or the hidden branch that is being looked at. */
  readonly timeline: Timeline;
  readonly isHiddenBranch: boolean;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly effectiveSpeed: number;
  readonly selected: string | null;
  readonly progress: LessonProgress;
  /** How the tasks of the lesson stand, as last judged. */
  readonly tasks: TaskStates;
  readonly bookmarks: readonly VirtualTimeUs[];
  /** What stopped the simulation, if something did: a bug of the simulator. */
  readonly failure: { readonly message: string; readonly at: VirtualTimeUs } | null;
}

/** Panels follow at most so often. */
const tickMs = 100;
/** Timers are a little early at times. */
const tickLeewayMs = 5;
const saveMs = 1500;
/** While time runs, its instant is kept at least so often. */
const keepInstantMs = 5000;
/** More than anybody tells apart. */
const mostKeys = 200;
/** While nothing moves that could be seen to move, frames are this far apart: at the real speed, and at others. */
const calmFrameMs = { real: 100, other: 33 } as const;

export class Lab {
  readonly open: OpenSession;
  readonly store: StoreApi<LabState>;
  readonly keys: KeyOrder;
  readonly #present: Timeline;
  #playback: PlaybackClock;
  readonly #frameListeners = new Set<() => void>();
  readonly #loop = new FrameLoop({
    isPlaying: () => this.store.getState().isPlaying,
    restMs: () => this.#restMs(),
    onFrame: (elapsedMs, wallMs) => this.#onFrame(elapsedMs, wallMs),
  });
  #lastTickAt = 0;
  /** What has been told of when `changes` grew last. */
  #toldFacts: FactId;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #shown: ShownTerminals;
  /** What comes next here was undone: when time goes on, it goes on without. */
  #hasUndone: boolean;
  #picture: { readonly instant: string; readonly timeline: Timeline; readonly value: ClusterPicture } | null = null;

  constructor(open: OpenSession) {
    this.open = open;
    this.keys = new KeyOrder(open.keys);
    this.#present = open.timeline;
    this.#playback = new PlaybackClock(open.timeline);
    this.#toldFacts = open.timeline.nextFact;
    this.#shown = open.shown;
    this.#hasUndone = open.hasUndone;
    this.store = createStore<LabState>(() => ({
      tick: 0,
      changes: 0,
      timeline: open.timeline,
      isHiddenBranch: false,
      isPlaying: open.isPlaying,
      speed: 'auto',
      effectiveSpeed: 1,
      selected: null,
      progress: open.progress,
      tasks: new Map(),
      bookmarks: open.bookmarks,
      failure: null,
    }));
  }

  /** Begins the loop; the answer ends it. */
  run(): () => void {
    this.#loop.start();
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') this.#saveNow();
    };
    document.addEventListener('visibilitychange', onVisibility);
    const onLeave = (): void => leaveSession(this.toSaved());
    addEventListener('pagehide', onLeave);
    addEventListener('pageshow', forgetLeft);
    const keeping = setInterval(() => {
      if (this.store.getState().isPlaying) this.#saveNow();
    }, keepInstantMs);
    return () => {
      this.#loop.stop();
      document.removeEventListener('visibilitychange', onVisibility);
      removeEventListener('pagehide', onLeave);
      removeEventListener('pageshow', forgetLeft);
      clearTimeout(this.#saveTimer);
      clearInterval(keeping);
      this.#saveNow();
    };
  }

  onFrame(listener: () => void): () => void {
    this.#frameListeners.add(listener);
    return () => this.#frameListeners.delete(listener);
  }

  get timeline(): Timeline {
    return this.store.getState().timeline;
  }

  /** The cluster at the shown instant; the same object until an event or an input changes something. */
  picture(): ClusterPicture {
    const { timeline } = this;
    const { eventCount, inputCount } = timeline.position;
    const instant = `${timeline.branch.id}:${eventCount}:${inputCount}`;
    if (this.#picture === null || this.#picture.timeline !== timeline || this.#picture.instant !== instant) {
      this.#picture = { instant, timeline, value: pictureOf(timeline.world) };
      this.keys.observe(this.#picture.value);
    }
    return this.#picture.value;
  }

  evidence(): Evidence {
    const { firstProcess, startedAt } = this.open;
    const { hasTravelled, hasGoneOn } = this.store.getState().progress;
    return evidenceOf(this.#present, { firstProcess, startedAt, hasTravelled, hasGoneOn });
  }

  act(input: Input): void {
    if (this.store.getState().isHiddenBranch) this.leaveHiddenBranch();
    this.#dropUndone();
    this.#guarded(() => this.timeline.act(input));
    this.store.setState({ isPlaying: true });
    this.#noteGoingOn();
    this.#changed();
    this.#saveSoon();
  }

  setPlaying(isPlaying: boolean): void {
    this.store.setState({ isPlaying });
    if (isPlaying) this.#noteGoingOn();
    this.#saveSoon();
    this.#loop.showSoon();
  }

  /** Any move but redo makes it so that what was undone is not done: the branch that has it stays. */
  #dropUndone(): void {
    if (!this.#hasUndone || this.store.getState().isHiddenBranch) return;
    this.#hasUndone = false;
    this.#guarded(() => this.#present.dropFuture());
  }

  /** Time runs again after the learner had gone back. */
  #noteGoingOn(): void {
    const { hasTravelled, hasGoneOn } = this.store.getState().progress;
    if (hasTravelled && !hasGoneOn) this.setProgress({ hasGoneOn: true });
  }

  /** Runs through so long a time, unless a speed was chosen. */
  hurry(duration: number): void {
    this.#playback.hurryUntil(later(this.timeline.now, seconds(duration)));
  }

  /** So far back, and on from there. */
  travel(backSeconds: number): void {
    this.seek((this.timeline.now - seconds(backSeconds)) as VirtualTimeUs);
    this.setPlaying(true);
  }

  setSpeed(speed: Speed): void {
    this.#playback.speed = speed;
    this.store.setState({ speed });
    this.#loop.showSoon();
  }

  seek(at: VirtualTimeUs): void {
    const target = Math.max(this.open.startedAt, at) as VirtualTimeUs;
    const isBack = target < this.timeline.now;
    this.#dropUndone();
    this.#guarded(() => this.timeline.seekTo(target));
    this.store.setState({ isPlaying: false });
    this.#changed();
    if (isBack) this.setProgress({ hasTravelled: true });
  }

  seekToFact(id: FactId): void {
    const before = this.timeline.now;
    this.#dropUndone();
    this.#guarded(() => this.timeline.seekToFact(id));
    this.store.setState({ isPlaying: false });
    this.#changed();
    if (this.timeline.now < before) this.setProgress({ hasTravelled: true });
  }

  /** To the instant before what the learner did last; when time goes on from there, that is not done. */
  undo(): void {
    if (this.store.getState().isHiddenBranch) return this.leaveHiddenBranch();
    const before = positionBeforeLast(this.timeline, this.open.startedAt);
    if (before === null) return;
    this.#goTo(before);
    this.#hasUndone = true;
    this.setProgress({ hasTravelled: true });
  }

  /** To right after the next thing that was done in this branch. */
  redo(): void {
    if (this.store.getState().isHiddenBranch) return this.leaveHiddenBranch();
    const after = positionAfterNext(this.timeline);
    if (after === null) return;
    this.#goTo(after);
    // What was undone before that still is.
    this.#hasUndone &&= positionAfterNext(this.timeline) !== null;
  }

  #goTo(position: Position): void {
    this.#guarded(() => this.timeline.seekToPosition(position));
    this.store.setState({ isPlaying: false });
    this.#changed();
  }

  step(direction: 1 | -1): void {
    this.store.setState({ isPlaying: false });
    this.#dropUndone();
    this.#guarded(() => {
      if (direction === 1) this.timeline.stepToNextVisible(isVisible, { maxEvents: 20_000 });
      else if (this.timeline.now > this.open.startedAt) this.timeline.stepToPreviousVisible(isVisible);
    });
    this.#changed();
    if (direction === -1) this.setProgress({ hasTravelled: true });
  }

  /** What is not found within a minute is not waited for: where it never comes, hours would go by. */
  #lookAhead(): Budget {
    return { maxEvents: 200_000, until: later(this.timeline.now, seconds(60)) };
  }

  /** On to right after the next fact that is wanted. */
  stepUntil(isWanted: (fact: Fact) => boolean): void {
    this.store.setState({ isPlaying: false });
    this.#dropUndone();
    this.#guarded(() => this.timeline.stepToNextVisible(isWanted, this.#lookAhead()));
    this.#changed();
  }

  /** To the next or the previous fact that stands on the scrubber. */
  stepToMarked(direction: 1 | -1): void {
    this.store.setState({ isPlaying: false });
    this.#dropUndone();
    const { timeline } = this;
    const { startedAt } = this.open;
    this.#guarded(() => {
      if (direction === 1) timeline.stepToNextVisible((fact) => isShownMark(fact, startedAt), this.#lookAhead());
      else stepToPreviousMark(timeline, startedAt);
    });
    this.#changed();
    if (direction === -1) this.setProgress({ hasTravelled: true });
  }

  switchBranch(id: number): void {
    this.#dropUndone();
    this.#guarded(() => this.timeline.switchTo(id));
    this.store.setState({ isPlaying: false });
    this.#changed();
  }

  select(selected: string | null): void {
    this.store.setState({ selected });
    this.#changed();
  }

  /** The terminals that are in sight, to be kept. */
  noteShown(shown: ShownTerminals): void {
    this.#shown = shown;
    this.#saveSoon();
  }

  addBookmark(): void {
    this.store.setState(({ bookmarks }) => ({ bookmarks: [...bookmarks, this.timeline.now] }));
    this.#saveSoon();
  }

  /** To another page of the lesson. A hidden branch answers a question of the page that is left. */
  goToStep(step: number): void {
    const { isHiddenBranch, progress } = this.store.getState();
    if (isHiddenBranch) this.leaveHiddenBranch();
    this.setProgress({ step, began: { at: this.#present.now, hasTravelled: progress.hasTravelled } });
  }

  setProgress(change: Partial<LessonProgress>): void {
    this.store.setState(({ progress }) => ({ progress: { ...progress, ...change } }));
    this.#saveSoon();
  }

  /** How the tasks of the lesson stand now. */
  noteTasks(tasks: TaskStates): void {
    this.store.setState({ tasks });
  }

  /** What a hidden branch of this very instant shows. */
  predict(question: Extract<Question, { kind: 'predict' }>): Prediction {
    return predict(this.#present, question);
  }

  showHiddenBranch(branch: Timeline): void {
    this.#playAt(branch);
    // From the instant of the question on, so that one sees it happen.
    branch.seekTo(this.#present.now);
    this.store.setState({ timeline: branch, isHiddenBranch: true, isPlaying: true });
    this.#changed();
  }

  leaveHiddenBranch(): void {
    this.#playAt(this.#present);
    this.store.setState({ timeline: this.#present, isHiddenBranch: false });
    this.#changed();
  }

  /** At the speed that is chosen. */
  #playAt(timeline: Timeline): void {
    this.#playback = new PlaybackClock(timeline);
    this.#playback.speed = this.store.getState().speed;
  }

  #onFrame(elapsedMs: number, wallMs: number): void {
    const { isPlaying, failure, effectiveSpeed } = this.store.getState();
    if (isPlaying && failure === null) {
      this.#dropUndone();
      this.#guarded(() => this.#playback.advance(elapsedMs, () => performance.now()));
      if (wallMs - this.#lastTickAt >= tickMs - tickLeewayMs) {
        this.#lastTickAt = wallMs;
        const next = this.#playback.effectiveSpeed;
        const { nextFact } = this.timeline;
        const hasChanged = nextFact !== this.#toldFacts;
        this.#toldFacts = nextFact;
        this.store.setState(({ tick, changes }) => ({
          tick: tick + 1,
          ...(hasChanged ? { changes: changes + 1 } : {}),
          ...(next === effectiveSpeed ? {} : { effectiveSpeed: next }),
        }));
      }
    }
    for (const listener of this.#frameListeners) listener();
  }

  /** While nothing flies, or time goes so fast that messages are not seen to travel, frames are further apart. */
  #restMs(): number | null {
    const { effectiveSpeed } = this.#playback;
    if (effectiveSpeed < 1 && this.picture().flights.length > 0) return null;
    return effectiveSpeed === 1 ? calmFrameMs.real : calmFrameMs.other;
  }

  #changed(): void {
    this.#toldFacts = this.timeline.nextFact;
    this.store.setState(({ tick, changes }) => ({ tick: tick + 1, changes: changes + 1 }));
    this.#loop.showSoon();
  }

  /** A broken invariant is our bug: the page says so, keeps the last good picture, and can go back. */
  #guarded(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.store.setState({
        isPlaying: false,
        failure: { message: error instanceof Error ? error.message : String(error), at: this.timeline.now },
      });
    }
  }

  /** After a failure: to a second before it. */
  recover(): void {
    const { failure } = this.store.getState();
    if (failure === null) return;
    this.store.setState({ failure: null });
    this.seek((failure.at - 1_000_000) as VirtualTimeUs);
  }

  #saveSoon(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.#saveNow(), saveMs);
  }

  #saveNow(): void {
    void saveSession(this.toSaved());
  }

  /** All that is kept of the session. */
  toSaved(): SavedSession {
    const { what, firstProcess, startedAt } = this.open;
    const { progress, bookmarks, isPlaying, isHiddenBranch } = this.store.getState();
    return {
      what,
      session: this.#present.toSession(),
      nextFact: this.#present.nextFact,
      firstProcess,
      startedAt,
      progress,
      bookmarks,
      isPlaying: isPlaying || isHiddenBranch,
      shown: this.#shown,
      hasUndone: this.#hasUndone,
      keys: this.keys
        .entries()
        .slice(0, mostKeys)
        .map(([key]) => key),
    };
  }
}

/** A fact that changes the picture or a terminal. */
function isVisible({ what }: Fact): boolean {
  return (
    what.kind === 'told' ||
    what.kind === 'printed' ||
    what.kind === 'delivered' ||
    what.kind === 'sent' ||
    what.kind === 'exited'
  );
}
