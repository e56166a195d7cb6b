/** A small command that answers at once, from its arguments and the files; most are. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { FileChange, FileSystem } from '../../kernel/fileSystem.ts';
import { changeFiles, resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { changeFile, exit, print, printError } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import type { OptionTable, Options } from './options.ts';
import { parseOptions } from './options.ts';

export interface CommandSpec extends OptionTable {
  readonly name: string;
  /** What `--help` prints: usage and the options that are simulated. */
  readonly help: string;
  /** Exit code after a wrong option: 1 for most. */
  readonly exitCodeOfMisuse?: number;
  /** Virtual microseconds before it looks around; none for most. */
  readonly startUpUs?: number;
}

/** A command at work: what it writes and changes is kept until it ends. */
export class Run {
  readonly input: ProcessInput;
  readonly options: Options;
  readonly name: string;
  /** With what the command has changed so far. */
  files: FileSystem;
  #effects: KernelEffect[] = [];
  exitCode = 0;

  constructor(input: ProcessInput, options: Options, name: string) {
    this.input = input;
    this.options = options;
    this.name = name;
    this.files = input.files;
  }

  get operands(): readonly string[] {
    return this.options.operands;
  }
  get now(): VirtualTimeUs {
    return this.input.now;
  }
  path(operand: string): string {
    return resolvePath(this.input.cwd, operand);
  }
  out(text: string): void {
    if (text !== '') this.#effects.push(print(text));
  }
  /** A line on standard error after the command's name; the command then fails. */
  complain(message: string, exitCode = 1): void {
    this.#effects.push(printError(`${this.name}: ${message}\n`));
    this.exitCode = exitCode;
  }
  /** Wrong use: the complaint, and where to find help. */
  misuse(message: string, exitCode = 1): void {
    this.complain(`${message}\nTry '${this.name} --help' for more information.`, exitCode);
  }
  error(text: string): void {
    this.#effects.push(printError(text));
  }
  change(change: FileChange): void {
    this.files = changeFiles(this.files, change, this.now);
    this.#effects.push(changeFile(change));
  }
  effect(effect: KernelEffect): void {
    this.#effects.push(effect);
  }
  /** What has been asked for since the last call. */
  takeEffects(): readonly KernelEffect[] {
    const taken = this.#effects;
    this.#effects = [];
    return taken;
  }
}

export function command(spec: CommandSpec, work: (run: Run) => void): Program {
  return defineProgram<null>({
    startUpUs: spec.startUpUs ?? startUpUsOf.smallCommand,
    start(input) {
      const run = beginRun(spec, input);
      if (!('effects' in run)) {
        work(run);
        return { state: null, effects: [...run.takeEffects(), exit(run.exitCode)] };
      }
      return { state: null, effects: run.effects };
    },
    handle: (state) => ({ state, effects: [] }),
  });
}

/** The run, or what a wrong option or `--help` comes to. */
export function beginRun(spec: CommandSpec, input: ProcessInput): Run | { readonly effects: readonly KernelEffect[] } {
  const parsed = parseOptions(input.argv.slice(1), spec);
  if ('options' in parsed) return new Run(input, parsed.options, spec.name);
  if ('isHelp' in parsed) return { effects: [print(spec.help), exit(0)] };
  const text = `${spec.name}: ${parsed.problem}\nTry '${spec.name} --help' for more information.\n`;
  return { effects: [printError(text), exit(spec.exitCodeOfMisuse ?? 1)] };
}
