/** `npm run -s compare -- EXPECTED.json ACTUAL.json`, or two folders: the steps that differ, then "N equal, M different"; exit 1 if any. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedScenario } from '../src/scenario/compare.ts';
import { compareScenarios } from '../src/scenario/compare.ts';

const read = (file: string): RecordedScenario => JSON.parse(readFileSync(file, 'utf8')) as RecordedScenario;

function pairsOf(expected: string, actual: string): readonly (readonly [string, string])[] {
  if (!statSync(expected).isDirectory()) return [[expected, actual]];
  return readdirSync(expected)
    .filter((name) => name.endsWith('.json') && 'steps' in read(join(expected, name)))
    .sort()
    .map((name) => [join(expected, name), join(actual, name)] as const);
}

const [expected, actual] = process.argv.slice(2);
if (expected === undefined || actual === undefined) {
  console.error('usage: npm run -s compare -- EXPECTED.json ACTUAL.json (or two folders)');
  process.exit(2);
}
let [equal, different] = [0, 0];
for (const [left, right] of pairsOf(expected, actual)) {
  const scenario = read(left);
  const played = existsSync(right) ? read(right) : { id: scenario.id, steps: [] };
  const result = compareScenarios(scenario, played);
  equal += result.equal;
  different += result.different.length;
  if (result.different.length > 0) console.log(`${scenario.id}\n${result.different.join('\n')}`);
}
console.log(`${equal} equal, ${different} different`);
process.exit(different > 0 ? 1 : 0);
