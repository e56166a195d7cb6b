import { describe, expect, test } from 'vitest';
import type { KernelEffect, SpawnRequest, StreamEnd } from './effects.ts';
import type { ProcessId } from './events.ts';
import { changeFiles, emptyDirectory, readText } from './fileSystem.ts';
import type { Input } from './input.ts';
import { laboratory } from './testing/laboratory.ts';
import type { Behaviour } from './testing/puppet.ts';
import { puppet } from './testing/puppet.ts';
import { ms, timeZero } from './time.ts';

const inherit: StreamEnd = { kind: 'inherit' };
const spawn = (child: number, program: string, request: Partial<SpawnRequest> = {}): KernelEffect => ({
  type: 'spawn',
  params: {
    child,
    program,
    argv: [program],
    cwd: '/',
    env: {},
    stdin: inherit,
    stdout: inherit,
    stderr: inherit,
    foreground: true,
    ...request,
  },
});
const read: KernelEffect = { type: 'read', params: {} };
const exit = (code: number): KernelEffect => ({ type: 'exit', params: { code } });
const print = (text: string, to: 'stdout' | 'stderr' = 'stdout'): KernelEffect => ({
  type: 'print',
  params: { text, to },
});
const openTerminal: Input = { kind: 'openTerminal', terminal: 't1', program: 'shell', cwd: '/', env: {} };
const typed = (line: string): Input => ({ kind: 'typed', terminal: 't1', line });

/** A shell that starts children at once, and reads. */
const shell = (...children: readonly KernelEffect[]) =>
  puppet((event) => (event.type === 'STARTED' ? [...children, read] : event.type === 'STDIN' ? [read] : []));
const onStart =
  (...effects: readonly KernelEffect[]): Behaviour =>
  ({ type }) =>
    type === 'STARTED' ? effects : [];
/** Copies its input to its output until the end. */
const cat = puppet((event) => {
  if (event.type === 'STARTED') return [read];
  if (event.type === 'STDIN') return [print(event.text), read];
  return event.type === 'STDIN_CLOSED' ? [exit(0)] : [];
});
const printed = (lab: ReturnType<typeof laboratory>): string =>
  lab
    .factsOf('printed')
    .filter(({ terminal }) => terminal === 't1')
    .map(({ text }) => text)
    .join('');

describe('a child', () => {
  test('is told of when it starts and when it ends, in that order, even when it ends at once', () => {
    const lab = laboratory({ shell: shell(spawn(7, 'false')), false: puppet(onStart(exit(1))) });
    lab.apply(openTerminal);
    lab.runUntil();

    expect(lab.heard(0 as never)).toEqual([
      { type: 'CHILD_STARTED', child: 7, process: 1 },
      { type: 'CHILD_EXITED', child: 7, process: 1, exitCode: 1 },
    ]);
  });

  test('can be signalled by its parent, under the number the parent gave it', () => {
    const kill: KernelEffect = { type: 'signalChild', params: { child: 7, signal: 'SIGKILL' } };
    const lab = laboratory({ shell: shell(spawn(7, 'cat'), kill), cat });
    lab.apply(openTerminal);
    lab.runUntil();

    expect(lab.simulation.world.processes[1]).toMatchObject({ status: 'exited', exitCode: 137, endedBy: 'SIGKILL' });
  });

  test('that has taken the place of its parent gets what the parent could not pass on', () => {
    const lab = laboratory({ shell: shell(spawn(1, 'cat'), spawn(2, 'cat', { takesPlace: true })), cat });
    lab.apply(openTerminal);
    const statuses = () => lab.simulation.world.processes.map(({ status }) => status);

    lab.apply({ kind: 'signal', process: 0 as ProcessId, signal: 'SIGSTOP' });
    expect(statuses()).toEqual(['running', 'running', 'paused']);
    lab.apply({ kind: 'signal', process: 0 as ProcessId, signal: 'SIGCONT' });
    expect(statuses()).toEqual(['running', 'running', 'running']);
    lab.apply({ kind: 'signal', process: 0 as ProcessId, signal: 'SIGKILL' });
    expect(statuses()).toEqual(['running', 'running', 'exited']);
    // It has nobody in its place any more.
    lab.apply({ kind: 'signal', process: 0 as ProcessId, signal: 'SIGKILL' });
    expect(statuses()).toEqual(['exited', 'running', 'exited']);
  });

  test('has a seed of its own, the same in every run', () => {
    const seeds = (seed: number) => {
      const lab = laboratory({ shell: shell(spawn(1, 'cat'), spawn(2, 'cat')), cat }, { seed });
      lab.apply(openTerminal);
      return [1, 2].map((id) => lab.simulation.world.processes[id]!.snapshot.context.seed as number);
    };

    expect(seeds(5)).toEqual(seeds(5));
    expect(new Set([...seeds(5), ...seeds(6)]).size).toBe(4);
  });
});

