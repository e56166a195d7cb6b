/** Metadata, DescribeCluster, ApiVersions; topics created because somebody asked for them (`KafkaApis`, `AutoTopicCreationManager`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId } from '../../../kafka/ids.ts';
import { isInternalTopic } from '../../../kafka/internalTopics.ts';
import { apiKeys } from '../../protocol/kafka/apiKeys.ts';
import { ZERO_UUID } from '../../protocol/kafka/fields.ts';
import type { MetadataResponseTopic } from '../../protocol/kafka/metadata.ts';
import { brokerBoolean } from '../brokerSettings.ts';
import { createTopicsAutomatically } from '../autoTopicCreation.ts';
import { topicMetadata, topicNameOf } from '../metadataCache.ts';
import { type Call, respond } from '../requestChannel.ts';
import { invalidTopicName } from '../topicName.ts';
import type { Turn } from '../turn.ts';

export function handleApiVersions(turn: Turn, call: Call<'ApiVersions'>): void {
  respond(turn, call, {
    errorCode: 'NONE',
    apiKeys: apiKeys.flatMap(({ apiKey, versions }) =>
      versions === null ? [] : [{ apiKey, minVersion: versions.min, maxVersion: versions.max }],
    ),
    supportedFeatures: [],
    finalizedFeaturesEpoch: 0,
  });
}

export function handleMetadata(turn: Turn, call: Call<'Metadata'>): void {
  const { topics: asked, allowAutoTopicCreation } = call.body;
  const { metadata } = turn.broker;
  const known: MetadataResponseTopic[] = [];
  const missing: string[] = [];
  const requested = asked ?? [...metadata.topics.keys()].map((name) => ({ name, topicId: ZERO_UUID }));
  for (const { name, topicId } of requested) {
    const found = name ?? topicNameOf(metadata, topicId);
    const described = found === undefined ? undefined : topicMetadata(metadata, found);
    if (described !== undefined) known.push(described);
    else if (found === undefined) known.push({ ...absent('UNKNOWN_TOPIC_ID', ''), name: null, topicId });
    else missing.push(found);
  }
  const answer = (later: Turn, others: readonly MetadataResponseTopic[]) =>
    respond(later, call, {
      brokers: later.broker.metadata.aliveBrokers.map(({ id, host, port, rack }) => ({ nodeId: id, host, port, rack })),
      clusterId: later.broker.clusterId,
      controllerId: later.broker.metadata.controllerId ?? (-1 as BrokerId),
      topics: [...known, ...others],
    });
  const creates =
    asked !== null && allowAutoTopicCreation && brokerBoolean(turn.broker.settings, 'auto.create.topics.enable');
  if (missing.length > 0 && creates)
    return createTopicsAutomatically(turn, missing, (later, results) =>
      answer(
        later,
        results.map(({ topic, error }) => absent(error, topic)),
      ),
    );
  answer(
    turn,
    missing.map((topic) =>
      absent(invalidTopicName(topic) === null ? 'UNKNOWN_TOPIC_OR_PARTITION' : 'INVALID_TOPIC_EXCEPTION', topic),
    ),
  );
}

const absent = (errorCode: ErrorName, name: string): MetadataResponseTopic => ({
  errorCode,
  name,
  topicId: ZERO_UUID,
  isInternal: isInternalTopic(name),
  partitions: [],
  topicAuthorizedOperations: -2147483648,
});

export function handleDescribeCluster(turn: Turn, call: Call<'DescribeCluster'>): void {
  const { metadata, clusterId } = turn.broker;
  respond(turn, call, {
    errorCode: 'NONE',
    errorMessage: null,
    clusterId,
    controllerId: metadata.controllerId ?? (-1 as BrokerId),
    brokers: metadata.aliveBrokers.map(({ id, host, port, rack }) => ({ brokerId: id, host, port, rack })),
    clusterAuthorizedOperations: -2147483648,
  });
}
