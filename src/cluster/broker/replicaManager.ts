/**
 * The partitions of this broker as the controller assigns them: who leads, who follows, what goes.
 *
 * Follows `kafka.server.ReplicaManager#becomeLeaderOrFollower` and `#stopReplicas` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { javaStringHash } from '../../kafka/javaHash.ts';
import { emptyScalaMap, scalaPut } from '../../kafka/scalaHashMap.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { ms } from '../../kernel/time.ts';
import type {
  LeaderAndIsrPartitionState,
  LeaderAndIsrRequest,
  LeaderAndIsrResponse,
  StopReplicaRequest,
  StopReplicaResponse,
} from '../protocol/kafka/controlPlane.ts';
import { ZERO_UUID } from '../protocol/kafka/fields.ts';
import { findPartition } from './broker.ts';
import { brokerNumber } from './brokerSettings.ts';
import { checkpointLogStarts, checkpointRecoveryPoints } from './checkpoints.ts';
import { completeDelayed } from './delayedOperations.ts';
import { followPartitions } from './fetchLoop.ts';
import { stopFollowing } from './fetcher.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { forgetCleanerCheckpoints } from './logCleaner.ts';
import { addPartition, createPartitionLog, removePartition, unhosted } from './logManager.ts';
import { isAlive } from './metadataCache.ts';
import { makeFollower, makeLeader } from './partition.ts';
import { putPartition, setTimer, type Turn, update } from './turn.ts';

interface Assigned {
  readonly partition: HostedPartition;
  readonly state: LeaderAndIsrPartitionState;
}

/** Kafka goes through the partitions in the order of a Scala hash map of `Partition`s. */
function inHashMapOrder(assigned: readonly Assigned[]): readonly Assigned[] {
  let map = emptyScalaMap<Assigned>();
  for (const item of assigned) {
    const { topic, partition } = item.partition;
    const hash = (31 + javaStringHash(topic) + Math.imul(17, partition)) | 0;
    map = scalaPut(map, topicPartitionName(item.partition), item, () => hash);
  }
  return map.entries.map(({ value }) => value);
}

/** Which partitions came to be led from here, and which to be followed. */
export interface LeadershipChange {
  readonly leading: readonly HostedPartition[];
  readonly following: readonly HostedPartition[];
}

export function becomeLeaderOrFollower(
  turn: Turn,
  request: LeaderAndIsrRequest,
): { readonly response: LeaderAndIsrResponse; readonly change: LeadershipChange } {
  const nothing: LeadershipChange = { leading: [], following: [] };
  if (request.controllerEpoch < turn.broker.controllerEpoch)
    return { response: { errorCode: 'STALE_CONTROLLER_EPOCH', topics: [] }, change: nothing };
  update(turn, { controllerEpoch: request.controllerEpoch });
  const toLead: Assigned[] = [];
  const toFollow: Assigned[] = [];
  const topics = request.topicStates.map(({ topicName, topicId, partitionStates }) => ({
    topicId,
    partitionErrors: partitionStates.map((state) => {
      const { partitionIndex } = state;
      let partition = findPartition(turn.broker, topicName, partitionIndex);
      if (partition === undefined) {
        partition = unhosted(turn, topicName, partitionIndex, topicId, '', null);
        addPartition(turn, partition);
      }
      const errorCode = refusal(turn, partition, state, topicId);
      if (errorCode === 'NONE') {
        (state.leader === turn.broker.brokerId ? toLead : toFollow).push({
          partition: { ...partition, topicId },
          state,
        });
      }
      return { partitionIndex, errorCode };
    }),
  }));
  lead(turn, inHashMapOrder(toLead));
  const following = follow(turn, inHashMapOrder(toFollow));
  const checkpointIntervalMs = brokerNumber(turn.broker.settings, 'replica.high.watermark.checkpoint.interval.ms');
  if (!turn.broker.isCheckpointing) {
    update(turn, { isCheckpointing: true });
    setTimer(turn, 'checkpoint', ms(checkpointIntervalMs), { type: 'CHECKPOINT_HIGH_WATERMARKS' });
  }
  // What became of them is known only now: the disk may not have taken it.
  const isOffline = ({ index }: HostedPartition) => turn.broker.partitions[index]?.role === 'offline';
  const gone = [...toLead, ...toFollow].filter(({ partition }) => isOffline(partition));
  return {
    response: { errorCode: 'NONE', topics: gone.length === 0 ? topics : withStorageErrors(topics, gone) },
    change: { leading: toLead.map(({ partition }) => partition).filter((one) => !isOffline(one)), following },
  };
}

