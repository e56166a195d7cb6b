/**
 * Which leader epoch wrote which offsets of a log: the start offset of each epoch, in ascending order of both.
 *
 * Follows `org.apache.kafka.storage.internals.epoch.LeaderEpochFileCache` (3.9.0, KIP-101 and KIP-279).
 */
import { type LeaderEpoch, NO_LEADER_EPOCH, NO_OFFSET, type Offset } from '../ids.ts';

export interface EpochEntry {
  readonly epoch: LeaderEpoch;
  readonly startOffset: Offset;
}
export type LeaderEpochCache = readonly EpochEntry[];

/** Answer to "where does this epoch end?": the largest epoch known that is not above it, and the first offset after it. */
export interface EpochEndOffset {
  /** −1 when nothing is known. */
  readonly epoch: LeaderEpoch;
  readonly endOffset: Offset;
}
const UNDEFINED: EpochEndOffset = { epoch: NO_LEADER_EPOCH, endOffset: NO_OFFSET };

export function latestEpoch(cache: LeaderEpochCache): LeaderEpoch | null {
  return cache[cache.length - 1]?.epoch ?? null;
}

/** The epoch starts at this offset, unless it is the latest and started before; entries that contradict it go. */
export function assignEpoch(cache: LeaderEpochCache, { epoch, startOffset }: EpochEntry): LeaderEpochCache {
  const latest = cache[cache.length - 1];
  if (latest !== undefined && latest.epoch === epoch && startOffset >= latest.startOffset) return cache;
  let kept = cache.length;
  while (kept > 0 && (cache[kept - 1]!.epoch >= epoch || cache[kept - 1]!.startOffset >= startOffset)) kept--;
  return [...cache.slice(0, kept), { epoch, startOffset }];
}

/** The log now ends at this offset: epochs that start there or later go. */
export function truncateEpochsFromEnd(cache: LeaderEpochCache, endOffset: Offset): LeaderEpochCache {
  let kept = cache.length;
  while (kept > 0 && cache[kept - 1]!.startOffset >= endOffset) kept--;
  return kept === cache.length ? cache : cache.slice(0, kept);
}

/** The log now starts at this offset: the epoch that covers it starts there, earlier ones go. */
export function truncateEpochsFromStart(cache: LeaderEpochCache, startOffset: Offset): LeaderEpochCache {
  let removed = 0;
  while (removed < cache.length && cache[removed]!.startOffset <= startOffset) removed++;
  if (removed === 0) return cache;
  return [{ epoch: cache[removed - 1]!.epoch, startOffset }, ...cache.slice(removed)];
}

/** The latest epoch ends at the log end; one above all known is undefined (−1, −1); one below all ends where the first starts. */
export function endOffsetForEpoch(cache: LeaderEpochCache, epoch: LeaderEpoch, logEndOffset: Offset): EpochEndOffset {
  if (epoch === NO_LEADER_EPOCH) return UNDEFINED;
  if (epoch === latestEpoch(cache)) return { epoch, endOffset: logEndOffset };
  const higher = cache.findIndex((entry) => entry.epoch > epoch);
  if (higher === -1) return UNDEFINED;
  return { epoch: cache[higher - 1]?.epoch ?? epoch, endOffset: cache[higher]!.startOffset };
}

/** Null below the first known epoch. */
export function epochForOffset(cache: LeaderEpochCache, offset: Offset): LeaderEpoch | null {
  let found: LeaderEpoch | null = null;
  for (const { epoch, startOffset } of cache) {
    if (startOffset > offset) break;
    found = epoch;
  }
  return found;
}

/** The nearest epochs known below and above one, which need not be known itself. */
export function neighbouringEpochs(
  cache: LeaderEpochCache,
  epoch: LeaderEpoch,
): { readonly previous: LeaderEpoch | null; readonly next: LeaderEpoch | null } {
  const next = cache.find((entry) => entry.epoch > epoch)?.epoch ?? null;
  const previous = cache.findLast((entry) => entry.epoch < epoch)?.epoch ?? null;
  return { previous, next };
}
