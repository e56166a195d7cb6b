/** The JSON files of kafka-reassign-partitions: what shall be moved where. */
import type { JavaException } from '../../../cluster/client/javaException.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { hashed, partitionName } from '../consumerGroups/partitions.ts';
import { parseJavaInteger, numberFormatException } from '../optionParser.ts';
import { asInteger, asJsonArray, asJsonObject, asListOf, asString, fieldOf } from '../jsonValue.ts';
import {
  adminOperationException,
  checkVersion,
  duplicatesAmong,
  parseJsonObject,
  partitionsOf,
} from '../partitionsJson.ts';
import { Thrown, thrown } from '../stackTrace.ts';

export const adminCommandFailed = (message: string, cause?: JavaException): Thrown =>
  thrown('org.apache.kafka.server.common.AdminCommandFailedException', message, cause);

export interface PlannedPartition extends TopicPartition {
  readonly replicas: readonly number[];
}
export interface Replica extends TopicPartition {
  readonly brokerId: number;
}
export interface PlannedMove extends Replica {
  readonly logDir: string;
}
export interface Plan {
  /** In the order of the file. */
  readonly partitions: readonly PlannedPartition[];
  /** Replicas that shall lie in a certain log directory. */
  readonly moves: readonly PlannedMove[];
}

const ANY_LOG_DIR = 'any';

/** `TopicPartitionReplica.toString`. */
export const replicaName = ({ topic, partition, brokerId }: Replica): string => `${topic}-${partition}-${brokerId}`;

export const byTopicAndPartition = (a: TopicPartition, b: TopicPartition): number =>
  a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;

export function parsePlan(text: string): Plan {
  const json = parseJsonObject(text);
  if (json === undefined) throw adminOperationException('The input string is not a valid JSON');
  checkVersion(json);
  const partitions: PlannedPartition[] = [];
  const moves: PlannedMove[] = [];
  for (const { topic, partition, entry } of partitionsOf(json) ?? []) {
    const replicas = asListOf(fieldOf(entry, 'replicas'), asInteger);
    const { log_dirs } = entry;
    const logDirs = log_dirs === undefined ? replicas.map(() => ANY_LOG_DIR) : asListOf(log_dirs, asString);
    if (replicas.length !== logDirs.length) {
      throw adminCommandFailed(
        `Size of replicas list [${replicas.join(', ')}] is different from size of log dirs list [${logDirs.join(', ')}] for partition ${topic}-${partition}`,
      );
    }
    partitions.push({ topic, partition, replicas });
    for (const [index, brokerId] of replicas.entries()) {
      const logDir = logDirs[index]!;
      if (logDir !== ANY_LOG_DIR) moves.push({ topic, partition, brokerId, logDir });
    }
  }
  return { partitions, moves };
}

/** What `--execute` asks of a plan beyond its form. */
export function checkExecutable({ partitions }: Plan): void {
  if (partitions.length === 0) throw adminCommandFailed('Partition reassignment list cannot be empty');
  if (partitions.some(({ replicas }) => replicas.length === 0)) {
    throw adminCommandFailed('Partition replica list cannot be empty');
  }
  const twice = duplicatesAmong(partitions);
  if (twice.length > 0) {
    throw adminCommandFailed(`Partition reassignment contains duplicate topic partitions: ${twice.join(',')}`);
  }
  const repeated = partitions
    .map((one) => ({ one, ids: repeatedIn(one.replicas) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ one, ids }) => `${partitionName(one)} contains multiple entries for ${ids.join(',')}`);
  if (repeated.length > 0) {
    throw adminCommandFailed(`Partition replica lists may not contain duplicate entries: ${repeated.join('. ')}`);
  }
}

/** Topics of `--topics-to-move-json-file`. */
export function parseTopics(text: string): readonly string[] {
  const json = parseJsonObject(text);
  if (json === undefined) throw adminOperationException('The input string is not a valid JSON');
  checkVersion(json);
  const { topics } = json;
  const entries = topics === undefined ? [] : asJsonArray(topics);
  const names = entries.map((entry) => asString(fieldOf(asJsonObject(entry), 'topic')));
  const repeated = repeatedIn(names);
  if (repeated.length > 0) {
    throw adminCommandFailed(`List of topics to reassign contains duplicate entries: [${repeated.join(', ')}]`);
  }
  return names;
}

/** `0,1,2`. */
export function parseBrokerList(text: string): readonly number[] {
  const ids = text.split(',').map((item) => {
    const id = parseJavaInteger(item, 32);
    if (id === undefined) throw new Thrown(numberFormatException(item));
    return id;
  });
  const repeated = repeatedIn(ids);
  if (repeated.length > 0) throw adminCommandFailed(`Broker list contains duplicate entries: [${repeated.join(', ')}]`);
  return ids;
}

/** An assignment in the form of a plan. */
export function planText(assignment: readonly PlannedPartition[]): string {
  const partitions = [...assignment].sort(byTopicAndPartition).map(({ topic, partition, replicas }) => ({
    topic,
    partition,
    replicas,
    log_dirs: replicas.map(() => ANY_LOG_DIR),
  }));
  return JSON.stringify({ version: 1, partitions });
}

export const topicsOf = (partitions: readonly TopicPartition[]): readonly string[] => [
  ...new Set(hashed(partitions).map(({ topic }) => topic)),
];

const repeatedIn = <T>(items: readonly T[]): readonly T[] => [
  ...new Set(items.filter((item, index) => items.indexOf(item) !== index)),
];
