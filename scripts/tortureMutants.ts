/**
 * `npm run -s torture:mutants [-- --seeds N] [--only TEXT]`: plants each bug of `mutants.ts` in a copy, and tortures it until a seed fails. A bug
 * that N seeds do not find is a hole in the checks: exit 1. The tree is left as it is.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { buildTortureWorker, root } from './buildTortureWorker.ts';
import { type Mutant, mutants } from './mutants.ts';

const run = promisify(execFile);
const args = process.argv.slice(2);
const valueOf = (flag: string, otherwise: string): string =>
  args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? otherwise) : otherwise;
const seeds = valueOf('--seeds', '150');
const only = valueOf('--only', '');
const folder = mkdtempSync(join(tmpdir(), 'mutants-'));

/** Replaces the text in the copy; the text is there exactly once. */
function plant({ edits }: Mutant): Plugin {
  return {
    name: 'plant',
    enforce: 'pre',
    load(id) {
      const own = edits.filter(({ file }) => resolve(root, file) === id);
      if (own.length === 0) return null;
      return own.reduce((source, { find, replace }) => source.replace(find, () => replace), readFileSync(id, 'utf8'));
    },
  };
}

/** How often the text is there: a bug that cannot be planted is told, not skipped. */
const isPlantable = ({ edits }: Mutant): boolean =>
  edits.every(({ file, find }) => readFileSync(resolve(root, file), 'utf8').split(find).length === 2);

async function play(mutant: Mutant, number: number): Promise<string | null> {
  if (!isPlantable(mutant)) return null;
  const worker = await buildTortureWorker(join(folder, String(number)), [plant(mutant)]);
  const { stdout } = await run(process.execPath, [...worker, '1', seeds, '1', 'untilFailure'], {
    maxBuffer: 1e8,
  }).catch((crash: { stdout: string; message: string }) => ({
    stdout: `${crash.stdout}${JSON.stringify({ failure: crash.message.slice(0, 300) })}\n`,
  }));
  const failures = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { failure: string | null }).failure)
    .filter((failure) => failure !== null);
  return failures[0] ?? null;
}

const waiting = [...mutants.entries()].filter(([, { name }]) => name.includes(only));
let [caught, missed] = [0, 0];
async function playNext(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [number, mutant] = next;
    const found = await play(mutant, number);
    if (found === null) missed += 1;
    else caught += 1;
    const why = isPlantable(mutant) ? `not caught by ${seeds} seeds` : 'not planted: its text is not there';
    console.log(
      found === null ? `MISSED ${mutant.name}: ${why}` : `caught ${mutant.name}\n       ${found.split('\n')[0]}`,
    );
  }
}
try {
  await Promise.all(Array.from({ length: availableParallelism() }, () => playNext()));
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${caught} caught, ${missed} missed`);
process.exit(missed === 0 ? 0 : 1);
