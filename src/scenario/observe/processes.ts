/** The processes of a program that run: not ended, not paused. */
import type { Process } from '../../kernel/process.ts';
import type { World } from '../../kernel/world.ts';

export const runningProcesses = (world: World, program: string): readonly Process[] =>
  world.processes.filter((process) => process.program === program && process.status === 'running');
