/**
 * What a process may ask of the kernel: the named actions that its machine returns, params plain data, performed after the transition
 * and in order. A machine declares them by spreading `kernelActions` into its `setup({ actions })`.
 */
import type { CaughtSignal, FactId, Message, ProcessId, Signal, Socket } from './events.ts';
import type { FileChange } from './fileSystem.ts';

/** Where a process reads from, or writes to. `pipe`: a number chosen by the parent, the same at both ends. */
export type StreamEnd =
  | { readonly kind: 'inherit' }
  | { readonly kind: 'null' }
  | { readonly kind: 'pipe'; readonly pipe: number }
  | { readonly kind: 'file'; readonly path: string; readonly append: boolean }
  | { readonly kind: 'text'; readonly text: string };

export interface SpawnRequest {
  /** The parent's own number for this child, named again in CHILD_EXITED. */
  readonly child: number;
  /** Name in the registry of programs. */
  readonly program: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: StreamEnd;
  readonly stdout: StreamEnd;
  readonly stderr: StreamEnd;
  /** False for what a shell runs with `&`: Ctrl-C at the terminal does not reach it. */
  readonly foreground: boolean;
  /** As by `exec`: the child is what the parent has become, and gets the signals that the parent cannot pass on. */
  readonly takesPlace?: true;
}

/** A fact of the domain (record appended, leader elected…), told by the process it happened to. `name` and `detail` are typed by who declares them. */
export interface DomainFact {
  readonly name: string;
  /** Mark on the scrubber; absent for facts that only "why?" asks for. */
  readonly mark?: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Other facts without which this one would not be; the event being handled always comes first and is not repeated here. */
  readonly alsoBecauseOf?: readonly FactId[];
}

export interface KernelEffects {
  /** Answered at once by LISTENING or ADDRESS_IN_USE. */
  readonly listen: { readonly port: number };
  readonly stopListening: { readonly port: number };
  /** Answered by CONNECTED or CONNECTION_REFUSED, or never while the link is cut. */
  readonly connect: { readonly socket: Socket; readonly port: number };
  /** It leaves `delayUs` microseconds from now, if given, and what is sent after it over the same socket leaves no sooner. */
  readonly send: { readonly socket: Socket; readonly message: Message; readonly delayUs?: number };
  readonly close: { readonly socket: Socket };
  /** A timer of the same id is replaced. */
  readonly setTimer: { readonly id: string; readonly delayUs: number; readonly event: { readonly type: string } };
  readonly cancelTimer: { readonly id: string };
  readonly read: Readonly<Record<string, never>>;
  readonly print: { readonly text: string; readonly to: 'stdout' | 'stderr' };
  readonly changeFile: FileChange;
  readonly spawn: SpawnRequest;
  readonly signalChild: { readonly child: number; readonly signal: Signal };
  readonly signalProcess: { readonly process: ProcessId; readonly signal: Signal };
  readonly fact: DomainFact;
  /** The process ends: its connections close, its timers go. */
  readonly exit: { readonly code: number };
}

export type KernelEffect = {
  readonly [Name in keyof KernelEffects]: { readonly type: Name; readonly params: KernelEffects[Name] };
}[keyof KernelEffects];

/** Exit code of a process that dies of a signal: 128 + its number, as bash shows it. */
export const exitCodeOf: Readonly<Record<CaughtSignal | 'SIGKILL', number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGKILL: 137,
  SIGPIPE: 141,
  SIGTERM: 143,
  SIGCONT: 0,
};

/** To be spread into `setup({ actions: { ...kernelActions } })`. */
export const kernelActions = {
  listen: (_args: unknown, _params: KernelEffects['listen']): void => {},
  stopListening: (_args: unknown, _params: KernelEffects['stopListening']): void => {},
  connect: (_args: unknown, _params: KernelEffects['connect']): void => {},
  send: (_args: unknown, _params: KernelEffects['send']): void => {},
  close: (_args: unknown, _params: KernelEffects['close']): void => {},
  setTimer: (_args: unknown, _params: KernelEffects['setTimer']): void => {},
  cancelTimer: (_args: unknown, _params: KernelEffects['cancelTimer']): void => {},
  read: (_args: unknown, _params: KernelEffects['read']): void => {},
  print: (_args: unknown, _params: KernelEffects['print']): void => {},
  changeFile: (_args: unknown, _params: KernelEffects['changeFile']): void => {},
  spawn: (_args: unknown, _params: KernelEffects['spawn']): void => {},
  signalChild: (_args: unknown, _params: KernelEffects['signalChild']): void => {},
  signalProcess: (_args: unknown, _params: KernelEffects['signalProcess']): void => {},
  fact: (_args: unknown, _params: KernelEffects['fact']): void => {},
  exit: (_args: unknown, _params: KernelEffects['exit']): void => {},
};
