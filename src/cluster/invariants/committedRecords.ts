/**
 * Replicas agree below the high watermark, and what was below it is never lost while an in-sync replica lives: every leader that is elected
 * cleanly has it, no member of the ISR cuts it off, a restart reads it back. An unclean election may take records back; what its leader
 * has is then what is committed.
 */
import type { LeaderEpoch } from '../../kafka/ids.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { HostedPartition } from '../broker/hostedPartition.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { isSameRecord, recordsBetween, type StoredRecord } from './logReading.ts';
import type { Observation, ReplicaChange } from './observation.ts';
import { isOfThePast, noTransactions, type PartitionHistories, type PartitionHistory } from './partitionHistories.ts';

export class CommittedRecords implements Invariant {
  readonly #histories: PartitionHistories;
  truncations = 0;

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) this.#check(change);
  }

  #check(change: ReplicaChange): void {
    const { before, after, isRestart } = change;
    const { hosted } = after;
    const { log } = hosted;
    if (log === null) return;
    const history = this.#histories.of(hosted);
    const known = before?.hosted ?? null;
    const isNewLeader =
      hosted.role === 'leader' &&
      (isRestart || known === null || known.role !== 'leader' || known.leaderEpoch !== hosted.leaderEpoch);
    if (isRestart && known?.log != null) readsBack(hosted, known);
    if (known?.log != null && log.logEndOffset < known.log.logEndOffset) this.#truncated(change, history);
    if (isNewLeader) takesOver(hosted, history);
    if (hosted.role === 'none') return;
    if (isOfThePast(history, hosted.leaderEpoch)) return raiseHighest(history, log.highWatermark);
    const from = known?.log == null || isRestart || isNewLeader ? log.logStartOffset : known.log.highWatermark;
    if (log.highWatermark > from) agrees(hosted, history, from);
  }

  #truncated({ before, after: { broker, hosted } }: ReplicaChange, history: PartitionHistory): void {
    this.truncations += 1;
    const end = hosted.log!.logEndOffset;
    const known = before!.hosted.log!;
    if (history.uncleanEpoch >= 0) return;
    const name = topicPartitionName(hosted);
    // Once compaction has taken every record of an epoch, a follower of the compacted log never learns that there was one; as a leader it then
    // has those who do know it truncate lower. Kafka does so with a warning (`ReplicaFetcherThread#truncate`), and what is missing is fetched again.
    if (end < known.highWatermark && !known.config.isCompacted)
      broken(
        `Broker ${broker.brokerId} truncated ${name} to offset ${end}, below its high watermark ${known.highWatermark}.`,
      );
    if (history.state?.isr.includes(broker.brokerId) !== true) return;
    for (const found of recordsBetween(known, end, history.highWatermark)) {
      const committed = history.committed[found.record.offset];
      if (committed !== undefined && isSameRecord(committed, found))
        broken(
          `Broker ${broker.brokerId} of the ISR truncated ${name} to offset ${end} and lost the committed record ${found.record.offset}.`,
        );
    }
  }
}

/** A process that is killed loses nothing that it had written. */
function readsBack(hosted: HostedPartition, known: HostedPartition): void {
  const [log, lost] = [hosted.log!, known.log!];
  const name = topicPartitionName(hosted);
  if (hosted.topicId === known.topicId && log.logEndOffset < lost.logEndOffset)
    broken(`${name} ends at ${log.logEndOffset} after a restart, it ended at ${lost.logEndOffset}.`);
}

/** Leader completeness: a new leader has all that is committed. */
function takesOver(hosted: HostedPartition, history: PartitionHistory): void {
  const { log, leaderEpoch, topicId } = hosted;
  if (log === null) return;
  if (history.topicId !== topicId) Object.assign(history, beginAnew(topicId));
  if (isOfThePast(history, leaderEpoch)) return;
  if (!history.isRebased) return rebase(hosted, history);
  if (history.state !== null && leaderEpoch < history.state.leaderEpoch) return;
  const name = topicPartitionName(hosted);
  if (log.logEndOffset < history.highWatermark)
    broken(
      `The leader of ${name} in epoch ${leaderEpoch} ends at ${log.logEndOffset}: records below the high watermark ${history.highWatermark} are lost, and unclean election is off.`,
    );
  compare(hosted, history, log.logStartOffset, history.highWatermark);
}

