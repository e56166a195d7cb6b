/** LeaderAndIsr, UpdateMetadata, StopReplica, AlterPartition, ControlledShutdown, AllocateProducerIds (`KafkaApis`, 3.9.0). */
import type { ProducerId } from '../../../kafka/ids.ts';
import { handleAlterPartition } from '../../controller/alterPartition.ts';
import { handleControlledShutdown } from '../../controller/controlledShutdown.ts';
import { findPartition } from '../broker.ts';
import { noteNewController } from '../controllerChannel.ts';
import { completeAllDelayed } from '../delayedOperations.ts';
import { readTopicSettings } from '../dynamicConfig.ts';
import { forgetDeletedPartitions, onLeadershipChange, onReplicasStopped } from '../groupCoordination.ts';
import { updateMetadata } from '../metadataCache.ts';
import { allocateProducerIdBlock } from '../producerIdManager.ts';
import { becomeLeaderOrFollower, stopReplicas } from '../replicaManager.ts';
import { type Call, respond } from '../requestChannel.ts';
import { onTransactionLeadershipChange, onTransactionReplicasStopped } from '../transactionCoordination.ts';
import { type Turn, update } from '../turn.ts';

/** A request meant for an earlier registration of this broker. */
const isStale = ({ broker }: Turn, brokerEpoch: number): boolean =>
  brokerEpoch !== -1 && brokerEpoch < broker.brokerEpoch;

export function handleLeaderAndIsr(turn: Turn, call: Call<'LeaderAndIsr'>): void {
  if (isStale(turn, call.body.brokerEpoch)) return respond(turn, call, { errorCode: 'STALE_BROKER_EPOCH', topics: [] });
  // A log that is to be created obeys its topic's settings from the beginning.
  const unknown = call.body.topicStates.filter(({ topicName, partitionStates }) =>
    partitionStates.some(({ partitionIndex }) => findPartition(turn.broker, topicName, partitionIndex)?.log == null),
  );
  readTopicSettings(
    turn,
    unknown.map(({ topicName }) => topicName),
    (later) => {
      const { response, change } = becomeLeaderOrFollower(later, call.body);
      onLeadershipChange(later, change);
      onTransactionLeadershipChange(later, change);
      respond(later, call, response);
    },
  );
}

export function handleUpdateMetadata(turn: Turn, call: Call<'UpdateMetadata'>): void {
  if (isStale(turn, call.body.brokerEpoch)) return respond(turn, call, { errorCode: 'STALE_BROKER_EPOCH' });
  if (call.body.controllerEpoch < turn.broker.controllerEpoch)
    return respond(turn, call, { errorCode: 'STALE_CONTROLLER_EPOCH' });
  const { controllerId: before } = turn.broker.metadata;
  const { cache, deleted } = updateMetadata(turn.broker.metadata, call.body);
  update(turn, { controllerEpoch: call.body.controllerEpoch, metadata: cache });
  if (before !== cache.controllerId) noteNewController(turn);
  forgetDeletedPartitions(turn, deleted);
  completeAllDelayed(turn, 'topics', 'election');
  respond(turn, call, { errorCode: 'NONE' });
}

export function handleStopReplica(turn: Turn, call: Call<'StopReplica'>): void {
  if (isStale(turn, call.body.brokerEpoch))
    return respond(turn, call, { errorCode: 'STALE_BROKER_EPOCH', partitionErrors: [] });
  const response = stopReplicas(turn, call.body);
  const stopped = response.partitionErrors.filter(({ errorCode }) => errorCode === 'NONE');
  const gone = stopped.map(({ topicName, partitionIndex }) => ({ topic: topicName, partition: partitionIndex }));
  onReplicasStopped(turn, gone);
  onTransactionReplicasStopped(turn, gone);
  respond(turn, call, response);
}

export function handleAlterPartitionRequest(turn: Turn, call: Call<'AlterPartition'>): void {
  handleAlterPartition(turn, call.body, (later, response) => respond(later, call, response));
}

export function handleControlledShutdownRequest(turn: Turn, call: Call<'ControlledShutdown'>): void {
  handleControlledShutdown(turn, call.body, (later, response) => respond(later, call, response));
}

export function handleAllocateProducerIds(turn: Turn, call: Call<'AllocateProducerIds'>): void {
  const { brokerId, brokerEpoch } = call.body;
  const { controller } = turn.broker;
  const none = { producerIdStart: -1 as ProducerId, producerIdLen: 0 };
  if (!controller.isActive) return respond(turn, call, { errorCode: 'NOT_CONTROLLER', ...none });
  const known = controller.liveBrokers.get(brokerId);
  if (known === undefined) return respond(turn, call, { errorCode: 'BROKER_ID_NOT_REGISTERED', ...none });
  if (known.epoch !== brokerEpoch) return respond(turn, call, { errorCode: 'STALE_BROKER_EPOCH', ...none });
  allocateProducerIdBlock(turn, brokerId, (later, first, length) =>
    respond(later, call, { errorCode: 'NONE', producerIdStart: first as ProducerId, producerIdLen: length }),
  );
}
