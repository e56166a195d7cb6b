/** ListOffsets, OffsetForLeaderEpoch, DeleteRecords: places in a log (`KafkaApis`, `Partition`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch, Offset, TimestampMs } from '../../../kafka/ids.ts';
import { NO_LEADER_EPOCH, NO_OFFSET, NO_TIMESTAMP } from '../../../kafka/ids.ts';
import {
  EARLIEST_LOCAL_TIMESTAMP,
  EARLIEST_TIMESTAMP,
  LATEST_TIERED_TIMESTAMP,
  LATEST_TIMESTAMP,
  MAX_TIMESTAMP,
  offsetForTimestamp,
} from '../../../kafka/log/offsetForTimestamp.ts';
import {
  epochEndOffset,
  incrementLogStartOffset,
  lastStableOffset,
  type PartitionLog,
} from '../../../kafka/log/partitionLog.ts';
import type { ListOffsetsPartitionResponse } from '../../protocol/kafka/records.ts';
import { findPartition } from '../broker.ts';
import { delay, type DelayedOperation } from '../delayedOperations.ts';
import type { HostedPartition } from '../hostedPartition.ts';
import { partitionState } from '../metadataCache.ts';
import { partitionAt } from '../partition.ts';
import { type Call, respond } from '../requestChannel.ts';
import { putPartition, tellFact, type Turn } from '../turn.ts';

interface Led extends HostedPartition {
  readonly log: PartitionLog;
}

/** The partition, if it is led from here at that epoch (−1: any). */
function ledPartition(turn: Turn, topic: string, partition: number, epoch: LeaderEpoch): Led | ErrorName {
  const found = findPartition(turn.broker, topic, partition);
  if (found === undefined)
    return partitionState(turn.broker.metadata, topic, partition) === undefined
      ? 'UNKNOWN_TOPIC_OR_PARTITION'
      : 'NOT_LEADER_OR_FOLLOWER';
  if (found.role === 'offline') return 'KAFKA_STORAGE_ERROR';
  if (epoch !== NO_LEADER_EPOCH && epoch < found.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (epoch !== NO_LEADER_EPOCH && epoch > found.leaderEpoch) return 'UNKNOWN_LEADER_EPOCH';
  const { log } = found;
  return found.role !== 'leader' || log === null ? 'NOT_LEADER_OR_FOLLOWER' : { ...found, log };
}

/** Negative timestamps that stand for a place (`KafkaApis.timestampMinSupportedVersion`). */
const knownPlaces: ReadonlySet<number> = new Set([
  LATEST_TIMESTAMP,
  EARLIEST_TIMESTAMP,
  MAX_TIMESTAMP,
  EARLIEST_LOCAL_TIMESTAMP,
  LATEST_TIERED_TIMESTAMP,
]);

export function handleListOffsets(turn: Turn, call: Call<'ListOffsets'>): void {
  const { topics, replicaId, isolationLevel } = call.body;
  respond(turn, call, {
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, currentLeaderEpoch, timestamp }) => {
        if (timestamp < 0 && !knownPlaces.has(timestamp)) return noOffset(partitionIndex, 'UNSUPPORTED_VERSION');
        const partition = ledPartition(turn, name, partitionIndex, currentLeaderEpoch);
        return typeof partition === 'string'
          ? noOffset(partitionIndex, partition)
          : findOffset(partition, timestamp, replicaId < 0 ? isolationLevel : null);
      }),
    })),
  });
}

const noOffset = (partitionIndex: number, errorCode: ErrorName): ListOffsetsPartitionResponse => ({
  partitionIndex,
  errorCode,
  timestamp: NO_TIMESTAMP,
  offset: NO_OFFSET,
  leaderEpoch: NO_LEADER_EPOCH,
});

/** Isolation level null: a follower, which sees the whole log. */
function findOffset(
  { partition, log, leaderEpoch, leaderEpochStartOffset }: Led,
  timestamp: number,
  isolationLevel: 0 | 1 | null,
): ListOffsetsPartitionResponse {
  const end =
    isolationLevel === null ? log.logEndOffset : isolationLevel === 1 ? lastStableOffset(log) : log.highWatermark;
  // A new leader's high watermark may lie behind what its predecessor has shown.
  const isLagging = isolationLevel !== null && leaderEpochStartOffset > log.highWatermark;
  if (timestamp === LATEST_TIMESTAMP) {
    if (isLagging) return noOffset(partition, 'OFFSET_NOT_AVAILABLE');
    return { partitionIndex: partition, errorCode: 'NONE', timestamp: NO_TIMESTAMP, offset: end, leaderEpoch };
  }
  const found = offsetForTimestamp(log, timestamp as TimestampMs);
  const isPlace = timestamp === EARLIEST_TIMESTAMP || timestamp === EARLIEST_LOCAL_TIMESTAMP;
  if (found === null || (!isPlace && found.offset >= end))
    return noOffset(partition, isLagging ? 'OFFSET_NOT_AVAILABLE' : 'NONE');
  return {
    partitionIndex: partition,
    errorCode: 'NONE',
    timestamp: found.timestamp,
    offset: found.offset,
    leaderEpoch: found.leaderEpoch ?? NO_LEADER_EPOCH,
  };
}

