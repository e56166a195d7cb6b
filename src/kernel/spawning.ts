/** How a new process gets its streams: from its parent, a pipe, a file, or a terminal. */
import type { SpawnRequest, StreamEnd } from './effects.ts';
import type { FactId } from './events.ts';
import { changeFiles } from './fileSystem.ts';
import type { Input } from './input.ts';
import type { InputStream, OutputTarget, Process } from './process.ts';
import type { Kernel } from './kernel.ts';
import type { World } from './world.ts';

/** All of a process that is settled before its machine starts. */
export type SpawnPlan = Pick<
  Process,
  | 'program'
  | 'argv'
  | 'cwd'
  | 'env'
  | 'parent'
  | 'child'
  | 'terminal'
  | 'isForeground'
  | 'takesPlace'
  | 'stdin'
  | 'stdout'
  | 'stderr'
>;

type InputOf<Kind extends Input['kind']> = Extract<Input, { kind: Kind }>;

export function planOfTerminal(
  world: World,
  { terminal, program, argv, cwd, env }: InputOf<'openTerminal'>,
): SpawnPlan {
  const stdin = openStream(world, { kind: 'terminal', chunks: [], waiting: [], writers: 1, isFinished: false });
  world.terminals.set(terminal, stdin);
  const output: OutputTarget = { kind: 'terminal', terminal };
  return {
    program,
    argv: argv ?? [program],
    cwd,
    env,
    parent: null,
    child: 0,
    terminal,
    isForeground: true,
    stdin,
    stdout: output,
    stderr: output,
  };
}

export function planOfServer({ program, argv, cwd, env, outputFile }: InputOf<'start'>): SpawnPlan {
  const output: OutputTarget = { kind: 'file', path: outputFile };
  return {
    program,
    argv,
    cwd,
    env,
    parent: null,
    child: 0,
    terminal: null,
    isForeground: false,
    stdin: null,
    stdout: output,
    stderr: output,
  };
}

export function planOfChild(kernel: Kernel, parent: Process, request: SpawnRequest, cause: FactId): SpawnPlan {
  const { world } = kernel;
  const { child, program, argv, cwd, env, foreground, takesPlace } = request;
  return {
    program,
    argv,
    cwd,
    env,
    parent: parent.id,
    child,
    terminal: parent.terminal,
    isForeground: foreground && parent.isForeground,
    ...(takesPlace === true ? { takesPlace } : {}),
    stdin: inputOf(world, parent, request.stdin, cause),
    stdout: outputOf(kernel, parent, request.stdout, parent.stdout, cause),
    stderr: outputOf(kernel, parent, request.stderr, parent.stderr, cause),
  };
}

function inputOf(world: World, parent: Process, end: StreamEnd, fact: FactId): number | null {
  switch (end.kind) {
    case 'inherit':
      return parent.stdin;
    case 'null':
      return null;
    case 'text':
      return openStream(world, {
        kind: 'pipe',
        chunks: end.text === '' ? [] : [{ text: end.text, fact }],
        waiting: [],
        writers: 0,
        isFinished: true,
      });
    case 'pipe':
      return pipeOf(world, parent, end.pipe);
    case 'file':
      throw new Error('The shell reads a file it redirects from, and passes its text.');
  }
}

function outputOf(
  kernel: Kernel,
  parent: Process,
  end: StreamEnd,
  inherited: OutputTarget,
  cause: FactId,
): OutputTarget {
  const { world } = kernel;
  switch (end.kind) {
    case 'inherit':
      if (inherited.kind === 'stream') addWriter(world, inherited.stream);
      return inherited;
    case 'null':
    case 'text':
      return { kind: 'null' };
    case 'pipe': {
      const stream = pipeOf(world, parent, end.pipe);
      addWriter(world, stream);
      return { kind: 'stream', stream };
    }
    case 'file':
      if (!end.append) {
        world.files = changeFiles(world.files, { kind: 'write', path: end.path, text: '' }, world.now);
        kernel.record(parent.id, [cause], { kind: 'fileChanged', path: end.path });
      }
      return { kind: 'file', path: end.path };
  }
}

/** Streams of a terminal or a text have even keys; a parent's pipes have odd ones, made of both numbers. */
function pipeOf(world: World, parent: Process, pipe: number): number {
  const key = (parent.id * 1_048_576 + pipe) * 2 + 1;
  if (!world.streams.has(key))
    world.streams.set(key, { kind: 'pipe', chunks: [], waiting: [], writers: 0, isFinished: false });
  return key;
}

function addWriter(world: World, key: number): void {
  const stream = world.streams.get(key);
  if (stream !== undefined) world.streams.set(key, { ...stream, writers: stream.writers + 1, isFinished: false });
}

function openStream(world: World, stream: InputStream): number {
  const key = world.nextStream;
  world.nextStream += 2;
  world.streams.set(key, stream);
  return key;
}
