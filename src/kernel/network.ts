/**
 * The virtual network: TCP connections between processes, over links that take time, lose, stall or are cut. A byte sent is delivered
 * once and in order, or the connection ends: what a bad link costs is delay, as with the real TCP (RFC 9293, retransmission RFC 6298).
 */
import type { FactId, Message, ProcessId, Socket } from './events.ts';
import type { RandomState } from './random.ts';
import { nextBelow, nextBetween } from './random.ts';
import type { VirtualTimeUs } from './time.ts';

/** The state of one way between two processes. */
export interface LinkCondition {
  readonly isCut: boolean;
  /** Added to every flight. */
  readonly extraLatencyUs: number;
  /** Chances in 1 000 that a flight is lost and sent again after the retransmission time-out. */
  readonly lossPerMille: number;
}
export const healthyLink: LinkCondition = { isCut: false, extraLatencyUs: 0, lossPerMille: 0 };

/** A flight takes this long, drawn anew each time. */
const flightUs = { least: 500, most: 2000 } as const;
/** First retransmission time-out; doubles at each loss in a row. Linux's minimum. */
export const retransmissionUs = 200_000;

/** What travels over a connection; `fact` is what sent it. */
export type Segment =
  | { readonly kind: 'message'; readonly message: Message; readonly fact: FactId }
  | { readonly kind: 'fin'; readonly fact: FactId };

/** One end of a connection; ends of a connection have each other's key. */
export interface ConnectionEnd {
  readonly key: number;
  readonly process: ProcessId;
  readonly socket: Socket;
  /** Null until the other side has accepted. */
  readonly peer: number | null;
  readonly peerProcess: ProcessId | null;
  readonly port: number;
  /** Closing: the process has left; its kernel still delivers what was sent, and the end itself. */
  readonly state: 'connecting' | 'open' | 'closing';
  /** The fact of the request that opened it. */
  readonly openedBy: FactId;
  /** When the last segment sent from here is due: nothing overtakes it. */
  readonly lastDueAt: VirtualTimeUs;
  /** What a cut link keeps from leaving or arriving, in order: the sender's kernel keeps trying. */
  readonly unsent: readonly Segment[];
}

/** Unique key of a process's socket. */
export const endKey = (process: ProcessId, socket: Socket): number => process * 65_536 + socket;
/** Whose end a key is. */
export const ownerOfEnd = (key: number): ProcessId => Math.floor(key / 65_536) as ProcessId;
/** Accepted sockets have the numbers from this one to 65 535, then from here again. */
export const firstAcceptedSocket = 32_768;
const linkKey = (from: ProcessId, to: ProcessId): number => from * 1_048_576 + to;

/** Conditions of the links that are not healthy, by direction. */
export class Links {
  readonly #conditions: Map<number, LinkCondition>;

  constructor(conditions: ReadonlyMap<number, LinkCondition> = new Map()) {
    this.#conditions = new Map(conditions);
  }

  between(from: ProcessId, to: ProcessId): LinkCondition {
    if (this.#conditions.size === 0) return healthyLink;
    return this.#conditions.get(linkKey(from, to)) ?? healthyLink;
  }

  set(from: ProcessId, to: ProcessId, condition: LinkCondition): void {
    const { isCut, extraLatencyUs, lossPerMille } = condition;
    if (!isCut && extraLatencyUs === 0 && lossPerMille === 0) this.#conditions.delete(linkKey(from, to));
    else this.#conditions.set(linkKey(from, to), condition);
  }

  /** Every link that is not healthy. */
  *impaired(): Iterable<{ readonly from: ProcessId; readonly to: ProcessId; readonly condition: LinkCondition }> {
    for (const [key, condition] of this.#conditions) {
      yield { from: Math.floor(key / 1_048_576) as ProcessId, to: (key % 1_048_576) as ProcessId, condition };
    }
  }

  get areHealthy(): boolean {
    return this.#conditions.size === 0;
  }

  /** The links of one process become another's, which runs where it ran. */
  handOver(before: ProcessId, after: ProcessId): void {
    for (const { from, to, condition } of this.impaired()) {
      if (from !== before && to !== before) continue;
      this.#conditions.delete(linkKey(from, to));
      this.set(from === before ? after : from, to === before ? after : to, condition);
    }
  }

  copy(): Links {
    return new Links(this.#conditions);
  }
}

/** How long a flight takes in microseconds, retransmissions of lost segments included, and the chance that is left. */
export function sampleFlight(link: LinkCondition, random: RandomState): readonly [number, RandomState] {
  let [duration, state] = nextBetween(random, flightUs.least, flightUs.most);
  duration += link.extraLatencyUs;
  let timeout = retransmissionUs;
  while (link.lossPerMille > 0) {
    const [drawn, next] = nextBelow(state, 1000);
    state = next;
    if (drawn >= link.lossPerMille || timeout > 60_000_000) break;
    duration += timeout;
    timeout *= 2;
  }
  return [duration, state];
}
