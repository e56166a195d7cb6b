/**
 * A transition from its preparation to what follows: pending, written, committed, in force.
 *
 * Follows `TransactionStateManager#appendTransactionToLog` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { tell } from '../facts.ts';
import {
  appendTransition,
  type AfterTransition,
  type Completion,
  logManager,
  type PendingAppend,
  putTransaction,
  type TransactionTurn,
  transactionIn,
  transactionOf,
  transitionErrorOf,
} from './coordinatorTurn.ts';
import { completeTransition, type Prepared, type TransactionMetadata } from './transactionMetadata.ts';
import { transactionRecord } from './transactionRecords.ts';

/** Notes what is pending and writes it. */
export function begin(
  turn: TransactionTurn,
  coordinatorEpoch: number,
  { metadata, transit }: Prepared,
  next: AfterTransition,
): void {
  putTransaction(turn, metadata);
  write(turn, { transactionalId: metadata.transactionalId, coordinatorEpoch, transit }, next);
}

export function write(turn: TransactionTurn, completion: Completion, next: AfterTransition): void {
  const { transactionalId, transit } = completion;
  appendTransition(turn, completion, next, transactionRecord(turn.nowMs, transactionalId, transit));
}

/** The append has ended: the transition is in force, or is given up. What to tell who waits. */
export function settle(
  turn: TransactionTurn,
  pending: Extract<PendingAppend, { readonly kind: 'transition' }>,
  outcome: ErrorName,
): ErrorName {
  const { transactionalId, transit, next } = pending;
  const metadata = transactionIn(turn, pending);
  if (outcome === 'NONE') {
    if (metadata === null) return 'NOT_COORDINATOR';
    const moved = completeTransition(metadata, transit);
    putTransaction(turn, moved);
    tellMove(turn, metadata, moved);
    return 'NONE';
  }
  const error = transitionErrorOf(outcome);
  // The completion of a decided transaction is written until it succeeds: it stays pending.
  const isRetried = next.kind === 'complete' && error === 'COORDINATOR_NOT_AVAILABLE';
  if (metadata !== null && !isRetried) {
    const text =
      `TransactionalId ${transactionalId} append transaction log for ${printTransit(transit)} transition failed due to ${error}, ` +
      `resetting pending state from Some(${metadata.pendingState}), aborting state transition and returning ${error} in the callback`;
    logManager(turn, 'INFO', text);
    putTransaction(turn, { ...metadata, pendingState: null });
  }
  return error;
}

function tellMove(turn: TransactionTurn, before: TransactionMetadata, after: TransactionMetadata): void {
  const { transactionalId, producerId, producerEpoch, state } = after;
  if (before.state === state && before.producerEpoch === producerEpoch) return;
  const detail = { transactionalId, from: before.state, to: state, producerId, producerEpoch };
  turn.effects.push(tell('transactionStateChanged', detail));
}

export const printTransit = (transit: Completion['transit']): string =>
  `TxnTransitMetadata(producerId=${transit.producerId}, lastProducerId=${transit.lastProducerId}, producerEpoch=${transit.producerEpoch}, ` +
  `lastProducerEpoch=${transit.lastProducerEpoch}, txnTimeoutMs=${transit.txnTimeoutMs}, txnState=${transit.state}, ` +
  `topicPartitions=Set(${transit.topicPartitions.map(({ topic, partition }) => `${topic}-${partition}`).join(', ')}), ` +
  `txnStartTimestamp=${transit.txnStartTimestamp}, txnLastUpdateTimestamp=${transit.txnLastUpdateTimestamp})`;

/** The transaction of a producer that names it rightly; else why not. */
export function transactionOfProducer(
  turn: TransactionTurn,
  { transactionalId, producerId }: { readonly transactionalId: string; readonly producerId: number },
): { readonly coordinatorEpoch: number; readonly metadata: TransactionMetadata } | ErrorName {
  if (transactionalId === '') return 'INVALID_REQUEST';
  const found = transactionOf(turn, transactionalId);
  if (found === 'NOT_COORDINATOR') return found;
  return found === null || found.metadata.producerId !== producerId ? 'INVALID_PRODUCER_ID_MAPPING' : found;
}
