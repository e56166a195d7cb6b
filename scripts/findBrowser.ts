/**
 * Which browser the tests drive: `CHROMIUM_PATH`, an installed Chrome, Chromium or Edge, Playwright's own if it was downloaded, else the one
 * that an npm package carries (x86-64 Linux only). `BROWSER_SKIP=system,playwright` leaves sources out.
 */
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { brotliDecompressSync } from 'node:zlib';

export interface Browser {
  readonly from: 'CHROMIUM_PATH' | 'system' | 'playwright' | 'npm';
  readonly executablePath: string;
  /** Added to the environment it is launched with. */
  readonly env: Readonly<Record<string, string>>;
}

/** Throws one clear line when there is none. */
export async function findBrowser(environment: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const named = environment['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names a file that does not exist: ${named}`);
    return { from: 'CHROMIUM_PATH', executablePath: named, env: {} };
  }
  const skipped = (environment['BROWSER_SKIP'] ?? '').split(',');
  const system = skipped.includes('system')
    ? undefined
    : (onPath(environment) ?? installedPlaces(environment).find(existsSync));
  if (system !== undefined) return { from: 'system', executablePath: system, env: {} };
  const own = chromium.executablePath();
  if (!skipped.includes('playwright') && existsSync(own)) return { from: 'playwright', executablePath: own, env: {} };
  const carried = await fromNpm();
  if (carried !== null) return carried;
  throw new Error(
    'No browser for the tests: install Chrome, Chromium or Edge, or run "npx playwright install chromium", or set CHROMIUM_PATH to one.',
  );
}

/** For any Chromium in a test: no network of its own, no GPU; without its sandbox only where root or a container cannot have it. */
export const launchArguments: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.platform === 'linux' && (userInfo().uid === 0 || existsSync('/.dockerenv')) ? ['--no-sandbox'] : []),
];

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

function onPath({ PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  return names
    .flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)))
    .find((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where macOS and Windows keep browsers that are not on the path. */
function installedPlaces(environment: NodeJS.ProcessEnv): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return [];
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = environment[variable];
    if (folder === undefined) return [];
    return ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((path) =>
      join(folder, path),
    );
  });
}

/** Unpacks the browser of the optional package, and the libraries it needs; null where it is not installed or cannot run. */
async function fromNpm(): Promise<Browser | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const archive = libraryArchive();
  if (archive === null) return null;
  // One folder a user: two users of a machine must not unpack over each other.
  const libraries = join(tmpdir(), `vive-le-log-libraries-${userInfo().uid}`);
  if (!existsSync(libraries)) unpack(archive, libraries);
  const { default: carried } = await import('@sparticuz/chromium');
  return {
    from: 'npm',
    executablePath: await carried.executablePath(),
    env: { LD_LIBRARY_PATH: join(libraries, 'lib') },
  };
}

function libraryArchive(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    const root = entry.slice(0, entry.lastIndexOf(join('chromium', 'build')) + 'chromium'.length);
    return join(root, 'bin', 'al2023.tar.br');
  } catch {
    return null;
  }
}

function unpack(archive: string, into: string): void {
  const unfinished = `${into}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const tar = join(unfinished, 'libraries.tar');
  writeFileSync(tar, brotliDecompressSync(readFileSync(archive)));
  execFileSync('tar', ['xf', tar, '-C', unfinished]);
  rmSync(tar);
  renameSync(unfinished, into);
}
