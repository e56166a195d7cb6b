/**
 * What a follower does with its leader's answers: append, truncate, or start anew.
 *
 * Follows `kafka.server.AbstractFetcherThread` and `ReplicaFetcherThread` (3.9.0, KIP-101, KIP-279).
 */
import type { LeaderEpoch, Offset, TimestampMs } from '../ids.ts';
import { type AppendResult, appendAsFollower } from '../log/append.ts';
import { type EpochEndOffset, latestEpoch } from '../log/leaderEpochCache.ts';
import { epochEndOffset, incrementLogStartOffset, type PartitionLog, withHighWatermark } from '../log/partitionLog.ts';
import { truncateFullyAndStartAt, truncateTo } from '../log/truncation.ts';
import type { RecordBatch } from '../record/recordBatch.ts';

/** Where a follower stands; the log's owner keeps it beside the log. */
export interface FollowerFetchState {
  readonly fetchOffset: Offset;
  readonly lastFetchedEpoch: LeaderEpoch | null;
  /** A log without any epoch is first cut to its high watermark. */
  readonly state: 'Truncating' | 'Fetching';
}
export interface Following {
  readonly log: PartitionLog;
  readonly fetch: FollowerFetchState;
}

/** A replica begins to follow: from its own log end, or from its high watermark when it knows no epoch. */
export function startFollowing(log: PartitionLog): FollowerFetchState {
  const lastFetchedEpoch = latestEpoch(log.leaderEpochs);
  if (lastFetchedEpoch === null) return { fetchOffset: log.highWatermark, lastFetchedEpoch, state: 'Truncating' };
  return { fetchOffset: log.logEndOffset, lastFetchedEpoch, state: 'Fetching' };
}

interface Now {
  readonly nowMs: TimestampMs;
}

/** Before its first fetch, a follower in `Truncating` cuts its log to the high watermark. */
export function truncateToHighWatermark({ log, fetch }: Following, now: Now): Following {
  return fetchingFrom(truncateTo(log, fetch.fetchOffset, now), fetch.fetchOffset);
}

function fetchingFrom(log: PartitionLog, fetchOffset: Offset): Following {
  return { log, fetch: { fetchOffset, lastFetchedEpoch: latestEpoch(log.leaderEpochs), state: 'Fetching' } };
}

export interface Truncation {
  readonly offset: Offset;
  /** False: the leader's epoch is unknown here, and another round is needed. */
  readonly isCompleted: boolean;
}

/** How far to cut after "our logs part at the end of this epoch" (`getOffsetTruncationState`). */
export function truncationFor({ log, fetch }: Following, { epoch, endOffset }: EpochEndOffset): Truncation {
  if (endOffset < 0) return { offset: fetch.fetchOffset, isCompleted: true };
  const own = epoch < 0 ? null : epochEndOffset(log, epoch);
  if (own === null || own.endOffset < 0) return { offset: lower(endOffset, log.logEndOffset), isCompleted: true };
  const ownEnd = lower(own.endOffset, log.logEndOffset);
  if (own.epoch !== epoch) return { offset: ownEnd, isCompleted: false };
  return { offset: lower(ownEnd, endOffset), isCompleted: true };
}

function lower(a: Offset, b: Offset): Offset {
  return a < b ? a : b;
}

export function truncateAfterDivergence(following: Following, divergingEpoch: EpochEndOffset, now: Now): Following {
  const { offset } = truncationFor(following, divergingEpoch);
  return fetchingFrom(truncateTo(following.log, offset, now), offset);
}

/**
 * After OFFSET_OUT_OF_RANGE the follower lists the leader's offsets: a longer follower is cut to the leader's end, one that ends below
 * the leader's start restarts there, empty.
 */
export function resetAfterOutOfRange(
  { log }: Following,
  leader: { readonly logStartOffset: Offset; readonly logEndOffset: Offset },
  now: Now,
): Following {
  if (leader.logEndOffset < log.logEndOffset)
    return fetchingFrom(truncateTo(log, leader.logEndOffset, now), leader.logEndOffset);
  if (leader.logStartOffset > log.logEndOffset) {
    return fetchingFrom(truncateFullyAndStartAt(log, leader.logStartOffset, now), leader.logStartOffset);
  }
  return fetchingFrom(log, log.logEndOffset);
}

export interface FetchedData {
  readonly batches: readonly RecordBatch[];
  readonly highWatermark: Offset;
  readonly logStartOffset: Offset;
}

/** Appends what came; the high watermark and the log start follow the leader's, within the follower's log. */
export function acceptFetched(
  { log, fetch }: Following,
  { batches, highWatermark, logStartOffset }: FetchedData,
  now: Now,
): { readonly following: Following; readonly append: AppendResult } {
  const append = appendAsFollower(log, batches, now);
  if (append.outcome === 'rejected') return { following: { log: append.log, fetch }, append };
  const marked = withHighWatermark(append.log, highWatermark);
  const next = incrementLogStartOffset(marked, lower(logStartOffset, marked.highWatermark)).log;
  const last = batches[batches.length - 1];
  if (last === undefined) return { following: { log: next, fetch }, append };
  const lastFetchedEpoch = last.partitionLeaderEpoch >= 0 ? last.partitionLeaderEpoch : fetch.lastFetchedEpoch;
  const fetchOffset = (last.lastOffset + 1) as Offset;
  return { following: { log: next, fetch: { fetchOffset, lastFetchedEpoch, state: 'Fetching' } }, append };
}
