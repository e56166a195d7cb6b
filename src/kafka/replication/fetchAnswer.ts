/**
 * A leader's answer to a fetch: data, or "our logs part before this offset", or out of range.
 *
 * Follows `kafka.cluster.Partition#readRecords` (3.9.0, KIP-595): the fetch names the epoch of the reader's last batch, and the leader
 * compares it with its own history. Consumers use the same path to detect truncation (KIP-320).
 */
import type { LeaderEpoch } from '../ids.ts';
import type { EpochEndOffset } from '../log/leaderEpochCache.ts';
import { epochEndOffset, type PartitionLog } from '../log/partitionLog.ts';
import { type ReadOptions, type ReadResult, readLog } from '../log/readLog.ts';
import { topicPartitionName } from '../topicPartition.ts';

export type FetchAnswer = ReadResult | { readonly outcome: 'diverging'; readonly divergingEpoch: EpochEndOffset };

export interface ReplicaFetch extends ReadOptions {
  /** Null for a log or a consumer that knows no epoch. */
  readonly lastFetchedEpoch: LeaderEpoch | null;
}

export function answerFetch(log: PartitionLog, fetch: ReplicaFetch): FetchAnswer {
  const { lastFetchedEpoch, fromOffset } = fetch;
  if (lastFetchedEpoch === null) return readLog(log, fetch);
  const divergingEpoch = epochEndOffset(log, lastFetchedEpoch);
  if (divergingEpoch.endOffset < 0) {
    return {
      outcome: 'outOfRange',
      message: `Could not determine the end offset of the last fetched epoch Optional[${lastFetchedEpoch}] from the request`,
    };
  }
  if (fromOffset < log.logStartOffset) {
    return {
      outcome: 'outOfRange',
      message:
        `Received request for offset ${fromOffset} for partition ${topicPartitionName(log.topicPartition)}, ` +
        `but we only have log segments in the range ${log.logStartOffset} to ${log.logEndOffset}.`,
    };
  }
  if (divergingEpoch.epoch < lastFetchedEpoch || divergingEpoch.endOffset < fromOffset)
    return { outcome: 'diverging', divergingEpoch };
  return readLog(log, fetch);
}
