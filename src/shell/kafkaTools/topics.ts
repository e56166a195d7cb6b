/** kafka-topics (`org.apache.kafka.tools.TopicCommand`, 3.9.0): create, list, alter, describe, delete topics. */
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import { problemOfUuid, zeroUuid } from '../../kafka/uuid.ts';
import { checkTopicSettings } from '../../kafka/config/topicSettings.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { ParsedOptions } from './optionParser.ts';
import { numberFormatException, parseJavaInteger } from './optionParser.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, err, get, log, out, scriptProgram } from './script.ts';
import { Thrown, illegalArgument, stackTrace, thrown } from './stackTrace.ts';
import { includeList } from './topicFilter.ts';
import { parseTopicArguments } from './topics/arguments.ts';
import { descriptionOf } from './topics/describeTopics.ts';

const mainFrame = 'org.apache.kafka.tools.TopicCommand.main(TopicCommand.java:87)';
const logger = 'org.apache.kafka.tools.TopicCommand';

export const topics = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  try {
    const { action, options, remark } = parseTopicArguments(input.argv.slice(1));
    if (remark !== '') yield* out(remark);
    const file = options.valueOf('command-config');
    const properties = file === undefined ? {} : loadProperties(input, file);
    yield* createAdmin({ ...properties, 'bootstrap.servers': options.valueOf('bootstrap-server') ?? '' });
    try {
      yield* actionOf[action](options);
      return 0;
    } catch (problem) {
      if (!(problem instanceof Thrown)) throw problem;
      yield* out(`Error while executing topic command : ${problem.exception.message ?? 'null'}\n`);
      yield* log('ERROR', stackTrace(problem.exception, mainFrame), logger);
      return 1;
    }
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    yield* err(`${problem.exception.message ?? 'null'}\n${stackTrace(problem.exception, mainFrame)}\n`);
    return 1;
  }
}

const actionOf = {
  create: createTopic,
  list: listTopics,
  alter: alterTopic,
  describe: describeTopics,
  delete: deleteTopics,
} as const;

function* createTopic(options: ParsedOptions): Script<void> {
  const { name, partitions, replicationFactor, assignment, configs } = topicToBe(options);
  if (name.includes('.') || name.includes('_')) {
    yield* out(
      "WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could collide. To avoid issues it is best to use either, but not both.\n",
    );
  }
  if (replicationFactor !== undefined && (replicationFactor > 32_767 || replicationFactor < 1)) {
    throw illegalArgument('The replication factor must be between 1 and 32767 inclusive');
  }
  if (partitions !== undefined && partitions < 1) throw illegalArgument('The partitions must be greater than 0');
  const [created] = yield* admin('createTopics', {
    topics: [
      {
        name,
        numPartitions: partitions ?? -1,
        replicationFactor: replicationFactor ?? -1,
        ...(assignment.length > 0 ? { replicasAssignments: assignment } : {}),
        configs: Object.entries(configs).map(([config, value]) => ({ name: config, value })),
      },
    ],
    retryOnQuotaViolation: false,
  });
  const { outcome } = created!;
  const isThere =
    outcome.outcome === 'failed' && outcome.exception.class === 'org.apache.kafka.common.errors.TopicExistsException';
  if (isThere && options.has('if-not-exists')) return;
  get(outcome);
  yield* out(`Created topic ${name}.\n`);
}

interface TopicToBe {
  readonly name: string;
  readonly partitions: number | undefined;
  readonly replicationFactor: number | undefined;
  readonly assignment: readonly (readonly number[])[];
  readonly configs: Readonly<Record<string, string>>;
}

function topicToBe(options: ParsedOptions): TopicToBe {
  const assignment = options.has('replica-assignment') ? options.valueOf('replica-assignment') : undefined;
  return {
    name: options.valueOf('topic') ?? '',
    partitions: options.integerOf('partitions'),
    replicationFactor: options.integerOf('replication-factor'),
    assignment: assignment === undefined || assignment === '' ? [] : parseReplicaAssignment(assignment),
    configs: parseTopicConfigs(options.valuesOf('config')),
  };
}

/** `0:1,1:2`: the replicas of each partition. */
export function parseReplicaAssignment(text: string): readonly (readonly number[])[] {
  const partitions = splitAsJava(text, ',').map((list) =>
    splitAsJava(list, ':').map((id) => {
      const broker = parseJavaInteger(id.trim(), 32);
      if (broker === undefined) throw new Thrown(numberFormatException(id.trim()));
      return broker;
    }),
  );
  for (const [partition, brokers] of partitions.entries()) {
    const duplicates = brokers.filter((id, index) => brokers.indexOf(id) < index);
    if (duplicates.length > 0) {
      const shown = javaHashOrder(new Set(duplicates), (id) => id).join(',');
      throw thrown(
        'org.apache.kafka.server.common.AdminCommandFailedException',
        `Partition replica lists may not contain duplicate entries: ${shown}`,
      );
    }
    if (brokers.length !== partitions[0]!.length) {
      throw thrown(
        'org.apache.kafka.server.common.AdminOperationException',
        `Partition ${partition} has different replication factor: [${brokers.join(', ')}]`,
      );
    }
  }
  return partitions;
}

