/** JSON files that name partitions, as several tools take them (`org.apache.kafka.server.util.Json`, 3.9.0). */
import type { ProcessInput } from '../../kernel/process.ts';
import { readText, resolvePath } from '../../kernel/fileSystem.ts';
import { hashed, partitionName } from './consumerGroups/partitions.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { Thrown } from './stackTrace.ts';
import { thrown } from './stackTrace.ts';

type JsonObject = Readonly<Record<string, unknown>>;

export const adminOperationException = (message: string): Thrown =>
  thrown('org.apache.kafka.server.common.AdminOperationException', message);

/** `Utils.readFileAsString`. Throws an IOException. */
export function readFile({ files, cwd }: Pick<ProcessInput, 'files' | 'cwd'>, path: string): string {
  const text = readText(files, resolvePath(cwd, path));
  if (text !== undefined) return text;
  throw thrown('java.io.IOException', `Unable to read file ${path}`, {
    class: 'java.nio.file.NoSuchFileException',
    message: path,
  });
}

/** Undefined for a text that is no JSON. Throws a JsonMappingException for JSON that is no object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  if (value === undefined || isObject(value)) return value;
  throw jsonMappingException(`Expected JSON object, received ${JSON.stringify(value)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const jsonMappingException = (message: string): Thrown =>
  thrown('com.fasterxml.jackson.databind.JsonMappingException', message);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries of `partitions`, each with its topic and number; undefined without that field. */
export function partitionsOf(json: JsonObject): readonly (TopicPartition & JsonObject)[] | undefined {
  const { partitions } = json;
  if (!Array.isArray(partitions)) return undefined;
  return partitions.map((entry: unknown) => {
    const { topic, partition, ...rest } = isObject(entry) ? entry : {};
    if (typeof topic !== 'string') throw wrongField('topic');
    if (typeof partition !== 'number') throw wrongField('partition');
    return { ...rest, topic, partition };
  });
}

export const wrongField = (name: string): Thrown => jsonMappingException(`No such field exists: \`${name}\``);

/** Names of partitions that come more than once. */
export const duplicatesAmong = (partitions: readonly TopicPartition[]): readonly string[] => {
  const names = partitions.map(partitionName);
  const repeated = partitions.filter(
    (one, index) => names.indexOf(partitionName(one)) === index && names.lastIndexOf(partitionName(one)) > index,
  );
  return hashed(repeated).map(partitionName);
};
