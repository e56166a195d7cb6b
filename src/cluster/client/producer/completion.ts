/**
 * What becomes of batches: acknowledged, put back for another try, split, failed; and the lines that tell of it.
 *
 * Follows `Sender#completeBatch`, `canRetry`, `failBatch` (3.9.0) and the parts of `TransactionManager` that they call.
 */
import { kafkaErrors, type ErrorName } from '../../../kafka/errors.ts';
import type { TimestampMs } from '../../../kafka/ids.ts';
import { toArray } from '../../../kafka/log/chunkedList.ts';
import type { ProducerBatch } from '../../../kafka/producer/producerBatch.ts';
import { reenqueueBatch, releaseBatch } from '../../../kafka/producer/recordAccumulator.ts';
import type { NewRecord } from '../../../kafka/record/record.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import { tell } from '../../facts.ts';
import type { ProducePartitionResponse } from '../../protocol/kafka/records.ts';
import { backoffUs } from '../backoff.ts';
import { partitionMetadata } from '../cluster.ts';
import {
  exceptionOf,
  exceptionText,
  isInvalidMetadata,
  isRetriable,
  type JavaException,
  kafkaException,
  simpleName,
} from '../javaException.ts';
import { requestUpdate } from '../metadata.ts';
import { logOf } from '../networkClient.ts';
import { splitBatch } from './batches.ts';
import { msNow, type Producer, type ProducerTurn, say } from './producerState.ts';
import {
  acknowledged,
  entryOf,
  failedBy,
  forgetSequences,
  hasFatalError,
  isNextSequence,
  isTransactional,
  removeInFlight,
  requestEpochBump,
  type TransactionManager,
} from './transactionManager.ts';

const SENDER = 'org.apache.kafka.clients.producer.internals.Sender';
const TRANSACTION_MANAGER = 'org.apache.kafka.clients.producer.internals.TransactionManager';

/** A partition's part of an answer, or what stands for one when none came. */
export type BatchAnswer = Pick<
  ProducePartitionResponse,
  'errorCode' | 'errorMessage' | 'baseOffset' | 'logAppendTimeMs' | 'logStartOffset' | 'recordErrors'
>;
export const lostAnswer = (errorCode: ErrorName, errorMessage: string): BatchAnswer => ({
  ...noError,
  errorCode,
  errorMessage,
});
/** With acks=0 a batch is done once it is sent. */
export const noError: BatchAnswer = {
  errorCode: 'NONE',
  errorMessage: null,
  baseOffset: -1 as BatchAnswer['baseOffset'],
  logAppendTimeMs: -1 as TimestampMs,
  logStartOffset: -1 as BatchAnswer['logStartOffset'],
  recordErrors: [],
};

/** The batch is no longer among those in flight. */
export function completeBatch(
  producer: Producer,
  batch: ProducerBatch,
  answer: BatchAnswer,
  correlationId: number,
  turn: ProducerTurn,
): Producer {
  const { errorCode } = answer;
  const { retries } = producer.settings;
  const place = topicPartitionName(batch.topicPartition);
  if (errorCode === 'NONE') return succeed(producer, batch, answer, turn);
  if (errorCode === 'MESSAGE_TOO_LARGE' && batch.records.length > 1) {
    const text = `Got error produce response in correlation id ${correlationId} on topic-partition ${place}, splitting and retrying (${retries - batch.attempts} attempts left). Error: ${errorText(answer)}`;
    say(turn, logOf(producer, 'WARN', text, SENDER));
    const split = splitBatch(producer, batch);
    return { ...split, accumulator: releaseBatch(split.accumulator, batch) };
  }
  let after = producer;
  const retry = canRetry(producer, batch, answer, turn);
  if (retry !== null) {
    const text = `Got error produce response with correlation id ${correlationId} on topic-partition ${place}, retrying (${retries - batch.attempts - 1} attempts left). Error: ${errorText(answer)}`;
    say(turn, logOf(producer, 'WARN', text, SENDER));
    after = putBack(retry, batch, turn);
  } else if (errorCode === 'DUPLICATE_SEQUENCE_NUMBER') {
    return succeed(producer, batch, answer, turn);
  } else {
    // A batch out of retries may have been written: then its sequences must not be given to others.
    after = failByAnswer(producer, batch, answer, { mayReuseSequences: batch.attempts < retries }, turn);
  }
  return isInvalidMetadata(exceptionOf(errorCode)) ? askForMetadata(after, answer, place, turn) : after;
}

