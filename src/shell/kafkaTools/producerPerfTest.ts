/** kafka-producer-perf-test (`org.apache.kafka.tools.ProducerPerformance`, 3.9.0): sends so many records, and tells how fast. */
import type { Bytes } from '../../kafka/bytes.ts';
import { sizeOf, utf8 } from '../../kafka/bytes.ts';
import { nextIntBelow, splittableRandom, type SplittableRandom } from '../../kafka/javaSplittableRandom.ts';
import { readText, resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds, timestampMsAt } from '../../kernel/time.ts';
import type { ArgParser, ParsedArgs } from './argParser.ts';
import { argumentHelp, argumentProblem, parseArguments } from './argParser.ts';
import { ToolExit } from './commandLine.ts';
import { producingProgram } from './producing.ts';
import { loadProperties } from './propertiesFile.ts';
import { illegalArgument, stackTrace, thrown } from './stackTrace.ts';

const exactlyOne = 'Note that you must provide exactly one of --record-size or --payload-file or --payload-monotonic.';

const parser: ArgParser = {
  prog: 'producer-performance',
  showsDefaults: true,
  description: 'This tool is used to verify the producer performance.',
  args: [
    { flags: ['--topic'], help: 'produce messages to this topic', metavar: 'TOPIC', isRequired: true },
    {
      flags: ['--num-records'],
      help: 'number of messages to produce',
      metavar: 'NUM-RECORDS',
      type: 'long',
      isRequired: true,
    },
    {
      flags: ['--payload-delimiter'],
      help: 'provides delimiter to be used when --payload-file is provided. Defaults to new line. Note that this parameter will be ignored if --payload-file is not provided.',
      metavar: 'PAYLOAD-DELIMITER',
      defaultsTo: '\\n',
    },
    {
      flags: ['--throughput'],
      help: 'throttle maximum message throughput to *approximately* THROUGHPUT messages/sec. Set this to -1 to disable throttling.',
      metavar: 'THROUGHPUT',
      type: 'double',
      isRequired: true,
    },
    {
      flags: ['--producer-props'],
      help: 'kafka producer related configuration properties like bootstrap.servers,client.id etc. These configs take precedence over those passed via --producer.config.',
      metavar: 'PROP-NAME=PROP-VALUE',
      takes: 'oneOrMore',
    },
    { flags: ['--producer.config'], help: 'producer config properties file.', metavar: 'CONFIG-FILE' },
    {
      flags: ['--print-metrics'],
      help: 'print out metrics at the end of the test.',
      takes: 'none',
      defaultsTo: 'false',
    },
    {
      flags: ['--transactional-id'],
      help: 'The transactionalId to use if transaction-duration-ms is > 0. Useful when testing the performance of concurrent transactions.',
      metavar: 'TRANSACTIONAL-ID',
      defaultsTo: 'performance-producer-default-transactional-id',
    },
    {
      flags: ['--transaction-duration-ms'],
      help: 'The max age of each transaction. The commitTransaction will be called after this time has elapsed. Transactions are only enabled if this value is positive.',
      metavar: 'TRANSACTION-DURATION',
      type: 'long',
      defaultsTo: '0',
    },
  ],
  groups: [
    {
      description: 'either --record-size or --payload-file must be specified but not both.',
      isExclusive: true,
      isRequired: true,
      args: [
        {
          flags: ['--record-size'],
          help: `message size in bytes. ${exactlyOne}`,
          metavar: 'RECORD-SIZE',
          type: 'integer',
        },
        {
          flags: ['--payload-file'],
          help: `file to read the message payloads from. This works only for UTF-8 encoded text files. Payloads will be read from this file and a payload will be randomly selected when sending messages. ${exactlyOne}`,
          metavar: 'PAYLOAD-FILE',
        },
        {
          flags: ['--payload-monotonic'],
          help: `payload is monotonically increasing integer. ${exactlyOne}`,
          takes: 'none',
          defaultsTo: 'false',
        },
      ],
    },
  ],
};

type Payload =
  | { readonly kind: 'random'; readonly size: number }
  | { readonly kind: 'fromFile'; readonly payloads: readonly Bytes[]; readonly greeting: string }
  | { readonly kind: 'monotonic' };

