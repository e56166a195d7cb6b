/** CreateTopics, DeleteTopics, CreatePartitions, ElectLeaders, DescribeLogDirs (`KafkaApis`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import { logSizeInBytes } from '../../../kafka/log/partitionLog.ts';
import { diskAt } from '../../../kernel/host.ts';
import { electLeaders, type ElectionResult } from '../../controller/electLeaders.ts';
import { ZERO_UUID } from '../../protocol/kafka/fields.ts';
import type { CreatableTopic, CreatableTopicResult, DescribeLogDirsResponse } from '../../protocol/kafka/topics.ts';
import { brokerBoolean } from '../brokerSettings.ts';
import { delay, type DelayedOperation } from '../delayedOperations.ts';
import { partitionState, topicNameOf } from '../metadataCache.ts';
import { type Call, respond } from '../requestChannel.ts';
import { isOffline } from '../logDirFailure.ts';
import { type Turn, warn } from '../turn.ts';
import type { Refusal } from '../zkAdmin/adminZkClient.ts';
import { createPartitions } from '../zkAdmin/addPartitions.ts';
import { createTopics, deleteTopics, type TopicResult } from '../zkAdmin/topicOperations.ts';
import { describeTopicConfig } from './configs.ts';

export function handleCreateTopics(turn: Turn, call: Call<'CreateTopics'>): void {
  const { topics, timeoutMs, validateOnly } = call.body;
  if (!turn.broker.controller.isActive)
    return respond(turn, call, { topics: topics.map(({ name }) => failed(name, 'NOT_CONTROLLER', null)) });
  const names = topics.map(({ name }) => name);
  const isTwice = (topic: CreatableTopic) => names.filter((name) => name === topic.name).length > 1;
  const twice = topics
    .filter(isTwice)
    .map(({ name }) => failed(name, 'INVALID_REQUEST', 'Found multiple entries for this topic.'));
  createTopics(
    turn,
    topics.filter((topic) => !isTwice(topic)),
    { timeoutMs, validateOnly },
    (later, results) =>
      respond(later, call, { topics: [...results.map((result) => created(later, result, topics)), ...twice] }),
  );
}

const failed = (name: string, errorCode: ErrorName, errorMessage: string | null): CreatableTopicResult => ({
  name,
  errorCode,
  errorMessage,
  topicId: ZERO_UUID,
  numPartitions: -1,
  replicationFactor: -1,
  configs: [],
});

/** The error's own text, when the broker adds none. */
const messageOf = (refusal: Refusal): string | null => refusal?.message ?? null;

function created(turn: Turn, result: TopicResult, asked: readonly CreatableTopic[]): CreatableTopicResult {
  const { topic, refusal, topicId, partitionCount, replicationFactor } = result;
  if (refusal !== null) return failed(topic, refusal.error, messageOf(refusal));
  const given = asked.find(({ name }) => name === topic)?.configs ?? [];
  const settings = Object.fromEntries(given.map(({ name, value }) => [name, value ?? '']));
  return {
    name: topic,
    errorCode: 'NONE',
    errorMessage: null,
    topicId: topicId === '' ? ZERO_UUID : topicId,
    numPartitions: partitionCount,
    replicationFactor,
    configs: describeTopicConfig(turn, settings).map(({ name, value, readOnly, isSensitive, configSource }) => ({
      name,
      value,
      readOnly,
      isSensitive,
      configSource: configSource === 'DYNAMIC_TOPIC_CONFIG' ? 1 : configSource === 'STATIC_BROKER_CONFIG' ? 4 : 5,
    })),
  };
}

export function handleDeleteTopics(turn: Turn, call: Call<'DeleteTopics'>): void {
  const { topics, timeoutMs } = call.body;
  const { controller, settings, metadata } = turn.broker;
  const asked = topics.map(({ name, topicId }) => ({ name: name ?? topicNameOf(metadata, topicId) ?? null, topicId }));
  const all = (errorCode: ErrorName, errorMessage: string | null = null) =>
    respond(turn, call, { responses: asked.map((topic) => ({ ...topic, errorCode, errorMessage })) });
  if (!controller.isActive) return all('NOT_CONTROLLER');
  if (!brokerBoolean(settings, 'delete.topic.enable')) return all('TOPIC_DELETION_DISABLED');
  const unknown = asked.filter(({ name }) => name === null || !metadata.topics.has(name));
  const known = asked.flatMap(({ name }) => (name !== null && metadata.topics.has(name) ? [name] : []));
  const missing = unknown.map(({ name, topicId }) => ({
    name,
    topicId,
    errorCode: name === null ? ('UNKNOWN_TOPIC_ID' as const) : ('UNKNOWN_TOPIC_OR_PARTITION' as const),
    errorMessage: null,
  }));
  if (known.length === 0) return respond(turn, call, { responses: missing });
  deleteTopics(turn, known, timeoutMs, (later, results) => {
    const responses = results.map(({ topic, refusal }) => ({
      name: topic,
      topicId: metadata.topics.get(topic)?.topicId ?? ZERO_UUID,
      errorCode: refusal?.error ?? ('NONE' as const),
      errorMessage: messageOf(refusal),
    }));
    respond(later, call, { responses: [...responses, ...missing] });
  });
}

