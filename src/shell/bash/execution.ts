/**
 * Bash at work within one event: it takes what is on top of its stack, does a step of it, and goes on until it has to wait – for a
 * process, a line, a turn – or has nothing left to do. The shell stays a value; an execution holds the next one while it is made.
 */
import type { CommandNode, CompoundList, Statement } from 'unbash';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { FileChange, FileSystem } from '../../kernel/fileSystem.ts';
import { canHold, changeFiles } from '../../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { changeFile, print, printError, spawn } from '../effects.ts';
import { exitCodeOfJob, hasEnded, hasStarted, jobOf, nextJobNumber, signalText } from './jobs.ts';
import type { ExpansionScope } from './expansionScope.ts';
import type { Commands } from './resolveCommand.ts';
import type { Frame, Job, Launch, OutputEnd, Shell, Source, SubstitutionOutputs } from './shell.ts';
import { labelOf, lookUp, withVariable } from './shell.ts';
import { childInput, childOutput } from './childStreams.ts';

/** Steps within one event before other processes have their turn: an endless loop must not stop time. */
const stepsInOneTurn = 2000;

export type Progress = 'idle' | 'waiting' | 'outOfTurn' | 'exited';

/** How a frame of one kind goes on; defined apart, so that this file holds only the machinery. */
export type Stepper = (execution: Execution, frame: Frame) => void;

export interface Instant {
  readonly now: VirtualTimeUs;
  readonly files: FileSystem;
  readonly commands: Commands;
}

export class Execution {
  shell: Shell;
  /** With what this event has changed so far. */
  files: FileSystem;
  readonly now: VirtualTimeUs;
  readonly commands: Commands;
  readonly effects: KernelEffect[] = [];
  /** Set once the shell is to end. */
  exitCode: number | null = null;

  constructor(shell: Shell, { now, files, commands }: Instant) {
    this.shell = shell;
    this.now = now;
    this.files = files;
    this.commands = commands;
  }

  run(step: Stepper): Progress {
    for (let count = 0; this.exitCode === null; count++) {
      const frame = this.shell.frames.at(-1);
      if (frame === undefined) {
        if (!this.shell.endsWithJob) return 'idle';
        this.exitCode = this.shell.lastExit;
        break;
      }
      if (this.#mustWait(frame)) return 'waiting';
      if (count === stepsInOneTurn) return 'outOfTurn';
      step(this, frame);
    }
    return 'exited';
  }

  #mustWait(frame: Frame): boolean {
    switch (frame.kind) {
      case 'awaitJob': {
        const job = jobOf(this.shell, frame.key);
        return job !== undefined && !(frame.until === 'started' ? hasStarted(job) : hasEnded(job));
      }
      case 'awaitJobs':
        return frame.keys.some((key) => {
          const job = jobOf(this.shell, key);
          return job !== undefined && !hasEnded(job);
        });
      case 'expand':
        return frame.running !== null;
      case 'read':
        return (
          this.shell.streams.stdin.kind === 'inherit' && !this.shell.unread.includes('\n') && !this.shell.stdinIsClosed
        );
      default:
        return false;
    }
  }

  push(frame: Frame): void {
    this.shell = { ...this.shell, frames: [...this.shell.frames, frame] };
  }
  pop(): void {
    this.shell = { ...this.shell, frames: this.shell.frames.slice(0, -1) };
  }
  replaceTop(frame: Frame): void {
    this.shell = { ...this.shell, frames: [...this.shell.frames.slice(0, -1), frame] };
  }
  pushList({ commands }: CompoundList | { readonly commands: readonly Statement[] }, source: Source): void {
    this.push({ kind: 'list', statements: commands, index: 0, source });
  }

  finish(exitCode: number): void {
    this.shell = { ...this.shell, lastExit: exitCode };
  }

  /** A message about a failure, after `bash: `. */
  complain(message: string, exitCode: number): void {
    this.write(`${labelOf(this.shell)}${message}\n`, this.shell.streams.stderr);
    this.finish(exitCode);
  }

