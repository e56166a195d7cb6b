/** kafka-cluster (`org.apache.kafka.tools.ClusterTool`, 3.9.0): the id of a cluster. */
import type { ProcessInput } from '../../kernel/process.ts';
import type { ArgGroup, ArgParser, ArgSpec, ParsedArgs } from './argParser.ts';
import { parseArguments } from './argParser.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, getOrWrap, mainThatPrints, out, scriptProgram } from './script.ts';

const mainFrame = 'org.apache.kafka.tools.ClusterTool.main(ClusterTool.java:43)';

const config: ArgSpec = {
  flags: ['--config', '-c'],
  help: 'A property file containing configurations for the Admin client.',
};
const connection: ArgGroup = {
  isExclusive: true,
  isRequired: true,
  args: [
    {
      flags: ['--bootstrap-server', '-b'],
      help: 'A list of host/port pairs to use for establishing the connection to the Kafka cluster.',
    },
    {
      flags: ['--bootstrap-controller', '-C'],
      help: 'A list of host/port pairs to use for establishing the connection to the KRaft controllers.',
    },
  ],
};

const parser: ArgParser = {
  prog: 'kafka-cluster',
  showsDefaults: true,
  description: 'The Kafka cluster tool.',
  args: [],
  commands: [
    {
      name: 'cluster-id',
      help: 'Get information about the ID of a cluster.',
      args: [config],
      groups: [connection],
    },
    {
      name: 'unregister',
      help: 'Unregister a broker.',
      args: [
        config,
        { flags: ['--id', '-i'], help: 'The ID of the broker to unregister.', type: 'integer', isRequired: true },
      ],
      groups: [connection],
    },
  ],
};

export const clusterTool = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  const args = parseArguments(parser, input.argv.slice(1));
  return yield* mainThatPrints(mainFrame, run(input, args));
}

function* run(input: ProcessInput, args: ParsedArgs): Script<void> {
  const file = args.valueOf('--config');
  yield* createAdmin({
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': args.valueOf('--bootstrap-server') ?? args.valueOf('--bootstrap-controller') ?? '',
  });
  const { clusterId } = getOrWrap(yield* admin('describeCluster', {}));
  yield* out(
    args.command === 'cluster-id'
      ? `Cluster ID: ${clusterId}\n`
      : 'The target cluster does not support the broker unregistration API.\n',
  );
}
