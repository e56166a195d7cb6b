/**
 * The cleaner's thread: one compacted log after the other, the filthiest first, then a pause.
 *
 * Follows `kafka.log.LogCleaner` and `LogCleanerManager#grabFilthiestCompactedLog` (3.9.0). What a cleaning does is in `src/kafka/cleaner`.
 */
import { type CleanableRange, cleanableRange, isFilthy } from '../../kafka/cleaner/cleanableRange.ts';
import { cleanLog } from '../../kafka/cleaner/cleanLog.ts';
import type { Offset } from '../../kafka/ids.ts';
import type { LogSegment } from '../../kafka/log/logSegment.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import { deleteOldSegments } from '../../kafka/log/retention.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { later, ms } from '../../kernel/time.ts';
import { brokerBoolean, brokerNumber } from './brokerSettings.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { checkpointKey, type DoomedSegment } from './logDir.ts';
import { putPartition, setTimer, tellFact, type Turn, update } from './turn.ts';

/** Where a log stands, and whose it is. */
type Place = Pick<HostedPartition, 'logDir' | 'topic' | 'partition'>;

interface Filthy {
  readonly partition: HostedPartition & { readonly log: PartitionLog };
  readonly range: CleanableRange;
}

/** Cleans all that is dirty enough, and looks again after `log.cleaner.backoff.ms`. */
export function cleanLogs(turn: Turn): void {
  if (!isCleanerOn(turn)) return;
  for (let filthiest = findFilthiest(turn); filthiest !== null; filthiest = findFilthiest(turn)) clean(turn, filthiest);
  for (const partition of turn.broker.partitions) {
    // Compacted logs that are deleted too obey retention, but from here.
    if (partition?.log?.config.isCompacted === true) retainSegments(turn, partition, partition.log);
  }
  setTimer(turn, 'log cleaner', ms(brokerNumber(turn.broker.settings, 'log.cleaner.backoff.ms')), {
    type: 'SCHEDULED',
    task: 'cleanLogs',
  });
}

function findFilthiest(turn: Turn): Filthy | null {
  let filthiest: Filthy | null = null;
  for (const partition of turn.broker.partitions) {
    if (partition === null || partition.log === null || !partition.log.config.isCompacted) continue;
    const { log } = partition;
    const checkpoint = checkpointOf(turn, partition);
    // A log that has never rolled has nothing to clean: the active segment is left alone. One that was cleaned before may have a checkpoint
    // that lies outside of it.
    if (log.sealedSegments.length === 0 && checkpoint === null) continue;
    const range = cleanableRange(log, { checkpoint, nowMs: turn.nowMs });
    if (range.isCheckpointInvalid) setCheckpoint(turn, partition, range.firstDirtyOffset);
    if (!isFilthy(range, log.config)) continue;
    if (filthiest === null || comesBefore(range, filthiest.range))
      filthiest = { partition: { ...partition, log }, range };
  }
  return filthiest;
}

/** Records that have waited too long go first, then the largest dirty ratio. */
function comesBefore(a: CleanableRange, b: CleanableRange): boolean {
  if (a.maxCompactionDelayMs !== b.maxCompactionDelayMs) return a.maxCompactionDelayMs > b.maxCompactionDelayMs;
  return (a.cleanableRatio ?? 0) > (b.cleanableRatio ?? 0);
}

function checkpointOf({ broker }: Turn, { logDir, topic, partition }: Place): Offset | null {
  const dir = broker.logs.dirs.find(({ path }) => path === logDir);
  return dir?.checkpoints.cleanerOffset?.get(checkpointKey(topic, partition)) ?? null;
}

function setCheckpoint(turn: Turn, { logDir, topic, partition }: Place, offset: Offset): void {
  const key = checkpointKey(topic, partition);
  writeCheckpoints(
    turn,
    (path) => path === logDir,
    (known) => new Map(known).set(key, offset),
  );
}

function writeCheckpoints(
  turn: Turn,
  isWritten: (path: string) => boolean,
  change: (known: ReadonlyMap<string, Offset>) => ReadonlyMap<string, Offset>,
): void {
  const dirs = turn.broker.logs.dirs.map((dir) => {
    if (!isWritten(dir.path)) return dir;
    const cleanerOffset = change(dir.checkpoints.cleanerOffset ?? new Map<string, Offset>());
    return { ...dir, checkpoints: { ...dir.checkpoints, cleanerOffset } };
  });
  update(turn, { logs: { ...turn.broker.logs, dirs } });
  turn.isDiskChanged = true;
}

