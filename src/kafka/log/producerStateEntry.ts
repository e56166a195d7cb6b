/**
 * What a partition remembers of one producer: its epoch, its last five batches, its open transaction; and the checks that a new
 * batch of it must pass.
 *
 * Follows `ProducerStateEntry` and `ProducerAppendInfo` of `org.apache.kafka.storage.internals.log` (3.9.0, KIP-98, KIP-360).
 */
import type { ErrorName } from '../errors.ts';
import {
  type CoordinatorEpoch,
  NO_PRODUCER_EPOCH,
  NO_SEQUENCE,
  NO_TIMESTAMP,
  type Offset,
  type ProducerEpoch,
  type ProducerId,
  type TimestampMs,
} from '../ids.ts';
import { markerOf } from '../record/controlRecord.ts';
import { addToSequence, lastSequenceOf, type RecordBatch } from '../record/recordBatch.ts';

const BATCHES_TO_RETAIN = 5;

export interface BatchMetadata {
  readonly lastSequence: number;
  readonly lastOffset: Offset;
  readonly offsetDelta: number;
  readonly timestamp: TimestampMs;
}

export interface ProducerStateEntry {
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  /** −1 until a marker came. */
  readonly coordinatorEpoch: CoordinatorEpoch;
  readonly lastTimestamp: TimestampMs;
  /** First offset of the transaction that is open; null when none is. */
  readonly currentTxnFirstOffset: Offset | null;
  /** Oldest first, at most five. */
  readonly batches: readonly BatchMetadata[];
}

/** Where an append comes from decides how much is checked (`AppendOrigin`). */
export type AppendOrigin = 'client' | 'coordinator' | 'replication';

export interface CompletedTransaction {
  readonly producerId: ProducerId;
  readonly firstOffset: Offset;
  /** The marker's. */
  readonly lastOffset: Offset;
  readonly isAborted: boolean;
}

export interface ProducerStateError {
  readonly error: ErrorName;
  readonly message: string;
}

export function emptyProducerState(producerId: ProducerId): ProducerStateEntry {
  return {
    producerId,
    producerEpoch: NO_PRODUCER_EPOCH,
    coordinatorEpoch: -1 as CoordinatorEpoch,
    lastTimestamp: NO_TIMESTAMP,
    currentTxnFirstOffset: null,
    batches: [],
  };
}

export function firstOffsetOf({ lastOffset, offsetDelta }: BatchMetadata): Offset {
  return (lastOffset - offsetDelta) as Offset;
}

/** Of the last batch kept, or −1. */
export function lastSequenceOfProducer({ batches }: ProducerStateEntry): number {
  return batches[batches.length - 1]?.lastSequence ?? NO_SEQUENCE;
}

/** One of the last five batches with the same epoch and the same sequences. */
export function findDuplicateBatch(entry: ProducerStateEntry, batch: RecordBatch): BatchMetadata | null {
  if (batch.producerEpoch !== entry.producerEpoch) return null;
  const lastSequence = lastSequenceOf(batch);
  const firstSequence = (kept: BatchMetadata) => subtractFromSequence(kept.lastSequence, kept.offsetDelta);
  return (
    entry.batches.find((kept) => kept.lastSequence === lastSequence && firstSequence(kept) === batch.baseSequence) ??
    null
  );
}

function subtractFromSequence(sequence: number, decrement: number): number {
  return sequence < decrement ? 0x7fffffff - (decrement - sequence) + 1 : sequence - decrement;
}

/** The producer after this batch, and the transaction that it completes; or why the batch is refused. */
export type ProducerUpdate =
  | {
      readonly entry: ProducerStateEntry;
      readonly startedAt: Offset | null;
      readonly completed: CompletedTransaction | null;
    }
  | ProducerStateError;

export function updateProducer(
  entry: ProducerStateEntry,
  batch: RecordBatch,
  { origin, partition }: { readonly origin: AppendOrigin; readonly partition: string },
): ProducerUpdate {
  if (batch.isControl) {
    const marker = markerOf(batch);
    // The whole transaction was cleaned away: nothing to note.
    if (marker === null) return { entry, startedAt: null, completed: null };
    const refused =
      checkProducerEpoch(entry, batch, origin, partition) ??
      checkCoordinatorEpoch(entry, marker.coordinatorEpoch, batch, origin, partition);
    if (refused !== null) return refused;
    return endTransaction(entry, batch, marker.coordinatorEpoch, marker.type === 'ABORT');
  }
  const refused =
    checkProducerEpoch(entry, batch, origin, partition) ??
    (origin === 'client' ? checkSequence(entry, batch, partition) : null);
  if (refused !== null) return refused;
  return addDataBatch(entry, batch, partition);
}