/** Consumers see it, even if a leader commits that does not know that it was replaced uncleanly. */
function raiseHighest(history: PartitionHistory, highWatermark: number): void {
  if (highWatermark > history.highestHighWatermark) history.highestHighWatermark = highWatermark;
}

const beginAnew = (topicId: string): Partial<PartitionHistory> => ({
  topicId,
  committed: [],
  highWatermark: 0,
  highestHighWatermark: 0,
  uncleanEpoch: -1 as LeaderEpoch,
  isRebased: true,
  transactions: noTransactions(),
});

/** After an unclean election the leader's log is the partition's. */
function rebase({ log }: HostedPartition, history: PartitionHistory): void {
  if (log === null) return;
  const kept: PartitionHistory['committed'] = [];
  for (const found of recordsBetween(log, log.logStartOffset, log.highWatermark)) kept[found.record.offset] = found;
  let lost = 0;
  for (const [offset, record] of history.committed.entries()) {
    if (record === undefined) continue;
    const present = [...recordsBetween(log, offset, offset + 1)][0];
    if (present === undefined || !isSameRecord(present, record)) lost += 1;
  }
  history.committed = kept;
  history.highWatermark = log.highWatermark;
  // A leader alone in its ISR commits all it has in the same turn as it takes over.
  raiseHighest(history, log.highWatermark);
  history.lostUncleanly += lost;
  history.isRebased = true;
}

/** What passes below the high watermark of a replica is what is committed; the leader says first what that is. */
function agrees(hosted: HostedPartition, history: PartitionHistory, from: number): void {
  const log = hosted.log!;
  const { highWatermark } = log;
  const name = topicPartitionName(hosted);
  compare(hosted, history, from, Math.min(highWatermark, history.highWatermark));
  if (highWatermark <= history.highWatermark) return;
  if (hosted.role !== 'leader')
    broken(
      `A follower of ${name} has high watermark ${highWatermark}, above the ${history.highWatermark} that a leader reached.`,
    );
  for (const found of recordsBetween(log, history.highWatermark, highWatermark))
    history.committed[found.record.offset] = found;
  history.highWatermark = highWatermark;
  raiseHighest(history, highWatermark);
}

/**
 * Of an older epoch than what is committed there. A leader that fetched the next epoch without its first records, which were compacted away,
 * takes it to begin later, and has a follower that comes back keep what that one wrote there alone (`LeaderEpochFileCache#endOffsetFor`).
 */
const isLeftOver = (found: StoredRecord, committed: StoredRecord): boolean =>
  found.batch.partitionLeaderEpoch < committed.batch.partitionLeaderEpoch;

function compare(hosted: HostedPartition, history: PartitionHistory, from: number, to: number): void {
  const log = hosted.log!;
  const name = topicPartitionName(hosted);
  let expected = Math.max(from, log.logStartOffset);
  for (const found of recordsBetween(log, expected, to)) {
    const { offset } = found.record;
    if (!log.config.isCompacted) {
      if (offset > expected && history.committed[expected] !== undefined) missing(name, hosted.leaderEpoch, expected);
      expected = offset + 1;
    }
    const committed = history.committed[offset];
    if (committed !== undefined && log.config.isCompacted && isLeftOver(found, committed)) continue;
    if (committed !== undefined && !isSameRecord(committed, found))
      broken(
        `A replica of ${name} has another record at offset ${offset}, below the high watermark ${history.highWatermark}, than was committed.`,
      );
  }
}

function missing(name: string, leaderEpoch: number, offset: number): never {
  return broken(`A replica of ${name} in leader epoch ${leaderEpoch} lacks the committed record ${offset}.`);
}
