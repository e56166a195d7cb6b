/**
 * Sequence numbers, producer id and epoch of an idempotent producer, and the state of the transactions of a transactional one.
 *
 * Follows `org.apache.kafka.clients.producer.internals.TransactionManager` and `TxnPartitionEntry` (3.9.0). Batches are known by id here;
 * who holds them (`batches.ts`) gives them their sequences.
 */
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID, type ProducerEpoch, type ProducerId } from '../../../kafka/ids.ts';
import type { ProducerBatch } from '../../../kafka/producer/producerBatch.ts';
import { addToSequence } from '../../../kafka/record/recordBatch.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { type JavaException, kafkaException, simpleName } from '../javaException.ts';
import type { Node } from '../node.ts';
import type { TxnRequest } from './txnRequest.ts';

export type TransactionState =
  | 'UNINITIALIZED'
  | 'INITIALIZING'
  | 'READY'
  | 'IN_TRANSACTION'
  | 'COMMITTING_TRANSACTION'
  | 'ABORTING_TRANSACTION'
  | 'ABORTABLE_ERROR'
  | 'FATAL_ERROR';

/** From where each state may be entered. */
const sources: Readonly<Record<TransactionState, readonly TransactionState[] | 'any'>> = {
  UNINITIALIZED: ['READY', 'ABORTABLE_ERROR'],
  INITIALIZING: ['UNINITIALIZED', 'ABORTING_TRANSACTION'],
  READY: ['INITIALIZING', 'COMMITTING_TRANSACTION', 'ABORTING_TRANSACTION'],
  IN_TRANSACTION: ['READY'],
  COMMITTING_TRANSACTION: ['IN_TRANSACTION'],
  ABORTING_TRANSACTION: ['IN_TRANSACTION', 'ABORTABLE_ERROR'],
  ABORTABLE_ERROR: ['IN_TRANSACTION', 'COMMITTING_TRANSACTION', 'ABORTABLE_ERROR', 'INITIALIZING'],
  FATAL_ERROR: 'any',
};

/** Of a partition (`TxnPartitionEntry`). */
export interface SequenceEntry {
  readonly topicPartition: TopicPartition;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly nextSequence: number;
  /** −1: none. */
  readonly lastAckedSequence: number;
  readonly lastAckedOffset: number;
  /** Drained and neither acknowledged nor failed, by sequence. */
  readonly inFlight: readonly { readonly batch: number; readonly baseSequence: number }[];
}

/** An application's call that waits for its end. */
interface AwaitedCall {
  readonly tag: string;
  /** As its time-out names it: InitProducerId, EndTxn(true)… */
  readonly operation: string;
  readonly timesOutAt: VirtualTimeUs;
}

export interface TransactionManager {
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  readonly state: TransactionState;
  readonly lastError: JavaException | null;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly epochBumpRequired: boolean;
  /** Partitions whose sequences start anew with the next epoch. */
  readonly partitionsToRewrite: readonly TopicPartition[];
  /** By partition, the sequence after a batch that expired and may or may not have been written. */
  readonly unresolved: ReadonlyMap<string, number>;
  readonly entries: ReadonlyMap<string, SequenceEntry>;
  /** In the order in which they go. */
  readonly pending: readonly TxnRequest[];
  readonly inFlight: TxnRequest | null;
  /** A retry waits until then, and everything behind it. */
  readonly nextRequestAt: VirtualTimeUs;
  readonly coordinator: Node | null;
  readonly groupCoordinator: Node | null;
  /** By name. */
  readonly newPartitions: ReadonlyMap<string, TopicPartition>;
  readonly pendingPartitions: ReadonlyMap<string, TopicPartition>;
  readonly partitionsInTransaction: ReadonlySet<string>;
  readonly transactionStarted: boolean;
  readonly awaited: AwaitedCall | null;
}

export function createTransactionManager(
  transactionalId: string | null,
  transactionTimeoutMs: number,
): TransactionManager {
  return {
    transactionalId,
    transactionTimeoutMs,
    state: 'UNINITIALIZED',
    lastError: null,
    producerId: NO_PRODUCER_ID,
    producerEpoch: NO_PRODUCER_EPOCH,
    epochBumpRequired: false,
    partitionsToRewrite: [],
    unresolved: new Map(),
    entries: new Map(),
    pending: [],
    inFlight: null,
    nextRequestAt: 0 as VirtualTimeUs,
    coordinator: null,
    groupCoordinator: null,
    newPartitions: new Map(),
    pendingPartitions: new Map(),
    partitionsInTransaction: new Set(),
    transactionStarted: false,
    awaited: null,
  };
}

export const isTransactional = ({ transactionalId }: TransactionManager): boolean => transactionalId !== null;
export const hasProducerId = ({ producerId }: TransactionManager): boolean => producerId !== NO_PRODUCER_ID;
export const hasFatalError = ({ state }: TransactionManager): boolean => state === 'FATAL_ERROR';
export const hasError = ({ state }: TransactionManager): boolean =>
  state === 'FATAL_ERROR' || state === 'ABORTABLE_ERROR';
