/** What the kernel tells a process: each is one event of its statechart, and one transition. */
import type { FileSystem } from './fileSystem.ts';
import type { HostCondition } from './host.ts';
import type { VirtualTimeUs } from './time.ts';

declare const unit: unique symbol;
type Unit<T, Name extends string> = T & { readonly [unit]: Name };

/** A process, alive or dead; its number is never used again. It is also its place on the virtual network, and its pid is `1000 + id`. */
export type ProcessId = Unit<number, 'ProcessId'>;
/**
 * One end of a TCP connection, numbered by the process: 1 to 32 767 for those it opens itself; accepted ones get numbers from 32 768 on.
 * A number may be used again once its connection has gone (DISCONNECTED, CONNECTION_REFUSED), better never.
 */
export type Socket = Unit<number, 'Socket'>;
/** A fact of the journal; ids rise by 1. */
export type FactId = Unit<number, 'FactId'>;

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';
/** Signals that a program sees; the kernel carries out the others. */
export type CaughtSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE' | 'SIGCONT';

/** Under what circumstances an event reaches a process; part of every event, so that transitions stay functions of their arguments. */
export interface Circumstances {
  readonly now: VirtualTimeUs;
  /** The machine's files at this instant. */
  readonly files: FileSystem;
  /** The fact that this event is: whatever the transition does has it as its principal cause. */
  readonly cause: FactId;
  /** Absent while all is well where the process runs. */
  readonly host?: HostCondition;
}

/** What is said over connections: the protocols (Kafka's, ZooKeeper's, HTTP) are the business of the processes. `name` is what a picture shows. */
export interface Message {
  readonly name: string;
}

export type NetworkEvent =
  | { readonly type: 'LISTENING'; readonly port: number }
  | { readonly type: 'ADDRESS_IN_USE'; readonly port: number }
  | { readonly type: 'CONNECTED'; readonly socket: Socket }
  | { readonly type: 'CONNECTION_REFUSED'; readonly socket: Socket }
  | { readonly type: 'ACCEPTED'; readonly socket: Socket; readonly port: number; readonly peer: ProcessId }
  | { readonly type: 'MESSAGE'; readonly socket: Socket; readonly message: Message; readonly peer: ProcessId }
  | { readonly type: 'DISCONNECTED'; readonly socket: Socket };

type ProcessEvent =
  /** Answer to a `read`: a line of a terminal (with its end of line), or all that a pipe held. */
  | { readonly type: 'STDIN'; readonly text: string }
  | { readonly type: 'STDIN_CLOSED' }
  | { readonly type: 'SIGNAL'; readonly signal: CaughtSignal }
  /** An operation of its management interface (JMX) is called. */
  | { readonly type: 'OPERATION'; readonly operation: string; readonly argument: string }
  | { readonly type: 'CHILD_STARTED'; readonly child: number; readonly process: ProcessId }
  | { readonly type: 'CHILD_EXITED'; readonly child: number; readonly process: ProcessId; readonly exitCode: number };

/** An event that reaches a process from the kernel. Timers deliver whatever event they were set with. */
export type KernelEvent = NetworkEvent | ProcessEvent;

/** An event as a machine receives it. */
export type Delivered<E> = E & Circumstances;
