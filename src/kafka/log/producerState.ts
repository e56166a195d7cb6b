/**
 * The producers that a partition knows, its open transactions, and the snapshots of them taken at each new segment.
 *
 * Follows `org.apache.kafka.storage.internals.log.ProducerStateManager` (3.9.0).
 */
import type { Offset, ProducerId, TimestampMs } from '../ids.ts';
import { type CompletedTransaction, emptyProducerState, type ProducerStateEntry } from './producerStateEntry.ts';

export interface OngoingTransaction {
  readonly producerId: ProducerId;
  readonly firstOffset: Offset;
}
/** Decided, but its marker may not be replicated yet: readers must wait for the high watermark to pass it. */
export interface UnreplicatedTransaction extends OngoingTransaction {
  readonly lastOffset: Offset;
}

/** A `.snapshot` file: the producers just before that offset. */
export interface ProducerSnapshot {
  readonly offset: Offset;
  readonly producers: readonly ProducerStateEntry[];
}

export interface ProducerState {
  /** In order of arrival. */
  readonly producers: readonly ProducerStateEntry[];
  /** By first offset. */
  readonly ongoing: readonly OngoingTransaction[];
  /** By first offset. */
  readonly unreplicated: readonly UnreplicatedTransaction[];
  /** By offset. */
  readonly snapshots: readonly ProducerSnapshot[];
  /** The state covers the offsets below this one. */
  readonly mapEndOffset: Offset;
}

/** `producer.id.expiration.ms`: a day. */
const PRODUCER_ID_EXPIRATION_MS = 86_400_000;

export function emptyProducers(mapEndOffset: Offset): ProducerState {
  return { producers: [], ongoing: [], unreplicated: [], snapshots: [], mapEndOffset };
}

export function producerEntry(state: ProducerState, producerId: ProducerId): ProducerStateEntry | undefined {
  return state.producers.find((entry) => entry.producerId === producerId);
}

export function producerEntryOrEmpty(state: ProducerState, producerId: ProducerId): ProducerStateEntry {
  return producerEntry(state, producerId) ?? emptyProducerState(producerId);
}

export function withProducer(state: ProducerState, entry: ProducerStateEntry, startedAt: Offset | null): ProducerState {
  const at = state.producers.findIndex(({ producerId }) => producerId === entry.producerId);
  const producers = state.producers.slice();
  producers[at === -1 ? producers.length : at] = entry;
  const ongoing =
    startedAt === null
      ? state.ongoing
      : insertByFirstOffset(state.ongoing, { producerId: entry.producerId, firstOffset: startedAt });
  return { ...state, producers, ongoing };
}

/** The LSO that the transaction index records: the first offset of another open transaction, or the one after the marker. */
export function lastStableOffsetAfter(state: ProducerState, completed: CompletedTransaction): Offset {
  const next = state.ongoing.find(({ producerId }) => producerId !== completed.producerId);
  return next?.firstOffset ?? ((completed.lastOffset + 1) as Offset);
}

export function withCompletedTransaction(state: ProducerState, completed: CompletedTransaction): ProducerState {
  const { producerId, firstOffset, lastOffset } = completed;
  return {
    ...state,
    ongoing: state.ongoing.filter((transaction) => transaction.firstOffset !== firstOffset),
    unreplicated: insertByFirstOffset(state.unreplicated, { producerId, firstOffset, lastOffset }),
  };
}

function insertByFirstOffset<T extends OngoingTransaction>(list: readonly T[], item: T): readonly T[] {
  return [...list, item].sort((a, b) => a.firstOffset - b.firstOffset);
}

export function withMapEndOffset(state: ProducerState, mapEndOffset: Offset): ProducerState {
  return state.mapEndOffset === mapEndOffset ? state : { ...state, mapEndOffset };
}

/** Transactions whose marker lies below the offset are decided for good. */
export function withoutReplicatedTransactions(state: ProducerState, below: Offset): ProducerState {
  if (!state.unreplicated.some(({ lastOffset }) => lastOffset < below)) return state;
  return { ...state, unreplicated: state.unreplicated.filter(({ lastOffset }) => lastOffset >= below) };
}

