/**
 * What a broker knows as coordinator of transactions, and one event's worth of its work: answers, records to append, markers to send,
 * timers, lines. A turn lives for one call; the values it holds are immutable.
 *
 * Follows `TransactionStateManager` and `TransactionMarkerChannelManager` of `kafka.coordinator.transaction` (3.9.0).
 */
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId, ProducerId, TimestampMs } from '../../kafka/ids.ts';
import type { NewRecord } from '../../kafka/record/record.ts';
import { createBatch, type RecordBatch } from '../../kafka/record/recordBatch.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Socket } from '../../kernel/events.ts';
import { ms, timestampMsAt, type VirtualTimeUs } from '../../kernel/time.ts';
import type { ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import type { WriteTxnMarkersRequest } from '../protocol/kafka/transactions.ts';
import type { LogLine } from '../zookeeper/logLine.ts';
import type { TransactionMetadata, TransactionTransit } from './transactionMetadata.ts';

export interface TransactionCoordinatorConfig {
  readonly transactionalIdExpirationMs: number;
  readonly maxTimeoutMs: number;
  readonly abortTimedOutIntervalMs: number;
  readonly removeExpiredIntervalMs: number;
  readonly requestTimeoutMs: number;
}

/** A partition of `__transaction_state` that this broker leads. */
export interface OwnedPartition {
  /** The leader epoch: markers carry it, and an older coordinator is fenced by it. */
  readonly coordinatorEpoch: number;
  readonly transactions: ReadonlyMap<string, TransactionMetadata>;
}

export interface TransactionCoordinator {
  readonly brokerId: BrokerId;
  readonly config: TransactionCoordinatorConfig;
  readonly isActive: boolean;
  readonly owned: ReadonlyMap<number, OwnedPartition>;
  /** By the id of the append, what follows when it is committed or has failed. */
  readonly pendingAppends: ReadonlyMap<number, PendingAppend>;
  readonly nextAppend: number;
  /** By transactional id, decided transactions that are not complete: their markers are being written. */
  readonly completions: ReadonlyMap<string, Completion>;
  /** Markers that wait for their turn, by the broker that shall write them. */
  readonly queues: ReadonlyMap<BrokerId, readonly Marker[]>;
  /** Markers that a broker has been asked to write. */
  readonly inFlight: ReadonlyMap<BrokerId, readonly Marker[]>;
  /** Markers to be tried again soon: no leader was there, or it did not answer. */
  readonly delayedMarkers: readonly Marker[];
  /** Completions to be written again soon: the log could not take them. */
  readonly delayedCompletions: readonly Completion[];
  readonly isRetrying: boolean;
}

/** A decided transaction, and what it becomes when every marker is written (`PendingCompleteTxn`). */
export interface Completion {
  readonly transactionalId: string;
  readonly coordinatorEpoch: number;
  readonly transit: TransactionTransit;
}

/** The end of a transaction in some partitions of one leader (`TxnMarkerEntry`). */
export interface Marker {
  readonly completion: Completion;
  readonly producerId: ProducerId;
  readonly producerEpoch: TransactionMetadata['producerEpoch'];
  readonly isCommit: boolean;
  readonly partitions: readonly TopicPartition[];
}

/** Where an answer goes, now or later. */
export interface RequestTag {
  readonly socket: Socket;
  readonly correlationId: number;
}

/** Who hears how a transaction's end was begun. */
export type EndAnswer =
  | { readonly kind: 'EndTxn'; readonly to: RequestTag }
  /** A successor: it is to ask again. */
  | { readonly kind: 'InitProducerId'; readonly to: RequestTag }
  | { readonly kind: 'timeout' };

/** Records on their way into the log, and what follows. */
export type PendingAppend =
  | (Completion & {
      readonly kind: 'transition';
      readonly next: AfterTransition;
    })
  | {
      readonly kind: 'expiration';
      readonly partition: number;
      readonly coordinatorEpoch: number;
      readonly transactionalIds: readonly string[];
    };

export type AfterTransition =
  | { readonly kind: 'InitProducerId' | 'AddOffsetsToTxn'; readonly to: RequestTag }
  | { readonly kind: 'AddPartitionsToTxn'; readonly to: RequestTag; readonly topics: AskedTopics }
  | { readonly kind: 'end'; readonly isCommit: boolean; readonly isEpochFence: boolean; readonly answer: EndAnswer }
  | { readonly kind: 'complete' };

export type AskedTopics = readonly { readonly name: string; readonly partitions: readonly number[] }[];

export type TransactionApi =
  | 'InitProducerId'
  | 'AddPartitionsToTxn'
  | 'AddOffsetsToTxn'
  | 'EndTxn'
  | 'DescribeTransactions'
  | 'ListTransactions';
export type TransactionReply = {
  readonly [A in TransactionApi]: { readonly to: RequestTag; readonly api: A; readonly body: ResponseBody<A> };
}[TransactionApi];

/** A batch for a partition of `__transaction_state`, appended as coordinator with acks −1. */
export interface TransactionAppend {
  /** To be told to `completeTransactionAppend`. */
  readonly append: number;
  readonly partition: number;
  readonly batch: RecordBatch;
  readonly timeoutMs: number;
}

/** WriteTxnMarkers for one broker; how it went is told to `completeMarkers`. */
export interface MarkerRequest {
  readonly broker: BrokerId;
  readonly body: WriteTxnMarkersRequest;
}

export interface TransactionTimerEvent {
  readonly type: 'TRANSACTION_TIMER';
  readonly timer: 'abortTimedOut' | 'removeExpired' | 'retry';
}

/** What the coordinator sees of its broker, during one call. */
export interface Surroundings {
  readonly now: VirtualTimeUs;
  /** What the wall clock shows. */
  readonly clock: VirtualTimeUs;
  /** Of `__transaction_state`. */
  readonly partitionCount: number;
  /** `noNode`: the partition is there, but no leader can be reached; `unknown`: there is no such partition. */
  readonly leaderOf: (partition: TopicPartition) => BrokerId | 'noNode' | 'unknown';
  /** Null while no id can be had. */
  readonly nextProducerId: () => ProducerId | null;
}

export interface TransactionTurn {
  coordinator: TransactionCoordinator;
  readonly surroundings: Surroundings;
  readonly now: VirtualTimeUs;
  readonly nowMs: TimestampMs;
  readonly replies: TransactionReply[];
  readonly appends: TransactionAppend[];
  readonly markerRequests: MarkerRequest[];
  readonly effects: KernelEffect[];
  readonly lines: LogLine[];
}

export const beginTurn = (coordinator: TransactionCoordinator, surroundings: Surroundings): TransactionTurn => ({
  coordinator,
  surroundings,
  now: surroundings.now,
  nowMs: timestampMsAt(surroundings.clock) as TimestampMs,
  replies: [],
  appends: [],
  markerRequests: [],
  effects: [],
  lines: [],
});

export function change(turn: TransactionTurn, changes: Partial<TransactionCoordinator>): void {
  turn.coordinator = { ...turn.coordinator, ...changes };
}

export const partitionFor = ({ surroundings }: TransactionTurn, transactionalId: string): number =>
  coordinatorPartition(transactionalId, surroundings);

/** A transaction with the epoch of its coordinator; null: no such id; or why this broker cannot say. */
export function transactionOf(
  turn: TransactionTurn,
  transactionalId: string,
): { readonly coordinatorEpoch: number; readonly metadata: TransactionMetadata } | null | 'NOT_COORDINATOR' {
  const partition = turn.coordinator.owned.get(partitionFor(turn, transactionalId));
  if (partition === undefined) return 'NOT_COORDINATOR';
  const metadata = partition.transactions.get(transactionalId);
  return metadata === undefined ? null : { coordinatorEpoch: partition.coordinatorEpoch, metadata };
}

/** The transaction as long as this is still the coordinator of that epoch. */
export function transactionIn(
  turn: TransactionTurn,
  { transactionalId, coordinatorEpoch }: Pick<Completion, 'transactionalId' | 'coordinatorEpoch'>,
): TransactionMetadata | null {
  const found = transactionOf(turn, transactionalId);
  if (found === null || found === 'NOT_COORDINATOR') return null;
  return found.coordinatorEpoch === coordinatorEpoch ? found.metadata : null;
}

export function putTransaction(turn: TransactionTurn, metadata: TransactionMetadata): void {
  const partition = partitionFor(turn, metadata.transactionalId);
  const owned = turn.coordinator.owned.get(partition);
  if (owned === undefined) throw new Error(`The coordinator of ${metadata.transactionalId} is another broker.`);
  const transactions = new Map(owned.transactions).set(metadata.transactionalId, metadata);
  change(turn, { owned: new Map(turn.coordinator.owned).set(partition, { ...owned, transactions }) });
}

/** Writes what was prepared; `next` is done when it is committed and holds. */
export function appendTransition(
  turn: TransactionTurn,
  completion: Completion,
  next: AfterTransition,
  record: NewRecord,
): void {
  const { transactionalId, transit } = completion;
  append(turn, partitionFor(turn, transactionalId), [record], transit.txnTimeoutMs, {
    kind: 'transition',
    ...completion,
    next,
  });
}

export function append(
  turn: TransactionTurn,
  partition: number,
  records: readonly NewRecord[],
  timeoutMs: number,
  pending: PendingAppend,
): void {
  const { nextAppend, pendingAppends } = turn.coordinator;
  turn.appends.push({ append: nextAppend, partition, batch: createBatch(records), timeoutMs });
  change(turn, { nextAppend: nextAppend + 1, pendingAppends: new Map(pendingAppends).set(nextAppend, pending) });
}

export function takeAppend(turn: TransactionTurn, id: number): PendingAppend | undefined {
  const pendingAppends = new Map(turn.coordinator.pendingAppends);
  const pending = pendingAppends.get(id);
  pendingAppends.delete(id);
  change(turn, { pendingAppends });
  return pending;
}

export function setTransactionTimer(
  turn: TransactionTurn,
  timer: TransactionTimerEvent['timer'],
  delayMs: number,
): void {
  const event: TransactionTimerEvent = { type: 'TRANSACTION_TIMER', timer };
  turn.effects.push({ type: 'setTimer', params: { id: `transactions ${timer}`, delayUs: ms(delayMs), event } });
}

export function log(turn: TransactionTurn, level: LogLine['level'], text: string): void {
  const logger = 'kafka.coordinator.transaction.TransactionCoordinator';
  turn.lines.push({ level, text: `[TransactionCoordinator id=${turn.coordinator.brokerId}] ${text}`, logger });
}
export function logManager(turn: TransactionTurn, level: LogLine['level'], text: string): void {
  const logger = 'kafka.coordinator.transaction.TransactionStateManager';
  turn.lines.push({ level, text: `[Transaction State Manager ${turn.coordinator.brokerId}]: ${text}`, logger });
}
export function logMarkers(turn: TransactionTurn, level: LogLine['level'], text: string): void {
  const logger = 'kafka.coordinator.transaction.TransactionMarkerChannelManager';
  turn.lines.push({
    level,
    text: `[Transaction Marker Channel Manager ${turn.coordinator.brokerId}]: ${text}`,
    logger,
  });
}

/** How a failed append to the log is told to who waits for it (`appendTransactionToLog`). */
export function transitionErrorOf(error: ErrorName): ErrorName {
  switch (error) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'NOT_ENOUGH_REPLICAS':
    case 'NOT_ENOUGH_REPLICAS_AFTER_APPEND':
    case 'REQUEST_TIMED_OUT':
      return 'COORDINATOR_NOT_AVAILABLE';
    case 'NOT_LEADER_OR_FOLLOWER':
    case 'KAFKA_STORAGE_ERROR':
      return 'NOT_COORDINATOR';
    case 'MESSAGE_TOO_LARGE':
    case 'RECORD_LIST_TOO_LARGE':
      return 'UNKNOWN_SERVER_ERROR';
    default:
      return error;
  }
}
