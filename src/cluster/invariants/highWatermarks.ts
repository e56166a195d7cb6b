/**
 * The high watermark of a leader never goes back while it leads, never lies above the log end of a member of the ISR, and does not move
 * while the ISR is smaller than `min.insync.replicas`. A new leader that is not alone in its ISR commits nothing before it has heard of the
 * others.
 */
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { HostedPartition } from '../broker/hostedPartition.ts';
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
    if (role !== 'leader' || before === null) return;
    const known = before.hosted;
    if (known.log === null || known.topicId !== hosted.topicId) return;
    if (isRestart || known.role !== 'leader') return takesOver(hosted, known.log);
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
    this.#awaitsNewMember(hosted, cluster);
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

  /** One that is to join counts from the proposal on: the controller may have granted it already (KIP-497). */
  #awaitsNewMember(
    { topic, partition, leaderEpoch, log, isr, pendingIsr }: HostedPartition,
    cluster: SeenCluster,
  ): void {
    const history = this.#histories.of({ topic, partition });
    if (log === null || pendingIsr?.isExpansion !== true || history.state?.leaderEpoch !== leaderEpoch) return;
    for (const id of pendingIsr.isr.filter((member) => !isr.includes(member))) {
      const end = cluster.replicasOf(topic, partition).get(id)?.hosted.log?.logEndOffset;
      if (end !== undefined && end < log.highWatermark)
        broken(
          `The high watermark of ${topicPartitionName({ topic, partition })} moved to ${log.highWatermark}, above the log end ${end} of replica ${id}, which is to join the ISR ${isr.join(',')}.`,
        );
    }
  }
}

/** It goes on with what it knew to be committed as a follower. Nobody waits for a replica that a reassignment has removed. */
function takesOver(hosted: HostedPartition, { highWatermark: known }: PartitionLog): void {
  const { log, isr, replicas, leader } = hosted;
  const hasOthers = isr.some((id) => id !== leader && replicas.includes(id));
  if (log !== null && hasOthers && log.highWatermark > known)
    broken(
      `The new leader of ${topicPartitionName(hosted)} has the high watermark ${log.highWatermark} with the ISR ${isr.join(',')}, as a follower it knew of ${known}.`,
    );
}
