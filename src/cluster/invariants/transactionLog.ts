/** What transaction coordinators have written into `__transaction_state`, as the log of each partition's latest leader has it. */
import { TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import { readTransactions } from '../transaction/loading.ts';
import type { TransactionMetadata } from '../transaction/transactionMetadata.ts';
import { batchesBetween } from './logReading.ts';
import type { ReplicaChange } from './observation.ts';

export interface WrittenTransaction {
  readonly metadata: TransactionMetadata;
  readonly partition: number;
  readonly offset: number;
  /** Whose log this is. */
  readonly coordinator: BrokerId;
  readonly coordinatorEpoch: LeaderEpoch;
}

export class TransactionLog {
  /** By partition: its leader epoch, and how far it has been read in it. */
  readonly #read = new Map<number, { readonly leaderEpoch: LeaderEpoch; readonly readTo: number }>();

  /** Nothing for other topics and for followers. A new leader's log is read anew: what its predecessor had not committed may be gone. */
  *readOn({ after: { broker, hosted } }: ReplicaChange): Generator<WrittenTransaction, void, undefined> {
    const { log, role, topic, partition, leaderEpoch: coordinatorEpoch } = hosted;
    if (topic !== TRANSACTION_STATE_TOPIC_NAME || log === null || role !== 'leader') return;
    const known = this.#read.get(partition);
    if (known !== undefined && coordinatorEpoch < known.leaderEpoch) return;
    const from = known?.leaderEpoch === coordinatorEpoch ? known.readTo : log.logStartOffset;
    this.#read.set(partition, { leaderEpoch: coordinatorEpoch, readTo: log.logEndOffset });
    for (const batch of batchesBetween(log, from, log.logEndOffset))
      for (const metadata of readTransactions([batch]).values())
        yield { metadata, partition, offset: batch.lastOffset, coordinator: broker.brokerId, coordinatorEpoch };
  }
}
