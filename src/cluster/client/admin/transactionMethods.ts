/** Transactions, at their coordinators or at all brokers (`admin.internals`, 3.9.0). */
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID } from '../../../kafka/ids.ts';
import { apiException, exceptionOf } from '../javaException.ts';
import { bodyOf, type Definition, failed, outcomeFor, question, succeeded } from './adminDefinition.ts';
import type { Outcome, TransactionDescription } from './adminMethods.ts';
import { readError } from './groupMethods.ts';

export const describeTransactions: Definition<'describeTransactions'> = {
  route: 'transactionCoordinator',
  callName: 'describeTransactions',
  keys: ({ transactionalIds }) => [...new Set(transactionalIds)],
  ask: (_args, transactionalIds) => question('DescribeTransactions', { transactionalIds }),
  read(_args, _keys, answer, coordinator) {
    const outcomes = new Map<string, Outcome<TransactionDescription>>();
    const lookAgain: string[] = [];
    for (const state of bodyOf('DescribeTransactions', answer).transactionStates) {
      const { transactionalId, errorCode } = state;
      const about = `DescribeTransactions request for transactionalId \`${transactionalId}\``;
      if (errorCode === 'COORDINATOR_LOAD_IN_PROGRESS') continue;
      if (errorCode === 'NOT_COORDINATOR' || errorCode === 'COORDINATOR_NOT_AVAILABLE') {
        lookAgain.push(transactionalId);
      } else if (errorCode === 'TRANSACTIONAL_ID_NOT_FOUND') {
        const exception = apiException(
          'TransactionalIdNotFoundException',
          `${about} failed because the ID could not be found`,
        );
        outcomes.set(transactionalId, failed(exception));
      } else if (errorCode !== 'NONE') {
        outcomes.set(transactionalId, failed(exceptionOf(errorCode, `${about} failed due to unexpected error`)));
      } else {
        const { transactionState, producerId, producerEpoch, transactionTimeoutMs, transactionStartTimeMs, topics } =
          state;
        outcomes.set(
          transactionalId,
          succeeded({
            coordinatorId: coordinator.id,
            state: transactionState,
            producerId,
            producerEpoch,
            transactionTimeoutMs,
            transactionStartTimeMs: transactionStartTimeMs < 0 ? null : transactionStartTimeMs,
            topicPartitions: topics.flatMap(({ name, partitions }) =>
              partitions.map((partition) => ({ topic: name, partition })),
            ),
          }),
        );
      }
    }
    return { outcomes, lookAgain };
  },
  result: ({ transactionalIds }, outcomes) =>
    transactionalIds.map((transactionalId) => ({ transactionalId, outcome: outcomeFor(outcomes, transactionalId) })),
};

export const listTransactions: Definition<'listTransactions'> = {
  route: 'allBrokers',
  callName: 'listTransactions',
  keys: () => [],
  ask: ({ states = [], producerIds = [], durationMs = -1 }) =>
    question('ListTransactions', { stateFilters: states, producerIdFilters: producerIds, durationFilter: durationMs }),
  read(_args, [broker = ''], answer) {
    const { errorCode, transactionStates } = bodyOf('ListTransactions', answer);
    if (errorCode === 'NONE') {
      const listings = transactionStates.map(({ transactionalId, producerId, transactionState }) => ({
        transactionalId,
        producerId,
        state: transactionState,
      }));
      return { outcomes: new Map([[broker, succeeded(listings)]]) };
    }
    if (errorCode === 'COORDINATOR_LOAD_IN_PROGRESS') return { outcomes: new Map() };
    const message =
      errorCode === 'COORDINATOR_NOT_AVAILABLE'
        ? `ListTransactions request sent to broker ${broker} failed because the coordinator is shutting down`
        : `ListTransactions request sent to broker ${broker} failed with an unexpected exception`;
    return { outcomes: new Map([[broker, failed(exceptionOf(errorCode, message))]]) };
  },
  result(_args, outcomes) {
    const listed: {
      broker: number;
      transactions: typeof outcomes extends ReadonlyMap<string, Outcome<infer T>> ? T : never;
    }[] = [];
    for (const [broker, outcome] of outcomes) {
      if (outcome.outcome === 'failed') return outcome;
      listed.push({ broker: Number(broker), transactions: outcome.value });
    }
    return succeeded(listed);
  },
};

export const fenceProducers: Definition<'fenceProducers'> = {
  route: 'transactionCoordinator',
  callName: 'fenceProducer',
  // One request tells one id; several ids go one after the other.
  keys: ({ transactionalIds }) => [...new Set(transactionalIds)],
  ask: (_args, [transactionalId = ''], timeoutMs) =>
    question('InitProducerId', {
      transactionalId,
      transactionTimeoutMs: timeoutMs,
      producerId: NO_PRODUCER_ID,
      producerEpoch: NO_PRODUCER_EPOCH,
    }),
  read(_args, [transactionalId = ''], answer) {
    const { errorCode, producerId, producerEpoch } = bodyOf('InitProducerId', answer);
    if (errorCode === 'NONE')
      return { outcomes: new Map([[transactionalId, succeeded({ producerId, producerEpoch })]]) };
    if (errorCode === 'CONCURRENT_TRANSACTIONS') return { outcomes: new Map() };
    const message = `InitProducerId request for transactionalId \`${transactionalId}\` failed due to unexpected error`;
    return readError([transactionalId], errorCode, exceptionOf(errorCode, message));
  },
  result: ({ transactionalIds }, outcomes) =>
    transactionalIds.map((transactionalId) => ({ transactionalId, outcome: outcomeFor(outcomes, transactionalId) })),
};
