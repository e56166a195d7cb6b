/**
 * After a marker a partition is done with its transaction. The marker of a coordinator that has been replaced is refused, and no batch opens
 * another transaction before the coordinator has been asked for it. Both come seldom: each leader is asked, as it stands, when it has written
 * a marker.
 *
 * Follows `ProducerAppendInfo#checkCoordinatorEpoch`, `AddPartitionsToTxnManager` (3.9.0, KIP-890).
 */
import type { CoordinatorEpoch, Offset } from '../../kafka/ids.ts';
import { appendAsLeader } from '../../kafka/log/append.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { hasOngoingTransaction } from '../../kafka/log/partitionLog.ts';
import { createMarkerBatch, markerOf } from '../../kafka/record/controlRecord.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { FactId } from '../../kernel/events.ts';
import type { World } from '../../kernel/world.ts';
import { brokerBoolean } from '../broker/brokerSettings.ts';
import { verifyTransaction } from '../broker/transactionVerification.ts';
import { beginTurn } from '../broker/turn.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { batchesBetween } from './logReading.ts';
import type { Observation, ReplicaChange, SeenReplica } from './observation.ts';

export class TransactionMarkers implements Invariant {
  /** Replicas and producers with their epoch: once for each is enough. */
  readonly #asked = new Set<string>();

  afterEvent({ replicas, world }: Observation): void {
    for (const change of replicas) this.#written(change, world);
  }

  #written({ before, after, isRestart }: ReplicaChange, world: World): void {
    const { hosted, broker } = after;
    const { log, role } = hosted;
    const known = before?.hosted;
    if (isRestart || role !== 'leader' || log === null || known?.role !== 'leader' || known.log === null) return;
    for (const batch of batchesBetween(log, known.log.logEndOffset, log.logEndOffset)) {
      const key = `${broker.brokerId} ${topicPartitionName(hosted)} ${batch.producerId} ${batch.producerEpoch}`;
      if (!batch.isControl || batch.lastOffset + 1 !== log.logEndOffset || this.#asked.has(key)) continue;
      this.#asked.add(key);
      refusesFormerCoordinator(after, batch);
      asksForTransaction(after, batch, world);
    }
  }
}

function refusesFormerCoordinator({ hosted: { log, leaderEpoch } }: SeenReplica, batch: RecordBatch): void {
  const marker = markerOf(batch);
  if (log === null || marker === null || marker.coordinatorEpoch === 0) return;
  const coordinatorEpoch = (marker.coordinatorEpoch - 1) as CoordinatorEpoch;
  const { producerId, producerEpoch, maxTimestamp: timestamp } = batch;
  const again = createMarkerBatch(
    { ...marker, coordinatorEpoch },
    { timestamp, producerId, producerEpoch, baseOffset: 0 as Offset },
  );
  const result = appendAsLeader(log, again, { leaderEpoch, nowMs: timestamp, origin: 'coordinator' });
  const answer = result.outcome === 'rejected' ? result.error : result.outcome;
  if (answer !== 'TRANSACTION_COORDINATOR_FENCED')
    broken(
      `The leader of ${topicPartitionName(log.topicPartition)} would answer ${answer} to a marker of coordinator epoch ${coordinatorEpoch}, after one of epoch ${marker.coordinatorEpoch}.`,
    );
}

/** In a turn that is forgotten. */
function asksForTransaction({ broker, hosted }: SeenReplica, batch: RecordBatch, { now, files }: World): void {
  const { topic, partition, log } = hosted;
  const { producerId, producerEpoch } = batch;
  if (log === null || isInternalTopic(topic) || hasOngoingTransaction(log, producerId)) return;
  if (!brokerBoolean(broker.settings, 'transaction.partition.verification.enable')) return;
  const nothing = (): void => undefined;
  const hooks = { onControllerMoved: nothing, onReplicasDeleted: nothing, onReplicasAnswered: nothing };
  const turn = beginTurn(broker, { now, files, cause: 0 as FactId }, hooks);
  const partitions = [{ topic, partition, baseSequence: 0 }];
  verifyTransaction(turn, { transactionalId: 'any', producerId, producerEpoch, partitions }, (_, { errors }) => {
    if (errors.size === 0)
      broken(
        `The leader of ${topicPartitionName(hosted)} would let producer ${producerId} begin a transaction in epoch ${producerEpoch} without asking its coordinator.`,
      );
  });
}
