/** Produce (`KafkaApis#handleProduceRequest`, 3.9.0). */
import type { NodeEndpoint, ProducePartitionResponse, ProduceResponse } from '../../protocol/kafka/records.ts';
import type { BrokerId, LeaderEpoch } from '../../../kafka/ids.ts';
import { type ErrorName, kafkaErrors } from '../../../kafka/errors.ts';
import { hasOngoingTransaction } from '../../../kafka/log/partitionLog.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import { type AppendCallback, type AppendedPartition, type AppendEntry, appendRecords } from '../appendRecords.ts';
import { findPartition } from '../broker.ts';
import { aliveBroker, partitionState } from '../metadataCache.ts';
import { type Call, closeConnection, finish, respond } from '../requestChannel.ts';
import {
  type AfterVerification,
  appendRefusal,
  endVerification,
  type ToVerify,
  type Verdict,
  verifyTransaction,
} from '../transactionVerification.ts';
import { info, type Turn } from '../turn.ts';

export function handleProduce(turn: Turn, call: Call<'Produce'>): void {
  const toVerify = transactionIn(call);
  if (toVerify === null) return append(turn, call, { errors: new Map(), guards: new Map() });
  verifyTransaction(turn, toVerify, appendLater(call));
}

const appendLater =
  (call: Call<'Produce'>): AfterVerification =>
  (turn, verdict) =>
    append(turn, call, verdict);

/** What the coordinator is to be asked about; null for batches outside transactions. */
function transactionIn({ body: { transactionalId, topicData } }: Call<'Produce'>): ToVerify | null {
  if (transactionalId === null) return null;
  const batches = topicData.flatMap(({ name, partitionData }) =>
    partitionData.flatMap(({ index, records }) =>
      records.isTransactional ? [{ topic: name, partition: index, records }] : [],
    ),
  );
  const [first] = batches;
  if (first === undefined) return null;
  const { producerId, producerEpoch } = first.records;
  const partitions = batches.map(({ topic, partition, records: { baseSequence } }) => ({
    topic,
    partition,
    baseSequence,
  }));
  return { transactionalId, producerId, producerEpoch, partitions };
}

/** Appends what may be appended, and answers for all. */
function append(turn: Turn, call: Call<'Produce'>, verdict: Verdict): void {
  const { acks, timeoutMs, topicData } = call.body;
  const entries: AppendEntry[] = [];
  const refused: AppendedPartition[] = [];
  for (const { name: topic, partitionData } of topicData) {
    for (const { index, records: batch } of partitionData) {
      if (partitionState(turn.broker.metadata, topic, index) === undefined)
        refused.push({ ...refusedPartition(index, 'UNKNOWN_TOPIC_OR_PARTITION'), topic });
      else {
        const refusal = refusalByTransaction(turn, { topic, partition: index, batch }, verdict);
        if (refusal !== null) refused.push({ ...refusal, topic });
        else entries.push({ topic, partition: index, batch });
      }
    }
  }
  const options = {
    acks,
    timeoutMs,
    origin: 'client',
    internalTopicsAllowed: call.clientId === '__admin_client',
  } as const;
  appendRecords(turn, entries, options, answerLater(call, refused));
  for (const { topic, partition, batch } of entries) {
    const log = findPartition(turn.broker, topic, partition)?.log;
    if (batch.isTransactional && log != null && hasOngoingTransaction(log, batch.producerId))
      endVerification(turn, { topic, partition }, batch.producerId);
  }
}

/** Null: the batch is outside transactions, or in one that is open here or has been verified (`handleProduceAppend`). */
function refusalByTransaction(
  turn: Turn,
  { topic, partition, batch }: AppendEntry,
  verdict: Verdict,
): ProducePartitionResponse | null {
  if (!batch.isTransactional) return null;
  const error = verdict.errors.get(topicPartitionName({ topic, partition }));
  if (error !== undefined) return refusedPartition(partition, ...toldError(error));
  const { baseSequence, producerId } = batch;
  const refusal = appendRefusal(turn, { topic, partition, baseSequence }, producerId, verdict);
  return refusal === null ? null : refusedPartition(partition, refusal);
}

