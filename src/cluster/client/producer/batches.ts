/**
 * Batches that a producer holds, in queues or under way: found by id, given new sequences, split, freed of their backoff.
 *
 * Follows `RecordAccumulator#splitAndReenqueue`, `ProducerBatch#split` and `TxnPartitionEntry#startSequencesAtBeginning` (3.9.0).
 */
import { createProducerBatch, type ProducerBatch, tryAppend } from '../../../kafka/producer/producerBatch.ts';
import type { RecordAccumulator } from '../../../kafka/producer/recordAccumulator.ts';
import { toArray } from '../../../kafka/log/chunkedList.ts';
import { addToSequence } from '../../../kafka/record/recordBatch.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import { partitionMetadata } from '../cluster.ts';
import type { Producer } from './producerState.ts';
import {
  entryOf,
  type SequenceEntry,
  type TransactionManager,
  withEntry,
  withoutUnresolved,
} from './transactionManager.ts';

/** Applies a change to every queued batch of a partition; queues that it leaves alone stay the same objects. */
function mapQueue(
  accumulator: RecordAccumulator,
  { topic, partition }: TopicPartition,
  change: (batches: readonly ProducerBatch[]) => readonly ProducerBatch[],
): RecordAccumulator {
  const topics = accumulator.topics.map((queues) => {
    if (queues.topic !== topic) return queues;
    return {
      ...queues,
      queues: queues.queues.map((queue) =>
        queue.partition === partition ? { ...queue, batches: change(queue.batches) } : queue,
      ),
    };
  });
  return { ...accumulator, topics };
}

/** All batches of the partition start their sequences at 0 with the current id and epoch. */
export function startSequencesAtBeginning(
  producer: Producer,
  manager: TransactionManager,
  topicPartition: TopicPartition,
): Producer {
  const { producerId, producerEpoch } = manager;
  const entry = entryOf(manager, topicPartition);
  const newSequence = new Map<number, number>();
  const held = [...producer.inFlight, ...queuedOf(producer.accumulator, topicPartition)];
  let next = 0;
  for (const { batch: id } of entry.inFlight) {
    const batch = held.find((other) => other.id === id);
    if (batch === undefined) continue;
    newSequence.set(id, next);
    next = addToSequence(next, batch.records.length);
  }
  const resequence = (batch: ProducerBatch): ProducerBatch => {
    const baseSequence = newSequence.get(batch.id);
    if (baseSequence === undefined || batch.sequence === null) return batch;
    return { ...batch, sequence: { ...batch.sequence, producerId, producerEpoch, baseSequence } };
  };
  const renewed: SequenceEntry = {
    ...entry,
    producerId,
    producerEpoch,
    nextSequence: next,
    lastAckedSequence: -1,
    inFlight: entry.inFlight.map(({ batch }) => ({ batch, baseSequence: newSequence.get(batch) ?? 0 })),
  };
  return {
    ...producer,
    transactions: withoutUnresolved(withEntry(manager, renewed), topicPartitionName(topicPartition)),
    inFlight: producer.inFlight.map(resequence),
    accumulator: mapQueue(producer.accumulator, topicPartition, (batches) => batches.map(resequence)),
  };
}

function queuedOf({ topics }: RecordAccumulator, topicPartition: TopicPartition): readonly ProducerBatch[] {
  const queues = topics.find(({ topic }) => topic === topicPartition.topic)?.queues;
  return queues?.find(({ partition }) => partition === topicPartition.partition)?.batches ?? [];
}