export function handleCreatePartitions(turn: Turn, call: Call<'CreatePartitions'>): void {
  const { topics, timeoutMs, validateOnly } = call.body;
  const { controller } = turn.broker;
  const all = (errorCode: ErrorName) =>
    respond(turn, call, { results: topics.map(({ name }) => ({ name, errorCode, errorMessage: null })) });
  if (!controller.isActive) return all('NOT_CONTROLLER');
  const isDoomed = (name: string) => controller.topicsToBeDeleted.has(name);
  const doomed = topics
    .filter(({ name }) => isDoomed(name))
    .map(({ name }) => ({
      name,
      errorCode: 'INVALID_TOPIC_EXCEPTION' as const,
      errorMessage: 'The topic is queued for deletion.',
    }));
  createPartitions(
    turn,
    topics.filter(({ name }) => !isDoomed(name)),
    { timeoutMs, validateOnly },
    (later, results) => {
      const answered = results.map(({ topic, refusal }) => ({
        name: topic,
        errorCode: refusal?.error ?? ('NONE' as const),
        errorMessage: messageOf(refusal),
      }));
      respond(later, call, { results: [...answered, ...doomed] });
    },
  );
}

/** Answered when the new leaders are in this broker's metadata (`DelayedElectLeader`). */
export function handleElectLeaders(turn: Turn, call: Call<'ElectLeaders'>): void {
  const { topicPartitions, electionType, timeoutMs } = call.body;
  const keys =
    topicPartitions?.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))) ?? null;
  electLeaders(turn, keys, electionType === 0 ? 'PREFERRED' : 'UNCLEAN', (later, results) => {
    if (areLeadersKnown(later, results)) return answerElection(later, call, results);
    delay(later, delayedElection(call, results), timeoutMs);
  });
}

const delayedElection = (call: Call<'ElectLeaders'>, results: readonly ElectionResult[]): DelayedOperation => ({
  kind: 'topics',
  partitions: new Set(),
  tryComplete: (turn) => {
    if (!areLeadersKnown(turn, results)) return false;
    answerElection(turn, call, results);
    return true;
  },
  expire: (turn) => answerElection(turn, call, results),
});

const areLeadersKnown = ({ broker }: Turn, results: readonly ElectionResult[]): boolean =>
  results.every(
    ({ key, leader }) =>
      leader === null || partitionState(broker.metadata, key.topic, key.partition)?.leader === leader,
  );

function answerElection(turn: Turn, call: Call<'ElectLeaders'>, results: readonly ElectionResult[]): void {
  const isForAll = call.body.topicPartitions === null;
  // Asked for all partitions, those that need no election go unmentioned.
  const shown = isForAll ? results.filter(({ errorCode }) => errorCode !== 'ELECTION_NOT_NEEDED') : results;
  const topics = [...new Set(shown.map(({ key }) => key.topic))];
  respond(turn, call, {
    errorCode:
      results.length > 0 && results.every(({ errorCode }) => errorCode === 'NOT_CONTROLLER')
        ? 'NOT_CONTROLLER'
        : 'NONE',
    replicaElectionResults: topics.map((topic) => ({
      topic,
      partitionResult: shown
        .filter(({ key }) => key.topic === topic)
        .map(({ key, errorCode, errorMessage }) => ({ partitionId: key.partition, errorCode, errorMessage })),
    })),
  });
}

/** Of a disk that has room for everything. */
const TOTAL_BYTES = 500 * 1024 ** 3;

export function handleDescribeLogDirs(turn: Turn, call: Call<'DescribeLogDirs'>): void {
  const { settings, partitions } = turn.broker;
  const wanted = call.body.topics;
  const isWanted = (topic: string, partition: number) =>
    wanted === null || wanted.some((asked) => asked.topic === topic && asked.partitions.includes(partition));
  const results = settings.logDirs.map((logDir): DescribeLogDirsResponse['results'][number] => {
    const here = partitions.flatMap((partition) =>
      partition?.log != null && partition.logDir === logDir ? [{ ...partition, log: partition.log }] : [],
    );
    const shown = here.filter(({ topic, partition }) => isWanted(topic, partition));
    if (isOffline(turn, logDir)) {
      const exception = `org.apache.kafka.common.errors.KafkaStorageException: Log directory ${logDir} is offline`;
      warn(turn, `Unable to describe replica dirs for ${logDir}`, 'kafka.server.ReplicaManager', [exception]);
      return { errorCode: 'KAFKA_STORAGE_ERROR', logDir, topics: [], totalBytes: -1, usableBytes: -1 };
    }
    const used = here.reduce((sum, { log }) => sum + logSizeInBytes(log), 0);
    return {
      errorCode: 'NONE',
      logDir,
      topics: [...new Set(shown.map(({ topic }) => topic))].map((name) => ({
        name,
        partitions: shown
          .filter(({ topic }) => topic === name)
          .map(({ partition, log }) => ({
            partitionIndex: partition,
            partitionSize: logSizeInBytes(log),
            offsetLag: Math.max(log.highWatermark - log.logEndOffset, 0),
            isFutureKey: false,
          })),
      })),
      totalBytes: TOTAL_BYTES,
      usableBytes: diskAt(turn.host, logDir).state === 'full' ? 0 : TOTAL_BYTES - used,
    };
  });
  respond(turn, call, { errorCode: 'NONE', results });
}
