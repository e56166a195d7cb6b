/** What each slot of a strip shows: the record at that offset, or why there is none. */
import type { ReplicaPicture } from '../../cluster/picture.ts';
import { textOf } from '../../kafka/bytes.ts';
import type { Offset } from '../../kafka/ids.ts';
import { itemsFrom } from '../../kafka/log/chunkedList.ts';
import { batchIndexOf } from '../../kafka/log/logSegment.ts';
import { segmentsBetween, segmentsOf } from '../../kafka/log/partitionLog.ts';

/** `aboveHighWatermark`: stored, but consumers do not see it yet. `gap`: compacted away. `marker`: end of a transaction. */
export type CellState = 'stored' | 'aboveHighWatermark' | 'tombstone' | 'marker' | 'gap';
export interface StripCell {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly state: CellState;
}

/** Cells of the offsets in [first, first + slots) that the replica has; the work is that of the window, not of the log. */
export function stripCells(
  { log, highWatermark, logStartOffset }: ReplicaPicture,
  first: number,
  slots: number,
): readonly StripCell[] {
  if (log === null) return [];
  const from = Math.max(first, logStartOffset);
  const to = Math.min(first + slots, log.logEndOffset);
  const cells: StripCell[] = [];
  let next = from;
  const gapUntil = (offset: number): void => {
    for (; next < Math.min(offset, to); next++) cells.push({ offset: next, key: null, value: null, state: 'gap' });
  };
  if (to <= from) return cells;
  for (const segment of segmentsBetween(segmentsOf(log), from, to)) {
    for (const { batch } of itemsFrom(segment.batches, Math.max(0, batchIndexOf(segment, from as Offset)))) {
      if (batch.baseOffset >= to) break;
      for (const record of batch.records) {
        if (record.offset < from || record.offset >= to) continue;
        gapUntil(record.offset);
        const state = batch.isControl
          ? 'marker'
          : record.offset >= highWatermark
            ? 'aboveHighWatermark'
            : record.value === null
              ? 'tombstone'
              : 'stored';
        const key = record.key === null || batch.isControl ? null : textOf(record.key);
        cells.push({
          offset: record.offset,
          key,
          value: record.value === null || batch.isControl ? null : textOf(record.value),
          state,
        });
        next = record.offset + 1;
      }
    }
  }
  gapUntil(to);
  return cells;
}
