/**
 * Compaction keeps the last value of every key and moves no offset: what stays stands where it stood, and what goes is followed by a record
 * of its key that may be cleaned too, below the last stable offset and the active segment, or is a tombstone whose time is over. What has been
 * cleaned has each key once, tombstones get their time, and the last batch of every producer stays.
 *
 * Follows `LogCleanerManager#cleanableOffsets` and `Cleaner#cleanInto` (3.9.0, KIP-534).
 */
import { itemsFrom } from '../../kafka/log/chunkedList.ts';
import { lastStableOffset, type PartitionLog } from '../../kafka/log/partitionLog.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { timestampMsAt } from '../../kernel/time.ts';
import type { World } from '../../kernel/world.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { StoredRecord } from './logReading.ts';
import { batchesBetween, recordsBetween } from './logReading.ts';
import type { Observation } from './observation.ts';
import type { Visibility } from './visibility.ts';

export class Compaction implements Invariant {
  readonly #visibility: Visibility;
  cleanings = 0;

  constructor(visibility: Visibility) {
    this.#visibility = visibility;
  }

  afterEvent({ replicas, world }: Observation): void {
    for (const { before, after, isRestart } of replicas) {
      const [old, log] = [before?.hosted.log, after.hosted.log];
      if (old == null || log === null || old === log || !log.config.isCompacted) continue;
      if (old.topicPartition.topic !== log.topicPartition.topic || before?.hosted.topicId !== after.hosted.topicId)
        continue;
      this.#visibility.noteCompacted(after.hosted.topic);
      if (old.sealedSegments === log.sealedSegments || log.logEndOffset < old.logEndOffset) continue;
      // A roll adds a segment and leaves those before it as they are.
      if (old.sealedSegments.every((segment, at) => log.sealedSegments[at] === segment)) continue;
      this.cleanings += 1;
      keepsLastValues(old, log, latestClockMs(world));
      // A log that is read back has other segments, and is not cleaned by that.
      if (isRestart) continue;
      keepsOneValue(old, log);
      givesTimeToTombstones(old, log, earliestClockMs(world));
      keepsProducers(old, log);
    }
  }
}

/** A horizon is over by the cleaner's own clock: by the one that is furthest ahead, whosever it is. */
const latestClockMs = ({ now, clocks }: World): number => timestampMsAt(now) + Math.max(0, ...clocks.values());
const earliestClockMs = ({ now, clocks }: World): number => timestampMsAt(now) + Math.min(0, ...clocks.values());

function keepsLastValues(old: PartitionLog, log: PartitionLog, nowMs: number): void {
  const name = topicPartitionName(log.topicPartition);
  const from = log.logStartOffset;
  const cleanable = Math.min(lastStableOffset(old), old.activeSegment.baseOffset);
  const before = new Map<number, StoredRecord>();
  const last = new Map<string, StoredRecord>();
  for (const found of recordsBetween(old, from, old.logEndOffset)) {
    before.set(found.record.offset, found);
    if (found.record.key !== null && !found.batch.isControl && found.record.offset < cleanable)
      last.set(found.record.key, found);
  }
  const kept = new Set<number>();
  let previous = -1;
  for (const { record } of recordsBetween(log, from, old.logEndOffset)) {
    const was = before.get(record.offset)?.record;
    if (record.offset <= previous)
      broken(`The cleaner left record ${record.offset} of ${name} after record ${previous}.`);
    previous = record.offset;
    if (was === undefined || was.key !== record.key || was.value !== record.value)
      broken(`The cleaner put another record at offset ${record.offset} of ${name}.`);
    kept.add(record.offset);
  }
  for (const [key, { record, batch }] of last) {
    if (kept.has(record.offset)) continue;
    const { deleteHorizonMs } = batch;
    if (record.value === null && deleteHorizonMs !== null && deleteHorizonMs <= nowMs) continue;
    broken(
      record.value === null
        ? `The cleaner dropped the tombstone of key ${key} at offset ${record.offset} of ${name} before its delete horizon.`
        : `The cleaner lost the last value of key ${key}, at offset ${record.offset} of ${name}.`,
    );
  }
}

/** Of a key, among the segments that were written anew: a cleaning begins at the log's start. */
function keepsOneValue(old: PartitionLog, log: PartitionLog): void {
  const known = new Set(old.sealedSegments);
  const offsets = new Map<string, number>();
  for (const segment of log.sealedSegments) {
    if (known.has(segment) || segment.baseOffset >= old.activeSegment.baseOffset) continue;
    for (const { batch } of itemsFrom(segment.batches, 0))
      for (const { key, offset } of batch.isControl ? [] : batch.records) {
        if (key === null) continue;
        const earlier = offsets.get(key);
        if (earlier !== undefined)
          broken(
            `The cleaner left two records of key ${key} in ${topicPartitionName(log.topicPartition)}, at offsets ${earlier} and ${offset}.`,
          );
        offsets.set(key, offset);
      }
  }
}

/** A horizon that a batch is given lies `delete.retention.ms` ahead. */
function givesTimeToTombstones(old: PartitionLog, log: PartitionLog, nowMs: number): void {
  const known = new Set<number>();
  for (const { batch } of recordsBetween(old, log.logStartOffset, old.logEndOffset))
    if (batch.deleteHorizonMs !== null) known.add(batch.baseOffset);
  for (const { batch, record } of recordsBetween(log, log.logStartOffset, old.logEndOffset)) {
    const { deleteHorizonMs, baseOffset } = batch;
    if (deleteHorizonMs === null || known.has(baseOffset)) continue;
    if (deleteHorizonMs < nowMs + log.config.deleteRetentionMs)
      broken(
        `The cleaner gave record ${record.offset} of ${topicPartitionName(log.topicPartition)} a delete horizon ${deleteHorizonMs - nowMs} ms ahead, delete.retention.ms is ${log.config.deleteRetentionMs}.`,
      );
  }
}

/** Without its last batch, empty or not, a producer would be forgotten at the next start. */
function keepsProducers(old: PartitionLog, log: PartitionLog): void {
  for (const { producerId, batches } of old.producers.producers) {
    const last = batches.at(-1)?.lastOffset;
    if (last === undefined || last < log.logStartOffset || !hasBatch(old, last) || hasBatch(log, last)) continue;
    broken(
      `The cleaner dropped the last batch of producer ${producerId}, at offset ${last} of ${topicPartitionName(log.topicPartition)}.`,
    );
  }
}

function hasBatch(log: PartitionLog, lastOffset: number): boolean {
  for (const batch of batchesBetween(log, lastOffset, lastOffset + 1)) if (batch.lastOffset === lastOffset) return true;
  return false;
}
