/**
 * Which transactions the cleaner is in the middle of, as it walks the log: data of aborted ones go at once, a marker may go when no data
 * of its transaction are left.
 *
 * Follows `kafka.log.CleanedTransactionMetadata` (3.9.0). Changes as it walks; never outlives one pass.
 */
import type { ProducerId } from '../ids.ts';
import type { AbortedTransaction } from '../log/logSegment.ts';
import { markerOf } from '../record/controlRecord.ts';
import type { RecordBatch } from '../record/recordBatch.ts';

export class CleanedTransactions {
  readonly #committed = new Set<ProducerId>();
  readonly #aborted = new Map<ProducerId, { readonly row: AbortedTransaction; hasData: boolean }>();
  /** By first offset. */
  #ahead: AbortedTransaction[] = [];
  /** Rows for the transaction index of the cleaned segment: aborted transactions of which data were still there. */
  readonly retainedRows: AbortedTransaction[] = [];

  /** What the indexes say of the segments about to be walked. */
  expect(rows: readonly AbortedTransaction[]): void {
    this.#ahead = [...this.#ahead, ...rows].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** True when the batch holds data of an aborted transaction. */
  onData(batch: RecordBatch): boolean {
    this.#catchUp(batch);
    if (!batch.isTransactional) return false;
    const aborted = this.#aborted.get(batch.producerId);
    if (aborted === undefined) {
      this.#committed.add(batch.producerId);
      return false;
    }
    aborted.hasData = true;
    return true;
  }

  /** True when the marker may go: nothing of its transaction was seen. */
  onMarker(batch: RecordBatch): boolean {
    this.#catchUp(batch);
    const marker = markerOf(batch);
    if (marker === null) return true;
    if (marker.type === 'COMMIT') return !this.#committed.delete(batch.producerId);
    const aborted = this.#aborted.get(batch.producerId);
    this.#aborted.delete(batch.producerId);
    if (aborted === undefined || !aborted.hasData) return true;
    this.retainedRows.push(aborted.row);
    return false;
  }

  #catchUp({ lastOffset }: RecordBatch): void {
    let passed = 0;
    for (; passed < this.#ahead.length && this.#ahead[passed]!.firstOffset <= lastOffset; passed++) {
      const row = this.#ahead[passed]!;
      if (!this.#aborted.has(row.producerId)) this.#aborted.set(row.producerId, { row, hasData: false });
    }
    if (passed > 0) this.#ahead = this.#ahead.slice(passed);
  }
}
