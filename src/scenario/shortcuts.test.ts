/** Shortcuts past the charts change nothing but the speed: whole scenarios tell the same facts with and without them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digestOfFacts } from '../kernel/digest.ts';
import type { Fact } from '../kernel/facts.ts';
import { Steppers } from '../kernel/stepper.ts';
import { programs } from '../shell/registry.ts';
import { playScenario } from './player.ts';
import { readScenario } from './schema.ts';

function factsOf(name: string, takesShortcuts: boolean): { readonly count: number; readonly digest: string } {
  const scenario = readScenario(JSON.parse(readFileSync(`goldens/${name}.json`, 'utf8')));
  const facts: Fact[] = [];
  const steppers = new Steppers(programs, { takesShortcuts });
  playScenario(scenario, { programs: steppers, seed: 5, onFact: (fact) => facts.push(fact) });
  return { count: facts.length, digest: digestOfFacts(facts) };
}

describe('a scenario played with shortcuts', () => {
  test.each(['cli/deck-console', 'cluster/failover-kill-leader', 'cluster/controlled-shutdown'])(
    'tells the facts that the charts tell: %s',
    (name) => {
      expect(factsOf(name, true)).toEqual(factsOf(name, false));
    },
  );
});
