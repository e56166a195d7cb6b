/**
 * What a producer is told: with acks=all a record that is acknowledged is below the high watermark, at the offset that the answer names,
 * and in as many replicas as `min.insync.replicas` asks for.
 */
import type { ProduceRequest, ProduceResponse } from '../protocol/kafka/records.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { asClusterFact } from '../facts.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';
import type { PartitionHistories } from './partitionHistories.ts';
import { recordAt } from './logReading.ts';

export class Acknowledgements implements Invariant {
  readonly #histories: PartitionHistories;
  /** The highest that was told: a directory that fails in the same event leaves no log to look at. */
  readonly #advancedTo = new Map<string, number>();
  /** Records that producers were told of, by acks. */
  readonly acknowledged = { '0': 0, '1': 0, '-1': 0 };

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent(seen: Observation): void {
    for (const fact of seen.facts) {
      const known = asClusterFact(fact);
      if (known?.name !== 'highWatermarkAdvanced') continue;
      const name = topicPartitionName(known.detail);
      this.#advancedTo.set(name, Math.max(known.detail.to, this.#advancedTo.get(name) ?? 0));
    }
    for (const exchange of seen.exchanges) {
      const { request, response } = exchange;
      if (request.api !== 'Produce' || response.api !== 'Produce') continue;
      this.#check(exchange, request.body, response.body, seen);
    }
    for (const { request } of seen.requests)
      if (request.api === 'Produce' && request.body.acks === 0) this.acknowledged['0'] += countOf(request.body);
  }

  #check(
    { stage, client }: Exchange,
    { acks, topicData }: ProduceRequest,
    { responses }: ProduceResponse,
    seen: Observation,
  ): void {
    for (const { name, partitionResponses } of responses) {
      for (const { index, errorCode, baseOffset } of partitionResponses) {
        const sent = topicData.find((topic) => topic.name === name)?.partitionData.find((data) => data.index === index);
        if (errorCode !== 'NONE' || sent === undefined || baseOffset < 0) continue;
        const { records } = sent.records;
        if (stage === 'received') this.acknowledged[`${acks}`] += records.length;
        if (acks !== -1) continue;
        const history = this.#histories.of({ topic: name, partition: index });
        const told = this.#advancedTo.get(topicPartitionName({ topic: name, partition: index })) ?? 0;
        const highWatermark = Math.max(history.highWatermark, told);
        if (history.uncleanEpoch >= 0) continue;
        if (stage === 'received') history.acknowledged += records.length;
        for (const [at, { key, value }] of records.entries()) {
          const offset = baseOffset + at;
          const committed = history.committed[offset]?.record;
          const place = `record ${offset} of ${name}-${index} to process ${client}`;
          if (offset >= highWatermark)
            broken(`acks=all was answered for ${place}: it is not below the high watermark ${highWatermark}.`);
          if (committed !== undefined && (committed.key !== key || committed.value !== value))
            broken(`acks=all was answered for ${place}: another record is committed there.`);
        }
        if (stage === 'answered') isHeldByEnough(name, index, baseOffset + records.length - 1, seen);
      }
    }
  }
}

function isHeldByEnough(topic: string, partition: number, offset: number, { cluster }: Observation): void {
  const replicas = [...cluster.replicasOf(topic, partition).values()];
  // A former leader that is cut off may not know of a changed setting.
  const [leader] = replicas
    .filter(({ hosted }) => hosted.role === 'leader')
    .sort((one, other) => other.hosted.leaderEpoch - one.hosted.leaderEpoch);
  const least = leader?.hosted.effectiveMinIsr ?? 1;
  const holders = replicas.filter(({ hosted }) => hosted.log !== null && hosted.log.logEndOffset > offset);
  // What a directory that has failed holds cannot be looked at.
  const unseen = replicas.filter(({ hosted }) => hosted.role === 'offline');
  if (holders.length + unseen.length < least)
    broken(
      `acks=all was answered for record ${offset} of ${topic}-${partition}, which ${holders.length} replicas have; min.insync.replicas is ${least}.`,
    );
  const leading = replicas.find(({ hosted }) => hosted.role === 'leader' && hosted.log !== null);
  if (leading?.hosted.log != null && leading.hosted.log.config.isCompacted) return;
  for (const { hosted, broker } of holders) {
    if (hosted.role === 'none' || hosted.log === null || offset < hosted.log.logStartOffset) continue;
    if (recordAt(hosted.log, offset) === undefined)
      broken(`Broker ${broker.brokerId} has a hole at the acknowledged record ${offset} of ${topic}-${partition}.`);
  }
}

const countOf = ({ topicData }: ProduceRequest): number =>
  topicData.reduce(
    (sum, { partitionData }) => sum + partitionData.reduce((some, { records }) => some + records.records.length, 0),
    0,
  );
