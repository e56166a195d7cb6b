/**
 * Who comes under a transactional id fences those before: it gets a higher epoch than anybody had. And a transaction that is aborted without
 * its producer having asked for it is aborted in a higher epoch than the producer's, which then cannot go on with it.
 *
 * Follows `TransactionCoordinator#handleInitProducerId`, `abortTimedOutTransactions`, `TransactionMetadata#prepareFenceProducerEpoch` (3.9.0).
 */
import type { ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import type { TransactionMetadata } from '../transaction/transactionMetadata.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';
import { TransactionLog } from './transactionLog.ts';

export class ProducerEpochs implements Invariant {
  readonly #log = new TransactionLog();
  /** By producer id, the highest epoch that was given to a producer which knew none. */
  readonly #given = new Map<ProducerId, ProducerEpoch>();
  /** By producer id, as last written. */
  readonly #written = new Map<ProducerId, TransactionMetadata>();
  /** Producer ids with their epochs that have asked for an abort. */
  readonly #haveAborted = new Set<string>();

  afterEvent({ requests, replicas, exchanges }: Observation): void {
    for (const { request } of requests)
      if (request.api === 'EndTxn' && !request.body.committed) this.#haveAborted.add(nameOf(request.body));
    for (const change of replicas) for (const { metadata } of this.#log.readOn(change)) this.#noted(metadata);
    for (const exchange of exchanges) this.#answered(exchange);
  }

  #noted(metadata: TransactionMetadata): void {
    const { producerId, producerEpoch, transactionalId, state } = metadata;
    const before = this.#written.get(producerId);
    this.#written.set(producerId, metadata);
    if (state !== 'PrepareAbort' || before?.state !== 'Ongoing' || before.producerEpoch !== producerEpoch) return;
    if (!this.#haveAborted.has(nameOf(metadata)))
      broken(
        `The transaction of ${transactionalId} is aborted in epoch ${producerEpoch}, which its producer has, and that did not ask for it.`,
      );
  }

  #answered({ stage, request, response }: Exchange): void {
    if (stage !== 'answered' || request.api !== 'InitProducerId' || response.api !== 'InitProducerId') return;
    const { transactionalId, producerId: expected } = request.body;
    const { errorCode, producerId, producerEpoch } = response.body;
    // One that knows its epoch may be told it again, when the answer to its first request was lost (KIP-360).
    if (transactionalId === null || expected >= 0 || errorCode !== 'NONE') return;
    const before = this.#given.get(producerId);
    if (before !== undefined && producerEpoch <= before)
      broken(
        `A producer that came under ${transactionalId} got epoch ${producerEpoch} of producer ${producerId}, after another had epoch ${before}.`,
      );
    this.#given.set(producerId, producerEpoch);
  }
}

const nameOf = ({ producerId, producerEpoch }: Pick<TransactionMetadata, 'producerId' | 'producerEpoch'>): string =>
  `${producerId} ${producerEpoch}`;
