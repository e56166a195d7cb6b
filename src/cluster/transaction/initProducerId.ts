/**
 * InitProducerId: who comes under a transactional id gets its producer id with a higher epoch, which fences those before; an open
 * transaction of theirs is aborted first.
 *
 * Follows `TransactionCoordinator#handleInitProducerId` and `prepareInitProducerIdTransit` (3.9.0, KIP-360, KIP-588).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID, type ProducerId } from '../../kafka/ids.ts';
import { TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { InitProducerIdRequest } from '../protocol/kafka/transactions.ts';
import {
  log,
  partitionFor,
  putTransaction,
  type RequestTag,
  transactionOf,
  type TransactionTurn,
} from './coordinatorTurn.ts';
import { endTransaction } from './endTransaction.ts';
import {
  isEpochExhausted,
  newTransaction,
  type Prepared,
  prepareFenceProducerEpoch,
  prepareIncrementProducerEpoch,
  prepareProducerIdRotation,
  type TransactionMetadata,
  type TransactionTransit,
} from './transactionMetadata.ts';
import { begin } from './transitions.ts';

export function initProducerId(turn: TransactionTurn, to: RequestTag, request: InitProducerIdRequest): void {
  const transactionalId = request.transactionalId ?? '';
  const { maxTimeoutMs } = turn.coordinator.config;
  const { transactionTimeoutMs } = request;
  if (transactionalId === '') return refuseInit(turn, to, 'INVALID_REQUEST');
  if (transactionTimeoutMs > maxTimeoutMs || transactionTimeoutMs <= 0)
    return refuseInit(turn, to, 'INVALID_TRANSACTION_TIMEOUT');
  const found = findOrCreate(turn, transactionalId, transactionTimeoutMs);
  if (typeof found === 'string') return refuseInit(turn, to, found);
  const { metadata, coordinatorEpoch } = found;
  const prepared = prepareTransit(turn, metadata, request);
  if (typeof prepared === 'string') return refuseInit(turn, to, prepared);
  if (prepared.transit.state !== 'PrepareEpochFence') {
    return begin(turn, coordinatorEpoch, prepared, { kind: 'InitProducerId', to });
  }
  putTransaction(turn, prepared.metadata);
  const { producerId, producerEpoch } = prepared.transit;
  const fencing = { transactionalId, producerId, producerEpoch, isCommit: false, isFromClient: false };
  endTransaction(turn, fencing, { kind: 'InitProducerId', to });
}

function findOrCreate(turn: TransactionTurn, transactionalId: string, txnTimeoutMs: number) {
  const found = transactionOf(turn, transactionalId);
  if (found !== null) return found;
  const producerId = turn.surroundings.nextProducerId();
  if (producerId === null) return 'COORDINATOR_LOAD_IN_PROGRESS';
  putTransaction(turn, newTransaction(transactionalId, producerId, { txnTimeoutMs, nowMs: turn.nowMs }));
  return transactionOf(turn, transactionalId) ?? 'NOT_COORDINATOR';
}

function prepareTransit(
  turn: TransactionTurn,
  metadata: TransactionMetadata,
  request: InitProducerIdRequest,
): Prepared | ErrorName {
  if (metadata.pendingState !== null) return 'CONCURRENT_TRANSACTIONS';
  const isExpectedGiven = request.producerId !== NO_PRODUCER_ID;
  if (isExpectedGiven && !isValidProducerId(metadata, request)) return 'PRODUCER_FENCED';
  switch (metadata.state) {
    case 'PrepareAbort':
    case 'PrepareCommit':
      return 'CONCURRENT_TRANSACTIONS';
    case 'Ongoing':
      // Its epoch is raised and nobody gets it: who asks comes again when the transaction is aborted, and gets the next.
      return prepareFenceProducerEpoch(metadata);
    case 'Empty':
    case 'CompleteAbort':
    case 'CompleteCommit': {
      const txnTimeoutMs = request.transactionTimeoutMs;
      const { nowMs } = turn;
      const isExpected = !isExpectedGiven || request.producerEpoch === metadata.producerEpoch;
      if (isEpochExhausted(metadata.producerEpoch) && isExpected) {
        const producerId = turn.surroundings.nextProducerId();
        if (producerId === null) return 'COORDINATOR_LOAD_IN_PROGRESS';
        return prepareProducerIdRotation(metadata, producerId, {
          txnTimeoutMs,
          recordsLastEpoch: isExpectedGiven,
          nowMs,
        });
      }
      const expectedEpoch = isExpectedGiven ? request.producerEpoch : null;
      return prepareIncrementProducerEpoch(metadata, { txnTimeoutMs, expectedEpoch, nowMs });
    }
    case 'Dead':
    case 'PrepareEpochFence':
      throw new Error(`Transaction ${metadata.transactionalId} is ${metadata.state}: it should never get there.`);
  }
}

function isValidProducerId(
  { producerId, producerEpoch, lastProducerId }: TransactionMetadata,
  expected: Pick<InitProducerIdRequest, 'producerId' | 'producerEpoch'>,
): boolean {
  return (
    producerEpoch === NO_PRODUCER_EPOCH ||
    expected.producerId === producerId ||
    (expected.producerId === lastProducerId && isEpochExhausted(expected.producerEpoch))
  );
}

/** The new epoch is in the log, or could not be written. */
export function finishInit(
  turn: TransactionTurn,
  to: RequestTag,
  { transactionalId, transit }: { readonly transactionalId: string; readonly transit: TransactionTransit },
  error: ErrorName,
): void {
  if (error !== 'NONE') {
    log(turn, 'INFO', `Returning ${error} error code to client for ${transactionalId}'s InitProducerId request`);
    return refuseInit(turn, to, error);
  }
  const { producerId, producerEpoch } = transit;
  const text =
    `Initialized transactionalId ${transactionalId} with producerId ${producerId} and producer epoch ${producerEpoch} ` +
    `on partition ${TRANSACTION_STATE_TOPIC_NAME}-${partitionFor(turn, transactionalId)}`;
  log(turn, 'INFO', text);
  turn.replies.push({ to, api: 'InitProducerId', body: { errorCode: 'NONE', producerId, producerEpoch } });
}

export function refuseInit(turn: TransactionTurn, to: RequestTag, errorCode: ErrorName): void {
  const none = { producerId: NO_PRODUCER_ID satisfies ProducerId, producerEpoch: NO_PRODUCER_EPOCH };
  turn.replies.push({ to, api: 'InitProducerId', body: { errorCode, ...none } });
}
