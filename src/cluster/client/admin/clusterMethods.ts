/** The cluster, its brokers' settings and disks, elections and reassignments (`KafkaAdminClient`, 3.9.0). */
import type { BrokerId } from '../../../kafka/ids.ts';
import { parseTopicPartition, type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { ConfigResource } from '../../protocol/kafka/configs.ts';
import { exceptionOf, type JavaException } from '../javaException.ts';
import {
  bodyOf,
  byTopic,
  type Definition,
  failed,
  outcomeFor,
  outcomeOf,
  question,
  single,
  succeeded,
} from './adminDefinition.ts';
import type { Outcome } from './adminMethods.ts';

export const describeCluster: Definition<'describeCluster'> = {
  route: 'leastLoaded',
  callName: 'listNodes',
  keys: () => [''],
  ask: () => question('DescribeCluster', { includeClusterAuthorizedOperations: false }),
  read(_args, _keys, answer) {
    const body = bodyOf('DescribeCluster', answer);
    const nodes = body.brokers.map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, rack }));
    const controller = nodes.find(({ id }) => id === body.controllerId) ?? null;
    return { outcomes: new Map([['', outcomeOf(body, { nodes, controller, clusterId: body.clusterId })]]) };
  },
  result: (_args, outcomes) => single(outcomes),
};

export const apiVersions: Definition<'apiVersions'> = {
  route: 'allBrokers',
  callName: 'apiVersions',
  keys: () => [],
  ask: () => question('ApiVersions', { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: '3.9.0' }),
  read: (_args, [broker = ''], answer) => {
    const body = bodyOf('ApiVersions', answer);
    return { outcomes: new Map([[broker, outcomeOf(body, body)]]) };
  },
  result: (_args, outcomes, nodes) => {
    const whole = outcomes.get('');
    if (whole?.outcome === 'failed') return whole;
    return succeeded(nodes.map((node) => ({ node, outcome: outcomeFor(outcomes, String(node.id)) })));
  },
};

const resourceKey = ({ resourceType, resourceName }: ConfigResource): string => `${resourceType} ${resourceName}`;
/** A broker's own settings are its own business; its cluster-wide defaults and topics' settings any broker knows. */
function brokerOfResource(key: string): number | null {
  const [, type, name] = /^(\S+) (.*)$/s.exec(key) ?? [];
  const isBroker = type === 'BROKER' || type === 'BROKER_LOGGER';
  return isBroker && name !== undefined && name !== '' ? Number(name) : null;
}

export const describeConfigs: Definition<'describeConfigs'> = {
  route: 'broker',
  callName: 'describeConfigs',
  keys: ({ resources }) => resources.map(resourceKey),
  brokerOf: brokerOfResource,
  ask: ({ resources, includeSynonyms, includeDocumentation = false }, keys) =>
    question('DescribeConfigs', {
      resources: resources
        .filter((resource) => keys.includes(resourceKey(resource)))
        .map(({ resourceType, resourceName }) => ({ resourceType, resourceName, configurationKeys: null })),
      includeSynonyms,
      includeDocumentation,
    }),
  read(_args, _keys, answer) {
    const { results } = bodyOf('DescribeConfigs', answer);
    return { outcomes: new Map(results.map((result) => [resourceKey(result), outcomeOf(result, result.configs)])) };
  },
  result: ({ resources }, outcomes) =>
    resources.map((resource) => ({ ...resource, outcome: outcomeFor(outcomes, resourceKey(resource)) })),
};

export const incrementalAlterConfigs: Definition<'incrementalAlterConfigs'> = {
  route: 'broker',
  callName: 'incrementalAlterConfigs',
  keys: ({ resources }) => resources.map(resourceKey),
  brokerOf: brokerOfResource,
  ask: ({ resources, validateOnly = false }, keys) =>
    question('IncrementalAlterConfigs', {
      resources: resources
        .filter((resource) => keys.includes(resourceKey(resource)))
        .map(({ resourceType, resourceName, ops }) => ({
          resourceType,
          resourceName,
          configs: ops.map(({ name, operation, value }) => ({ name, configOperation: operation, value })),
        })),
      validateOnly,
    }),
  read(_args, _keys, answer) {
    const { responses } = bodyOf('IncrementalAlterConfigs', answer);
    return { outcomes: new Map(responses.map((response) => [resourceKey(response), outcomeOf(response, null)])) };
  },
  result: ({ resources }, outcomes) =>
    resources.map(({ resourceType, resourceName }) => {
      const resource = { resourceType, resourceName };
      return { ...resource, outcome: outcomeFor(outcomes, resourceKey(resource)) };
    }),
};

