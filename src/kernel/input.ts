/** Everything that comes from outside the simulation: what a person types, the faults they cause, the servers a scenario starts with. */
import type { FactId, ProcessId, Signal } from './events.ts';
import type { WritableChange } from './fileSystem.ts';
import type { DiskCondition } from './host.ts';
import type { LinkCondition } from './network.ts';
import type { VirtualTimeUs } from './time.ts';

export type Input =
  /** A terminal is opened: its shell starts. */
  | {
      readonly kind: 'openTerminal';
      readonly terminal: string;
      readonly program: string;
      /** The program's name first; that name alone unless told. */
      readonly argv?: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
    }
  /** A line and its Return, whole: line editing happens outside. */
  | { readonly kind: 'typed'; readonly terminal: string; readonly line: string }
  /** Ctrl-D on an empty line. */
  | { readonly kind: 'endOfFile'; readonly terminal: string }
  /** Ctrl-C. */
  | { readonly kind: 'interrupt'; readonly terminal: string }
  /** A process started without a terminal, its output going to a file. */
  | {
      readonly kind: 'start';
      readonly program: string;
      readonly argv: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      readonly outputFile: string;
    }
  | { readonly kind: 'signal'; readonly process: ProcessId; readonly signal: Signal }
  /** The way from one process to another; the way back is another link. */
  | { readonly kind: 'setLink'; readonly from: ProcessId; readonly to: ProcessId; readonly condition: LinkCondition }
  | { readonly kind: 'changeFile'; readonly change: WritableChange }
  /** The disk that holds a directory, and all that is in it. */
  | { readonly kind: 'setDisk'; readonly directory: string; readonly condition: DiskCondition }
  /** The wall clock of the process's host is so far ahead from now on; 0: it is right again. Timers do not go by it. */
  | { readonly kind: 'setClock'; readonly process: ProcessId; readonly offsetMs: number }
  /** A message under way, named by the fact that sent it (`sent` or `resent`), does not arrive. */
  | { readonly kind: 'loseMessage'; readonly message: FactId; readonly outcome: 'resent' | 'disconnected' }
  /** Nothing happens before that timer of the process does; what is under way and the other timers are late. */
  | { readonly kind: 'fireTimer'; readonly process: ProcessId; readonly timer: string }
  /** An administrator calls an operation of a process's management interface (JMX). */
  | {
      readonly kind: 'operate';
      readonly process: ProcessId;
      readonly operation: string;
      readonly argument: string;
    };

/** An input and its place in the history: after how many events it came, so that a replay applies it at the same point. */
export interface StampedInput {
  readonly afterEvent: number;
  readonly at: VirtualTimeUs;
  readonly input: Input;
}