function endTransaction(
  entry: ProducerStateEntry,
  batch: RecordBatch,
  coordinatorEpoch: CoordinatorEpoch,
  isAborted: boolean,
): ProducerUpdate {
  const firstOffset = entry.currentTxnFirstOffset;
  return {
    entry: {
      ...entry,
      producerEpoch: batch.producerEpoch,
      coordinatorEpoch,
      lastTimestamp: batch.records[0]!.timestamp,
      currentTxnFirstOffset: null,
      batches: entry.producerEpoch === batch.producerEpoch ? entry.batches : [],
    },
    startedAt: null,
    completed:
      firstOffset === null
        ? null
        : { producerId: entry.producerId, firstOffset, lastOffset: batch.baseOffset, isAborted },
  };
}

function addDataBatch(entry: ProducerStateEntry, batch: RecordBatch, partition: string): ProducerUpdate {
  if (entry.currentTxnFirstOffset !== null && !batch.isTransactional) {
    return {
      error: 'INVALID_TXN_STATE',
      message: `Expected transactional write from producer ${entry.producerId} at offset ${batch.baseOffset} in partition ${partition}`,
    };
  }
  const kept = entry.producerEpoch === batch.producerEpoch ? entry.batches : [];
  const metadata: BatchMetadata = {
    lastSequence: lastSequenceOf(batch),
    lastOffset: batch.lastOffset,
    offsetDelta: batch.lastOffset - batch.baseOffset,
    timestamp: batch.maxTimestamp,
  };
  const starts = entry.currentTxnFirstOffset === null && batch.isTransactional;
  return {
    entry: {
      ...entry,
      producerEpoch: batch.producerEpoch,
      lastTimestamp: batch.maxTimestamp,
      currentTxnFirstOffset: starts ? batch.baseOffset : entry.currentTxnFirstOffset,
      batches: [...(kept.length === BATCHES_TO_RETAIN ? kept.slice(1) : kept), metadata],
    },
    startedAt: starts ? batch.baseOffset : null,
    completed: null,
  };
}

function checkProducerEpoch(
  entry: ProducerStateEntry,
  batch: RecordBatch,
  origin: AppendOrigin,
  partition: string,
): ProducerStateError | null {
  if (batch.producerEpoch >= entry.producerEpoch || origin === 'replication') return null;
  return {
    error: 'INVALID_PRODUCER_EPOCH',
    message:
      `Epoch of producer ${entry.producerId} at offset ${batch.baseOffset} in ${partition} is ${batch.producerEpoch}, ` +
      `which is smaller than the last seen epoch ${entry.producerEpoch}`,
  };
}

function checkCoordinatorEpoch(
  entry: ProducerStateEntry,
  coordinatorEpoch: CoordinatorEpoch,
  batch: RecordBatch,
  origin: AppendOrigin,
  partition: string,
): ProducerStateError | null {
  if (entry.coordinatorEpoch <= coordinatorEpoch || origin === 'replication') return null;
  return {
    error: 'TRANSACTION_COORDINATOR_FENCED',
    message:
      `Invalid coordinator epoch for producerId ${entry.producerId} at offset ${batch.baseOffset} in partition ${partition}: ` +
      `${coordinatorEpoch} (zombie), ${entry.coordinatorEpoch} (current)`,
  };
}

function checkSequence(entry: ProducerStateEntry, batch: RecordBatch, partition: string): ProducerStateError | null {
  // A producer of which nothing is known (expired, or its records deleted) may go on with any sequence.
  if (entry.producerEpoch === NO_PRODUCER_EPOCH) return null;
  if (batch.producerEpoch !== entry.producerEpoch) {
    if (batch.baseSequence === 0) return null;
    return {
      error: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
      message:
        `Invalid sequence number for new epoch of producer ${entry.producerId}at offset ${batch.baseOffset} in partition ${partition}: ` +
        `${batch.producerEpoch} (request epoch), ${batch.baseSequence} (seq. number), ${entry.producerEpoch} (current producer epoch)`,
    };
  }
  const lastSequence = lastSequenceOfProducer(entry);
  // −1 + 1 is 0: after a marker with a new epoch the first sequence must be 0.
  if (batch.baseSequence === (lastSequence === NO_SEQUENCE ? 0 : addToSequence(lastSequence, 1))) return null;
  return {
    error: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    message:
      `Out of order sequence number for producer ${entry.producerId} at offset ${batch.baseOffset} in partition ${partition}: ` +
      `${batch.baseSequence} (incoming seq. number), ${lastSequence} (current end sequence number)`,
  };
}