/** Java's `String.split`: empty parts at the end do not count. */
function splitAsJava(text: string, separator: string): readonly string[] {
  const parts = text.split(separator);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

function parseTopicConfigs(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const parts = text.split(/\s*=\s*/);
    while (parts.length > 1 && parts.at(-1) === '') parts.pop();
    return parts;
  });
  if (pairs.some((parts) => parts.length !== 2)) {
    throw illegalArgument(
      'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".',
    );
  }
  const configs = Object.fromEntries(pairs.map(([key, value]) => [key!.trim(), value!.trim()]));
  const problem = checkTopicSettings(configs);
  if (problem !== null) {
    const inPackage = problem.exception === 'ConfigException' ? 'config' : 'errors';
    throw thrown(`org.apache.kafka.common.${inPackage}.${problem.exception}`, problem.message);
  }
  return configs;
}

function* listTopics(options: ParsedOptions): Script<void> {
  const names = yield* matchingTopics(options);
  yield* out(`${names.join('\n')}\n`);
}

function* alterTopic(options: ParsedOptions): Script<void> {
  const { partitions, assignment } = topicToBe(options);
  const names = yield* matchingTopics(options);
  ensureTopicExists(names, options);
  if (names.length === 0) return;
  const described = yield* admin('describeTopics', { topics: names });
  const answers = yield* admin('createPartitions', {
    topics: described.map(({ topic, outcome }) => ({
      topic,
      totalCount: partitions ?? 0,
      assignments: assignment.length > 0 ? assignment.slice(get(outcome).partitions.length) : null,
    })),
  });
  for (const { outcome } of answers) get(outcome);
}

function* deleteTopics(options: ParsedOptions): Script<void> {
  const names = yield* matchingTopics(options);
  ensureTopicExists(names, options);
  const answers = yield* admin('deleteTopics', { topics: names });
  for (const { outcome } of answers) get(outcome);
}

function* describeTopics(options: ParsedOptions): Script<void> {
  const topicId = topicIdOf(options);
  let names: readonly string[];
  if (topicId === null) {
    names = yield* matchingTopics(options);
    ensureTopicExists(names, options);
  } else {
    const listings = get(yield* admin('listTopics', { listInternal: !options.has('exclude-internal') }));
    names = listings.filter((listing) => listing.topicId === topicId).map(({ name }) => name);
    if (names.length === 0 && !options.has('if-exists')) {
      throw illegalArgument(`TopicId '${topicId}' does not exist as expected`);
    }
  }
  const found = names.length === 0 ? [] : yield* admin('describeTopics', { topics: names });
  const described = new Map(found.map(({ topic, outcome }) => [topic, get(outcome)]));
  const inOrder = javaHashOrder(described.keys(), javaStringHash, { initialCapacity: described.size });
  const configs = yield* admin('describeConfigs', {
    resources: inOrder.map((resourceName) => ({ resourceType: 'TOPIC', resourceName })),
    includeSynonyms: false,
  });
  const { nodes } = get(yield* admin('describeCluster', {}));
  const partitions = inOrder.flatMap((topic) =>
    described.get(topic)!.partitions.map(({ partition }) => ({ topic, partition })),
  );
  const reassigning = get(yield* admin('listPartitionReassignments', { partitions }));
  for (const topic of inOrder) {
    const own = configs.find(({ resourceName }) => resourceName === topic)!;
    const reassignments = new Map(
      reassigning.filter((other) => other.topic === topic).map((other) => [other.partition, other]),
    );
    const text = descriptionOf(
      { description: described.get(topic)!, configs: get(own.outcome), reassignments },
      options,
      nodes.map(({ id }) => id),
    );
    if (text !== '') yield* out(text);
  }
}

/** `--topic-id`, unless it is left out or zero. Throws for what is no id. */
function topicIdOf(options: ParsedOptions): string | null {
  const given = options.valueOf('topic-id');
  if (given === undefined) return null;
  const problem = problemOfUuid(given);
  if (problem !== null) throw illegalArgument(problem);
  const id = given.replace(/=+$/, '');
  return id === zeroUuid ? null : id;
}

/** Sorted names of the topics that `--topic` means; all of them without it. */
function* matchingTopics(options: ParsedOptions): Script<readonly string[]> {
  const excludesInternal = options.has('exclude-internal');
  const listings = get(yield* admin('listTopics', { listInternal: !excludesInternal }));
  const names = listings.map(({ name }) => name).sort(byCodeUnit);
  const wanted = options.valueOf('topic');
  const matches = wanted === undefined ? () => true : includeList(wanted);
  return names.filter((name) => matches(name) && !(excludesInternal && isInternalTopic(name)));
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function ensureTopicExists(found: readonly string[], options: ParsedOptions): void {
  const wanted = options.valueOf('topic');
  if (wanted !== undefined && wanted !== '' && !options.has('if-exists') && found.length === 0) {
    throw illegalArgument(`Topic 'Optional[${wanted}]' does not exist as expected`);
  }
}
