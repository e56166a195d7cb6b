/**
 * The last offset of each key in the dirty part of a log: what cleaning is decided by.
 *
 * Follows `kafka.log.Cleaner#buildOffsetMap` and `SkimpyOffsetMap` (3.9.0), which knows keys by their hashes; here keys are themselves.
 */
import type { Bytes } from '../bytes.ts';
import { NO_OFFSET, type Offset } from '../ids.ts';
import { firstIndexWhere, itemsFrom } from '../log/chunkedList.ts';
import { indexedPosition, type LogSegment } from '../log/logSegment.ts';
import { type PartitionLog, floorSegmentIndex, segmentsBetween, segmentsOf } from '../log/partitionLog.ts';
import { collectAborted } from '../log/readLog.ts';
import { CleanedTransactions } from './cleanedTransactions.ts';

export interface OffsetMap {
  readonly offsets: ReadonlyMap<Bytes, Offset>;
  /** Last offset that the map accounts for: cleaning reaches no further. */
  readonly latestOffset: Offset;
  /** Records looked at. */
  readonly messagesRead: number;
}

/** Entries that fit into the cleaner's memory, and how many of them may be used. */
export interface OffsetMapSize {
  readonly slots: number;
  readonly loadFactor: number;
}

/** `log.cleaner.dedupe.buffer.size` (128 MiB) at 24 bytes an entry. */
export const defaultOffsetMapSize: OffsetMapSize = { slots: 5_592_405, loadFactor: 0.9 };

/** Over the offsets from `firstDirtyOffset` to before `endOffset`; a full map ends it early. */
export function buildOffsetMap(
  log: PartitionLog,
  { firstDirtyOffset, endOffset }: { readonly firstDirtyOffset: Offset; readonly endOffset: Offset },
  { slots, loadFactor }: OffsetMapSize = defaultOffsetMapSize,
): OffsetMap {
  const segments = segmentsOf(log);
  const dirty = segmentsBetween(segments, firstDirtyOffset, endOffset);
  const transactions = new CleanedTransactions();
  const floor = Math.max(floorSegmentIndex(segments, firstDirtyOffset), 0);
  transactions.expect(collectAborted(segments.slice(floor), { fromOffset: log.logStartOffset, upperBound: endOffset }));
  const building: Building = {
    offsets: new Map(),
    latestOffset: NO_OFFSET,
    messagesRead: 0,
    firstDirtyOffset,
    capacity: Math.floor(slots * loadFactor),
    transactions,
  };
  for (let i = 0; i < dirty.length; i++) {
    if (!addSegment(building, dirty[i]!)) break;
    // Offsets without records at the end of the segment are accounted for too.
    raiseLatestOffset(building, ((dirty[i + 1]?.baseOffset ?? endOffset) - 1) as Offset);
  }
  const { offsets, latestOffset, messagesRead } = building;
  return { offsets, latestOffset, messagesRead };
}

interface Building {
  readonly offsets: Map<Bytes, Offset>;
  latestOffset: Offset;
  messagesRead: number;
  readonly firstDirtyOffset: Offset;
  readonly capacity: number;
  readonly transactions: CleanedTransactions;
}

/** False when the map is full. */
function addSegment(building: Building, segment: LogSegment): boolean {
  const position = indexedPosition(segment, building.firstDirtyOffset);
  const first = firstIndexWhere(segment.batches, (stored) => stored.position >= position);
  for (const { batch } of itemsFrom(segment.batches, first)) {
    if (batch.isControl) {
      building.transactions.onMarker(batch);
      building.messagesRead += 1;
    } else if (building.transactions.onData(batch)) {
      building.messagesRead += batch.records.length;
    } else {
      for (const { key, offset } of batch.records) {
        if (key !== null && offset >= building.firstDirtyOffset) {
          if (building.offsets.size >= building.capacity) return false;
          building.offsets.set(key, offset);
          building.latestOffset = offset;
        }
        building.messagesRead += 1;
      }
    }
    if (batch.lastOffset >= building.firstDirtyOffset) raiseLatestOffset(building, batch.lastOffset);
  }
  return true;
}

function raiseLatestOffset(building: Building, offset: Offset): void {
  building.latestOffset = offset;
}
