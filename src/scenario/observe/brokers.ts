/** The cluster and its topics, as a broker tells clients of them. */
import type { Broker } from '../../cluster/broker/broker.ts';
import { findPartition } from '../../cluster/broker/broker.ts';
import { NO_LEADER, topicMetadata } from '../../cluster/broker/metadataCache.ts';
import type { World } from '../../kernel/world.ts';
import type { Json } from '../masks.ts';
import { runningProcesses } from './processes.ts';
import { observeTopicConfigs } from './znodes.ts';

/** Brokers that serve requests, by id. */
export function answeringBrokers(world: World): readonly Broker[] {
  return runningProcesses(world, 'kafka-server')
    .map(({ snapshot }) => snapshot.context as Broker)
    .filter(({ isServing }) => isServing)
    .sort((a, b) => a.brokerId - b.brokerId);
}

export function observeCluster({ metadata }: Broker): Json {
  const ids = metadata.aliveBrokers.map(({ id }): number => id).sort((a, b) => a - b);
  return { ids, controller: metadata.controllerId ?? -1 };
}

export function observeTopic(world: World, asked: Broker, brokers: readonly Broker[], topic: string): Json {
  const metadata = topicMetadata(asked.metadata, topic);
  if (metadata === undefined) return { error: 'UNKNOWN_TOPIC_OR_PARTITION' };
  const partitions = [...metadata.partitions]
    .sort((a, b) => a.partitionIndex - b.partitionIndex)
    .map(({ partitionIndex, leaderId, leaderEpoch, replicaNodes, isrNodes }) => ({
      partition: partitionIndex,
      leader: leaderId,
      leaderEpoch,
      replicas: replicaNodes,
      isr: [...isrNodes].sort((a, b) => a - b),
      ...offsetsOf(brokers, topic, partitionIndex, leaderId),
    }));
  return { partitions, configs: observeTopicConfigs(world, topic) };
}

/** First and end offset for consumers; null without leader. */
function offsetsOf(
  brokers: readonly Broker[],
  topic: string,
  partition: number,
  leader: number,
): { readonly earliest: number | null; readonly latest: number | null } {
  const broker = leader === NO_LEADER ? undefined : brokers.find(({ brokerId }) => brokerId === leader);
  const found = broker === undefined ? undefined : findPartition(broker, topic, partition);
  const log = found?.log;
  if (found === undefined || log == null) return { earliest: null, latest: null };
  // OFFSET_NOT_AVAILABLE: a new leader does not know yet what its predecessor has shown.
  const isLagging = found.leaderEpochStartOffset > log.highWatermark;
  return { earliest: log.logStartOffset, latest: isLagging ? null : log.highWatermark };
}