/** First offset neither decided nor known to be replicated; null when no transaction is on its way. */
export function firstUnstableOffset({ ongoing, unreplicated }: ProducerState): Offset | null {
  const undecided = ongoing[0]?.firstOffset;
  const decided = unreplicated[0]?.firstOffset;
  if (undecided === undefined) return decided ?? null;
  return decided === undefined || undecided < decided ? undecided : decided;
}

export function firstUndecidedOffset({ ongoing }: ProducerState): Offset | null {
  return ongoing[0]?.firstOffset ?? null;
}

/** One snapshot an offset; none when nothing new came since the last. */
export function takeSnapshot(state: ProducerState): ProducerState {
  const last = state.snapshots[state.snapshots.length - 1];
  if (state.mapEndOffset <= (last?.offset ?? 0)) return state;
  return { ...state, snapshots: [...state.snapshots, { offset: state.mapEndOffset, producers: state.producers }] };
}

export function withoutSnapshotsAt(state: ProducerState, offsets: ReadonlySet<Offset>): ProducerState {
  if (!state.snapshots.some(({ offset }) => offsets.has(offset))) return state;
  return { ...state, snapshots: state.snapshots.filter(({ offset }) => !offsets.has(offset)) };
}

/** A snapshot that no segment begins at goes when the log is loaded, but for the last one, if no segment begins after it. */
export function withoutStraySnapshots(state: ProducerState, baseOffsets: ReadonlySet<Offset>): ProducerState {
  const last = state.snapshots.findLast(({ offset }) => !baseOffsets.has(offset));
  const isLast = (offset: Offset): boolean => offset === last?.offset && offset >= Math.max(...baseOffsets);
  return { ...state, snapshots: state.snapshots.filter(({ offset }) => baseOffsets.has(offset) || isLast(offset)) };
}

export function onLogStartOffsetIncremented(state: ProducerState, logStartOffset: Offset): ProducerState {
  const replicated = withoutReplicatedTransactions(state, logStartOffset);
  return replicated.mapEndOffset < logStartOffset ? { ...replicated, mapEndOffset: logStartOffset } : replicated;
}

function isExpired(entry: ProducerStateEntry, nowMs: TimestampMs, expirationMs: number): boolean {
  return entry.currentTxnFirstOffset === null && nowMs - entry.lastTimestamp >= expirationMs;
}

/** Producers without an open transaction that have been silent for too long. */
export function removeExpiredProducers(
  state: ProducerState,
  { nowMs, expirationMs = PRODUCER_ID_EXPIRATION_MS }: { readonly nowMs: TimestampMs; readonly expirationMs?: number },
): ProducerState {
  if (!state.producers.some((entry) => isExpired(entry, nowMs, expirationMs))) return state;
  return { ...state, producers: state.producers.filter((entry) => !isExpired(entry, nowMs, expirationMs)) };
}

/**
 * The state of the latest snapshot within the log, or none, from which the rest is replayed. A snapshot file keeps only the last
 * batch of each producer.
 */
export function reloadFromSnapshot(
  state: ProducerState,
  {
    logStartOffset,
    logEndOffset,
    nowMs,
  }: { readonly logStartOffset: Offset; readonly logEndOffset: Offset; readonly nowMs: TimestampMs },
): ProducerState {
  const snapshots = state.snapshots.filter(({ offset }) => offset <= logEndOffset && offset > logStartOffset);
  if (logEndOffset === state.mapEndOffset) return onLogStartOffsetIncremented({ ...state, snapshots }, logStartOffset);
  const latest = snapshots[snapshots.length - 1];
  const producers = (latest?.producers ?? [])
    .filter((entry) => !isExpired(entry, nowMs, PRODUCER_ID_EXPIRATION_MS))
    .map((entry) => ({ ...entry, batches: entry.batches.slice(-1) }));
  const ongoing = producers
    .flatMap(({ producerId, currentTxnFirstOffset: firstOffset }) =>
      firstOffset === null ? [] : [{ producerId, firstOffset }],
    )
    .sort((a, b) => a.firstOffset - b.firstOffset);
  return { producers, ongoing, unreplicated: [], snapshots, mapEndOffset: latest?.offset ?? logStartOffset };
}
