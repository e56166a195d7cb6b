/**
 * A transactional id as its coordinator keeps it, and the transitions it can make. A transition is prepared, written to the log, and only
 * then completed; meanwhile its target is the pending state, and nothing else may begin.
 *
 * Follows `kafka.coordinator.transaction.TransactionMetadata` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import {
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  NO_TIMESTAMP,
  type ProducerEpoch,
  type ProducerId,
  type TimestampMs,
} from '../../kafka/ids.ts';
import { type TopicPartition, topicPartitionName } from '../../kafka/topicPartition.ts';
import { mayMove, type TransactionState } from './transactionState.ts';

export interface TransactionMetadata {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly lastProducerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  /** The one before, while its owner may not know yet that it was raised. */
  readonly lastProducerEpoch: ProducerEpoch;
  readonly txnTimeoutMs: number;
  readonly state: TransactionState;
  readonly pendingState: TransactionState | null;
  readonly topicPartitions: readonly TopicPartition[];
  /** −1: none begun yet. */
  readonly txnStartTimestamp: TimestampMs;
  readonly txnLastUpdateTimestamp: TimestampMs;
  /** A raised epoch could not be written: the next fencing does not raise it again. */
  readonly hasFailedEpochFence: boolean;
}

/** What a transition makes of it: what is written, and what then holds (`TxnTransitMetadata`). */
export type TransactionTransit = Omit<TransactionMetadata, 'transactionalId' | 'pendingState' | 'hasFailedEpochFence'>;

/** Its state is pending now, and this is what is to be written. */
export interface Prepared {
  readonly metadata: TransactionMetadata;
  readonly transit: TransactionTransit;
}

const LAST_EPOCH = 32_766;

/** Another epoch would not fit in 16 bits: a new producer id is needed. */
export const isEpochExhausted = (epoch: ProducerEpoch): boolean => epoch >= LAST_EPOCH;

export const newTransaction = (
  transactionalId: string,
  producerId: ProducerId,
  { txnTimeoutMs, nowMs }: { readonly txnTimeoutMs: number; readonly nowMs: TimestampMs },
): TransactionMetadata => ({
  transactionalId,
  producerId,
  lastProducerId: NO_PRODUCER_ID,
  producerEpoch: NO_PRODUCER_EPOCH,
  lastProducerEpoch: NO_PRODUCER_EPOCH,
  txnTimeoutMs,
  state: 'Empty',
  pendingState: null,
  topicPartitions: [],
  txnStartTimestamp: NO_TIMESTAMP,
  txnLastUpdateTimestamp: nowMs,
  hasFailedEpochFence: false,
});

/** As `InitProducerId` raises the epoch. PRODUCER_FENCED: who asks expects another epoch (KIP-360). */
export function prepareIncrementProducerEpoch(
  metadata: TransactionMetadata,
  {
    txnTimeoutMs,
    expectedEpoch,
    nowMs,
  }: { readonly txnTimeoutMs: number; readonly expectedEpoch: ProducerEpoch | null; readonly nowMs: TimestampMs },
): Prepared | ErrorName {
  const { producerEpoch, lastProducerEpoch } = metadata;
  const bumped = (producerEpoch + 1) as ProducerEpoch;
  const empty = { state: 'Empty', topicPartitions: [], txnStartTimestamp: NO_TIMESTAMP, txnTimeoutMs } as const;
  const to = (epoch: ProducerEpoch, last: ProducerEpoch): Prepared =>
    prepare(metadata, { ...empty, producerEpoch: epoch, lastProducerEpoch: last, txnLastUpdateTimestamp: nowMs });
  if (expectedEpoch === null) return to(bumped, NO_PRODUCER_EPOCH);
  if (producerEpoch === NO_PRODUCER_EPOCH || expectedEpoch === producerEpoch) return to(bumped, producerEpoch);
  // A repeated request whose answer was lost.
  if (expectedEpoch === lastProducerEpoch) return to(producerEpoch, lastProducerEpoch);
  return 'PRODUCER_FENCED';
}

