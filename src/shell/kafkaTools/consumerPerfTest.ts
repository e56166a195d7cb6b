/** kafka-consumer-perf-test (`org.apache.kafka.tools.ConsumerPerformance`, 3.9.0): reads so many records, and tells how fast. */
import { logTimestamp } from '../../cluster/zookeeper/logLine.ts';
import { sizeOf } from '../../kafka/bytes.ts';
import { nextBetween, streamOf } from '../../kernel/random.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms } from '../../kernel/time.ts';
import { checkRequiredArgs, maybePrintHelpOrVersion, usageExit } from './commandLine.ts';
import { consumingProgram } from './consuming.ts';
import type { ParsedOptions } from './optionParser.ts';
import { OptionException, parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { commonOptions } from './optionSpec.ts';
import { loadProperties } from './propertiesFile.ts';
import { stackTrace } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.ConsumerPerformance.main(ConsumerPerformance.java:64)';

export const consumerPerfOptions = (group: string): readonly OptionSpec[] => [
  ...commonOptions,
  {
    name: 'broker-list',
    description:
      'DEPRECATED, use --bootstrap-server instead; ignored if --bootstrap-server is specified. The broker list string in the form HOST1:PORT1,HOST2:PORT2.',
    argument: { describedAs: 'broker-list' },
  },
  {
    name: 'bootstrap-server',
    description: 'REQUIRED unless --broker-list (deprecated) is specified. The server(s) to connect to.',
    argument: { describedAs: 'server to connect to' },
    requiredUnless: ['broker-list'],
  },
  {
    name: 'topic',
    description: 'REQUIRED: The topic to consume from.',
    argument: { describedAs: 'topic' },
  },
  {
    name: 'group',
    description: 'The group id to consume on.',
    argument: { describedAs: 'gid', defaultsTo: group },
  },
  {
    name: 'fetch-size',
    description: 'The amount of data to fetch in a single request.',
    argument: { describedAs: 'size', type: 'Integer', defaultsTo: '1048576' },
  },
  {
    name: 'from-latest',
    description:
      'If the consumer does not already have an established offset to consume from, start with the latest message present in the log rather than the earliest message.',
  },
  {
    name: 'socket-buffer-size',
    description: 'The size of the tcp RECV size.',
    argument: { describedAs: 'size', type: 'Integer', defaultsTo: '2097152' },
  },
  {
    name: 'threads',
    description: 'DEPRECATED AND IGNORED: Number of processing threads.',
    argument: { describedAs: 'count', type: 'Integer', defaultsTo: '10' },
  },
  {
    name: 'num-fetch-threads',
    description: 'DEPRECATED AND IGNORED: Number of fetcher threads.',
    argument: { describedAs: 'count', type: 'Integer', defaultsTo: '1' },
  },
  {
    name: 'consumer.config',
    description: 'Consumer config properties file.',
    argument: { describedAs: 'config file' },
  },
  { name: 'print-metrics', description: 'Print out the metrics.' },
  {
    name: 'show-detailed-stats',
    description: 'If set, stats are reported for each reporting interval as configured by reporting-interval',
  },
  {
    name: 'timeout',
    description: 'The maximum allowed time in milliseconds between returned records.',
    argument: { describedAs: 'milliseconds', type: 'Long', isOptional: true, defaultsTo: '10000' },
  },
  {
    name: 'messages',
    description: 'REQUIRED: The number of messages to send or consume',
    argument: { describedAs: 'count', type: 'Long' },
  },
  {
    name: 'reporting-interval',
    description: 'Interval in milliseconds at which to print progress info.',
    argument: { describedAs: 'interval_ms', type: 'Long', defaultsTo: '5000' },
  },
  {
    name: 'date-format',
    description: 'The date format to use for formatting the time field. See java.text.SimpleDateFormat for options.',
    argument: { describedAs: 'date format', defaultsTo: 'yyyy-MM-dd HH:mm:ss:SSS' },
  },
  { name: 'hide-header', description: 'If set, skips printing the header for the stats' },
];

interface PerfData {
  readonly wanted: number;
  readonly timeoutMs: number;
  readonly isDetailed: boolean;
  readonly reportingMs: number;
  readonly headerText: string;
  readonly startedAt: VirtualTimeUs;
  readonly consumedAt: VirtualTimeUs;
  readonly messages: number;
  readonly bytes: number;
  /** At the last report. */
  readonly reported: { readonly at: VirtualTimeUs; readonly messages: number; readonly bytes: number };
  /** Since when partitions are missing; null: it has them. */
  readonly joiningSince: VirtualTimeUs | null;
  readonly joinMs: number;
}

const commonHeader = 'data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec';
const fetchHeader = 'rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec';

export const consumerPerfTest = consumingProgram<PerfData>({
  mainFrame,
  catches: [],
  begin(input) {
    const { specs, options } = parse(input);
    maybePrintHelpOrVersion(specs, options, 'This tool is used to verify the consumer performance.');
    checkRequiredArgs(specs, options, 'topic', 'messages');
    const isDetailed = options.has('show-detailed-stats');
    const header = isDetailed
      ? `time, threadId, ${commonHeader}, ${fetchHeader}`
      : `start.time, end.time, ${commonHeader}, ${fetchHeader}`;
    const file = options.valueOf('consumer.config');
    const { now } = input;
    return {
      data: {
        wanted: options.integerOf('messages') ?? 0,
        timeoutMs: options.integerOf('timeout') ?? 10_000,
        isDetailed,
        reportingMs: options.integerOf('reporting-interval') ?? 5000,
        headerText: options.has('hide-header') ? '' : `${header}\n`,
        startedAt: now,
        consumedAt: now,
        messages: 0,
        bytes: 0,
        reported: { at: now, messages: 0, bytes: 0 },
        joiningSince: now,
        joinMs: 0,
      },
      properties: {
        ...(file === undefined ? {} : loadProperties(input, file)),
        'bootstrap.servers': options.valueOf('bootstrap-server') ?? options.valueOf('broker-list') ?? '',
        'group.id': options.valueOf('group') ?? '',
        'receive.buffer.bytes': options.valueOf('socket-buffer-size') ?? '',
        'max.partition.fetch.bytes': options.valueOf('fetch-size') ?? '',
        'auto.offset.reset': options.has('from-latest') ? 'latest' : 'earliest',
        'check.crcs': 'false',
        'client.id': 'perf-consumer-client',
      },
      topic: options.valueOf('topic') ?? '',
      pollMs: 100,
    };
  },
  started: ({ headerText }) => headerText,
  received(data, records, now) {
    const next = {
      ...data,
      messages: data.messages + records.length,
      bytes: data.bytes + records.reduce((sum, { key, value }) => sum + sizeOf(key) + sizeOf(value), 0),
      consumedAt: records.length > 0 ? now : data.consumedAt,
    };
    const isFinished = next.messages >= next.wanted || now - next.consumedAt > ms(next.timeoutMs);
    if (records.length === 0 || now - data.reported.at < ms(data.reportingMs)) return { data: next, isFinished };
    const { messages, bytes } = next;
    return {
      data: { ...next, reported: { at: now, messages, bytes } },
      text: data.isDetailed ? progressText(next, now) : '',
      isFinished,
    };
  },
  rebalanced(data, { what }, now) {
    if (what !== 'assigned') return { data: { ...data, joiningSince: now }, text: '' };
    const joined = data.joiningSince === null ? 0 : (now - data.joiningSince) / 1000;
    return { data: { ...data, joiningSince: null, joinMs: data.joinMs + Math.round(joined) }, text: '' };
  },
  ending(data, now) {
    const warning =
      data.messages < data.wanted
        ? `WARNING: Exiting before consuming the expected number of messages: timeout (${data.timeoutMs} ms) exceeded. You can use the --timeout option to increase the timeout.\n`
        : '';
    return warning + (data.isDetailed ? '' : totalText(data, now));
  },
  failed: (exception) => ({
    text: `${exception.message ?? 'null'}\n${stackTrace(exception, mainFrame)}\n`,
    exitCode: 1,
  }),
});

function parse(input: ProcessInput): { readonly specs: readonly OptionSpec[]; readonly options: ParsedOptions } {
  // Nine of ten of Kafka's numbers have five digits.
  const [number] = nextBetween(streamOf(input.seed, 'group'), 10_000, 99_999);
  const specs = consumerPerfOptions(`perf-consumer-${number}`);
  try {
    return { specs, options: parseOptions(specs, input.argv.slice(1)) };
  } catch (problem) {
    if (!(problem instanceof OptionException)) throw problem;
    throw usageExit(specs, problem.exception.message ?? '');
  }
}

const MEGABYTE = 1024 * 1024;

function totalText({ startedAt, messages, bytes, joinMs }: PerfData, now: VirtualTimeUs): string {
  const elapsedMs = Math.round((now - startedAt) / 1000);
  const fetchMs = elapsedMs - joinMs;
  const megabytes = bytes / MEGABYTE;
  const perSecond = (amount: number, durationMs: number): string => rate(amount / (durationMs / 1000));
  return `${[
    dateText(startedAt),
    dateText(now),
    megabytes.toFixed(4),
    perSecond(megabytes, elapsedMs),
    messages,
    perSecond(messages, elapsedMs),
    joinMs,
    fetchMs,
    perSecond(megabytes, fetchMs),
    perSecond(messages, fetchMs),
  ].join(', ')}\n`;
}

function progressText({ reported, messages, bytes, joinMs }: PerfData, now: VirtualTimeUs): string {
  const elapsedMs = (now - reported.at) / 1000;
  const megabytes = bytes / MEGABYTE;
  const since = (bytes - reported.bytes) / MEGABYTE;
  const count = messages - reported.messages;
  return `${[
    dateText(now),
    0,
    megabytes.toFixed(4),
    rate((1000 * since) / elapsedMs),
    messages,
    rate((1000 * count) / elapsedMs),
    joinMs,
    Math.round(elapsedMs),
    rate((1000 * since) / elapsedMs),
    rate((1000 * count) / elapsedMs),
  ].join(', ')}\n`;
}

/** As Java's `%.4f` shows it. */
const rate = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(4) : Number.isNaN(value) ? 'NaN' : 'Infinity';

/** `yyyy-MM-dd HH:mm:ss:SSS`, in UTC. */
const dateText = (now: VirtualTimeUs): string => logTimestamp(now).replace(',', ':');
