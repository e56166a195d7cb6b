/**
 * AddPartitionsToTxn and AddOffsetsToTxn: a transaction begins with the first, and knows from them where its markers go. Partition leaders
 * ask in the same way whether a partition was added.
 *
 * Follows `TransactionCoordinator#handleAddPartitionsToTransaction`, `handleVerifyPartitionsInTransaction` and
 * `KafkaApis#handleAddPartitionsToTxnRequest` (3.9.0, KIP-890).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type {
  AddOffsetsToTxnRequest,
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
} from '../protocol/kafka/transactions.ts';
import type { AfterTransition, AskedTopics, RequestTag, TransactionTurn } from './coordinatorTurn.ts';
import { hasAllPartitions, hasPartition, prepareAddPartitions } from './transactionMetadata.ts';
import { begin, transactionOfProducer } from './transitions.ts';

type Transaction = AddPartitionsToTxnRequest['transactions'][number];
type Result = AddPartitionsToTxnResponse['resultsByTransaction'][number];

export function addPartitionsToTxn(
  turn: TransactionTurn,
  to: RequestTag,
  { transactions }: AddPartitionsToTxnRequest,
): void {
  // A client adds to its one transaction; several in one request come from partition leaders, which only ask.
  const [own] = transactions;
  if (own !== undefined && !own.verifyOnly) return addOfClient(turn, to, own);
  const results = transactions.map((one) => verified(turn, one));
  turn.replies.push({ to, api: 'AddPartitionsToTxn', body: { errorCode: 'NONE', resultsByTransaction: results } });
}

function addOfClient(turn: TransactionTurn, to: RequestTag, transaction: Transaction): void {
  const { topics } = transaction;
  const missing = unknownAmong(turn, transaction);
  if (missing !== null) return answerWith(turn, to, missing);
  const error = add(turn, transaction, partitionsOf(topics), { kind: 'AddPartitionsToTxn', to, topics });
  if (error !== null) answerAdded(turn, to, transaction.transactionalId, topics, error);
}

export function addOffsetsToTxn(
  turn: TransactionTurn,
  to: RequestTag,
  request: AddOffsetsToTxnRequest,
  /** Of `__consumer_offsets`: the group's. */
  partition: TopicPartition,
): void {
  const error = add(turn, request, [partition], { kind: 'AddOffsetsToTxn', to });
  if (error !== null) turn.replies.push({ to, api: 'AddOffsetsToTxn', body: { errorCode: error } });
}

/** Null: it is being written, and answered then. */
function add(
  turn: TransactionTurn,
  producer: Pick<Transaction, 'transactionalId' | 'producerId' | 'producerEpoch'>,
  partitions: readonly TopicPartition[],
  next: AfterTransition,
): ErrorName | null {
  const found = transactionOfProducer(turn, producer);
  if (typeof found === 'string') return found;
  const { metadata, coordinatorEpoch } = found;
  const { state } = metadata;
  if (metadata.producerEpoch !== producer.producerEpoch) return 'PRODUCER_FENCED';
  if (metadata.pendingState !== null || state === 'PrepareCommit' || state === 'PrepareAbort')
    return 'CONCURRENT_TRANSACTIONS';
  if (state === 'Ongoing' && hasAllPartitions(metadata, partitions)) return 'NONE';
  begin(turn, coordinatorEpoch, prepareAddPartitions(metadata, partitions, turn.nowMs), next);
  return null;
}

function verified(turn: TransactionTurn, transaction: Transaction): Result {
  const { transactionalId, topics } = transaction;
  const missing = unknownAmong(turn, transaction);
  if (missing !== null) return missing;
  const found = transactionOfProducer(turn, transaction);
  if (typeof found === 'string') return result(transactionalId, topics, () => found);
  const { metadata } = found;
  if (metadata.producerEpoch !== transaction.producerEpoch)
    return result(transactionalId, topics, () => 'PRODUCER_FENCED');
  if (metadata.state === 'PrepareCommit' || metadata.state === 'PrepareAbort')
    return result(transactionalId, topics, () => 'CONCURRENT_TRANSACTIONS');
  return result(transactionalId, topics, (one) => (hasPartition(metadata, one) ? 'NONE' : 'TRANSACTION_ABORTABLE'));
}

/** One partition that does not exist refuses the whole transaction; null: all exist. */
function unknownAmong(turn: TransactionTurn, { transactionalId, topics }: Transaction): Result | null {
  const isUnknown = (one: TopicPartition): boolean => turn.surroundings.leaderOf(one) === 'unknown';
  if (!partitionsOf(topics).some(isUnknown)) return null;
  return result(transactionalId, topics, (one) =>
    isUnknown(one) ? 'UNKNOWN_TOPIC_OR_PARTITION' : 'OPERATION_NOT_ATTEMPTED',
  );
}

export function answerAdded(
  turn: TransactionTurn,
  to: RequestTag,
  transactionalId: string,
  topics: AskedTopics,
  error: ErrorName,
): void {
  answerWith(
    turn,
    to,
    result(transactionalId, topics, () => error),
  );
}

const answerWith = (turn: TransactionTurn, to: RequestTag, one: Result): void =>
  void turn.replies.push({ to, api: 'AddPartitionsToTxn', body: { errorCode: 'NONE', resultsByTransaction: [one] } });

const partitionsOf = (topics: AskedTopics): readonly TopicPartition[] =>
  topics.flatMap(({ name, partitions }) => partitions.map((partition) => ({ topic: name, partition })));

const result = (
  transactionalId: string,
  topics: AskedTopics,
  errorOf: (partition: TopicPartition) => ErrorName,
): Result => ({
  transactionalId,
  topicResults: topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((partition) => ({
      partitionIndex: partition,
      errorCode: errorOf({ topic: name, partition }),
    })),
  })),
});
