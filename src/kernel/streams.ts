/** Standard input: who waits for data gets it, a line at a time from a terminal, all there is from a pipe. */
import type { FactId, ProcessId } from './events.ts';
import type { InputStream, StreamChunk } from './process.ts';
import type { Kernel } from './kernel.ts';
import type { World } from './world.ts';

/** A line and its end are typed at a terminal; null: Ctrl-D. */
export function typeAt(kernel: Kernel, terminal: string, text: string | null, fact: FactId): void {
  const stream = kernel.world.terminals.get(terminal);
  if (stream !== undefined) writeChunk(kernel, stream, { text, fact });
}

/** False when nobody can read it any more: every reader of a pipe has gone. */
export function writeChunk(kernel: Kernel, stream: number, chunk: StreamChunk): boolean {
  const open = kernel.world.streams.get(stream);
  if (open === undefined) return false;
  kernel.world.streams.set(stream, { ...open, chunks: [...open.chunks, chunk] });
  serve(kernel, stream, chunk.fact);
  return true;
}

export function readFrom(kernel: Kernel, process: ProcessId, cause: FactId): void {
  const { world } = kernel;
  const { stdin } = world.processes[process]!;
  const stream = stdin === null ? undefined : world.streams.get(stdin);
  if (stdin === null || stream === undefined) {
    kernel.schedule({
      at: world.now,
      sequence: kernel.nextSequence(),
      kind: 'tell',
      toProcess: process,
      event: { type: 'STDIN_CLOSED' },
      fact: cause,
    });
    return;
  }
  world.streams.set(stdin, { ...stream, waiting: [...stream.waiting.filter((other) => other !== process), process] });
  serve(kernel, stdin, cause);
}

/** A writer of the pipe has gone; after the last one, readers see the end. */
export function closeWriter(kernel: Kernel, stream: number, cause: FactId): void {
  const open = kernel.world.streams.get(stream);
  if (open === undefined) return;
  const writers = open.writers - 1;
  kernel.world.streams.set(stream, { ...open, writers, isFinished: writers === 0 });
  serve(kernel, stream, cause);
}

/** A process that has ended waits no more, and what only it could read is gone. */
export function forgetReader(world: World, process: ProcessId): void {
  for (const [key, stream] of world.streams) {
    if (stream.waiting.includes(process))
      world.streams.set(key, { ...stream, waiting: stream.waiting.filter((other) => other !== process) });
  }
  const { stdin } = world.processes[process]!;
  const isShared = world.processes.some(
    (other) => other.id !== process && other.status !== 'exited' && other.stdin === stdin,
  );
  if (stdin !== null && !isShared) world.streams.delete(stdin);
}

function serve(kernel: Kernel, key: number, cause: FactId): void {
  while (serveOne(kernel, key, cause));
}

/** False when nobody waits, or there is nothing to give. */
function serveOne(kernel: Kernel, key: number, cause: FactId): boolean {
  const { world } = kernel;
  const stream = world.streams.get(key)!;
  const reader = stream.waiting.at(-1);
  if (reader === undefined) return false;
  const [first] = stream.chunks;
  if (first === undefined) {
    if (!stream.isFinished) return false;
    world.streams.set(key, { ...stream, waiting: stream.waiting.slice(0, -1) });
    const fact = kernel.record(reader, [cause], { kind: 'read', text: null });
    kernel.schedule({
      at: world.now,
      sequence: kernel.nextSequence(),
      kind: 'tell',
      toProcess: reader,
      event: { type: 'STDIN_CLOSED' },
      fact,
    });
    return true;
  }
  const { text, rest } = take(stream, first);
  world.streams.set(key, { ...stream, chunks: rest, waiting: stream.waiting.slice(0, -1) });
  const fact = kernel.record(reader, [first.fact], { kind: 'read', text });
  kernel.schedule({
    at: world.now,
    sequence: kernel.nextSequence(),
    kind: 'tell',
    toProcess: reader,
    event: text === null ? { type: 'STDIN_CLOSED' } : { type: 'STDIN', text },
    fact,
  });
  return true;
}

function take(
  stream: InputStream,
  first: StreamChunk,
): { readonly text: string | null; readonly rest: readonly StreamChunk[] } {
  if (stream.kind === 'terminal' || first.text === null) return { text: first.text, rest: stream.chunks.slice(1) };
  return { text: stream.chunks.map((chunk) => chunk.text ?? '').join(''), rest: [] };
}