/** Epochs are used up: a new id begins at epoch 0. */
export const prepareProducerIdRotation = (
  metadata: TransactionMetadata,
  producerId: ProducerId,
  {
    txnTimeoutMs,
    recordsLastEpoch,
    nowMs,
  }: { readonly txnTimeoutMs: number; readonly recordsLastEpoch: boolean; readonly nowMs: TimestampMs },
): Prepared =>
  prepare(metadata, {
    state: 'Empty',
    producerId,
    producerEpoch: 0 as ProducerEpoch,
    lastProducerEpoch: recordsLastEpoch ? metadata.producerEpoch : NO_PRODUCER_EPOCH,
    txnTimeoutMs,
    topicPartitions: [],
    txnStartTimestamp: NO_TIMESTAMP,
    txnLastUpdateTimestamp: nowMs,
  });

export function prepareFenceProducerEpoch(metadata: TransactionMetadata): Prepared {
  const { producerEpoch, hasFailedEpochFence } = metadata;
  const bumped = (hasFailedEpochFence ? producerEpoch : producerEpoch + 1) as ProducerEpoch;
  return prepare(metadata, {
    state: 'PrepareEpochFence',
    producerEpoch: bumped,
    lastProducerEpoch: NO_PRODUCER_EPOCH,
  });
}

export function prepareAddPartitions(
  metadata: TransactionMetadata,
  added: readonly TopicPartition[],
  nowMs: TimestampMs,
): Prepared {
  const begins = metadata.state !== 'Ongoing';
  return prepare(metadata, {
    state: 'Ongoing',
    topicPartitions: withPartitions(metadata.topicPartitions, added),
    txnStartTimestamp: begins ? nowMs : metadata.txnStartTimestamp,
    txnLastUpdateTimestamp: nowMs,
  });
}

export const prepareAbortOrCommit = (
  metadata: TransactionMetadata,
  state: 'PrepareCommit' | 'PrepareAbort',
  nowMs: TimestampMs,
): Prepared => prepare(metadata, { state, txnLastUpdateTimestamp: nowMs });

/** The partitions stay until their markers are written; what will be written names none. */
export const prepareComplete = (metadata: TransactionMetadata, nowMs: TimestampMs): Prepared =>
  prepare(
    { ...metadata, hasFailedEpochFence: false },
    {
      state: metadata.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
      topicPartitions: [],
      txnLastUpdateTimestamp: nowMs,
    },
  );

export const prepareDead = (metadata: TransactionMetadata): Prepared =>
  prepare(metadata, { state: 'Dead', topicPartitions: [] });

/** Throws where Kafka's own table does not allow the transition. */
function prepare(
  metadata: TransactionMetadata,
  change: Partial<TransactionTransit> & { readonly state: TransactionState },
): Prepared {
  const { transactionalId, pendingState, hasFailedEpochFence: _, ...now } = metadata;
  const { state } = change;
  if (pendingState !== null || !mayMove(metadata.state, state)) {
    const pending = pendingState === null ? '' : ` while ${pendingState} is pending`;
    throw new Error(`Transaction ${transactionalId} cannot move from ${metadata.state} to ${state}${pending}.`);
  }
  const transit: TransactionTransit = { ...now, lastProducerId: metadata.producerId, ...change };
  return { metadata: { ...metadata, pendingState: state }, transit };
}

/** What was prepared is written, and holds from now on. */
export const completeTransition = (
  metadata: TransactionMetadata,
  transit: TransactionTransit,
): TransactionMetadata => ({
  ...metadata,
  ...transit,
  pendingState: null,
});

export const hasPartition = (metadata: TransactionMetadata, { topic, partition }: TopicPartition): boolean =>
  metadata.topicPartitions.some((one) => one.topic === topic && one.partition === partition);

export const hasAllPartitions = (metadata: TransactionMetadata, partitions: readonly TopicPartition[]): boolean =>
  partitions.every((one) => hasPartition(metadata, one));

/** Their markers are written, or they are no more. */
export const withoutPartitions = (
  metadata: TransactionMetadata,
  partitions: readonly TopicPartition[],
): TransactionMetadata => {
  const gone = new Set(partitions.map(topicPartitionName));
  return { ...metadata, topicPartitions: metadata.topicPartitions.filter((one) => !gone.has(topicPartitionName(one))) };
};

function withPartitions(known: readonly TopicPartition[], added: readonly TopicPartition[]): readonly TopicPartition[] {
  const names = new Set(known.map(topicPartitionName));
  return [...known, ...added.filter((one) => !names.has(topicPartitionName(one)))];
}
