/** The program `bash`: reads lines or runs a text, starts processes and waits for them, answers Ctrl-C. */
import type { Program } from '../../kernel/process.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { CaughtSignal, Circumstances, Delivered, KernelEvent, ProcessId } from '../../kernel/events.ts';
import { changeFile, exit, printError, read, setTimer, signalChild } from '../effects.ts';
import { startsServers } from '../kafkaFolder/scripts.ts';
import { enterProcess, leaveProcess } from '../processTable.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { expandAliases } from './aliases.ts';
import { Execution } from './execution.ts';
import { expandHistory } from './historyExpansion.ts';
import { describeJob, hasEnded, numberedJobs } from './jobs.ts';
import { promptOf } from './prompt.ts';
import type { Commands } from './resolveCommand.ts';
import type { Job, Shell } from './shell.ts';
import { lookUp } from './shell.ts';
import { begin } from './start.ts';
import { finishSubstitution, stepFrame } from './stepping.ts';
import { parseBash } from './syntax.ts';

/** How long a shell that has had its turn leaves to the others. */
const turnUs = 10_000;

interface OwnTurn {
  readonly type: 'OWN_TURN';
}
interface State extends Shell {
  readonly process: ProcessId;
  readonly terminal: string | null;
  /** Commands come from a pipe, read to its end first. */
  readonly isFedByPipe: boolean;
}
type Event = Delivered<KernelEvent | OwnTurn>;