interface Totals {
  readonly count: number;
  readonly bytes: number;
  readonly latencyMs: number;
  readonly maxLatencyMs: number;
}
const nothing: Totals = { count: 0, bytes: 0, latencyMs: 0, maxLatencyMs: 0 };

interface PerfData {
  readonly topic: string;
  readonly payload: Payload;
  readonly random: SplittableRandom;
  readonly startedAt: VirtualTimeUs;
  readonly total: Totals;
  readonly window: Totals;
  readonly windowStartedAt: VirtualTimeUs;
  /** How many records took how long, by milliseconds. */
  readonly latencies: ReadonlyMap<number, number>;
}

const REPORTING_INTERVAL = seconds(5);
const MEGABYTE = 1024 * 1024;

const mainFrame = 'org.apache.kafka.tools.ProducerPerformance.main(ProducerPerformance.java:52)';

export const producerPerfTest = producingProgram<PerfData>({
  mainFrame,
  catches: [],
  begin(input) {
    const argv = input.argv.slice(1);
    if (argv.length === 0) throw new ToolExit(0, { stdout: argumentHelp(parser) });
    const args = parseArguments(parser, argv);
    const transactionDurationMs = Number(args.valueOf('--transaction-duration-ms'));
    const transactionalId = args.valueOf('--transactional-id') ?? '';
    const file = args.valueOf('--producer.config');
    if (file === undefined && !args.has('--producer-props')) {
      throw argumentProblem(parser, 'Either --producer-props or --producer.config must be specified.');
    }
    return {
      data: {
        topic: args.valueOf('--topic') ?? '',
        payload: payloadOf(input, args),
        random: splittableRandom(0),
        startedAt: input.now,
        total: nothing,
        window: nothing,
        windowStartedAt: input.now,
        latencies: new Map(),
      },
      properties: {
        'client.id': 'perf-producer-client',
        ...(file === undefined ? {} : loadProperties(input, file)),
        ...parseProperties(args.valuesOf('--producer-props')),
        ...(transactionDurationMs > 0 ? { 'transactional.id': transactionalId } : {}),
      },
      transactionDurationMs,
      total: Number(args.valueOf('--num-records')),
      throughput: Number(args.valueOf('--throughput')),
    };
  },
  started: ({ payload }) => (payload.kind === 'fromFile' ? payload.greeting : ''),
  looping: (data, now) => ({ ...data, startedAt: now, windowStartedAt: now }),
  record(data, index) {
    const { value, random } = nextPayload(data, index);
    return { data: { ...data, random }, record: { topic: data.topic, key: null, value } };
  },
  heard(data, { record, outcome }, now) {
    if (outcome.outcome === 'failed') return { data, text: '', problem: stackTrace(outcome.exception, mainFrame) };
    const latencyMs = timestampMsAt(now) - record.timestamp;
    const bytes = sizeOf(record.value);
    const total = more(data.total, bytes, latencyMs);
    const window = more(data.window, bytes, latencyMs);
    const latencies = new Map(data.latencies).set(latencyMs, (data.latencies.get(latencyMs) ?? 0) + 1);
    const next = { ...data, total, window, latencies };
    if (now - data.windowStartedAt < REPORTING_INTERVAL) return { data: next, text: '' };
    return {
      data: { ...next, window: nothing, windowStartedAt: now },
      text: windowText(window, elapsedMs(data.windowStartedAt, now)),
    };
  },
  ended: ({ total, latencies }, { startedAt }, now) => totalText(total, latencies, elapsedMs(startedAt, now)),
});

/** As the tool's clock counts: whole milliseconds. */
const elapsedMs = (from: VirtualTimeUs, now: VirtualTimeUs): number => timestampMsAt(now) - timestampMsAt(from);

const more = (totals: Totals, bytes: number, latencyMs: number): Totals => ({
  count: totals.count + 1,
  bytes: totals.bytes + bytes,
  latencyMs: totals.latencyMs + latencyMs,
  maxLatencyMs: Math.max(totals.maxLatencyMs, latencyMs),
});

