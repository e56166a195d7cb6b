/** kafka-leader-election (`org.apache.kafka.tools.LeaderElectionCommand`, 3.9.0): preferred and unclean elections on demand. */
import { exceptionText, simpleName } from '../../cluster/client/javaException.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { maybePrintHelpOrVersion } from './commandLine.ts';
import { hashed, partitionName } from './consumerGroups/partitions.ts';
import type { ParsedOptions } from './optionParser.ts';
import { OptionException, parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { commonOptions } from './optionSpec.ts';
import { adminOperationException, duplicatesAmong, parseJsonObject, partitionsOf, readFile } from './partitionsJson.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, err, out, scriptProgram } from './script.ts';
import { Thrown, stackTrace, thrown } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.LeaderElectionCommand.main(LeaderElectionCommand.java:63)';
const electionTypes = ['PREFERRED', 'UNCLEAN'] as const;

export const leaderElectionOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'bootstrap-server',
    description:
      'A hostname and port for the broker to connect to, in the form host:port. Multiple comma separated URLs can be given. REQUIRED.',
    argument: { describedAs: 'host:port' },
  },
  {
    name: 'admin.config',
    description: 'Configuration properties files to pass to the admin client',
    argument: { describedAs: 'config file' },
  },
  {
    name: 'path-to-json-file',
    description:
      'The JSON file with the list  of partition for which leader elections should be performed. This is an example format. \n{"partitions":\n\t[{"topic": "foo", "partition": 1},\n\t {"topic": "foobar", "partition": 2}]\n}\nNot allowed if --all-topic-partitions or --topic flags are specified.',
    argument: { describedAs: 'Path to JSON file' },
  },
  {
    name: 'topic',
    description:
      'Name of topic for which to perform an election. Not allowed if --path-to-json-file or --all-topic-partitions is specified.',
    argument: { describedAs: 'topic name' },
  },
  {
    name: 'partition',
    description: 'Partition id for which to perform an election. REQUIRED if --topic is specified.',
    argument: { describedAs: 'partition id', type: 'Integer' },
  },
  {
    name: 'all-topic-partitions',
    description:
      'Perform election on all of the eligible topic partitions based on the type of election (see the --election-type flag). Not allowed if --topic or --path-to-json-file is specified.',
  },
  {
    name: 'election-type',
    description:
      'Type of election to attempt. Possible values are "preferred" for preferred leader election or "unclean" for unclean leader election. If preferred election is selection, the election is only performed if the current leader is not the preferred leader for the topic partition. If unclean election is selected, the election is only performed if there are no leader for the topic partition. REQUIRED.',
    argument: { describedAs: 'election type', type: '[PREFERRED,UNCLEAN]' },
  },
];

export const leaderElection = scriptProgram(mainFrame, main);

/** The failure of the command, and what else went wrong beside it. */
class ElectionFailure extends Thrown {
  readonly suppressed: readonly string[];

  constructor(message: string, suppressed: readonly string[]) {
    super({ class: adminCommandFailed, message });
    this.suppressed = suppressed;
  }
}
const adminCommandFailed = 'org.apache.kafka.server.common.AdminCommandFailedException';

function* main(input: ProcessInput): Script {
  try {
    yield* run(input);
    return 0;
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    const suppressed = problem instanceof ElectionFailure ? problem.suppressed : [];
    const more = suppressed.map((text) => `\tSuppressed: ${text}\n`).join('');
    yield* err(`${problem.exception.message ?? 'null'}\n${stackTrace(problem.exception, mainFrame)}${more}\n`);
    return 1;
  }
}

