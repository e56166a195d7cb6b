/**
 * What the clients said at their terminals: records acknowledged to producers, records read. And what transaction coordinators said of
 * markers that they skip.
 */
import type { Fact } from '../../kernel/facts.ts';

export interface Acknowledged {
  readonly value: string;
  readonly offset: number;
  readonly acks: string;
}

/** Keys are `partition offset`. */
type ByPlace<T> = ReadonlyMap<string, T>;

export class Told {
  readonly #acknowledged = new Map<string, Map<string, Acknowledged>>();
  readonly #read = new Map<string, Map<string, string>>();
  readonly #acks = new Map<string, string>();
  readonly #skipped = new Set<string>();
  acknowledged = 0;

  note({ what }: Fact): void {
    if (what.kind === 'started' && what.program === 'kafka-verifiable-producer') {
      const { argv } = what;
      this.#acks.set(argv[argv.indexOf('--value-prefix') + 1] ?? '', argv[argv.indexOf('--acks') + 1] ?? '-1');
    }
    if (what.kind !== 'printed' || what.to !== 'stdout') return;
    if (what.terminal === null) return this.#noteSkipped(what.text);
    if (what.terminal.startsWith('read-')) this.#noteRead(what.terminal, what.text);
    else if (what.text.includes('"producer_send_success"')) this.#noteSuccess(what.text);
  }

  acknowledgedIn(topic: string): ByPlace<Acknowledged> {
    return this.#acknowledged.get(topic) ?? new Map();
  }

  /**
   * Whether markers of a transaction of this id were never sent. A coordinator that has started with the whole cluster, and has read its
   * transactions before an UpdateMetadata told it the partitions, takes them for deleted (`TransactionMarkerChannelManager`
   * `#addTxnMarkersToBrokerQueue`, 3.9.0): the transaction stays open there for ever.
   */
  hasSkippedMarkers(transactionalId: string): boolean {
    return this.#skipped.has(transactionalId);
  }

  readOf(topic: string, partition: number): ByPlace<string> {
    return this.#read.get(`read-${topic}-${partition}`) ?? new Map();
  }

  #noteSkipped(text: string): void {
    if (!text.includes("Couldn't find leader endpoint")) return;
    for (const [, id] of text.matchAll(/to send transaction markers for (\S+), these partitions/g))
      if (id !== undefined) this.#skipped.add(id);
  }

  #noteSuccess(text: string): void {
    for (const line of text.split('\n')) {
      if (!line.includes('"producer_send_success"')) continue;
      const { value, offset, partition, topic } = JSON.parse(line) as {
        value: string;
        offset: number;
        partition: number;
        topic: string;
      };
      this.acknowledged += 1;
      // With acks=0 nobody knows where it is.
      const place = offset < 0 ? `${partition} ?${value}` : `${partition} ${offset}`;
      let ofTopic = this.#acknowledged.get(topic);
      if (ofTopic === undefined) {
        ofTopic = new Map();
        this.#acknowledged.set(topic, ofTopic);
      }
      ofTopic.set(place, { value, offset, acks: this.#acks.get(value.slice(0, value.indexOf('.'))) ?? '-1' });
    }
  }

  #noteRead(terminal: string, text: string): void {
    let read = this.#read.get(terminal);
    if (read === undefined) {
      read = new Map();
      this.#read.set(terminal, read);
    }
    for (const line of text.split('\n')) {
      const [partition, offset, value] = line.split('\t');
      if (partition !== undefined && offset !== undefined && value !== undefined)
        read.set(`${partition.replace('Partition:', '')} ${offset.replace('Offset:', '')}`, value);
    }
  }
}
