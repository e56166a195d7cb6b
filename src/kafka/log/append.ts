/**
 * Appending batches to a log: as leader, which gives offsets and its epoch and checks sequences, or as follower, which keeps what it
 * fetched.
 *
 * Follows `kafka.log.UnifiedLog#append` (3.9.0). Failures are values with Kafka's error name; as in Kafka, a
 * refused append may have rolled the segment or noted the leader epoch already, so that the result always carries the log.
 */
import type { ErrorName } from '../errors.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../ids.ts';
import type { KafkaRecord } from '../record/record.ts';
import { hasProducerId, type RecordBatch, totalSizeInBytes } from '../record/recordBatch.ts';
import { topicPartitionName } from '../topicPartition.ts';
import { assignEpoch } from './leaderEpochCache.ts';
import { appendToSegment, describeAppend, type SegmentAppend, shouldRoll } from './logSegment.ts';
import { type AppendRejection, checkBatchSize, rejectAppend, validateForLeader } from './logValidator.ts';
import { type PartitionLog, rollLog, withHighWatermark } from './partitionLog.ts';
import {
  lastStableOffsetAfter,
  type ProducerState,
  producerEntryOrEmpty,
  withCompletedTransaction,
  withMapEndOffset,
  withProducer,
} from './producerState.ts';
import {
  type AppendOrigin,
  type BatchMetadata,
  type CompletedTransaction,
  findDuplicateBatch,
  firstOffsetOf,
  updateProducer,
} from './producerStateEntry.ts';

export type AppendResult =
  | {
      /** A duplicate is answered with the offsets of its first append, and not written again. */
      readonly outcome: 'appended' | 'duplicate';
      readonly log: PartitionLog;
      readonly firstOffset: Offset;
      readonly lastOffset: Offset;
      /** −1 with CreateTime, except for a duplicate. */
      readonly logAppendTime: TimestampMs;
      /** As stored: a follower's log can share them. */
      readonly batches: readonly RecordBatch[];
    }
  | AppendRejection;

export interface LeaderAppend {
  readonly leaderEpoch: LeaderEpoch;
  readonly nowMs: TimestampMs;
  /** A client's batch is checked entirely, a coordinator's for its epochs only. */
  readonly origin?: AppendOrigin;
}

/** Gives the batch the next offsets and the leader's epoch. A producer's batch has base offset 0. */
export function appendAsLeader(
  log: PartitionLog,
  batch: RecordBatch,
  { leaderEpoch, nowMs, origin = 'client' }: LeaderAppend,
): AppendResult {
  const invalid = validateForLeader(log, batch, { origin, nowMs });
  if (invalid !== null) return invalid;
  const isLogAppendTime = log.config.messageTimestampType === 'LogAppendTime';
  const stamped = stampBatch(batch, log.logEndOffset, leaderEpoch, isLogAppendTime ? nowMs : null);
  return appendBatches(log, [stamped], { origin, nowMs, logAppendTime: isLogAppendTime ? nowMs : (-1 as TimestampMs) });
}

/** Keeps offsets and epochs of batches fetched from the leader, in one write. */
export function appendAsFollower(
  log: PartitionLog,
  batches: readonly RecordBatch[],
  { nowMs }: { readonly nowMs: TimestampMs },
): AppendResult {
  const first = batches[0];
  const noTime = -1 as TimestampMs;
  if (first === undefined) {
    const lastOffset = (log.logEndOffset - 1) as Offset;
    return { outcome: 'appended', log, firstOffset: log.logEndOffset, lastOffset, logAppendTime: noTime, batches };
  }
  const name = topicPartitionName(log.topicPartition);
  for (const batch of batches) {
    const tooLarge = checkBatchSize(log, batch);
    if (tooLarge !== null) return tooLarge;
  }
  if (first.baseOffset < log.logEndOffset) {
    const message =
      `Unexpected offset in append to ${name}. First offset ${first.baseOffset} is less than the next offset ${log.logEndOffset}. ` +
      `Log start offset = ${log.logStartOffset}`;
    return rejectAppend(log, 'UNKNOWN_SERVER_ERROR', message);
  }
  return appendBatches(log, batches, { origin: 'replication', nowMs, logAppendTime: noTime });
}

/** The batch with its place in the log; the same records when it already has it. */
function stampBatch(
  batch: RecordBatch,
  baseOffset: Offset,
  partitionLeaderEpoch: LeaderEpoch,
  logAppendTime: TimestampMs | null,
): RecordBatch {
  const shift = baseOffset - batch.baseOffset;
  const records: readonly KafkaRecord[] =
    shift === 0
      ? batch.records
      : batch.records.map(({ offset, timestamp, key, value, headers }) => ({
          offset: (offset + shift) as Offset,
          timestamp,
          key,
          value,
          headers,
        }));
  return {
    ...batch,
    baseOffset,
    lastOffset: (batch.lastOffset + shift) as Offset,
    partitionLeaderEpoch,
    timestampType: logAppendTime === null ? 'CreateTime' : 'LogAppendTime',
    maxTimestamp: logAppendTime ?? batch.maxTimestamp,
    records,
  };
}

