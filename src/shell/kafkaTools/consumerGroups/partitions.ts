/** Partitions as kafka-consumer-groups names, orders and looks them up. */
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { javaTopicPartitionHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { parseJavaInteger } from '../optionParser.ts';
import type { Script } from '../script.ts';
import { admin, getOrWrap } from '../script.ts';
import { Thrown, illegalArgument, thrown } from '../stackTrace.ts';
import { exceptionText } from '../../../cluster/client/javaException.ts';

export const partitionName = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/** In the order of a Java hash map. */
export const hashed = <P extends TopicPartition>(partitions: Iterable<P>): readonly P[] =>
  javaHashOrder(partitions, javaTopicPartitionHash);

/** Milliseconds that every call is given (`--timeout`). */
export const timeoutOf = (options: ParsedOptions): number => options.integerOf('timeout') ?? 5000;

/** Runs a part whose checked exceptions the tool wraps into a RuntimeException. */
export function* wrapping<T>(part: Script<T>): Script<T> {
  try {
    return yield* part;
  } catch (problem) {
    if (!(problem instanceof Thrown) || problem.exception.class !== 'java.util.concurrent.ExecutionException') {
      throw problem;
    }
    throw thrown('java.lang.RuntimeException', exceptionText(problem.exception), problem.exception);
  }
}

/** `listOffsets`, by partition name; −1 where nothing is at that time. */
export function* offsetsAt(
  options: ParsedOptions,
  partitions: readonly TopicPartition[],
  timestamp: number,
): Script<ReadonlyMap<string, number>> {
  if (partitions.length === 0) return new Map();
  const answers = yield* admin(
    'listOffsets',
    { partitions: partitions.map(({ topic, partition }) => ({ topic, partition, timestamp })) },
    timeoutOf(options),
  );
  return new Map(answers.map((answer) => [partitionName(answer), Number(getOrWrap(answer.outcome).offset)]));
}

/** Null where a partition has been asked for without having an offset. */
export function* committedOffsets(
  options: ParsedOptions,
  groupId: string,
): Script<readonly (TopicPartition & { readonly offset: number | null })[]> {
  const [answer] = yield* admin(
    'listConsumerGroupOffsets',
    { groups: [{ groupId, partitions: null }] },
    timeoutOf(options),
  );
  return getOrWrap(answer!.outcome).map(({ topic, partition, committed }) => ({
    topic,
    partition,
    offset: committed?.offset ?? null,
  }));
}

/** `topic:0,1,2` as partitions; a topic alone means all of its partitions. */
export function* partitionsOfArguments(
  options: ParsedOptions,
  topicArguments: readonly string[],
): Script<readonly TopicPartition[]> {
  const named = topicArguments.filter((argument) => argument.includes(':')).flatMap(namedPartitions);
  const topics = topicArguments.filter((argument) => !argument.includes(':'));
  if (topics.length === 0) return named;
  const described = yield* admin('describeTopics', { topics }, timeoutOf(options));
  const all = described.flatMap(({ topic, outcome }) =>
    getOrWrap(outcome).partitions.map(({ partition }) => ({ topic, partition })),
  );
  return [...named, ...all];
}

export function namedPartitions(argument: string): readonly TopicPartition[] {
  const [topic = '', list = '', ...more] = argument.split(':');
  if (more.length > 0 || list === '') {
    throw illegalArgument(`Invalid topic arg '${argument}', expected topic name and partitions`);
  }
  return list.split(',').map((text) => {
    const partition = parseJavaInteger(text, 32);
    if (partition === undefined) {
      throw illegalArgument(`Invalid partition '${text}' specified in topic arg '${argument}''`);
    }
    return { topic, partition };
  });
}
