/**
 * DescribeGroups, ListGroups, DeleteGroups, OffsetDelete, and what goes by itself: offsets that expire, offsets of deleted topics.
 *
 * Follows `GroupCoordinator#handleDescribeGroup`, `handleListGroups`, `handleDeleteGroups`, `handleDeleteOffsets` and
 * `GroupMetadataManager#cleanupGroupMetadata` (3.9.0).
 */
import { EMPTY_BYTES } from '../../kafka/bytes.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type {
  DeleteGroupsRequest,
  DescribeGroupsRequest,
  DescribedGroup,
  ListGroupsRequest,
  OffsetDeleteRequest,
} from '../protocol/kafka/groups.ts';
import type { CoordinatorTurn } from './coordinatorTurn.ts';
import { append, dropGroup, groupOf, log, logManager, putGroup, theGroup, transitionTo } from './coordinatorTurn.ts';
import type { Group, RequestTag } from './group.ts';
import { membersOf, metadataFor } from './group.ts';
import { hasOffsets, removeOffsets } from './groupOffsets.ts';
import { groupKey, groupRecord, offsetKey } from './groupRecords.ts';
import { groupStatusError } from './membership.ts';
import type { IsKnownPartition } from './offsetCommits.ts';
import { cancelGroupTimers } from './rebalance.ts';

/** Not asked for (`Integer.MIN_VALUE`), or READ, DELETE and DESCRIBE: without an authorizer all is allowed. */
const authorizedOperations = { none: -2_147_483_648, all: 328 };

export function describeGroups(turn: CoordinatorTurn, to: RequestTag, request: DescribeGroupsRequest): void {
  const operations = request.includeAuthorizedOperations ? authorizedOperations.all : authorizedOperations.none;
  const groups = request.groups.map((groupId): DescribedGroup => {
    const error = groupStatusError(turn, groupId, { mayBeEmpty: true });
    const group = error === null ? groupOf(turn, groupId) : undefined;
    if (group === undefined) return describedAbsence(groupId, error, operations);
    const isStable = group.state === 'Stable';
    return {
      errorCode: 'NONE',
      groupId,
      groupState: group.state,
      protocolType: group.protocolType ?? '',
      protocolData: isStable ? (group.protocolName ?? '') : '',
      members: membersOf(group).map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        memberMetadata: isStable ? metadataFor(member, group.protocolName) : EMPTY_BYTES,
        memberAssignment: isStable ? member.assignment : EMPTY_BYTES,
      })),
      authorizedOperations: operations,
    };
  });
  turn.replies.push({ to, api: 'DescribeGroups', body: { groups } });
}

/** A group that nobody knows is Dead. */
const describedAbsence = (groupId: string, error: ErrorName | null, operations: number): DescribedGroup => ({
  errorCode: error ?? 'NONE',
  groupId,
  groupState: error === null ? 'Dead' : '',
  protocolType: '',
  protocolData: '',
  members: [],
  authorizedOperations: error === null ? operations : authorizedOperations.none,
});

export function listGroups(turn: CoordinatorTurn, to: RequestTag, request: ListGroupsRequest): void {
  const { coordinator } = turn;
  const states = request.statesFilter.map((state) => state.toLowerCase());
  const types = request.typesFilter.map((type) => type.toLowerCase());
  const isListed = ({ state }: Group): boolean =>
    (states.length === 0 || states.includes(state.toLowerCase())) && (types.length === 0 || types.includes('classic'));
  const groups = [...coordinator.groups.values()].filter(isListed).map(({ groupId, protocolType, state }) => ({
    groupId,
    protocolType: protocolType ?? '',
    groupState: state,
    groupType: 'Classic',
  }));
  const body = coordinator.isActive
    ? ({ errorCode: 'NONE', groups } as const)
    : ({ errorCode: 'COORDINATOR_NOT_AVAILABLE', groups: [] } as const);
  turn.replies.push({ to, api: 'ListGroups', body });
}

export function deleteGroups(turn: CoordinatorTurn, to: RequestTag, request: DeleteGroupsRequest): void {
  const deleted: string[] = [];
  const results = [...new Set(request.groupsNames)].map((groupId) => {
    const errorCode = groupStatusError(turn, groupId, { mayBeEmpty: true }) ?? deletionError(groupOf(turn, groupId));
    if (errorCode === 'NONE') deleted.push(groupId);
    return { groupId, errorCode };
  });
  let offsetCount = 0;
  for (const groupId of deleted) {
    const group = transitionTo(turn, theGroup(turn, groupId), 'Dead');
    offsetCount += cleanUp(turn, groupId, partitionsOf(group));
  }
  if (deleted.length > 0)
    log(
      turn,
      'INFO',
      `The following groups were deleted: ${deleted.join(', ')}. A total of ${offsetCount} offsets were removed.`,
    );
  turn.replies.push({ to, api: 'DeleteGroups', body: { results } });
}

function deletionError(group: Group | undefined): ErrorName {
  if (group === undefined || group.state === 'Dead') return 'GROUP_ID_NOT_FOUND';
  return group.state === 'Empty' ? 'NONE' : 'NON_EMPTY_GROUP';
}

