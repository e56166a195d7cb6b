/**
 * A coordinator sends markers of what it has decided: the decision is in its log, and committed there unless it was read back from it, and
 * is not yet carried out.
 *
 * Follows `TransactionCoordinator#endTransaction`, which sends them from the callback of a successful append (3.9.0).
 */
import { TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { Fact } from '../../kernel/facts.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { isKafkaMessage } from '../protocol/kafka/kafkaMessage.ts';
import type { WriteTxnMarkersRequest } from '../protocol/kafka/transactions.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, SeenCluster } from './observation.ts';
import { TransactionLog, type WrittenTransaction } from './transactionLog.ts';

type Marker = WriteTxnMarkersRequest['markers'][number];

export class MarkersSent implements Invariant {
  readonly #log = new TransactionLog();
  /** By producer id, what was last written of its transaction. */
  readonly #latest = new Map<number, WrittenTransaction>();

  afterEvent({ replicas, facts, world, cluster }: Observation): void {
    for (const change of replicas)
      for (const written of this.#log.readOn(change)) this.#latest.set(written.metadata.producerId, written);
    for (const { what, process } of facts) {
      const markers = what.kind === 'sent' && process !== null ? markersIn(what) : [];
      const sender = markers.length === 0 ? null : brokerIn(world.processes[process!]!);
      if (sender !== null) for (const marker of markers) this.#sent(sender.brokerId, marker, cluster);
    }
  }

  #sent(sender: number, marker: Marker, cluster: SeenCluster): void {
    const written = this.#latest.get(marker.producerId);
    // One that has been replaced meanwhile decides nothing more, and is refused.
    if (written?.coordinator !== sender || written.coordinatorEpoch !== marker.coordinatorEpoch) return;
    const { metadata, partition, offset, coordinator } = written;
    const { transactionalId, state } = metadata;
    const wanted = marker.transactionResult ? 'PrepareCommit' : 'PrepareAbort';
    if (state !== wanted)
      broken(`Broker ${sender} sent a marker of ${transactionalId} that needs ${wanted}: its log says ${state}.`);
    const hosted = cluster.replicasOf(TRANSACTION_STATE_TOPIC_NAME, partition).get(coordinator)?.hosted;
    const isCommitted =
      hosted?.log == null || offset < Math.max(hosted.log.highWatermark, hosted.leaderEpochStartOffset);
    if (!isCommitted)
      broken(
        `Broker ${sender} sent a marker of ${transactionalId}: its ${state} at offset ${offset} of ${TRANSACTION_STATE_TOPIC_NAME}-${partition} is not committed.`,
      );
  }
}

function markersIn({ message }: Extract<Fact['what'], { readonly kind: 'sent' }>): readonly Marker[] {
  if (!isKafkaMessage(message) || message.kind !== 'request' || message.api !== 'WriteTxnMarkers') return [];
  return message.body.markers;
}