/** What clients know how to repeat stands for what they do not. */
function toldError(error: ErrorName): readonly [ErrorName, string | null] {
  switch (error) {
    case 'INVALID_TXN_STATE':
      return [error, 'Partition was not added to the transaction'];
    case 'CONCURRENT_TRANSACTIONS':
    case 'NETWORK_EXCEPTION':
    case 'COORDINATOR_LOAD_IN_PROGRESS':
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'NOT_COORDINATOR':
      return [
        'NOT_ENOUGH_REPLICAS',
        `Unable to verify the partition has been added to the transaction. Underlying error: ${error}`,
      ];
    default:
      return [error, null];
  }
}

const answerLater =
  (call: Call<'Produce'>, refused: readonly AppendedPartition[]): AppendCallback =>
  (turn, results) =>
    answer(turn, call, [...results, ...refused]);

const refusedPartition = (
  index: number,
  errorCode: ErrorName,
  errorMessage: string | null = null,
): ProducePartitionResponse => ({
  index,
  errorCode,
  errorMessage,
  baseOffset: -1 as ProducePartitionResponse['baseOffset'],
  logAppendTimeMs: -1 as ProducePartitionResponse['logAppendTimeMs'],
  logStartOffset: -1 as ProducePartitionResponse['logStartOffset'],
  recordErrors: [],
  currentLeader: { leaderId: -1 as BrokerId, leaderEpoch: -1 as LeaderEpoch },
});

function answer(turn: Turn, call: Call<'Produce'>, results: readonly AppendedPartition[]): void {
  const failed = results.filter(({ errorCode }) => errorCode !== 'NONE');
  if (call.body.acks === 0) {
    if (failed.length === 0) return finish(turn, call.socket);
    const exceptions = failed.map(
      ({ topic, index, errorCode }) =>
        `${topicPartitionName({ topic, partition: index })} -> org.apache.kafka.common.errors.${kafkaErrors[errorCode].exception}`,
    );
    info(
      turn,
      `[KafkaApi-${turn.broker.brokerId}] Closing connection due to error during produce request with correlation id ${call.correlationId} ` +
        `from client id ${call.clientId} with ack=0\nTopic and partition to exceptions: ${exceptions.join(', ')}`,
      'kafka.server.KafkaApis',
    );
    return closeConnection(turn, call.socket);
  }
  const endpoints = new Map<BrokerId, NodeEndpoint>();
  const responses = new Map<string, ProducePartitionResponse[]>();
  for (const { topic, ...result } of results) {
    let ofTopic = responses.get(topic);
    if (ofTopic === undefined) responses.set(topic, (ofTopic = []));
    ofTopic.push(
      result.errorCode === 'NOT_LEADER_OR_FOLLOWER' ? withCurrentLeader(turn, topic, result, endpoints) : result,
    );
  }
  const body: ProduceResponse = {
    responses: [...responses].map(([name, partitionResponses]) => ({ name, partitionResponses })),
    nodeEndpoints: [...endpoints.values()],
  };
  respond(turn, call, body);
}

/** Where to go instead (KIP-951): as the partition here knows it, else as the cluster's metadata do. */
function withCurrentLeader(
  turn: Turn,
  topic: string,
  result: ProducePartitionResponse,
  endpoints: Map<BrokerId, NodeEndpoint>,
): ProducePartitionResponse {
  const { metadata } = turn.broker;
  const known = findPartition(turn.broker, topic, result.index) ?? partitionState(metadata, topic, result.index);
  const leaderId = known?.leader ?? (-1 as BrokerId);
  const leader = aliveBroker(metadata, leaderId);
  if (leader !== undefined)
    endpoints.set(leaderId, { nodeId: leaderId, host: leader.host, port: leader.port, rack: leader.rack });
  return { ...result, currentLeader: { leaderId, leaderEpoch: known?.leaderEpoch ?? (-1 as LeaderEpoch) } };
}
