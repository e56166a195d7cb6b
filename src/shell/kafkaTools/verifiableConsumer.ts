/** kafka-verifiable-consumer (`org.apache.kafka.tools.VerifiableConsumer`, 3.9.0): reads as a member of a group, and tells as JSON what it gets. */
import type { ConsumerRecord } from '../../cluster/client/consumer/consumerState.ts';
import type { Bytes } from '../../kafka/bytes.ts';
import { textOf } from '../../kafka/bytes.ts';
import type { ArgParser, ArgSpec } from './argParser.ts';
import { argumentHelp, parseArguments } from './argParser.ts';
import { logText } from './clientLogText.ts';
import { ToolExit } from './commandLine.ts';
import { partitionName } from './consumerGroups/partitions.ts';
import { consumingProgram } from './consuming.ts';
import { configOf, jsonLine, verifiableProducerParser } from './verifiableProducer.ts';

const className = 'org.apache.kafka.tools.VerifiableConsumer';
const mainFrame = `${className}.main(VerifiableConsumer.java:680)`;

const parser: ArgParser = {
  prog: 'verifiable-consumer',
  showsDefaults: true,
  description:
    'This tool consumes messages from a specific topic and emits consumer events (e.g. group rebalances, received messages, and offsets committed) as JSON objects to STDOUT.',
  args: [
    { flags: ['--topic'], help: 'Consumes messages from this topic.', metavar: 'TOPIC', isRequired: true },
    {
      flags: ['--group-protocol'],
      help: 'Group protocol (must be one of CLASSIC, CONSUMER)',
      metavar: 'GROUP_PROTOCOL',
      defaultsTo: 'classic',
    },
    {
      flags: ['--group-remote-assignor'],
      help: 'Group remote assignor; only used if the group protocol is CONSUMER',
      metavar: 'GROUP_REMOTE_ASSIGNOR',
    },
    {
      flags: ['--group-id'],
      help: 'The groupId shared among members of the consumer group',
      metavar: 'GROUP_ID',
      isRequired: true,
    },
    {
      flags: ['--group-instance-id'],
      help: 'A unique identifier of the consumer instance',
      metavar: 'GROUP_INSTANCE_ID',
    },
    {
      flags: ['--max-messages'],
      help: 'Consume this many messages. If -1 (the default), the consumer will consume until the process is killed externally',
      metavar: 'MAX-MESSAGES',
      type: 'integer',
      defaultsTo: '-1',
    },
    {
      flags: ['--session-timeout'],
      help: "Set the consumer's session timeout",
      metavar: 'TIMEOUT_MS',
      type: 'integer',
      defaultsTo: '30000',
    },
    { flags: ['--verbose'], help: 'Enable to log individual consumed records', takes: 'none', defaultsTo: 'false' },
    {
      flags: ['--enable-autocommit'],
      help: 'Enable offset auto-commit on consumer',
      takes: 'none',
      defaultsTo: 'false',
    },
    {
      flags: ['--reset-policy'],
      help: "Set reset policy (must be either 'earliest', 'latest', or 'none'",
      metavar: 'RESETPOLICY',
      defaultsTo: 'earliest',
    },
    {
      flags: ['--assignment-strategy'],
      help: 'Set assignment strategy (e.g. org.apache.kafka.clients.consumer.RoundRobinAssignor); only used if the group protocol is CLASSIC',
      metavar: 'ASSIGNMENTSTRATEGY',
      defaultsTo: 'org.apache.kafka.clients.consumer.RangeAssignor',
    },
    {
      flags: ['--consumer.config'],
      help: 'Consumer config properties file (config options shared with command line parameters will be overridden).',
      metavar: 'CONFIG_FILE',
    },
  ],
  groups: (verifiableProducerParser.groups ?? []).map((group) => ({ ...group, args: group.args.map(toConsume) })),
};

/** The same option, as this tool explains it. */
function toConsume(arg: ArgSpec): ArgSpec {
  if (!arg.flags.includes('--bootstrap-server')) return arg;
  return { ...arg, help: arg.help.replace('REQUIRED:', 'REQUIRED unless --broker-list(deprecated) is specified.') };
}

interface VerifiableData {
  readonly isVerbose: boolean;
  readonly isAutoCommit: boolean;
  /** Null: without end. */
  readonly maximum: number | null;
  readonly consumed: number;
  /** Offsets of the commit that is waited for. */
  readonly committing: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
}

