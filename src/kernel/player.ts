/** A simulation and the inputs it is fed with, each at its place in the history: what a replay is made of. */
import type { StampedInput } from './input.ts';
import type { Position } from './position.ts';
import type { Simulation } from './simulation.ts';
import type { VirtualTimeUs } from './time.ts';
import type { World } from './world.ts';

export class Player {
  readonly simulation: Simulation;
  readonly #seed: number;
  inputs: readonly StampedInput[];
  inputCount: number;

  constructor(simulation: Simulation, seed: number, inputs: readonly StampedInput[], inputCount: number) {
    this.simulation = simulation;
    this.#seed = seed;
    this.inputs = inputs;
    this.inputCount = inputCount;
  }

  get position(): Position {
    const { eventCount, now } = this.simulation.world;
    return { eventCount, inputCount: this.inputCount, at: now };
  }

  /** Events handled and inputs applied. */
  get step(): number {
    return this.simulation.world.eventCount + this.inputCount;
  }

  goTo(state: World, inputs: readonly StampedInput[], inputCount: number): void {
    this.simulation.restore(state);
    this.inputs = inputs;
    this.inputCount = inputCount;
  }

  /** When the next event is handled or the next input applied; undefined when neither will ever be. */
  nextAt(): VirtualTimeUs | undefined {
    const next = this.simulation.nextEventAt();
    return this.#dueInput(next)?.at ?? next;
  }

  /** Handles the next event, or applies the next input. */
  playNext(): void {
    const { simulation } = this;
    try {
      const due = this.#dueInput(simulation.nextEventAt());
      if (due === undefined) {
        simulation.step();
        return;
      }
      simulation.advanceTo(due.at);
      this.inputCount++;
      simulation.apply(due.input);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${message} — seed ${this.#seed}, event ${simulation.world.eventCount}`, { cause: error });
    }
  }

  /**
   * The next input, if nothing comes before it. In a faithful replay it is due exactly after its number of events; in a session that
   * another version of the programs has recorded the numbers differ, and the time decides.
   */
  #dueInput(nextEventAt: VirtualTimeUs | undefined): StampedInput | undefined {
    const input = this.inputs[this.inputCount];
    if (input === undefined) return undefined;
    if (nextEventAt === undefined || nextEventAt > input.at) return input;
    return nextEventAt === input.at && this.simulation.world.eventCount >= input.afterEvent ? input : undefined;
  }
}
