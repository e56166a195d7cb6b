/**
 * Plays one branch at a time: on from where it stands, or again from a checkpoint, and keeps what it meets: checkpoints, marked facts,
 * all facts of the stretches looked at last.
 */
import type { BranchHistory } from './branch.ts';
import type { FactId } from './events.ts';
import type { Fact } from './facts.ts';
import { isMarked } from './facts.ts';
import { Player } from './player.ts';
import type { Position } from './position.ts';
import { isBefore, stepOf } from './position.ts';
import type { Simulation } from './simulation.ts';
import { Stretch } from './stretch.ts';
import type { VirtualTimeUs } from './time.ts';
import type { World } from './world.ts';

/**
 * A checkpoint is kept after this many events, or this much work, whichever comes first; never for fewer events than the least, so that a
 * history on a slow machine costs no more memory than elsewhere.
 */
const checkpointSpacing = { events: 2000, workMs: 25, least: 1000 } as const;
/** Stretches whose facts are all kept; those of the others are replayed when asked for. */
const rememberedStretches = 10;
/** Looking at the stopwatch at every event would cost more than it tells. */
const eventsBetweenGlances = 32;

export type MakeSimulation = (onFact: (fact: Fact) => void) => Simulation;

export class Playback {
  readonly seed: number;
  readonly #stopwatch: (() => number) | undefined;
  readonly #player: Player;
  #branch: BranchHistory;
  /** Which stretch of the branch the present is in. */
  #index: number;
  /** Work since the last checkpoint, in milliseconds. */
  #workMs = 0;
  /** Stretches that have facts, the one looked at last at the end. */
  #remembered: readonly Stretch[] = [];
  /** Replays forgotten facts, without a move of the present. */
  #replayer: Player | undefined;
  #replayed: Stretch | undefined;
  /** Hears every fact as it is recorded, again and again when it is replayed. */
  onFact: ((fact: Fact) => void) | undefined;

