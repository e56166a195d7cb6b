/**
 * The history of a session: a simulation that can be run on, taken back to any instant, and asked why. Going back is a checkpoint and a
 * replay of the stored inputs; acting in the past begins a branch. A plain object: whoever shows it asks, nothing is notified.
 */
import type { Branch, BranchHistory, MarkedFact } from './branch.ts';
import { borrow, branchFromData, branchToData, describeBranch, sharedSteps } from './branch.ts';
import type { WhyChain } from './causes.ts';
import { walkCauses } from './causes.ts';
import type { FactId } from './events.ts';
import type { Fact } from './facts.ts';
import { isMarked } from './facts.ts';
import type { FileSystem } from './fileSystem.ts';
import type { Input, StampedInput } from './input.ts';
import { Playback } from './playback.ts';
import type { Position } from './position.ts';
import { isBefore, stepOf } from './position.ts';
import type { Programs } from './process.ts';
import type { Session } from './session.ts';
import { sessionVersion } from './session.ts';
import { Simulation } from './simulation.ts';
import type { Stretch } from './stretch.ts';
import type { VirtualTimeUs } from './time.ts';
import { timeZero } from './time.ts';
import type { World } from './world.ts';

export interface TimelineOptions {
  readonly programs: Programs;
  readonly seed: number;
  readonly files?: FileSystem;
  /** Plain JSON that says, in a session read later, which programs and files it began with. */
  readonly setup: unknown;
  /** Milliseconds by the host's clock. It decides only where checkpoints are kept, never what happens. */
  readonly stopwatch?: () => number;
}

export interface Budget {
  /** Events to be handled at most; no limit unless told. */
  readonly maxEvents?: number;
  /** An instant that a step does not go beyond: where nothing is found before, it ends there. */
  readonly until?: VirtualTimeUs;
}
/** `found`: the present is right after what recorded that fact. `exhausted`: the budget was not enough. `nothing`: there is none. */
export type StepResult =
  | { readonly kind: 'found'; readonly fact: Fact }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'nothing' };

const unlimited = Number.POSITIVE_INFINITY;
/** Acting keeps a checkpoint, unless there is one so few events before. */
const actedSoonAfterEvents = 100;

