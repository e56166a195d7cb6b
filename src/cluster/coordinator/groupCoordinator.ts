/**
 * The coordinator of consumer groups, as a value inside a broker: the classic one, which a ZooKeeper-mode broker has.
 *
 * How to embed it. The broker keeps a `GroupCoordinator`, calls one of the functions below for each event, and deals with what comes out
 * (`GroupOutcome`): keeps `coordinator`; sends each of `replies` to its `to`; performs `effects` (timers, facts); logs `lines`; and appends
 * each of `appends` to the partition of `__consumer_offsets` that it names, as leader, with origin 'coordinator' and acks −1. When such a
 * batch is committed (high watermark past it), refused, or late (`offsetsCommitTimeoutMs`: REQUEST_TIMED_OUT), it calls `completeGroupAppend`
 * with the number of the append, unless that is null; only then are the members or the committer answered.
 *
 *     startGroupCoordinator     the broker begins to serve
 *     handleGroupRequest        any request of `GroupApi`, answered now or later
 *     onGroupTimer              a timer's event of type GROUP_TIMER
 *     onOffsetsLeader           it has become leader of a partition of `__consumer_offsets`: with the whole log of it
 *     onOffsetsFollower         it has ceased to lead it (follower, or stopped replica: epoch null)
 *     onPartitionsDeleted       topics have been deleted
 *     onTransactionEnded        a marker is in a partition of `__consumer_offsets`
 *
 * Follows `kafka.coordinator.group.GroupCoordinator` and `GroupCoordinatorAdapter` (3.9.0).
 */
import { brokerConfig } from '../../kafka/config/brokerConfig.ts';
import type { Settings } from '../../kafka/config/settings.ts';
import { settingNumber } from '../../kafka/config/settings.ts';
import type { BrokerId, ProducerId } from '../../kafka/ids.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { streamOf } from '../../kernel/random.ts';
import type { Instants } from '../../kernel/host.ts';
import { ms } from '../../kernel/time.ts';
import type { RequestBody } from '../protocol/kafka/kafkaMessage.ts';
import type { LogLine } from '../zookeeper/logLine.ts';
import type {
  AppendOutcome,
  CoordinatorTurn,
  GroupApi,
  GroupAppend,
  GroupCoordinator,
  GroupCoordinatorConfig,
  GroupReply,
  GroupTimerEvent,
} from './coordinatorTurn.ts';
import { beginTurn, groupOf, log, partitionFor, putGroup, setGroupTimer, takeAppend } from './coordinatorTurn.ts';
import type { RequestTag } from './group.ts';
import {
  deleteGroups,
  describeGroups,
  expireOffsets,
  listGroups,
  offsetDelete,
  removeDeletedPartitions,
} from './groupAdministration.ts';
import { loadGroups, unloadGroups } from './groupLoading.ts';
import { endTransaction } from './groupOffsets.ts';
import { finishTakingPlace, joinGroup } from './joinGroup.ts';
import type { IsKnownPartition } from './offsetCommits.ts';
import { finishOffsetCommit, offsetCommit, offsetFetch, txnOffsetCommit } from './offsetCommits.ts';
import { onJoinTimer, onSyncTimer, removeMemberAndRebalance, removePendingMember } from './rebalance.ts';
import { isSessionOver } from './sessions.ts';
import { storeErrorOf } from './storeErrors.ts';
import { finishAssignment, heartbeat, leaveGroup, syncGroup } from './syncGroup.ts';

export interface GroupOutcome {
  readonly coordinator: GroupCoordinator;
  readonly replies: readonly GroupReply[];
  readonly appends: readonly GroupAppend[];
  readonly effects: readonly KernelEffect[];
  readonly lines: readonly LogLine[];
}

/** A request of a client. `clientHost` as Java prints an address: `/127.0.0.1`. */
export type GroupRequest = {
  readonly [A in GroupApi]: {
    readonly api: A;
    readonly to: RequestTag;
    readonly clientId: string;
    readonly clientHost: string;
    readonly body: RequestBody<A>;
  };
}[GroupApi];

