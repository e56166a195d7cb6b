/** What has been committed in each partition: the records that were below a high watermark, and what elections were allowed to lose. */
import type { LeaderEpoch } from '../../kafka/ids.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { StoredRecord } from './logReading.ts';

/** The state znode of a partition, as last written. */
export interface WrittenState {
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  readonly controllerEpoch: number;
}

/** What the markers of a partition say, as far as it is committed. */
export interface TransactionOutcomes {
  /** Offset up to which the log has been read. */
  readTo: number;
  /** By producer id, the records of its open transaction. */
  readonly open: Map<number, number[]>;
  /** By offset of a record: whether its transaction was committed, or else aborted. */
  readonly isCommitted: Map<number, boolean>;
}
export const noTransactions = (): TransactionOutcomes => ({ readTo: 0, open: new Map(), isCommitted: new Map() });

export interface PartitionHistory {
  topicId: string;
  /** By offset; a hole where compaction or retention took a record before it was seen. */
  committed: (StoredRecord | undefined)[];
  /** First offset that was never committed. */
  highWatermark: number;
  /** The same, what unclean elections took back included. */
  highestHighWatermark: number;
  state: WrittenState | null;
  /** Leader epoch of the last unclean election; −1: none. */
  uncleanEpoch: LeaderEpoch;
  /** Whether its leader has taken over: what it has is what is committed. */
  isRebased: boolean;
  /** Records acknowledged to producers with acks=all. */
  acknowledged: number;
  /** Committed records that unclean elections lost. */
  lostUncleanly: number;
  /** A consumer was reset since the last commit, which may go back. */
  wasReset: boolean;
  transactions: TransactionOutcomes;
}

export class PartitionHistories {
  readonly #histories = new Map<string, PartitionHistory>();

  of(place: { readonly topic: string; readonly partition: number }): PartitionHistory {
    const name = topicPartitionName(place);
    let history = this.#histories.get(name);
    if (history === undefined) {
      history = {
        topicId: '',
        committed: [],
        highWatermark: 0,
        highestHighWatermark: 0,
        state: null,
        uncleanEpoch: -1 as LeaderEpoch,
        isRebased: true,
        acknowledged: 0,
        lostUncleanly: 0,
        wasReset: false,
        transactions: noTransactions(),
      };
      this.#histories.set(name, history);
    }
    return history;
  }

  /** Deleted topics begin anew under the same name. */
  forget(topic: string): void {
    for (const name of this.#histories.keys())
      if (name.slice(0, name.lastIndexOf('-')) === topic) this.#histories.delete(name);
  }

  all(): IterableIterator<[string, PartitionHistory]> {
    return this.#histories.entries();
  }
}

/** A replica of an epoch before the last unclean election may hold what that election gave up. */
export const isOfThePast = ({ uncleanEpoch }: PartitionHistory, leaderEpoch: number): boolean =>
  leaderEpoch < uncleanEpoch;