function* run(input: ProcessInput): Script<void> {
  const options = parseOptions(leaderElectionOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(
    leaderElectionOptions,
    options,
    'This tool attempts to elect a new leader for a set of topic partitions. The type of elections supported are preferred replicas and unclean replicas.',
  );
  checkOptions(options);
  const electionType = electionTypeOf(options.valueOf('election-type') ?? '');
  const partitions = chosenPartitions(input, options);
  const file = options.valueOf('admin.config');
  yield* createAdmin({
    'default.api.timeout.ms': '30000',
    'request.timeout.ms': '15000',
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
  const answer = yield* admin('electLeaders', { electionType, partitions });
  if (answer.outcome === 'failed') {
    const { exception } = answer;
    if (simpleName(exception) !== 'TimeoutException')
      throw thrown('java.lang.RuntimeException', exceptionText(exception), exception);
    yield* out('Timeout waiting for election results\n');
    throw thrown(adminCommandFailed, 'Timeout waiting for election results', exception);
  }
  const inOrder = hashed(answer.value);
  const named = (chosen: readonly TopicPartition[]): string => chosen.map(partitionName).join(', ');
  const isUnneeded = (one: (typeof inOrder)[number]): boolean =>
    one.exception !== null && simpleName(one.exception) === 'ElectionNotNeededException';
  const succeeded = inOrder.filter(({ exception }) => exception === null);
  const unneeded = inOrder.filter(isUnneeded);
  const failed = inOrder.filter((one) => one.exception !== null && !isUnneeded(one));
  if (succeeded.length > 0) {
    yield* out(`Successfully completed leader election (${electionType}) for partitions ${named(succeeded)}\n`);
  }
  if (unneeded.length > 0) yield* out(`Valid replica already elected for partitions ${named(unneeded)}\n`);
  for (const one of failed) {
    yield* out(
      `Error completing leader election (${electionType}) for partition: ${partitionName(one)}: ${exceptionText(one.exception!)}\n`,
    );
  }
  if (failed.length > 0) {
    const suppressed = failed.map(({ exception }) => exceptionText(exception!));
    throw new ElectionFailure(`${failed.length} replica(s) could not be elected`, suppressed);
  }
}

function checkOptions(options: ParsedOptions): void {
  const refuse = (message: string): Thrown => thrown(adminCommandFailed, message);
  const missing = ['bootstrap-server', 'election-type'].filter((name) => !options.has(name));
  if (missing.length > 0) throw refuse(`Missing required option(s): ${missing.join(', ')}`);
  const scopes = ['topic', 'all-topic-partitions', 'path-to-json-file'];
  if (scopes.filter((name) => options.has(name)).length !== 1) {
    throw refuse(`One and only one of the following options is required: ${scopes.join(', ')}`);
  }
  if (options.has('topic') && !options.has('partition')) throw refuse('Missing required option(s): partition');
  if (!options.has('topic') && options.has('partition')) {
    throw refuse('Option partition is only allowed if topic is used');
  }
}

function electionTypeOf(text: string): (typeof electionTypes)[number] {
  const found = electionTypes.find((type) => type === text.toUpperCase());
  if (found !== undefined) return found;
  throw new OptionException({
    class: 'joptsimple.OptionArgumentConversionException',
    message: `Cannot parse argument '${text}' of option election-type`,
    cause: {
      class: 'joptsimple.ValueConversionException',
      message: `Value [${text}] is not one of [[${electionTypes.join(',')}]]`,
    },
  });
}

/** Null: all of them. */
function chosenPartitions(input: ProcessInput, options: ParsedOptions): readonly TopicPartition[] | null {
  const file = options.valueOf('path-to-json-file');
  if (file !== undefined) {
    const partitions = partitionsIn(input, file);
    if (partitions === undefined) throw adminOperationException('Replica election data is missing "partitions" field');
    const repeated = duplicatesAmong(partitions);
    if (repeated.length > 0) {
      throw adminOperationException(`Replica election data contains duplicate partitions: [${repeated.join(', ')}]`);
    }
    return partitions.map(({ topic, partition }) => ({ topic, partition }));
  }
  const topic = options.valueOf('topic');
  return topic === undefined ? null : [{ topic, partition: options.integerOf('partition') ?? 0 }];
}

/** Throws a RuntimeException for a file that is not there or not as it should be. */
function partitionsIn(input: ProcessInput, file: string): ReturnType<typeof partitionsOf> {
  try {
    const json = parseJsonObject(readFile(input, file));
    if (json === undefined) throw adminOperationException('Replica election data is empty');
    return partitionsOf(json);
  } catch (problem) {
    if (!(problem instanceof Thrown) || problem.exception.class.endsWith('.AdminOperationException')) throw problem;
    throw thrown('java.lang.RuntimeException', exceptionText(problem.exception), problem.exception);
  }
}