/** A bash that can start these commands. */
export function bashProgram(commands: Commands): Program {
  /** Lets the shell work, then waits for what it needs, or prompts, or ends. */
  function proceed(state: State, at: Circumstances, work: (execution: Execution) => void): Outcome<State> {
    const execution = new Execution(state, { now: at.now, files: at.files, commands });
    work(execution);
    const progress = execution.run(stepFrame);
    const after = (): State => ({ ...state, ...execution.shell });
    const done = (shell: State, ...effects: readonly KernelEffect[]): Outcome<State> => ({
      state: shell,
      effects: [...execution.effects, ...effects],
    });
    const end = (code: number): Outcome<State> =>
      done(after(), ...leaveProcess(execution.files, state.process).map(changeFile), exit(code));
    switch (progress) {
      case 'exited':
        return end(execution.exitCode ?? 0);
      case 'outOfTurn':
        return done(after(), setTimer('ownTurn', turnUs, { type: 'OWN_TURN' }));
      case 'waiting': {
        const needsInput = execution.shell.frames.at(-1)?.kind === 'read' && !execution.shell.isReading;
        return needsInput ? done({ ...after(), isReading: true }, read) : done(after());
      }
      default:
        if (!execution.shell.isInteractive) return end(execution.shell.lastExit);
        if (execution.shell.isReading) return done(after());
        tellOfJobs(execution);
        execution.write(promptOf(execution.shell, execution.shell.unfinished === '' ? 'PS1' : 'PS2'), {
          kind: 'stderr',
        });
        return done({ ...after(), isReading: true }, read);
    }
  }

  function onSignal(state: State, signal: CaughtSignal, at: Circumstances): Outcome<State> {
    const children = state.jobs.flatMap((job) =>
      job.children.filter(({ exitCode }) => exitCode === null).map((child) => ({ job, child })),
    );
    const passOn = (isMeant: (job: Job) => boolean): readonly KernelEffect[] =>
      children.filter(({ job }) => isMeant(job)).map(({ child }) => signalChild(child.child, signal));
    const die = (effects: readonly KernelEffect[]): Outcome<State> => ({
      state,
      effects: [...effects, ...leaveProcess(at.files, state.process).map(changeFile), exit(exitCodeOf[signal])],
    });
    if (signal !== 'SIGINT') {
      if (signal === 'SIGHUP') return die(passOn(() => true));
      if (!state.isInteractive) return die(passOn(() => state.isInBackground));
      // A shell that a person sits at ignores SIGTERM.
      return { state, effects: [] };
    }
    const foreground = state.jobs.find((job) => job.isForeground && !hasEnded(job));
    if (foreground !== undefined || state.frames.some((frame) => frame.kind === 'expand' && frame.running !== null)) {
      const effects = passOn((job) => job.forwardsSignals || state.isInBackground);
      return { state: { ...state, isInterrupted: true }, effects };
    }
    return proceed(state, at, (execution) => {
      execution.abandon(130, { endsLine: true });
      execution.shell = { ...execution.shell, isReading: false };
    });
  }

  return defineProgram<State, OwnTurn>({
    startUpUs: startUpUsOf.smallCommand,
    catches: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    start(input) {
      const { process, terminal, argv, now, files } = input;
      const beginning = begin(input, commands);
      const entry = { process, parent: null, program: 'bash', argv, terminal, startedAt: now };
      const entered = enterProcess(files, entry);
      const initial = (shell: Shell): State => ({
        ...shell,
        process,
        terminal,
        isFedByPipe: beginning.kind === 'pipe',
      });
      if (beginning.kind === 'refused') {
        const effects = [printError(beginning.message), exit(beginning.exitCode)];
        // The state of a shell that never was is not looked at.
        return { state: initial({} as Shell), effects };
      }
      const state = initial(beginning.shell);
      if (beginning.kind === 'pipe')
        return { state: { ...state, isReading: true }, effects: [...entered.map(changeFile), read] };
      return proceed(state, input, (execution) => {
        for (const change of entered) execution.changeFile(change);
        if (beginning.kind === 'text') runWhole(execution, beginning.text);
      });
    },
    handle(state, event: Event) {
      switch (event.type) {
        case 'STDIN':
          return takeInput(state, event);
        case 'STDIN_CLOSED':
          return endOfInput(state, event);
        case 'OWN_TURN':
          return proceed(state, event, () => {});
        case 'SIGNAL':
          return onSignal(state, event.signal, event);
        case 'CHILD_STARTED':
          return proceed(state, event, (execution) => noteStart(execution, event, state));
        case 'CHILD_EXITED':
          return proceed(state, event, (execution) => noteEnd(execution, event));
        default:
          return { state, effects: [] };
      }
    },
  });

  function takeInput(state: State, event: Extract<Event, { type: 'STDIN' }>): Outcome<State> {
    if (state.isFedByPipe && state.frames.length === 0)
      return { state: { ...state, unread: state.unread + event.text }, effects: [read] };
    const received = { ...state, isReading: false };
    if (state.frames.length > 0 || !state.isInteractive)
      return proceed({ ...received, unread: state.unread + event.text }, event, () => {});
    return proceed(received, event, (execution) => takeLine(execution, event.text.replace(/\n$/, '')));
  }

  function endOfInput(state: State, event: Event): Outcome<State> {
    const closed = { ...state, isReading: false };
    if (state.isFedByPipe && state.frames.length === 0)
      return proceed({ ...closed, isFedByPipe: false, unread: '' }, event, (execution) =>
        runWhole(execution, state.unread),
      );
    if (state.frames.length > 0) {
      // At a terminal an end of input is seen once: a later `read` may get a line.
      const outcome = proceed({ ...closed, stdinIsClosed: true }, event, () => {});
      return { ...outcome, state: { ...outcome.state, stdinIsClosed: !state.isInteractive } };
    }
    return proceed(closed, event, (execution) => {
      if (state.unfinished !== '') execution.complain('syntax error: unexpected end of file', 2);
      if (lookUp(state, 'PS1') !== '') execution.write('exit\n', { kind: 'stderr' });
      execution.exitCode = execution.shell.lastExit;
    });
  }
}

