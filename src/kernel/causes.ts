/** "Why?": from a fact back to the input that began it, along the principal causes. */
import type { FactId } from './events.ts';
import type { Fact } from './facts.ts';

export interface WhyChain {
  /** The fact itself first; then the principal cause of each. Their other causes are in `causes`, after the first. */
  readonly facts: readonly Fact[];
  /** The last of them is an input, or another fact that nothing in the simulation caused; false when `maxSteps` was not enough. */
  readonly isComplete: boolean;
}

/** `find` gives undefined for a fact that is not known: the chain is then empty. */
export function walkCauses(find: (id: FactId) => Fact | undefined, id: FactId, maxSteps: number): WhyChain {
  const facts: Fact[] = [];
  for (let fact = find(id); fact !== undefined; ) {
    if (facts.length >= maxSteps) return { facts, isComplete: false };
    facts.push(fact);
    const principal = fact.causes[0];
    fact = principal === undefined ? undefined : find(principal);
  }
  return { facts, isComplete: facts.length > 0 };
}
