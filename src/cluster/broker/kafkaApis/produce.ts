/** Produce (`KafkaApis#handleProduceRequest`, 3.9.0). */
import type { NodeEndpoint, ProducePartitionResponse, ProduceResponse } from '../../protocol/kafka/records.ts';
import type { BrokerId, LeaderEpoch } from '../../../kafka/ids.ts';
import { kafkaErrors } from '../../../kafka/errors.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import { type AppendCallback, type AppendedPartition, type AppendEntry, appendRecords } from '../appendRecords.ts';
import { findPartition } from '../broker.ts';
import { aliveBroker, partitionState } from '../metadataCache.ts';
import { type Call, closeConnection, finish, respond } from '../requestChannel.ts';
import { info, type Turn } from '../turn.ts';

export function handleProduce(turn: Turn, call: Call<'Produce'>): void {
  const { acks, timeoutMs, topicData } = call.body;
  const entries: AppendEntry[] = [];
  const unknown: AppendedPartition[] = [];
  for (const { name: topic, partitionData } of topicData) {
    for (const { index, records: batch } of partitionData) {
      if (partitionState(turn.broker.metadata, topic, index) === undefined)
        unknown.push({ ...unknownPartition(index), topic });
      else entries.push({ topic, partition: index, batch });
    }
  }
  const options = {
    acks,
    timeoutMs,
    origin: 'client',
    internalTopicsAllowed: call.clientId === '__admin_client',
  } as const;
  appendRecords(turn, entries, options, answerLater(call, unknown));
}

const answerLater =
  (call: Call<'Produce'>, unknown: readonly AppendedPartition[]): AppendCallback =>
  (turn, results) =>
    answer(turn, call, [...results, ...unknown]);

const unknownPartition = (index: number): ProducePartitionResponse => ({
  index,
  errorCode: 'UNKNOWN_TOPIC_OR_PARTITION',
  errorMessage: null,
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