function errorText({ errorCode, errorMessage }: BatchAnswer): string {
  return errorMessage === null || errorMessage === '' ? errorCode : `${errorCode}. Error Message: ${errorMessage}`;
}

function askForMetadata(producer: Producer, answer: BatchAnswer, place: string, turn: ProducerTurn): Producer {
  const text =
    answer.errorCode === 'UNKNOWN_TOPIC_OR_PARTITION'
      ? `Received unknown topic or partition error in produce request on partition ${place}. The topic-partition may not exist or the user may not have Describe access to it`
      : `Received invalid metadata error in produce request on partition ${place} due to ${exceptionText(exceptionOf(answer.errorCode, answer.errorMessage))} Going to request metadata update now`;
  say(turn, logOf(producer, 'WARN', text, SENDER));
  const { network } = producer;
  return network.metadata === null
    ? producer
    : { ...producer, network: { ...network, metadata: requestUpdate(network.metadata) } };
}

/** Null: no more tries; else the producer, which may have found that its sequences must start anew. */
function canRetry(producer: Producer, batch: ProducerBatch, answer: BatchAnswer, turn: ProducerTurn): Producer | null {
  const { deliveryTimeoutMs, retries } = producer.settings;
  if (msNow(turn.now) - batch.createdMs >= deliveryTimeoutMs || batch.attempts >= retries) return null;
  const mayPass = isRetriable(exceptionOf(answer.errorCode));
  const { transactions } = producer;
  if (transactions === null) return mayPass ? producer : null;
  const retried = retriedBy(transactions, batch, answer);
  if (retried === null) return mayPass ? producer : null;
  return retried === transactions ? producer : { ...producer, transactions: retried };
}

/** Errors about sequences: not null when the batch goes again (`TransactionManager#canRetry`). */
function retriedBy(manager: TransactionManager, batch: ProducerBatch, answer: BatchAnswer): TransactionManager | null {
  const { topicPartition } = batch;
  if (answer.errorCode === 'UNKNOWN_PRODUCER_ID') {
    if (answer.logStartOffset === -1) return manager;
    if (entryOf(manager, topicPartition).lastAckedOffset < answer.logStartOffset || !isTransactional(manager)) {
      return isTransactional(manager) ? manager : requestEpochBump(manager, topicPartition);
    }
    return null;
  }
  if (answer.errorCode !== 'OUT_OF_ORDER_SEQUENCE_NUMBER') return null;
  const unresolved = manager.unresolved.get(topicPartitionName(topicPartition));
  const baseSequence = batch.sequence?.baseSequence ?? -1;
  if (unresolved === undefined && !isNextSequence(manager, topicPartition, baseSequence)) return manager;
  if (isTransactional(manager)) return null;
  return unresolved === undefined || unresolved === baseSequence ? requestEpochBump(manager, topicPartition) : manager;
}

function putBack(producer: Producer, batch: ProducerBatch, turn: ProducerTurn): Producer {
  const { common } = producer.settings;
  const range = { initialMs: common['retry.backoff.ms'], maxMs: common['retry.backoff.max.ms'] };
  const [waitUs, random] = backoffUs(range, batch.attempts, producer.network.random);
  const nowMs = msNow(turn.now);
  const retryBackoffMs = Math.ceil(waitUs / 1000);
  const epoch = partitionMetadata(producer.view.cluster, batch.topicPartition)?.leaderEpoch ?? null;
  return {
    ...producer,
    network: { ...producer.network, random },
    accumulator: reenqueueBatch(producer.accumulator, batch, { nowMs, retryBackoffMs }),
    attemptedEpochs: new Map(producer.attemptedEpochs).set(batch.id, epoch),
  };
}

function succeed(producer: Producer, batch: ProducerBatch, answer: BatchAnswer, turn: ProducerTurn): Producer {
  const { baseOffset, logAppendTimeMs } = answer;
  const known = baseOffset >= 0;
  const { topic, partition } = batch.topicPartition;
  toArray(batch.records).forEach((record, index) => {
    turn.results.push({
      tag: tagOf(record),
      topic,
      partition,
      record,
      outcome: {
        outcome: 'acknowledged',
        offset: known ? baseOffset + index : null,
        timestamp: logAppendTimeMs >= 0 ? logAppendTimeMs : record.timestamp,
      },
    });
  });
  const count = batch.records.length;
  turn.effects.push(
    tell('recordsAcknowledged', {
      client: producer.clientId,
      topic,
      partition,
      baseOffset: known ? baseOffset : null,
      count,
    }),
  );
  const { transactions } = producer;
  return release(
    transactions === null ? producer : { ...producer, transactions: acknowledged(transactions, batch, baseOffset) },
    batch,
  );
}

