/** At most one broker leads a partition in a leader epoch; no replica goes back to an older epoch. */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ReplicaChange } from './observation.ts';

export class Leadership implements Invariant {
  /** By partition and leader epoch. */
  readonly #leaders = new Map<string, number>();

  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) this.#check(change);
  }

  #check({ before, after: { broker, hosted }, isRestart }: ReplicaChange): void {
    const known = before?.hosted;
    if (known?.role === hosted.role && known.leaderEpoch === hosted.leaderEpoch) return;
    const name = topicPartitionName(hosted);
    const isSameTopic = known !== undefined && known.topicId === hosted.topicId;
    if (!isRestart && isSameTopic && hosted.leaderEpoch < known.leaderEpoch)
      broken(
        `Broker ${broker.brokerId} went back from leader epoch ${known.leaderEpoch} to ${hosted.leaderEpoch} of ${name}.`,
      );
    if (hosted.role !== 'leader') return;
    const key = `${hosted.topicId} ${hosted.partition} ${hosted.leaderEpoch}`;
    const other = this.#leaders.get(key);
    if (other === undefined) this.#leaders.set(key, broker.brokerId);
    else if (other !== broker.brokerId)
      broken(`Brokers ${other} and ${broker.brokerId} both lead ${name} in leader epoch ${hosted.leaderEpoch}.`);
  }
}
