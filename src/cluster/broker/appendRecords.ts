/**
 * Appending to partitions that this broker leads, and waiting for their replicas.
 *
 * Follows `kafka.server.ReplicaManager#appendRecords`, `Partition#appendRecordsToLeader` and `DelayedProduce` (3.9.0).
 */
import { type ErrorName, kafkaErrors } from '../../kafka/errors.ts';
import { NO_OFFSET, NO_TIMESTAMP, type BrokerId, type LeaderEpoch, type Offset } from '../../kafka/ids.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { appendAsLeader } from '../../kafka/log/append.ts';
import type { AppendOrigin } from '../../kafka/log/producerStateEntry.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { ProducePartitionResponse } from '../protocol/kafka/records.ts';
import { findPartition } from './broker.ts';
import { completeDelayed, delay, type DelayedOperation } from './delayedOperations.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { isUnderMinIsr, maximalIsr } from './hostedPartition.ts';
import { appending, canWrite } from './logDirFailure.ts';
import { incrementLeaderHighWatermark, partitionAt } from './partition.ts';
import { afterDisk } from './slowDisk.ts';
import { error, info, putPartition, tellFact, type Turn } from './turn.ts';

export interface AppendEntry {
  readonly topic: string;
  readonly partition: number;
  readonly batch: RecordBatch;
}
export interface AppendOptions {
  readonly acks: 0 | 1 | -1;
  readonly timeoutMs: number;
  readonly origin: AppendOrigin;
  readonly internalTopicsAllowed: boolean;
}
/** In the order of the entries. */
export type AppendCallback = (turn: Turn, results: readonly AppendedPartition[]) => void;
export interface AppendedPartition extends ProducePartitionResponse {
  readonly topic: string;
}

const LOGGER = 'kafka.server.ReplicaManager';

/** Calls back with the outcome: at once, or with acks −1 when every partition is replicated or the time is over. */
export function appendRecords(
  turn: Turn,
  entries: readonly AppendEntry[],
  options: AppendOptions,
  callback: AppendCallback,
): void {
  if (turn.host === undefined && turn.broker.diskWaits.length === 0) return appendNow(turn, entries, options, callback);
  const dirs = entries.map(({ topic, partition }) => findPartition(turn.broker, topic, partition)?.logDir ?? '');
  afterDisk(turn, dirs, appendLater(entries, options, callback));
}

/** Made by a function of its own, so that it keeps these values alive and not the turn in which it waits. */
const appendLater =
  (entries: readonly AppendEntry[], options: AppendOptions, callback: AppendCallback) =>
  (turn: Turn): void =>
    appendNow(turn, entries, options, callback);

function appendNow(
  turn: Turn,
  entries: readonly AppendEntry[],
  options: AppendOptions,
  callback: AppendCallback,
): void {
  const appended = entries.map((entry) => appendToLocalLog(turn, entry, options));
  answerAppends(turn, appended, options, callback);
  // What waits for any of the partitions sees all of them (`ReplicaManager#addCompletePurgatoryAction`).
  for (const { index, change } of appended) {
    if (change === 'highWatermark') completeDelayed(turn, index, 'highWatermark');
    if (change !== 'none') completeDelayed(turn, index, 'append');
  }
}

function answerAppends(
  turn: Turn,
  appended: readonly Appended[],
  options: AppendOptions,
  callback: AppendCallback,
): void {
  if (options.acks !== -1 || appended.every(({ result }) => result.errorCode !== 'NONE'))
    return callback(
      turn,
      appended.map(({ result }) => result),
    );
  const results = settle(turn, appended);
  if (isSettled(results)) return callback(turn, results);
  delay(turn, delayedProduce(appended, callback), options.timeoutMs);
}

const delayedProduce = (appended: readonly Appended[], callback: AppendCallback): DelayedOperation => ({
  kind: 'produce',
  partitions: new Set(accepted(appended).map(({ index }) => index)),
  awaits: new Map(accepted(appended).map(({ index, requiredOffset }) => [index, requiredOffset])),
  tryComplete: (turn) => {
    const results = settle(turn, appended);
    if (!isSettled(results)) return false;
    callback(turn, results);
    return true;
  },
  expire: (turn) =>
    callback(
      turn,
      settle(turn, appended).map((result, at) => result ?? refused(appended[at]!.result, 'REQUEST_TIMED_OUT')),
    ),
});

const accepted = (appended: readonly Appended[]): readonly Appended[] =>
  appended.filter(({ result }) => result.errorCode === 'NONE');

/** What has become of each append; null: not known yet. */
function settle(turn: Turn, appended: readonly Appended[]): readonly (AppendedPartition | null)[] {
  return appended.map((one) => (one.result.errorCode === 'NONE' ? replicated(turn, one) : one.result));
}

function isSettled(results: readonly (AppendedPartition | null)[]): results is readonly AppendedPartition[] {
  return results.every((result) => result !== null);
}

interface Appended {
  /** −1 when this broker does not have the partition. */
  readonly index: number;
  readonly requiredOffset: Offset;
  readonly result: AppendedPartition;
  /** What the append has moved. */
  readonly change: 'none' | 'logEnd' | 'highWatermark';
}