  /** `begin` makes the branch to be played, from a checkpoint of the simulation as it was made. */
  constructor(
    make: MakeSimulation,
    seed: number,
    stopwatch: (() => number) | undefined,
    begin: (here: Stretch) => { readonly branch: BranchHistory; readonly index: number },
  ) {
    this.seed = seed;
    this.#stopwatch = stopwatch;
    const simulation = make((fact) => this.#keep(fact));
    const { eventCount, now } = simulation.world;
    const { branch, index } = begin(new Stretch({ eventCount, inputCount: 0, at: now }, simulation.checkpoint()));
    this.#branch = branch;
    this.#index = index;
    this.#player = new Player(simulation, seed, branch.inputs, branch.stretches[index]!.start.inputCount);
  }

  get world(): World {
    return this.#player.simulation.world;
  }
  get position(): Position {
    return this.#player.position;
  }
  get branch(): BranchHistory {
    return this.#branch;
  }
  get nextAt(): VirtualTimeUs | undefined {
    return this.#player.nextAt();
  }
  /** The stretch of the present. */
  get stretch(): Stretch {
    return this.#branch.stretches[this.#index]!;
  }

  /** The branch is known at least as far as the present. */
  noteEnd(): void {
    if (isBefore(this.#branch.end, this.position)) this.#branch.end = this.position;
  }

  /** An independent simulation at the present state. */
  another(onFact: (fact: Fact) => void): Simulation {
    return this.#player.simulation.another(this.world, onFact);
  }

  /** Goes to the beginning of a branch. */
  open(branch: BranchHistory): void {
    this.#branch = branch;
    this.#goToStretch(0);
  }

  /** Goes on, in a branch that shares all up to the present and has a stretch that starts here. */
  continueIn(branch: BranchHistory): void {
    this.#branch = branch;
    this.#index = branch.stretches.length - 1;
    this.#player.inputs = branch.inputs;
    this.#workMs = 0;
  }

  /** Plays on until `isDone`, asked before each step with the time of what is next; or until nothing is left to happen. */
  play(maxEvents: number, isDone: (nextAt: VirtualTimeUs) => boolean): 'done' | 'exhausted' | 'nothing' {
    const player = this.#player;
    let lookedAt = this.#stopwatch?.() ?? 0;
    const glance = (): void => {
      if (this.#stopwatch === undefined) return;
      const time = this.#stopwatch();
      this.#workMs += time - lookedAt;
      lookedAt = time;
    };
    for (let played = 0; ; played++) {
      const next = player.nextAt();
      const outcome =
        next === undefined ? 'nothing' : isDone(next) ? 'done' : played >= maxEvents ? 'exhausted' : undefined;
      if (outcome !== undefined) {
        glance();
        return outcome;
      }
      player.playNext();
      if (played % eventsBetweenGlances === 0) glance();
      this.#crossCheckpoint();
    }
  }

  /** Plays exactly the next event or input. */
  playOne(): void {
    this.#player.playNext();
    this.#crossCheckpoint();
  }

  /** Waits until an instant before which nothing happens. */
  wait(until: VirtualTimeUs): void {
    if (this.world.now < until) this.#player.simulation.advanceTo(until);
  }

  /** Goes to the last checkpoint that serves, unless the present serves and is nearer. */
  startFrom(serves: (stretch: Stretch) => boolean, presentServes: boolean): void {
    this.noteEnd();
    const index = Math.max(
      0,
      this.#branch.stretches.findLastIndex((stretch) => serves(stretch)),
    );
    if (!presentServes || index > this.#index) this.#goToStretch(index);
  }

  /** Keeps a checkpoint of the present. */
  openStretch(): void {
    this.#branch.stretches.push(this.checkpoint());
    this.#index = this.#branch.stretches.length - 1;
    this.#workMs = 0;
  }

  checkpoint(): Stretch {
    return new Stretch(this.position, this.#player.simulation.checkpoint());
  }

  /** A fact of the branch and the step that recorded it; replayed if it was forgotten; undefined beyond what has been played. */
  find(id: FactId): { readonly fact: Fact; readonly step: number } | undefined {
    if (id < 0 || id >= this.#branch.seenUpTo) return undefined;
    const index = this.#stretchOf(id);
    const stretch = this.#branch.stretches[index]!;
    if (stretch.fact(id) === undefined) this.#replay(index);
    return { fact: stretch.fact(id)!, step: stretch.stepOf(id)! };
  }

  #crossCheckpoint(): void {
    const next = this.#branch.stretches[this.#index + 1];
    if (next !== undefined) {
      if (this.#player.step >= stepOf(next.start)) this.#index++;
      return;
    }
    const events = this.world.eventCount - this.stretch.start.eventCount;
    if (
      events >= checkpointSpacing.events ||
      (events >= checkpointSpacing.least && this.#workMs >= checkpointSpacing.workMs)
    )
      this.openStretch();
  }

  #goToStretch(index: number): void {
    const { start, state } = this.#branch.stretches[index]!;
    this.#index = index;
    this.#player.goTo(state, this.#branch.inputs, start.inputCount);
    this.#workMs = 0;
  }

  #keep(fact: Fact): void {
    const branch = this.#branch;
    const { stretch } = this;
    const { step } = this.#player;
    stretch.keep(fact, step);
    if (this.#remembered.at(-1) !== stretch) this.#remember(stretch);
    if (fact.id >= branch.seenUpTo) {
      branch.seenUpTo = (fact.id + 1) as FactId;
      if (isMarked(fact)) branch.marked.push({ fact, step });
    }
    this.onFact?.(fact);
  }

  #remember(stretch: Stretch): void {
    const remembered = [...this.#remembered.filter((other) => other !== stretch), stretch];
    for (const old of remembered.splice(0, remembered.length - rememberedStretches)) old.forget();
    this.#remembered = remembered;
  }

  #stretchOf(id: FactId): number {
    const { stretches } = this.#branch;
    let [low, high] = [0, stretches.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (stretches[middle]!.firstFact <= id) low = middle;
      else high = middle;
    }
    return low;
  }

  #replay(index: number): void {
    const { stretches, inputs, seenUpTo } = this.#branch;
    const stretch = stretches[index]!;
    const before = stretches[index + 1]?.firstFact ?? seenUpTo;
    this.#replayer ??= new Player(
      this.another((fact) => this.#replayed?.keep(fact, this.#replayer!.step)),
      this.seed,
      inputs,
      0,
    );
    this.#replayed = stretch;
    this.#remember(stretch);
    this.#replayer.goTo(stretch.state, inputs, stretch.start.inputCount);
    while (this.#replayer.simulation.world.nextFact < before) this.#replayer.playNext();
    this.#replayed = undefined;
  }
}