export function offsetDelete(
  turn: CoordinatorTurn,
  to: RequestTag,
  { groupId, topics }: OffsetDeleteRequest,
  isKnownPartition: IsKnownPartition,
): void {
  const asked = topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  );
  const known = asked.filter(({ topic, partition }) => isKnownPartition(topic, partition));
  const error = known.length === 0 ? null : offsetDeletionError(turn, groupId);
  if (error !== null) {
    turn.replies.push({ to, api: 'OffsetDelete', body: { errorCode: error, topics: [] } });
    return;
  }
  const group = groupOf(turn, groupId);
  const isConsumed = ({ topic }: TopicPartition): boolean =>
    group !== undefined && group.state !== 'Empty' && (group.subscribedTopics?.has(topic) ?? true);
  const eligible = known.filter((partition) => !isConsumed(partition));
  if (eligible.length > 0) {
    const count = cleanUp(turn, groupId, eligible);
    const names = eligible.map(topicPartitionName).join(', ');
    log(
      turn,
      'INFO',
      `The following offsets of the group ${groupId} were deleted: ${names}. A total of ${count} offsets were removed.`,
    );
  }
  const statusOf = (topic: string, partition: number): ErrorName => {
    if (!isKnownPartition(topic, partition)) return 'UNKNOWN_TOPIC_OR_PARTITION';
    return isConsumed({ topic, partition }) ? 'GROUP_SUBSCRIBED_TO_TOPIC' : 'NONE';
  };
  turn.replies.push({
    to,
    api: 'OffsetDelete',
    body: {
      errorCode: 'NONE',
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: statusOf(name, partitionIndex),
        })),
      })),
    },
  });
}

function offsetDeletionError(turn: CoordinatorTurn, groupId: string): ErrorName | null {
  const status = groupStatusError(turn, groupId);
  if (status !== null) return status;
  const group = groupOf(turn, groupId);
  if (group === undefined || group.state === 'Dead') return 'GROUP_ID_NOT_FOUND';
  return group.state === 'Empty' || group.protocolType === 'consumer' ? null : 'NON_EMPTY_GROUP';
}

const partitionsOf = (group: Group): readonly TopicPartition[] =>
  [...group.offsets.committed.values()].map(({ committed }) => committed.topicPartition);

/** Offsets whose time is over: seven days after the group became Empty, or after the commit where no group says so. */
export function expireOffsets(turn: CoordinatorTurn): void {
  let count = 0;
  for (const group of turn.coordinator.groups.values()) count += cleanUp(turn, group.groupId, expired(turn, group));
  if (count > 0) logManager(turn, 'INFO', `Removed ${count} expired offsets in 1 milliseconds.`);
}

function expired(turn: CoordinatorTurn, group: Group): readonly TopicPartition[] {
  const { offsetsRetentionMs } = turn.coordinator.config;
  const { state, protocolType, subscribedTopics, stateTimestampMs, offsets } = group;
  const isConsuming = protocolType === 'consumer' && state === 'Stable' && subscribedTopics !== null;
  if (protocolType !== null && state !== 'Empty' && !isConsuming) return [];
  return [...offsets.committed.values()]
    .map(({ committed }) => committed)
    .filter(({ topicPartition, commitTimestampMs }) => {
      if (offsets.pending.has(topicPartitionName(topicPartition))) return false;
      if (isConsuming && subscribedTopics.has(topicPartition.topic)) return false;
      const since = protocolType !== null && state === 'Empty' ? stateTimestampMs : commitTimestampMs;
      return turn.nowMs - since >= offsetsRetentionMs;
    })
    .map(({ topicPartition }) => topicPartition);
}

/** Partitions of topics that are no more. */
export function removeDeletedPartitions(turn: CoordinatorTurn, partitions: readonly TopicPartition[]): void {
  let count = 0;
  for (const groupId of turn.coordinator.groups.keys()) count += cleanUp(turn, groupId, partitions);
  const names = partitions.map(topicPartitionName).join(', ');
  log(turn, 'INFO', `Removed ${count} offsets associated with deleted partitions: ${names}.`);
}

/** Removes offsets, and the group when nothing is left of it; tombstones say so in the log. How many offsets went. */
function cleanUp(turn: CoordinatorTurn, groupId: string, partitions: readonly TopicPartition[]): number {
  const { offsets, removed } = removeOffsets(theGroup(turn, groupId).offsets, partitions);
  let group: Group = { ...theGroup(turn, groupId), offsets };
  putGroup(turn, group);
  if (group.state === 'Empty' && !hasOffsets(offsets)) {
    logManager(turn, 'INFO', `Group ${groupId} transitioned to Dead in generation ${group.generationId}`);
    group = transitionTo(turn, group, 'Dead');
  }
  const tombstones = removed.map((partition) => groupRecord(turn.nowMs, offsetKey(groupId, partition), null));
  if (group.state === 'Dead') {
    cancelGroupTimers(turn, group);
    dropGroup(turn, groupId);
    // A group that only stored offsets has no record of its own.
    if (group.generationId > 0) tombstones.push(groupRecord(turn.nowMs, groupKey(groupId), null));
  }
  if (tombstones.length > 0) append(turn, groupId, tombstones, null);
  return removed.length;
}
