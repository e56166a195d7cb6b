/** What every part of a client gives back: its next state, what the kernel is to do, what the log says. */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Settings } from '../../kafka/config/settings.ts';
import type { NetworkEvent } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { JavaException } from './javaException.ts';

/** A line of the client's log4j logger. Tools show WARN and above on stderr as `[timestamp] LEVEL text (class)`, the exception below it. */
export interface ClientLog {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  /** Begins with the client: `[Producer clientId=console-producer] `. */
  readonly text: string;
  /** Full name of the Java class that logs. */
  readonly class: string;
  readonly exception?: JavaException;
  /** How many of the step's results (callbacks of a producer's records) came before this line; none, unless told. */
  readonly afterResults?: number;
}

export interface ClientStep<State> {
  readonly state: State;
  readonly effects: readonly KernelEffect[];
  readonly logs: readonly ClientLog[];
}

/** A client's timer. A process declares it among its events and forwards it, as all network events, to each of its clients. */
export interface ClientTimer {
  readonly type: 'CLIENT_TIMER';
  /** `slot` of the client that set it. */
  readonly client: number;
}
export type ClientEvent = NetworkEvent | ClientTimer;

/** One transition of a client while it is being computed: nothing of it survives but what it collected. */
export interface Turn {
  readonly now: VirtualTimeUs;
  readonly effects: KernelEffect[];
  readonly logs: ClientLog[];
}
/** What a client is created from. */
export interface ClientInit {
  /** Settings as given: by a tool, its options, its properties file. What is left out has Kafka's default. */
  readonly properties: Settings;
  /** Which client of its process it is, from 0: it keeps sockets and timers of several clients apart. */
  readonly slot: number;
  /** Of the client's own stream of chance; the process's seed will do. */
  readonly seed: number;
  readonly now: VirtualTimeUs;
}
/** A client, or why its constructor throws. Logs come first either way. */
export type Created<State> =
  | ({ readonly outcome: 'created' } & ClientStep<State>)
  | { readonly outcome: 'failed'; readonly exception: JavaException; readonly logs: readonly ClientLog[] };