function appendBatches(
  log: PartitionLog,
  batches: readonly RecordBatch[],
  {
    origin,
    nowMs,
    logAppendTime,
  }: { readonly origin: AppendOrigin; readonly nowMs: TimestampMs; readonly logAppendTime: TimestampMs },
): AppendResult {
  const appended = describeAppend(batches);
  const sizeInBytes = totalSizeInBytes(batches);
  const firstOffset = batches[0]!.baseOffset;
  const lastOffset = batches[batches.length - 1]!.lastOffset;
  let leaderEpochs = log.leaderEpochs;
  for (const { partitionLeaderEpoch: epoch, baseOffset: startOffset } of batches) {
    if (epoch >= 0) leaderEpochs = assignEpoch(leaderEpochs, { epoch, startOffset });
  }
  let next: PartitionLog = leaderEpochs === log.leaderEpochs ? log : { ...log, leaderEpochs };
  if (sizeInBytes > log.config.segmentBytes) {
    return rejectAppend(
      next,
      'RECORD_LIST_TOO_LARGE',
      `Message batch size is ${sizeInBytes} bytes in append to partition ${topicPartitionName(log.topicPartition)}, ` +
        `which exceeds the maximum configured segment size of ${log.config.segmentBytes}.`,
    );
  }
  if (
    shouldRoll(
      next.activeSegment,
      { sizeInBytes, largestTimestamp: appended.largestTimestamp, lastOffset },
      log.config,
      nowMs,
    )
  ) {
    next = rollLog(next, { nowMs, nextOffset: firstOffset });
  }
  const update = updateProducers(next.producers, batches, {
    origin,
    partition: topicPartitionName(log.topicPartition),
  });
  if (update.outcome === 'rejected') return rejectAppend(next, update.error, update.message);
  if (update.outcome === 'duplicate') {
    const { duplicate } = update;
    return {
      outcome: 'duplicate',
      log: next,
      firstOffset: firstOffsetOf(duplicate),
      lastOffset: duplicate.lastOffset,
      logAppendTime: duplicate.timestamp,
      batches: [],
    };
  }
  return {
    outcome: 'appended',
    log: write(next, appended, update, nowMs),
    firstOffset,
    lastOffset,
    logAppendTime,
    batches,
  };
}

type ProducersUpdate =
  | {
      readonly outcome: 'accepted';
      readonly producers: ProducerState;
      readonly completed: readonly CompletedTransaction[];
    }
  | { readonly outcome: 'duplicate'; readonly duplicate: BatchMetadata }
  | { readonly outcome: 'rejected'; readonly error: ErrorName; readonly message: string };

function updateProducers(
  state: ProducerState,
  batches: readonly RecordBatch[],
  context: { readonly origin: AppendOrigin; readonly partition: string },
): ProducersUpdate {
  let producers = state;
  const completed: CompletedTransaction[] = [];
  for (const batch of batches) {
    if (!hasProducerId(batch)) continue;
    const entry = producerEntryOrEmpty(producers, batch.producerId);
    const duplicate = context.origin === 'client' ? findDuplicateBatch(entry, batch) : null;
    if (duplicate !== null) return { outcome: 'duplicate', duplicate };
    const update = updateProducer(entry, batch, context);
    if ('error' in update) return { outcome: 'rejected', ...update };
    producers = withProducer(producers, update.entry, update.startedAt);
    if (update.completed !== null) completed.push(update.completed);
  }
  return { outcome: 'accepted', producers, completed };
}

function write(
  log: PartitionLog,
  appended: SegmentAppend,
  { producers: updated, completed }: Extract<ProducersUpdate, { outcome: 'accepted' }>,
  nowMs: TimestampMs,
): PartitionLog {
  let activeSegment = appendToSegment(log.activeSegment, appended, {
    indexIntervalBytes: log.config.indexIntervalBytes,
    nowMs,
  });
  let producers = updated;
  for (const transaction of completed) {
    if (transaction.isAborted) {
      const { producerId, firstOffset, lastOffset } = transaction;
      const row = {
        producerId,
        firstOffset,
        lastOffset,
        lastStableOffset: lastStableOffsetAfter(producers, transaction),
      };
      activeSegment = { ...activeSegment, transactionIndex: [...activeSegment.transactionIndex, row] };
    }
    producers = withCompletedTransaction(producers, transaction);
  }
  const logEndOffset = (appended.batches[appended.batches.length - 1]!.lastOffset + 1) as Offset;
  const next = { ...log, activeSegment, logEndOffset, producers: withMapEndOffset(producers, logEndOffset) };
  return log.highWatermark >= logEndOffset ? withHighWatermark(next, logEndOffset) : next;
}
