/**
 * The group coordinator inside the broker: what it is told, and what its answers become: responses, appends to `__consumer_offsets`.
 *
 * Follows `kafka.coordinator.group.GroupCoordinatorAdapter` and `RequestHandlerHelper#onLeadershipChange` (3.9.0).
 */
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { batchesOf } from '../../kafka/log/partitionLog.ts';
import type { GroupApi, GroupTimerEvent } from '../coordinator/coordinatorTurn.ts';
import type { GroupOutcome, GroupRequest } from '../coordinator/groupCoordinator.ts';
import {
  completeGroupAppend,
  createGroupCoordinator,
  groupCoordinatorConfig,
  handleGroupRequest,
  onGroupTimer,
  onOffsetsFollower,
  onOffsetsLeader,
  onPartitionsDeleted,
  onTransactionEnded,
  startGroupCoordinator,
  stopGroupCoordinator,
} from '../coordinator/groupCoordinator.ts';
import type { GroupCoordinator } from '../coordinator/coordinatorTurn.ts';
import type { ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import { sendResponse } from '../protocol/kafka/kafkaMessage.ts';
import { type AppendCallback, appendRecords } from './appendRecords.ts';
import { brokerNumber } from './brokerSettings.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { partitionState } from './metadataCache.ts';
import { finish } from './requestChannel.ts';
import { type Turn, update } from './turn.ts';

/** At the end of the broker's start. */
export function startGroups(turn: Turn): void {
  const { brokerId, settings, process } = turn.broker;
  const partitionCount = brokerNumber(settings, 'offsets.topic.num.partitions');
  const config = groupCoordinatorConfig(settings.effective, partitionCount);
  take(turn, startGroupCoordinator(createGroupCoordinator(brokerId, config, process.seed), turn));
}

export function stopGroups(turn: Turn): void {
  withGroups(turn, (groups) => stopGroupCoordinator(groups, turn));
}

function withGroups(turn: Turn, work: (groups: GroupCoordinator) => GroupOutcome): void {
  const { groups } = turn.broker;
  if (groups !== null) take(turn, work(groups));
}

export function handleGroups(turn: Turn, request: GroupRequest): void {
  const { metadata } = turn.broker;
  const isKnownPartition = (topic: string, partition: number) =>
    partitionState(metadata, topic, partition) !== undefined;
  withGroups(turn, (groups) => handleGroupRequest(groups, request, { at: turn, isKnownPartition }));
}

export function handleGroupTimer(turn: Turn, event: GroupTimerEvent): void {
  withGroups(turn, (groups) => onGroupTimer(groups, event, turn));
}

/** Partitions of `__consumer_offsets` that this broker has come to lead are read; those it leads no more are forgotten. */
export function onLeadershipChange(
  turn: Turn,
  {
    leading,
    following,
  }: { readonly leading: readonly HostedPartition[]; readonly following: readonly HostedPartition[] },
): void {
  for (const { topic, partition, index } of leading) {
    const now = turn.broker.partitions[index];
    if (topic !== GROUP_METADATA_TOPIC_NAME || now?.log == null) continue;
    const log = { epoch: now.leaderEpoch, batches: batchesOf(now.log) };
    withGroups(turn, (groups) => onOffsetsLeader(groups, partition, log, turn));
  }
  for (const { topic, partition, index } of following) {
    const epoch = turn.broker.partitions[index]?.leaderEpoch ?? null;
    if (topic === GROUP_METADATA_TOPIC_NAME)
      withGroups(turn, (groups) => onOffsetsFollower(groups, partition, epoch, turn));
  }
}

export function onReplicasStopped(
  turn: Turn,
  stopped: readonly { readonly topic: string; readonly partition: number }[],
): void {
  for (const { topic, partition } of stopped) {
    if (topic === GROUP_METADATA_TOPIC_NAME)
      withGroups(turn, (groups) => onOffsetsFollower(groups, partition, null, turn));
  }
}

export function forgetDeletedPartitions(
  turn: Turn,
  deleted: readonly { readonly topic: string; readonly partition: number }[],
): void {
  if (deleted.length > 0) withGroups(turn, (groups) => onPartitionsDeleted(groups, deleted, turn));
}

/** The marker of a transaction is in these partitions of `__consumer_offsets`. */
export function endTransactionOfGroups(turn: Turn, ended: Parameters<typeof onTransactionEnded>[1]): void {
  withGroups(turn, (groups) => onTransactionEnded(groups, ended, turn));
}

function take(turn: Turn, { coordinator, replies, appends, effects, lines }: GroupOutcome): void {
  update(turn, { groups: coordinator });
  turn.effects.push(...effects);
  turn.lines.push(...lines);
  for (const { to, api, body } of replies) reply(turn, to, api, body);
  for (const { append, partition, batch } of appends) {
    const timeoutMs = brokerNumber(turn.broker.settings, 'offsets.commit.timeout.ms');
    const options = { acks: -1, timeoutMs, origin: 'coordinator', internalTopicsAllowed: true } as const;
    appendRecords(turn, [{ topic: GROUP_METADATA_TOPIC_NAME, partition, batch }], options, completeAppend(append));
  }
}

const completeAppend =
  (append: number | null): AppendCallback =>
  (turn, [result]) => {
    if (append === null || result === undefined) return;
    const { errorCode: error, baseOffset } = result;
    const outcome = error === 'NONE' ? { error, baseOffset } : { error };
    withGroups(turn, (groups) => completeGroupAppend(groups, append, outcome, turn));
  };

function reply<A extends GroupApi>(
  turn: Turn,
  { socket, correlationId }: GroupRequest['to'],
  api: A,
  body: ResponseBody<A>,
): void {
  turn.effects.push(sendResponse(socket, api, correlationId, body));
  finish(turn, socket);
}
