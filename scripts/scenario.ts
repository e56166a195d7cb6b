/** `npm run -s scenario -- FILE [SEED]`: plays a scenario file and prints it with every step's `got` filled. */
import { readFileSync } from 'node:fs';
import { format } from '../src/scenario/format.ts';
import { playFile } from '../src/scenario/playFile.ts';
import { ScenarioError } from '../src/scenario/scenarioError.ts';
import { programs } from '../src/shell/registry.ts';

const [file, seed = '1'] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npm run -s scenario -- FILE [SEED]');
  process.exit(2);
}
try {
  console.log(format(playFile(JSON.parse(readFileSync(file, 'utf8')), { programs, seed: Number(seed) })));
} catch (problem) {
  const isOfFile = problem instanceof ScenarioError || problem instanceof SyntaxError || isMissing(problem);
  if (!isOfFile) throw problem;
  console.error(`${file}: ${problem.message}`);
  process.exit(1);
}

function isMissing(problem: unknown): problem is Error {
  return problem instanceof Error && 'code' in problem;
}
