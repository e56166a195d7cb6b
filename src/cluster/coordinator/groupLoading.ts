/**
 * A broker that begins to lead a partition of `__consumer_offsets` reads its groups back from the log; one that ceases forgets them.
 *
 * Follows `GroupMetadataManager#doLoadGroupsAndOffsets`, `removeGroupsAndOffsets`, `GroupCoordinator#onGroupLoaded`, `onGroupUnloaded` (3.9.0).
 */
import type { ProducerId } from '../../kafka/ids.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { answerJoin, answerSync, joinRefused, syncRefused } from './answers.ts';
import type { CoordinatorTurn } from './coordinatorTurn.ts';
import {
  dropGroup,
  groupOf,
  log,
  logManager,
  partitionFor,
  putGroup,
  theGroup,
  transitionTo,
} from './coordinatorTurn.ts';
import type { Group } from './group.ts';
import { membersOf, newGroup, newMember, subscribedTopicsOf, withMember } from './group.ts';
import type { CommitRecord } from './groupOffsets.ts';
import { noOffsets } from './groupOffsets.ts';
import type { StoredGroup } from './groupRecords.ts';
import { readGroupRecordKey, readGroupValue, readOffsetValue } from './groupRecords.ts';
import { cancelGroupTimers, prepareRebalance } from './rebalance.ts';
import { scheduleExpiration } from './sessions.ts';

/** `batches`: the whole log of the partition, to its end. Nothing happens for an epoch that is not new. */
export function loadGroups(
  turn: CoordinatorTurn,
  partition: number,
  { epoch, batches }: { readonly epoch: number; readonly batches: Iterable<RecordBatch> },
): void {
  const name = `${GROUP_METADATA_TOPIC_NAME}-${partition}`;
  log(turn, 'INFO', `Elected as the group coordinator for partition ${partition} in epoch ${epoch}`);
  logManager(turn, 'INFO', `Scheduling loading of offsets and group metadata from ${name} for epoch ${epoch}`);
  const known = turn.coordinator.epochs.get(partition);
  if (known !== undefined && known > epoch) {
    const ignored = `Not loading offsets and group metadata for ${name} in epoch ${epoch} since current epoch is ${known}`;
    return logManager(turn, 'INFO', ignored);
  }
  const isOwned = turn.coordinator.ownedPartitions.has(partition);
  turn.coordinator = {
    ...turn.coordinator,
    epochs: new Map(turn.coordinator.epochs).set(partition, epoch),
    ownedPartitions: new Set([...turn.coordinator.ownedPartitions, partition]),
  };
  if (isOwned) return logManager(turn, 'INFO', `Already loading offsets and group metadata from ${name}`);
  const read = readGroups(batches);
  for (const groupId of new Set([...read.groups.keys(), ...read.committed.keys(), ...read.pending.keys()])) {
    if (groupOf(turn, groupId) !== undefined) continue;
    putGroup(turn, loadedGroup(turn, groupId, read));
    onGroupLoaded(turn, groupId);
  }
  logManager(
    turn,
    'INFO',
    `Finished loading offsets and group metadata from ${name} in 1 milliseconds for epoch ${epoch}, ` +
      'of which 1 milliseconds was spent in the scheduler.',
  );
}

type Commits = ReadonlyMap<string, CommitRecord>;
interface ReadGroups {
  readonly groups: ReadonlyMap<string, StoredGroup>;
  readonly committed: ReadonlyMap<string, Commits>;
  readonly pending: ReadonlyMap<string, ReadonlyMap<ProducerId, Commits>>;
}

/** The last record of each key counts; offsets of a transaction count once its COMMIT is read. */
export function readGroups(batches: Iterable<RecordBatch>): ReadGroups {
  const groups = new Map<string, StoredGroup>();
  const committed = new Map<string, Map<string, CommitRecord>>();
  const pending = new Map<ProducerId, Map<string, Map<string, CommitRecord>>>();
  for (const batch of batches) {
    if (batch.isControl) {
      if (markerOf(batch)?.type === 'COMMIT') commitAll(committed, pending.get(batch.producerId));
      pending.delete(batch.producerId);
      continue;
    }
    const offsets = batch.isTransactional ? inner(pending, batch.producerId) : committed;
    const recordOffset = batch.records[0]?.offset ?? batch.baseOffset;
    for (const { key, value } of batch.records) {
      if (key === null) continue;
      const what = readGroupRecordKey(key);
      if (what.kind === 'group' && value === null) groups.delete(what.groupId);
      else if (what.kind === 'group' && value !== null) groups.set(what.groupId, readGroupValue(value));
      else if (what.kind === 'offset') {
        const ofGroup = inner(offsets, what.groupId);
        const partition = topicPartitionName(what.topicPartition);
        if (value === null) ofGroup.delete(partition);
        else ofGroup.set(partition, { committed: readOffsetValue(value, what.topicPartition), recordOffset });
      }
    }
  }
  return { groups, committed: withoutEmpty(committed), pending: byGroup(pending) };
}

function commitAll(
  committed: Map<string, Map<string, CommitRecord>>,
  ended: ReadonlyMap<string, ReadonlyMap<string, CommitRecord>> | undefined,
): void {
  for (const [groupId, commits] of ended ?? []) {
    const ofGroup = inner(committed, groupId);
    for (const [partition, record] of commits) {
      const older = ofGroup.get(partition);
      if (older === undefined || (older.recordOffset ?? -1) < (record.recordOffset ?? -1))
        ofGroup.set(partition, record);
    }
  }
}

