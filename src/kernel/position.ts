/** Where a simulation stands in a history: how many events it has handled, how many inputs were applied, and what its clock shows. */
import type { VirtualTimeUs } from './time.ts';

export interface Position {
  readonly eventCount: number;
  readonly inputCount: number;
  readonly at: VirtualTimeUs;
}

/** Every event and every input is one step. */
export const stepOf = ({ eventCount, inputCount }: Position): number => eventCount + inputCount;

/** Whether a position comes before another of the same history; of two with the same steps, the earlier clock is before. */
export const isBefore = (one: Position, other: Position): boolean =>
  stepOf(one) < stepOf(other) || (stepOf(one) === stepOf(other) && one.at < other.at);
