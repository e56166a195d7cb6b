/** JSON files that name partitions, as several tools take them (`org.apache.kafka.server.util.Json`, 3.9.0). */
import type { ProcessInput } from '../../kernel/process.ts';
import { readText, resolvePath } from '../../kernel/fileSystem.ts';
import { hashed, partitionName } from './consumerGroups/partitions.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { JsonObject } from './jsonValue.ts';
import { asInteger, asJsonArray, asJsonObject, asString, fieldOf } from './jsonValue.ts';
import type { Thrown } from './stackTrace.ts';
import { thrown } from './stackTrace.ts';

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
  return value === undefined ? undefined : asJsonObject(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The entries of `partitions`; undefined without that field. Throws a JsonMappingException. */
export function partitionsOf(
  json: JsonObject,
): readonly (TopicPartition & { readonly entry: JsonObject })[] | undefined {
  const { partitions } = json;
  return partitions === undefined ? undefined : asJsonArray(partitions).map(partitionOf);
}

function partitionOf(item: unknown): TopicPartition & { readonly entry: JsonObject } {
  const entry = asJsonObject(item);
  return { topic: asString(fieldOf(entry, 'topic')), partition: asInteger(fieldOf(entry, 'partition')), entry };
}

/** Throws an AdminOperationException for another version than the first, which is also that of a file that names none. */
export function checkVersion({ version = 1 }: JsonObject): void {
  const number = asInteger(version);
  if (number !== 1) throw adminOperationException(`Not supported version field value ${number}`);
}

/** Names of partitions that come more than once. */
export const duplicatesAmong = (partitions: readonly TopicPartition[]): readonly string[] => {
  const names = partitions.map(partitionName);
  const repeated = partitions.filter(
    (one, index) => names.indexOf(partitionName(one)) === index && names.lastIndexOf(partitionName(one)) > index,
  );
  return hashed(repeated).map(partitionName);
};
