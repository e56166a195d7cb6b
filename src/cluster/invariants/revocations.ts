/**
 * What a member has given up it reads no more: from the moment that it tells the group, others may have it. And what it has been given is
 * what its group's leader assigned to it.
 *
 * Follows `ConsumerCoordinator#onJoinPrepare`, `#onJoinComplete` and `GroupCoordinator#doSyncGroup` (3.9.0, KIP-429).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { EMPTY_BYTES, type Bytes } from '../../kafka/bytes.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { asClusterFact } from '../facts.ts';
import type { SyncGroupRequest } from '../protocol/kafka/groups.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';

export class Revocations implements Invariant {
  /** By member's process: partitions given up and not assigned again. */
  readonly #revoked = new Map<ProcessId, Set<string>>();
  /** By group and generation, what leaders assigned, by member: who asks twice may say something else. */
  readonly #assigned = new Map<string, Map<string, Set<Bytes>>>();

  afterEvent({ facts, requests, exchanges }: Observation): void {
    for (const fact of facts) {
      const known = asClusterFact(fact);
      const { process } = fact;
      if (known === null || process === null) continue;
      if (known.name === 'partitionsRevoked') this.#revokedAt(process, known.detail.partitions.map(topicPartitionName));
      else if (known.name === 'assignmentReceived')
        for (const place of known.detail.partitions) this.#revoked.get(process)?.delete(topicPartitionName(place));
      else if (known.name === 'recordsConsumed') {
        const name = topicPartitionName(known.detail);
        if (this.#revoked.get(process)?.has(name) === true)
          broken(
            `Process ${process} was given record ${known.detail.firstOffset} of ${name} after it had given it up.`,
          );
      }
    }
    for (const { request } of requests) if (request.api === 'SyncGroup') this.#assign(request.body);
    for (const exchange of exchanges) this.#synced(exchange);
  }

  #revokedAt(process: ProcessId, names: readonly string[]): void {
    const revoked = this.#revoked.get(process) ?? new Set();
    for (const name of names) revoked.add(name);
    this.#revoked.set(process, revoked);
  }

  #assign({ groupId, generationId, assignments }: SyncGroupRequest): void {
    if (assignments.length === 0) return;
    const key = `${groupId} ${generationId}`;
    const members = this.#assigned.get(key) ?? new Map<string, Set<Bytes>>();
    this.#assigned.set(key, members);
    for (const { memberId, assignment } of assignments) {
      const known = members.get(memberId);
      if (known === undefined) members.set(memberId, new Set([assignment]));
      else known.add(assignment);
    }
  }

  #synced({ stage, request, response }: Exchange): void {
    if (stage !== 'answered' || request.api !== 'SyncGroup' || response.api !== 'SyncGroup') return;
    const { errorCode, assignment } = response.body;
    const { groupId, generationId, memberId, groupInstanceId } = request.body;
    // A static member that comes back has another id, and what its predecessor had.
    if (errorCode !== 'NONE' || groupInstanceId !== null) return;
    const members = this.#assigned.get(`${groupId} ${generationId}`);
    if (members === undefined) return;
    const given = members.get(memberId) ?? new Set([EMPTY_BYTES]);
    if (!given.has(assignment))
      broken(
        `Member ${memberId} of group ${groupId} got another assignment in generation ${generationId} than its leader made for it.`,
      );
  }
}