export const verifiableConsumer = consumingProgram<VerifiableData>({
  mainFrame,
  catches: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  begin(input) {
    const argv = input.argv.slice(1);
    if (argv.length === 0) throw new ToolExit(0, { stdout: argumentHelp(parser) });
    const args = parseArguments(parser, argv);
    const file = args.valueOf('--consumer.config');
    const instance = args.valueOf('--group-instance-id');
    const maximum = Number(args.valueOf('--max-messages'));
    return {
      data: {
        isVerbose: args.has('--verbose'),
        isAutoCommit: args.has('--enable-autocommit'),
        maximum: maximum < 0 ? null : maximum,
        consumed: 0,
        committing: [],
      },
      properties: {
        ...configOf(parser, input, file),
        'group.id': args.valueOf('--group-id') ?? '',
        ...(instance === undefined ? {} : { 'group.instance.id': instance }),
        'bootstrap.servers': args.valueOf('--bootstrap-server') ?? args.valueOf('--broker-list') ?? '',
        'enable.auto.commit': String(args.has('--enable-autocommit')),
        'auto.offset.reset': args.valueOf('--reset-policy') ?? 'earliest',
        'session.timeout.ms': args.valueOf('--session-timeout') ?? '30000',
        'partition.assignment.strategy': args.valueOf('--assignment-strategy') ?? '',
      },
      topic: args.valueOf('--topic') ?? '',
      pollMs: Number.MAX_SAFE_INTEGER,
    };
  },
  started: (_data, now) => jsonLine(now, 'startup_complete', {}),
  received(data, records, now) {
    const isFinished = (consumed: number): boolean => data.maximum !== null && consumed >= data.maximum;
    if (records.length === 0) return { data, isFinished: isFinished(data.consumed) };
    let { consumed } = data;
    let text = '';
    const summaries = [];
    const committing = [];
    for (const all of byPartition(records)) {
      if (isFinished(consumed)) break;
      const taken = data.maximum === null ? all : all.slice(0, data.maximum - consumed);
      const { topic, partition, offset: minOffset } = taken[0]!;
      const maxOffset = taken.at(-1)!.offset;
      if (data.isVerbose) text += taken.map((record) => jsonLine(now, 'record_data', recordJson(record))).join('');
      summaries.push({ topic, partition, count: taken.length, minOffset, maxOffset });
      committing.push({ topic, partition, offset: maxOffset + 1 });
      consumed += taken.length;
    }
    text += jsonLine(now, 'records_consumed', { count: records.length, partitions: summaries });
    const next = { ...data, consumed, committing };
    if (data.isAutoCommit) return { data: next, text, isFinished: isFinished(consumed) };
    const offsets = committing.map((one) => ({ ...one, leaderEpoch: null }));
    return { data: next, text, commit: { offsets, isAwaited: true } };
  },
  rebalanced(data, { what, partitions }, now) {
    const named = partitions.map(({ topic, partition }) => ({ topic, partition }));
    const name = what === 'assigned' ? 'partitions_assigned' : 'partitions_revoked';
    return { data, text: jsonLine(now, name, { partitions: named }) };
  },
  committed({ committing }, { exception }, now) {
    const offsets = committing.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    const failure = exception === null ? {} : { error: exception.message };
    return jsonLine(now, 'offsets_committed', { offsets, ...failure, success: exception === null });
  },
  ended: (_data, now) => jsonLine(now, 'shutdown_complete', {}),
  failed(exception, now) {
    const text = 'Error during processing, terminating consumer process: ';
    return { text: logText({ level: 'ERROR', text, class: className, exception }, now, mainFrame), exitCode: 0 };
  },
});

function byPartition(records: readonly ConsumerRecord[]): Iterable<readonly ConsumerRecord[]> {
  const groups = new Map<string, ConsumerRecord[]>();
  for (const record of records) {
    const name = partitionName(record);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [record]);
    else known.push(record);
  }
  return groups.values();
}

const recordJson = ({ key, value, topic, partition, offset }: ConsumerRecord): Readonly<Record<string, unknown>> => ({
  key: shown(key),
  value: shown(value),
  topic,
  partition,
  offset,
});
const shown = (bytes: Bytes | null): string | null => (bytes === null ? null : textOf(bytes));
