/** The latest facts of a kind, kept from one look to the next: only what is new is read. */
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Timeline } from '../../kernel/timeline.ts';

const shown = 8;
/** Facts looked at, at most: older ones may have to be replayed. Marked facts are kept, and found however old. */
const mostLookedAt = 6000;

export class RecentFacts {
  #timeline: Timeline | null = null;
  #branch = 0;
  #key = '';
  #upTo = 0;
  #found: readonly Fact[] = [];

  /** Up to the present, newest first. `key` names what `isWanted` looks for. */
  of(timeline: Timeline, key: string, isWanted: (fact: Fact) => boolean): readonly Fact[] {
    const { nextFact } = timeline;
    const branch = timeline.branch.id;
    const goesOn =
      this.#timeline === timeline &&
      this.#branch === branch &&
      this.#key === key &&
      nextFact >= this.#upTo &&
      nextFact - this.#upTo <= mostLookedAt;
    if (!goesOn) this.#found = lookBack(timeline, isWanted);
    else if (nextFact > this.#upTo) {
      const fresh = [...timeline.factsFrom(this.#upTo as FactId)].filter((fact) => isWanted(fact));
      if (fresh.length > 0) this.#found = [...fresh.reverse(), ...this.#found].slice(0, shown);
    }
    this.#timeline = timeline;
    this.#branch = branch;
    this.#key = key;
    this.#upTo = nextFact;
    return this.#found;
  }
}

function lookBack(timeline: Timeline, isWanted: (fact: Fact) => boolean): readonly Fact[] {
  const found: Fact[] = [];
  const oldest = Math.max(0, timeline.nextFact - mostLookedAt);
  for (let id = timeline.nextFact - 1; id >= oldest && found.length < shown; id--) {
    const fact = timeline.fact(id as FactId);
    if (fact !== undefined && isWanted(fact)) found.push(fact);
  }
  const older = timeline.markedFacts().filter((fact) => fact.id < oldest && isWanted(fact));
  return [...found, ...older.reverse()].slice(0, shown);
}
