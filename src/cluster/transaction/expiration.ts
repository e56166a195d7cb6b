/**
 * What time does to transactions: those open for too long are aborted, ids unused for too long are forgotten.
 *
 * Follows `TransactionCoordinator#abortTimedOutTransactions` and `TransactionStateManager#removeExpiredTransactionalIds` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import {
  append,
  change,
  logManager,
  type PendingAppend,
  putTransaction,
  setTransactionTimer,
  type TransactionTurn,
} from './coordinatorTurn.ts';
import { endTransaction } from './endTransaction.ts';
import { prepareDead, prepareFenceProducerEpoch, type TransactionMetadata } from './transactionMetadata.ts';
import { transactionRecord } from './transactionRecords.ts';
import { isExpirationAllowed } from './transactionState.ts';

export function scheduleAbortions(turn: TransactionTurn): void {
  setTransactionTimer(turn, 'abortTimedOut', turn.coordinator.config.abortTimedOutIntervalMs);
}
export function scheduleRemovals(turn: TransactionTurn): void {
  setTransactionTimer(turn, 'removeExpired', turn.coordinator.config.removeExpiredIntervalMs);
}

/** The producer is fenced before the abort: should it live, its next request is refused. */
export function abortTimedOutTransactions(turn: TransactionTurn): void {
  for (const { transactions } of turn.coordinator.owned.values()) {
    for (const metadata of transactions.values()) {
      if (!isTimedOut(metadata, turn.nowMs)) continue;
      const prepared = prepareFenceProducerEpoch(metadata);
      putTransaction(turn, prepared.metadata);
      const { producerId, producerEpoch } = prepared.transit;
      const { transactionalId } = metadata;
      const end = { transactionalId, producerId, producerEpoch, isCommit: false, isFromClient: false };
      endTransaction(turn, end, { kind: 'timeout' });
    }
  }
}

const isTimedOut = (
  { state, pendingState, txnStartTimestamp, txnTimeoutMs }: TransactionMetadata,
  nowMs: number,
): boolean => state === 'Ongoing' && pendingState === null && txnStartTimestamp + txnTimeoutMs < nowMs;

/** Tombstones first; the ids go when those are committed. */
export function removeExpiredTransactionalIds(turn: TransactionTurn): void {
  const { transactionalIdExpirationMs, requestTimeoutMs } = turn.coordinator.config;
  for (const [partition, { coordinatorEpoch, transactions }] of turn.coordinator.owned) {
    const expired = [...transactions.values()].filter(
      ({ state, pendingState, txnLastUpdateTimestamp }) =>
        pendingState === null &&
        isExpirationAllowed(state) &&
        txnLastUpdateTimestamp <= turn.nowMs - transactionalIdExpirationMs,
    );
    if (expired.length === 0) continue;
    for (const metadata of expired) putTransaction(turn, prepareDead(metadata).metadata);
    const transactionalIds = expired.map(({ transactionalId }) => transactionalId);
    const tombstones = transactionalIds.map((id) => transactionRecord(turn.nowMs, id, null));
    append(turn, partition, tombstones, requestTimeoutMs, {
      kind: 'expiration',
      partition,
      coordinatorEpoch,
      transactionalIds,
    });
  }
}

export function finishExpiration(
  turn: TransactionTurn,
  { partition, coordinatorEpoch, transactionalIds }: Extract<PendingAppend, { readonly kind: 'expiration' }>,
  error: ErrorName,
): void {
  const owned = turn.coordinator.owned.get(partition);
  if (owned?.coordinatorEpoch !== coordinatorEpoch) return;
  const transactions = new Map(owned.transactions);
  for (const transactionalId of transactionalIds) {
    const metadata = transactions.get(transactionalId);
    if (metadata?.pendingState !== 'Dead') continue;
    if (error === 'NONE') transactions.delete(transactionalId);
    else {
      logManager(
        turn,
        'WARN',
        `Failed to remove expired transactionalId: ${transactionalId} from cache. Tombstone append error code: ${error}`,
      );
      transactions.set(transactionalId, { ...metadata, pendingState: null });
    }
  }
  change(turn, { owned: new Map(turn.coordinator.owned).set(partition, { ...owned, transactions }) });
}