  write(text: string, end: OutputEnd): void {
    if (text === '') return;
    if (end.kind === 'stdout') this.effects.push(print(text));
    else if (end.kind === 'stderr') this.effects.push(printError(text));
    else if (end.kind === 'file' && canHold(this.files, end.path))
      this.changeFile({ kind: 'append', path: end.path, text });
  }

  changeFile(change: FileChange): void {
    this.files = changeFiles(this.files, change, this.now);
    this.effects.push(changeFile(change));
  }

  /** What expansions read; what they set stays in this shell. */
  scope(outputs: SubstitutionOutputs): ExpansionScope {
    const get = (name: string): string | undefined => lookUp(this.shell, name);
    const set = (name: string, value: string): void => {
      this.shell = withVariable(this.shell, name, value);
    };
    return {
      files: this.files,
      cwd: this.shell.cwd,
      positional: this.shell.positional,
      get,
      set,
      outputOf: (part) => outputs.get(part) ?? '',
    };
  }

  /** Starts the processes of a pipeline, left to right, and waits: for their end, or in the background for their numbers. */
  launch(
    launches: readonly Launch[],
    { text, isBackground }: { readonly text: string; readonly isBackground: boolean },
  ): void {
    const { nextKey: key, nextChild } = this.shell;
    const job: Job = {
      key,
      number: isBackground && this.shell.isInteractive ? nextJobNumber(this.shell) : null,
      text,
      children: launches.map(({ program, argv }, index) => ({
        child: nextChild + index,
        program,
        argv,
        process: null,
        exitCode: null,
      })),
      isForeground: !isBackground,
      forwardsSignals: false,
    };
    for (const [index, launch] of launches.entries()) this.#spawn(launch, nextChild + index, isBackground);
    this.shell = {
      ...this.shell,
      jobs: [...this.shell.jobs, job],
      nextKey: key + 1,
      nextChild: nextChild + launches.length,
    };
    this.push({ kind: 'awaitJob', key, until: isBackground ? 'started' : 'ended' });
  }

  #spawn({ program, argv, environment, streams }: Launch, child: number, isBackground: boolean): void {
    // In the background nothing reads the terminal.
    const isCutOff = isBackground && streams.stdin.kind === 'inherit';
    this.effects.push(
      spawn({
        child,
        program,
        argv,
        cwd: this.shell.cwd,
        env: environment,
        stdin: isCutOff ? { kind: 'null' } : childInput(streams.stdin),
        stdout: childOutput(streams.stdout),
        stderr: childOutput(streams.stderr),
        foreground: !isBackground,
      }),
    );
  }

  /** After a job in the foreground has ended. */
  closeJob(job: Job): void {
    const exitCode = exitCodeOfJob(job);
    this.shell = { ...this.shell, jobs: this.shell.jobs.filter(({ key }) => key !== job.key), lastExit: exitCode };
    const program = job.children.at(-1)?.program ?? '';
    const signal = signalText(exitCode, program);
    if (this.shell.isInterrupted) {
      this.shell = { ...this.shell, isInterrupted: false };
      if (exitCode === 130) return this.abandon(130, { endsLine: signal !== undefined });
    }
    if (this.shell.isInteractive && (signal === 'Killed' || signal === 'Terminated' || signal === 'Hangup'))
      this.write(`${signal}\n`, { kind: 'stderr' });
  }

  /** Ctrl-C: a shell that a person sits at forgets the rest of the line, any other ends. */
  abandon(exitCode: number, { endsLine }: { readonly endsLine: boolean }): void {
    if (!this.shell.isInteractive) {
      this.exitCode = exitCode;
      return;
    }
    if (endsLine && lookUp(this.shell, 'PS1') !== '') this.write('\n', { kind: 'stderr' });
    const streams = { stdin: { kind: 'inherit' }, stdout: { kind: 'stdout' }, stderr: { kind: 'stderr' } } as const;
    this.shell = { ...this.shell, frames: [], unfinished: '', streams, lastExit: exitCode };
  }
}

/** The text of a node. */
export const textOf = ({ pos, end }: CommandNode | Statement['command'], source: Source): string =>
  source.text.slice(pos, end);

/** The line that a node begins on, from 1. */
export const lineOf = ({ pos }: { readonly pos: number }, source: Source): number =>
  source.text.slice(0, pos).split('\n').length;
