/** Topics: list, describe, create, delete, add partitions (`KafkaAdminClient`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId } from '../../../kafka/ids.ts';
import { ZERO_UUID } from '../../protocol/kafka/fields.ts';
import type { MetadataResponseTopic } from '../../protocol/kafka/metadata.ts';
import { nodesOf } from '../cluster.ts';
import { apiException, type JavaException } from '../javaException.ts';
import type { Node } from '../node.ts';
import {
  bodyOf,
  type Definition,
  failed,
  outcomeFor,
  outcomeOf,
  question,
  type Reading,
  single,
  succeeded,
} from './adminDefinition.ts';
import type { Outcome, TopicDescription } from './adminMethods.ts';

export const listTopics: Definition<'listTopics'> = {
  route: 'leastLoaded',
  callName: 'listTopics',
  keys: () => [''],
  ask: () =>
    question('Metadata', { topics: null, allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false }),
  read({ listInternal }, _keys, answer) {
    const listings = bodyOf('Metadata', answer)
      .topics.filter(({ errorCode, isInternal }) => errorCode === 'NONE' && (listInternal || !isInternal))
      .map(({ name, topicId, isInternal }) => ({ name: name ?? '', topicId, isInternal }));
    return { outcomes: new Map([['', succeeded(listings)]]) };
  },
  result: (_args, outcomes) => single(outcomes),
};

export const describeTopics: Definition<'describeTopics'> = {
  route: 'leastLoaded',
  callName: 'describeTopics',
  keys: ({ topics }) => [...new Set(topics)],
  ask: (_args, topics) =>
    question('Metadata', {
      topics: topics.map((name) => ({ topicId: ZERO_UUID, name })),
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: false,
    }),
  read(_args, topics, answer) {
    const { brokers, topics: described } = bodyOf('Metadata', answer);
    const nodes = nodesOf(brokers);
    const outcomeOfTopic = (topic: string): Outcome<TopicDescription> => {
      const found = described.find(({ name }) => name === topic);
      if (found === undefined) {
        return failed(apiException('UnknownTopicOrPartitionException', `Topic ${topic} not found.`));
      }
      return found.errorCode === 'NONE' ? succeeded(descriptionOf(found, topic, nodes)) : outcomeOf(found, never);
    };
    return { outcomes: new Map(topics.map((topic) => [topic, outcomeOfTopic(topic)])) };
  },
  result: ({ topics }, outcomes) => topics.map((topic) => ({ topic, outcome: outcomeFor(outcomes, topic) })),
};
/** Value of an outcome that has failed: it has none. */
const never: TopicDescription = { name: '', topicId: ZERO_UUID, isInternal: false, partitions: [] };

function descriptionOf(topic: MetadataResponseTopic, name: string, nodes: readonly Node[]): TopicDescription {
  const node = (id: BrokerId): Node => nodes.find((other) => other.id === id) ?? { id, host: '', port: -1, rack: null };
  const partitions = topic.partitions.map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => ({
    partition: partitionIndex,
    leader: nodes.find(({ id }) => id === leaderId) ?? null,
    replicas: replicaNodes.map(node),
    isr: isrNodes.map(node),
  }));
  return {
    name,
    topicId: topic.topicId,
    isInternal: topic.isInternal,
    partitions: partitions.sort((a, b) => a.partition - b.partition),
  };
}

export const createTopics: Definition<'createTopics'> = {
  route: 'controller',
  callName: 'createTopics',
  keys: ({ topics }) => topics.map(({ name }) => name),
  ask: ({ topics, validateOnly = false }, keys, timeoutMs) =>
    question('CreateTopics', {
      topics: topics
        .filter(({ name }) => keys.includes(name))
        .map(({ name, numPartitions, replicationFactor, replicasAssignments, configs }) => ({
          name,
          numPartitions,
          replicationFactor,
          assignments: (replicasAssignments ?? []).map((replicas, partitionIndex) => ({
            partitionIndex,
            brokerIds: replicas.map((id) => id as BrokerId),
          })),
          configs,
        })),
      timeoutMs,
      validateOnly,
    }),
  read(_args, keys, answer) {
    const { topics } = bodyOf('CreateTopics', answer);
    return answersOf(
      keys,
      topics,
      ({ name }) => name,
      ({ topicId }) => ({ topicId }),
    );
  },
  result: ({ topics }, outcomes) => topics.map(({ name }) => ({ topic: name, outcome: outcomeFor(outcomes, name) })),
};

export const deleteTopics: Definition<'deleteTopics'> = {
  route: 'controller',
  callName: 'deleteTopics',
  keys: ({ topics }) => [...new Set(topics)],
  ask: (_args, keys, timeoutMs) =>
    question('DeleteTopics', { topics: keys.map((name) => ({ name, topicId: ZERO_UUID })), timeoutMs }),
  read: (_args, keys, answer) =>
    answersOf(
      keys,
      bodyOf('DeleteTopics', answer).responses,
      ({ name }) => name ?? '',
      () => null,
    ),
  result: ({ topics }, outcomes) => topics.map((topic) => ({ topic, outcome: outcomeFor(outcomes, topic) })),
};

export const createPartitions: Definition<'createPartitions'> = {
  route: 'controller',
  callName: 'createPartitions',
  keys: ({ topics }) => topics.map(({ topic }) => topic),
  ask: ({ topics, validateOnly = false }, keys, timeoutMs) =>
    question('CreatePartitions', {
      topics: topics
        .filter(({ topic }) => keys.includes(topic))
        .map(({ topic, totalCount, assignments }) => ({
          name: topic,
          count: totalCount,
          assignments: assignments?.map((replicas) => ({ brokerIds: replicas.map((id) => id as BrokerId) })) ?? null,
        })),
      timeoutMs,
      validateOnly,
    }),
  read: (_args, keys, answer) =>
    answersOf(
      keys,
      bodyOf('CreatePartitions', answer).results,
      ({ name }) => name,
      () => null,
    ),
  result: ({ topics }, outcomes) => topics.map(({ topic }) => ({ topic, outcome: outcomeFor(outcomes, topic) })),
};

/** The controller's word on each topic; NOT_CONTROLLER for one of them is an answer by the wrong broker. */
function answersOf<R extends { readonly errorCode: ErrorName; readonly errorMessage: string | null }, T>(
  keys: readonly string[],
  answers: readonly R[],
  keyOf: (answer: R) => string,
  valueOf: (answer: R) => T,
): Reading<T> {
  if (answers.some(({ errorCode }) => errorCode === 'NOT_CONTROLLER')) {
    return { outcomes: new Map(), isNotController: true };
  }
  const outcomes = new Map<string, Outcome<T>>();
  for (const answer of answers) outcomes.set(keyOf(answer), outcomeOf(answer, valueOf(answer)));
  for (const key of keys) if (!outcomes.has(key)) outcomes.set(key, failed(missing(key)));
  return { outcomes };
}
const missing = (topic: string): JavaException => ({
  class: 'org.apache.kafka.common.errors.ApiException',
  message: `The controller response did not contain a result for topic ${topic}`,
});
