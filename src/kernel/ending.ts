/** Signals, and how a process ends: by itself, or by a signal that it cannot refuse. */
import { exitCodeOf } from './effects.ts';
import type { FactId, ProcessId, Signal } from './events.ts';
import type { Kernel } from './kernel.ts';
import { dropConnectionsOf, finishClosing } from './networking.ts';
import { resume } from './pausing.ts';
import { closeWriter, forgetReader } from './streams.ts';

/**
 * SIGKILL and SIGSTOP are carried out at once; of the others the process is told, when it runs. What a process cannot pass on goes to the one
 * that has taken its place.
 */
export function sendSignal(kernel: Kernel, id: ProcessId, signal: Signal, because: FactId): void {
  const { world } = kernel;
  const process = world.processes[id];
  if (process === undefined || process.status === 'exited') return;
  if (signal === 'SIGKILL' || signal === 'SIGSTOP' || signal === 'SIGCONT') {
    const successor = world.processes.find(
      (other) => other.takesPlace && other.parent === id && other.status !== 'exited',
    );
    if (successor !== undefined) return sendSignal(kernel, successor.id, signal, because);
  }
  const cause = kernel.record(id, [because], { kind: 'signalled', signal });
  switch (signal) {
    case 'SIGKILL':
      return endProcess(kernel, id, { exitCode: exitCodeOf.SIGKILL, signal }, cause);
    case 'SIGSTOP':
      world.processes[id] = { ...process, status: 'paused' };
      return;
    case 'SIGCONT':
      if (process.status === 'paused') resume(kernel, process);
      break;
    case 'SIGINT':
    case 'SIGTERM':
    case 'SIGHUP':
    case 'SIGPIPE':
      break;
  }
  kernel.schedule({
    at: world.now,
    sequence: kernel.nextSequence(),
    kind: 'tell',
    toProcess: id,
    event: { type: 'SIGNAL', signal },
    fact: cause,
  });
}

/** Its connections close, its ports are free, its timers go, its readers see an end, its parent is told. */
export function endProcess(
  kernel: Kernel,
  id: ProcessId,
  { exitCode, signal }: { readonly exitCode: number; readonly signal: Signal | null },
  because: FactId,
): void {
  const { world } = kernel;
  const process = world.processes[id]!;
  const cause = kernel.record(id, [because], { kind: 'exited', exitCode, signal });
  world.processes[id] = { ...process, status: 'exited', exitCode, endedBy: signal };
  world.timers.delete(id);
  for (const entry of world.heldUp.get(id) ?? []) if (entry.kind === 'segment') finishClosing(world, entry);
  world.heldUp.delete(id);
  for (const [port, owner] of world.ports) if (owner === id) world.ports.delete(port);
  dropConnectionsOf(kernel, id, cause);
  forgetReader(world, id);
  for (const target of [process.stdout, process.stderr]) {
    if (target.kind === 'stream') closeWriter(kernel, target.stream, cause);
  }
  if (process.terminal !== null && process.parent === null) world.terminals.delete(process.terminal);
  if (process.parent !== null) {
    const event = { type: 'CHILD_EXITED', child: process.child, process: id, exitCode } as const;
    kernel.schedule({
      at: world.now,
      sequence: kernel.nextSequence(),
      kind: 'tell',
      toProcess: process.parent,
      event,
      fact: cause,
    });
  }
}
