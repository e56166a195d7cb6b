/**
 * OffsetCommit, TxnOffsetCommit and OffsetFetch. A commit counts once its records are committed in `__consumer_offsets`.
 *
 * Follows `GroupCoordinator#handleCommitOffsets`, `GroupMetadataManager#storeOffsets`, `getOffsets` and `KafkaApis#handleOffsetCommitRequest` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { LeaderEpoch, Offset, ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import { NO_LEADER_EPOCH, NO_OFFSET } from '../../kafka/ids.ts';
import { javaTopicPartitionHash } from '../../kafka/javaHash.ts';
import { emptyScalaMap, scalaImmutableOrder, scalaPut } from '../../kafka/scalaHashMap.ts';
import { parseTopicPartition, topicPartitionName, type TopicPartition } from '../../kafka/topicPartition.ts';
import { tell } from '../facts.ts';
import type {
  CommitAnswer,
  OffsetCommitRequest,
  OffsetFetchRequest,
  OffsetFetchResponse,
  OffsetToCommit,
  TxnOffsetCommitRequest,
} from '../protocol/kafka/groups.ts';
import type { AppendOutcome, CoordinatorTurn, PendingAppend } from './coordinatorTurn.ts';
import { append, groupOf, log, putGroup, theGroup } from './coordinatorTurn.ts';
import type { Group, RequestTag } from './group.ts';
import type { OffsetAndMetadata } from './groupOffsets.ts';
import { failCommit, finishCommit, isUnstable, prepareCommit } from './groupOffsets.ts';
import { groupRecord, offsetKey, offsetValue } from './groupRecords.ts';
import { createGroup } from './joinGroup.ts';
import { groupStatusError, memberError } from './membership.ts';
import { scheduleExpiration } from './sessions.ts';
import { commitErrorOf } from './storeErrors.ts';

/** Whether the cluster has such a partition, as far as this broker knows. */
export type IsKnownPartition = (topic: string, partition: number) => boolean;

interface Commit {
  readonly to: RequestTag;
  readonly api: 'OffsetCommit' | 'TxnOffsetCommit';
  readonly groupId: string;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generationId: number;
  readonly producer: { readonly producerId: ProducerId; readonly producerEpoch: ProducerEpoch } | null;
  readonly topics: OffsetCommitRequest['topics'];
}

export function offsetCommit(
  turn: CoordinatorTurn,
  to: RequestTag,
  request: OffsetCommitRequest,
  isKnownPartition: IsKnownPartition,
): void {
  const { generationIdOrMemberEpoch: generationId, ...rest } = request;
  commit(turn, { ...rest, to, api: 'OffsetCommit', generationId, producer: null }, isKnownPartition);
}

/** The transaction coordinator has vouched for the transaction already. */
export function txnOffsetCommit(
  turn: CoordinatorTurn,
  to: RequestTag,
  request: TxnOffsetCommitRequest,
  isKnownPartition: IsKnownPartition,
): void {
  const { producerId, producerEpoch } = request;
  commit(turn, { ...request, to, api: 'TxnOffsetCommit', producer: { producerId, producerEpoch } }, isKnownPartition);
}

function commit(turn: CoordinatorTurn, request: Commit, isKnownPartition: IsKnownPartition): void {
  const unknown = statuses(request.topics, (topic, { partitionIndex }) =>
    isKnownPartition(topic, partitionIndex) ? null : 'UNKNOWN_TOPIC_OR_PARTITION',
  );
  const known = withoutStatuses(request.topics, unknown);
  if (known.length === 0) return answer(turn, request, unknown);
  const error = admit(turn, request);
  if (error !== null)
    return answer(
      turn,
      request,
      mergeAnswers(
        unknown,
        statuses(known, () => error),
      ),
    );
  store(turn, { ...request, topics: known }, unknown);
}

/** Null: the commit may be made; the group exists then. */
function admit(turn: CoordinatorTurn, request: Commit): ErrorName | null {
  const { groupId, generationId, memberId } = request;
  const status = groupStatusError(turn, groupId, { mayBeEmpty: request.producer === null });
  if (status !== null) return status;
  if (groupOf(turn, groupId) === undefined) {
    if (request.producer === null && generationId >= 0) return 'ILLEGAL_GENERATION';
    if (request.producer === null)
      log(turn, 'INFO', `Creating simple consumer group ${groupId} via manual offset commit.`);
    createGroup(turn, groupId);
  }
  const group = theGroup(turn, groupId);
  const error = commitError(turn, group, request);
  if (error !== null || request.producer !== null || group.state === 'Empty') return error;
  // The member has its generation from the JoinGroup answer; it has to synchronize first.
  if (group.state === 'CompletingRebalance') return 'REBALANCE_IN_PROGRESS';
  scheduleExpiration(turn, groupId, memberId);
  return null;
}

