/** The line that was typed last, and the terminal it went to: what a learner who is stuck has just tried. */
import type { StampedInput } from '../kernel/input.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';
import type { World } from '../kernel/world.ts';
import { shellOf } from '../shell/bash/shellOf.ts';

export interface LastLine {
  readonly terminal: string;
  readonly line: string;
  readonly at: VirtualTimeUs;
  /** The program that had the terminal already, and has it still: the line went to it, or waits behind it. Null: the shell had the line. */
  readonly busyWith: string | null;
  /** Where the shell is now. */
  readonly cwd: string;
  /** Of the shell's last command; null while something runs. */
  readonly exitCode: number | null;
}

/** Null before anything was typed, and where the terminal has closed since. `inputs`: up to the present. */
export function lastLineOf(world: World, inputs: readonly StampedInput[]): LastLine | null {
  const stamped = inputs.findLast(({ input }) => input.kind === 'typed' && input.line.trim() !== '');
  if (stamped?.input.kind !== 'typed') return null;
  const { terminal, line } = stamped.input;
  const here = world.processes.filter((process) => process.terminal === terminal);
  const shell = here.findLast(({ parent }) => parent === null);
  const state = shell === undefined || shell.status === 'exited' ? undefined : shellOf(shell.snapshot);
  if (state === undefined) return null;
  const running = here.filter(
    ({ parent, isForeground, status }) => parent !== null && isForeground && status !== 'exited',
  );
  const before = running.filter(({ startedAt }) => startedAt < stamped.at);
  const busy = before.find(({ program }) => isKafkaProgram(program)) ?? before.at(-1);
  return {
    terminal,
    line: line.trim(),
    at: stamped.at,
    busyWith: busy?.program ?? null,
    cwd: state.cwd,
    exitCode: running.length > 0 ? null : state.lastExit,
  };
}

const isKafkaProgram = (program: string): boolean => /^(kafka|zookeeper)-/.test(program);
