/**
 * What a consumer makes of the batches that a fetch brought: the records it hands out, and where it fetches next.
 *
 * Follows `org.apache.kafka.clients.consumer.internals.CompletedFetch` (3.9.0): markers are never handed out, a read_committed consumer
 * drops the data of aborted transactions, and the position jumps over both.
 */
import type { Offset, ProducerId } from '../ids.ts';
import type { AbortedRange } from '../log/readLog.ts';
import { markerOf } from '../record/controlRecord.ts';
import type { KafkaRecord } from '../record/record.ts';
import { hasProducerId, type RecordBatch, timestampOf } from '../record/recordBatch.ts';

export interface FetchedBatches {
  readonly batches: readonly RecordBatch[];
  /** Null for a read_uncommitted consumer. */
  readonly abortedTransactions: readonly AbortedRange[] | null;
}

export interface DecodedFetch {
  /** With the timestamps that the topic gives them. */
  readonly records: readonly KafkaRecord[];
  /** Where the next fetch begins; the position itself when nothing came. */
  readonly nextOffset: Offset;
}

/** Records at or after the position. */
export function decodeFetch({ batches, abortedTransactions }: FetchedBatches, position: Offset): DecodedFetch {
  const pending =
    abortedTransactions === null ? [] : [...abortedTransactions].sort((a, b) => a.firstOffset - b.firstOffset);
  const abortedProducers = new Set<ProducerId>();
  const records: KafkaRecord[] = [];
  let nextOffset = position;
  for (const batch of batches) {
    if (abortedTransactions !== null && hasProducerId(batch)) {
      while (pending.length > 0 && pending[0]!.firstOffset <= batch.lastOffset)
        abortedProducers.add(pending.shift()!.producerId);
      if (markerOf(batch)?.type === 'ABORT') abortedProducers.delete(batch.producerId);
      else if (batch.isTransactional && abortedProducers.has(batch.producerId)) {
        nextOffset = (batch.lastOffset + 1) as Offset;
        continue;
      }
    }
    for (const record of batch.isControl ? [] : batch.records) {
      if (record.offset >= position) records.push({ ...record, timestamp: timestampOf(record, batch) });
    }
    nextOffset = (batch.lastOffset + 1) as Offset;
  }
  return { records, nextOffset };
}
