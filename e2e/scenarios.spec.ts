/** Recordings of real Kafka, played at the page's own terminals: every exit code, line and observed state is equal. */
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { compareScenarios, type RecordedScenario } from '../src/scenario/compare.ts';
import type { Got } from '../src/scenario/got.ts';
import { readScenario } from '../src/scenario/schema.ts';
import { ScenarioOnPage } from './scenarioOnPage.ts';

const recordings = [
  'cli/deck-console',
  'cli/topics-alter-delete',
  'cli/console-keys',
  'cluster/partitions-key-placement',
] as const;

test.describe('the page behaves as real Kafka was recorded to', () => {
  for (const name of recordings) {
    test(name, async ({ page }) => {
      const recorded = JSON.parse(readFileSync(`goldens/${name}.json`, 'utf8')) as RecordedScenario;
      const scenario = readScenario(recorded);
      const play = new ScenarioOnPage(page, scenario);
      await play.open();

      const gots: Got[] = [];
      for (const step of scenario.steps) gots.push(await play.step(step));

      const steps = recorded.steps.map((step, index) => ({ ...step, got: gots[index]! }));
      expect(compareScenarios(recorded, { ...recorded, steps }).different.join('\n')).toBe('');
    });
  }
});
