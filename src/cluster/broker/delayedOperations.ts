/**
 * Requests that wait for something to happen: bytes to read, replicas to acknowledge, leaders to be known. Each is tried again when that
 * which it watches changes, and answered as it is when its time is over.
 *
 * Follows `kafka.server.DelayedOperationPurgatory` (3.9.0).
 */
import type { Offset } from '../../kafka/ids.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms } from '../../kernel/time.ts';
import { setTimer, type Turn, update } from './turn.ts';

/**
 * Made by a function of its own that is given what it needs: one made where a turn is at hand would keep that turn, with its broker and
 * all that waited then.
 */
export interface DelayedOperation {
  readonly kind: 'followerFetch' | 'consumerFetch' | 'produce' | 'deleteRecords' | 'topics' | 'election';
  /** Places in `Broker.partitions`; unused by operations that watch topics. */
  readonly partitions: ReadonlySet<number>;
  /** Of a produce, by place: the high watermark that it waits for. Pictures show it. */
  readonly awaits?: ReadonlyMap<number, Offset>;
  /** True: it is done, and has answered. `index` is the partition that changed; null for all. */
  readonly tryComplete: (turn: Turn, index: number | null) => boolean;
  readonly expire: (turn: Turn) => void;
}
interface Waiting extends DelayedOperation {
  readonly expiresAt: VirtualTimeUs;
}
export interface DelayedOperations {
  /** In the order in which they began to wait. */
  readonly waiting: readonly Waiting[];
  /** When the one timer of all is due; null without one. It may be due before the first operation: that one has been completed. */
  readonly reaperAt: VirtualTimeUs | null;
}
export const noDelayedOperations: DelayedOperations = { waiting: [], reaperAt: null };

/** What happened to a partition. */
export type PartitionChange = 'append' | 'highWatermark' | 'replication' | 'role';

const isConcerned: Readonly<Record<PartitionChange, readonly DelayedOperation['kind'][]>> = {
  append: ['followerFetch'],
  highWatermark: ['consumerFetch', 'produce', 'deleteRecords'],
  replication: ['deleteRecords'],
  role: ['followerFetch', 'consumerFetch', 'produce', 'deleteRecords', 'election'],
};

/** Waits for at most `timeoutMs`. Who asks has tried already. */
export function delay(turn: Turn, operation: DelayedOperation, timeoutMs: number): void {
  const { delayed } = turn.broker;
  const { kind, partitions, awaits, tryComplete, expire } = operation;
  const expiresAt = later(turn.now, ms(timeoutMs));
  const added: Waiting = {
    kind,
    partitions,
    ...(awaits === undefined ? {} : { awaits }),
    tryComplete,
    expire,
    expiresAt,
  };
  const waiting = [...delayed.waiting, added];
  update(turn, { delayed: { waiting, reaperAt: delayed.reaperAt } });
  if (delayed.reaperAt === null || expiresAt < delayed.reaperAt) setReaper(turn, expiresAt);
}

/** One timer for all, as Kafka's reaper thread is. */
function setReaper(turn: Turn, at: VirtualTimeUs): void {
  update(turn, { delayed: { ...turn.broker.delayed, reaperAt: at } });
  setTimer(turn, 'expiration reaper', at - turn.now, { type: 'OPERATIONS_EXPIRE' });
}

export function completeDelayed(turn: Turn, index: number, change: PartitionChange): void {
  const kinds = isConcerned[change];
  for (const operation of turn.broker.delayed.waiting) {
    if (kinds.includes(operation.kind) && operation.partitions.has(index)) attempt(turn, operation, index);
  }
}

/** Tries all operations of these kinds. */
export function completeAllDelayed(turn: Turn, ...kinds: readonly DelayedOperation['kind'][]): void {
  for (const operation of turn.broker.delayed.waiting) {
    if (kinds.includes(operation.kind)) attempt(turn, operation, null);
  }
}

function attempt(turn: Turn, operation: Waiting, index: number | null): void {
  if (isWaiting(turn, operation) && operation.tryComplete(turn, index)) forget(turn, operation);
}

const isWaiting = ({ broker }: Turn, operation: Waiting): boolean => broker.delayed.waiting.includes(operation);

/** The reaper's turn: answers all whose time is over, and waits for the next. */
export function expireOperations(turn: Turn): void {
  update(turn, { delayed: { ...turn.broker.delayed, reaperAt: null } });
  for (const operation of turn.broker.delayed.waiting) {
    if (operation.expiresAt > turn.now || !isWaiting(turn, operation)) continue;
    forget(turn, operation);
    operation.expire(turn);
  }
  let next: VirtualTimeUs | null = null;
  for (const { expiresAt } of turn.broker.delayed.waiting) {
    if (next === null || expiresAt < next) next = expiresAt;
  }
  const { reaperAt } = turn.broker.delayed;
  if (next !== null && (reaperAt === null || next < reaperAt)) setReaper(turn, next);
}

function forget(turn: Turn, operation: Waiting): void {
  const { waiting, reaperAt } = turn.broker.delayed;
  update(turn, { delayed: { waiting: waiting.filter((other) => other !== operation), reaperAt } });
}
