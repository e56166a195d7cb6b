/**
 * Replays of `05-record-batch-v2` and `05-record-size`.
 */
import { type Bytes, hexOf, utf8, zeroBytes } from '../bytes.ts';
import type { CoordinatorEpoch, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { attributesOf, checksumOf, decodeBatch, encodeBatch } from '../record/batchCodec.ts';
import { type ControlType, createMarkerBatch } from '../record/controlRecord.ts';
import { NO_HEADERS, recordSizeInBytes } from '../record/record.ts';
import {
  batchSizeUpperBound,
  createBatch,
  lastSequenceOf,
  type RecordBatch,
  sequenceOf,
} from '../record/recordBatch.ts';
import type { Json } from './json.ts';

interface DataBatchInput {
  readonly baseOffset: Offset;
  readonly logAppendTime: TimestampMs | null;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly baseSequence: number;
  readonly transactional: boolean;
  readonly partitionLeaderEpoch: LeaderEpoch;
  readonly records: readonly {
    readonly timestamp: TimestampMs;
    readonly key: string | null;
    readonly value: string | null;
    readonly headers?: readonly (readonly [string, string | null])[];
  }[];
}
interface MarkerInput {
  readonly control: ControlType;
  readonly coordinatorEpoch: CoordinatorEpoch;
  readonly baseOffset: Offset;
  readonly timestamp: TimestampMs;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly partitionLeaderEpoch: LeaderEpoch;
}

export function replayRecordBatch(input: DataBatchInput | MarkerInput): Json {
  return describe('control' in input ? markerBatch(input) : dataBatch(input));
}

const bytesOrNull = (text: string | null): Bytes | null => (text === null ? null : utf8(text));

function dataBatch({ records, logAppendTime, transactional, ...header }: DataBatchInput): RecordBatch {
  const { baseOffset, producerId, producerEpoch, baseSequence, partitionLeaderEpoch } = header;
  return createBatch(
    records.map(({ timestamp, key, value, headers }) => ({
      timestamp,
      key: bytesOrNull(key),
      value: bytesOrNull(value),
      headers: headers?.map(([name, content]) => ({ key: name, value: bytesOrNull(content) })) ?? NO_HEADERS,
    })),
    {
      baseOffset,
      producerId,
      producerEpoch,
      baseSequence,
      partitionLeaderEpoch,
      isTransactional: transactional,
      ...(logAppendTime === null ? {} : { logAppendTime }),
    },
  );
}

function markerBatch({ control, coordinatorEpoch, ...header }: MarkerInput): RecordBatch {
  return createMarkerBatch({ type: control, coordinatorEpoch }, header);
}

function describe(batch: RecordBatch): Json {
  const bytes = encodeBatch(batch);
  const { baseOffset, baseTimestamp } = batch;
  return {
    sizeInBytes: batch.sizeInBytes,
    recordSizes: batch.records.map((record) =>
      recordSizeInBytes(record, {
        offsetDelta: record.offset - baseOffset,
        timestampDelta: record.timestamp - baseTimestamp,
      }),
    ),
    offsets: batch.records.map((record) => record.offset),
    sequences: batch.records.map((record) => sequenceOf(record, batch)),
    baseOffset,
    lastOffset: batch.lastOffset,
    lastOffsetDelta: batch.lastOffset - baseOffset,
    attributes: attributesOf(batch),
    baseTimestamp,
    maxTimestamp: batch.maxTimestamp,
    lastSequence: lastSequenceOf(batch),
    crc32c: checksumOf(batch),
    valid: decodeBatch(bytes).outcome === 'batch',
    hex: hexOf(bytes),
  };
}

interface RecordSizeInput {
  /** −1: null. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly offsetDelta: number;
  readonly timestampDelta: number;
}

export function replayRecordSize({ keySize, valueSize, offsetDelta, timestampDelta }: RecordSizeInput): Json {
  const ofSize = (size: number) => (size < 0 ? null : zeroBytes(size));
  const record = { key: ofSize(keySize), value: ofSize(valueSize), headers: NO_HEADERS };
  return {
    recordSize: recordSizeInBytes(record, { offsetDelta, timestampDelta }),
    batchUpperBound: batchSizeUpperBound(record),
  };
}
