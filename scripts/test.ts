/** Every check of the project, in one run: prints what failed, then `N passed, N failed` over all of them. Exit code 1 if anything failed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
}

const reports = mkdtempSync(join(tmpdir(), 'vive-le-log-'));

function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, FORCE_COLOR: '0', ...env },
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A command that is one check: it passes when it exits 0. */
async function check(name: string, command: string, ...args: readonly string[]): Promise<Outcome> {
  const { code, output } = await run('npx', ['--no-install', command, ...args]);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output: code === 0 ? '' : output };
}

/** A runner with a JSON report that counts its own tests. A crash without a report is one failure. */
async function counted(
  name: string,
  args: readonly string[],
  report: string,
  env: Readonly<Record<string, string>>,
  count: (json: string) => { readonly passed: number; readonly failed: number },
): Promise<Outcome> {
  const { code, output } = await run('npx', ['--no-install', ...args], env);
  const { passed, failed } = existsSync(report) ? count(readFileSync(report, 'utf8')) : { passed: 0, failed: 0 };
  const crashed = code !== 0 && failed === 0 ? 1 : 0;
  return { name, passed, failed: failed + crashed, output: code === 0 ? '' : output };
}

const unitReport = join(reports, 'unit.json');
const unit = (): Promise<Outcome> =>
  counted(
    'unit, properties, vectors, recordings',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    unitReport,
    {},
    (json) => {
      const { numPassedTests, numFailedTests } = JSON.parse(json) as { numPassedTests: number; numFailedTests: number };
      return { passed: numPassedTests, failed: numFailedTests };
    },
  );

const pageReport = join(reports, 'page.json');
const page = (): Promise<Outcome> =>
  counted(
    'pages in a browser',
    ['playwright', 'test', '--reporter=list,json'],
    pageReport,
    { PLAYWRIGHT_JSON_OUTPUT_NAME: pageReport },
    (json) => {
      const { stats } = JSON.parse(json) as { stats: { expected: number; unexpected: number; flaky: number } };
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
    },
  );

/** Seeds of random clusters under random faults, each counted as a test; it takes all cores by itself. */
async function torture(): Promise<Outcome> {
  const { code, output } = await run('npx', ['--no-install', 'tsx', 'scripts/torture.ts', '--seeds', '200']);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [null, '0', '1'];
  const crashed = code !== 0 && failed === '0' ? 1 : 0;
  const isWell = code === 0;
  return {
    name: '200 seeds of torture',
    passed: Number(passed),
    failed: Number(failed) + crashed,
    output: isWell ? '' : output,
  };
}

/** Static checks are quick and keep one core busy while the tests keep the other. */
async function staticChecks(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const program of ['model', 'app', 'node'])
    outcomes.push(await check(`types of the ${program}`, 'tsc', '-p', `tsconfig.${program}.json`));
  outcomes.push(await check('lint and layers', 'oxlint', '--type-aware', '--deny-warnings'));
  outcomes.push(await check('format', 'biome', 'format', '.'));
  outcomes.push(await check('unused code', 'knip'));
  outcomes.push(await check('production build', 'vite', 'build'));
  outcomes.push(await check('size budgets', 'tsx', 'scripts/sizeBudget.ts'));
  return outcomes;
}

const [statics, units] = await Promise.all([staticChecks(), unit()]);
const outcomes = [...statics, units, await torture(), await page()];
for (const { name, passed, failed, output } of outcomes) {
  if (output !== '') console.log(`\n──── ${name}\n${output}`);
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed`);
}
const total = (key: 'passed' | 'failed'): number => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') === 0 ? 0 : 1);