function release(producer: Producer, batch: ProducerBatch): Producer {
  let { attemptedEpochs } = producer;
  if (attemptedEpochs.has(batch.id)) {
    const rest = new Map(attemptedEpochs);
    rest.delete(batch.id);
    attemptedEpochs = rest;
  }
  return { ...producer, accumulator: releaseBatch(producer.accumulator, batch), attemptedEpochs };
}

function tagOf(record: NewRecord): string | number | null {
  if (!('tag' in record)) return null;
  return typeof record.tag === 'string' || typeof record.tag === 'number' ? record.tag : null;
}

function failByAnswer(
  producer: Producer,
  batch: ProducerBatch,
  answer: BatchAnswer,
  how: { readonly mayReuseSequences: boolean },
  turn: ProducerTurn,
): Producer {
  const { errorCode, errorMessage, recordErrors } = answer;
  const topLevel =
    errorCode === 'CLUSTER_AUTHORIZATION_FAILED'
      ? exceptionOf(errorCode, 'The producer is not authorized to do idempotent sends')
      : exceptionOf(errorCode, errorMessage);
  if (recordErrors.length === 0) return failBatch(producer, batch, topLevel, how, turn);
  const ofRecord = (index: number): JavaException => {
    const wrong = recordErrors.find(({ batchIndex }) => batchIndex === index);
    if (wrong === undefined) {
      return kafkaException(
        'Failed to append record because it was part of a batch which had one more more invalid records',
      );
    }
    const message = wrong.batchIndexErrorMessage ?? errorMessage ?? kafkaErrors[errorCode].message;
    return recordErrors.length === 1 ? exceptionOf(errorCode, message) : exceptionOf('INVALID_RECORD', message);
  };
  return failBatch(producer, batch, topLevel, how, turn, ofRecord);
}

/** The batch is given up; its records' callbacks hear of it. */
export function failBatch(
  producer: Producer,
  batch: ProducerBatch,
  exception: JavaException,
  how: { readonly mayReuseSequences: boolean },
  turn: ProducerTurn,
  ofRecord: (index: number) => JavaException = () => exception,
): Producer {
  const { topic, partition } = batch.topicPartition;
  toArray(batch.records).forEach((record, index) => {
    const outcome = { outcome: 'failed', exception: ofRecord(index) } as const;
    turn.results.push({ tag: tagOf(record), topic, partition, record, outcome });
  });
  const count = batch.records.length;
  turn.effects.push(
    tell('recordsRefused', { client: producer.clientId, topic, partition, error: simpleName(exception), count }),
  );
  const { transactions } = producer;
  if (transactions === null) return release(producer, batch);
  return release(
    { ...producer, transactions: afterFailure(producer, transactions, batch, exception, how, turn) },
    batch,
  );
}

/** `TransactionManager#handleFailedBatch`. */
function afterFailure(
  producer: Producer,
  before: TransactionManager,
  batch: ProducerBatch,
  exception: JavaException,
  { mayReuseSequences }: { readonly mayReuseSequences: boolean },
  turn: ProducerTurn,
): TransactionManager {
  const manager = removeInFlight(failedBy(before, exception), batch);
  if (hasFatalError(manager)) return manager;
  const { topicPartition, sequence } = batch;
  if (simpleName(exception) === 'OutOfOrderSequenceException' && !isTransactional(manager)) {
    const text = `The broker returned ${exceptionText(exception)} for topic-partition ${topicPartitionName(topicPartition)} with producerId ${sequence?.producerId ?? -1}, epoch ${sequence?.producerEpoch ?? -1}, and sequence number ${sequence?.baseSequence ?? -1}`;
    say(turn, logOf(producer, 'ERROR', text, TRANSACTION_MANAGER));
    return requestEpochBump(manager, topicPartition);
  }
  if (simpleName(exception) === 'UnknownProducerIdException') return forgetSequences(manager, topicPartition);
  // A transactional producer starts anew with the epoch that its next abort brings.
  return mayReuseSequences && !isTransactional(manager) ? requestEpochBump(manager, topicPartition) : manager;
}
