/** Everything that comes from outside the simulation: what a person types, the faults they cause, the servers a scenario starts with. */
import type { ProcessId, Signal } from './events.ts';
import type { WritableChange } from './fileSystem.ts';
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
  | { readonly kind: 'changeFile'; readonly change: WritableChange };

/** An input and its place in the history: after how many events it came, so that a replay applies it at the same point. */
export interface StampedInput {
  readonly afterEvent: number;
  readonly at: VirtualTimeUs;
  readonly input: Input;
}
