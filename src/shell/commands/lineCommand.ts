/**
 * A small command that reads lines, from files or standard input, and writes as it reads: what comes through a pipe from a program that
 * never ends appears at once.
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import { exit, read } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import type { CommandSpec } from './command.ts';
import { Run, beginRun } from './command.ts';
import type { Options } from './options.ts';

export interface Line {
  readonly text: string;
  /** False for a last line that nothing ends. */
  readonly isEnded: boolean;
}

export interface LineWork<State> {
  /** Where lines come from: files, `-` for standard input. Null: the command was used wrongly, and has said so. */
  begin(run: Run): { readonly state: State; readonly sources: readonly string[] } | null;
  /** Before the lines of a source. */
  open?(run: Run, state: State, source: string): State;
  line(run: Run, state: State, line: Line): State;
  /** After the lines of a source. */
  close?(run: Run, state: State, source: string): State;
  /** After all of them. */
  end?(run: Run, state: State): void;
  /** True when no more input is wanted, as for `head`. */
  isDone?(state: State): boolean;
  /** What is said of a source that cannot be read; `cat: x: No such file or directory` unless told. */
  complain?(run: Run, source: string, reason: string): void;
}

interface Reading<State> {
  readonly input: ProcessInput;
  readonly options: Options;
  readonly state: State;
  readonly exitCode: number;
  /** Sources not begun yet. */
  readonly waiting: readonly string[];
  /** An unfinished line from standard input. */
  readonly rest: string;
}

export function lineCommand<State>(spec: CommandSpec, work: LineWork<State>): Program {
  type Whole = Reading<State> | null;
  const outcome = (run: Run, reading: Reading<State>, ...effects: readonly KernelEffect[]): Outcome<Whole> => ({
    state: { ...reading, exitCode: run.exitCode },
    effects: [...run.takeEffects(), ...effects],
  });

  function finish(run: Run, reading: Reading<State>): Outcome<Whole> {
    work.end?.(run, reading.state);
    return outcome(run, reading, exit(run.exitCode));
  }

  /** Reads files until standard input is next, or nothing. */
  function readOn(run: Run, reading: Reading<State>): Outcome<Whole> {
    let { state } = reading;
    const waiting = [...reading.waiting];
    while (waiting.length > 0 && work.isDone?.(state) !== true) {
      const source = waiting[0]!;
      if (source === '-') {
        state = work.open?.(run, state, source) ?? state;
        return outcome(run, { ...reading, state, waiting }, read);
      }
      waiting.shift();
      const found = textOf(run.files, resolvePath(run.input.cwd, source));
      if ('reason' in found) {
        if (work.complain === undefined) run.complain(`${source}: ${found.reason}`);
        else work.complain(run, source, found.reason);
        continue;
      }
      state = work.open?.(run, state, source) ?? state;
      for (const line of linesOf(found.text)) {
        if (work.isDone?.(state) === true) break;
        state = work.line(run, state, line);
      }
      state = work.close?.(run, state, source) ?? state;
    }
    return finish(run, { ...reading, state, waiting });
  }

  function take(run: Run, reading: Reading<State>, text: string): Outcome<Whole> {
    const lines = linesOf(reading.rest + text);
    const last = lines.at(-1);
    const rest = last !== undefined && !last.isEnded ? last.text : '';
    let { state } = reading;
    for (const line of rest === '' ? lines : lines.slice(0, -1)) {
      if (work.isDone?.(state) === true) break;
      state = work.line(run, state, line);
    }
    const next = { ...reading, state, rest };
    return work.isDone?.(state) === true ? finish(run, next) : outcome(run, next, read);
  }

  function endOfInput(run: Run, reading: Reading<State>): Outcome<Whole> {
    const [source = '-', ...waiting] = reading.waiting;
    let { state } = reading;
    if (reading.rest !== '') state = work.line(run, state, { text: reading.rest, isEnded: false });
    state = work.close?.(run, state, source) ?? state;
    return readOn(run, { ...reading, state, waiting, rest: '' });
  }

  return defineProgram<Whole>({
    startUpUs: startUpUsOf.smallCommand,
    start(input) {
      const run = beginRun(spec, input);
      if ('effects' in run) return { state: null, effects: run.effects };
      const begun = work.begin(run);
      if (begun === null) return { state: null, effects: [...run.takeEffects(), exit(run.exitCode)] };
      const { state, sources } = begun;
      const waiting = sources.length === 0 ? ['-'] : sources;
      return readOn(run, { input, options: run.options, state, exitCode: run.exitCode, waiting, rest: '' });
    },
    handle(reading, event) {
      if (reading === null) return { state: reading, effects: [] };
      const run = new Run({ ...reading.input, files: event.files, now: event.now }, reading.options, spec.name);
      run.exitCode = reading.exitCode;
      if (event.type === 'STDIN') return take(run, reading, event.text);
      if (event.type === 'STDIN_CLOSED') return endOfInput(run, reading);
      return { state: reading, effects: [] };
    },
  });
}

/** The text of a file, or why there is none. */
export function textOf(files: FileSystem, path: string): { readonly text: string } | { readonly reason: string } {
  const node = findNode(files, path);
  if (node === undefined) {
    const parent = findNode(files, path.slice(0, path.lastIndexOf('/')) || '/');
    return { reason: parent?.kind === 'file' ? 'Not a directory' : 'No such file or directory' };
  }
  if (node.kind === 'file') return { text: node.text() };
  return { reason: asDirectory(node) === undefined ? 'Invalid argument' : 'Is a directory' };
}

function linesOf(text: string): readonly Line[] {
  if (text === '') return [];
  const parts = text.split('\n');
  const isEnded = parts.at(-1) === '';
  if (isEnded) parts.pop();
  return parts.map((part, index) => ({ text: part, isEnded: isEnded || index < parts.length - 1 }));
}

/** The line as it is written again: with its end if it had one. */
export const whole = ({ text, isEnded }: Line): string => (isEnded ? `${text}\n` : text);