export const describeLogDirs: Definition<'describeLogDirs'> = {
  route: 'broker',
  callName: 'describeLogDirs',
  keys: ({ brokers }) => brokers.map(String),
  brokerOf: Number,
  ask: () => question('DescribeLogDirs', { topics: null }),
  read(_args, [broker = ''], answer) {
    const body = bodyOf('DescribeLogDirs', answer);
    const dirs = body.results.map(({ errorCode, logDir, topics, totalBytes, usableBytes }) => ({
      logDir,
      exception: errorCode === 'NONE' ? null : exceptionOf(errorCode),
      replicas: topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
          topic: name,
          partition: partitionIndex,
          size: partitionSize,
          offsetLag,
          isFuture: isFutureKey,
        })),
      ),
      totalBytes,
      usableBytes,
    }));
    return { outcomes: new Map([[broker, outcomeOf(body, dirs)]]) };
  },
  result: ({ brokers }, outcomes) =>
    brokers.map((broker) => ({ broker, outcome: outcomeFor(outcomes, String(broker)) })),
};

export const electLeaders: Definition<'electLeaders'> = {
  route: 'controller',
  callName: 'electLeaders',
  keys: () => [''],
  ask: ({ electionType, partitions }, _keys, timeoutMs) =>
    question('ElectLeaders', {
      electionType: electionType === 'PREFERRED' ? 0 : 1,
      topicPartitions:
        partitions === null
          ? null
          : byTopic(partitions).map(([topic, entries]) => ({
              topic,
              partitions: entries.map(({ partition }) => partition),
            })),
      timeoutMs,
    }),
  read(_args, _keys, answer) {
    const body = bodyOf('ElectLeaders', answer);
    if (body.errorCode === 'NOT_CONTROLLER') return { outcomes: new Map(), isNotController: true };
    const results = body.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
      partitionResult.map(({ partitionId, errorCode, errorMessage }) => ({
        topic,
        partition: partitionId,
        exception: errorCode === 'NONE' ? null : exceptionOf(errorCode, errorMessage),
      })),
    );
    return { outcomes: new Map([['', outcomeOf(body, results)]]) };
  },
  result: (_args, outcomes) => single(outcomes),
};

export const alterPartitionReassignments: Definition<'alterPartitionReassignments'> = {
  route: 'controller',
  callName: 'alterPartitionReassignments',
  keys: ({ reassignments }) => reassignments.map(topicPartitionName),
  ask: ({ reassignments }, _keys, timeoutMs) =>
    question('AlterPartitionReassignments', {
      timeoutMs,
      topics: byTopic(reassignments).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition, replicas }) => ({
          partitionIndex: partition,
          replicas: replicas?.map((id) => id as BrokerId) ?? null,
        })),
      })),
    }),
  read(_args, keys, answer) {
    const body = bodyOf('AlterPartitionReassignments', answer);
    if (body.errorCode === 'NOT_CONTROLLER') return { outcomes: new Map(), isNotController: true };
    const outcomes = new Map<string, Outcome<null>>();
    if (body.errorCode !== 'NONE') {
      const exception = exceptionOf(body.errorCode, body.errorMessage);
      for (const key of keys) outcomes.set(key, failed(exception));
      return { outcomes };
    }
    for (const { name, partitions } of body.responses) {
      for (const partition of partitions) {
        outcomes.set(`${name}-${partition.partitionIndex}`, outcomeOf(partition, null));
      }
    }
    return { outcomes };
  },
  result: ({ reassignments }, outcomes) =>
    reassignments.map(({ topic, partition }) => ({
      topic,
      partition,
      outcome: outcomeFor(outcomes, topicPartitionName({ topic, partition })),
    })),
};

export const listPartitionReassignments: Definition<'listPartitionReassignments'> = {
  route: 'controller',
  callName: 'listPartitionReassignments',
  keys: () => [''],
  ask: ({ partitions }, _keys, timeoutMs) =>
    question('ListPartitionReassignments', {
      timeoutMs,
      topics:
        partitions === null
          ? null
          : byTopic(partitions).map(([name, entries]) => ({
              name,
              partitionIndexes: entries.map(({ partition }) => partition),
            })),
    }),
  read(_args, _keys, answer) {
    const body = bodyOf('ListPartitionReassignments', answer);
    if (body.errorCode === 'NOT_CONTROLLER') return { outcomes: new Map(), isNotController: true };
    const listed = body.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
        topic: name,
        partition: partitionIndex,
        replicas,
        addingReplicas,
        removingReplicas,
      })),
    );
    return { outcomes: new Map([['', outcomeOf(body, listed)]]) };
  },
  result: (_args, outcomes) => single(outcomes),
};

/** Keys that are `topic-partition` back as partitions. */
export function partitionsOf(keys: readonly string[]): readonly TopicPartition[] {
  return keys.map(parseTopicPartition);
}
/** Kafka's sanity check of an answer by a partition leader. */
export function missingPartition(broker: number, key: string): JavaException {
  return {
    class: 'org.apache.kafka.common.errors.ApiException',
    message: `The response from broker ${broker} did not contain a result for topic partition ${key}`,
  };
}
