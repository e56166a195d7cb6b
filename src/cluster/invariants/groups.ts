/** One member per partition and generation: no partition is given to two members of the same generation of a group. */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { decodeAssignment } from '../client/consumer/consumerProtocol.ts';
import { asClusterFact } from '../facts.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';

export class Groups implements Invariant {
  /** By group and generation, the owner of each partition. */
  readonly #owners = new Map<string, Map<number, Map<string, string>>>();
  rebalances = 0;

  afterEvent({ exchanges, facts }: Observation): void {
    for (const fact of facts) {
      const known = asClusterFact(fact);
      if (known?.name !== 'groupStateChanged') continue;
      const { group, to } = known.detail;
      if (to === 'PreparingRebalance') this.rebalances += 1;
      // Forgotten by its coordinator, it begins anew with its first generation.
      if (to === 'Dead') this.#owners.delete(group);
    }
    for (const { stage, request, response } of exchanges) {
      if (stage !== 'received' || request.api !== 'SyncGroup' || response.api !== 'SyncGroup') continue;
      const { errorCode, assignment } = response.body;
      if (errorCode !== 'NONE' || assignment.length === 0) continue;
      const { groupId, generationId, groupInstanceId } = request.body;
      // A static member that comes back within its session takes its own place, under another id.
      const memberId = groupInstanceId ?? request.body.memberId;
      const generations = this.#owners.get(groupId) ?? new Map<number, Map<string, string>>();
      const owners = generations.get(generationId) ?? new Map<string, string>();
      this.#owners.set(groupId, generations.set(generationId, owners));
      for (const place of decodeAssignment(assignment).partitions) {
        const name = topicPartitionName(place);
        const other = owners.get(name);
        if (other !== undefined && other !== memberId)
          broken(
            `Members ${other} and ${memberId} of group ${groupId} both have ${name} in generation ${generationId}.`,
          );
        owners.set(name, memberId);
      }
    }
  }
}