/** `partitionCount` of `__consumer_offsets`: as it is, or `offsets.topic.num.partitions` until it exists. */
export function groupCoordinatorConfig(settings: Settings, partitionCount: number): GroupCoordinatorConfig {
  const number = (name: Parameters<typeof settingNumber<typeof brokerConfig>>[2]): number =>
    settingNumber(brokerConfig, settings, name);
  return {
    partitionCount,
    minSessionTimeoutMs: number('group.min.session.timeout.ms'),
    maxSessionTimeoutMs: number('group.max.session.timeout.ms'),
    maxSize: number('group.max.size'),
    initialRebalanceDelayMs: number('group.initial.rebalance.delay.ms'),
    offsetMetadataMaxBytes: number('offset.metadata.max.bytes'),
    offsetsRetentionMs: number('offsets.retention.minutes') * 60_000,
    offsetsRetentionCheckIntervalMs: number('offsets.retention.check.interval.ms'),
    offsetsCommitTimeoutMs: number('offsets.commit.timeout.ms'),
  };
}

export const createGroupCoordinator = (
  brokerId: BrokerId,
  config: GroupCoordinatorConfig,
  seed: number,
): GroupCoordinator => ({
  brokerId,
  config,
  isActive: false,
  random: streamOf(seed, 'group coordinator'),
  ownedPartitions: new Set(),
  epochs: new Map(),
  groups: new Map(),
  pendingAppends: new Map(),
  nextAppend: 0,
  nextIncarnation: 0,
});

export function startGroupCoordinator(coordinator: GroupCoordinator, at: Instants): GroupOutcome {
  return work(coordinator, at, (turn) => {
    log(turn, 'INFO', 'Starting up.');
    turn.coordinator = { ...turn.coordinator, isActive: true };
    armExpiration(turn);
    log(turn, 'INFO', 'Startup complete.');
  });
}

export function stopGroupCoordinator(coordinator: GroupCoordinator, at: Instants): GroupOutcome {
  return work(coordinator, at, (turn) => {
    log(turn, 'INFO', 'Shutting down.');
    turn.coordinator = { ...turn.coordinator, isActive: false };
    log(turn, 'INFO', 'Shutdown complete.');
  });
}

/** `isKnownPartition`: of the broker's metadata; commits and deletions of offsets of other partitions are refused. */
export function handleGroupRequest(
  coordinator: GroupCoordinator,
  request: GroupRequest,
  { at, isKnownPartition }: { readonly at: Instants; readonly isKnownPartition: IsKnownPartition },
): GroupOutcome {
  return work(coordinator, at, (turn) => dispatch(turn, request, isKnownPartition));
}

function dispatch(turn: CoordinatorTurn, request: GroupRequest, isKnownPartition: IsKnownPartition): void {
  const { to, clientId, clientHost } = request;
  switch (request.api) {
    case 'JoinGroup':
      return joinGroup(turn, { to, clientId, clientHost, request: request.body });
    case 'SyncGroup':
      return syncGroup(turn, to, request.body);
    case 'Heartbeat':
      return heartbeat(turn, to, request.body);
    case 'LeaveGroup':
      return leaveGroup(turn, to, request.body);
    case 'OffsetCommit':
      return offsetCommit(turn, to, request.body, isKnownPartition);
    case 'TxnOffsetCommit':
      return txnOffsetCommit(turn, to, request.body, isKnownPartition);
    case 'OffsetFetch':
      return offsetFetch(turn, to, request.body);
    case 'OffsetDelete':
      return offsetDelete(turn, to, request.body, isKnownPartition);
    case 'DescribeGroups':
      return describeGroups(turn, to, request.body);
    case 'ListGroups':
      return listGroups(turn, to, request.body);
    case 'DeleteGroups':
      return deleteGroups(turn, to, request.body);
  }
}

