/**
 * The states of a transaction at its coordinator, under Kafka's names.
 *
 * Follows `kafka.coordinator.transaction.TransactionState` (3.9.0, KIP-98, KIP-588).
 */
export type TransactionState =
  /** Known, and nothing begun. */
  | 'Empty'
  /** Has partitions: records may be in them. */
  | 'Ongoing'
  /** Decided: markers are on their way. */
  | 'PrepareCommit'
  | 'PrepareAbort'
  /** Every marker is written. */
  | 'CompleteCommit'
  | 'CompleteAbort'
  /** Unused for too long, and about to be forgotten. */
  | 'Dead'
  /** The producer is being fenced: its epoch is raised, then the transaction is aborted. Never in the log. */
  | 'PrepareEpochFence';

/** By their numbers in the log. */
export const transactionStates: readonly TransactionState[] = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
  'PrepareEpochFence',
];

const validPreviousStates: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  Empty: ['Empty', 'CompleteCommit', 'CompleteAbort'],
  Ongoing: ['Ongoing', 'Empty', 'CompleteCommit', 'CompleteAbort'],
  PrepareCommit: ['Ongoing'],
  PrepareAbort: ['Ongoing', 'PrepareEpochFence'],
  CompleteCommit: ['PrepareCommit'],
  CompleteAbort: ['PrepareAbort'],
  Dead: ['Empty', 'CompleteCommit', 'CompleteAbort'],
  PrepareEpochFence: ['Ongoing'],
};

export const mayMove = (from: TransactionState, to: TransactionState): boolean =>
  validPreviousStates[to].includes(from);

/** Only what is not under way may be forgotten. */
export const isExpirationAllowed = (state: TransactionState): boolean =>
  state === 'Empty' || state === 'CompleteCommit' || state === 'CompleteAbort';