/** A batch that the broker finds too large comes back as smaller ones, which have not been tried; sequences stay. */
export function splitBatch(producer: Producer, big: ProducerBatch): Producer {
  const { accumulator } = producer;
  const limit = accumulator.config.batchSize;
  const parts: ProducerBatch[] = [];
  let nextBatchId = accumulator.nextBatchId;
  for (const record of toArray(big.records)) {
    const last = parts.at(-1);
    const grown = last === undefined ? null : tryAppend(last, record, big.lastAppendMs);
    if (grown !== null) {
      parts[parts.length - 1] = grown;
      continue;
    }
    const created = createProducerBatch(nextBatchId++, big.topicPartition, { writeLimit: limit, nowMs: big.createdMs });
    parts.push(tryAppend(created, record, big.lastAppendMs) ?? created);
  }
  let next = big.sequence?.baseSequence ?? 0;
  const sequenced = parts.map((part): ProducerBatch => {
    if (big.sequence === null) return { ...part, isClosed: true };
    const sequence = { ...big.sequence, baseSequence: next };
    next = addToSequence(next, part.records.length);
    return { ...part, isClosed: true, sequence };
  });
  const queued = mapQueue(accumulator, big.topicPartition, (batches) => insertInOrder(batches, sequenced));
  const { transactions } = producer;
  return {
    ...producer,
    accumulator: {
      ...queued,
      nextBatchId,
      allocatedBytes: queued.allocatedBytes + parts.length * limit,
    },
    transactions: transactions === null ? null : trackParts(transactions, big, sequenced),
  };
}

function insertInOrder(batches: readonly ProducerBatch[], parts: readonly ProducerBatch[]): readonly ProducerBatch[] {
  const first = parts[0]?.sequence;
  const at =
    first == null
      ? 0
      : batches.findIndex(({ sequence }) => sequence === null || sequence.baseSequence >= first.baseSequence);
  return batches.toSpliced(at < 0 ? batches.length : at, 0, ...parts);
}

function trackParts(
  manager: TransactionManager,
  big: ProducerBatch,
  parts: readonly ProducerBatch[],
): TransactionManager {
  const entry = entryOf(manager, big.topicPartition);
  const inFlight = entry.inFlight.flatMap((other) =>
    other.batch === big.id
      ? parts.map(({ id, sequence }) => ({ batch: id, baseSequence: sequence?.baseSequence ?? -1 }))
      : [other],
  );
  return withEntry(manager, { ...entry, inFlight });
}

/** A batch that waits to be retried goes to a new leader at once. */
export function withoutBackoffForNewLeaders(producer: Producer): Producer {
  if (producer.attemptedEpochs.size === 0) return producer;
  const attemptedEpochs = new Map(producer.attemptedEpochs);
  let { accumulator } = producer;
  for (const { topic, queues } of producer.accumulator.topics) {
    for (const { partition, batches } of queues) {
      const [first] = batches;
      const attempted = first === undefined ? undefined : producer.attemptedEpochs.get(first.id);
      if (first === undefined || attempted === undefined) continue;
      const place = { topic, partition };
      const epoch = partitionMetadata(producer.view.cluster, place)?.leaderEpoch ?? null;
      if (epoch === null || attempted === null || epoch <= attempted) continue;
      attemptedEpochs.delete(first.id);
      accumulator = mapQueue(accumulator, place, ([head, ...rest]) =>
        head === undefined ? [] : [{ ...head, retryBackoffMs: 0 }, ...rest],
      );
    }
  }
  return accumulator === producer.accumulator ? producer : { ...producer, accumulator, attemptedEpochs };
}

/** Takes every queued batch out that the test picks. */
export function takeQueued(
  accumulator: RecordAccumulator,
  isTaken: (batch: ProducerBatch) => boolean,
): { readonly accumulator: RecordAccumulator; readonly taken: readonly ProducerBatch[] } {
  const taken: ProducerBatch[] = [];
  const topics = accumulator.topics.map((topic) => ({
    ...topic,
    queues: topic.queues.map((queue) => {
      const batches = queue.batches.filter((batch) => {
        if (isTaken(batch)) taken.push(batch);
        return !isTaken(batch);
      });
      return batches.length === queue.batches.length ? queue : { ...queue, batches };
    }),
  }));
  return taken.length === 0 ? { accumulator, taken } : { accumulator: { ...accumulator, topics }, taken };
}

function hasUndrained({ topics }: RecordAccumulator): boolean {
  return topics.some(({ queues }) => queues.some(({ batches }) => batches.length > 0));
}

/** Batches not yet acknowledged or failed. */
export function hasIncomplete({ accumulator, inFlight }: Producer): boolean {
  return inFlight.length > 0 || hasUndrained(accumulator);
}
