/** Commands that run another: they leave it to a shell to find it. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { spawn } from '../effects.ts';

export interface Delegated {
  readonly child: number;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** False: it reads nothing, for its parent has read all there was. */
  readonly readsInput?: boolean;
  /** Appended to, if not the command's own output. */
  readonly outputFile?: string;
}

/** Starts a command line, word for word, in a shell. */
export function delegate(
  input: ProcessInput,
  { child, argv, env = input.env, readsInput = true, outputFile }: Delegated,
): KernelEffect {
  const output =
    outputFile === undefined
      ? ({ kind: 'inherit' } as const)
      : ({ kind: 'file', path: outputFile, append: true } as const);
  return spawn({
    child,
    program: 'bash',
    argv: ['bash', '-c', '"$@"', input.argv[0] ?? 'bash', ...argv],
    cwd: input.cwd,
    env,
    stdin: readsInput ? { kind: 'inherit' } : { kind: 'null' },
    stdout: output,
    stderr: output,
    foreground: true,
  });
}
