/** A producer with an id writes nothing twice, and in its order: within an epoch the sequence numbers of a log follow each other. */
import { GROUP_METADATA_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { Offset, ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import { appendAsLeader } from '../../kafka/log/append.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import { producerEntryOrEmpty } from '../../kafka/log/producerState.ts';
import { lastSequenceOfProducer } from '../../kafka/log/producerStateEntry.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { addToSequence, hasProducerId, lastSequenceOf } from '../../kafka/record/recordBatch.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { batchesBetween } from './logReading.ts';
import type { Observation, ReplicaChange } from './observation.ts';

interface LastBatch {
  readonly epoch: number;
  readonly lastSequence: number;
}

export class Idempotence implements Invariant {
  /** By partition, what its present leader has written, by producer id. */
  readonly #written = new Map<string, Map<number, LastBatch>>();

  /** Replica, producer and epoch that have been tried: asking once is enough. */
  readonly #asked = new Set<string>();

  afterEvent({ replicas }: Observation): void {
    for (const change of replicas) this.#check(change);
  }

  /** Once for each producer that numbers its batches, what its latest one would be answered out of its order. */
  #ask(place: string, log: PartitionLog, from: number): void {
    for (const batch of batchesBetween(log, from, log.logEndOffset)) {
      const key = `${place} ${batch.producerId} ${batch.producerEpoch}`;
      if (!hasProducerId(batch) || batch.isControl || this.#asked.has(key)) continue;
      if (batch.lastOffset + 1 !== log.logEndOffset) continue;
      this.#asked.add(key);
      if (batch.producerEpoch > 0) refusesOlderEpoch(log, batch);
      if (!batch.isTransactional) refusesDisorder(log, batch);
    }
  }

  #check({ before, after: { broker, hosted }, isRestart }: ReplicaChange): void {
    const { log } = hosted;
    // Group coordinators write the offsets of transactions under the producer's id, and number nothing.
    if (hosted.role !== 'leader' || log === null || hosted.topic === GROUP_METADATA_TOPIC_NAME) return;
    const known = before?.hosted;
    const key = `${broker.brokerId} ${topicPartitionName(hosted)}`;
    const goesOn = !isRestart && known?.role === 'leader' && known.log !== null && known.topicId === hosted.topicId;
    let written = this.#written.get(key);
    if (!goesOn || written === undefined) {
      written = new Map();
      this.#written.set(key, written);
    }
    const from = goesOn && written.size > 0 ? known.log.logEndOffset : log.logStartOffset;
    // Compaction has left gaps in what was there before.
    const mayHaveGaps = !goesOn && log.config.isCompacted;
    for (const batch of batchesBetween(log, from, log.logEndOffset))
      note(topicPartitionName(hosted), written, batch, { mayHaveGaps });
    if (!goesOn && !log.config.isCompacted) areKnown(log, written);
    if (goesOn) this.#ask(key, log, from);
  }
}

/** A leader that takes over, or comes back, knows its producers as its log does: by that it tells what is sent again. */
function areKnown({ producers, topicPartition }: PartitionLog, written: ReadonlyMap<number, LastBatch>): void {
  for (const [producerId, { epoch, lastSequence }] of written) {
    const entry = producerEntryOrEmpty(producers, producerId as ProducerId);
    const known = lastSequenceOfProducer(entry);
    if (entry.producerEpoch !== epoch || known !== lastSequence)
      broken(
        `The leader of ${topicPartitionName(topicPartition)} knows producer ${producerId} in epoch ${entry.producerEpoch} to sequence ${known}, its log has epoch ${epoch} and sequence ${lastSequence}.`,
      );
  }
}

function note(
  name: string,
  written: Map<number, LastBatch>,
  batch: RecordBatch,
  { mayHaveGaps }: { readonly mayHaveGaps: boolean },
): void {
  if (!hasProducerId(batch)) return;
  const { producerId, producerEpoch: epoch, baseSequence, baseOffset } = batch;
  const last = written.get(producerId);
  if (batch.isControl) {
    if (last === undefined || epoch > last.epoch) written.set(producerId, { epoch, lastSequence: -1 });
    return;
  }
  const who = `Producer ${producerId}`;
  if (last !== undefined && epoch < last.epoch)
    broken(`${who} wrote at offset ${baseOffset} of ${name} with epoch ${epoch}, fenced by epoch ${last.epoch}.`);
  if (last?.epoch === epoch) {
    const expected = last.lastSequence < 0 ? 0 : addToSequence(last.lastSequence, 1);
    if (mayHaveGaps ? baseSequence < expected : baseSequence !== expected)
      broken(
        `${who} wrote sequence ${baseSequence} at offset ${baseOffset} of ${name} ${baseSequence < expected ? 'a second time' : `instead of ${expected}`}.`,
      );
  } else if (last !== undefined && baseSequence !== 0 && !mayHaveGaps)
    broken(`${who} began epoch ${epoch} in ${name} with sequence ${baseSequence}.`);
  written.set(producerId, { epoch, lastSequence: lastSequenceOf(batch) });
}

/** The log is asked as it stands, and stays as it is: the same batch is a duplicate, and one after the next is out of order. */
function refusesDisorder(log: PartitionLog, batch: RecordBatch): void {
  const who = `producer ${batch.producerId} in ${topicPartitionName(log.topicPartition)}`;
  const again = answerTo(log, batch);
  if (again !== 'duplicate')
    broken(`The leader would answer ${again} to sequence ${batch.baseSequence} of ${who}, sent a second time.`);
  const baseSequence = addToSequence(lastSequenceOf(batch), 2);
  const tooFar = answerTo(log, { ...batch, baseSequence });
  if (tooFar !== 'OUT_OF_ORDER_SEQUENCE_NUMBER')
    broken(`The leader would answer ${tooFar} to sequence ${baseSequence} of ${who} after ${lastSequenceOf(batch)}.`);
}

/** One that was fenced is a zombie: nothing of it is written any more. */
function refusesOlderEpoch(log: PartitionLog, batch: RecordBatch): void {
  const producerEpoch = (batch.producerEpoch - 1) as ProducerEpoch;
  const answer = answerTo(log, { ...batch, producerEpoch });
  if (answer !== 'INVALID_PRODUCER_EPOCH')
    broken(
      `The leader would answer ${answer} to producer ${batch.producerId} in ${topicPartitionName(log.topicPartition)} with epoch ${producerEpoch}, fenced by epoch ${batch.producerEpoch}.`,
    );
}

/** What a producer would be answered that sent this batch now: it counts its offsets from 0. */
function answerTo(log: PartitionLog, batch: RecordBatch): 'appended' | 'duplicate' | ErrorName {
  const { baseOffset } = batch;
  const fromZero = (offset: Offset): Offset => (offset - baseOffset) as Offset;
  const sent: RecordBatch = {
    ...batch,
    baseOffset: fromZero(baseOffset),
    lastOffset: fromZero(batch.lastOffset),
    records: batch.records.map((record) => ({ ...record, offset: fromZero(record.offset) })),
  };
  const at = { leaderEpoch: batch.partitionLeaderEpoch, nowMs: batch.maxTimestamp, origin: 'client' } as const;
  const result = appendAsLeader(log, sent, at);
  return result.outcome === 'rejected' ? result.error : result.outcome;
}
