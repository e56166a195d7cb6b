/** Plays seeds one after the other, and prints a JSON line for each. Started by `torture.ts` and `tortureMutants.ts`. */
import { drawPlan } from '../src/scenario/torture/drawPlan.ts';
import { torture } from '../src/scenario/torture/torture.ts';
import { Steppers } from '../src/kernel/stepper.ts';
import { programs } from '../src/shell/registry.ts';

const [first = '1', count = '1', stride = '1', mode = 'all'] = process.argv.slice(2);
const steppers = new Steppers(programs);
for (let at = 0; at < Number(count); at++) {
  const result = torture(drawPlan(Number(first) + at * Number(stride)), steppers);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.failure !== null && mode === 'untilFailure') break;
}
