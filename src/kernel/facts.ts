/**
 * Facts: immutable records of what happened, each with the facts that caused it, the principal one first. Every change of state can be
 * walked back from fact to fact to the input that began it.
 */
import type { FactId, Message, ProcessId, Signal, Socket } from './events.ts';
import type { Input } from './input.ts';
import type { VirtualTimeUs } from './time.ts';

export type Happening =
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'started'; readonly program: string; readonly argv: readonly string[] }
  | { readonly kind: 'exited'; readonly exitCode: number; readonly signal: Signal | null }
  | { readonly kind: 'signalled'; readonly signal: Signal }
  | { readonly kind: 'entered'; readonly state: string }
  | { readonly kind: 'connecting'; readonly socket: Socket; readonly port: number }
  | { readonly kind: 'connected'; readonly socket: Socket; readonly peer: ProcessId }
  | { readonly kind: 'accepted'; readonly socket: Socket; readonly peer: ProcessId }
  | { readonly kind: 'refused'; readonly socket: Socket; readonly port: number }
  | { readonly kind: 'closed'; readonly socket: Socket }
  | { readonly kind: 'disconnected'; readonly socket: Socket }
  /** `dueAt` null: the link is cut, the message waits with the sender. */
  | { readonly kind: 'sent'; readonly to: ProcessId; readonly message: Message; readonly dueAt: VirtualTimeUs | null }
  /** A cut of the link caught a message on its way: it waits with the sender until the link works again. */
  | { readonly kind: 'lost'; readonly to: ProcessId; readonly message: Message }
  /** A message that a cut held back leaves at last. Causes: its `sent` fact, then what mended the link. */
  | { readonly kind: 'resent'; readonly to: ProcessId; readonly message: Message; readonly dueAt: VirtualTimeUs }
  | { readonly kind: 'delivered'; readonly from: ProcessId; readonly message: Message }
  | { readonly kind: 'timerSet'; readonly timer: string; readonly dueAt: VirtualTimeUs }
  | { readonly kind: 'timerFired'; readonly timer: string }
  | { readonly kind: 'read'; readonly text: string | null }
  | {
      readonly kind: 'printed';
      readonly terminal: string | null;
      readonly to: 'stdout' | 'stderr';
      readonly text: string;
    }
  | { readonly kind: 'fileChanged'; readonly path: string }
  /** Something that only the domain understands: record appended, leader elected… */
  | {
      readonly kind: 'told';
      readonly name: string;
      readonly mark: string | null;
      readonly detail: Readonly<Record<string, unknown>>;
    };

export interface FactOf<H extends Happening> {
  readonly id: FactId;
  readonly at: VirtualTimeUs;
  /** The process it happened to; null for what comes from outside. */
  readonly process: ProcessId | null;
  readonly causes: readonly FactId[];
  readonly what: H;
}
export type Fact = FactOf<Happening>;

/** A fact that has a place on the scrubber. */
export const isMarked = ({ what }: Fact): boolean => what.kind === 'told' && what.mark !== null;
