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
import type { ClusterFacts } from '../facts.ts';
import type { FetchPartitionResponse } from '../protocol/kafka/records.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { isSameRecord } from './logReading.ts';
import type { Observation } from './observation.ts';
import { isOfThePast, type PartitionHistories } from './partitionHistories.ts';

export class Visibility implements Invariant {
  readonly #histories: PartitionHistories;
  /** By process and partition: the first offset that has not been returned. */
  readonly #nextOffsets = new Map<ProcessId, Map<string, number>>();
  consumed = 0;

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent({ exchanges, facts, world }: Observation): void {
    for (const { stage, server, request, response } of exchanges) {
      if (stage !== 'answered' || response.api !== 'Fetch' || request.api !== 'Fetch') continue;
      if (request.body.replicaState.replicaId >= 0) continue;
      const broker = brokerIn(world.processes[server]!);
      if (broker === null) continue;
      for (const { topic, partitions } of response.body.responses)
        for (const answer of partitions) this.#answered(broker, topic, answer, request.body.isolationLevel);
    }
    for (const { what, process } of facts) {
      if (what.kind !== 'told' || process === null) continue;
      if (what.name === 'recordsConsumed')
        this.#consumed(process, what.detail as unknown as ClusterFacts['recordsConsumed']);
      else if (what.name === 'assignmentReceived') this.#nextOffsets.delete(process);
      else if (what.name === 'positionReset')
        this.#nextOffsets
          .get(process)
          ?.delete(topicPartitionName(what.detail as unknown as ClusterFacts['positionReset']));
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
        const committed = history.committed[record.offset];
        if (committed !== undefined && !isSameRecord(committed, { record, batch }))
          broken(`A consumer was sent another record ${record.offset} of ${name} than the committed one.`);
      }
    }
  }

  #consumed(process: ProcessId, { topic, partition, firstOffset, lastOffset }: ClusterFacts['recordsConsumed']): void {
    const name = topicPartitionName({ topic, partition });
    let next = this.#nextOffsets.get(process);
    if (next === undefined) {
      next = new Map();
      this.#nextOffsets.set(process, next);
    }
    this.consumed += lastOffset - firstOffset + 1;
    const expected = next.get(name) ?? 0;
    const { highestHighWatermark, committed, uncleanEpoch } = this.#histories.of({ topic, partition });
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
        if (
          record !== undefined &&
          !record.batch.isControl &&
          !record.batch.isTransactional &&
          !this.#isCompacted(topic)
        )
          broken(`Process ${process} was not given record ${skipped} of ${name}: it went on with ${firstOffset}.`);
      }
    }
    next.set(name, lastOffset + 1);
  }

  readonly #compacted = new Set<string>();
  #isCompacted(topic: string): boolean {
    return this.#compacted.has(topic);
  }
  /** Gaps of a compacted topic are no losses. */
  noteCompacted(topic: string): void {
    this.#compacted.add(topic);
  }
}