/**
 * Of a log that was cut below its active segment: what comes in place of the records that went is dirty.
 *
 * Follows `LogManager#truncateTo` and `LogCleanerManager#maybeTruncateCheckpoint` (3.9.0).
 */
export function truncateCleanerCheckpoint(
  turn: Turn,
  { log: before, ...partition }: HostedPartition & { readonly log: PartitionLog },
  after: PartitionLog,
): void {
  const { baseOffset } = after.activeSegment;
  if (!isCleanerOn(turn) || !after.config.isCompacted || baseOffset >= before.activeSegment.baseOffset) return;
  const checkpoint = checkpointOf(turn, partition);
  if (checkpoint !== null && checkpoint > baseOffset) setCheckpoint(turn, partition, baseOffset);
}

/**
 * Of logs that were deleted: one of the same name that comes later is dirty from its start.
 *
 * Follows `LogManager#asyncDelete` and `LogCleanerManager#updateCheckpoints` (3.9.0).
 */
export function forgetCleanerCheckpoints(turn: Turn, deletedFrom: ReadonlySet<string>): void {
  if (!isCleanerOn(turn)) return;
  const there = new Set(
    turn.broker.partitions.flatMap((known) =>
      known === null || known.log === null ? [] : [checkpointKey(known.topic, known.partition)],
    ),
  );
  writeCheckpoints(
    turn,
    (path) => deletedFrom.has(path),
    (known) => new Map([...known].filter(([key]) => there.has(key))),
  );
}

const isCleanerOn = ({ broker }: Turn): boolean => brokerBoolean(broker.settings, 'log.cleaner.enable');

function clean(turn: Turn, { partition, range }: Filthy): void {
  const { log, endOffset, groups } = cleanLog(partition.log, range, turn);
  putPartition(turn, { ...partition, log });
  const replaced = new Set(groups.flat());
  doom(
    turn,
    partition,
    partition.log.sealedSegments.filter(({ baseOffset }) => replaced.has(baseOffset)),
  );
  const { brokerId } = turn.broker;
  setCheckpoint(turn, partition, endOffset);
  const { topic, partition: number } = partition;
  const kept = new Set(log.sealedSegments.map(({ baseOffset }) => baseOffset));
  for (const { baseOffset } of partition.log.sealedSegments)
    if (!kept.has(baseOffset))
      tellFact(turn, 'segmentDeleted', { broker: brokerId, topic, partition: number, baseOffset });
}

/** Retention: by size, by age, below the log's start. */
export function retainSegments(turn: Turn, partition: HostedPartition, before: PartitionLog): void {
  const { log, deleted } = deleteOldSegments(before, turn);
  if (deleted.length === 0) return;
  const { topic, partition: number } = partition;
  const broker = turn.broker.brokerId;
  putPartition(turn, { ...partition, log });
  doom(
    turn,
    partition,
    deleted.map(({ segment }) => segment),
  );
  for (const { segment } of deleted)
    tellFact(turn, 'segmentDeleted', { broker, topic, partition: number, baseOffset: segment.baseOffset });
  if (log.logStartOffset > before.logStartOffset)
    tellFact(turn, 'logStartMoved', { broker, topic, partition: number, to: log.logStartOffset });
}

/** Their files keep the name `….deleted` for `file.delete.delay.ms`. */
function doom(turn: Turn, partition: HostedPartition, segments: readonly LogSegment[]): void {
  const delayMs = partition.log?.config.fileDeleteDelayMs ?? 0;
  const goesAt = later(turn.now, ms(delayMs));
  const folder = topicPartitionName(partition);
  const { logs } = turn.broker;
  const had = snapshotsOf(partition);
  const has = snapshotsOf(turn.broker.partitions[partition.index] ?? null);
  const doomed = segments.map((segment): DoomedSegment => {
    const { baseOffset } = segment;
    return { folder, segment, snapshotProducers: has.has(baseOffset) ? null : (had.get(baseOffset) ?? null), goesAt };
  });
  const doomedSegments = [...logs.doomedSegments, ...doomed];
  update(turn, { logs: { ...logs, doomedSegments } });
  setTimer(turn, 'delete logs', ms(delayMs), { type: 'SCHEDULED', task: 'deleteLogs' });
}

/** How many producers each snapshot has, by its offset. */
const snapshotsOf = (partition: HostedPartition | null): ReadonlyMap<Offset, number> =>
  new Map(partition?.log?.producers.snapshots.map(({ offset, producers }) => [offset, producers.length]));