export class Timeline {
  readonly #options: TimelineOptions;
  readonly #branches = new Map<number, BranchHistory>();
  readonly #playback: Playback;
  #marks: { readonly of: readonly MarkedFact[] | undefined; readonly facts: readonly Fact[] } = {
    of: undefined,
    facts: [],
  };

  /**
   * At the beginning of a new session, or of one to be played again: `seekToPosition(session.present)`, in slices if it is long.
   * `origin`: only for `fork`.
   */
  constructor(options: TimelineOptions, session?: Session, origin?: Timeline) {
    const seed = session?.seed ?? options.seed;
    this.#options = { ...options, seed };
    const { programs, files, stopwatch } = options;
    this.#playback = new Playback(
      (onFact) =>
        origin === undefined ? new Simulation(programs, seed, onFact, files) : origin.#playback.another(onFact),
      seed,
      stopwatch,
      (here) => this.#begin(here, session, origin),
    );
  }

  /** The state at the present instant, to be read only. */
  get world(): World {
    return this.#playback.world;
  }
  get seed(): number {
    return this.#options.seed;
  }
  get now(): VirtualTimeUs {
    return this.world.now;
  }
  get position(): Position {
    return this.#playback.position;
  }
  /** As far as the present branch is known. */
  get end(): Position {
    this.#playback.noteEnd();
    return this.#playback.branch.end;
  }
  get isAtEnd(): boolean {
    return !isBefore(this.position, this.end);
  }
  /** When something is next to happen, an input of the known future included; undefined when nothing ever will by itself. */
  get nextAt(): VirtualTimeUs | undefined {
    return this.#playback.nextAt;
  }
  /** The id that the next fact will have: what was recorded up to the present has smaller ones. */
  get nextFact(): FactId {
    return this.world.nextFact;
  }
  get branch(): Branch {
    this.#playback.noteEnd();
    return describeBranch(this.#playback.branch);
  }
  /** All that came from outside in the present branch, from the very beginning, its known future included; `position` tells how many were applied. */
  get inputs(): readonly StampedInput[] {
    return this.#playback.branch.inputs;
  }
  get branches(): readonly Branch[] {
    this.#playback.noteEnd();
    return [...this.#branches.values()].map((branch) => describeBranch(branch));
  }

  /** Runs on to an instant, through the known future and beyond. True when it got there, false when the budget was used up before. */
  advance({ until, maxEvents = unlimited }: Budget & { readonly until: VirtualTimeUs }): boolean {
    if (this.#playback.play(maxEvents, (next) => next > until) === 'exhausted') return false;
    if (Number.isFinite(until)) this.#playback.wait(until);
    return true;
  }

  /**
   * Applies an input now, and gives the fact of it. In the past this begins a branch; what was known of the future stays with the branch
   * that is left.
   */
  act(input: Input): FactId {
    const { position, nextFact } = this;
    if (!this.isAtEnd) this.#beginBranch();
    else if (position.eventCount > this.#playback.stretch.start.eventCount + actedSoonAfterEvents)
      this.#playback.openStretch();
    this.#playback.branch.inputs.push({ afterEvent: position.eventCount, at: position.at, input });
    this.#playback.playOne();
    return nextFact;
  }

  /** What was known to come from here on will not: a branch without it begins, and what was known stays with the branch that is left. */
  dropFuture(): void {
    if (!this.isAtEnd) this.#beginBranch();
  }

  /**
   * Goes to an instant of the known history, all that happens at it included; beyond the known end, to that end. False when the budget
   * was used up before: the present is then on the way, and `advance` goes on.
   */
  seekTo(at: VirtualTimeUs, budget: Budget = {}): boolean {
    const until = at < this.end.at ? at : this.end.at;
    this.#playback.startFrom(({ start }) => start.at <= until, this.now <= until);
    return this.advance({ ...budget, until });
  }

  /** Goes to right after that many events, before the inputs that came then; at most to the known end. */
  seekToEvent(eventCount: number): void {
    const target = Math.min(eventCount, this.end.eventCount);
    this.#playback.startFrom(({ start }) => start.eventCount < target, this.world.eventCount < target);
    this.#playback.play(unlimited, () => this.world.eventCount >= target);
  }

  /** Goes to right after the event or the input that recorded a fact. False when the present branch knows no such fact. */
  seekToFact(id: FactId): boolean {
    if (id < 0 || id >= this.#playback.branch.seenUpTo) return false;
    this.#playback.startFrom(({ firstFact }) => firstFact <= id, this.nextFact <= id);
    this.#playback.play(unlimited, () => this.nextFact > id);
    return true;
  }

  /** Goes to a position that `position`, `end` or a session has named, in the present branch. False when the budget was used up before. */
  seekToPosition(target: Position, { maxEvents = unlimited }: Budget = {}): boolean {
    this.#playback.startFrom(({ start }) => !isBefore(target, start), !isBefore(target, this.position));
    const outcome = this.#playback.play(maxEvents, () => stepOf(this.position) >= stepOf(target));
    if (outcome === 'exhausted') return false;
    this.#playback.wait(target.at);
    return true;
  }

  /** Goes to the same instant of another branch, at most to its known end. False when the budget was used up before. */
  switchTo(branch: number, budget: Budget = {}): boolean {
    const { now } = this;
    this.#playback.noteEnd();
    const target = this.#branches.get(branch);
    if (target === undefined) throw new Error(`There is no branch ${branch}.`);
    for (const other of this.#branches.values()) {
      if (other !== target) borrow(target, other, sharedSteps(this.#branches, target, other));
    }
    this.#playback.open(target);
    return this.seekTo(now, budget);
  }

  /** To right after the next event or input that records a fact; its first one is found. */
  stepToNextFact(budget: Budget = {}): StepResult {
    return this.#stepForwards(() => true, budget);
  }
  stepToNextVisible(isVisible: (fact: Fact) => boolean, budget: Budget = {}): StepResult {
    return this.#stepForwards(isVisible, budget);
  }
  stepToNextMarked(budget: Budget = {}): StepResult {
    return this.#stepForwards(isMarked, budget);
  }

  /** Back to right after the last event or input before the present that recorded a fact; its last one is found. */
  stepToPreviousFact(): StepResult {
    return this.#stepBackwards(() => true, unlimited);
  }
  /** Looks at so many facts at most. */
  stepToPreviousVisible(
    isVisible: (fact: Fact) => boolean,
    { maxFacts = unlimited }: { readonly maxFacts?: number } = {},
  ): StepResult {
    return this.#stepBackwards(isVisible, maxFacts);
  }
  stepToPreviousMarked(): StepResult {
    const last = this.#playback.branch.marked.findLast(({ fact, step }) => this.#isPast(fact, step));
    return last === undefined ? { kind: 'nothing' } : this.#backTo(last.fact);
  }

  /** Those of the whole present branch, its known future included; the same array until there is another one. */
  markedFacts(): readonly Fact[] {
    const { branch } = this.#playback;
    if (this.#marks.of !== branch.marked || this.#marks.facts.length !== branch.marked.length) {
      this.#marks = { of: branch.marked, facts: branch.marked.map(({ fact }) => fact) };
    }
    return this.#marks.facts;
  }

  /** A fact of the present branch, its known future included; replayed if it was forgotten. */
  fact(id: FactId): Fact | undefined {
    return this.#playback.find(id)?.fact;
  }

  /** Facts in their order, from an id on, to before another: to the present unless told. What a picture asks for at each frame. */
  *factsFrom(first: FactId, before: FactId = this.nextFact): IterableIterator<Fact> {
    for (let id = first; id < before; id = (id + 1) as FactId) {
      const fact = this.fact(id);
      if (fact === undefined) return;
      yield fact;
    }
  }

  /** Facts of the known history later than `after`, up to and including `until`. */
  factsBetween(after: VirtualTimeUs, until: VirtualTimeUs): readonly Fact[] {
    const { stretches, seenUpTo } = this.#playback.branch;
    const first = stretches.findLast(({ start }) => start.at <= after)?.firstFact ?? (0 as FactId);
    const facts: Fact[] = [];
    for (const fact of this.factsFrom(first, seenUpTo)) {
      if (fact.at > until) break;
      if (fact.at > after) facts.push(fact);
    }
    return facts;
  }

  /** From a fact back by principal causes to the input that began it, at most that many facts. */
  whyChain(id: FactId, { maxSteps = 500 }: { readonly maxSteps?: number } = {}): WhyChain {
    return walkCauses((cause) => this.fact(cause), id, maxSteps);
  }

  /** A hidden branch: another timeline with the same past, that goes on by itself from the present. */
  fork(): Timeline {
    return new Timeline(this.#options, undefined, this);
  }

  /** All that is needed to have this session again. */
  toSession(): Session {
    this.#playback.noteEnd();
    return {
      version: sessionVersion,
      setup: this.#options.setup,
      seed: this.seed,
      branches: [...this.#branches.values()].map((branch) => branchToData(branch)),
      current: this.#playback.branch.id,
      present: this.position,
    };
  }

  #begin(
    here: Stretch,
    session: Session | undefined,
    origin: Timeline | undefined,
  ): { branch: BranchHistory; index: number } {
    for (const data of session?.branches ?? []) {
      const parent = data.parent === null ? undefined : this.#branches.get(data.parent);
      this.#branches.set(data.id, branchFromData(data, parent, here));
    }
    const branch = (session && this.#branches.get(session.current)) ?? {
      ...(origin === undefined ? newHistory(here) : origin.#pastWith(origin.#playback.checkpoint())),
      id: 1,
      parent: null,
      fork: { eventCount: 0, inputCount: 0, at: timeZero },
    };
    this.#branches.set(branch.id, branch);
    return { branch, index: origin === undefined ? 0 : branch.stretches.length - 1 };
  }

  #beginBranch(): void {
    const { position } = this;
    const { id: parent } = this.#playback.branch;
    const id = Math.max(...this.#branches.keys()) + 1;
    const branch = { ...this.#pastWith(this.#playback.checkpoint()), id, parent, fork: position };
    this.#branches.set(id, branch);
    this.#playback.continueIn(branch);
  }

  /** The present branch up to the present, with a stretch that starts there. */
  #pastWith(present: Stretch): Omit<BranchHistory, 'id' | 'parent' | 'fork'> {
    const { inputs, stretches, marked } = this.#playback.branch;
    return {
      inputs: inputs.slice(0, this.position.inputCount),
      stretches: [...stretches.filter(({ start }) => stepOf(start) < stepOf(present.start)), present],
      marked: marked.filter(({ fact }) => fact.id < present.firstFact),
      seenUpTo: present.firstFact,
      end: present.start,
    };
  }

  #stepForwards(isWanted: (fact: Fact) => boolean, { maxEvents = unlimited, until }: Budget): StepResult {
    let found: Fact | undefined;
    this.#playback.onFact = (fact) => {
      if (found === undefined && isWanted(fact)) found = fact;
    };
    const isTooLate = (at: VirtualTimeUs): boolean => until !== undefined && at > until;
    const outcome = this.#playback.play(maxEvents, (nextAt) => found !== undefined || isTooLate(nextAt));
    this.#playback.onFact = undefined;
    if (found !== undefined) return { kind: 'found', fact: found };
    if (until !== undefined && outcome !== 'exhausted') this.#playback.wait(until);
    return { kind: outcome === 'nothing' ? 'nothing' : 'exhausted' };
  }

  #stepBackwards(isWanted: (fact: Fact) => boolean, maxFacts: number): StepResult {
    const last = this.nextFact - 1;
    for (let id = last; id >= 0; id--) {
      if (last - id >= maxFacts) return { kind: 'exhausted' };
      const { fact, step } = this.#playback.find(id as FactId)!;
      if (isWanted(fact) && this.#isPast(fact, step)) return this.#backTo(fact);
    }
    return { kind: 'nothing' };
  }

  #backTo(fact: Fact): StepResult {
    this.seekToFact(fact.id);
    return { kind: 'found', fact };
  }

  /** Whether going to right after that fact would be going back. */
  #isPast(fact: Fact, step: number): boolean {
    const present = stepOf(this.position);
    return step < present || (step === present && fact.at < this.now);
  }
}

const newHistory = (first: Stretch): Omit<BranchHistory, 'id' | 'parent' | 'fork'> => ({
  inputs: [],
  stretches: [first],
  marked: [],
  seenUpTo: first.firstFact,
  end: first.start,
});
