/**
 * Retention and DeleteRecords take nothing that is not committed, and nothing from the middle: records at or above the high watermark stay,
 * whatever the settings say. Both are rare: a leader whose followers are behind is asked, as it stands, what would be left.
 *
 * Follows `UnifiedLog#deleteOldSegments` and `#maybeIncrementLogStartOffset` (3.9.0).
 */
import type { Offset, TimestampMs } from '../../kafka/ids.ts';
import { incrementLogStartOffset, type PartitionLog } from '../../kafka/log/partitionLog.ts';
import { deleteOldSegments } from '../../kafka/log/retention.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { batchesBetween } from './logReading.ts';
import type { Observation, ReplicaChange } from './observation.ts';

export class Retention implements Invariant {
  /** Replicas with their leader epoch and number of segments: once for each is enough. */
  readonly #asked = new Set<string>();

  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) this.#ask(change);
  }

  #ask({ after: { broker, hosted } }: ReplicaChange): void {
    const { log, role, leaderEpoch } = hosted;
    if (role !== 'leader' || log === null || log.highWatermark >= log.logEndOffset) return;
    const key = `${broker.brokerId} ${hosted.topicId} ${hosted.partition} ${leaderEpoch} ${log.sealedSegments.length}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    keepsWhatIsNotCommitted(log);
  }
}

function keepsWhatIsNotCommitted(log: PartitionLog): void {
  const name = topicPartitionName(log.topicPartition);
  const { highWatermark, logEndOffset } = log;
  for (const retention of [
    { retentionMs: 0, retentionBytes: -1 },
    { retentionMs: -1, retentionBytes: 0 },
  ]) {
    const asked = { ...log, config: { ...log.config, ...retention, isDeleted: true } };
    const { log: left } = deleteOldSegments(asked, { nowMs: Number.MAX_SAFE_INTEGER as TimestampMs });
    const count = (one: PartitionLog): number => [...batchesBetween(one, highWatermark, logEndOffset)].length;
    if (left.logStartOffset > highWatermark || count(left) < count(log))
      broken(
        `Retention would take ${count(log) - count(left)} batches of ${name} that are not below its high watermark ${highWatermark}.`,
      );
  }
  const { log: moved } = incrementLogStartOffset(log, (highWatermark + 1) as Offset);
  if (moved.logStartOffset > highWatermark)
    broken(`DeleteRecords would move the log start of ${name} beyond its high watermark ${highWatermark}.`);
}
