/**
 * `npm run -s torture -- --seeds N [--from S]`: random clusters under random faults, every invariant checked after every event, on all cores.
 * A seed that fails prints the line that replays it, and leaves itself shrunk as a scenario file, `torture-<seed>.json`: `npm run -s scenario --
 * FILE` or `--file FILE` here play that again.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Steppers } from '../src/kernel/stepper.ts';
import { format } from '../src/scenario/format.ts';
import { drawPlan } from '../src/scenario/torture/drawPlan.ts';
import type { TorturePlan } from '../src/scenario/torture/plan.ts';
import { planIn, scenarioOf } from '../src/scenario/torture/scenarioFile.ts';
import { shrinkPlan } from '../src/scenario/torture/shrinkPlan.ts';
import type { TortureResult } from '../src/scenario/torture/torture.ts';
import { torture } from '../src/scenario/torture/torture.ts';
import { programs } from '../src/shell/registry.ts';
import { buildTortureWorker } from './buildTortureWorker.ts';

const args = process.argv.slice(2);
const valueOf = (flag: string, otherwise: string): string =>
  args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? otherwise) : otherwise;

const totals = {
  elections: 0,
  uncleanElections: 0,
  truncations: 0,
  isrChanges: 0,
  rebalances: 0,
  cleanings: 0,
  transactionsCommitted: 0,
  transactionsAborted: 0,
  acknowledged: 0,
  consumed: 0,
  faults: 0,
  lostAsAllowed: 0,
};
let [passed, failed] = [0, 0];

function count(result: TortureResult): void {
  if (result.failure === null) passed += 1;
  else failed += 1;
  for (const key of Object.keys(totals) as (keyof typeof totals)[])
    totals[key] += key === 'faults' || key === 'lostAsAllowed' ? result[key] : result.totals[key];
}

function report(result: TortureResult, replay: string): void {
  console.log(`FAIL ${result.failure}\n     replay: ${replay}`);
}

/** One process a core, each with every so many-th seed. */
async function playOnAllCores(seeds: number, from: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'torture-'));
  const built = await buildTortureWorker(folder);
  const workers = Math.min(seeds, availableParallelism());
  const play = (worker: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const own = Math.ceil((seeds - worker) / workers);
      const child = spawn(process.execPath, [...built, String(from + worker), String(own), String(workers)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        const result = JSON.parse(line) as TortureResult;
        count(result);
        if (result.failure === null) return;
        report(result, `npm run -s torture -- --seeds 1 --from ${result.seed}`);
        if (failed <= 3) shrink(drawPlan(result.seed));
      });
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve() : reject(new Error(`A worker ended with exit code ${code}.`)),
      );
    });
  try {
    await Promise.all(Array.from({ length: workers }, (_, worker) => play(worker)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function shrink(plan: TorturePlan): void {
  const steppers = new Steppers(programs);
  const small = shrinkPlan(plan, (candidate) => torture(candidate, steppers).failure);
  const file = `torture-${plan.seed}.json`;
  writeFileSync(file, `${format(scenarioOf(small, torture(small, steppers)))}\n`);
  console.log(
    `     shrunk to ${small.faults.length} faults, ${small.clients.length} clients: npm run -s scenario -- ${file}`,
  );
}

const file = valueOf('--file', '');
if (file === '') await playOnAllCores(Number(valueOf('--seeds', '20')), Number(valueOf('--from', '1')));
else {
  const plan = planIn(JSON.parse(readFileSync(file, 'utf8')));
  if (plan === null) throw new Error(`${file} is not the scenario of a torture.`);
  const result = torture(plan, programs);
  count(result);
  if (result.failure !== null) report(result, `npm run -s scenario -- ${file}`);
}
console.log(
  `${totals.elections} elections (${totals.uncleanElections} unclean), ${totals.truncations} truncations, ${totals.isrChanges} ISR changes, ${totals.rebalances} rebalances, ` +
    `${totals.cleanings} cleanings, ${totals.transactionsCommitted} transactions (${totals.transactionsAborted} aborted), ${totals.faults} faults; ${totals.acknowledged} records acknowledged, ${totals.consumed} consumed, ${totals.lostAsAllowed} lost as allowed`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