function commitError(turn: CoordinatorTurn, group: Group, request: Commit): ErrorName | null {
  const { generationId, memberId, groupInstanceId, producer } = request;
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  if (generationId < 0 && group.state === 'Empty') return null;
  if (generationId >= 0 || memberId !== '' || groupInstanceId !== null) {
    const operation = producer === null ? 'offset-commit' : 'txn-offset-commit';
    const error = memberError(turn, group, request, operation);
    if (error !== null) return error;
    return generationId === group.generationId ? null : 'ILLEGAL_GENERATION';
  }
  return producer === null && group.state !== 'Empty' ? 'UNKNOWN_MEMBER_ID' : null;
}

function store(turn: CoordinatorTurn, request: Commit, unknown: CommitAnswer): void {
  const { groupId, to, api, producer } = request;
  const { offsetMetadataMaxBytes } = turn.coordinator.config;
  const tooLarge = statuses(request.topics, (_, { committedMetadata }) =>
    (committedMetadata ?? '').length > offsetMetadataMaxBytes ? 'OFFSET_METADATA_TOO_LARGE' : null,
  );
  const refused = mergeAnswers(unknown, tooLarge);
  const commits = withoutStatuses(request.topics, tooLarge).flatMap(({ name, partitions }) =>
    partitions.map((partition) => offsetAndMetadata(name, partition, turn.nowMs)),
  );
  if (commits.length === 0) return answer(turn, request, refused);
  const producerId = producer?.producerId ?? null;
  const group = theGroup(turn, groupId);
  putGroup(turn, { ...group, offsets: prepareCommit(group.offsets, commits, producerId) });
  const records = commits.map((one) =>
    groupRecord(turn.nowMs, offsetKey(groupId, one.topicPartition), offsetValue(one)),
  );
  const { incarnation } = group;
  append(
    turn,
    groupId,
    records,
    { kind: 'offsets', groupId, incarnation, to, api, producerId, commits, refused },
    producer,
  );
}

const offsetAndMetadata = (topic: string, partition: OffsetToCommit, nowMs: number): OffsetAndMetadata => ({
  topicPartition: { topic, partition: partition.partitionIndex },
  offset: partition.committedOffset,
  leaderEpoch: partition.committedLeaderEpoch,
  metadata: partition.committedMetadata ?? '',
  commitTimestampMs: nowMs,
});

/** `group` null: it has been unloaded, or removed, meanwhile. The client is answered all the same. */
export function finishOffsetCommit(
  turn: CoordinatorTurn,
  group: Group | null,
  pending: Extract<PendingAppend, { readonly kind: 'offsets' }>,
  outcome: AppendOutcome,
): void {
  const { groupId, commits, producerId } = pending;
  if (group !== null && group.state !== 'Dead') {
    const offsets =
      outcome.error === 'NONE'
        ? finishCommit(group.offsets, commits, producerId, outcome.baseOffset)
        : failCommit(group.offsets, commits, producerId);
    putGroup(turn, { ...group, offsets });
    if (outcome.error === 'NONE' && producerId === null) {
      for (const { topicPartition, offset } of commits)
        turn.effects.push(tell('offsetCommitted', { group: groupId, ...topicPartition, offset }));
    }
  }
  const error = outcome.error === 'NONE' ? 'NONE' : commitErrorOf(outcome.error);
  const done: CommitAnswer = {
    topics: commits.map(({ topicPartition: { topic, partition } }) => ({
      name: topic,
      partitions: [{ partitionIndex: partition, errorCode: error }],
    })),
  };
  answer(turn, pending, mergeAnswers(pending.refused, done));
}

const answer = (turn: CoordinatorTurn, { to, api }: Pick<Commit, 'to' | 'api'>, body: CommitAnswer): void =>
  void turn.replies.push({ to, api, body });

