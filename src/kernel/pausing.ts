/** A paused process (SIGSTOP) handles nothing; what arrives meanwhile waits, and is handled in its order when it goes on (SIGCONT). */
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';
import type { Deliverable } from './world.ts';

/** True when the process cannot handle that now: it waits, and what arrived before it comes first. */
export function mustWait(kernel: Kernel, process: Process, entry: Deliverable): boolean {
  const { world } = kernel;
  const waiting = world.heldUp.get(process.id);
  if (process.status === 'running' && waiting === undefined) return false;
  world.heldUp.set(process.id, waiting === undefined ? [entry] : [...waiting, entry]);
  if (process.status === 'running')
    kernel.schedule({ at: world.now, sequence: kernel.nextSequence(), kind: 'catchUp', toProcess: process.id });
  return true;
}

/** All that arrived meanwhile is to be handled now, before anything that arrives from now on. */
export function resume(kernel: Kernel, process: Process): void {
  const { world } = kernel;
  world.processes[process.id] = { ...process, status: 'running' };
  const count = world.heldUp.get(process.id)?.length ?? 0;
  for (let i = 0; i < count; i++)
    kernel.schedule({ at: world.now, sequence: kernel.nextSequence(), kind: 'catchUp', toProcess: process.id });
}

/** Takes the first of what waited; undefined when the process is paused again. */
export function takeHeldUp({ world: { heldUp } }: Kernel, process: Process): Deliverable | undefined {
  const [entry, ...rest] = heldUp.get(process.id) ?? [];
  if (entry === undefined || process.status === 'paused') return undefined;
  if (rest.length === 0) heldUp.delete(process.id);
  else heldUp.set(process.id, rest);
  return entry;
}
