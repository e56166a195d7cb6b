/**
 * In a group that has come to rest every partition that it is subscribed to is somebody's: who gives one up in a rebalance asks for another,
 * in which it is given to the next.
 *
 * Follows `ConsumerCoordinator#onJoinComplete` (3.9.0, KIP-429).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms } from '../../kernel/time.ts';
import type { Broker } from '../broker/broker.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { decodeAssignment } from '../client/consumer/consumerProtocol.ts';
import type { Group } from '../coordinator/group.ts';
import { membersOf } from '../coordinator/group.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { NowAndThen } from './nowAndThen.ts';
import type { Observation } from './observation.ts';

interface Rest {
  readonly incarnation: number;
  readonly generationId: number;
  readonly since: VirtualTimeUs;
}

export class Assignments implements Invariant {
  readonly #looks = new NowAndThen();
  /** By coordinator that runs, and group. */
  readonly #rests = new Map<ProcessId, ReadonlyMap<string, Rest>>();

  afterEvent({ world }: Observation): void {
    if (!this.#looks.isDue()) return;
    for (const process of world.processes) {
      const broker = process.status === 'running' ? brokerIn(process) : null;
      if (broker?.groups == null) {
        this.#rests.delete(process.id);
        continue;
      }
      const known = this.#rests.get(process.id);
      const rests = new Map<string, Rest>();
      for (const group of broker.groups.groups.values()) {
        const { groupId, incarnation, generationId } = group;
        if (group.state !== 'Stable') continue;
        const before = known?.get(groupId);
        const goesOn = before?.incarnation === incarnation && before.generationId === generationId;
        const rest = goesOn ? before : { incarnation, generationId, since: world.now };
        rests.set(groupId, rest);
        if (world.now > later(rest.since, ms(restMs))) isWholly(group, broker);
      }
      this.#rests.set(process.id, rests);
    }
  }
}

function isWholly(group: Group, { metadata }: Broker): void {
  const { groupId, generationId, subscribedTopics } = group;
  const given = new Set<string>();
  for (const { assignment } of membersOf(group))
    if (assignment.length > 0)
      for (const place of decodeAssignment(assignment).partitions) given.add(topicPartitionName(place));
  for (const topic of subscribedTopics ?? [])
    for (const [partition, state] of (metadata.topics.get(topic)?.partitions ?? []).entries()) {
      const name = topicPartitionName({ topic, partition });
      if (state !== undefined && !given.has(name))
        broken(
          `Nobody in group ${groupId} has had ${name} for ${restMs} ms of its generation ${generationId}, to which it is subscribed.`,
        );
    }
}

/** Longer than any session: a member that cannot join again has been given up by then. */
const restMs = 35_000;
