/** What partition leaders answer: offsets, deletion of records, producers, an abort marker (`admin.internals`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import { type BrokerId, NO_LEADER_EPOCH } from '../../../kafka/ids.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { DescribeProducersResponse } from '../../protocol/kafka/topics.ts';
import { exceptionOf, isInvalidMetadata, isRetriable, type JavaException } from '../javaException.ts';
import type { Node } from '../node.ts';
import {
  bodyOf,
  byTopic,
  type Complaint,
  type Definition,
  failed,
  outcomeFor,
  question,
  type Reading,
  single,
  succeeded,
} from './adminDefinition.ts';
import { missingPartition, partitionsOf } from './clusterMethods.ts';
import type { Outcome, ProducerState } from './adminMethods.ts';

/** One partition's part of an answer. */
interface PartitionAnswer<T> {
  readonly key: string;
  readonly errorCode: ErrorName;
  readonly errorMessage?: string | null;
  readonly value: T;
}

/** Moved: looked up again; a passing error: asked again; else failed. */
function readPartitions<T>(
  keys: readonly string[],
  answers: readonly PartitionAnswer<T>[],
  from: Node,
  isMoved: (error: ErrorName) => boolean,
  complain: (key: string, error: ErrorName, exception: JavaException) => Complaint,
): Reading<T> {
  const complaints: Complaint[] = [];
  const outcomes = new Map<string, Outcome<T>>();
  const lookAgain: string[] = [];
  for (const { key, errorCode, errorMessage, value } of answers) {
    if (errorCode === 'NONE') outcomes.set(key, succeeded(value));
    else if (isMoved(errorCode)) lookAgain.push(key);
    else {
      const exception = exceptionOf(errorCode, errorMessage);
      if (isRetriable(exception)) continue;
      outcomes.set(key, failed(exception));
      complaints.push(complain(key, errorCode, exception));
    }
  }
  for (const key of keys) {
    if (lookAgain.length === 0 && !answers.some((answer) => answer.key === key)) {
      outcomes.set(key, failed(missingPartition(from.id, key)));
    }
  }
  return { outcomes, lookAgain, complaints };
}

/** As the handlers of ListOffsets and DeleteRecords word it. */
const unexpectedIn =
  (request: 'ListOffsets' | 'DeleteRecords') =>
  (key: string, error: ErrorName): Complaint => ({
    text: `${request} request for topic partition ${key} failed due to an unexpected error ${error}`,
    by: `${request}Handler`,
  });

export const listOffsets: Definition<'listOffsets'> = {
  route: 'partitionLeader',
  callName: 'listOffsets',
  keys: ({ partitions }) => partitions.map(topicPartitionName),
  ask({ partitions, isolationLevel }, keys) {
    const asked = partitions.filter((partition) => keys.includes(topicPartitionName(partition)));
    return question('ListOffsets', {
      replicaId: -1 as BrokerId,
      isolationLevel: isolationLevel === 'read_committed' ? 1 : 0,
      topics: byTopic(asked).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition, timestamp }) => ({
          partitionIndex: partition,
          currentLeaderEpoch: NO_LEADER_EPOCH,
          timestamp,
        })),
      })),
    });
  },
  read(_args, keys, answer, from) {
    const answers = bodyOf('ListOffsets', answer).topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, errorCode, offset, timestamp, leaderEpoch }) => ({
        key: `${name}-${partitionIndex}`,
        errorCode,
        value: { offset, timestamp, leaderEpoch: leaderEpoch < 0 ? null : leaderEpoch },
      })),
    );
    const isMoved = (error: ErrorName) => error === 'NOT_LEADER_OR_FOLLOWER' || error === 'LEADER_NOT_AVAILABLE';
    return readPartitions(keys, answers, from, isMoved, unexpectedIn('ListOffsets'));
  },
  result: ({ partitions }, outcomes) =>
    partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      outcome: outcomeFor(outcomes, topicPartitionName({ topic, partition })),
    })),
};

export const deleteRecords: Definition<'deleteRecords'> = {
  route: 'partitionLeader',
  callName: 'deleteRecords',
  keys: ({ partitions }) => partitions.map(topicPartitionName),
  ask({ partitions }, keys, timeoutMs) {
    const asked = partitions.filter((partition) => keys.includes(topicPartitionName(partition)));
    return question('DeleteRecords', {
      topics: byTopic(asked).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition, beforeOffset }) => ({ partitionIndex: partition, offset: beforeOffset })),
      })),
      timeoutMs,
    });
  },
  read(_args, keys, answer, from) {
    const answers = bodyOf('DeleteRecords', answer).topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, errorCode, lowWatermark }) => ({
        key: `${name}-${partitionIndex}`,
        errorCode,
        value: { lowWatermark },
      })),
    );
    const isMoved = (error: ErrorName) => isInvalidMetadata(exceptionOf(error));
    return readPartitions(keys, answers, from, isMoved, unexpectedIn('DeleteRecords'));
  },
  result: ({ partitions }, outcomes) =>
    partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      outcome: outcomeFor(outcomes, topicPartitionName({ topic, partition })),
    })),
};

