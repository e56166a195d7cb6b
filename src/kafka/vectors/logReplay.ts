/**
 * A log under replay: settings by their topic names, segments as the vectors write them.
 */
import { textOf } from '../bytes.ts';
import { logConfigOf } from '../config/topicSettings.ts';
import type { TimestampMs } from '../ids.ts';
import { itemsFrom } from '../log/chunkedList.ts';
import { largestTimestampOf } from '../log/logSegment.ts';
import { createLog, type PartitionLog, segmentsOf } from '../log/partitionLog.ts';
import { markerOf } from '../record/controlRecord.ts';
import { hasProducerId, type RecordBatch } from '../record/recordBatch.ts';
import type { Json } from './json.ts';

export const START_TIME_MS = 1_700_000_000_000 as TimestampMs;
export const EXAMPLE_PARTITION = { topic: 't', partition: 0 };

/** As the vectors write them: by their topic names, numbers as numbers. */
export type TopicSettings = Readonly<Record<string, number | string>>;

export function exampleLog(settings: TopicSettings, nowMs: TimestampMs = START_TIME_MS): PartitionLog {
  const config = logConfigOf(
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  );
  return createLog(EXAMPLE_PARTITION, { config, nowMs });
}

/** [base offset, bytes, largest timestamp, offset index entries, time index entries] of each segment. */
export function segmentRows(log: PartitionLog): Json {
  return segmentsOf(log).map((segment) => [
    segment.baseOffset,
    segment.sizeInBytes,
    largestTimestampOf(segment),
    segment.offsetIndex.length,
    segment.timeIndex.length,
  ]);
}

export function segmentContents(log: PartitionLog): Json {
  return segmentsOf(log).map((segment) => ({
    base: segment.baseOffset,
    size: segment.sizeInBytes,
    batches: [...itemsFrom(segment.batches)].map(({ batch }) => batchContents(batch)),
  }));
}

function batchContents(batch: RecordBatch): Json {
  const marker = markerOf(batch);
  return {
    base: batch.baseOffset,
    last: batch.lastOffset,
    size: batch.sizeInBytes,
    ...(batch.deleteHorizonMs === null ? {} : { deleteHorizonMs: batch.deleteHorizonMs }),
    ...(hasProducerId(batch) ? { pid: batch.producerId, baseSeq: batch.baseSequence } : {}),
    ...(hasProducerId(batch) && batch.isTransactional ? { txn: true } : {}),
    records: batch.records.map(({ offset, key, value }) =>
      marker === null
        ? [offset, key === null ? null : textOf(key), value === null ? null : textOf(value)]
        : [offset, marker.type],
    ),
  };
}
