/**
 * FindCoordinator: who looks after a group or a transactional id. Asking creates the internal topic.
 *
 * Follows `KafkaApis#getCoordinator` (3.9.0).
 */
import { coordinatorPartition } from '../../../kafka/coordinatorPartition.ts';
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId } from '../../../kafka/ids.ts';
import { GROUP_METADATA_TOPIC_NAME, TRANSACTION_STATE_TOPIC_NAME } from '../../../kafka/internalTopics.ts';
import type { FindCoordinatorResponse } from '../../protocol/kafka/groups.ts';
import { createTopicsAutomatically } from '../autoTopicCreation.ts';
import { aliveBroker, partitionState } from '../metadataCache.ts';
import { type Call, respond } from '../requestChannel.ts';
import type { Turn } from '../turn.ts';

type Coordinator = FindCoordinatorResponse['coordinators'][number];

const nobody = (key: string, errorCode: ErrorName): Coordinator => ({
  key,
  errorCode,
  errorMessage: null,
  nodeId: -1 as BrokerId,
  host: '',
  port: -1,
});

export function handleFindCoordinator(turn: Turn, call: Call<'FindCoordinator'>): void {
  const { keyType, coordinatorKeys } = call.body;
  const topic = keyType === 'GROUP' ? GROUP_METADATA_TOPIC_NAME : TRANSACTION_STATE_TOPIC_NAME;
  const known = turn.broker.metadata.topics.get(topic);
  if (known !== undefined) {
    const partitionCount = known.partitions.length;
    const coordinators = coordinatorKeys.map((key) => find(turn, key, topic, partitionCount));
    return respond(turn, call, { coordinators });
  }
  createTopicsAutomatically(turn, [topic], (later) =>
    respond(later, call, { coordinators: coordinatorKeys.map((key) => nobody(key, 'COORDINATOR_NOT_AVAILABLE')) }),
  );
}

function find({ broker: { metadata } }: Turn, key: string, topic: string, partitionCount: number): Coordinator {
  const state = partitionState(metadata, topic, coordinatorPartition(key, { partitionCount }));
  const leader = state === undefined ? undefined : aliveBroker(metadata, state.leader);
  if (leader === undefined) return nobody(key, 'COORDINATOR_NOT_AVAILABLE');
  return { key, errorCode: 'NONE', errorMessage: null, nodeId: leader.id, host: leader.host, port: leader.port };
}
