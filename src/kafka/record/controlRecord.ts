/**
 * The markers that end a transaction in a partition: a batch of one record, which takes an offset and is never shown to consumers.
 *
 * Follows `org.apache.kafka.common.record.ControlRecordType` and `EndTransactionMarker` (KIP-98).
 */
import type { Bytes } from '../bytes.ts';
import type { CoordinatorEpoch, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../ids.ts';
import { NO_HEADERS } from './record.ts';
import { createBatch, type RecordBatch } from './recordBatch.ts';
import { int16Bytes, int32Bytes, readInt16, readInt32 } from './varint.ts';

export type ControlType = 'ABORT' | 'COMMIT';
const CONTROL_TYPES: readonly ControlType[] = ['ABORT', 'COMMIT'];

export interface EndTransactionMarker {
  readonly type: ControlType;
  readonly coordinatorEpoch: CoordinatorEpoch;
}

/** The batch that a transaction coordinator has every partition of the transaction append. */
export function createMarkerBatch(
  { type, coordinatorEpoch }: EndTransactionMarker,
  header: {
    readonly timestamp: TimestampMs;
    readonly producerId: ProducerId;
    readonly producerEpoch: ProducerEpoch;
    readonly baseOffset?: Offset;
    readonly partitionLeaderEpoch?: LeaderEpoch;
  },
): RecordBatch {
  const version = int16Bytes(0);
  const key = (version + int16Bytes(CONTROL_TYPES.indexOf(type))) as Bytes;
  const value = (version + int32Bytes(coordinatorEpoch)) as Bytes;
  const { timestamp, ...rest } = header;
  return createBatch([{ timestamp, key, value, headers: NO_HEADERS }], {
    ...rest,
    isTransactional: true,
    isControl: true,
  });
}

/** Null for a data batch, and for a control batch that compaction emptied. */
export function markerOf(batch: RecordBatch): EndTransactionMarker | null {
  const record = batch.isControl ? batch.records[0] : undefined;
  if (record === undefined) return null;
  const type = CONTROL_TYPES[readInt16(record.key ?? '', 2)];
  if (type === undefined) return null;
  return { type, coordinatorEpoch: readInt32(record.value ?? '', 2) as CoordinatorEpoch };
}
