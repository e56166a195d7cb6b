/**
 * A leader answers no reader that knows another leader epoch than its own: a follower that has not heard of a new leadership, or has heard of
 * one that is still to come, would go on with a log that may have parted.
 *
 * Follows `Partition#checkCurrentLeaderEpoch` (3.9.0, KIP-320).
 */
import { NO_LEADER_EPOCH } from '../../kafka/ids.ts';
import type { Fact } from '../../kernel/facts.ts';
import { findPartition } from '../broker/broker.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { isKafkaMessage } from '../protocol/kafka/kafkaMessage.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';

export class FetchEpochs implements Invariant {
  afterEvent(seen: Observation): void {
    for (const fact of seen.facts) isOfThisEpoch(fact, seen);
  }
}

/** What was asked is what the broker keeps for the reader's session: requests name changed partitions only. */
function isOfThisEpoch({ what, process }: Fact, { world, replicas }: Observation): void {
  if (what.kind !== 'sent' || process === null || !isKafkaMessage(what.message)) return;
  const { message } = what;
  if (message.kind !== 'response' || message.api !== 'Fetch' || message.body.responses.length === 0) return;
  const broker = brokerIn(world.processes[process]!);
  const session = broker?.sessions.find(({ id }) => id === message.body.sessionId);
  if (broker === null || session === undefined) return;
  for (const { topic, partitions } of message.body.responses)
    for (const { partitionIndex: partition, errorCode } of partitions) {
      if (errorCode !== 'NONE') continue;
      const asked = session.partitions.find((one) => one.partition === partition && one.topic === topic);
      const hosted = findPartition(broker, topic, partition);
      if (asked === undefined || hosted === undefined || asked.currentLeaderEpoch === NO_LEADER_EPOCH) continue;
      // A request of the controller's moves one partition after the other, and what waited for the first is answered before the second moves.
      const before = replicas.find(({ after }) => after.hosted === hosted)?.before;
      const { currentLeaderEpoch } = asked;
      if (currentLeaderEpoch !== hosted.leaderEpoch && currentLeaderEpoch !== before?.hosted.leaderEpoch)
        broken(
          `Broker ${broker.brokerId} answered a fetch of ${topic}-${partition} in leader epoch ${currentLeaderEpoch}, it is in leader epoch ${hosted.leaderEpoch}.`,
        );
    }
}
