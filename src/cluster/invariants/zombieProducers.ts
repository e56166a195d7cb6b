/**
 * A transactional id has one owner: whatever its coordinator is asked in an earlier epoch is refused, and a transaction that is open for
 * longer than its timeout is aborted, its producer fenced. Both are asked of a coordinator as it stands, and nothing comes of it: the first
 * when somebody gets a new epoch, the second when a transaction has begun.
 *
 * Follows `TransactionCoordinator#handleAddPartitionsToTransaction`, `#endTransaction`, `#abortTimedOutTransactions` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId, ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import type { Socket } from '../../kernel/events.ts';
import { later, ms, timestampMsAt, type VirtualTimeUs } from '../../kernel/time.ts';
import type { World } from '../../kernel/world.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { TransactionCoordinator } from '../transaction/coordinatorTurn.ts';
import type { TransactionMetadata } from '../transaction/transactionMetadata.ts';
import {
  handleTransactionRequest,
  onTransactionTimer,
  type TransactionRequest,
} from '../transaction/transactionCoordinator.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { BrokerChange, Exchange, Observation } from './observation.ts';

export class ZombieProducers implements Invariant {
  /** Transactions that have been asked about: id, epoch, and when they began. */
  readonly #asked = new Set<string>();

  afterEvent({ exchanges, brokers, world }: Observation): void {
    for (const exchange of exchanges) refusesPredecessor(exchange, world);
    for (const change of brokers) this.#begun(change, world);
  }

  #begun({ before, after }: BrokerChange, world: World): void {
    const { transactions } = after;
    if (transactions === null || before?.transactions?.owned === transactions.owned || !transactions.isActive) return;
    for (const [partition, { transactions: own }] of transactions.owned)
      for (const metadata of own.values()) {
        const { transactionalId, producerEpoch, state, pendingState, txnStartTimestamp } = metadata;
        const key = `${partition} ${transactionalId} ${producerEpoch} ${txnStartTimestamp}`;
        if (state !== 'Ongoing' || pendingState !== null || this.#asked.has(key)) continue;
        this.#asked.add(key);
        endsInTime(transactions, metadata, world);
      }
  }
}

/** A cluster with one partition of `__transaction_state`, in which every partition is led by broker 0. */
const surroundings = (clock: VirtualTimeUs) => ({
  now: clock,
  clock,
  partitionCount: 1,
  leaderOf: () => 0 as BrokerId,
  nextProducerId: () => null,
  offsetsPartitionFor: () => ({ topic: '__consumer_offsets', partition: 0 }),
});

/** The coordinator as it would be with nothing but this transaction. */
function alone(coordinator: TransactionCoordinator, metadata: TransactionMetadata): TransactionCoordinator {
  const transactions = new Map([[metadata.transactionalId, metadata]]);
  return { ...coordinator, owned: new Map([[0, { coordinatorEpoch: 0, transactions }]]), completions: new Map() };
}

function metadataIn(coordinator: TransactionCoordinator, transactionalId: string): TransactionMetadata | undefined {
  for (const { transactions } of coordinator.owned.values()) {
    const found = transactions.get(transactionalId);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refusesPredecessor({ stage, server, request, response }: Exchange, { processes, now }: World): void {
  if (stage !== 'answered' || request.api !== 'InitProducerId' || response.api !== 'InitProducerId') return;
  const { errorCode, producerId, producerEpoch } = response.body;
  const { transactionalId } = request.body;
  const coordinator = brokerIn(processes[server]!)?.transactions ?? null;
  if (transactionalId === null || errorCode !== 'NONE' || producerEpoch === 0 || coordinator?.isActive !== true) return;
  const metadata = metadataIn(coordinator, transactionalId);
  if (metadata === undefined || metadata.producerEpoch !== producerEpoch || metadata.pendingState !== null) return;
  const zombie = { transactionalId, producerId, producerEpoch: (producerEpoch - 1) as ProducerEpoch };
  for (const asked of requestsOf(zombie)) {
    const only = alone(coordinator, { ...metadata, state: 'Ongoing', topicPartitions: [place] });
    const { replies, appends } = handleTransactionRequest(
      only,
      { ...asked, to: { socket: 0 as Socket, correlationId: 0 } },
      surroundings(now),
    );
    const answer = replies.map((reply): ErrorName => {
      if (reply.api === 'AddPartitionsToTxn')
        return reply.body.resultsByTransaction[0]?.topicResults[0]?.partitions[0]?.errorCode ?? 'NONE';
      return reply.api === 'AddOffsetsToTxn' || reply.api === 'EndTxn' ? reply.body.errorCode : 'NONE';
    })[0];
    if (appends.length > 0 || answer !== 'PRODUCER_FENCED')
      broken(
        `The coordinator of ${transactionalId} would answer ${asked.api} in epoch ${zombie.producerEpoch} with ${answer ?? 'a new state'}, after epoch ${producerEpoch} was given.`,
      );
  }
}

const place = { topic: 'any', partition: 0 };

type Asked = TransactionRequest extends infer R ? (R extends TransactionRequest ? Omit<R, 'to'> : never) : never;

function requestsOf(zombie: {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
}): readonly Asked[] {
  const topics = [{ name: place.topic, partitions: [place.partition] }];
  return [
    { api: 'AddPartitionsToTxn', body: { transactions: [{ ...zombie, topics, verifyOnly: false }] } },
    { api: 'AddPartitionsToTxn', body: { transactions: [{ ...zombie, topics, verifyOnly: true }] } },
    { api: 'AddOffsetsToTxn', body: { ...zombie, groupId: 'any' } },
    { api: 'EndTxn', body: { ...zombie, committed: true } },
    { api: 'EndTxn', body: { ...zombie, committed: false } },
  ];
}

function endsInTime(coordinator: TransactionCoordinator, metadata: TransactionMetadata, { now }: World): void {
  const { transactionalId, txnStartTimestamp, txnTimeoutMs, producerEpoch } = metadata;
  const only = alone(coordinator, metadata);
  const endMs = txnStartTimestamp + txnTimeoutMs;
  for (const [atMs, isOver] of [
    [endMs - 1, false],
    [endMs + 1, true],
  ] as const) {
    const clock = later(now, ms(atMs - timestampMsAt(now)));
    const event = { type: 'TRANSACTION_TIMER', timer: 'abortTimedOut' } as const;
    const outcome = onTransactionTimer(only, event, surroundings(clock));
    const written = metadataIn(outcome.coordinator, transactionalId);
    const isAborted = written?.pendingState === 'PrepareAbort' && outcome.appends.length > 0;
    if (isAborted !== isOver)
      broken(
        `The transaction of ${transactionalId} in epoch ${producerEpoch} would ${isOver ? 'not ' : ''}be aborted ${atMs - txnStartTimestamp} ms after its begin, its timeout is ${txnTimeoutMs} ms.`,
      );
  }
}
