/**
 * The coordinator of transactions, as a value inside a broker.
 *
 * How to embed it. The broker keeps a `TransactionCoordinator`, calls one of the functions below for each event, and deals with what comes
 * out (`TransactionOutcome`): keeps `coordinator`; sends each of `replies` to its `to`; performs `effects` (timers, facts); logs `lines`;
 * appends each of `appends` to the partition of `__transaction_state` that it names, as leader, with origin 'coordinator' and acks −1, and
 * tells how that went to `completeTransactionAppend`; sends each of `markerRequests` to its broker, and tells the answer to
 * `completeMarkers`.
 *
 *     startTransactionCoordinator    the broker begins to serve
 *     handleTransactionRequest       any request of `TransactionApi`, answered now or later
 *     onTransactionTimer             a timer's event of type TRANSACTION_TIMER
 *     onTransactionLogLeader         it has become leader of a partition of `__transaction_state`: with the whole log of it
 *     onTransactionLogFollower       it has ceased to lead it (follower, or stopped replica: epoch null)
 *
 * Follows `kafka.coordinator.transaction.TransactionCoordinator` (3.9.0).
 */
import { brokerConfig } from '../../kafka/config/brokerConfig.ts';
import { settingNumber, type Settings } from '../../kafka/config/settings.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { RequestBody } from '../protocol/kafka/kafkaMessage.ts';
import type { WriteTxnMarkersResponse } from '../protocol/kafka/transactions.ts';
import type { LogLine } from '../zookeeper/logLine.ts';
import { addOffsetsToTxn, addPartitionsToTxn, answerAdded } from './addPartitions.ts';
import { describeTransactions, listTransactions } from './administration.ts';
import {
  beginTurn,
  change,
  log,
  type MarkerRequest,
  type PendingAppend,
  type RequestTag,
  type Surroundings,
  takeAppend,
  type TransactionApi,
  type TransactionAppend,
  type TransactionCoordinator,
  type TransactionCoordinatorConfig,
  type TransactionReply,
  type TransactionTimerEvent,
  type TransactionTurn,
} from './coordinatorTurn.ts';
import { endTxn, finishDecision } from './endTransaction.ts';
import {
  abortTimedOutTransactions,
  finishExpiration,
  removeExpiredTransactionalIds,
  scheduleAbortions,
  scheduleRemovals,
} from './expiration.ts';
import { finishInit, initProducerId } from './initProducerId.ts';
import { loadTransactions, unloadTransactions } from './loading.ts';
import { afterMarkers, finishCompletion, retryMarkers } from './markers.ts';
import { settle } from './transitions.ts';

export interface TransactionOutcome {
  readonly coordinator: TransactionCoordinator;
  readonly replies: readonly TransactionReply[];
  readonly appends: readonly TransactionAppend[];
  readonly markerRequests: readonly MarkerRequest[];
  readonly effects: readonly KernelEffect[];
  readonly lines: readonly LogLine[];
}

export type TransactionRequest = {
  readonly [A in TransactionApi]: { readonly api: A; readonly to: RequestTag; readonly body: RequestBody<A> };
}[TransactionApi];

export function transactionCoordinatorConfig(settings: Settings): TransactionCoordinatorConfig {
  const number = (name: Parameters<typeof settingNumber<typeof brokerConfig>>[2]): number =>
    settingNumber(brokerConfig, settings, name);
  return {
    transactionalIdExpirationMs: number('transactional.id.expiration.ms'),
    maxTimeoutMs: number('transaction.max.timeout.ms'),
    abortTimedOutIntervalMs: number('transaction.abort.timed.out.transaction.cleanup.interval.ms'),
    removeExpiredIntervalMs: number('transaction.remove.expired.transaction.cleanup.interval.ms'),
    requestTimeoutMs: number('request.timeout.ms'),
  };
}

export const createTransactionCoordinator = (
  brokerId: BrokerId,
  config: TransactionCoordinatorConfig,
): TransactionCoordinator => ({
  brokerId,
  config,
  isActive: false,
  owned: new Map(),
  pendingAppends: new Map(),
  nextAppend: 0,
  completions: new Map(),
  queues: new Map(),
  inFlight: new Map(),
  delayedMarkers: [],
  delayedCompletions: [],
  isRetrying: false,
});

export const startTransactionCoordinator = (
  coordinator: TransactionCoordinator,
  surroundings: Surroundings,
): TransactionOutcome =>
  work(coordinator, surroundings, (turn) => {
    log(turn, 'INFO', 'Starting up.');
    change(turn, { isActive: true });
    scheduleAbortions(turn);
    scheduleRemovals(turn);
    log(turn, 'INFO', 'Startup complete.');
  });

