/** kafka-verifiable-producer (`org.apache.kafka.tools.VerifiableProducer`, 3.9.0): sends numbers, and tells as JSON what became of each. */
import type { RecordForTopic } from '../../cluster/client/producer/producerState.ts';
import type { Bytes } from '../../kafka/bytes.ts';
import { textOf, utf8 } from '../../kafka/bytes.ts';
import type { TimestampMs } from '../../kafka/ids.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { timestampMsAt } from '../../kernel/time.ts';
import type { ArgParser } from './argParser.ts';
import { argumentHelp, argumentProblem, parseArguments } from './argParser.ts';
import { ToolExit } from './commandLine.ts';
import { javaDouble } from './consoleConsumer/deserializer.ts';
import { producingProgram } from './producing.ts';
import { loadProperties } from './propertiesFile.ts';
import { Thrown } from './stackTrace.ts';

const servers = 'HOST1:PORT1[,HOST2:PORT2[...]]';

export const verifiableProducerParser: ArgParser = {
  prog: 'verifiable-producer',
  showsDefaults: true,
  description:
    'This tool produces increasing integers to the specified topic and prints JSON metadata to stdout on each "send" request, making externally visible which messages have been acked and which have not.',
  args: [
    { flags: ['--topic'], help: 'Produce messages to this topic.', metavar: 'TOPIC', isRequired: true },
    {
      flags: ['--max-messages'],
      help: 'Produce this many messages. If -1, produce messages until the process is killed externally.',
      metavar: 'MAX-MESSAGES',
      type: 'integer',
      defaultsTo: '-1',
    },
    {
      flags: ['--throughput'],
      help: 'If set >= 0, throttle maximum message throughput to *approximately* THROUGHPUT messages/sec.',
      metavar: 'THROUGHPUT',
      type: 'integer',
      defaultsTo: '-1',
    },
    {
      flags: ['--acks'],
      help: 'Acks required on each produced message. See Kafka docs on acks for details.',
      metavar: 'ACKS',
      type: 'integer',
      choices: ['0', '1', '-1'],
      defaultsTo: '-1',
    },
    { flags: ['--producer.config'], help: 'Producer config properties file.', metavar: 'CONFIG_FILE' },
    {
      flags: ['--message-create-time'],
      help: 'Send messages with creation time starting at the arguments value, in milliseconds since epoch',
      metavar: 'CREATETIME',
      type: 'long',
      defaultsTo: '-1',
    },
    {
      flags: ['--value-prefix'],
      help: 'If specified, each produced value will have this prefix with a dot separator',
      metavar: 'VALUE-PREFIX',
      type: 'integer',
    },
    {
      flags: ['--repeating-keys'],
      help: 'If specified, each produced record will have a key starting at 0 increment by 1 up to the number specified (exclusive), then the key is set to 0 again',
      metavar: 'REPEATING-KEYS',
      type: 'integer',
    },
  ],
  groups: [
    {
      title: 'Connection Group',
      description: 'Group of arguments for connection to brokers',
      isExclusive: true,
      isRequired: true,
      args: [
        {
          flags: ['--bootstrap-server'],
          help: 'REQUIRED: The server(s) to connect to. Comma-separated list of Kafka brokers in the form HOST1:PORT1,HOST2:PORT2,...',
          metavar: servers,
        },
        {
          flags: ['--broker-list'],
          help: 'DEPRECATED, use --bootstrap-server instead; ignored if --bootstrap-server is specified.  Comma-separated list of Kafka brokers in the form HOST1:PORT1,HOST2:PORT2,...',
          metavar: servers,
        },
      ],
    },
  ],
};

interface VerifiableData {
  readonly topic: string;
  readonly valuePrefix: string | null;
  readonly repeatingKeys: number | null;
  /** Of the next record, in milliseconds since 1970; null: the present. */
  readonly createTime: number | null;
  readonly throughput: number;
  readonly acknowledged: number;
}

