/** kafka-get-offsets (`org.apache.kafka.tools.GetOffsetShell`, 3.9.0): offsets of partitions at a time. */
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { checkRequiredArgs, maybePrintHelpOrVersion, usageExit, validateBootstrapServer } from './commandLine.ts';
import { getOffsetsOptions } from './getOffsets/options.ts';
import { patternList, topicAndPartitions } from './getOffsets/partitionFilter.ts';
import { TerseException } from './getOffsets/terseException.ts';
import type { ParsedOptions } from './optionParser.ts';
import { OptionException, parseJavaInteger, parseOptions } from './optionParser.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, err, get, out, scriptProgram } from './script.ts';
import { Thrown, stackTrace } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.GetOffsetShell.main(GetOffsetShell.java:62)';
const usage = 'An interactive shell for getting topic-partition offsets.';

/** What `--time` may say besides a time in milliseconds; brokers know these as negative times (`ListOffsetsRequest`). */
const namedTimes: Readonly<Record<string, number>> = {
  latest: -1,
  earliest: -2,
  'max-timestamp': -3,
  'earliest-local': -4,
  'latest-tiered': -5,
};

export const getOffsets = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  try {
    const options = parseArguments(input.argv.slice(1));
    yield* printOffsets(input, options);
    return 0;
  } catch (problem) {
    if (problem instanceof TerseException) {
      yield* err(`Error occurred: ${problem.message}\n`);
      return 1;
    }
    if (!(problem instanceof Thrown)) throw problem;
    const { exception } = problem;
    yield* err(`Error occurred: ${exception.message ?? 'null'}\n${stackTrace(exception, mainFrame)}\n`);
    return 1;
  }
}

function parseArguments(argv: readonly string[]): ParsedOptions {
  if (argv.length === 0) throw usageExit(getOffsetsOptions, usage);
  let options: ParsedOptions;
  try {
    options = parseOptions(getOffsetsOptions, argv);
  } catch (problem) {
    throw problem instanceof OptionException ? new TerseException(problem.exception.message ?? '') : problem;
  }
  maybePrintHelpOrVersion(getOffsetsOptions, options, usage);
  const servers = options.has('bootstrap-server') ? 'bootstrap-server' : 'broker-list';
  checkRequiredArgs(getOffsetsOptions, options, servers);
  try {
    validateBootstrapServer(options.valueOf(servers) ?? '');
  } catch (problem) {
    throw problem instanceof Thrown ? usageExit(getOffsetsOptions, problem.exception.message ?? '') : problem;
  }
  return options;
}

function* printOffsets(input: ProcessInput, options: ParsedOptions): Script<void> {
  const patterns = options.valueOf('topic-partitions');
  if (patterns !== undefined && (options.has('topic') || options.has('partitions'))) {
    throw new TerseException('--topic-partitions cannot be used with --topic or --partitions');
  }
  const timestamp = timestampOf(options.valueOf('time') ?? 'latest');
  const filter =
    patterns === undefined
      ? topicAndPartitions(options.valueOf('topic'), options.valueOf('partitions'))
      : patternList(patterns);
  const file = options.valueOf('command-config');
  yield* createAdmin({
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? options.valueOf('broker-list') ?? '',
    'client.id': 'GetOffsetShell',
  });
  const listings = get(yield* admin('listTopics', { listInternal: !options.has('exclude-internal-topics') }));
  const names = listings.map(({ name }) => name).filter((name) => filter.allowsTopic(name));
  const described = names.length === 0 ? [] : yield* admin('describeTopics', { topics: names });
  const partitions = described
    .flatMap(({ topic, outcome }) => get(outcome).partitions.map(({ partition }) => ({ topic, partition })))
    .filter((partition) => filter.allows(partition));
  if (partitions.length === 0) {
    throw new TerseException('Could not match any topic-partitions with the specified filters');
  }
  const answers = yield* admin('listOffsets', {
    partitions: partitions.map((partition) => ({ ...partition, timestamp })),
  });
  const lines: (readonly [string, string])[] = [];
  for (const { topic, partition, outcome } of answers) {
    if (outcome.outcome === 'failed') {
      const { class: name, message } = outcome.exception;
      const cause = message === null ? name : `${name}: ${message}`;
      yield* err(`Skip getting offsets for topic-partition ${nameOf({ topic, partition })} due to error: ${cause}\n`);
    } else if (Number(outcome.value.offset) !== -1) {
      lines.push([nameOf({ topic, partition }), `${topic}:${partition}:${outcome.value.offset}\n`]);
    }
  }
  // Sorted as texts: partition 10 comes before 2.
  for (const [, line] of lines.sort(([a], [b]) => (a < b ? -1 : 1))) yield* out(line);
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

function timestampOf(time: string): number {
  const timestamp = namedTimes[time] ?? parseJavaInteger(time, 64);
  if (timestamp === undefined) {
    throw new TerseException(
      `Malformed time argument ${time}. Please use -1 or latest / -2 or earliest / -3 or max-timestamp / -4 or earliest-local / -5 or latest-tiered, or a specified long format timestamp`,
    );
  }
  return timestamp;
}
