/**
 * What a broker knows as coordinator of groups, and one event's worth of its work: answers, records to append, timers, facts, lines. A turn
 * lives for one call; the values it holds are immutable.
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { Bytes } from '../../kafka/bytes.ts';
import type { BrokerId, Offset, ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { NewRecord } from '../../kafka/record/record.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { RandomState } from '../../kernel/random.ts';
import type { Instants } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { timestampMsAt } from '../../kernel/time.ts';
import type { RebalanceWhy } from '../facts.ts';
import { tell } from '../facts.ts';
import type { CommitAnswer } from '../protocol/kafka/groups.ts';
import type { ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import type { LogLine } from '../zookeeper/logLine.ts';
import type { Group, RequestTag } from './group.ts';
import type { OffsetAndMetadata } from './groupOffsets.ts';
import type { GroupState } from './groupState.ts';
import { mayMove } from './groupState.ts';

export interface GroupCoordinatorConfig {
  /** Of `__consumer_offsets`. */
  readonly partitionCount: number;
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  readonly maxSize: number;
  readonly initialRebalanceDelayMs: number;
  readonly offsetMetadataMaxBytes: number;
  readonly offsetsRetentionMs: number;
  readonly offsetsRetentionCheckIntervalMs: number;
  readonly offsetsCommitTimeoutMs: number;
}

export interface GroupCoordinator {
  readonly brokerId: BrokerId;
  readonly config: GroupCoordinatorConfig;
  readonly isActive: boolean;
  readonly random: RandomState;
  /** Partitions of `__consumer_offsets` that this broker leads and has read. */
  readonly ownedPartitions: ReadonlySet<number>;
  /** By partition, the leader epoch of the last loading or unloading: older news are ignored. */
  readonly epochs: ReadonlyMap<number, number>;
  readonly groups: ReadonlyMap<string, Group>;
  /** By the id of the append, what follows when it is committed or has failed. */
  readonly pendingAppends: ReadonlyMap<number, PendingAppend>;
  readonly nextAppend: number;
  readonly nextIncarnation: number;
}

/** Records on their way into the log, and who waits for them. */
export type PendingAppend = { readonly groupId: string; readonly incarnation: number } & (
  | {
      readonly kind: 'assignment';
      readonly generationId: number;
      readonly memberId: string;
      readonly assignments: ReadonlyMap<string, Bytes>;
    }
  | { readonly kind: 'emptyGroup' }
  | {
      readonly kind: 'staticMember';
      readonly instanceId: string;
      readonly oldMemberId: string;
      readonly newMemberId: string;
    }
  | {
      readonly kind: 'offsets';
      readonly to: RequestTag;
      readonly api: 'OffsetCommit' | 'TxnOffsetCommit';
      readonly producerId: ProducerId | null;
      readonly commits: readonly OffsetAndMetadata[];
      /** Answered so far: what was refused before the append. */
      readonly refused: CommitAnswer;
    }
);

export type GroupApi =
  | 'JoinGroup'
  | 'SyncGroup'
  | 'Heartbeat'
  | 'LeaveGroup'
  | 'OffsetCommit'
  | 'TxnOffsetCommit'
  | 'OffsetFetch'
  | 'OffsetDelete'
  | 'DescribeGroups'
  | 'ListGroups'
  | 'DeleteGroups';
export type GroupReply = {
  readonly [A in GroupApi]: { readonly to: RequestTag; readonly api: A; readonly body: ResponseBody<A> };
}[GroupApi];

/** A batch for a partition of `__consumer_offsets`, appended as coordinator (`AppendOrigin.COORDINATOR`). */
export interface GroupAppend {
  /** To be told to `completeGroupAppend`; null: nobody waits (acks 0). */
  readonly append: number | null;
  readonly partition: number;
  readonly batch: RecordBatch;
}

export type GroupTimerEvent = { readonly type: 'GROUP_TIMER' } & (
  | { readonly timer: 'session' | 'pending'; readonly groupId: string; readonly memberId: string }
  | { readonly timer: 'join'; readonly groupId: string }
  | { readonly timer: 'sync'; readonly groupId: string; readonly generationId: number }
  | { readonly timer: 'expiration' }
);

export interface CoordinatorTurn {
  coordinator: GroupCoordinator;
  readonly now: VirtualTimeUs;
  readonly nowMs: number;
  readonly replies: GroupReply[];
  readonly appends: GroupAppend[];
  /** Timers and facts. */
  readonly effects: KernelEffect[];
  readonly lines: LogLine[];
}

export const beginTurn = (coordinator: GroupCoordinator, { now, clock }: Instants): CoordinatorTurn => ({
  coordinator,
  now,
  nowMs: timestampMsAt(clock),
  replies: [],
  appends: [],
  effects: [],
  lines: [],
});

