/**
 * A broker that begins to lead a partition of `__transaction_state` reads its transactions back from the log, and finishes those that are
 * decided; one that ceases forgets them.
 *
 * Follows `TransactionStateManager#loadTransactionsForTxnTopicPartition`, `removeTransactionsForTxnTopicPartition` and
 * `TransactionCoordinator#onElection`, `onResignation` (3.9.0).
 */
import { TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { change, log, logManager, putTransaction, type TransactionTurn } from './coordinatorTurn.ts';
import { dropMarkersOf, sendMarkersOfLoaded } from './markers.ts';
import { prepareComplete, type TransactionMetadata } from './transactionMetadata.ts';
import { readTransactionKey, readTransactionValue } from './transactionRecords.ts';

/** `batches`: the whole log of the partition, to its end. */
export function loadTransactions(
  turn: TransactionTurn,
  partition: number,
  { epoch, batches }: { readonly epoch: number; readonly batches: Iterable<RecordBatch> },
): void {
  const name = `${TRANSACTION_STATE_TOPIC_NAME}-${partition}`;
  log(turn, 'INFO', `Elected as the txn coordinator for partition ${partition} at epoch ${epoch}`);
  dropMarkersOf(turn, partition);
  logManager(turn, 'INFO', `Loading transaction metadata from ${name} at epoch ${epoch}`);
  const transactions = readTransactions(batches);
  const text =
    `Finished loading ${transactions.size} transaction metadata from ${name} in 1 milliseconds, ` +
    'of which 0 milliseconds was spent in the scheduler.';
  logManager(turn, 'INFO', text);
  const owned = new Map(turn.coordinator.owned).set(partition, { coordinatorEpoch: epoch, transactions });
  change(turn, { owned });
  for (const metadata of transactions.values()) {
    if (metadata.state !== 'PrepareCommit' && metadata.state !== 'PrepareAbort') continue;
    const { transactionalId, state } = metadata;
    const prepared = prepareComplete(metadata, turn.nowMs);
    putTransaction(turn, prepared.metadata);
    const completion = { transactionalId, coordinatorEpoch: epoch, transit: prepared.transit };
    sendMarkersOfLoaded(turn, completion, { isCommit: state === 'PrepareCommit' });
  }
  logManager(turn, 'INFO', `Completed loading transaction metadata from ${name} for coordinator epoch ${epoch}`);
}

/** The last record of each transactional id counts. */
export function readTransactions(batches: Iterable<RecordBatch>): ReadonlyMap<string, TransactionMetadata> {
  const transactions = new Map<string, TransactionMetadata>();
  for (const { records } of batches) {
    for (const { key, value } of records) {
      const transactionalId = key === null ? null : readTransactionKey(key);
      if (transactionalId === null) continue;
      if (value === null) transactions.delete(transactionalId);
      else transactions.set(transactionalId, readTransactionValue(transactionalId, value));
    }
  }
  return transactions;
}

/** `epoch` null: the replica itself is gone. */
export function unloadTransactions(turn: TransactionTurn, partition: number, epoch: number | null): void {
  const name = `${TRANSACTION_STATE_TOPIC_NAME}-${partition}`;
  const printedEpoch = epoch === null ? 'None' : `Some(${epoch})`;
  log(turn, 'INFO', `Resigned as the txn coordinator for partition ${partition} at epoch ${printedEpoch}`);
  const owned = new Map(turn.coordinator.owned);
  const wasOwned = owned.delete(partition);
  change(turn, { owned });
  if (!wasOwned && epoch !== null)
    logManager(turn, 'INFO', `No cached transaction metadata found for ${name} during become-follower transition`);
  dropMarkersOf(turn, partition);
}
