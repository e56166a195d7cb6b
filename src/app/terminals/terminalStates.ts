/** The terminals of the virtual machine at an instant: which are open, what runs at each, whether it waits for a line. */
import type { Process } from '../../kernel/process.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { World } from '../../kernel/world.ts';

export interface TerminalState {
  readonly terminal: string;
  /** Its latest shell, alive or not. */
  readonly shell: Process;
  /** The program in front of the shell; null at the prompt. */
  readonly running: string | null;
  /** Somebody reads the keyboard, and has read all that was typed. */
  readonly awaitsLine: boolean;
  /** The shell has ended by itself: what it printed is still there. */
  readonly isClosed: boolean;
}

/** In the order in which they were opened first; those that were closed are left out. */
export function terminalStatesOf(world: World): readonly TerminalState[] {
  const shells = new Map<string, Process>();
  const running = new Map<string, string>();
  for (const process of world.processes) {
    const { terminal, parent, status, isForeground, program } = process;
    if (terminal === null) continue;
    if (parent === null) shells.set(terminal, process);
    else if (isForeground && status !== 'exited') running.set(terminal, program);
  }
  return [...shells.values()].filter((shell) => !wasHungUp(shell)).map((shell) => stateOf(world, shell, running));
}

function stateOf(world: World, shell: Process, running: ReadonlyMap<string, string>): TerminalState {
  const terminal = shell.terminal!;
  const stream = world.streams.get(world.terminals.get(terminal) ?? -1);
  return {
    terminal,
    shell,
    running: running.get(terminal) ?? null,
    awaitsLine: stream !== undefined && stream.waiting.length > 0 && stream.chunks.length === 0,
    isClosed: shell.status === 'exited',
  };
}

/** Closing a terminal hangs up its shell. */
const wasHungUp = ({ status, endedBy, exitCode }: Process): boolean =>
  status === 'exited' && (endedBy === 'SIGHUP' || exitCode === exitCodeOf.SIGHUP);

/** For a terminal that is opened by hand. */
export function freeTerminalName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = `terminal-${number}`;
    if (!taken.includes(name)) return name;
  }
}