export const stopTransactionCoordinator = (
  coordinator: TransactionCoordinator,
  surroundings: Surroundings,
): TransactionOutcome =>
  work(coordinator, surroundings, (turn) => {
    log(turn, 'INFO', 'Shutting down.');
    change(turn, { isActive: false, queues: new Map(), delayedMarkers: [], delayedCompletions: [] });
    log(turn, 'INFO', 'Shutdown complete.');
  });

/** `offsetsPartitionFor`: the partition of `__consumer_offsets` that looks after a group. */
export const handleTransactionRequest = (
  coordinator: TransactionCoordinator,
  request: TransactionRequest,
  surroundings: Surroundings & { readonly offsetsPartitionFor: (groupId: string) => TopicPartition },
): TransactionOutcome =>
  work(coordinator, surroundings, (turn) => {
    const { to } = request;
    switch (request.api) {
      case 'InitProducerId':
        return initProducerId(turn, to, request.body);
      case 'AddPartitionsToTxn':
        return addPartitionsToTxn(turn, to, request.body);
      case 'AddOffsetsToTxn':
        return addOffsetsToTxn(turn, to, request.body, surroundings.offsetsPartitionFor(request.body.groupId));
      case 'EndTxn':
        return endTxn(turn, to, request.body);
      case 'DescribeTransactions':
        return describeTransactions(turn, to, request.body);
      case 'ListTransactions':
        return listTransactions(turn, to, request.body);
    }
  });

export const onTransactionTimer = (
  coordinator: TransactionCoordinator,
  { timer }: TransactionTimerEvent,
  surroundings: Surroundings,
): TransactionOutcome =>
  work(coordinator, surroundings, (turn) => {
    if (!coordinator.isActive) return;
    switch (timer) {
      case 'abortTimedOut':
        abortTimedOutTransactions(turn);
        return scheduleAbortions(turn);
      case 'removeExpired':
        removeExpiredTransactionalIds(turn);
        return scheduleRemovals(turn);
      case 'retry':
        return retryMarkers(turn);
    }
  });

/** `epoch`: the leader epoch; `batches`: all of the log, to its end. */
export const onTransactionLogLeader = (
  coordinator: TransactionCoordinator,
  partition: number,
  records: { readonly epoch: number; readonly batches: Iterable<RecordBatch> },
  surroundings: Surroundings,
): TransactionOutcome => work(coordinator, surroundings, (turn) => loadTransactions(turn, partition, records));

export const onTransactionLogFollower = (
  coordinator: TransactionCoordinator,
  partition: number,
  epoch: number | null,
  surroundings: Surroundings,
): TransactionOutcome => work(coordinator, surroundings, (turn) => unloadTransactions(turn, partition, epoch));

/** A batch of `appends` is committed, or will never be. */
export const completeTransactionAppend = (
  coordinator: TransactionCoordinator,
  append: number,
  outcome: ErrorName,
  surroundings: Surroundings,
): TransactionOutcome =>
  work(coordinator, surroundings, (turn) => {
    const pending = takeAppend(turn, append);
    if (pending !== undefined) finish(turn, pending, outcome);
  });

function finish(turn: TransactionTurn, pending: PendingAppend, outcome: ErrorName): void {
  if (pending.kind === 'expiration') return finishExpiration(turn, pending, outcome);
  const error = settle(turn, pending, outcome);
  const { next, transactionalId } = pending;
  switch (next.kind) {
    case 'InitProducerId':
      return finishInit(turn, next.to, pending, error);
    case 'AddPartitionsToTxn':
      return answerAdded(turn, next.to, transactionalId, next.topics, error);
    case 'AddOffsetsToTxn':
      return void turn.replies.push({ to: next.to, api: 'AddOffsetsToTxn', body: { errorCode: error } });
    case 'end':
      return finishDecision(turn, { ...pending, next }, error);
    case 'complete':
      return finishCompletion(turn, pending, error);
  }
}

/** The answer to a request of `markerRequests`; null: the connection was lost, or could not be had. */
export const completeMarkers = (
  coordinator: TransactionCoordinator,
  broker: BrokerId,
  response: WriteTxnMarkersResponse | null,
  surroundings: Surroundings,
): TransactionOutcome => work(coordinator, surroundings, (turn) => afterMarkers(turn, broker, response));

function work(
  coordinator: TransactionCoordinator,
  surroundings: Surroundings,
  task: (turn: TransactionTurn) => void,
): TransactionOutcome {
  const turn = beginTurn(coordinator, surroundings);
  task(turn);
  const { replies, appends, markerRequests, effects, lines } = turn;
  return { coordinator: turn.coordinator, replies, appends, markerRequests, effects, lines };
}
