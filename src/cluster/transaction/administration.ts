/** DescribeTransactions and ListTransactions (`TransactionCoordinator`, `TransactionStateManager`, 3.9.0, KIP-664). */
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID, NO_TIMESTAMP } from '../../kafka/ids.ts';
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import type {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '../protocol/kafka/transactions.ts';
import { type RequestTag, transactionOf, type TransactionTurn } from './coordinatorTurn.ts';
import type { TransactionMetadata } from './transactionMetadata.ts';
import { transactionStates } from './transactionState.ts';

type Described = DescribeTransactionsResponse['transactionStates'][number];

export function describeTransactions(
  turn: TransactionTurn,
  to: RequestTag,
  { transactionalIds }: DescribeTransactionsRequest,
): void {
  const states = transactionalIds.map((transactionalId) => described(turn, transactionalId));
  turn.replies.push({ to, api: 'DescribeTransactions', body: { transactionStates: states } });
}

function described(turn: TransactionTurn, transactionalId: string): Described {
  const fail = (errorCode: Described['errorCode']): Described => ({
    errorCode,
    transactionalId,
    producerId: NO_PRODUCER_ID,
    producerEpoch: NO_PRODUCER_EPOCH,
    transactionState: '',
    transactionTimeoutMs: 0,
    transactionStartTimeMs: NO_TIMESTAMP,
    topics: [],
  });
  if (!turn.coordinator.isActive) return fail('COORDINATOR_NOT_AVAILABLE');
  if (transactionalId === '') return fail('INVALID_REQUEST');
  const found = transactionOf(turn, transactionalId);
  if (found === 'NOT_COORDINATOR') return fail(found);
  if (found === null || found.metadata.state === 'Dead') return fail('TRANSACTIONAL_ID_NOT_FOUND');
  const { producerId, producerEpoch, state, txnTimeoutMs, txnStartTimestamp, topicPartitions } = found.metadata;
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of topicPartitions) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return {
    errorCode: 'NONE',
    transactionalId,
    producerId,
    producerEpoch,
    transactionState: state,
    transactionTimeoutMs: txnTimeoutMs,
    transactionStartTimeMs: txnStartTimestamp,
    topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
  };
}

export function listTransactions(turn: TransactionTurn, to: RequestTag, request: ListTransactionsRequest): void {
  const { isActive, owned } = turn.coordinator;
  const { stateFilters, durationFilter } = request;
  const unknownStateFilters = stateFilters.filter((name) => !transactionStates.some((state) => state === name));
  const isListed = ({ state, producerId, txnStartTimestamp }: TransactionMetadata): boolean =>
    state !== 'Dead' &&
    (request.producerIdFilters.length === 0 || request.producerIdFilters.includes(producerId)) &&
    (stateFilters.length === 0 || stateFilters.includes(state)) &&
    !(durationFilter >= 0 && turn.nowMs - txnStartTimestamp <= durationFilter);
  // Partitions ascend, as small integers do in a hash map; ids lie in the order of a ConcurrentHashMap.
  const partitions = [...owned].sort(([a], [b]) => a - b).map(([, { transactions }]) => transactions);
  const transactions = partitions.flatMap((ids) =>
    javaHashOrder([...ids.keys()], javaStringHash).map((transactionalId) => ids.get(transactionalId)!),
  );
  const states = transactions
    .filter(isListed)
    .map(({ transactionalId, producerId, state }) => ({ transactionalId, producerId, transactionState: state }));
  const body: ListTransactionsResponse = isActive
    ? { errorCode: 'NONE', unknownStateFilters, transactionStates: states }
    : { errorCode: 'COORDINATOR_NOT_AVAILABLE', unknownStateFilters: [], transactionStates: [] };
  turn.replies.push({ to, api: 'ListTransactions', body });
}
