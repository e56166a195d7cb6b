/**
 * Plays every file of algorithm vectors in a folder against our implementation: `npm run -s vectors -- FOLDER`.
 *
 * Prints `name: N equal, M different` for each, and exits 1 when anything differs or cannot be played. `--show` prints the first
 * difference of each file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playVectors } from '../src/kafka/vectors/playVectors.ts';

const args = process.argv.slice(2);
const show = args.includes('--show');
const folder = args.find((arg) => !arg.startsWith('--')) ?? 'goldens/algorithms';
let hasDifference = false;
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const name = file.slice(0, -'.json'.length);
  const result = playVectors(name, JSON.parse(readFileSync(join(folder, file), 'utf8')));
  if (result === null) {
    console.log(`${name}: not known`);
    hasDifference = true;
    continue;
  }
  const { equal, differences } = result;
  console.log(`${name}: ${equal} equal, ${differences.length} different`);
  if (differences.length > 0) hasDifference = true;
  if (show && differences[0] !== undefined) console.log(`  case ${differences[0].index}: ${differences[0].path}`);
}
process.exitCode = hasDifference ? 1 : 0;