function byGroup(
  pending: ReadonlyMap<ProducerId, ReadonlyMap<string, Commits>>,
): ReadonlyMap<string, ReadonlyMap<ProducerId, Commits>> {
  const groups = new Map<string, Map<ProducerId, Commits>>();
  for (const [producer, ofProducer] of pending)
    for (const [groupId, commits] of ofProducer) inner(groups, groupId).set(producer, commits);
  return groups;
}

const withoutEmpty = <K, V extends ReadonlyMap<unknown, unknown>>(maps: ReadonlyMap<K, V>): ReadonlyMap<K, V> =>
  new Map([...maps].filter(([, map]) => map.size > 0));

function inner<K, IK, IV>(maps: Map<K, Map<IK, IV>>, key: K): Map<IK, IV> {
  let map = maps.get(key);
  if (map === undefined) maps.set(key, (map = new Map()));
  return map;
}

function loadedGroup(turn: CoordinatorTurn, groupId: string, { groups, committed, pending }: ReadGroups): Group {
  const { nextIncarnation } = turn.coordinator;
  turn.coordinator = { ...turn.coordinator, nextIncarnation: nextIncarnation + 1 };
  const offsets = {
    ...noOffsets,
    committed: committed.get(groupId) ?? noOffsets.committed,
    pendingTransactional: pending.get(groupId) ?? noOffsets.pendingTransactional,
  };
  const empty = { ...newGroup(groupId, nextIncarnation, turn.nowMs), offsets };
  const stored = groups.get(groupId);
  return stored === undefined ? empty : restore(empty, stored);
}

function restore(empty: Group, stored: StoredGroup): Group {
  const { protocolType, protocolName, generationId, stateTimestampMs, leaderId, members } = stored;
  let group: Group = {
    ...empty,
    state: members.length === 0 ? 'Empty' : 'Stable',
    stateTimestampMs,
    generationId,
    protocolType: protocolType === '' ? null : protocolType,
    protocolName,
    members: { ...empty.members, leaderId },
  };
  for (const { subscription, assignment, ...member } of members) {
    const protocols = [{ name: protocolName ?? '', metadata: subscription }];
    group = withMember(group, { ...newMember({ ...member, protocols }, null), assignment, isNew: false }, protocolType);
  }
  return { ...group, subscribedTopics: subscribedTopicsOf(group) };
}

/** Members that were heard by the old coordinator have a whole session to find the new one. */
function onGroupLoaded(turn: CoordinatorTurn, groupId: string): void {
  const group = theGroup(turn, groupId);
  const { maxSize } = turn.coordinator.config;
  log(turn, 'INFO', `Loading group metadata for ${groupId} with generation ${group.generationId}`);
  for (const { memberId } of membersOf(group)) scheduleExpiration(turn, groupId, memberId);
  if (membersOf(group).length > maxSize)
    prepareRebalance(
      turn,
      groupId,
      `Freshly-loaded group is over capacity (${maxSize}). Rebalancing in order to give a chance for consumers to commit offsets`,
      { kind: 'other', memberId: null },
    );
}

/** `epoch` null: the replica was stopped, whatever the epoch. */
export function unloadGroups(turn: CoordinatorTurn, partition: number, epoch: number | null): void {
  const name = `${GROUP_METADATA_TOPIC_NAME}-${partition}`;
  const { epochs } = turn.coordinator;
  const inEpoch = epoch === null ? 'OptionalInt.empty' : `OptionalInt[${epoch}]`;
  log(turn, 'INFO', `Resigned as the group coordinator for partition ${partition} in epoch ${inEpoch}`);
  logManager(turn, 'INFO', `Scheduling unloading of offsets and group metadata from ${name}`);
  const known = epochs.get(partition);
  if (epoch !== null && known !== undefined && known > epoch) {
    const ignored = `Not removing offsets and group metadata for ${name} in epoch ${inEpoch} since current epoch is ${known}`;
    return logManager(turn, 'INFO', ignored);
  }
  const ownedPartitions = new Set(turn.coordinator.ownedPartitions);
  ownedPartitions.delete(partition);
  turn.coordinator = {
    ...turn.coordinator,
    ownedPartitions,
    epochs: epoch === null ? epochs : new Map(epochs).set(partition, epoch),
  };
  let [offsetCount, groupCount] = [0, 0];
  for (const group of turn.coordinator.groups.values()) {
    if (partitionFor(turn, group.groupId) !== partition) continue;
    onGroupUnloaded(turn, group);
    groupCount += 1;
    offsetCount += group.offsets.committed.size;
  }
  logManager(
    turn,
    'INFO',
    `Finished unloading ${name} for coordinator epoch ${inEpoch}. ` +
      `Removed ${offsetCount} cached offsets and ${groupCount} cached groups.`,
  );
}

/** Who waits is told to look for the coordinator again. */
function onGroupUnloaded(turn: CoordinatorTurn, group: Group): void {
  const { groupId, generationId } = group;
  log(turn, 'INFO', `Unloading group metadata for ${groupId} with generation ${generationId}`);
  cancelGroupTimers(turn, group);
  transitionTo(turn, group, 'Dead');
  for (const { memberId } of membersOf(group)) {
    answerJoin(turn, groupId, memberId, joinRefused(memberId, 'NOT_COORDINATOR'));
    answerSync(turn, groupId, memberId, syncRefused('NOT_COORDINATOR'));
  }
  dropGroup(turn, groupId);
}
