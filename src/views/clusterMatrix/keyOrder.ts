/**
 * Which shape each key has: keys in the order of the timestamps of their first records, whatever was drawn first, so that all views of a
 * session agree, and a session that is opened again with what it was before.
 */
import type { ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';
import { textOf } from '../../kafka/bytes.ts';
import type { Offset } from '../../kafka/ids.ts';
import { itemsFrom } from '../../kafka/log/chunkedList.ts';
import { batchIndexOf } from '../../kafka/log/logSegment.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import { segmentsBetween, segmentsOf } from '../../kafka/log/partitionLog.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import type { KeyMark } from '../marks/keyShapes.ts';
import { keyMarkAt, noKey } from '../marks/keyShapes.ts';

/** A key not seen before, with the timestamp of the record that showed it. */
interface Seen {
  readonly key: string;
  readonly timestampMs: number;
}
/** How far a partition has been read, and its last batch then: with another batch there the log is that of another history. */
interface ReadUpTo {
  readonly log: PartitionLog;
  readonly lastBatch: RecordBatch | null;
}

export class KeyOrder {
  readonly #marks = new Map<string, KeyMark>();
  readonly #read = new Map<string, ReadUpTo>();

  /** `known`: keys in the order that they had in an earlier sitting; their records may have gone since. */
  constructor(known: readonly string[] = []) {
    for (const key of known) this.markOf(key);
  }

  /** The mark of a key, the next free one for a key seen for the first time. */
  markOf(key: string | null): KeyMark {
    if (key === null) return noKey;
    let mark = this.#marks.get(key);
    if (mark === undefined) {
      mark = keyMarkAt(this.#marks.size, key);
      this.#marks.set(key, mark);
    }
    return mark;
  }

  /** Gives marks to the keys that a picture shows for the first time: of records in logs, on their way, and waiting to be sent. */
  observe({ topics, flights, producers }: Pick<ClusterPicture, 'topics' | 'flights' | 'producers'>): void {
    const seen: Seen[] = [];
    const see = (key: string | null, timestampMs: number): void => {
      if (key !== null && !this.#marks.has(key)) seen.push({ key, timestampMs });
    };
    for (const { isInternal, partitions } of topics)
      if (!isInternal) for (const partition of partitions) this.#readOn(partition, see);
    for (const { records } of flights) for (const { key, timestampMs } of records) see(key, timestampMs);
    for (const { waiting } of producers) for (const { key, timestampMs } of waiting) see(key, timestampMs);
    // Equal timestamps: as found, by topic, partition and offset.
    for (const { key } of seen.sort((a, b) => a.timestampMs - b.timestampMs)) this.markOf(key);
  }

  /** Keys with their marks, in order of appearance. */
  entries(): readonly (readonly [string, KeyMark])[] {
    return [...this.#marks];
  }

  #readOn(
    { topic, partition, replicas }: PartitionPicture,
    see: (key: string | null, timestampMs: number) => void,
  ): void {
    const log = longestLog(replicas);
    if (log === null) return;
    const place = `${topic}-${partition}`;
    const before = this.#read.get(place);
    if (before?.log === log) return;
    const isContinued =
      before !== undefined &&
      before.log.logEndOffset <= log.logEndOffset &&
      before.lastBatch === lastBatchBefore(log, before.log.logEndOffset);
    const from = isContinued ? before.log.logEndOffset : log.logStartOffset;
    for (const batch of batchesFrom(log, from)) {
      if (batch.isControl) continue;
      for (const { key, offset, timestamp } of batch.records)
        if (key !== null && offset >= from) see(textOf(key), timestamp);
    }
    this.#read.set(place, { log, lastBatch: lastBatchBefore(log, log.logEndOffset) });
  }
}

function longestLog(replicas: PartitionPicture['replicas']): PartitionLog | null {
  let longest: PartitionLog | null = null;
  for (const { log } of replicas) if (log !== null && log.logEndOffset > (longest?.logEndOffset ?? -1)) longest = log;
  return longest;
}

function* batchesFrom(log: PartitionLog, from: Offset): Generator<RecordBatch, void, undefined> {
  if (from >= log.logEndOffset) return;
  for (const segment of segmentsBetween(segmentsOf(log), from, log.logEndOffset))
    for (const { batch } of itemsFrom(segment.batches, Math.max(0, batchIndexOf(segment, from)))) yield batch;
}

/** The batch that ends right before an offset; null when there is none. */
function lastBatchBefore(log: PartitionLog, offset: Offset): RecordBatch | null {
  if (offset <= log.logStartOffset) return null;
  for (const batch of batchesFrom(log, (offset - 1) as Offset)) return batch;
  return null;
}
