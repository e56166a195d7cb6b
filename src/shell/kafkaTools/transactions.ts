/** kafka-transactions (`org.apache.kafka.tools.TransactionsCommand`, 3.9.0): what transactions and their producers are doing. */
import type { ResultOf } from '../../cluster/client/admin/adminMethods.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { ArgParser, ArgSpec, ParsedArgs } from './argParser.ts';
import { parseArguments } from './argParser.ts';
import { kafkaVersion } from './commandLine.ts';
import { partitionName } from './consumerGroups/partitions.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, currentTimeMs, err, out, scriptProgram } from './script.ts';
import { Thrown, stackTrace } from './stackTrace.ts';
import { abortTransaction } from './transactions/abortTransaction.ts';
import { findHanging } from './transactions/findHanging.ts';
import { Ending, table, valueOr } from './transactions/results.ts';

const mainFrame = 'org.apache.kafka.tools.TransactionsCommand.main(TransactionsCommand.java:1049)';

const topic: ArgSpec = { flags: ['--topic'], help: 'topic name', isRequired: true };
const partition: ArgSpec = { flags: ['--partition'], help: 'partition number', type: 'integer', isRequired: true };

const parser: ArgParser = {
  prog: 'kafka-transactions.sh',
  description:
    'This tool is used to analyze the transactional state of producers in the cluster. It can be used to detect and recover from hanging transactions.',
  args: [
    {
      flags: ['-v', '--version'],
      help: 'show the version of this Kafka distribution and exit',
      takes: 'none',
    },
    {
      flags: ['--command-config'],
      help: 'property file containing configs to be passed to admin client',
      metavar: 'FILE',
    },
    {
      flags: ['--bootstrap-server'],
      help: 'hostname and port for the broker to connect to, in the form `host:port`  (multiple comma-separated entries can be given)',
      metavar: 'host:port',
      isRequired: true,
    },
  ],
  commandsTitle: 'commands',
  commands: [
    {
      name: 'list',
      help: 'list transactions',
      args: [
        {
          flags: ['--duration-filter'],
          help: 'Duration (in millis) to filter by: if < 0, all transactions will be returned; otherwise, only transactions running longer than this duration will be returned',
          type: 'long',
        },
      ],
    },
    {
      name: 'describe',
      help: 'describe the state of an active transactional-id',
      description: 'Describe the state of an active transactional-id.',
      args: [{ flags: ['--transactional-id'], help: 'transactional id', isRequired: true }],
    },
    {
      name: 'describe-producers',
      help: 'describe the states of active producers for a topic partition',
      args: [
        {
          flags: ['--broker-id'],
          help: 'optional broker id to describe the producer state on a specific replica',
          type: 'integer',
        },
        topic,
        partition,
      ],
    },
    {
      name: 'abort',
      help: 'abort a hanging transaction (requires administrative privileges)',
      args: [topic, partition],
      groups: [
        {
          title: 'Brokers on versions 3.0 and above',
          description: 'For newer brokers, only the start offset of the transaction to be aborted is required',
          isExclusive: false,
          isRequired: false,
          args: [{ flags: ['--start-offset'], help: 'start offset of the transaction to abort', type: 'long' }],
        },
        {
          title: 'Brokers on versions older than 3.0',
          description: 'For older brokers, you must provide all of these arguments',
          isExclusive: false,
          isRequired: false,
          args: [
            { flags: ['--producer-id'], help: 'producer id', type: 'long' },
            { flags: ['--producer-epoch'], help: 'producer epoch', type: 'integer' },
            { flags: ['--coordinator-epoch'], help: 'coordinator epoch', type: 'integer' },
          ],
        },
      ],
    },
    {
      name: 'find-hanging',
      help: 'find hanging transactions',
      args: [
        { flags: ['--broker-id'], help: 'broker id to search for hanging transactions', type: 'integer' },
        {
          flags: ['--max-transaction-timeout'],
          help: 'maximum transaction timeout in minutes to limit the scope of the search (15 minutes by default)',
          type: 'integer',
          defaultsTo: '15',
        },
        { flags: ['--topic'], help: 'topic name to limit search to (required if --partition is specified)' },
        { flags: ['--partition'], help: 'partition number', type: 'integer' },
      ],
    },
  ],
};