export const isCompleting = ({ state }: TransactionManager): boolean =>
  state === 'COMMITTING_TRANSACTION' || state === 'ABORTING_TRANSACTION';
export const hasOngoingTransaction = (manager: TransactionManager): boolean =>
  manager.state === 'IN_TRANSACTION' || isCompleting(manager) || manager.state === 'ABORTABLE_ERROR';

function canTransition({ state }: TransactionManager, target: TransactionState): boolean {
  const from = sources[target];
  return from === 'any' || from.includes(state);
}

/** An invalid transition poisons the producer, as in Kafka. */
export function transitionTo(
  manager: TransactionManager,
  target: TransactionState,
  error: JavaException | null = null,
): TransactionManager {
  if (!canTransition(manager, target)) {
    const id = manager.transactionalId === null ? '' : `TransactionalId ${manager.transactionalId}: `;
    const message = `${id}Invalid transition attempted from state ${manager.state} to state ${target}`;
    return { ...manager, state: 'FATAL_ERROR', lastError: { class: 'java.lang.IllegalStateException', message } };
  }
  return { ...manager, state: target, lastError: error };
}

/** What the application's next transactional call throws; null when nothing is wrong (`maybeFailWithError`). */
export function failureOf(manager: TransactionManager): JavaException | null {
  const { lastError, transactionalId, producerId, producerEpoch } = manager;
  if (!hasError(manager) || lastError === null) return null;
  const producer = `Producer with transactionalId '${transactionalId}' and (producerId=${producerId}, epoch=${producerEpoch})`;
  switch (simpleName(lastError)) {
    case 'ProducerFencedException':
      return {
        class: lastError.class,
        message: `${producer} has been fenced by another producer with the same transactionalId`,
      };
    case 'InvalidProducerEpochException':
      return { class: lastError.class, message: `${producer} attempted to produce with an old epoch` };
    case 'IllegalStateException':
      return {
        class: lastError.class,
        message: `${producer} cannot execute transactional method because of previous invalid state transition attempt`,
        cause: lastError,
      };
    default:
      return kafkaException('Cannot execute transactional method because we are in an error state', lastError);
  }
}

export function entryOf(manager: TransactionManager, topicPartition: TopicPartition): SequenceEntry {
  return (
    manager.entries.get(topicPartitionName(topicPartition)) ?? {
      topicPartition,
      producerId: NO_PRODUCER_ID,
      producerEpoch: NO_PRODUCER_EPOCH,
      nextSequence: 0,
      lastAckedSequence: -1,
      lastAckedOffset: -1,
      inFlight: [],
    }
  );
}

export function withEntry(manager: TransactionManager, entry: SequenceEntry): TransactionManager {
  return { ...manager, entries: new Map(manager.entries).set(topicPartitionName(entry.topicPartition), entry) };
}

function isStale({ producerId, producerEpoch }: TransactionManager, entry: SequenceEntry): boolean {
  return entry.producerId !== producerId || entry.producerEpoch !== producerEpoch;
}

/** May this batch, the first of its queue, be sent now (`shouldStopDrainBatchesForPartition`)? */
export function mayDrain(manager: TransactionManager, { topicPartition, sequence }: ProducerBatch): boolean {
  const name = topicPartitionName(topicPartition);
  if (hasFatalError(manager) || (isTransactional(manager) && !manager.partitionsInTransaction.has(name))) return false;
  if (!hasProducerId(manager)) return false;
  const entry = entryOf(manager, topicPartition);
  const [first] = entry.inFlight;
  if (sequence === null) {
    // A batch of a new epoch must not overtake those of the old one, nor one whose fate is not known.
    return !(first !== undefined && isStale(manager, entry)) && !manager.unresolved.has(name);
  }
  // A retry: those before it go first.
  return first === undefined || first.baseSequence === sequence.baseSequence;
}

/** Gives a batch that is sent for the first time its place in the order; one in retry keeps it. */
export function sequenceForSending(
  manager: TransactionManager,
  batch: ProducerBatch,
): readonly [ProducerBatch, TransactionManager] {
  if (batch.sequence !== null) return [batch, manager];
  const { producerId, producerEpoch } = manager;
  let entry = entryOf(manager, batch.topicPartition);
  if (isStale(manager, entry) && entry.inFlight.length === 0) {
    entry = { ...entry, producerId, producerEpoch, nextSequence: 0, lastAckedSequence: -1 };
  }
  const baseSequence = entry.nextSequence;
  const sequenced: ProducerBatch = {
    ...batch,
    sequence: { producerId, producerEpoch, baseSequence, isTransactional: isTransactional(manager) },
  };
  const after: SequenceEntry = {
    ...entry,
    nextSequence: addToSequence(baseSequence, batch.records.length),
    inFlight: [...entry.inFlight, { batch: batch.id, baseSequence }],
  };
  return [sequenced, withEntry(manager, after)];
}