describe('a terminal', () => {
  test('gives a line a read, to who asked last', () => {
    const lab = laboratory({ shell: shell(spawn(1, 'cat', { foreground: true })), cat });
    lab.apply(openTerminal);
    lab.runUntil();
    lab.apply(typed('first'));
    lab.apply(typed('second'));
    lab.runUntil();

    // The shell of this test reads while its child runs: after its child, it is its turn.
    expect(lab.heard(0 as never).filter(({ type }) => type === 'STDIN')).toEqual([{ type: 'STDIN', text: 'first\n' }]);
    expect(lab.heard(1 as never)).toEqual([{ type: 'STDIN', text: 'second\n' }]);
  });

  test('keeps what is typed ahead', () => {
    const lab = laboratory({ shell: puppet((event) => (event.type === 'STARTED' ? [] : [])), cat });
    lab.apply(openTerminal);
    lab.apply(typed('early'));
    lab.runUntil();
    expect(lab.simulation.world.streams.get(0)?.chunks.map(({ text }) => text)).toEqual(['early\n']);
  });

  test('ends the input of one read by Ctrl-D', () => {
    const lab = laboratory({ shell: cat });
    lab.apply(openTerminal);
    lab.apply(typed('a'));
    lab.apply({ kind: 'endOfFile', terminal: 't1' });
    lab.runUntil();

    expect([printed(lab), lab.simulation.world.processes[0]?.status]).toEqual(['a\n', 'exited']);
  });

  test('sends Ctrl-C to what runs in the foreground, not to what runs behind', () => {
    const lab = laboratory({
      shell: shell(spawn(1, 'cat'), spawn(2, 'cat', { foreground: false, stdin: { kind: 'null' } })),
      cat: puppet(() => []),
    });
    lab.apply(openTerminal);
    lab.apply({ kind: 'interrupt', terminal: 't1' });
    lab.runUntil();

    const interrupted = { type: 'SIGNAL', signal: 'SIGINT' };
    expect(lab.heard(0 as never)).toContainEqual(interrupted);
    expect([lab.heard(1 as never), lab.heard(2 as never)]).toEqual([[interrupted], []]);
  });

  test('a child of what runs behind is behind too', () => {
    const lab = laboratory({
      shell: shell(spawn(1, 'script', { foreground: false })),
      script: puppet(onStart(spawn(1, 'cat'))),
      cat: puppet(() => []),
    });
    lab.apply(openTerminal);
    lab.apply({ kind: 'interrupt', terminal: 't1' });
    lab.runUntil();

    expect(lab.heard(2 as never)).toEqual([]);
  });
});

