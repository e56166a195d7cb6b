/**
 * Records of `__transaction_state`: what a transactional id is in the log, byte for byte.
 *
 * Follows `kafka.coordinator.transaction.TransactionLog` and the schemas `TransactionLogKey` and `TransactionLogValue`, version 0 of
 * both (3.9.0); each is preceded by its version.
 */
import { type Bytes, textOf, utf8 } from '../../kafka/bytes.ts';
import {
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  type ProducerEpoch,
  type ProducerId,
  type TimestampMs,
} from '../../kafka/ids.ts';
import { NO_HEADERS, type NewRecord } from '../../kafka/record/record.ts';
import { int16Bytes, int32Bytes, int64Bytes, readInt16, readInt32, readInt64 } from '../../kafka/record/varint.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { TransactionMetadata, TransactionTransit } from './transactionMetadata.ts';
import { transactionStates } from './transactionState.ts';

const VERSION = 0;

const string = (text: string): string => {
  const bytes = utf8(text);
  return int16Bytes(bytes.length) + bytes;
};

export const transactionKey = (transactionalId: string): Bytes =>
  (int16Bytes(VERSION) + string(transactionalId)) as Bytes;

export function transactionValue(transit: TransactionTransit): Bytes {
  return (int16Bytes(VERSION) +
    int64Bytes(transit.producerId) +
    int16Bytes(transit.producerEpoch) +
    int32Bytes(transit.txnTimeoutMs) +
    String.fromCharCode(transactionStates.indexOf(transit.state)) +
    partitionsBytes(transit) +
    int64Bytes(transit.txnLastUpdateTimestamp) +
    int64Bytes(transit.txnStartTimestamp)) as Bytes;
}

function partitionsBytes({ state, topicPartitions }: TransactionTransit): string {
  // Null, not empty, while nothing has begun.
  if (state === 'Empty') return int32Bytes(-1);
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of topicPartitions) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition]);
  const topics = [...byTopic].map(
    ([topic, partitions]) => string(topic) + int32Bytes(partitions.length) + partitions.map(int32Bytes).join(''),
  );
  return int32Bytes(topics.length) + topics.join('');
}

/** `transit` null: a tombstone. */
export const transactionRecord = (
  timestamp: TimestampMs,
  transactionalId: string,
  transit: TransactionTransit | null,
): NewRecord => ({
  timestamp,
  key: transactionKey(transactionalId),
  value: transit === null ? null : transactionValue(transit),
  headers: NO_HEADERS,
});

/** The transactional id; null for a key of a version that 3.9.0 does not know. */
export function readTransactionKey(key: Bytes): string | null {
  if (readInt16(key, 0) !== VERSION) return null;
  return textOf(key.slice(4, 4 + readInt16(key, 2)) as Bytes);
}

export function readTransactionValue(transactionalId: string, value: Bytes): TransactionMetadata {
  let at = 17;
  const topicPartitions: TopicPartition[] = [];
  const topicCount = readInt32(value, at);
  at += 4;
  for (let index = 0; index < topicCount; index++) {
    const length = readInt16(value, at);
    const topic = textOf(value.slice(at + 2, at + 2 + length) as Bytes);
    const partitionCount = readInt32(value, at + 2 + length);
    at += 6 + length;
    for (let each = 0; each < partitionCount; each++, at += 4)
      topicPartitions.push({ topic, partition: readInt32(value, at) });
  }
  return {
    transactionalId,
    producerId: readInt64(value, 2) as ProducerId,
    lastProducerId: NO_PRODUCER_ID,
    producerEpoch: readInt16(value, 10) as ProducerEpoch,
    lastProducerEpoch: NO_PRODUCER_EPOCH,
    txnTimeoutMs: readInt32(value, 12),
    state: transactionStates[value.charCodeAt(16)] ?? 'Empty',
    pendingState: null,
    topicPartitions,
    txnStartTimestamp: readInt64(value, at + 8) as TimestampMs,
    txnLastUpdateTimestamp: readInt64(value, at) as TimestampMs,
    hasFailedEpochFence: false,
  };
}
