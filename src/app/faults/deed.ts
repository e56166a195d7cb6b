/** Something that can be done to what is selected: what it sends to the simulation, or why it cannot be done now. */
import type { Input } from '../../kernel/input.ts';

/** Why a deed is impossible now; put into the learner's words elsewhere. */
export type Refusal =
  | 'isDead'
  | 'isAlive'
  /** No typed line and no start of the session's own is known that began it. */
  | 'unknownCommand'
  | 'terminalClosed'
  | 'terminalBusy'
  | 'endIsDead'
  | 'isCut'
  | 'isHealthy'
  | 'isSlow'
  | 'isLossy'
  /** The host is in that condition already. */
  | 'isSo'
  | 'noSession'
  /** No ZooKeeper server serves that could let a session expire. */
  | 'noQuorum';

export interface Deed<Verb extends string> {
  readonly verb: Verb;
  readonly refusal: Refusal | null;
  /** In their order; none when refused. */
  readonly inputs: readonly Input[];
}

export const possible = <Verb extends string>(verb: Verb, inputs: readonly Input[]): Deed<Verb> => ({
  verb,
  refusal: null,
  inputs,
});
export const refused = <Verb extends string>(verb: Verb, refusal: Refusal): Deed<Verb> => ({
  verb,
  refusal,
  inputs: [],
});