export const groupOf = (turn: CoordinatorTurn, groupId: string): Group | undefined =>
  turn.coordinator.groups.get(groupId);

/** The group as it is now; only for those that are known to be there. */
export function theGroup(turn: CoordinatorTurn, groupId: string): Group {
  const group = groupOf(turn, groupId);
  if (group === undefined) throw new Error(`The coordinator does not know group ${groupId}.`);
  return group;
}

export function putGroup(turn: CoordinatorTurn, group: Group): void {
  const groups = new Map(turn.coordinator.groups).set(group.groupId, group);
  turn.coordinator = { ...turn.coordinator, groups };
}

export function dropGroup(turn: CoordinatorTurn, groupId: string): void {
  const groups = new Map(turn.coordinator.groups);
  groups.delete(groupId);
  turn.coordinator = { ...turn.coordinator, groups };
}

/** Enters a state; throws where Kafka's own table does not allow it. */
export function transitionTo(
  turn: CoordinatorTurn,
  group: Group,
  to: GroupState,
  why: RebalanceWhy | null = null,
): Group {
  const { groupId, state, generationId } = group;
  if (!mayMove(state, to)) throw new Error(`Group ${groupId} cannot move from ${state} to ${to}.`);
  const moved = { ...group, state: to, stateTimestampMs: turn.nowMs };
  putGroup(turn, moved);
  if (state !== to)
    turn.effects.push(tell('groupStateChanged', { group: groupId, from: state, to, generationId, why }));
  return moved;
}

export const partitionFor = (turn: CoordinatorTurn, groupId: string): number =>
  coordinatorPartition(groupId, turn.coordinator.config);
/** `__consumer_offsets-7`. */
export const offsetsPartitionName = (turn: CoordinatorTurn, groupId: string): string =>
  `${GROUP_METADATA_TOPIC_NAME}-${partitionFor(turn, groupId)}`;

/** Appends records; `then` is done when they are committed. */
export function append(
  turn: CoordinatorTurn,
  groupId: string,
  records: readonly NewRecord[],
  then: PendingAppend | null,
  producer: { readonly producerId: ProducerId; readonly producerEpoch: ProducerEpoch } | null = null,
): void {
  const transactional = producer === null ? {} : { ...producer, isTransactional: true };
  // `storeOffsets` numbers the records from 0 even without a producer; metadata of groups has no sequence.
  const sequence = then?.kind === 'offsets' ? { baseSequence: 0 } : {};
  const batch = createBatch(records, { ...transactional, ...sequence });
  const id = turn.coordinator.nextAppend;
  turn.appends.push({ append: then === null ? null : id, partition: partitionFor(turn, groupId), batch });
  if (then === null) return;
  turn.coordinator = {
    ...turn.coordinator,
    nextAppend: id + 1,
    pendingAppends: new Map(turn.coordinator.pendingAppends).set(id, then),
  };
}

export function takeAppend(turn: CoordinatorTurn, id: number): PendingAppend | undefined {
  const pending = turn.coordinator.pendingAppends.get(id);
  const pendingAppends = new Map(turn.coordinator.pendingAppends);
  pendingAppends.delete(id);
  turn.coordinator = { ...turn.coordinator, pendingAppends };
  return pending;
}

/** How an append went. */
export type AppendOutcome =
  | { readonly error: 'NONE'; readonly baseOffset: Offset }
  | { readonly error: Exclude<ErrorName, 'NONE'> };

export function setGroupTimer(turn: CoordinatorTurn, id: string, delayUs: number, event: GroupTimerEvent): void {
  turn.effects.push({ type: 'setTimer', params: { id: `group ${id}`, delayUs, event } });
}
export function cancelGroupTimer(turn: CoordinatorTurn, id: string): void {
  turn.effects.push({ type: 'cancelTimer', params: { id: `group ${id}` } });
}

export function log(turn: CoordinatorTurn, level: LogLine['level'], text: string): void {
  const logger = 'kafka.coordinator.group.GroupCoordinator';
  turn.lines.push({ level, text: `[GroupCoordinator ${turn.coordinator.brokerId}]: ${text}`, logger });
}
export function logManager(turn: CoordinatorTurn, level: LogLine['level'], text: string): void {
  const logger = 'kafka.coordinator.group.GroupMetadataManager';
  turn.lines.push({ level, text: `[GroupMetadataManager brokerId=${turn.coordinator.brokerId}] ${text}`, logger });
}
/** As Scala prints an Option. */
export const printOption = (value: string | null): string => (value === null ? 'None' : `Some(${value})`);
