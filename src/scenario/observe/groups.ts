/** A consumer group, as its coordinator knows it. */
import type { Broker } from '../../cluster/broker/broker.ts';
import { findPartition } from '../../cluster/broker/broker.ts';
import { topicMetadata } from '../../cluster/broker/metadataCache.ts';
import { decodeAssignment } from '../../cluster/client/consumer/consumerProtocol.ts';
import type { Group, Member } from '../../cluster/coordinator/group.ts';
import { membersOf } from '../../cluster/coordinator/group.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { byName } from '../../shell/sorting.ts';
import type { Json } from '../masks.ts';

export function observeGroup(asked: Broker, brokers: readonly Broker[], groupId: string): Json {
  const coordinator = coordinatorOf(asked, brokers, groupId);
  if (coordinator?.groups === undefined || coordinator.groups === null)
    return { error: 'CoordinatorNotAvailableException' };
  const group = coordinator.groups.groups.get(groupId);
  return {
    state: group?.state ?? 'Dead',
    coordinator: coordinator.brokerId,
    assignor: group?.state === 'Stable' ? (group.protocolName ?? '') : '',
    members: group === undefined ? [] : membersOf(group).map(memberSeen(group)).sort(byPartitionsThenClient),
    offsets: group === undefined ? {} : offsetsSeen(asked, brokers, group),
  };
}

/** The leader of the partition of `__consumer_offsets` that looks after the group. */
function coordinatorOf(asked: Broker, brokers: readonly Broker[], groupId: string): Broker | undefined {
  const partitions = topicMetadata(asked.metadata, GROUP_METADATA_TOPIC_NAME)?.partitions ?? [];
  if (partitions.length === 0) return undefined;
  const partition = coordinatorPartition(groupId, { partitionCount: partitions.length });
  const leader = partitions.find(({ partitionIndex }) => partitionIndex === partition)?.leaderId;
  return brokers.find(({ brokerId }) => brokerId === leader);
}

type MemberSeen = {
  readonly clientId: string;
  readonly instanceId?: string;
  readonly partitions: readonly string[];
};
/** Coordinators tell assignments of stable groups only. */
const memberSeen =
  ({ state }: Group) =>
  ({ clientId, groupInstanceId, assignment }: Member): MemberSeen => ({
    clientId,
    ...(groupInstanceId === null ? {} : { instanceId: groupInstanceId }),
    partitions: state === 'Stable' ? decodeAssignment(assignment).partitions.map(topicPartitionName).sort() : [],
  });

function byPartitionsThenClient(a: MemberSeen, b: MemberSeen): number {
  const order = byName(a.partitions.join(','), b.partitions.join(','));
  return order === 0 ? byName(a.clientId, b.clientId) : order;
}

function offsetsSeen(asked: Broker, brokers: readonly Broker[], { offsets }: Group): Json {
  const committed = [...offsets.committed].sort(([a], [b]) => byName(a, b));
  return Object.fromEntries(
    committed.map(
      ([
        name,
        {
          committed: { topicPartition, offset },
        },
      ]) => {
        const end = endOf(asked, brokers, topicPartition);
        return [name, { committed: offset, end, lag: end === null ? null : end - offset }];
      },
    ),
  );
}

function endOf(asked: Broker, brokers: readonly Broker[], { topic, partition }: TopicPartition): number | null {
  const known = topicMetadata(asked.metadata, topic)?.partitions;
  const leader = known?.find(({ partitionIndex }) => partitionIndex === partition)?.leaderId;
  const broker = brokers.find(({ brokerId }) => brokerId === leader);
  return broker === undefined ? null : (findPartition(broker, topic, partition)?.log?.highWatermark ?? null);
}
