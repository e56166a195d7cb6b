/**
 * Requests that wait for something to happen: bytes to read, replicas to acknowledge, leaders to be known. Each is tried again when that
 * which it watches changes, and answered as it is when its time is over.
 *
 * Follows `kafka.server.DelayedOperationPurgatory` (3.9.0).
 */
import { ms } from '../../kernel/time.ts';
import { cancelTimer, setTimer, type Turn, update } from './turn.ts';

export interface DelayedOperation {
  readonly kind: 'followerFetch' | 'consumerFetch' | 'produce' | 'deleteRecords' | 'topics' | 'election';
  /** Places in `Broker.partitions`; unused by operations that watch topics. */
  readonly partitions: ReadonlySet<number>;
  /** True: it is done, and has answered. `index` is the partition that changed; null for all. */
  readonly tryComplete: (turn: Turn, index: number | null) => boolean;
  readonly expire: (turn: Turn) => void;
}
export interface DelayedOperations {
  readonly nextId: number;
  readonly byId: ReadonlyMap<number, DelayedOperation>;
}
export const noDelayedOperations: DelayedOperations = { nextId: 0, byId: new Map() };

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
  const byId = new Map(delayed.byId);
  byId.set(delayed.nextId, operation);
  update(turn, { delayed: { nextId: delayed.nextId + 1, byId } });
  setTimer(turn, `operation ${delayed.nextId}`, ms(timeoutMs), {
    type: 'OPERATION_EXPIRED',
    operation: delayed.nextId,
  });
}

export function completeDelayed(turn: Turn, index: number, change: PartitionChange): void {
  const kinds = isConcerned[change];
  for (const [id, operation] of turn.broker.delayed.byId) {
    if (kinds.includes(operation.kind) && operation.partitions.has(index)) attempt(turn, id, operation, index);
  }
}

/** Tries all operations of these kinds. */
export function completeAllDelayed(turn: Turn, ...kinds: readonly DelayedOperation['kind'][]): void {
  for (const [id, operation] of turn.broker.delayed.byId) {
    if (kinds.includes(operation.kind)) attempt(turn, id, operation, null);
  }
}

function attempt(turn: Turn, id: number, operation: DelayedOperation, index: number | null): void {
  if (!turn.broker.delayed.byId.has(id) || !operation.tryComplete(turn, index)) return;
  forget(turn, id);
  cancelTimer(turn, `operation ${id}`);
}

export function expireDelayed(turn: Turn, id: number): void {
  const operation = turn.broker.delayed.byId.get(id);
  if (operation === undefined) return;
  forget(turn, id);
  operation.expire(turn);
}

function forget(turn: Turn, id: number): void {
  const { delayed } = turn.broker;
  const byId = new Map(delayed.byId);
  byId.delete(id);
  update(turn, { delayed: { ...delayed, byId } });
}
