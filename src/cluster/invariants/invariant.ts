/** What an invariant is: a promise of Kafka's that is looked at after every event, and what is thrown when it does not hold. */
import type { Observation } from './observation.ts';

/** One family of promises. It may remember what it has seen: the work of a check is that of what the event changed. */
export interface Invariant {
  /** Throws `InvariantBroken`. */
  afterEvent(seen: Observation): void;
}

/** The message is in the words of the protocol; `place` says when it happened. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

export function broken(message: string): never {
  throw new InvariantBroken(message);
}
