/**
 * What a leader checks of a batch before it gives it offsets.
 *
 * Follows `UnifiedLog#analyzeAndValidateRecords` and `org.apache.kafka.storage.internals.log.LogValidator` (3.9.0).
 */
import type { ErrorName } from '../errors.ts';
import type { TimestampMs } from '../ids.ts';
import { hasProducerId, type RecordBatch } from '../record/recordBatch.ts';
import { topicPartitionName } from '../topicPartition.ts';
import { FOREVER_MS } from './logConfig.ts';
import type { PartitionLog } from './partitionLog.ts';
import type { AppendOrigin } from './producerStateEntry.ts';

export interface RecordError {
  /** From 0 in the batch. */
  readonly batchIndex: number;
  readonly message: string;
}

export interface AppendRejection {
  readonly outcome: 'rejected';
  readonly log: PartitionLog;
  readonly error: ErrorName;
  readonly message: string;
  /** Records at fault, with their own messages (KIP-467). */
  readonly recordErrors: readonly RecordError[];
}

/** Null when the batch may be appended, as far as it alone can tell. */
export function validateForLeader(
  log: PartitionLog,
  batch: RecordBatch,
  { origin, nowMs }: { readonly origin: AppendOrigin; readonly nowMs: TimestampMs },
): AppendRejection | null {
  const name = topicPartitionName(log.topicPartition);
  if (origin === 'client' && batch.baseOffset !== 0) {
    const message = `The baseOffset of the record batch in the append to ${name} should be 0, but it is ${batch.baseOffset}`;
    return rejectAppend(log, 'INVALID_RECORD', message);
  }
  return (
    checkBatchSize(log, batch) ??
    (origin === 'client' ? validateClientBatch(log, batch, name) : null) ??
    validateRecords(log, batch, { nowMs, name })
  );
}

export function rejectAppend(
  log: PartitionLog,
  error: ErrorName,
  message: string,
  recordErrors: readonly RecordError[] = [],
): AppendRejection {
  return { outcome: 'rejected', log, error, message, recordErrors };
}

export function checkBatchSize(log: PartitionLog, batch: RecordBatch): AppendRejection | null {
  if (batch.sizeInBytes <= log.config.maxMessageBytes) return null;
  const name = topicPartitionName(log.topicPartition);
  return rejectAppend(
    log,
    'MESSAGE_TOO_LARGE',
    `The record batch size in the append to ${name} is ${batch.sizeInBytes} bytes ` +
      `which exceeds the maximum configured value of ${log.config.maxMessageBytes}.`,
  );
}

function validateClientBatch(log: PartitionLog, batch: RecordBatch, name: string): AppendRejection | null {
  if (batch.isControl) {
    return rejectAppend(
      log,
      'INVALID_RECORD',
      `Clients are not allowed to write control records in topic partition ${name}`,
    );
  }
  if (hasProducerId(batch) && batch.baseSequence < 0) {
    return rejectAppend(
      log,
      'INVALID_RECORD',
      `Invalid sequence number ${batch.baseSequence} in record batch with producerId ${batch.producerId} in topic partition ${name}`,
    );
  }
  return null;
}

/** Keys of a compacted topic, timestamps within bounds. */
function validateRecords(
  log: PartitionLog,
  batch: RecordBatch,
  { nowMs, name }: { nowMs: TimestampMs; name: string },
): AppendRejection | null {
  const { isCompacted, messageTimestampType, messageTimestampBeforeMaxMs, messageTimestampAfterMaxMs } = log.config;
  const checksTime =
    messageTimestampType === 'CreateTime' &&
    Math.min(messageTimestampBeforeMaxMs, messageTimestampAfterMaxMs) < FOREVER_MS;
  if (!isCompacted && !checksTime) return null;
  let hasInvalidTimestamp = false;
  const recordErrors: RecordError[] = [];
  batch.records.forEach(({ key, timestamp, offset }, batchIndex) => {
    if (isCompacted && key === null) {
      recordErrors.push({
        batchIndex,
        message: `Compacted topic cannot accept message without key in topic partition ${name}`,
      });
    } else if (
      checksTime &&
      timestamp >= 0 &&
      (nowMs - timestamp > messageTimestampBeforeMaxMs || timestamp - nowMs > messageTimestampAfterMaxMs)
    ) {
      hasInvalidTimestamp = true;
      const earliest = javaSum(nowMs, -messageTimestampBeforeMaxMs);
      const latest = javaSum(nowMs, messageTimestampAfterMaxMs);
      recordErrors.push({
        batchIndex,
        message:
          `Timestamp ${timestamp} of message with offset ${offset} is out of range. ` +
          `The timestamp should be within [${earliest}, ${latest}]`,
      });
    }
  });
  if (recordErrors.length === 0) return null;
  if (hasInvalidTimestamp) {
    return rejectAppend(
      log,
      'INVALID_TIMESTAMP',
      'One or more records have been rejected due to invalid timestamp',
      recordErrors,
    );
  }
  const shown = recordErrors.slice(0, 3).map((e) => `RecordError(batchIndex=${e.batchIndex}, message='${e.message}')`);
  return rejectAppend(
    log,
    'INVALID_RECORD',
    `One or more records have been rejected due to ${recordErrors.length} record errors in total, ` +
      `and only showing the first three errors at most: [${shown.join(', ')}]`,
    recordErrors,
  );
}

/** As Java adds longs: `Long.MAX_VALUE` stands for "never", and a sum beyond it comes out negative. */
function javaSum(timestamp: TimestampMs, durationMs: number): bigint {
  const never = 2n ** 63n - 1n;
  const duration = Math.abs(durationMs) >= FOREVER_MS ? never * BigInt(Math.sign(durationMs)) : BigInt(durationMs);
  return BigInt.asIntN(64, BigInt(timestamp) + duration);
}