const withStorageErrors = (
  topics: LeaderAndIsrResponse['topics'],
  gone: readonly Assigned[],
): LeaderAndIsrResponse['topics'] =>
  topics.map(({ topicId, partitionErrors }) => ({
    topicId,
    partitionErrors: partitionErrors.map((answer) =>
      gone.some(({ partition }) => partition.topicId === topicId && partition.partition === answer.partitionIndex)
        ? { ...answer, errorCode: 'KAFKA_STORAGE_ERROR' }
        : answer,
    ),
  }));

function refusal(
  { broker }: Turn,
  partition: HostedPartition,
  { leaderEpoch, replicas }: LeaderAndIsrPartitionState,
  topicId: string,
): ErrorName {
  if (partition.role === 'offline') return 'KAFKA_STORAGE_ERROR';
  if (partition.topicId !== ZERO_UUID && partition.topicId !== topicId) return 'INCONSISTENT_TOPIC_ID';
  if (leaderEpoch <= partition.leaderEpoch) return 'STALE_CONTROLLER_EPOCH';
  return replicas.includes(broker.brokerId) ? 'NONE' : 'UNKNOWN_TOPIC_OR_PARTITION';
}

function lead(turn: Turn, assigned: readonly Assigned[]): void {
  if (assigned.length === 0) return;
  stopFollowing(
    turn,
    assigned.map(({ partition }) => partition),
  );
  for (const { partition, state } of assigned) {
    makeLeader(turn, partition, state);
    completeDelayed(turn, partition.index, 'role');
  }
}

function follow(turn: Turn, assigned: readonly Assigned[]): readonly HostedPartition[] {
  const changed: HostedPartition[] = [];
  for (const { partition, state } of assigned) {
    if (isAlive(turn.broker.metadata, state.leader)) {
      if (makeFollower(turn, partition, state)) changed.push(turn.broker.partitions[partition.index]!);
    } else if (partition.log === null) {
      // Without a leader to fetch from, the replica exists all the same, with its epoch still to come.
      createPartitionLog(turn, partition, state);
    }
  }
  if (changed.length === 0) return changed;
  stopFollowing(turn, changed);
  for (const { index } of changed) completeDelayed(turn, index, 'role');
  if (turn.broker.stopping.step === 'no') followPartitions(turn, changed);
  return changed;
}

export function stopReplicas(turn: Turn, request: StopReplicaRequest): StopReplicaResponse {
  if (request.controllerEpoch < turn.broker.controllerEpoch)
    return { errorCode: 'STALE_CONTROLLER_EPOCH', partitionErrors: [] };
  update(turn, { controllerEpoch: request.controllerEpoch });
  const deletedFrom = new Set<string>();
  const partitionErrors = request.topicStates.flatMap(({ topicName, partitionStates }) =>
    partitionStates.map(({ partitionIndex, leaderEpoch, deletePartition }) => {
      const partition = findPartition(turn.broker, topicName, partitionIndex);
      let errorCode: ErrorName = 'NONE';
      // Epoch −2 is that of a deletion: it always holds.
      if (partition?.role === 'offline') errorCode = 'KAFKA_STORAGE_ERROR';
      else if (partition !== undefined && leaderEpoch >= 0 && leaderEpoch < partition.leaderEpoch)
        errorCode = 'FENCED_LEADER_EPOCH';
      else if (partition !== undefined) {
        if (deletePartition && partition.log !== null) deletedFrom.add(partition.logDir);
        stopReplica(turn, partition, deletePartition);
      }
      return { topicName, partitionIndex, errorCode };
    }),
  );
  // A topic that is created again under the same name must not find the offsets of the old one.
  if (deletedFrom.size > 0) {
    forgetCleanerCheckpoints(turn, deletedFrom);
    checkpointRecoveryPoints(turn, deletedFrom);
    checkpointLogStarts(turn, deletedFrom);
  }
  return { errorCode: 'NONE', partitionErrors };
}

function stopReplica(turn: Turn, partition: HostedPartition, isDeleted: boolean): void {
  stopFollowing(turn, [partition]);
  if (isDeleted) removePartition(turn, partition);
  else {
    const { leader } = partition;
    putPartition(turn, { ...partition, role: 'none', leader, followers: [], fetch: null, pendingIsr: null });
  }
  completeDelayed(turn, partition.index, 'role');
}
