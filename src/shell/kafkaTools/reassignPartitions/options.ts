/** Options of kafka-reassign-partitions (`ReassignPartitionsCommandOptions`, 3.9.0), and which go together. */
import type { ProcessInput } from '../../../kernel/process.ts';
import { checkRequiredArgs, maybePrintHelpOrVersion, usageExit } from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { parseOptions } from '../optionParser.ts';
import type { OptionSpec } from '../optionSpec.ts';
import { commonOptions } from '../optionSpec.ts';

export const reassignmentOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'bootstrap-server',
    description: 'REQUIRED: the server(s) to use for bootstrapping.',
    argument: { describedAs: 'Server(s) to use for bootstrapping' },
  },
  {
    name: 'command-config',
    description: 'Property file containing configs to be passed to Admin Client.',
    argument: { describedAs: 'Admin client property file' },
  },
  {
    name: 'verify',
    description:
      'Verify if the reassignment completed as specified by the --reassignment-json-file option. If there is a throttle engaged for the replicas specified, and the rebalance has completed, the throttle will be removed',
  },
  {
    name: 'generate',
    description:
      'Generate a candidate partition reassignment configuration. Note that this only generates a candidate assignment, it does not execute it.',
  },
  {
    name: 'execute',
    description: 'Kick off the reassignment as specified by the --reassignment-json-file option.',
  },
  { name: 'cancel', description: 'Cancel an active reassignment.' },
  { name: 'list', description: 'List all active partition reassignments.' },
  {
    name: 'reassignment-json-file',
    description:
      'The JSON file with the partition reassignment configurationThe format to use is - \n{"partitions":\n\t[{"topic": "foo",\n\t  "partition": 1,\n\t  "replicas": [1,2,3],\n\t  "log_dirs": ["dir1","dir2","dir3"] }],\n"version":1\n}\nNote that "log_dirs" is optional. When it is specified, its length must equal the length of the replicas list. The value in this list can be either "any" or the absolution path of the log directory on the broker. If absolute log directory path is specified, the replica will be moved to the specified log directory on the broker.',
    argument: { describedAs: 'manual assignment json file path' },
  },
  {
    name: 'topics-to-move-json-file',
    description:
      'Generate a reassignment configuration to move the partitions of the specified topics to the list of brokers specified by the --broker-list option. The format to use is - \n{"topics":\n\t[{"topic": "foo"},{"topic": "foo1"}],\n"version":1\n}',
    argument: { describedAs: 'topics to reassign json file path' },
  },
  {
    name: 'broker-list',
    description:
      'The list of brokers to which the partitions need to be reassigned in the form "0,1,2". This is required if --topics-to-move-json-file is used to generate reassignment configuration',
    argument: { describedAs: 'brokerlist' },
  },
  { name: 'disable-rack-aware', description: 'Disable rack aware replica assignment' },
  {
    name: 'throttle',
    description:
      'The movement of partitions between brokers will be throttled to this value (bytes/sec). This option can be included with --execute when a reassignment is started, and it can be altered by resubmitting the current reassignment along with the --additional flag. The throttle rate should be at least 1 KB/s.',
    argument: { describedAs: 'throttle', type: 'Long', defaultsTo: '-1' },
  },
  {
    name: 'replica-alter-log-dirs-throttle',
    description:
      'The movement of replicas between log directories on the same broker will be throttled to this value (bytes/sec). This option can be included with --execute when a reassignment is started, and it can be altered by resubmitting the current reassignment along with the --additional flag. The throttle rate should be at least 1 KB/s.',
    argument: { describedAs: 'replicaAlterLogDirsThrottle', type: 'Long', defaultsTo: '-1' },
  },
  {
    name: 'timeout',
    description: 'The maximum time in ms to wait for log directory replica assignment to begin.',
    argument: { describedAs: 'timeout', type: 'Long', defaultsTo: '10000' },
  },
  {
    name: 'additional',
    description:
      'Execute this reassignment in addition to any other ongoing ones. This option can also be used to change the throttle of an ongoing reassignment.',
  },
  { name: 'preserve-throttles', description: 'Do not modify broker or topic throttles.' },
];

const actions = ['generate', 'execute', 'verify', 'cancel', 'list'] as const;
export type ReassignmentAction = (typeof actions)[number];

interface ActionOptions {
  readonly required: readonly string[];
  readonly permitted: readonly string[];
}
/** `bootstrap-server` and `command-config` go with each. */
const optionsOf: Readonly<Record<ReassignmentAction, ActionOptions>> = {
  verify: { required: ['reassignment-json-file'], permitted: ['preserve-throttles'] },
  generate: { required: ['topics-to-move-json-file', 'broker-list'], permitted: ['disable-rack-aware'] },
  execute: {
    required: ['reassignment-json-file'],
    permitted: ['additional', 'throttle', 'replica-alter-log-dirs-throttle', 'timeout'],
  },
  cancel: { required: ['reassignment-json-file'], permitted: ['preserve-throttles', 'timeout'] },
  list: { required: [], permitted: [] },
};

export function reassignmentCommand({ argv }: Pick<ProcessInput, 'argv'>): {
  readonly action: ReassignmentAction;
  readonly options: ParsedOptions;
} {
  const options = parseOptions(reassignmentOptions, argv.slice(1));
  maybePrintHelpOrVersion(reassignmentOptions, options, 'This tool helps to move topic partitions between replicas.');
  const [action, ...others] = actions.filter((name) => options.has(name));
  if (action === undefined || others.length > 0) {
    const all = actions.map((name) => `--${name}`).join(', ');
    throw usageExit(reassignmentOptions, `Command must include exactly one action: ${all}`);
  }
  if (!options.has('bootstrap-server')) {
    throw usageExit(reassignmentOptions, 'Please specify --bootstrap-server');
  }
  const { required, permitted } = optionsOf[action];
  checkRequiredArgs(reassignmentOptions, options, ...required);
  const allowed = [action, 'bootstrap-server', 'command-config', ...required, ...permitted];
  for (const name of options.given) {
    if (allowed.includes(name)) continue;
    throw usageExit(reassignmentOptions, `Option "[${name}]" can't be used with action "[${action}]"`);
  }
  return { action, options };
}
