/**
 * Committed offsets of a group never go back, except by a reset; none is lost with its coordinator; a consumer commits no offset beyond what
 * it was given.
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { findPartition } from '../broker/broker.ts';
import { asClusterFact, type ClusterFacts } from '../facts.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';
import type { PartitionHistories } from './partitionHistories.ts';
import type { Visibility } from './visibility.ts';

const offsetsTopic = '__consumer_offsets';

export class CommittedOffsets implements Invariant {
  readonly #histories: PartitionHistories;
  readonly #visibility: Visibility;
  /** By group and partition. */
  readonly #committed = new Map<string, number>();
  /** Every offset that a member has asked to commit, in the order of asking. */
  readonly #asked = new Map<string, number[]>();

  constructor(histories: PartitionHistories, visibility: Visibility) {
    this.#histories = histories;
    this.#visibility = visibility;
  }

  afterEvent(seen: Observation): void {
    for (const fact of seen.facts) {
      const known = asClusterFact(fact);
      if (known?.name === 'positionReset') this.#histories.of(known.detail).wasReset = true;
      else if (known?.name === 'offsetCommitted') this.#told(known.detail);
    }
    for (const { client, request } of seen.requests) {
      if (request.api !== 'OffsetCommit') continue;
      for (const { name: topic, partitions } of request.body.topics)
        for (const { partitionIndex: partition, committedOffset } of partitions) {
          const name = topicPartitionName({ topic, partition });
          const next = this.#visibility.nextOffsetOf(client, name);
          if (next !== null && committedOffset > next) this.#isGap(topic, partition, next, committedOffset);
          const key = `${request.body.groupId} ${name}`;
          const asked = this.#asked.get(key);
          if (asked === undefined) this.#asked.set(key, [committedOffset]);
          else asked.push(committedOffset);
        }
    }
    for (const exchange of seen.exchanges) this.#fetched(exchange, seen);
  }

  #told({ group, topic, partition, offset }: ClusterFacts['offsetCommitted']): void {
    const name = topicPartitionName({ topic, partition });
    const key = `${group} ${name}`;
    const before = this.#committed.get(key);
    const history = this.#histories.of({ topic, partition });
    const mayGoBack = history.wasReset || history.uncleanEpoch >= 0;
    if (before !== undefined && offset < before && !mayGoBack && !this.#isLate(key, offset, before))
      broken(
        `The committed offset of group ${group} for ${name} went back from ${before} to ${offset} without a reset.`,
      );
    this.#committed.set(key, offset);
    history.wasReset = false;
  }

  /** Of a connection that was given up a request may still arrive, after those of the next one. */
  #isLate(key: string, offset: number, before: number): boolean {
    const asked = this.#asked.get(key) ?? [];
    return asked.lastIndexOf(offset) < asked.lastIndexOf(before);
  }

  /** Only markers and what was aborted may lie between the last record returned and the offset committed. */
  #isGap(topic: string, partition: number, from: number, to: number): void {
    const { committed, uncleanEpoch } = this.#histories.of({ topic, partition });
    if (uncleanEpoch >= 0) return;
    for (let offset = from; offset < to; offset++) {
      const found = committed[offset];
      if (found !== undefined && !found.batch.isControl && !found.batch.isTransactional)
        broken(
          `Offset ${to} of ${topic}-${partition} is committed and record ${offset} has not been given to the application.`,
        );
    }
  }

  #fetched({ stage, server, request, response }: Exchange, { world }: Observation): void {
    if (stage !== 'answered' || request.api !== 'OffsetFetch' || response.api !== 'OffsetFetch') return;
    const broker = brokerIn(world.processes[server]!);
    if (broker?.groups == null) return;
    for (const { groupId, errorCode, topics } of response.body.groups) {
      const place = { topic: offsetsTopic, partition: coordinatorPartition(groupId, broker.groups.config) };
      const hosted = findPartition(broker, place.topic, place.partition);
      // A coordinator that has been replaced and does not know it yet knows no better.
      if (errorCode !== 'NONE' || hosted?.leaderEpoch !== this.#histories.of(place).state?.leaderEpoch) continue;
      for (const { name: topic, partitions } of topics)
        for (const { partitionIndex: partition, committedOffset, errorCode: error } of partitions) {
          const name = topicPartitionName({ topic, partition });
          const known = this.#committed.get(`${groupId} ${name}`);
          if (
            error === 'NONE' &&
            known !== undefined &&
            committedOffset < known &&
            this.#histories.of({ topic, partition }).uncleanEpoch < 0
          )
            broken(
              `Group ${groupId} had committed offset ${known} of ${name}, its coordinator answers ${committedOffset}.`,
            );
        }
    }
  }
}
