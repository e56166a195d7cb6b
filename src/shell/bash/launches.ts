/** What a command line starts: a program, or a shell for a script. */
import type { Execution } from './execution.ts';
import type { Resolved } from './resolveCommand.ts';
import { resolveCommand } from './resolveCommand.ts';
import type { Launch, Streams } from './shell.ts';
import { lookUp } from './shell.ts';

interface Surroundings {
  readonly streams: Streams;
  readonly environment: Readonly<Record<string, string>>;
}

export function resolve({ shell, files, commands }: Execution, argv: readonly string[]): Resolved {
  const [name = '', ...args] = argv;
  return resolveCommand(name, args, { files, cwd: shell.cwd, searchPath: lookUp(shell, 'PATH') ?? '', commands });
}

/** Undefined where bash finds nothing to run. */
export function launchOfCommand(
  execution: Execution,
  argv: readonly string[],
  { streams, environment }: Surroundings,
): Launch | undefined {
  const resolved = resolve(execution, argv);
  if (resolved.kind === 'failure') return undefined;
  const [name = ''] = argv;
  if (resolved.kind === 'program') {
    // A script that the shell finds by itself gets its whole path as its name.
    const typed = name.includes('/') || resolved.path.startsWith('/usr/bin/') ? name : resolved.path;
    return { program: resolved.program, argv: [typed, ...argv.slice(1)], environment, streams };
  }
  const script = name.includes('/') ? name : resolved.path;
  return { program: 'bash', argv: ['bash', script, ...argv.slice(1)], environment, streams };
}
