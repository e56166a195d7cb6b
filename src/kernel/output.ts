/** What processes write: to a terminal, a pipe, a file. */
import { sendSignal } from './ending.ts';
import type { FactId, ProcessId } from './events.ts';
import type { FileChange } from './fileSystem.ts';
import { canHold, changeFiles } from './fileSystem.ts';
import type { Kernel } from './kernel.ts';
import type { OutputTarget } from './process.ts';
import { writeChunk } from './streams.ts';

export function print(
  kernel: Kernel,
  id: ProcessId,
  { text, to }: { readonly text: string; readonly to: 'stdout' | 'stderr' },
  cause: FactId,
): void {
  const process = kernel.world.processes[id]!;
  const target: OutputTarget = to === 'stdout' ? process.stdout : process.stderr;
  const terminal = target.kind === 'terminal' ? target.terminal : null;
  const fact = kernel.record(id, [cause], { kind: 'printed', terminal, to, text });
  if (target.kind === 'file') {
    // Somebody may have removed the directory meanwhile: what is written to a file without a name is lost.
    if (!canHold(kernel.world.files, target.path)) return;
    changeFile(kernel, id, { kind: 'append', path: target.path, text }, fact);
  } else if (target.kind === 'stream' && !writeChunk(kernel, target.stream, { text, fact })) {
    sendSignal(kernel, id, 'SIGPIPE', fact);
  }
}

/** `process` null: from outside. */
export function changeFile(kernel: Kernel, process: ProcessId | null, change: FileChange, cause: FactId): void {
  const { world } = kernel;
  world.files = changeFiles(world.files, change, world.now);
  const path = change.kind === 'move' ? change.to : change.path;
  kernel.record(process, [cause], { kind: 'fileChanged', path });
}
