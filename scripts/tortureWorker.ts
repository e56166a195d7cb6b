/** Plays seeds one after the other, or a plan from a file, and prints a JSON line for each. Started by `torture.ts` and `tortureMutants.ts`. */
import { readFileSync } from 'node:fs';
import { drawPlan } from '../src/scenario/torture/drawPlan.ts';
import type { TorturePlan } from '../src/scenario/torture/plan.ts';
import { torture } from '../src/scenario/torture/torture.ts';
import { Steppers } from '../src/kernel/stepper.ts';
import { programs } from '../src/shell/registry.ts';

const [first = '1', count = '1', stride = '1', mode = 'all'] = process.argv.slice(2);
const steppers = new Steppers(programs);
const plans: Iterable<TorturePlan> =
  first === '--plan' ? [JSON.parse(readFileSync(count, 'utf8')) as TorturePlan] : drawn();

function* drawn(): Generator<TorturePlan, void, undefined> {
  for (let at = 0; at < Number(count); at++) yield drawPlan(Number(first) + at * Number(stride));
}

for (const plan of plans) {
  const result = torture(plan, steppers);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.failure !== null && mode === 'untilFailure') break;
}
