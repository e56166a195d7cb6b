/**
 * What a group's coordinator may answer: only the leader of the group's partition of `__consumer_offsets` says anything; a commit is there
 * when its record is committed itself; an offset that an open transaction is about to change is told to nobody who asks for stable ones; and
 * who is heard while the group prepares a rebalance is told of it.
 *
 * Follows `GroupCoordinator#validateGroupStatus`, `#doHeartbeat`, `GroupMetadataManager#storeOffsets`, `#getOffsets` (3.9.0, KIP-447).
 */
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { findPartition } from '../broker/broker.ts';
import type { HostedPartition } from '../broker/hostedPartition.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { Group } from '../coordinator/group.ts';
import type { KafkaRequest, KafkaResponse } from '../protocol/kafka/kafkaMessage.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';

export class GroupAnswers implements Invariant {
  afterEvent(seen: Observation): void {
    for (const exchange of seen.exchanges) if (exchange.stage === 'answered') answered(exchange, seen);
  }
}

/** What held before and after the event held while it was answered. */
function answered({ server, request, response }: Exchange, { world, brokers }: Observation): void {
  const accepted = acceptedIn(request, response);
  const broker = accepted.length === 0 ? null : brokerIn(world.processes[server]!);
  const change = brokers.find(({ after }) => after === broker);
  const old = change === undefined ? broker : change.before;
  if (old?.groups == null || broker?.groups == null) return;
  for (const groupId of accepted) {
    const partition = coordinatorPartition(groupId, broker.groups.config);
    const now = findPartition(broker, GROUP_METADATA_TOPIC_NAME, partition);
    const before = findPartition(old, GROUP_METADATA_TOPIC_NAME, partition);
    if (now?.role !== 'leader' && before?.role !== 'leader')
      broken(
        `Broker ${broker.brokerId} answered ${request.api} for group ${groupId}: it does not lead ${GROUP_METADATA_TOPIC_NAME}-${partition}.`,
      );
    const group = broker.groups.groups.get(groupId);
    const known = old.groups.groups.get(groupId);
    if (group === undefined) continue;
    if (request.api === 'Heartbeat') tellsOfRebalance(group, known);
    else if (request.api === 'OffsetCommit' && now !== undefined) isReplicated(group, request, now);
    else if (request.api === 'OffsetFetch' && request.body.requireStable && known !== undefined)
      tellsStableOnly([known, group], response);
  }
}

/** Groups for which the answer says that all is well. */
function acceptedIn(request: KafkaRequest, response: KafkaResponse): readonly string[] {
  if (request.api === 'OffsetFetch' && response.api === 'OffsetFetch')
    return response.body.groups.flatMap(({ groupId, errorCode }) => (errorCode === 'NONE' ? [groupId] : []));
  if (request.api === 'OffsetCommit' && response.api === 'OffsetCommit') {
    const isStored = response.body.topics.some(({ partitions }) => partitions.some((one) => one.errorCode === 'NONE'));
    return isStored ? [request.body.groupId] : [];
  }
  if (request.api === 'Heartbeat' && response.api === 'Heartbeat' && response.body.errorCode === 'NONE')
    return [request.body.groupId];
  return [];
}

function tellsOfRebalance(group: Group, known: Group | undefined): void {
  const prepares = (one: Group | undefined): boolean => one?.state === 'PreparingRebalance';
  if (prepares(group) && prepares(known) && group.generationId === known?.generationId)
    broken(`A heartbeat was answered NONE by the coordinator of group ${group.groupId}, which prepares a rebalance.`);
}

function isReplicated(group: Group, request: KafkaRequest, { log, role }: HostedPartition): void {
  if (request.api !== 'OffsetCommit' || log === null || role !== 'leader') return;
  for (const { name: topic, partitions } of request.body.topics)
    for (const { partitionIndex: partition, committedOffset } of partitions) {
      const record = group.offsets.committed.get(topicPartitionName({ topic, partition }));
      if (record?.committed.offset === committedOffset && (record.recordOffset ?? -1) >= log.highWatermark)
        broken(
          `Offset ${committedOffset} of ${topic}-${partition} was said to be committed for group ${group.groupId}: its record ${record.recordOffset} is not below the high watermark ${log.highWatermark}.`,
        );
    }
}

function tellsStableOnly(groups: readonly Group[], response: KafkaResponse): void {
  if (response.api !== 'OffsetFetch') return;
  for (const { groupId, topics } of response.body.groups)
    for (const { name: topic, partitions } of topics)
      for (const { partitionIndex: partition, errorCode } of partitions) {
        const name = topicPartitionName({ topic, partition });
        const isOpen = ({ offsets, groupId: id }: Group): boolean =>
          id === groupId && [...offsets.pendingTransactional.values()].some((commits) => commits.has(name));
        if (errorCode === 'NONE' && groups.every(isOpen))
          broken(`Group ${groupId} was told an offset of ${name} that an open transaction is about to change.`);
      }
}
