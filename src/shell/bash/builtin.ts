/** What a command inside bash is given, and what it may answer. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import type { Commands } from './resolveCommand.ts';
import type { Shell } from './shell.ts';
import { labelOf } from './shell.ts';

export interface BuiltinCall {
  readonly shell: Shell;
  /** The command's name first. */
  readonly argv: readonly string[];
  readonly files: FileSystem;
  readonly commands: Commands;
}

/** What the shell does next, beyond going on. */
export type Control =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'break'; readonly levels: number }
  | { readonly kind: 'continue'; readonly levels: number }
  | { readonly kind: 'return'; readonly code: number }
  /** Runs a text in this shell. `positional` null: the arguments stay. */
  | {
      readonly kind: 'run';
      readonly text: string;
      readonly positional: readonly string[] | null;
      readonly isFile: boolean;
    }
  /** Runs another command; `exec` ends the shell with it. */
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly endsShell: boolean }
  | { readonly kind: 'read'; readonly names: readonly string[]; readonly isRaw: boolean }
  | { readonly kind: 'awaitJobs'; readonly keys: readonly number[] }
  | { readonly kind: 'foreground'; readonly key: number };

export interface BuiltinResult {
  readonly exitCode: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly shell?: Shell;
  readonly effects?: readonly KernelEffect[];
  readonly control?: Control;
}

export type Builtin = (call: BuiltinCall) => BuiltinResult;

export const ok: BuiltinResult = { exitCode: 0 };
/** A failure with its line, after `bash: `. */
export const failure = ({ shell }: BuiltinCall, message: string, exitCode = 1): BuiltinResult => ({
  exitCode,
  stderr: `${labelOf(shell)}${message}\n`,
});