export const transactions = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  const argv = input.argv.slice(1);
  if (argv[0] === '-v' || argv[0] === '--version') {
    yield* out(`${kafkaVersion} (Commit:84caaa6e9da06435)\n`);
    return 0;
  }
  const args = parseArguments(parser, argv);
  try {
    const file = args.valueOf('--command-config');
    yield* createAdmin({
      ...(file === undefined ? {} : adminProperties(input, file)),
      'bootstrap.servers': args.valueOf('--bootstrap-server') ?? '',
    });
    yield* commands[args.command ?? '']!(args);
    return 0;
  } catch (problem) {
    if (problem instanceof Ending) yield* err(`${problem.message}\n`);
    else if (problem instanceof Thrown) {
      yield* err(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`);
    } else throw problem;
    return 1;
  }
}

const commands: Readonly<Record<string, (args: ParsedArgs) => Script<void>>> = {
  list,
  describe,
  'describe-producers': describeProducers,
  abort: abortTransaction,
  'find-hanging': findHanging,
};

function* list(args: ParsedArgs): Script<void> {
  const duration = Number(args.valueOf('--duration-filter') ?? -1);
  const answer = yield* admin('listTransactions', duration < 0 ? {} : { durationMs: duration });
  const rows = valueOr(answer, 'Failed to list transactions').flatMap(({ broker, transactions: listed }) =>
    listed.map(({ transactionalId, producerId, state }) => [transactionalId, broker, producerId, state]),
  );
  yield* table(['TransactionalId', 'Coordinator', 'ProducerId', 'TransactionState'], rows);
}

function* describe(args: ParsedArgs): Script<void> {
  const transactionalId = args.valueOf('--transactional-id') ?? '';
  const [answer] = yield* admin('describeTransactions', { transactionalIds: [transactionalId] });
  const described = valueOr(
    answer!.outcome,
    `Failed to describe transaction state of transactional-id \`${transactionalId}\``,
  );
  const { transactionStartTimeMs: startedAt, topicPartitions } = described;
  const duration = startedAt === null ? 'None' : String((yield* currentTimeMs()) - startedAt);
  const headers = [
    'CoordinatorId',
    'TransactionalId',
    'ProducerId',
    'ProducerEpoch',
    'TransactionState',
    'TransactionTimeoutMs',
    'CurrentTransactionStartTimeMs',
    'TransactionDurationMs',
    'TopicPartitions',
  ];
  yield* table(headers, [
    [
      described.coordinatorId,
      transactionalId,
      described.producerId,
      described.producerEpoch,
      described.state,
      described.transactionTimeoutMs,
      startedAt ?? 'None',
      duration,
      topicPartitions.map(partitionName).join(','),
    ],
  ]);
}

function* describeProducers(args: ParsedArgs): Script<void> {
  const place = { topic: args.valueOf('--topic') ?? '', partition: Number(args.valueOf('--partition')) };
  const broker = args.valueOf('--broker-id');
  const [answer] = yield* admin('describeProducers', {
    partitions: [place],
    ...(broker === undefined ? {} : { brokerId: Number(broker) as never }),
  });
  const where = broker === undefined ? 'leader' : `broker ${broker}`;
  const producers = valueOr(
    answer!.outcome,
    `Failed to describe producers for partition ${partitionName(place)} on ${where}`,
  );
  const headers = [
    'ProducerId',
    'ProducerEpoch',
    'LatestCoordinatorEpoch',
    'LastSequence',
    'LastTimestamp',
    'CurrentTransactionStartOffset',
  ];
  yield* table(headers, producers.map(producerRow));
}

type Described = Extract<ResultOf<'describeProducers'>[number]['outcome'], { readonly outcome: 'succeeded' }>;
const producerRow = (producer: Described['value'][number]): readonly (string | number)[] => [
  producer.producerId,
  producer.producerEpoch,
  producer.coordinatorEpoch ?? -1,
  producer.lastSequence,
  producer.lastTimestamp,
  producer.currentTransactionStartOffset ?? 'None',
];

function adminProperties(input: ProcessInput, file: string): ReturnType<typeof loadProperties> {
  try {
    return loadProperties(input, file);
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    return valueOr({ outcome: 'failed', exception: problem.exception }, 'Failed to load admin client properties');
  }
}
