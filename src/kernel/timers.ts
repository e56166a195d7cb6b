/** Timers: a process has at most one of each id; setting it again replaces it. */
import type { KernelEffects } from './effects.ts';
import type { FactId, ProcessId } from './events.ts';
import type { Kernel } from './kernel.ts';
import { later } from './time.ts';
import type { Pending, World } from './world.ts';

export function setTimer(
  kernel: Kernel,
  process: ProcessId,
  { id, delayUs, event }: KernelEffects['setTimer'],
  cause: FactId,
): void {
  const { world } = kernel;
  const dueAt = later(world.now, Math.max(0, Math.round(delayUs)));
  const fact = kernel.record(process, [cause], { kind: 'timerSet', timer: id, dueAt });
  let timers = world.timers.get(process);
  if (timers === undefined) world.timers.set(process, (timers = new Map()));
  const sequence = kernel.nextSequence();
  timers.set(id, sequence);
  kernel.schedule({ at: dueAt, sequence, kind: 'timer', toProcess: process, id, event, fact });
}

export function cancelTimer({ timers }: World, process: ProcessId, id: string): void {
  timers.get(process)?.delete(id);
}

/** A timer that was cancelled or replaced since, or whose process has ended: nothing will come of it. */
export function isVoid({ timers }: World, entry: Pending): boolean {
  return entry.kind === 'timer' && timers.get(entry.toProcess)?.get(entry.id) !== entry.sequence;
}
