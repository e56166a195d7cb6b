/**
 * Replay of `09-follower-truncation`.
 */
import { zeroBytes } from '../bytes.ts';
import type { LeaderEpoch, Offset } from '../ids.ts';
import { appendAsLeader } from '../log/append.ts';
import {
  batchesOf,
  incrementLogStartOffset,
  type PartitionLog,
  withHighWatermark,
  withLeaderEpoch,
} from '../log/partitionLog.ts';
import { NO_HEADERS } from '../record/record.ts';
import { createBatch } from '../record/recordBatch.ts';
import { answerFetch } from '../replication/fetchAnswer.ts';
import {
  acceptFetched,
  type Following,
  resetAfterOutOfRange,
  startFollowing,
  truncateAfterDivergence,
  truncateToHighWatermark,
  truncationFor,
} from '../replication/followerFetch.ts';
import type { Json } from './json.ts';
import { exampleLog, START_TIME_MS } from './logReplay.ts';

interface Term {
  readonly epoch: LeaderEpoch;
  readonly leader: number;
  /** Record counts of the batches appended. */
  readonly appends: readonly number[];
  readonly followers: readonly { readonly replica: number; readonly fetchRounds: number }[];
  readonly thenHighWatermark: Offset | null;
  readonly thenDeleteRecordsBefore: Offset | null;
}

/** Rounds that mean "until it has caught up". */
const UNTIL_CAUGHT_UP = 12;
const now = { nowMs: START_TIME_MS };

export function replayFollowerTruncation({
  replicas,
  terms,
}: {
  readonly replicas: number;
  readonly terms: readonly Term[];
}): Json {
  const logs = Array.from({ length: replicas }, () => exampleLog({ 'segment.bytes': 1 << 20 }));
  return terms.map((term) => {
    let leader = withLeaderEpoch(logs[term.leader]!, term.epoch);
    for (const count of term.appends) {
      const record = { timestamp: START_TIME_MS, key: null, value: zeroBytes(3), headers: NO_HEADERS };
      const batch = createBatch(Array.from({ length: count }, () => record));
      leader = appendAsLeader(leader, batch, { leaderEpoch: term.epoch, ...now }).log;
    }
    const followers = term.followers.map(({ replica, fetchRounds }) => {
      const trace: Json[] = [];
      const log = catchUp(logs[replica]!, leader, fetchRounds, trace);
      logs[replica] = log;
      return { replica, trace, after: describe(log) };
    });
    if (term.thenHighWatermark !== null) leader = withHighWatermark(leader, term.thenHighWatermark);
    if (term.thenDeleteRecordsBefore !== null)
      leader = incrementLogStartOffset(leader, term.thenDeleteRecordsBefore).log;
    logs[term.leader] = leader;
    return { leader: describe(leader), followers };
  });
}

function catchUp(log: PartitionLog, leader: PartitionLog, rounds: number, trace: Json[]): PartitionLog {
  let following: Following = { log, fetch: startFollowing(log) };
  for (let round = 0; round < rounds; round++) {
    following = fetchOnce(following, leader, trace);
    const hasCaughtUp = following.log.logEndOffset === leader.logEndOffset;
    if (round > 0 && hasCaughtUp && rounds === UNTIL_CAUGHT_UP) break;
  }
  return following.log;
}

function fetchOnce(before: Following, leader: PartitionLog, trace: Json[]): Following {
  let following = before;
  if (following.fetch.state === 'Truncating') {
    trace.push({ truncateTo: following.fetch.fetchOffset, completed: true });
    following = truncateToHighWatermark(following, now);
  }
  const { fetchOffset, lastFetchedEpoch } = following.fetch;
  const answer = answerFetch(leader, { fromOffset: fetchOffset, lastFetchedEpoch, maxBytes: 1, upTo: 'logEnd' });
  switch (answer.outcome) {
    case 'outOfRange':
      trace.push({ fetchOffset, lastFetchedEpoch, error: 'OFFSET_OUT_OF_RANGE' });
      return reset(following, leader, trace);
    case 'diverging': {
      const { epoch, endOffset } = answer.divergingEpoch;
      trace.push({ fetchOffset, lastFetchedEpoch, divergingEpoch: [epoch, endOffset] });
      const truncation = truncationFor(following, answer.divergingEpoch);
      trace.push({ truncateTo: truncation.offset, completed: truncation.isCompleted });
      return truncateAfterDivergence(following, answer.divergingEpoch, now);
    }
    default: {
      const batches = answer.batches.map((batch) => [batch.baseOffset, batch.lastOffset, batch.partitionLeaderEpoch]);
      trace.push({ fetchOffset, lastFetchedEpoch, batches });
      const { highWatermark, logStartOffset } = leader;
      return acceptFetched(following, { batches: answer.batches, highWatermark, logStartOffset }, now).following;
    }
  }
}

function reset(following: Following, leader: PartitionLog, trace: Json[]): Following {
  const { logEndOffset } = following.log;
  trace.push({ listOffsets: 'latest', offset: leader.logEndOffset });
  if (leader.logEndOffset < logEndOffset) trace.push({ truncateTo: leader.logEndOffset, completed: true });
  else trace.push({ listOffsets: 'earliest', offset: leader.logStartOffset });
  if (leader.logStartOffset > logEndOffset) trace.push({ truncateFullyAndStartAt: leader.logStartOffset });
  return resetAfterOutOfRange(following, leader, now);
}

function describe(log: PartitionLog): Json {
  return {
    batches: [...batchesOf(log)].map((batch) => [batch.baseOffset, batch.lastOffset, batch.partitionLeaderEpoch]),
    epochs: log.leaderEpochs.map(({ epoch, startOffset }) => [epoch, startOffset]),
    logStartOffset: log.logStartOffset,
    logEndOffset: log.logEndOffset,
    highWatermark: log.highWatermark,
  };
}
