/**
 * Who is to be asked: the coordinator of a group or transactional id, the leader of a partition, all brokers.
 *
 * Follows `CoordinatorStrategy`, `PartitionLeaderStrategy` and `AllBrokersStrategy` of `org.apache.kafka.clients.admin.internals` (3.9.0).
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import { parseTopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import { ZERO_UUID } from '../../protocol/kafka/fields.ts';
import type { KafkaResponse } from '../../protocol/kafka/kafkaMessage.ts';
import type { MetadataResponse } from '../../protocol/kafka/metadata.ts';
import { apiException, exceptionOf, type JavaException } from '../javaException.ts';
import { bodyOf, type Complaint, failed, question, type Question } from './adminDefinition.ts';
import type { AdminMethod } from './adminMethods.ts';
import { definitions } from './definitions.ts';
import type { Operation } from './operation.ts';

export function lookupQuestion(operation: Operation<AdminMethod>, keys: readonly string[]): Question {
  switch (operation.route) {
    case 'groupCoordinator':
    case 'transactionCoordinator': {
      const owner = coordinatedId(operation);
      return question('FindCoordinator', {
        keyType: operation.route === 'groupCoordinator' ? 'GROUP' : 'TRANSACTION',
        coordinatorKeys: owner === null ? keys : [owner],
      });
    }
    case 'partitionLeader': {
      const topics = [...new Set(keys.map((key) => parseTopicPartition(key).topic))];
      return metadataOf(topics, false);
    }
    default:
      if (operation.method === 'describeTopics') {
        return question('DescribeCluster', { includeClusterAuthorizedOperations: false });
      }
      return metadataOf([], true);
  }
}

function metadataOf(topics: readonly string[], allowAutoTopicCreation: boolean): Question {
  return question('Metadata', {
    topics: topics.map((name) => ({ topicId: ZERO_UUID, name })),
    allowAutoTopicCreation,
    includeTopicAuthorizedOperations: false,
  });
}

/** Null: each key is an id itself. */
function coordinatedId<M extends AdminMethod>({ method, args }: Operation<M>): string | null {
  return definitions[method].ofCoordinator?.(args) ?? null;
}

export interface Found {
  readonly places: ReadonlyMap<string, number>;
  readonly failures: ReadonlyMap<string, { readonly outcome: 'failed'; readonly exception: JavaException }>;
  /** All brokers, where that was the question. */
  readonly brokers: readonly number[] | null;
  readonly complaints: readonly Complaint[];
  /** The question itself failed. */
  readonly failure: JavaException | null;
}
const nothing: Found = {
  places: new Map(),
  failures: new Map(),
  brokers: null,
  complaints: [],
  failure: null,
};

export function readLookup(operation: Operation<AdminMethod>, keys: readonly string[], answer: KafkaResponse): Found {
  switch (operation.route) {
    case 'groupCoordinator':
    case 'transactionCoordinator':
      return readCoordinators(coordinatedId(operation), keys, answer);
    case 'partitionLeader':
      return readLeaders(keys, bodyOf('Metadata', answer), operation.method !== 'listOffsets');
    default:
      if (operation.method === 'describeTopics') return nothing;
      return readBrokers(bodyOf('Metadata', answer));
  }
}

function readBrokers({ brokers }: MetadataResponse): Found {
  if (brokers.length > 0) return { ...nothing, brokers: brokers.map(({ nodeId }) => nodeId) };
  return {
    ...nothing,
    failure: apiException('StaleMetadataException', 'Metadata fetch failed due to missing broker list'),
  };
}

function readCoordinators(owner: string | null, keys: readonly string[], answer: KafkaResponse): Found {
  const places = new Map<string, number>();
  const failures = new Map<string, { readonly outcome: 'failed'; readonly exception: JavaException }>();
  for (const { key, errorCode, nodeId } of bodyOf('FindCoordinator', answer).coordinators) {
    if (errorCode === 'COORDINATOR_NOT_AVAILABLE' || errorCode === 'COORDINATOR_LOAD_IN_PROGRESS') continue;
    const concerned = owner === null ? [key] : keys;
    const message = `FindCoordinator request for key \`CoordinatorKey(idValue='${key}', type=GROUP)\` failed due to an unexpected error`;
    for (const each of concerned) {
      if (errorCode === 'NONE') places.set(each, nodeId);
      else failures.set(each, failed(exceptionOf(errorCode, message)));
    }
  }
  return { ...nothing, places, failures };
}

/** A topic that is not known yet, or a partition without leader, may be so later: Kafka asks until the deadline. */
const mayPass = new Set<ErrorName>([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'BROKER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
]);

function readLeaders(keys: readonly string[], { topics }: MetadataResponse, toleratesUnknownTopics: boolean): Found {
  const places = new Map<string, number>();
  const failures = new Map<string, { readonly outcome: 'failed'; readonly exception: JavaException }>();
  const complaints: Complaint[] = [];
  const complain = (text: string, error: ErrorName) =>
    complaints.push({ text, by: 'PartitionLeaderStrategy', exception: exceptionOf(error) });
  for (const { name, errorCode, partitions } of topics) {
    if (errorCode !== 'NONE') {
      const isUnknown = errorCode === 'UNKNOWN_TOPIC_OR_PARTITION';
      if (isUnknown ? toleratesUnknownTopics : mayPass.has(errorCode)) continue;
      const [complaint, why] = whyRefused(errorCode, name ?? '');
      complain(complaint, errorCode);
      for (const key of keys) {
        if (parseTopicPartition(key).topic !== name) continue;
        failures.set(key, failed(exceptionOf(errorCode, `Failed to fetch metadata for partition ${key} ${why}`)));
      }
      continue;
    }
    for (const { partitionIndex, errorCode: error, leaderId } of partitions) {
      const key = topicPartitionName({ topic: name ?? '', partition: partitionIndex });
      if (!keys.includes(key)) continue;
      if (error === 'NONE' && leaderId >= 0) places.set(key, leaderId);
      else if (error !== 'NONE' && !mayPass.has(error)) {
        complain(`Received unexpected error for partition ${key} in \`Metadata\` response`, error);
        failures.set(key, failed(exceptionOf(error, `Unexpected error during metadata lookup for ${key}`)));
      }
    }
  }
  return { ...nothing, places, failures, complaints };
}

function whyRefused(error: ErrorName, topic: string): readonly [complaint: string, why: string] {
  switch (error) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
      return [
        `Received unknown topic error for topic ${topic}`,
        `because metadata for topic \`${topic}\` could not be found`,
      ];
    case 'TOPIC_AUTHORIZATION_FAILED':
      return [
        `Received authorization failure for topic ${topic} in \`Metadata\` response`,
        'due to topic authorization failure',
      ];
    case 'INVALID_TOPIC_EXCEPTION':
      return [
        `Received invalid topic error for topic ${topic} in \`Metadata\` response`,
        `due to invalid topic \`${topic}\``,
      ];
    default:
      return [
        `Received unexpected error for topic ${topic} in \`Metadata\` response`,
        `due to unexpected error for topic \`${topic}\``,
      ];
  }
}
