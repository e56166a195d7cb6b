/**
 * What consumers see: nothing at or above the high watermark (read_committed: the last stable offset), only what is committed, in the order
 * of the offsets.
 */
import { lastStableOffset } from '../../kafka/log/partitionLog.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { findPartition } from '../broker/broker.ts';
import type { Broker } from '../broker/broker.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { asClusterFact, type ClusterFacts } from '../facts.ts';
import type { FetchPartitionResponse } from '../protocol/kafka/records.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { isSameRecord, type StoredRecord } from './logReading.ts';
import type { Observation } from './observation.ts';
import { isOfThePast, type PartitionHistories, type PartitionHistory } from './partitionHistories.ts';

export class Visibility implements Invariant {
  readonly #histories: PartitionHistories;
  /** By process and partition: the first offset that has not been returned. */
  readonly #nextOffsets = new Map<ProcessId, Map<string, number>>();
  /** Of the consumers that read committed transactions only, as their fetches say. */
  readonly #readCommitted = new Set<ProcessId>();
  consumed = 0;

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent({ requests, exchanges, facts, world }: Observation): void {
    for (const { client, request } of requests)
      if (request.api === 'Fetch' && request.body.isolationLevel === 1) this.#readCommitted.add(client);
    for (const { stage, server, request, response } of exchanges) {
      if (stage !== 'answered' || response.api !== 'Fetch' || request.api !== 'Fetch') continue;
      if (request.body.replicaState.replicaId >= 0) continue;
      const broker = brokerIn(world.processes[server]!);
      if (broker === null) continue;
      for (const { topic, partitions } of response.body.responses)
        for (const answer of partitions) this.#answered(broker, topic, answer, request.body.isolationLevel);
    }
    for (const fact of facts) {
      const { process } = fact;
      const known = asClusterFact(fact);
      if (known === null || process === null) continue;
      if (known.name === 'recordsConsumed') this.#consumed(process, known.detail);
      else if (known.name === 'assignmentReceived') this.#nextOffsets.delete(process);
      else if (known.name === 'positionReset') this.#nextOffsets.get(process)?.delete(topicPartitionName(known.detail));
    }
  }

  /** Null: nothing has been returned since the partition was assigned. */
  nextOffsetOf(process: ProcessId, name: string): number | null {
    return this.#nextOffsets.get(process)?.get(name) ?? null;
  }

  #answered(broker: Broker, topic: string, answer: FetchPartitionResponse, isolationLevel: 0 | 1): void {
    if (answer.errorCode !== 'NONE' || answer.records.length === 0) return;
    const hosted = findPartition(broker, topic, answer.partitionIndex);
    if (hosted?.log == null) return;
    const history = this.#histories.of(hosted);
    const name = topicPartitionName(hosted);
    const limit = isolationLevel === 1 ? lastStableOffset(hosted.log) : hosted.log.highWatermark;
    const isPast = isOfThePast(history, hosted.leaderEpoch);
    for (const batch of answer.records) {
      if (batch.lastOffset >= limit)
        broken(
          `A consumer was sent record ${batch.lastOffset} of ${name}, not below the ${isolationLevel === 1 ? 'last stable offset' : 'high watermark'} ${limit}.`,
        );
      if (isPast) continue;
      for (const record of batch.records) {
        if (isolationLevel === 1 && history.uncleanEpoch < 0 && isOpen(history, record.offset))
          broken(`A read_committed consumer was sent record ${record.offset} of ${name}, of an open transaction.`);
        const committed = history.committed[record.offset];
        if (committed !== undefined && !isSameRecord(committed, { record, batch }))
          broken(`A consumer was sent another record ${record.offset} of ${name} than the committed one.`);
      }
    }
  }

  #consumed(process: ProcessId, detail: ClusterFacts['recordsConsumed']): void {
    const { topic, partition, firstOffset, lastOffset, count } = detail;
    const name = topicPartitionName({ topic, partition });
    let next = this.#nextOffsets.get(process);
    if (next === undefined) {
      next = new Map();
      this.#nextOffsets.set(process, next);
    }
    this.consumed += count;
    const expected = next.get(name) ?? 0;
    const history = this.#histories.of({ topic, partition });
    const { highestHighWatermark, committed, uncleanEpoch } = history;
    const isVisible = (record: StoredRecord): boolean => isGiven(record, history, this.#readCommitted.has(process));
    if (lastOffset >= highestHighWatermark)
      broken(
        `Record ${lastOffset} of ${name} was returned to a consumer and is not below the high watermark ${highestHighWatermark}.`,
      );
    // After an unclean election consumers go back to where the logs part.
    if (firstOffset < expected && uncleanEpoch < 0)
      broken(`Record ${firstOffset} of ${name} was returned to process ${process} after record ${expected - 1}.`);
    if (next.has(name) && uncleanEpoch < 0) {
      for (let skipped = expected; skipped < firstOffset; skipped++) {
        const record = committed[skipped];
        if (record !== undefined && isVisible(record) && !this.isCompacted(topic))
          broken(`Process ${process} was not given record ${skipped} of ${name}: it went on with ${firstOffset}.`);
      }
    }
    next.set(name, lastOffset + 1);
    if (uncleanEpoch >= 0 || this.isCompacted(topic)) return;
    let expectedCount = 0;
    for (let offset = firstOffset; offset <= lastOffset; offset++) {
      const record = committed[offset];
      if (record === undefined) return;
      if (isVisible(record)) expectedCount += 1;
    }
    if (count !== expectedCount)
      broken(
        `Process ${process} was given ${count} records of ${name} from ${firstOffset} to ${lastOffset}: it may see ${expectedCount}.`,
      );
  }

  readonly #compacted = new Set<string>();
  /** Whether its gaps may be the cleaner's. */
  isCompacted(topic: string): boolean {
    return this.#compacted.has(topic);
  }
  /** Gaps of a compacted topic are no losses. */
  noteCompacted(topic: string): void {
    this.#compacted.add(topic);
  }
}

const isOpen = ({ transactions, committed }: PartitionHistory, offset: number): boolean => {
  const batch = committed[offset]?.batch;
  return batch?.isTransactional === true && !batch.isControl && !transactions.isCommitted.has(offset);
};

/** Markers are never given to an application; what was aborted is, unless it reads committed transactions only. */
function isGiven(
  { batch, record }: StoredRecord,
  { transactions }: PartitionHistory,
  readsCommitted: boolean,
): boolean {
  if (batch.isControl) return false;
  return !batch.isTransactional || !readsCommitted || transactions.isCommitted.get(record.offset) === true;
}
