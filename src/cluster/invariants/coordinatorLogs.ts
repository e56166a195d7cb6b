/**
 * Compaction takes nothing from what coordinators keep: whoever reads a cleaned log back knows the groups, the offsets and the transactions
 * that he would have known from the whole one, those of open transactions included. These logs are seldom long enough to be cleaned: they are
 * copied now and then into one of small segments, and it is looked at what cleaning would leave, twice, so that horizons pass.
 *
 * Follows `LogCleanerManager#cleanableOffsets`, `CleanedTransactionMetadata` (3.9.0, KIP-98).
 */
import { cleanableRange } from '../../kafka/cleaner/cleanableRange.ts';
import { cleanLog } from '../../kafka/cleaner/cleanLog.ts';
import type { Offset, TimestampMs } from '../../kafka/ids.ts';
import { GROUP_METADATA_TOPIC_NAME, TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { appendAsFollower } from '../../kafka/log/append.ts';
import { batchesOf, createLog, type PartitionLog, withHighWatermark } from '../../kafka/log/partitionLog.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { readGroups } from '../coordinator/groupLoading.ts';
import { readTransactions } from '../transaction/loading.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ReplicaChange } from './observation.ts';

export class CoordinatorLogs implements Invariant {
  /** By broker and partition, the log end at which it is asked next. */
  readonly #askAt = new Map<string, number>();

  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) this.#look(change);
  }

  #look({ after: { broker, hosted } }: ReplicaChange): void {
    const { topic, log, role } = hosted;
    if ((topic !== GROUP_METADATA_TOPIC_NAME && topic !== TRANSACTION_STATE_TOPIC_NAME) || log === null) return;
    if (role !== 'leader') return;
    const key = `${broker.brokerId} ${topicPartitionName(hosted)}`;
    const askAt = this.#askAt.get(key) ?? firstLook;
    if (log.logEndOffset < askAt) return;
    this.#askAt.set(key, log.logEndOffset * 1.5);
    saysTheSameCleaned(log);
  }
}

function saysTheSameCleaned(log: PartitionLog): void {
  const whole = inSmallSegments(log);
  const read = log.topicPartition.topic === GROUP_METADATA_TOPIC_NAME ? groupsIn : transactionsIn;
  let cleaned = whole;
  let checkpoint: Offset | null = null;
  for (const nowMs of [1e14, 2e14, 3e14] as TimestampMs[]) {
    const range = cleanableRange(cleaned, { checkpoint: null, nowMs });
    const result = cleanLog(cleaned, range, { nowMs });
    [cleaned, checkpoint] = [result.log, result.endOffset];
  }
  const [before, after] = [read(batchesOf(whole)), read(batchesOf(cleaned))];
  for (const [what, said] of before)
    if (after.get(what) !== said)
      broken(
        `Cleaned to offset ${checkpoint}, ${topicPartitionName(log.topicPartition)} would say of ${what} ${after.get(what) ?? 'nothing'} instead of ${said}.`,
      );
  for (const [what, said] of after)
    if (!before.has(what))
      broken(
        `Cleaned to offset ${checkpoint}, ${topicPartitionName(log.topicPartition)} would say of ${what} ${said}.`,
      );
}

function inSmallSegments(log: PartitionLog): PartitionLog {
  const config = { ...log.config, segmentBytes: 2000, isCompacted: true, isDeleted: false, maxMessageBytes: 2000 };
  const largest = Math.max(config.segmentBytes, ...[...batchesOf(log)].map(({ sizeInBytes }) => sizeInBytes));
  const roomy = { ...config, segmentBytes: largest, maxMessageBytes: largest };
  let copy = createLog(log.topicPartition, { config: roomy, nowMs: 0 as TimestampMs });
  for (const batch of batchesOf(log)) copy = appendAsFollower(copy, [batch], { nowMs: 0 as TimestampMs }).log;
  return withHighWatermark(copy, log.highWatermark);
}

/** What a coordinator of groups reads, in words. */
function groupsIn(batches: Iterable<RecordBatch>): ReadonlyMap<string, string> {
  const { groups, committed, pending } = readGroups(batches);
  const said = new Map<string, string>();
  for (const [group, { generationId, members }] of groups)
    said.set(`group ${group}`, `generation ${generationId}, ${members.length} members`);
  for (const [group, commits] of committed)
    for (const [name, record] of commits) said.set(`${name} in group ${group}`, `offset ${record.committed.offset}`);
  for (const [group, producers] of pending)
    for (const [producer, commits] of producers)
      for (const [name, record] of commits)
        said.set(`${name} in group ${group} from producer ${producer}`, `offset ${record.committed.offset}`);
  return said;
}

function transactionsIn(batches: Iterable<RecordBatch>): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const [id, { state, producerId, producerEpoch }] of readTransactions(batches))
    said.set(`transaction ${id}`, `${state} of producer ${producerId} in epoch ${producerEpoch}`);
  return said;
}

/** Records of a log that is worth a look. */
const firstLook = 40;