/** A line that was typed: an end of a command, or a part of one that goes on. */
function takeLine(execution: Execution, typed: string): void {
  const { shell } = execution;
  // Commands are pasted from the slides with the prompt that is printed there.
  const line = shell.unfinished === '' ? typed.replace(/^\s*\$ /, '') : typed;
  const recalled = expandHistory(line, shell.history);
  if (recalled.kind === 'notFound') return execution.complain(`${recalled.event}: event not found`, shell.lastExit);
  const wanted = recalled.kind === 'expanded' ? recalled.line : line;
  if (recalled.kind === 'expanded') execution.write(`${wanted}\n`, { kind: 'stderr' });
  const text = shell.unfinished + wanted;
  if (text.trim() === '') {
    execution.shell = { ...shell, unfinished: '' };
    return;
  }
  const parsed = parseBash(text, { isWhole: false });
  if (parsed.kind === 'incomplete') {
    execution.shell = { ...shell, unfinished: `${text}\n` };
    return;
  }
  execution.shell = { ...shell, unfinished: '', history: [...shell.history, text.replaceAll('\\\n', '')], line: 1 };
  if (parsed.kind === 'error') return execution.complain(parsed.message, 2);
  const expanded = expandAliases(text, shell.aliases);
  const script = expanded === text ? parsed : parseBash(expanded, { isWhole: true });
  if (script.kind === 'script') execution.pushList(script.script, { text: expanded });
  else execution.complain(script.kind === 'error' ? script.message : 'syntax error: unexpected end of file', 2);
}

/** The text of `-c`, of a script, or of a pipe. */
function runWhole(execution: Execution, text: string): void {
  const parsed = parseBash(text, { isWhole: true });
  if (parsed.kind === 'script') return execution.pushList(parsed.script, { text });
  const message = parsed.kind === 'error' ? parsed.message : 'syntax error: unexpected end of file';
  const { name, namesLines } = execution.shell;
  // The end of the text is where its last line would have gone on.
  const line = message.includes('unexpected end of file') ? text.replace(/\n$/, '').split('\n').length + 1 : 1;
  const label = namesLines ? `${name}: ${name === 'bash' ? '-c: ' : ''}line ${line}: ` : 'bash: ';
  const context = namesLines && message.startsWith('syntax error near') ? `${label}\`${text.split('\n')[0]}'\n` : '';
  execution.write(`${label}${message}\n${context}`, { kind: 'stderr' });
  execution.exitCode = 2;
}

/** Says of jobs in the background that they have ended, before the next prompt. */
function tellOfJobs(execution: Execution): void {
  const ended = numberedJobs(execution.shell).filter(hasEnded);
  const lines = ended.map((job) => `${describeJob(execution.shell, job)}\n`).join('');
  if (lookUp(execution.shell, 'PS1') !== '') execution.write(lines, { kind: 'stderr' });
  execution.shell = { ...execution.shell, jobs: execution.shell.jobs.filter((job) => !hasEnded(job)) };
}

function noteStart(
  execution: Execution,
  { child, process, now }: { readonly child: number; readonly process: ProcessId } & Circumstances,
  { process: parent, terminal }: State,
): void {
  const jobs = execution.shell.jobs.map((job) => ({
    ...job,
    children: job.children.map((one) => (one.child === child ? { ...one, process } : one)),
  }));
  execution.shell = { ...execution.shell, jobs };
  const started = jobs.flatMap(({ children }) => children).find((one) => one.child === child);
  // Shells enter themselves, and scripts that start a server enter the server, which takes their place.
  if (started === undefined || started.program === 'bash' || startsServers(started.program)) return;
  const { program, argv } = started;
  for (const change of enterProcess(execution.files, { process, parent, program, argv, terminal, startedAt: now }))
    execution.changeFile(change);
}

function noteEnd(
  execution: Execution,
  { child, process, exitCode }: { readonly child: number; readonly process: ProcessId; readonly exitCode: number },
): void {
  for (const change of leaveProcess(execution.files, process)) execution.changeFile(change);
  const jobs = execution.shell.jobs.map((job) => ({
    ...job,
    children: job.children.map((one) => (one.child === child ? { ...one, exitCode } : one)),
  }));
  execution.shell = { ...execution.shell, jobs };
  finishSubstitution(execution, child, exitCode);
}