/** A batch of `appends` is committed, or will never be. */
export function completeGroupAppend(
  coordinator: GroupCoordinator,
  append: number,
  outcome: AppendOutcome,
  at: Instants,
): GroupOutcome {
  return work(coordinator, at, (turn) => {
    const pending = takeAppend(turn, append);
    if (pending === undefined) return;
    const found = groupOf(turn, pending.groupId);
    const group = found?.incarnation === pending.incarnation ? found : null;
    if (pending.kind === 'offsets') return finishOffsetCommit(turn, group, pending, outcome);
    if (group === null) return;
    if (pending.kind === 'assignment') return finishAssignment(turn, group, pending, outcome);
    if (pending.kind === 'staticMember') return finishTakingPlace(turn, group, pending, outcome);
    if (outcome.error !== 'NONE')
      log(turn, 'WARN', `Failed to write empty metadata for group ${group.groupId}: ${storeErrorOf(outcome.error)}`);
  });
}

export function onGroupTimer(coordinator: GroupCoordinator, event: GroupTimerEvent, at: Instants): GroupOutcome {
  return work(coordinator, at, (turn) => {
    if (event.timer === 'expiration') {
      expireOffsets(turn);
      return armExpiration(turn);
    }
    const { groupId } = event;
    const group = groupOf(turn, groupId);
    if (group === undefined) return;
    switch (event.timer) {
      case 'join':
        return onJoinTimer(turn, groupId);
      case 'sync':
        return onSyncTimer(turn, groupId, event.generationId);
      case 'pending': {
        if (!group.pendingMembers.has(event.memberId)) return;
        const text = `Pending member ${event.memberId} in group ${groupId} has been removed after session timeout expiration.`;
        log(turn, 'INFO', text);
        return removePendingMember(turn, groupId, event.memberId);
      }
      case 'session': {
        const { memberId } = event;
        if (!isSessionOver(turn, groupId, memberId)) return;
        log(turn, 'INFO', `Member ${memberId} in group ${groupId} has failed, removing it from the group`);
        const reason = `removing member ${memberId} on heartbeat expiration`;
        return removeMemberAndRebalance(turn, groupId, memberId, { reason, why: 'expired' });
      }
    }
  });
}

function armExpiration(turn: CoordinatorTurn): void {
  const { offsetsRetentionCheckIntervalMs } = turn.coordinator.config;
  const event = { type: 'GROUP_TIMER', timer: 'expiration' } as const;
  setGroupTimer(turn, 'expiration', ms(offsetsRetentionCheckIntervalMs), event);
}

/** `epoch`: the leader epoch; `batches`: all of the log, to its end. */
export const onOffsetsLeader = (
  coordinator: GroupCoordinator,
  partition: number,
  log: { readonly epoch: number; readonly batches: Iterable<RecordBatch> },
  at: Instants,
): GroupOutcome => work(coordinator, at, (turn) => loadGroups(turn, partition, log));

export const onOffsetsFollower = (
  coordinator: GroupCoordinator,
  partition: number,
  epoch: number | null,
  at: Instants,
): GroupOutcome => work(coordinator, at, (turn) => unloadGroups(turn, partition, epoch));

export const onPartitionsDeleted = (
  coordinator: GroupCoordinator,
  partitions: readonly TopicPartition[],
  at: Instants,
): GroupOutcome => work(coordinator, at, (turn) => removeDeletedPartitions(turn, partitions));

/** The marker of a transaction has been written to these partitions of `__consumer_offsets`. */
export function onTransactionEnded(
  coordinator: GroupCoordinator,
  ended: { readonly producerId: ProducerId; readonly isCommit: boolean; readonly partitions: readonly number[] },
  at: Instants,
): GroupOutcome {
  return work(coordinator, at, (turn) => {
    for (const group of turn.coordinator.groups.values()) {
      const { groupId, offsets } = group;
      if (!offsets.pendingTransactional.has(ended.producerId)) continue;
      if (!ended.partitions.includes(partitionFor(turn, groupId))) continue;
      putGroup(turn, { ...group, offsets: endTransaction(offsets, ended.producerId, ended.isCommit) });
    }
  });
}

function work(coordinator: GroupCoordinator, at: Instants, task: (turn: CoordinatorTurn) => void): GroupOutcome {
  const turn = beginTurn(coordinator, at);
  task(turn);
  const { replies, appends, effects, lines } = turn;
  return { coordinator: turn.coordinator, replies, appends, effects, lines };
}