type ActiveProducer = DescribeProducersResponse['topics'][number]['partitions'][number]['activeProducers'][number];

const producerOf = ({ coordinatorEpoch, currentTxnStartOffset, ...producer }: ActiveProducer): ProducerState => ({
  ...producer,
  coordinatorEpoch: coordinatorEpoch < 0 ? null : coordinatorEpoch,
  currentTransactionStartOffset: currentTxnStartOffset < 0 ? null : currentTxnStartOffset,
});

/** A broker that was named is not the leader, nor meant to become it; other errors are not expected to pass. */
const refusedProducers = (key: string, error: ErrorName, brokerId: BrokerId | undefined) =>
  error === 'NOT_LEADER_OR_FOLLOWER'
    ? {
        text: `Not leader error in \`DescribeProducers\` response for partition ${key} for brokerId ${brokerId} set in options`,
        message: `Failed to describe active producers for partition ${key} on brokerId ${brokerId}`,
      }
    : {
        text: `Unexpected error in \`DescribeProducers\` response for partition ${key}`,
        message: `Failed to describe active producers for partition ${key} due to unexpected error`,
      };

export const describeProducers: Definition<'describeProducers'> = {
  route: 'partitionLeader',
  callName: 'describeProducers',
  keys: ({ partitions }) => partitions.map(topicPartitionName),
  ask: (_args, keys) =>
    question('DescribeProducers', {
      topics: byTopic(partitionsOf(keys)).map(([name, entries]) => ({
        name,
        partitionIndexes: entries.map(({ partition }) => partition),
      })),
    }),
  read({ brokerId }, _keys, answer) {
    const complaints: Complaint[] = [];
    const outcomes = new Map<string, Outcome<readonly ProducerState[]>>();
    const lookAgain: string[] = [];
    for (const { name, partitions } of bodyOf('DescribeProducers', answer).topics) {
      for (const { partitionIndex, errorCode, errorMessage, activeProducers } of partitions) {
        const key = topicPartitionName({ topic: name, partition: partitionIndex });
        if (errorCode === 'NONE') outcomes.set(key, succeeded(activeProducers.map(producerOf)));
        else if (errorCode === 'UNKNOWN_TOPIC_OR_PARTITION') continue;
        else if (errorCode === 'NOT_LEADER_OR_FOLLOWER' && brokerId === undefined) lookAgain.push(key);
        else {
          const why = refusedProducers(key, errorCode, brokerId);
          outcomes.set(key, failed(exceptionOf(errorCode, why.message)));
          complaints.push({ ...why, by: 'DescribeProducersHandler', exception: exceptionOf(errorCode, errorMessage) });
        }
      }
    }
    return { outcomes, lookAgain, complaints };
  },
  result: ({ partitions }, outcomes) =>
    partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      outcome: outcomeFor(outcomes, topicPartitionName({ topic, partition })),
    })),
};

export const abortTransaction: Definition<'abortTransaction'> = {
  route: 'partitionLeader',
  callName: 'abortTransaction',
  keys: (partition) => [topicPartitionName(partition)],
  ask: ({ topic, partition, producerId, producerEpoch, coordinatorEpoch }) =>
    question('WriteTxnMarkers', {
      markers: [
        {
          producerId,
          producerEpoch,
          transactionResult: false,
          coordinatorEpoch,
          topics: [{ name: topic, partitions: [partition] }],
        },
      ],
    }),
  read(_args, [key = ''], answer) {
    const errorCode = bodyOf('WriteTxnMarkers', answer).markers[0]?.topics[0]?.partitions[0]?.errorCode ?? 'NONE';
    if (errorCode === 'NONE') return { outcomes: new Map([[key, succeeded(null)]]) };
    if (moved.has(errorCode)) return { outcomes: new Map(), lookAgain: [key] };
    return { outcomes: new Map([[key, failed(exceptionOf(errorCode))]]) };
  },
  result: (partition, outcomes) => single(new Map([['', outcomeFor(outcomes, topicPartitionName(partition))]])),
};
const moved = new Set<ErrorName>([
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'BROKER_NOT_AVAILABLE',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);
