/** `npm run -s scenario -- FILE [SEED]`: plays a scenario file and prints it with every step's `got` filled. */
import { readFileSync } from 'node:fs';
import { format } from '../src/scenario/format.ts';
import { playFile } from '../src/scenario/playFile.ts';
import { programs } from '../src/shell/registry.ts';

const [file, seed = '1'] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npm run -s scenario -- FILE [SEED]');
  process.exit(2);
}
console.log(format(playFile(JSON.parse(readFileSync(file, 'utf8')), { programs, seed: Number(seed) })));
