/**
 * At least once: a group goes on where it had come, so that no record is left out between two of its members, nor before the first. Groups
 * here begin at the beginning of logs that lose nothing to retention; what compaction has taken is not missed.
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { asClusterFact, type ClusterFacts } from '../facts.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';
import type { PartitionHistories } from './partitionHistories.ts';
import type { Visibility } from './visibility.ts';

export class Deliveries implements Invariant {
  readonly #histories: PartitionHistories;
  readonly #visibility: Visibility;
  /** Of the members of groups. */
  readonly #groups = new Map<ProcessId, string>();
  /** By group and partition: all before it has been given to some member, or is nothing that every consumer sees. */
  readonly #givenTo = new Map<string, number>();

  constructor(histories: PartitionHistories, visibility: Visibility) {
    this.#histories = histories;
    this.#visibility = visibility;
  }

  afterEvent({ requests, facts }: Observation): void {
    for (const { client, request } of requests)
      if (request.api === 'JoinGroup') this.#groups.set(client, request.body.groupId);
    for (const fact of facts) {
      const known = asClusterFact(fact);
      if (known?.name === 'recordsConsumed' && fact.process !== null) this.#given(fact.process, known.detail);
    }
  }

  #given(process: ProcessId, { topic, partition, firstOffset, lastOffset }: ClusterFacts['recordsConsumed']): void {
    const group = this.#groups.get(process);
    if (group === undefined) return;
    const name = topicPartitionName({ topic, partition });
    const key = `${group} ${name}`;
    const end = this.#givenTo.get(key) ?? 0;
    const { committed, uncleanEpoch, transactions } = this.#histories.of({ topic, partition });
    if (uncleanEpoch < 0 && !this.#visibility.isCompacted(topic))
      for (let offset = end; offset < firstOffset; offset++) {
        const batch = committed[offset]?.batch;
        if (batch === undefined || batch.isControl) continue;
        if (!batch.isTransactional || transactions.isCommitted.get(offset) === true)
          broken(
            `Group ${group} went on in ${name} with record ${firstOffset}: record ${offset} has been given to none of its members.`,
          );
      }
    if (lastOffset >= end) this.#givenTo.set(key, lastOffset + 1);
  }
}