/** Answers for those partitions that get one. */
function statuses(
  topics: OffsetCommitRequest['topics'],
  statusOf: (topic: string, partition: OffsetToCommit) => ErrorName | null,
): CommitAnswer {
  return {
    topics: topics.flatMap(({ name, partitions }) => {
      const answered = partitions.flatMap((partition) => {
        const errorCode = statusOf(name, partition);
        return errorCode === null ? [] : [{ partitionIndex: partition.partitionIndex, errorCode }];
      });
      return answered.length === 0 ? [] : [{ name, partitions: answered }];
    }),
  };
}

/** The partitions that no answer names. */
function withoutStatuses(topics: OffsetCommitRequest['topics'], answered: CommitAnswer): OffsetCommitRequest['topics'] {
  const done = new Set(
    answered.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex }) => topicPartitionName({ topic: name, partition: partitionIndex })),
    ),
  );
  return topics.flatMap(({ name, partitions }) => {
    const left = partitions.filter(
      ({ partitionIndex }) => !done.has(topicPartitionName({ topic: name, partition: partitionIndex })),
    );
    return left.length === 0 ? [] : [{ name, partitions: left }];
  });
}

/** One entry a topic. */
export function mergeAnswers(...answers: readonly CommitAnswer[]): CommitAnswer {
  const byTopic = new Map<string, CommitAnswer['topics'][number]['partitions']>();
  for (const { topics } of answers)
    for (const { name, partitions } of topics) byTopic.set(name, [...(byTopic.get(name) ?? []), ...partitions]);
  return { topics: [...byTopic].map(([name, partitions]) => ({ name, partitions })) };
}

export function offsetFetch(turn: CoordinatorTurn, to: RequestTag, request: OffsetFetchRequest): void {
  const groups = request.groups.map((asked) => fetchedOffsets(turn, asked, request.requireStable));
  turn.replies.push({ to, api: 'OffsetFetch', body: { groups } });
}

type FetchedGroup = OffsetFetchResponse['groups'][number];

function fetchedOffsets(
  turn: CoordinatorTurn,
  { groupId, topics }: OffsetFetchRequest['groups'][number],
  requireStable: boolean,
): FetchedGroup {
  const error = groupStatusError(turn, groupId, { mayBeEmpty: true });
  if (error !== null) return { errorCode: error, groupId, topics: [] };
  const found = groupOf(turn, groupId);
  const group = found === undefined || found.state === 'Dead' ? null : found;
  const committed = mutableMapOrder(
    [...(group?.offsets.committed.values() ?? [])].map((record) => record.committed.topicPartition),
  );
  const asked: readonly TopicPartition[] =
    topics === null
      ? committed
      : topics.flatMap(({ name, partitionIndexes }) =>
          partitionIndexes.map((partition) => ({ topic: name, partition })),
        );
  const byTopic = new Map<string, FetchedGroup['topics'][number]['partitions']>();
  for (const partition of scalaImmutableOrder(asked, javaTopicPartitionHash)) {
    const { topic } = partition;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), fetchedOffset(group, partition, requireStable)]);
  }
  return {
    errorCode: 'NONE',
    groupId,
    topics: [...byTopic].map(([name, partitions]) => ({ name, partitions })),
  };
}

/** As `GroupMetadata#allOffsets` lists them. */
function mutableMapOrder(partitions: readonly TopicPartition[]): readonly TopicPartition[] {
  const hashOf = (name: string): number => javaTopicPartitionHash(parseTopicPartition(name));
  const map = partitions.reduce(
    (before, partition) => scalaPut(before, topicPartitionName(partition), partition, hashOf),
    emptyScalaMap<TopicPartition>(),
  );
  return map.entries.map(({ value }) => value);
}

function fetchedOffset(
  group: Group | null,
  topicPartition: TopicPartition,
  requireStable: boolean,
): FetchedGroup['topics'][number]['partitions'][number] {
  const { partition: partitionIndex } = topicPartition;
  const none = {
    partitionIndex,
    committedOffset: NO_OFFSET satisfies Offset,
    committedLeaderEpoch: NO_LEADER_EPOCH satisfies LeaderEpoch,
    metadata: '',
  };
  if (group === null) return { ...none, errorCode: 'NONE' };
  if (requireStable && isUnstable(group.offsets, topicPartition))
    return { ...none, errorCode: 'UNSTABLE_OFFSET_COMMIT' };
  const record = group.offsets.committed.get(topicPartitionName(topicPartition));
  if (record === undefined) return { ...none, errorCode: 'NONE' };
  const { offset, leaderEpoch, metadata } = record.committed;
  return {
    partitionIndex,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch,
    metadata,
    errorCode: 'NONE',
  };
}
