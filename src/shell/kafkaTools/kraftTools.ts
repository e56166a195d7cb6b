/**
 * kafka-metadata-quorum and kafka-features (`org.apache.kafka.tools`, 3.9.0): tools for clusters without ZooKeeper. Brokers of ZooKeeper
 * mode do not know the requests of the first, and have no features to tell of.
 */
import type { ProcessInput } from '../../kernel/process.ts';
import type { ArgGroup, ArgParser, ArgSpec, ParsedArgs } from './argParser.ts';
import { parseArguments } from './argParser.ts';
import { loadProperties } from './propertiesFile.ts';
import { reach, refusedCall } from './refusedCall.ts';
import type { Script } from './script.ts';
import { createAdmin, err, scriptProgram } from './script.ts';
import { Thrown, stackTrace } from './stackTrace.ts';

const connection: ArgGroup = {
  isExclusive: true,
  isRequired: true,
  args: [
    {
      flags: ['--bootstrap-server'],
      help: 'A comma-separated list of host:port pairs to use for establishing the connection to the Kafka cluster.',
    },
    {
      flags: ['--bootstrap-controller'],
      help: 'A comma-separated list of host:port pairs to use for establishing the connection to the Kafka controllers.',
    },
  ],
};
const commandConfig: ArgSpec = {
  flags: ['--command-config'],
  help: 'Property file containing configs to be passed to Admin Client.',
};
const dryRun: ArgSpec = {
  flags: ['--dry-run'],
  help: 'True if we should print what would be done, but not do it.',
  takes: 'none',
};

const quorumParser: ArgParser = {
  prog: 'kafka-metadata-quorum',
  showsDefaults: true,
  description: 'This tool describes kraft metadata quorum status.',
  args: [commandConfig],
  groups: [connection],
  commands: [
    {
      name: 'describe',
      help: 'Describe the metadata quorum info',
      args: [
        {
          flags: ['--status'],
          help: 'A short summary of the quorum status and the other provides detailed information about the status of replication.',
          takes: 'none',
        },
        {
          flags: ['--replication'],
          help: 'Detailed information about the status of replication',
          takes: 'none',
        },
        { flags: ['--human-readable'], help: 'Human-readable output', takes: 'none' },
      ],
    },
    {
      name: 'add-controller',
      help: 'Add a controller to the KRaft controller cluster',
      args: [dryRun],
    },
    {
      name: 'remove-controller',
      help: 'Remove a controller from the KRaft controller cluster',
      args: [
        {
          flags: ['--controller-id', '-i'],
          help: 'The id of the controller to remove.',
          type: 'integer',
          isRequired: true,
        },
        {
          flags: ['--controller-directory-id', '-d'],
          help: 'The directory ID of the controller to remove.',
          isRequired: true,
        },
        dryRun,
      ],
    },
  ],
};

/** What each command asks a broker, by the name of the admin client's call and of the request. */
const questions: Readonly<Record<string, { readonly call: string; readonly api: string }>> = {
  describe: { call: 'describeMetadataQuorum', api: 'DESCRIBE_QUORUM' },
  'add-controller': { call: 'addRaftVoter', api: 'ADD_RAFT_VOTER' },
  'remove-controller': { call: 'removeRaftVoter', api: 'REMOVE_RAFT_VOTER' },
};

const featuresParser: ArgParser = {
  prog: 'kafka-features',
  showsDefaults: true,
  description: 'This tool manages feature flags in Kafka.',
  args: [commandConfig],
  groups: [connection],
  commands: [{ name: 'describe', help: 'Describe one or more feature flags.', args: [] }],
};

const quorumFrame = 'org.apache.kafka.tools.MetadataQuorumCommand.main(MetadataQuorumCommand.java:66)';
export const metadataQuorum = scriptProgram(quorumFrame, function* main(input: ProcessInput): Script {
  const args = parseArguments(quorumParser, input.argv.slice(1));
  return yield* orFailure(quorumFrame, describeQuorum(input, args));
});

const featuresFrame = 'org.apache.kafka.tools.FeatureCommand.main(FeatureCommand.java:58)';
export const features = scriptProgram(featuresFrame, function* main(input: ProcessInput): Script {
  const args = parseArguments(featuresParser, input.argv.slice(1));
  return yield* orFailure(featuresFrame, describeFeatures(input, args));
});

function* describeFeatures(input: ProcessInput, args: ParsedArgs): Script<void> {
  yield* connect(input, args);
  yield* reach('describeFeatures');
}

/** Told without a stack trace. */
class TerseException extends Error {}

function* orFailure(mainFrame: string, work: Script<void>): Script {
  try {
    yield* work;
    return 0;
  } catch (problem) {
    if (problem instanceof TerseException) yield* err(`${problem.message}\n`);
    else if (problem instanceof Thrown) {
      yield* err(`${problem.exception.message ?? 'null'}\n${stackTrace(problem.exception, mainFrame)}\n`);
    } else throw problem;
    return 1;
  }
}

function* describeQuorum(input: ProcessInput, args: ParsedArgs): Script<void> {
  const { call, api } = questions[args.command ?? 'describe']!;
  if (args.command === 'describe' && args.has('--status') === args.has('--replication')) {
    throw new TerseException(
      args.has('--status')
        ? 'Only one of --status or --replication should be specified with describe sub-command'
        : 'One of --status or --replication must be specified with describe sub-command',
    );
  }
  yield* connect(input, args);
  yield* refusedCall(call, {
    class: 'org.apache.kafka.common.errors.UnsupportedVersionException',
    message: `The node does not support ${api}`,
  });
}

/** `Admin.create` with what the command line and its file say. */
function* connect(input: ProcessInput, args: ParsedArgs): Script<void> {
  const file = args.valueOf('--command-config');
  yield* createAdmin({
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': args.valueOf('--bootstrap-server') ?? args.valueOf('--bootstrap-controller') ?? '',
  });
}
