/** Processes: what runs on the virtual machine, each an xstate machine of its own, with its streams and its place on the network. */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { FactId, ProcessId, Signal } from './events.ts';
import type { FileSystem } from './fileSystem.ts';
import type { HostCondition } from './host.ts';
import type { VirtualTimeUs } from './time.ts';

/** What a machine is created with. */
export interface ProcessInput {
  readonly process: ProcessId;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Of the process's own streams of chance. */
  readonly seed: number;
  readonly now: VirtualTimeUs;
  readonly files: FileSystem;
  readonly cause: FactId;
  /** Absent while all is well where the process runs. */
  readonly host?: HostCondition;
  /** The terminal it belongs to, if any. */
  readonly terminal: string | null;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
}

/** A program's machine, or what makes it: most programs of a session are never run, and a chart takes its time to be made. */
export type Program = AnyStateMachine | (() => AnyStateMachine);
/** Programs by name. The kernel knows of a program only its machine. */
export type Programs = Readonly<Record<string, Program>>;

/** Where a process's output goes. */
export type OutputTarget =
  | { readonly kind: 'terminal'; readonly terminal: string }
  | { readonly kind: 'stream'; readonly stream: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'null' };

export interface Process {
  readonly id: ProcessId;
  readonly program: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly snapshot: AnyMachineSnapshot;
  readonly status: 'running' | 'paused' | 'exited';
  readonly exitCode: number | null;
  /** The signal that ended it, if one did. */
  readonly endedBy: Signal | null;
  readonly startedAt: VirtualTimeUs;
  readonly parent: ProcessId | null;
  /** The parent's number for it. */
  readonly child: number;
  readonly terminal: string | null;
  readonly isForeground: boolean;
  /** It is what its parent has become. */
  readonly takesPlace?: true;
  readonly stdin: number | null;
  readonly stdout: OutputTarget;
  readonly stderr: OutputTarget;
  readonly nextAcceptedSocket: number;
}

/** Bytes on their way to a reader: the keyboard side of a terminal, or a pipe. */
export interface InputStream {
  readonly kind: 'terminal' | 'pipe';
  /** A terminal gives one line a read, a pipe all it has. */
  readonly chunks: readonly StreamChunk[];
  /** Who waits for data, the latest last: it is served first. */
  readonly waiting: readonly ProcessId[];
  /** Ends of a pipe open for writing. */
  readonly writers: number;
  /** The last writer of a pipe has gone: who has read all sees its end. A pipe whose writer is yet to start makes readers wait. */
  readonly isFinished: boolean;
}
/** `text` null: Ctrl-D, an end that only one read sees. */
export interface StreamChunk {
  readonly text: string | null;
  readonly fact: FactId;
}
