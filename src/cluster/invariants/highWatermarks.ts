/**
 * The high watermark of a leader never goes back while it leads, never lies above the log end of a member of the ISR, and does not move
 * while the ISR is smaller than `min.insync.replicas`.
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { effectiveMinIsrOf } from '../broker/topicSettings.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ReplicaChange, SeenCluster } from './observation.ts';
import { isOfThePast, type PartitionHistories } from './partitionHistories.ts';

export class HighWatermarks implements Invariant {
  readonly #histories: PartitionHistories;

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent({ replicas, cluster }: Observation): void {
    for (const change of replicas) this.#check(change, cluster);
  }

  #check({ before, after: { broker, hosted }, isRestart }: ReplicaChange, cluster: SeenCluster): void {
    const { log, role, isr } = hosted;
    if (log === null) return;
    const name = topicPartitionName(hosted);
    if (log.highWatermark > log.logEndOffset)
      broken(`The high watermark ${log.highWatermark} of ${name} is above the log end ${log.logEndOffset}.`);
    if (role !== 'leader' || before === null || isRestart) return;
    const known = before.hosted;
    if (known.log === null || known.role !== 'leader' || known.topicId !== hosted.topicId) return;
    const { highWatermark } = log;
    if (highWatermark < known.log.highWatermark)
      broken(
        `The high watermark of ${name} went back from ${known.log.highWatermark} to ${highWatermark} on its leader.`,
      );
    if (highWatermark === known.log.highWatermark && isr === known.isr) return;
    if (isOfThePast(this.#histories.of(hosted), hosted.leaderEpoch)) return;
    // Of a replica that a reassignment has just removed the leader keeps no state, though it is in the ISR a moment longer
    // (`Partition#updateAssignmentAndIsr`): nobody waits for it.
    for (const id of isr.filter((member) => hosted.replicas.includes(member))) {
      const end = cluster.replicasOf(hosted.topic, hosted.partition).get(id)?.hosted.log?.logEndOffset;
      if (end !== undefined && end < highWatermark)
        broken(
          `The high watermark of ${name} is ${highWatermark}, above the log end ${end} of replica ${id} in the ISR ${isr.join(',')}.`,
        );
    }
    if (highWatermark === known.log.highWatermark) return;
    const { topicSettings, settings } = broker;
    const least = Math.min(
      effectiveMinIsrOf(topicSettings, hosted.topic, settings, hosted.replicas.length),
      hosted.effectiveMinIsr,
    );
    if (isr.length < least)
      broken(
        `The high watermark of ${name} moved to ${highWatermark} with the ISR ${isr.join(',')} under min.insync.replicas ${least}.`,
      );
  }
}