export function handleOffsetForLeaderEpoch(turn: Turn, call: Call<'OffsetForLeaderEpoch'>): void {
  respond(turn, call, {
    topics: call.body.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) => {
        const found = ledPartition(turn, topic, partition, currentLeaderEpoch);
        if (typeof found === 'string')
          return { partition, errorCode: found, leaderEpoch: NO_LEADER_EPOCH, endOffset: NO_OFFSET };
        const end = epochEndOffset(found.log, leaderEpoch);
        return { partition, errorCode: 'NONE' as const, leaderEpoch: end.epoch, endOffset: end.endOffset };
      }),
    })),
  });
}

interface Deletion {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: ErrorName;
  readonly index: number;
  readonly upTo: Offset;
}

/** The leader's log start moves at once; the answer waits for the followers' to have followed. */
export function handleDeleteRecords(turn: Turn, call: Call<'DeleteRecords'>): void {
  const deletions = call.body.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, offset }) => deleteRecords(turn, name, partitionIndex, offset)),
  );
  if (areDeleted(turn, deletions)) return answerDeletions(turn, call, deletions, { isLate: false });
  delay(turn, delayedDeletion(call, deletions), call.body.timeoutMs);
}

const delayedDeletion = (call: Call<'DeleteRecords'>, deletions: readonly Deletion[]): DelayedOperation => ({
  kind: 'deleteRecords',
  partitions: new Set(deletions.map(({ index }) => index)),
  tryComplete: (turn) => {
    if (!areDeleted(turn, deletions)) return false;
    answerDeletions(turn, call, deletions, { isLate: false });
    return true;
  },
  expire: (turn) => answerDeletions(turn, call, deletions, { isLate: true }),
});

/** The lowest log start of the leader and its followers. */
function lowWatermark(turn: Turn, { index }: Deletion): Offset {
  const partition = partitionAt(turn, index);
  const starts = (partition?.followers ?? [])
    .filter(({ brokerId }) => isFollowing(turn, brokerId))
    .map(({ logStartOffset }) => logStartOffset);
  return starts.reduce((low, start) => (start < low ? start : low), partition?.log?.logStartOffset ?? NO_OFFSET);
}

const areDeleted = (turn: Turn, deletions: readonly Deletion[]): boolean =>
  deletions.every((deletion) => deletion.errorCode !== 'NONE' || lowWatermark(turn, deletion) >= deletion.upTo);

function answerDeletions(
  turn: Turn,
  call: Call<'DeleteRecords'>,
  deletions: readonly Deletion[],
  { isLate }: { readonly isLate: boolean },
): void {
  respond(turn, call, {
    topics: call.body.topics.map(({ name }) => ({
      name,
      partitions: deletions
        .filter(({ topic }) => topic === name)
        .map((deletion) => {
          const low = lowWatermark(turn, deletion);
          const isTimedOut = isLate && deletion.errorCode === 'NONE' && low < deletion.upTo;
          return {
            partitionIndex: deletion.partition,
            errorCode: isTimedOut ? ('REQUEST_TIMED_OUT' as const) : deletion.errorCode,
            lowWatermark: deletion.errorCode === 'NONE' ? low : NO_OFFSET,
          };
        }),
    })),
  });
}

const isFollowing = ({ broker }: Turn, id: BrokerId): boolean =>
  broker.metadata.aliveBrokers.some((alive) => alive.id === id);

function deleteRecords(turn: Turn, topic: string, partition: number, offset: Offset): Deletion {
  const fail = (errorCode: ErrorName): Deletion => ({ topic, partition, errorCode, index: -1, upTo: NO_OFFSET });
  const found = ledPartition(turn, topic, partition, NO_LEADER_EPOCH);
  if (typeof found === 'string') return fail(found);
  if (!found.log.config.isDeleted) return fail('POLICY_VIOLATION');
  const upTo = offset === -1 ? found.log.highWatermark : offset;
  if (upTo < 0) return fail('OFFSET_OUT_OF_RANGE');
  const moved = incrementLogStartOffset(found.log, upTo);
  if (moved.outcome === 'outOfRange') return fail('OFFSET_OUT_OF_RANGE');
  if (moved.outcome === 'moved') {
    putPartition(turn, { ...found, log: moved.log });
    tellFact(turn, 'logStartMoved', { broker: turn.broker.brokerId, topic, partition, to: upTo });
  }
  return { topic, partition, errorCode: 'NONE', index: found.index, upTo };
}
