/**
 * The application's transactional calls: `initTransactions`, `beginTransaction`, `sendOffsetsToTransaction`, `commitTransaction`,
 * `abortTransaction`. Those that wait for the coordinator end in the `calls` of a later step.
 *
 * Follows `KafkaProducer` and `TransactionManager` (3.9.0).
 */
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { type JavaException, simpleName } from '../javaException.ts';
import type { Producer } from './producerState.ts';
import {
  enqueue,
  failureOf,
  hasProducerId,
  isTransactional,
  type TransactionManager,
  transitionTo,
} from './transactionManager.ts';
import { enqueuePartitions } from './transactionRequests.ts';
import type { GroupMetadata, OffsetToSend } from './txnRequest.ts';

/** `failure`: what the call throws at once; else it is under way, or done if it does not wait. Then run the producer. */
export interface Begun {
  readonly producer: Producer;
  readonly failure: JavaException | null;
}

const notTransactional: JavaException = {
  class: 'java.lang.IllegalStateException',
  message:
    'Cannot use transactional methods without enabling transactions by setting the transactional.id configuration property',
};

/** The manager of a transactional producer in a state to be called, or what the call throws. */
function managerOf(producer: Producer): TransactionManager | JavaException {
  const { transactions } = producer;
  return transactions === null || !isTransactional(transactions) ? notTransactional : transactions;
}
const isManager = (either: TransactionManager | JavaException): either is TransactionManager =>
  'transactionalId' in either;

const refused = (producer: Producer, failure: JavaException): Begun => ({ producer, failure });
const begun = (producer: Producer, transactions: TransactionManager): Begun => ({
  producer: { ...producer, transactions },
  failure: transactions.state === 'FATAL_ERROR' ? transactions.lastError : null,
});

function awaiting(
  producer: Producer,
  manager: TransactionManager,
  tag: string | null,
  operation: string,
  now: VirtualTimeUs,
): TransactionManager {
  if (tag === null) return manager;
  const timesOutAt = (now + ms(producer.settings.maxBlockMs)) as VirtualTimeUs;
  return { ...manager, awaited: { tag, operation, timesOutAt } };
}

export function initTransactions(producer: Producer, tag: string, now: VirtualTimeUs): Begun {
  const manager = managerOf(producer);
  if (!isManager(manager)) return refused(producer, manager);
  const failure = failureOf(manager);
  if (failure !== null) return refused(producer, failure);
  const initializing = enqueue(transitionTo(manager, 'INITIALIZING'), {
    kind: 'initProducerId',
    isEpochBump: false,
    isRetry: false,
    tag,
  });
  return begun(producer, awaiting(producer, initializing, tag, 'InitProducerId', now));
}

/** Local: nothing is sent. */
export function beginTransaction(producer: Producer): Begun {
  const manager = managerOf(producer);
  if (!isManager(manager)) return refused(producer, manager);
  const failure = failureOf(manager);
  return failure === null ? begun(producer, transitionTo(manager, 'IN_TRANSACTION')) : refused(producer, failure);
}

export function sendOffsetsToTransaction(
  producer: Producer,
  offsets: readonly OffsetToSend[],
  group: GroupMetadata,
  tag: string,
  now: VirtualTimeUs,
): Begun {
  const manager = managerOf(producer);
  if (!isManager(manager)) return refused(producer, manager);
  const failure = failureOf(manager);
  if (failure !== null) return refused(producer, failure);
  if (manager.state !== 'IN_TRANSACTION') {
    const message = `Cannot send offsets if a transaction is not in progress (currentState= ${manager.state})`;
    return refused(producer, { class: 'java.lang.IllegalStateException', message });
  }
  const asking = enqueue(manager, { kind: 'addOffsets', offsets, group, isRetry: false, tag });
  return begun(producer, awaiting(producer, asking, tag, 'AddOffsetsToTxn', now));
}

/** Waits until all records are acknowledged, then ends the transaction. */
export function commitTransaction(producer: Producer, tag: string, now: VirtualTimeUs): Begun {
  const manager = managerOf(producer);
  if (!isManager(manager)) return refused(producer, manager);
  const failure = failureOf(manager);
  if (failure !== null) return refused(producer, failure);
  return complete(producer, transitionTo(manager, 'COMMITTING_TRANSACTION'), { committed: true }, tag, now);
}

/** `tag` null: the producer aborts by itself while it closes. */
export function beginAbort(producer: Producer, tag: string | null, now: VirtualTimeUs): Begun {
  const manager = managerOf(producer);
  if (!isManager(manager)) return refused(producer, manager);
  const failure = manager.state === 'ABORTABLE_ERROR' ? null : failureOf(manager);
  if (failure !== null) return refused(producer, failure);
  const { lastError } = manager;
  const aborting: TransactionManager = {
    ...transitionTo(manager, 'ABORTING_TRANSACTION'),
    newPartitions: new Map(),
  };
  // The coordinator does not know this id any more: nothing to end, a new epoch must do.
  const isUnknown = lastError !== null && simpleName(lastError) === 'InvalidPidMappingException';
  return complete(producer, aborting, { committed: false, skipsEnd: isUnknown }, tag, now);
}

function complete(
  producer: Producer,
  before: TransactionManager,
  { committed, skipsEnd = false }: { readonly committed: boolean; readonly skipsEnd?: boolean },
  tag: string | null,
  now: VirtualTimeUs,
): Begun {
  if (before.state === 'FATAL_ERROR') return begun(producer, before);
  let manager = before.newPartitions.size > 0 ? enqueuePartitions(before) : before;
  const bumps = skipsEnd || manager.epochBumpRequired;
  if (!skipsEnd) {
    manager = enqueue(manager, { kind: 'endTxn', committed, isRetry: false, tag: bumps ? null : tag });
  } else manager = transitionTo(manager, 'INITIALIZING');
  if (bumps) manager = enqueue(manager, { kind: 'initProducerId', isEpochBump: true, isRetry: false, tag });
  return begun(producer, awaiting(producer, manager, tag, bumps ? 'InitProducerId' : `EndTxn(${committed})`, now));
}

/** What `send` throws in a transactional producer that is not in a transaction; null: nothing. */
export function openTransaction(manager: TransactionManager, place: string): JavaException | null {
  if (!isTransactional(manager)) return null;
  const failure = failureOf(manager);
  if (failure !== null) return failure;
  if (!hasProducerId(manager) || manager.state !== 'IN_TRANSACTION') {
    const message = hasProducerId(manager)
      ? `Cannot add partition ${place} to transaction while in state  ${manager.state}`
      : `Cannot add partition ${place} to transaction before completing a call to initTransactions`;
    return { class: 'java.lang.IllegalStateException', message };
  }
  return null;
}

/** A record went to this partition: it belongs to the transaction from now on. */
export function partitionOfTransaction(
  manager: TransactionManager,
  topicPartition: TopicPartition,
  name: string,
): TransactionManager {
  if (!isTransactional(manager)) return manager;
  const isKnown =
    manager.partitionsInTransaction.has(name) || manager.newPartitions.has(name) || manager.pendingPartitions.has(name);
  if (isKnown) return manager;
  return { ...manager, newPartitions: new Map(manager.newPartitions).set(name, topicPartition) };
}