export const verifiableProducer = producingProgram<VerifiableData>({
  mainFrame: 'org.apache.kafka.tools.VerifiableProducer.main(VerifiableProducer.java:578)',
  catches: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  begin(input) {
    const argv = input.argv.slice(1);
    if (argv.length === 0) throw new ToolExit(0, { stdout: argumentHelp(verifiableProducerParser) });
    const args = parseArguments(verifiableProducerParser, argv);
    const file = args.valueOf('--producer.config');
    const numberOf = (flag: string): number | null => (args.has(flag) ? Number(args.valueOf(flag)) : null);
    const createTime = numberOf('--message-create-time') ?? -1;
    const throughput = numberOf('--throughput') ?? -1;
    const maximum = numberOf('--max-messages') ?? -1;
    return {
      data: {
        topic: args.valueOf('--topic') ?? '',
        valuePrefix: args.valueOf('--value-prefix') ?? null,
        repeatingKeys: numberOf('--repeating-keys'),
        createTime: createTime < 0 ? null : createTime,
        throughput,
        acknowledged: 0,
      },
      properties: {
        'bootstrap.servers': args.valueOf('--bootstrap-server') ?? args.valueOf('--broker-list') ?? '',
        acks: args.valueOf('--acks') ?? '-1',
        retries: '0',
        ...configOf(verifiableProducerParser, input, file),
      },
      total: maximum < 0 ? null : maximum,
      throughput,
    };
  },
  started: (_data, now) => jsonLine(now, 'startup_complete', {}),
  record(data, index) {
    const { topic, valuePrefix, repeatingKeys, createTime } = data;
    const value = valuePrefix === null ? String(index) : `${valuePrefix}.${index}`;
    const key = repeatingKeys === null ? null : utf8(String(index % repeatingKeys));
    const record: RecordForTopic = {
      topic,
      key,
      value: utf8(value),
      ...(createTime === null ? {} : { timestamp: createTime as TimestampMs }),
    };
    return { data: { ...data, createTime: createTime === null ? null : createTime + 1 }, record };
  },
  heard(data, { topic, partition, record, outcome }, now) {
    const [key, value] = [shown(record.key), shown(record.value)];
    if (outcome.outcome === 'failed') {
      const { exception } = outcome;
      const detail = { topic, key, value, exception: `class ${exception.class}`, message: exception.message };
      return { data, text: jsonLine(now, 'producer_send_error', detail) };
    }
    const detail = { key, value, offset: outcome.offset ?? -1, topic, partition };
    return {
      data: { ...data, acknowledged: data.acknowledged + 1 },
      text: jsonLine(now, 'producer_send_success', detail),
    };
  },
  ended({ acknowledged, throughput }, { startedAt, sent }, now) {
    const elapsedMs = (now - startedAt) / 1000;
    const average = elapsedMs === 0 ? 0 : (1000 * acknowledged) / elapsedMs;
    const summary = jsonLine(now, 'tool_data', { sent, acked: acknowledged, target_throughput: throughput });
    const withAverage = summary.replace(/\}\n$/, `,"avg_throughput":${javaDouble(average)}}\n`);
    return jsonLine(now, 'shutdown_complete', {}) + withAverage;
  },
});

/** What the properties file holds that was named, if any; one that cannot be read is a mistake in the arguments. */
export function configOf(
  parser: ArgParser,
  input: Pick<ProcessInput, 'files' | 'cwd'>,
  file: string | undefined,
): Readonly<Record<string, string>> {
  try {
    return file === undefined ? {} : loadProperties(input, file);
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    throw argumentProblem(parser, problem.exception.message ?? 'null');
  }
}

const shown = (bytes: Bytes | null): string | null => (bytes === null ? null : textOf(bytes));

/** One event of a verifiable client. */
export const jsonLine = (now: VirtualTimeUs, name: string, detail: Readonly<Record<string, unknown>>): string =>
  `${JSON.stringify({ timestamp: timestampMsAt(now), name, ...detail })}\n`;
