/** What each slot of a strip shows: the record at that offset, or why there is none. */
import type { ReplicaPicture } from '../../cluster/picture.ts';
import { textOf } from '../../kafka/bytes.ts';
import type { Offset } from '../../kafka/ids.ts';
import { itemsFrom } from '../../kafka/log/chunkedList.ts';
import { type AbortedTransaction, batchIndexOf } from '../../kafka/log/logSegment.ts';
import { segmentsBetween, segmentsOf } from '../../kafka/log/partitionLog.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';

/** `aboveHighWatermark`: stored, but consumers do not see it yet. `gap`: compacted away. `marker`: end of a transaction. */
export type CellState = 'stored' | 'aboveHighWatermark' | 'tombstone' | 'marker' | 'gap';
export interface StripCell {
  readonly offset: number;
  readonly key: string | null;
  /** Of a marker: COMMIT or ABORT. */
  readonly value: string | null;
  readonly state: CellState;
  /** Written by a transaction that was aborted: read_committed consumers do not see it. */
  readonly isAborted: boolean;
}

/** Cells of the offsets in [first, first + slots) that the replica has; the work is that of the window, not of the log. */
export function stripCells(
  { log, highWatermark, logStartOffset }: Pick<ReplicaPicture, 'log' | 'highWatermark' | 'logStartOffset'>,
  first: number,
  slots: number,
): readonly StripCell[] {
  if (log === null) return [];
  const from = Math.max(first, logStartOffset);
  const to = Math.min(first + slots, log.logEndOffset);
  const cells: StripCell[] = [];
  let next = from;
  const gapUntil = (offset: number): void => {
    for (; next < Math.min(offset, to); next++)
      cells.push({ offset: next, key: null, value: null, state: 'gap', isAborted: false });
  };
  if (to <= from) return cells;
  const segments = segmentsOf(log);
  const aborted = segments.flatMap(({ transactionIndex }) => transactionIndex);
  for (const segment of segmentsBetween(segments, from, to)) {
    for (const { batch } of itemsFrom(segment.batches, Math.max(0, batchIndexOf(segment, from as Offset)))) {
      if (batch.baseOffset >= to) break;
      const marker = batch.isControl ? (markerOf(batch)?.type ?? null) : null;
      for (const record of batch.records) {
        if (record.offset < from || record.offset >= to) continue;
        gapUntil(record.offset);
        cells.push({
          offset: record.offset,
          key: record.key === null || batch.isControl ? null : textOf(record.key),
          value: batch.isControl ? marker : record.value === null ? null : textOf(record.value),
          state: batch.isControl
            ? 'marker'
            : record.offset >= highWatermark
              ? 'aboveHighWatermark'
              : record.value === null
                ? 'tombstone'
                : 'stored',
          isAborted: !batch.isControl && isAborted(batch, record.offset, aborted),
        });
        next = record.offset + 1;
      }
    }
  }
  gapUntil(to);
  return cells;
}

const isAborted = (
  { isTransactional, producerId }: RecordBatch,
  offset: number,
  aborted: readonly AbortedTransaction[],
): boolean =>
  isTransactional &&
  aborted.some((one) => one.producerId === producerId && one.firstOffset <= offset && offset <= one.lastOffset);
