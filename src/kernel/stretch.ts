/**
 * A stretch of history: a checkpoint, and the facts from there to the next one. Facts may be forgotten: a replay from the checkpoint
 * gives them again.
 */
import type { FactId } from './events.ts';
import type { Fact } from './facts.ts';
import type { Position } from './position.ts';
import type { World } from './world.ts';

export class Stretch {
  readonly start: Position;
  /** The state at the start; never stepped itself. */
  readonly state: World;
  /** Facts from the start on, without a gap; empty when forgotten. */
  #facts: Fact[] = [];
  /** For each of them, the step that recorded it. */
  #steps: number[] = [];

  constructor(start: Position, state: World) {
    this.start = start;
    this.state = state;
  }

  get firstFact(): FactId {
    return this.state.nextFact;
  }

  /** The id after the last fact that is known. */
  get knownUpTo(): FactId {
    return (this.firstFact + this.#facts.length) as FactId;
  }

  /** Keeps a fact if it is the next one; a replay brings those that are known already, too. */
  keep(fact: Fact, step: number): void {
    if (fact.id !== this.knownUpTo) return;
    this.#facts.push(fact);
    this.#steps.push(step);
  }

  withoutFacts(): Stretch {
    return new Stretch(this.start, this.state);
  }

  forget(): void {
    this.#facts = [];
    this.#steps = [];
  }

  fact(id: FactId): Fact | undefined {
    return this.#facts[id - this.firstFact];
  }

  stepOf(id: FactId): number | undefined {
    return this.#steps[id - this.firstFact];
  }
}