describe('a pipe', () => {
  const toPipe: Partial<SpawnRequest> = { stdout: { kind: 'pipe', pipe: 1 }, stdin: { kind: 'null' } };
  const fromPipe: Partial<SpawnRequest> = { stdin: { kind: 'pipe', pipe: 1 } };
  const talk = puppet(onStart(print('one\n'), print('two\n'), exit(0)));

  test.each([
    ['first', [spawn(1, 'talk', toPipe), spawn(2, 'cat', fromPipe)]],
    ['last', [spawn(2, 'cat', fromPipe), spawn(1, 'talk', toPipe)]],
  ])('carries what is written to who reads, then its end; the writer started %s', (_order, children) => {
    const lab = laboratory({ shell: shell(...children), talk, cat });
    lab.apply(openTerminal);
    lab.runUntil();

    expect([printed(lab), lab.simulation.world.processes.map(({ status }) => status)]).toEqual([
      'one\ntwo\n',
      ['running', 'exited', 'exited'],
    ]);
  });

  test('ends when the last of its writers does', () => {
    const tick: KernelEffect = { type: 'setTimer', params: { id: 'a', delayUs: ms(5), event: { type: 'TICK' } } };
    const late = puppet(({ type }) => (type === 'STARTED' ? [tick] : [print('late\n'), exit(0)]));
    const lab = laboratory({
      shell: shell(spawn(1, 'talk', toPipe), spawn(3, 'late', toPipe), spawn(2, 'cat', fromPipe)),
      talk,
      late,
      cat,
    });
    lab.apply(openTerminal);
    lab.runUntil();

    expect(printed(lab)).toBe('one\ntwo\nlate\n');
  });

  test('whose reader has gone costs its writer a SIGPIPE', () => {
    const tick: KernelEffect = { type: 'setTimer', params: { id: 'a', delayUs: ms(5), event: { type: 'TICK' } } };
    const late = puppet(({ type }) =>
      type === 'STARTED' ? [tick] : type === 'SIGNAL' ? [exit(141)] : [print('late\n')],
    );
    const lab = laboratory({
      shell: shell(spawn(1, 'late', toPipe), spawn(2, 'head', fromPipe)),
      late,
      head: puppet(onStart(exit(0))),
    });
    lab.apply(openTerminal);
    lab.runUntil();

    expect(lab.heard(1 as never)).toEqual([{ type: 'TICK' }, { type: 'SIGNAL', signal: 'SIGPIPE' }]);
    expect(lab.simulation.world.processes[1]?.exitCode).toBe(141);
  });

  test('carries both outputs when both go there', () => {
    const both = puppet(onStart(print('out\n'), print('err\n', 'stderr'), exit(0)));
    const lab = laboratory({
      shell: shell(spawn(1, 'both', { ...toPipe, stderr: { kind: 'pipe', pipe: 1 } }), spawn(2, 'cat', fromPipe)),
      both,
      cat,
    });
    lab.apply(openTerminal);
    lab.runUntil();

    expect(printed(lab)).toBe('out\nerr\n');
  });
});

describe('a redirection', () => {
  const files = changeFiles(emptyDirectory(timeZero), { kind: 'write', path: '/f', text: 'old\n' }, timeZero);
  const talk = puppet(onStart(print('new\n'), exit(0)));

  test.each([
    [false, 'new\n'],
    [true, 'old\nnew\n'],
  ])('to a file, appending %s', (append, text) => {
    const lab = laboratory(
      { shell: shell(spawn(1, 'talk', { stdout: { kind: 'file', path: '/f', append } })), talk },
      { files },
    );
    lab.apply(openTerminal);
    lab.runUntil();

    expect([readText(lab.simulation.world.files, '/f'), printed(lab)]).toEqual([text, '']);
  });

  test('from a text gives it all, then its end', () => {
    const lab = laboratory({ shell: shell(spawn(1, 'cat', { stdin: { kind: 'text', text: 'a\nb\n' } })), cat });
    lab.apply(openTerminal);
    lab.runUntil();

    expect([printed(lab), lab.heard(1 as never)]).toEqual([
      'a\nb\n',
      [{ type: 'STDIN', text: 'a\nb\n' }, { type: 'STDIN_CLOSED' }],
    ]);
  });

  test('from nowhere ends at once; to nowhere leaves nothing', () => {
    const lab = laboratory({
      shell: shell(spawn(1, 'cat', { stdin: { kind: 'null' } }), spawn(2, 'talk', { stdout: { kind: 'null' } })),
      cat,
      talk,
    });
    lab.apply(openTerminal);
    lab.runUntil();

    expect([printed(lab), lab.heard(1 as never)]).toEqual(['', [{ type: 'STDIN_CLOSED' }]]);
  });

  test('to a file whose directory has been removed loses what is written', () => {
    const lab = laboratory({ talk });
    lab.apply({ kind: 'start', program: 'talk', argv: ['talk'], cwd: '/', env: {}, outputFile: '/logs/server.log' });
    lab.runUntil();

    expect(lab.simulation.world.processes[0]?.status).toBe('exited');
  });
});