/** `name=value`, each with exactly one of each. */
function parseProperties(given: readonly string[]): Readonly<Record<string, string>> {
  const properties: Record<string, string> = {};
  for (const property of given) {
    const [name = '', value, ...rest] = property.split('=');
    if (value === undefined || value === '' || rest.length > 0) throw illegalArgument(`Invalid property: ${property}`);
    properties[name] = value;
  }
  return properties;
}

function payloadOf(input: ProcessInput, args: ParsedArgs): Payload {
  if (args.has('--payload-monotonic')) return { kind: 'monotonic' };
  const file = args.valueOf('--payload-file');
  if (file === undefined) {
    const size = Number(args.valueOf('--record-size'));
    if (size < 0) throw thrown('java.lang.NegativeArraySizeException', String(size));
    return { kind: 'random', size };
  }
  const path = resolvePath(input.cwd, file);
  const reading = `Reading payloads from: ${path}\n`;
  const text = readText(input.files, path) ?? '';
  if (text === '') {
    const problem = illegalArgument('File does not exist or empty file provided.');
    const stderr = `Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`;
    throw new ToolExit(1, { stdout: reading, stderr });
  }
  const given = args.valueOf('--payload-delimiter') ?? '\\n';
  const pieces = text.split(given === '\\n' ? '\n' : given);
  // Java's split leaves out the empty ones at the end.
  while (pieces.length > 1 && pieces.at(-1) === '') pieces.pop();
  const greeting = `${reading}Number of messages read: ${pieces.length}\n`;
  return { kind: 'fromFile', payloads: pieces.map(utf8), greeting };
}

function nextPayload(
  { payload, random }: PerfData,
  index: number,
): { readonly value: Bytes; readonly random: SplittableRandom } {
  switch (payload.kind) {
    case 'monotonic':
      return { value: utf8(String(index)), random };
    case 'fromFile': {
      const [chosen, next] = nextIntBelow(random, payload.payloads.length);
      return { value: payload.payloads[chosen]!, random: next };
    }
    case 'random':
      return randomLetters(random, payload.size);
  }
}

/** Capital letters, each a draw. */
function randomLetters(
  from: SplittableRandom,
  size: number,
): { readonly value: Bytes; readonly random: SplittableRandom } {
  let random = from;
  let text = '';
  while (text.length < size) {
    const [letter, next] = nextIntBelow(random, 26);
    random = next;
    text += String.fromCharCode(65 + letter);
  }
  return { value: text as Bytes, random };
}

const perSecond = (amount: number, elapsed: number): number => (1000 * amount) / elapsed;

function windowText({ count, bytes, latencyMs, maxLatencyMs }: Totals, elapsed: number): string {
  const speed = `${perSecond(count, elapsed).toFixed(1)} records/sec (${perSecond(bytes / MEGABYTE, elapsed).toFixed(2)} MB/sec)`;
  return `${count} records sent, ${speed}, ${(latencyMs / count).toFixed(1)} ms avg latency, ${maxLatencyMs.toFixed(1)} ms max latency.\n`;
}

function totalText(
  { count, bytes, latencyMs, maxLatencyMs }: Totals,
  latencies: ReadonlyMap<number, number>,
  elapsed: number,
): string {
  const speed = `${perSecond(count, elapsed).toFixed(6)} records/sec (${perSecond(bytes / MEGABYTE, elapsed).toFixed(2)} MB/sec)`;
  const average = latencyMs / count;
  const [p50, p95, p99, p999] = [0.5, 0.95, 0.99, 0.999].map((share) => percentile(latencies, count, share));
  return `${count} records sent, ${speed}, ${average.toFixed(2)} ms avg latency, ${maxLatencyMs.toFixed(2)} ms max latency, ${p50} ms 50th, ${p95} ms 95th, ${p99} ms 99th, ${p999} ms 99.9th.\n`;
}

function percentile(latencies: ReadonlyMap<number, number>, count: number, share: number): number {
  let left = Math.floor(share * count);
  for (const [latency, times] of [...latencies].sort(([a], [b]) => a - b)) {
    if (left < times) return latency;
    left -= times;
  }
  return 0;
}
