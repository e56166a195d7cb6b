/** InitProducerId, that of transactional ids by their coordinator; DescribeProducers (`KafkaApis`, 3.9.0). */
import { NO_OFFSET, NO_PRODUCER_EPOCH, NO_PRODUCER_ID, type ProducerEpoch } from '../../../kafka/ids.ts';
import type { DescribeProducersResponse } from '../../protocol/kafka/topics.ts';
import { findPartition } from '../broker.ts';
import { nextProducerId } from '../producerIdManager.ts';
import { type Call, respond } from '../requestChannel.ts';
import { handleTransactions } from '../transactionCoordination.ts';
import type { Turn } from '../turn.ts';

export function handleInitProducerId(turn: Turn, call: Call<'InitProducerId'>): void {
  const { api, body, socket, correlationId } = call;
  if (body.transactionalId !== null) return handleTransactions(turn, { api, body, to: { socket, correlationId } });
  const none = { producerId: NO_PRODUCER_ID, producerEpoch: NO_PRODUCER_EPOCH };
  const producerId = nextProducerId(turn);
  if (producerId === null) return respond(turn, call, { errorCode: 'COORDINATOR_LOAD_IN_PROGRESS', ...none });
  respond(turn, call, { errorCode: 'NONE', producerId, producerEpoch: 0 as ProducerEpoch });
}

type DescribedPartition = DescribeProducersResponse['topics'][number]['partitions'][number];

export function handleDescribeProducers(turn: Turn, call: Call<'DescribeProducers'>): void {
  respond(turn, call, {
    topics: call.body.topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => describe(turn, name, partitionIndex)),
    })),
  });
}

function describe(turn: Turn, topic: string, partitionIndex: number): DescribedPartition {
  const partition = findPartition(turn.broker, topic, partitionIndex);
  const fail = (errorCode: DescribedPartition['errorCode']): DescribedPartition => ({
    partitionIndex,
    errorCode,
    errorMessage: null,
    activeProducers: [],
  });
  if (partition === undefined)
    return fail(turn.broker.metadata.topics.has(topic) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION');
  if (partition.role === 'offline') return fail('KAFKA_STORAGE_ERROR');
  // Followers know the producers of their log too.
  if (partition.log === null) return fail('NOT_LEADER_OR_FOLLOWER');
  return {
    partitionIndex,
    errorCode: 'NONE',
    errorMessage: null,
    activeProducers: partition.log.producers.producers.map((entry) => ({
      producerId: entry.producerId,
      producerEpoch: entry.producerEpoch,
      lastSequence: entry.batches[entry.batches.length - 1]?.lastSequence ?? -1,
      lastTimestamp: entry.lastTimestamp,
      coordinatorEpoch: entry.coordinatorEpoch,
      currentTxnStartOffset: entry.currentTxnFirstOffset ?? NO_OFFSET,
    })),
  };
}
