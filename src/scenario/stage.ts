/** What a play needs of a simulation, whether alone (`Simulation`) or with its history: its state, inputs, and running on. */
import type { Input } from '../kernel/input.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';
import { later } from '../kernel/time.ts';
import type { World } from '../kernel/world.ts';

export interface Stage {
  readonly world: World;
  apply(input: Input): void;
  /** Handles one event; false when there is none. */
  step(): boolean;
  nextEventAt(): VirtualTimeUs | undefined;
  advanceTo(at: VirtualTimeUs): void;
}

/** Runs on until the condition holds; false when it does not within the time. */
export function runUntil(stage: Stage, isMet: () => boolean, withinUs: number): boolean {
  const deadline = later(stage.world.now, withinUs);
  while (!isMet()) {
    const next = stage.nextEventAt();
    if (next === undefined || next > deadline) {
      stage.advanceTo(deadline);
      return isMet();
    }
    stage.step();
  }
  return true;
}

/** Runs on for exactly so long. */
export function runFor(stage: Stage, durationUs: number): void {
  runUntil(stage, () => false, durationUs);
}
