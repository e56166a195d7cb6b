/**
 * What a coordinator knows as committed is what its log says: an offset that a member committed, or one of a transaction that was committed.
 * Those of a transaction that is open, or was aborted, never count.
 *
 * Follows the log as `GroupMetadataManager#doLoadGroupsAndOffsets` reads it (3.9.0); KIP-98 on offsets in transactions.
 */
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { Group } from '../coordinator/group.ts';
import { readGroupRecordKey, readOffsetValue } from '../coordinator/groupRecords.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { batchesBetween } from './logReading.ts';
import type { BrokerChange, Exchange, Observation, ReplicaChange } from './observation.ts';

/** By group and partition, every offset that was ever committed. */
type Counted = Map<string, Set<number>>;
interface Entry {
  readonly key: string;
  readonly offset: number;
}
/** How a partition of the topic has been read, in one leader epoch. */
interface Reading {
  readonly leaderEpoch: number;
  readonly readTo: number;
  /** By producer id, the offsets of its open transaction. */
  readonly open: Map<number, Entry[]>;
}

export class StoredOffsets implements Invariant {
  readonly #counted: Counted = new Map();
  /** By broker and partition. */
  readonly #readings = new Map<string, Reading>();

  afterEvent({ replicas, brokers, exchanges, world }: Observation): void {
    for (const change of replicas) this.#read(change);
    for (const change of brokers) this.#check(change);
    for (const exchange of exchanges)
      if (exchange.stage === 'answered' && brokerIn(world.processes[exchange.server]!) !== null)
        this.#answered(exchange);
  }

  /** To its end: a coordinator that takes over reads it all. A new leader's is read anew. */
  #read({ after: { broker, hosted } }: ReplicaChange): void {
    const { topic, partition, log, role, leaderEpoch } = hosted;
    if (topic !== GROUP_METADATA_TOPIC_NAME || log === null || role !== 'leader') return;
    const place = `${broker.brokerId} ${partition}`;
    const known = this.#readings.get(place);
    const goesOn = known?.leaderEpoch === leaderEpoch;
    if (goesOn && known.readTo === log.logEndOffset) return;
    const open = goesOn ? known.open : new Map<number, Entry[]>();
    const from = goesOn ? known.readTo : log.logStartOffset;
    for (const batch of batchesBetween(log, from, log.logEndOffset)) this.#note(batch, open);
    this.#readings.set(place, { leaderEpoch, readTo: log.logEndOffset, open });
  }

  #note(batch: RecordBatch, open: Map<number, Entry[]>): void {
    if (batch.isControl) {
      if (markerOf(batch)?.type === 'COMMIT') for (const entry of open.get(batch.producerId) ?? []) this.#count(entry);
      open.delete(batch.producerId);
      return;
    }
    for (const { key, value } of batch.records) {
      const what = key === null ? null : readGroupRecordKey(key);
      if (what?.kind !== 'offset' || value === null) continue;
      const { groupId, topicPartition } = what;
      const { offset } = readOffsetValue(value, topicPartition);
      const entry = { key: keyOf(groupId, topicPartitionName(topicPartition)), offset };
      if (!batch.isTransactional) this.#count(entry);
      else open.set(batch.producerId, [...(open.get(batch.producerId) ?? []), entry]);
    }
  }

  #count({ key, offset }: Entry): void {
    const counted = this.#counted.get(key);
    if (counted === undefined) this.#counted.set(key, new Set([offset]));
    else counted.add(offset);
  }

  #counts(key: string, offset: number): boolean {
    return this.#counted.get(key)?.has(offset) === true;
  }

  #check({ before, after }: BrokerChange): void {
    const [old, groups] = [before?.groups?.groups, after.groups?.groups];
    if (groups === undefined || old === groups) return;
    for (const [groupId, group] of groups) {
      const known = old?.get(groupId);
      if (known !== group && known?.offsets.committed !== group.offsets.committed)
        this.#committed(groupId, group, known?.offsets.committed);
    }
  }

  #committed(groupId: string, { offsets }: Group, known: Group['offsets']['committed'] | undefined): void {
    for (const [name, record] of offsets.committed) {
      const { offset } = record.committed;
      if (known?.get(name) !== record && !this.#counts(keyOf(groupId, name), offset))
        broken(
          `The coordinator of group ${groupId} takes offset ${offset} of ${name} for committed: no commit and no committed transaction says so.`,
        );
    }
  }

  #answered({ request, response }: Exchange): void {
    if (request.api !== 'OffsetFetch' || response.api !== 'OffsetFetch') return;
    for (const { groupId, topics } of response.body.groups)
      for (const { name: topic, partitions } of topics)
        for (const { partitionIndex: partition, committedOffset, errorCode } of partitions) {
          const name = topicPartitionName({ topic, partition });
          if (errorCode === 'NONE' && committedOffset >= 0 && !this.#counts(keyOf(groupId, name), committedOffset))
            broken(
              `The coordinator answered offset ${committedOffset} of ${name} for group ${groupId}: no commit and no committed transaction says so.`,
            );
        }
  }
}

const keyOf = (groupId: string, name: string): string => `${groupId} ${name}`;
