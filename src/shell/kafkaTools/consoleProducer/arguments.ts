/** What kafka-console-producer is asked to do (`kafka.tools.ConsoleProducer.ProducerConfig`, 3.9.0). */
import type { ProcessInput } from '../../../kernel/process.ts';
import {
  areAddressesWithPorts,
  checkRequiredArgs,
  maybePrintHelpOrVersion,
  parseKeyValueArgs,
  usageExit,
} from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { OptionException, parseOptions } from '../optionParser.ts';
import { loadProperties } from '../propertiesFile.ts';
import { consoleProducerOptions } from './options.ts';

type Properties = Readonly<Record<string, string>>;

export interface ProducerArguments {
  readonly topic: string;
  readonly isSync: boolean;
  readonly readerClass: string;
  readonly options: ParsedOptions;
}

/** Options that are settings of the producer; the later of two for one setting wins only when it is given. */
const settingOfOption = [
  ['linger.ms', 'timeout'],
  ['acks', 'request-required-acks'],
  ['request.timeout.ms', 'request-timeout-ms'],
  ['retries', 'message-send-max-retries'],
  ['retry.backoff.ms', 'retry-backoff-ms'],
  ['send.buffer.bytes', 'socket-buffer-size'],
  ['buffer.memory', 'max-memory-bytes'],
  ['batch.size', 'batch-size'],
  ['batch.size', 'max-partition-memory-bytes'],
  ['metadata.max.age.ms', 'metadata-expiry-ms'],
  ['max.block.ms', 'max-block-ms'],
] as const;

/** Throws a `ToolExit` or an `OptionException`. */
export function parseProducerArguments(argv: readonly string[]): ProducerArguments {
  const options = parse(argv);
  maybePrintHelpOrVersion(
    consoleProducerOptions,
    options,
    'This tool helps to read data from standard input and publish it to Kafka.',
  );
  checkRequiredArgs(consoleProducerOptions, options, 'topic');
  if (!areAddressesWithPorts(serversOf(options))) {
    throw usageExit(consoleProducerOptions, 'Please provide valid host:port like host1:9091,host2:9092\n ');
  }
  return {
    topic: options.valueOf('topic') ?? '',
    isSync: options.has('sync'),
    readerClass: options.valueOf('line-reader') ?? '',
    options,
  };
}

function parse(argv: readonly string[]): ParsedOptions {
  try {
    return parseOptions(consoleProducerOptions, argv);
  } catch (problem) {
    if (!(problem instanceof OptionException)) throw problem;
    throw usageExit(consoleProducerOptions, problem.exception.message ?? '');
  }
}

const serversOf = (options: ParsedOptions): string =>
  options.valueOf(options.has('bootstrap-server') ? 'bootstrap-server' : 'broker-list') ?? '';

/** Throws a NoSuchFileException, or an `OptionException` for a value that is no number. */
export function producerProperties(input: ProcessInput, options: ParsedOptions): Properties {
  const file = options.valueOf('producer.config');
  const properties: Record<string, string> = {
    ...(file === undefined ? {} : loadProperties(input, file)),
    ...parseKeyValueArgs(options.valuesOf('producer-property')),
  };
  properties['bootstrap.servers'] = serversOf(options);
  const codec = options.valueOf('compression-codec') ?? '';
  properties['compression.type'] = options.has('compression-codec') ? codec || 'gzip' : 'none';
  properties['client.id'] ??= 'console-producer';
  for (const [setting, option] of settingOfOption) {
    if (!options.has(option) && properties[setting] !== undefined) continue;
    const value = option === 'request-required-acks' ? options.valueOf(option) : options.integerOf(option);
    properties[setting] = String(value);
  }
  return properties;
}

/** Of the line reader. Throws a NoSuchFileException. */
export function readerProperties(input: ProcessInput, options: ParsedOptions): Properties {
  const file = options.valueOf('reader-config');
  return {
    ...(file === undefined ? {} : loadProperties(input, file)),
    ...parseKeyValueArgs(options.valuesOf('property')),
  };
}
