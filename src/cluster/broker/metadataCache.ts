/**
 * What this broker tells clients of the cluster: its own copy, as the controller's UpdateMetadata requests have made it.
 *
 * Follows `kafka.server.metadata.ZkMetadataCache` (3.9.0).
 */
import type { BrokerId } from '../../kafka/ids.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { scalaLongMapOrder } from '../../kafka/scalaLongMap.ts';
import type {
  UpdateMetadataBroker,
  UpdateMetadataPartitionState,
  UpdateMetadataRequest,
} from '../protocol/kafka/controlPlane.ts';
import type { MetadataResponsePartition, MetadataResponseTopic } from '../protocol/kafka/metadata.ts';
import type { TopicId } from '../protocol/kafka/fields.ts';

/** Leader of a partition that has none. */
export const NO_LEADER = -1 as BrokerId;
/** Leader that stands for "the topic is being deleted". */
const LEADER_DURING_DELETE = -2 as BrokerId;

interface CachedTopic {
  readonly topicId: TopicId;
  /** By partition. */
  readonly partitions: readonly (UpdateMetadataPartitionState | undefined)[];
  /** Partitions in the order of the cache's hash map. */
  readonly order: readonly number[];
}
export interface MetadataCache {
  readonly controllerId: BrokerId | null;
  /** In the order of the cache's hash map: replicas of new topics are laid over them in it. */
  readonly aliveBrokers: readonly UpdateMetadataBroker[];
  readonly topics: ReadonlyMap<string, CachedTopic>;
}
export const emptyMetadataCache: MetadataCache = { controllerId: null, aliveBrokers: [], topics: new Map() };

export const isAlive = ({ aliveBrokers }: MetadataCache, broker: BrokerId): boolean =>
  aliveBrokers.some(({ id }) => id === broker);

export const aliveBroker = ({ aliveBrokers }: MetadataCache, broker: BrokerId): UpdateMetadataBroker | undefined =>
  aliveBrokers.find(({ id }) => id === broker);

/** The cache after an UpdateMetadata request, and the partitions that it told to forget. */
export function updateMetadata(
  cache: MetadataCache,
  request: UpdateMetadataRequest,
): { readonly cache: MetadataCache; readonly deleted: readonly { topic: string; partition: number }[] } {
  const order = scalaLongMapOrder(
    request.liveBrokers.map(({ id }) => id),
    { initialBufferSize: cache.aliveBrokers.length },
  );
  const aliveBrokers = order.map((id) => request.liveBrokers.find((broker) => broker.id === id)!);
  const deleted: { topic: string; partition: number }[] = [];
  let topics = cache.topics;
  if (request.topicStates.length > 0) {
    const changed = new Map(cache.topics);
    for (const { topicName, topicId, partitionStates } of request.topicStates) {
      const partitions = (changed.get(topicName)?.partitions ?? []).slice();
      for (const state of partitionStates) {
        const { partitionIndex } = state;
        if (state.leader === LEADER_DURING_DELETE) {
          partitions[partitionIndex] = undefined;
          deleted.push({ topic: topicName, partition: partitionIndex });
        } else partitions[partitionIndex] = state;
      }
      const known = partitions.flatMap((state) => (state === undefined ? [] : [state.partitionIndex]));
      if (known.length === 0) changed.delete(topicName);
      else {
        const before = changed.get(topicName);
        const isSameSet = before !== undefined && before.order.length === known.length;
        const cachedOrder = isSameSet ? before.order : scalaLongMapOrder(known, { initialBufferSize: 16 });
        changed.set(topicName, { topicId, partitions, order: cachedOrder });
      }
    }
    topics = changed;
  }
  return { cache: { controllerId: request.controllerId, aliveBrokers, topics }, deleted };
}

export const partitionState = (
  { topics }: MetadataCache,
  topic: string,
  partition: number,
): UpdateMetadataPartitionState | undefined => topics.get(topic)?.partitions[partition];

/** Undefined for a topic that the cache does not have. */
export function topicMetadata(cache: MetadataCache, topic: string): MetadataResponseTopic | undefined {
  const known = cache.topics.get(topic);
  if (known === undefined) return undefined;
  return {
    errorCode: 'NONE',
    name: topic,
    topicId: known.topicId,
    isInternal: isInternalTopic(topic),
    partitions: known.order.flatMap((partition) => {
      const state = known.partitions[partition];
      return state === undefined ? [] : [partitionMetadata(cache, state)];
    }),
    topicAuthorizedOperations: -2147483648,
  };
}

function partitionMetadata(cache: MetadataCache, state: UpdateMetadataPartitionState): MetadataResponsePartition {
  const { partitionIndex, leader, leaderEpoch, replicas, isr, offlineReplicas } = state;
  const isLeaderAlive = isAlive(cache, leader);
  return {
    errorCode: isLeaderAlive ? 'NONE' : 'LEADER_NOT_AVAILABLE',
    partitionIndex,
    leaderId: isLeaderAlive ? leader : NO_LEADER,
    leaderEpoch,
    replicaNodes: replicas,
    isrNodes: isr,
    offlineReplicas,
  };
}

/** The topic of that id, if it is known. */
export function topicNameOf({ topics }: MetadataCache, topicId: TopicId): string | undefined {
  for (const [name, topic] of topics) if (topic.topicId === topicId) return name;
  return undefined;
}