export function removeInFlight(manager: TransactionManager, { id, topicPartition }: ProducerBatch): TransactionManager {
  const entry = entryOf(manager, topicPartition);
  return withEntry(manager, { ...entry, inFlight: entry.inFlight.filter(({ batch }) => batch !== id) });
}

const lastSequence = ({ sequence, records }: ProducerBatch): number =>
  sequence === null ? -1 : addToSequence(sequence.baseSequence, records.length - 1);

export function acknowledged(
  manager: TransactionManager,
  batch: ProducerBatch,
  baseOffset: number,
): TransactionManager {
  const entry = entryOf(manager, batch.topicPartition);
  return withEntry(manager, {
    ...entry,
    lastAckedSequence: Math.max(entry.lastAckedSequence, lastSequence(batch)),
    lastAckedOffset:
      baseOffset < 0 ? entry.lastAckedOffset : Math.max(entry.lastAckedOffset, baseOffset + batch.records.length - 1),
    inFlight: entry.inFlight.filter((other) => other.batch !== batch.id),
  });
}

export function isNextSequence(manager: TransactionManager, topicPartition: TopicPartition, sequence: number): boolean {
  return sequence - entryOf(manager, topicPartition).lastAckedSequence === 1;
}

export function requestEpochBump(manager: TransactionManager, topicPartition: TopicPartition): TransactionManager {
  const name = topicPartitionName(topicPartition);
  const isKnown = manager.partitionsToRewrite.some((other) => topicPartitionName(other) === name);
  return {
    ...manager,
    epochBumpRequired: true,
    partitionsToRewrite: isKnown ? manager.partitionsToRewrite : [...manager.partitionsToRewrite, topicPartition],
  };
}

export function markUnresolved(manager: TransactionManager, batch: ProducerBatch): TransactionManager {
  const name = topicPartitionName(batch.topicPartition);
  const next = Math.max(manager.unresolved.get(name) ?? 0, lastSequence(batch) + 1);
  return { ...manager, unresolved: new Map(manager.unresolved).set(name, next) };
}

export function forgetSequences(manager: TransactionManager, topicPartition: TopicPartition): TransactionManager {
  const name = topicPartitionName(topicPartition);
  const entries = new Map(manager.entries);
  entries.delete(name);
  return withoutUnresolved({ ...manager, entries }, name);
}

export function withoutUnresolved(manager: TransactionManager, name: string): TransactionManager {
  if (!manager.unresolved.has(name)) return manager;
  const unresolved = new Map(manager.unresolved);
  unresolved.delete(name);
  return { ...manager, unresolved };
}

/** Requests go by priority, in order of arrival within it. */
export function enqueue(manager: TransactionManager, request: TxnRequest): TransactionManager {
  const at = manager.pending.findIndex((other) => priority(other) > priority(request));
  const place = at < 0 ? manager.pending.length : at;
  return { ...manager, pending: manager.pending.toSpliced(place, 0, request) };
}

function priority(request: TxnRequest): number {
  switch (request.kind) {
    case 'findCoordinator':
      return 0;
    case 'initProducerId':
      return request.isEpochBump ? 4 : 1;
    case 'addPartitions':
    case 'addOffsets':
    case 'txnOffsetCommit':
      return 2;
    case 'endTxn':
      return 3;
  }
}

/** A failure of a batch or a send makes a transactional producer fail (`maybeTransitionToErrorState`). */
export function failedBy(manager: TransactionManager, exception: JavaException): TransactionManager {
  if (fatal.has(simpleName(exception))) return transitionTo(manager, 'FATAL_ERROR', exception);
  if (!isTransactional(manager)) return manager;
  return abortableError(isCompleting(manager) ? manager : { ...manager, epochBumpRequired: true }, exception);
}
const fatal = new Set([
  'ClusterAuthorizationException',
  'TransactionalIdAuthorizationException',
  'ProducerFencedException',
  'UnsupportedVersionException',
]);

/** Nothing more goes wrong while the transaction is being aborted. */
export function abortableError(manager: TransactionManager, exception: JavaException): TransactionManager {
  return manager.state === 'ABORTING_TRANSACTION' ? manager : transitionTo(manager, 'ABORTABLE_ERROR', exception);
}

/** The transaction is over. */
export function completeTransaction(manager: TransactionManager): TransactionManager {
  return {
    ...transitionTo(manager, manager.epochBumpRequired ? 'INITIALIZING' : 'READY'),
    lastError: null,
    epochBumpRequired: false,
    transactionStarted: false,
    newPartitions: new Map(),
    pendingPartitions: new Map(),
    partitionsInTransaction: new Set(),
  };
}
