/** Facts of some kinds, from some time back up to the present, kept from one look to the next: only what is new is read. */
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Timeline } from '../../kernel/timeline.ts';

/** Facts looked at, at most, when the history is not known yet: older ones would have to be replayed. */
const mostLookedAt = 12_000;

export class FactHistory {
  readonly #isWanted: (fact: Fact) => boolean;
  #timeline: Timeline | null = null;
  #branch = 0;
  /** Known are the facts in [from, upTo). */
  #from = 0;
  #upTo = 0;
  #facts: Fact[] = [];
  #knownSinceUs = 0;

  constructor(isWanted: (fact: Fact) => boolean) {
    this.#isWanted = isWanted;
  }

  /** Oldest first. */
  of(timeline: Timeline): { readonly facts: readonly Fact[]; readonly knownSinceUs: number } {
    const { nextFact } = timeline;
    const branch = timeline.branch.id;
    const isOther = this.#timeline !== timeline || this.#branch !== branch || nextFact < this.#from;
    if (isOther || nextFact - this.#upTo > mostLookedAt) {
      this.#from = Math.max(0, nextFact - mostLookedAt);
      this.#upTo = this.#from;
      this.#facts = [];
      this.#knownSinceUs = timeline.fact(this.#from as FactId)?.at ?? 0;
    }
    for (const fact of timeline.factsFrom(this.#upTo as FactId)) if (this.#isWanted(fact)) this.#facts.push(fact);
    this.#timeline = timeline;
    this.#branch = branch;
    this.#upTo = Math.max(this.#upTo, nextFact);
    const facts = this.#upTo > nextFact ? this.#facts.filter(({ id }) => id < nextFact) : [...this.#facts];
    return { facts, knownSinceUs: this.#knownSinceUs };
  }
}
