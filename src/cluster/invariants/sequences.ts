/**
 * A sequence number of an idempotent producer stands for the same records for ever: a batch that is sent again keeps its own, and no other
 * batch gets it in the same epoch. Only so can a leader tell what it has already. And a producer whose numbers are refused begins anew.
 *
 * Follows `Sender` and `TransactionManager#addInFlightBatch`, `#maybeResolveSequences`, `#bumpIdempotentProducerEpoch` (3.9.0).
 */
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { hasProducerId } from '../../kafka/record/recordBatch.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';

/** Of a client's partition, in one epoch. */
interface Sent {
  readonly epoch: string;
  /** First record by sequence, and the other way round. */
  readonly records: Map<number, string>;
  readonly sequences: Map<string, number>;
  /** Refusals of their order since something was accepted. */
  refusals: number;
}

export class Sequences implements Invariant {
  /** By client and partition. */
  readonly #sent = new Map<string, Sent>();

  afterEvent({ requests, exchanges }: Observation): void {
    for (const { client, request } of requests) {
      // What an aborted transaction had is sent again in another.
      if (request.api !== 'Produce' || request.body.transactionalId !== null) continue;
      for (const { name: topic, partitionData } of request.body.topicData)
        for (const { index: partition, records } of partitionData)
          if (hasProducerId(records)) this.#note(`${client} ${topicPartitionName({ topic, partition })}`, records);
    }
    for (const exchange of exchanges) this.#answered(exchange);
  }

  #note(place: string, { producerId, producerEpoch, baseSequence, records }: RecordBatch): void {
    const epoch = `${producerId} ${producerEpoch}`;
    let sent = this.#sent.get(place);
    if (sent?.epoch !== epoch) {
      sent = { epoch, records: new Map(), sequences: new Map(), refusals: 0 };
      this.#sent.set(place, sent);
    }
    const [first] = records;
    // Tombstones are all alike.
    if (first === undefined || first.value === null) return;
    const record = `${first.timestamp} ${first.key} ${first.value}`;
    const [known, sequence] = [sent.records.get(baseSequence), sent.sequences.get(record)];
    if (known !== undefined && known !== record)
      broken(`Process ${place} sent other records under sequence ${baseSequence} of producer ${epoch} than before.`);
    if (sequence !== undefined && sequence !== baseSequence)
      broken(
        `Process ${place} sent the records of sequence ${sequence} of producer ${epoch} again as ${baseSequence}: they may be written twice.`,
      );
    sent.records.set(baseSequence, record);
    sent.sequences.set(record, baseSequence);
  }

  #answered({ stage, client, request, response }: Exchange): void {
    if (stage !== 'received' || request.api !== 'Produce' || response.api !== 'Produce') return;
    for (const { name: topic, partitionResponses } of response.body.responses)
      for (const { index: partition, errorCode } of partitionResponses) {
        const place = `${client} ${topicPartitionName({ topic, partition })}`;
        const sent = this.#sent.get(place);
        if (sent === undefined) continue;
        if (errorCode === 'NONE') sent.refusals = 0;
        else if (errorCode === 'OUT_OF_ORDER_SEQUENCE_NUMBER') sent.refusals += 1;
        if (sent.refusals >= mostRefusals)
          broken(
            `Process ${place} was refused ${sent.refusals} times in producer epoch ${sent.epoch}, and goes on with it.`,
          );
      }
  }
}

/** Five batches may be in flight, and wait for the first of them to be tried again. */
const mostRefusals = 40;