/** Null: not yet (`Partition#checkEnoughReplicasReachOffset`). */
function replicated(turn: Turn, { index, requiredOffset, result }: Appended): AppendedPartition | null {
  const partition = partitionAt(turn, index);
  if (partition?.role === 'offline') return refused(result, 'KAFKA_STORAGE_ERROR');
  if (partition?.role !== 'leader' || partition.log === null) return refused(result, 'NOT_LEADER_OR_FOLLOWER');
  if (partition.log.highWatermark < requiredOffset) return null;
  return partition.effectiveMinIsr <= maximalIsr(partition).length
    ? result
    : refused(result, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND');
}

const refused = (result: AppendedPartition, errorCode: ErrorName): AppendedPartition => ({ ...result, errorCode });

function appendToLocalLog(
  turn: Turn,
  { topic, partition: number, batch }: AppendEntry,
  options: AppendOptions,
): Appended {
  const partition = findPartition(turn.broker, topic, number);
  const fail = (errorCode: ErrorName, errorMessage: string | null = null): Appended => ({
    index: partition?.index ?? -1,
    requiredOffset: NO_OFFSET,
    result: { ...emptyResult(topic, number), errorCode, errorMessage },
    change: 'none',
  });
  if (isInternalTopic(topic) && !options.internalTopicsAllowed) return fail('INVALID_TOPIC_EXCEPTION');
  if (partition === undefined)
    // A partition that the cluster has, but not here.
    return fail(
      turn.broker.metadata.topics.get(topic)?.partitions[number] === undefined
        ? 'UNKNOWN_TOPIC_OR_PARTITION'
        : 'NOT_LEADER_OR_FOLLOWER',
    );
  if (partition.role === 'offline') return fail('KAFKA_STORAGE_ERROR');
  if (partition.role !== 'leader' || partition.log === null) return fail('NOT_LEADER_OR_FOLLOWER');
  const { effectiveMinIsr, isr } = partition;
  if (options.acks === -1 && isUnderMinIsr(partition)) {
    const message =
      `The size of the current ISR Set(${isr.join(', ')}) is insufficient to satisfy the min.isr requirement of ` +
      `${effectiveMinIsr} for partition ${topicPartitionName(partition)}`;
    logFailure(turn, partition, 'NOT_ENOUGH_REPLICAS', message);
    return fail('NOT_ENOUGH_REPLICAS');
  }
  const { leaderEpoch } = partition;
  const append = appendAsLeader(partition.log, batch, { leaderEpoch, nowMs: turn.nowMs, origin: options.origin });
  if (append.outcome === 'appended' && !canWrite(turn, partition.logDir, appending(partition)))
    return fail('KAFKA_STORAGE_ERROR');
  if (append.log !== partition.log) putPartition(turn, { ...partition, log: append.log });
  if (append.outcome === 'rejected') {
    if (!isOrdinary(append.error)) logFailure(turn, partition, append.error, append.message);
    const failed = fail(append.error, append.recordErrors.length > 0 ? append.message : null);
    const recordErrors = append.recordErrors.map(({ batchIndex, message }) => ({
      batchIndex,
      batchIndexErrorMessage: message,
    }));
    const logStartOffset = isOrdinary(append.error) ? NO_OFFSET : partition.log.logStartOffset;
    return { ...failed, result: { ...failed.result, recordErrors, logStartOffset } };
  }
  if (append.outcome === 'appended') tellAppend(turn, partition, append.log.activeSegment.baseOffset, append);
  const result: AppendedPartition = {
    ...emptyResult(topic, number),
    baseOffset: append.firstOffset,
    logAppendTimeMs: append.logAppendTime,
    logStartOffset: append.log.logStartOffset,
  };
  const isMoved = append.outcome === 'appended' && incrementLeaderHighWatermark(turn, partition.index);
  const change = append.outcome !== 'appended' ? 'none' : isMoved ? 'highWatermark' : 'logEnd';
  return { index: partition.index, requiredOffset: (append.lastOffset + 1) as Offset, result, change };
}

const emptyResult = (topic: string, index: number): AppendedPartition => ({
  topic,
  index,
  errorCode: 'NONE',
  errorMessage: null,
  baseOffset: NO_OFFSET,
  logAppendTimeMs: NO_TIMESTAMP,
  logStartOffset: NO_OFFSET,
  recordErrors: [],
  currentLeader: { leaderId: -1 as BrokerId, leaderEpoch: -1 as LeaderEpoch },
});

function tellAppend(
  turn: Turn,
  partition: HostedPartition,
  activeBase: Offset,
  { firstOffset, lastOffset }: { readonly firstOffset: Offset; readonly lastOffset: Offset },
): void {
  const { topic, partition: number } = partition;
  const broker = turn.broker.brokerId;
  tellFact(turn, 'recordsAppended', {
    broker,
    topic,
    partition: number,
    baseOffset: firstOffset,
    lastOffset,
    as: 'leader',
  });
  if (partition.log !== null && activeBase !== partition.log.activeSegment.baseOffset)
    tellFact(turn, 'segmentRolled', { broker, topic, partition: number, baseOffset: activeBase });
}

/** Failures that Kafka does not log. */
function isOrdinary(failure: ErrorName): boolean {
  return ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'CORRUPT_MESSAGE'].includes(failure);
}

function logFailure(turn: Turn, partition: HostedPartition, failure: ErrorName, message: string): void {
  const text = `[ReplicaManager broker=${turn.broker.brokerId}] Error processing append operation on partition ${topicPartitionName(partition)}`;
  const exception = [`org.apache.kafka.common.errors.${kafkaErrors[failure].exception}: ${message}`];
  if (failure === 'INVALID_PRODUCER_EPOCH') info(turn, text, LOGGER);
  else error(turn, text, LOGGER, exception);
}
