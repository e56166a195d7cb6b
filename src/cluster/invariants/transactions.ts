/**
 * A transaction is committed whole or aborted whole: every marker says what its coordinator decided, a decision is never taken back. What the
 * markers say of each record is kept for those who look at what consumers see.
 */
import type { ProducerId } from '../../kafka/ids.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { asClusterFact, type ClusterFacts } from '../facts.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { batchesBetween } from './logReading.ts';
import type { Observation, ReplicaChange } from './observation.ts';
import type { PartitionHistories, PartitionHistory } from './partitionHistories.ts';
import { TransactionLog } from './transactionLog.ts';

type StateChange = ClusterFacts['transactionStateChanged'];

export class Transactions implements Invariant {
  readonly #histories: PartitionHistories;
  /** By transactional id: its state, as its coordinator last wrote it. */
  readonly #states = new Map<string, StateChange>();
  /** By producer id, whether its latest transaction that was decided is committed, as the transaction log says. */
  readonly #decisions = new Map<number, boolean>();
  readonly #log = new TransactionLog();
  committed = 0;
  aborted = 0;

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent({ facts, replicas }: Observation): void {
    for (const change of replicas)
      for (const { metadata } of this.#log.readOn(change))
        if (metadata.state === 'PrepareCommit' || metadata.state === 'PrepareAbort')
          this.#decisions.set(metadata.producerId, metadata.state === 'PrepareCommit');
    for (const fact of facts) {
      const known = asClusterFact(fact);
      if (known?.name === 'transactionStateChanged') this.#moved(known.detail);
      else if (known?.name === 'transactionMarkerWritten') this.#marked(known.detail);
    }
    for (const change of replicas) this.#committedTo(change);
  }

  #moved(change: StateChange): void {
    const { transactionalId, producerId, to } = change;
    const before = this.#states.get(transactionalId);
    this.#states.set(transactionalId, change);
    if (to === 'CompleteCommit') this.committed += 1;
    if (to === 'CompleteAbort') this.aborted += 1;
    if (before === undefined) return;
    // A coordinator that is replaced meanwhile does not tell what it has written: a completion may be missing here.
    const isReversed =
      (before.to === 'PrepareCommit' && to === 'CompleteAbort') ||
      (before.to === 'PrepareAbort' && to === 'CompleteCommit');
    if (isReversed) broken(`The transaction of ${transactionalId} was ${before.to} and became ${to}.`);
    if (producerId === before.producerId && change.producerEpoch < before.producerEpoch)
      broken(
        `The epoch of ${transactionalId} went back from ${before.producerEpoch} to ${change.producerEpoch} (producer ${producerId}).`,
      );
  }

  #marked({ topic, partition, producerId, isCommit, offset }: ClusterFacts['transactionMarkerWritten']): void {
    const decision = this.#decisions.get(producerId);
    if (decision === isCommit) return;
    const marker = `${isCommit ? 'COMMIT' : 'ABORT'} marker of producer ${producerId} at offset ${offset} of ${topic}-${partition}`;
    broken(`The ${marker} was written: its coordinator decided ${decision === undefined ? 'nothing' : 'otherwise'}.`);
  }

  /** Reads on in what has been committed since. */
  #committedTo({ after: { hosted } }: ReplicaChange): void {
    const { log, role } = hosted;
    if (log === null || role !== 'leader') return;
    const history = this.#histories.of(hosted);
    const { transactions, highWatermark } = history;
    if (highWatermark <= transactions.readTo || history.uncleanEpoch >= 0) return;
    for (const batch of batchesBetween(log, transactions.readTo, Math.min(highWatermark, log.logEndOffset))) {
      if (!batch.isTransactional) continue;
      const marker = markerOf(batch);
      if (marker !== null) ended(history, batch.producerId, batch.baseOffset, marker.type === 'COMMIT');
      else if (!batch.isControl) openedBy(history, batch.producerId).push(...batch.records.map(({ offset }) => offset));
    }
    transactions.readTo = highWatermark;
    if (transactions.readTo > log.logEndOffset)
      broken(`The leader of ${topicPartitionName(hosted)} ends below what is committed.`);
  }
}

function openedBy({ transactions }: PartitionHistory, producerId: ProducerId): number[] {
  let offsets = transactions.open.get(producerId);
  if (offsets === undefined) {
    offsets = [];
    transactions.open.set(producerId, offsets);
  }
  return offsets;
}

function ended({ transactions }: PartitionHistory, producerId: ProducerId, end: number, isCommit: boolean): void {
  for (const offset of transactions.open.get(producerId) ?? [])
    if (offset < end) transactions.isCommitted.set(offset, isCommit);
  transactions.open.delete(producerId);
}
