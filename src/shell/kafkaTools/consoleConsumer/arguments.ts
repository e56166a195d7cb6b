/** What kafka-console-consumer is asked to do (`org.apache.kafka.tools.consumer.ConsoleConsumerOptions`, 3.9.0). */
import { javaStringHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import type { ProcessInput } from '../../../kernel/process.ts';
import { nextBelow, streamOf } from '../../../kernel/random.ts';
import { ToolExit, checkRequiredArgs, maybePrintHelpOrVersion, parseKeyValueArgs, usageExit } from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { OptionException, parseJavaInteger, parseOptions } from '../optionParser.ts';
import { loadProperties } from '../propertiesFile.ts';
import { Thrown } from '../stackTrace.ts';
import type { FormatterChoice } from './formatter.ts';
import { formatterClass, formatterOf } from './formatter.ts';
import { consoleConsumerOptions } from './options.ts';

type Properties = Readonly<Record<string, string>>;

/** From where a lone partition is read. */
export type StartOffset = 'earliest' | 'latest' | number;

export interface ConsumerArguments {
  readonly options: ParsedOptions;
  readonly properties: Properties;
  readonly startOffset: StartOffset;
  /** Null: for ever. */
  readonly timeoutMs: number | null;
  readonly formatter: FormatterChoice;
  /** Printed on stderr before anything else. */
  readonly warning: string;
}

/** Throws a `ToolExit`, or a `Thrown` that nobody catches. */
export function parseConsumerArguments(input: ProcessInput): ConsumerArguments {
  const options = parse(input.argv.slice(1));
  maybePrintHelpOrVersion(
    consoleConsumerOptions,
    options,
    'This tool helps to read data from Kafka topics and outputs it to standard output.',
  );
  checkRequired(options);
  const file = options.valueOf('consumer.config');
  const fromFile = file === undefined ? {} : loadProperties(input, file);
  const extra = parseKeyValueArgs(options.valuesOf('consumer-property'));
  const groups = givenGroups(options, fromFile, extra);
  const properties = consumerProperties(options, { ...fromFile, ...extra }, groups, input.seed);
  const startOffset = parseOffset(options);
  const timeout = options.integerOf('timeout-ms') ?? -1;
  const { className, warning } = formatterClass(options.valueOf('formatter') ?? '');
  const formatter = { className, properties: formatterProperties(input, options) };
  if (formatterOf(formatter) === undefined) {
    throw new ToolExit(1, { stderr: warning + usageExit(consoleConsumerOptions, className).stderr });
  }
  return { options, properties, startOffset, timeoutMs: timeout >= 0 ? timeout : null, formatter, warning };
}

function parse(argv: readonly string[]): ParsedOptions {
  try {
    return parseOptions(consoleConsumerOptions, argv);
  } catch (problem) {
    if (!(problem instanceof OptionException)) throw problem;
    throw usageExit(consoleConsumerOptions, problem.exception.message ?? '');
  }
}

/** `--include`, or its old name. */
export const includedTopics = (options: ParsedOptions): string | undefined =>
  options.has('include') ? options.valueOf('include') : options.valueOf('whitelist');

function checkRequired(options: ParsedOptions): void {
  const named = [options.valueOf('topic'), includedTopics(options)].filter((given) => given !== undefined);
  if (named.length !== 1) {
    const old = options.has('whitelist')
      ? '--whitelist is DEPRECATED use --include instead; ignored if --include specified.'
      : '';
    throw usageExit(consoleConsumerOptions, `Exactly one of --include/--topic is required. ${old}`);
  }
  if (options.integerOf('partition') !== undefined) {
    if (!options.has('topic')) {
      throw usageExit(consoleConsumerOptions, 'The topic is required when partition is specified.');
    }
    if (options.has('from-beginning') && options.has('offset')) {
      throw usageExit(consoleConsumerOptions, 'Options from-beginning and offset cannot be specified together.');
    }
  } else if (options.has('offset')) {
    throw usageExit(consoleConsumerOptions, 'The partition is required when offset is specified.');
  }
  checkRequiredArgs(consoleConsumerOptions, options, 'bootstrap-server');
}

function givenGroups(options: ParsedOptions, fromFile: Properties, extra: Properties): readonly string[] {
  const given = [options.valueOf('group'), fromFile['group.id'], extra['group.id']];
  const groups = javaHashOrder(new Set(given.filter((group) => group !== undefined)), javaStringHash);
  if (groups.length > 1) {
    throw usageExit(
      consoleConsumerOptions,
      `The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer.config') do not match. Detected group ids: ${groups.map((group) => `'${group}'`).join(', ')}`,
    );
  }
  if (groups.length > 0 && options.has('partition')) {
    throw usageExit(consoleConsumerOptions, 'Options group and partition cannot be specified together.');
  }
  return groups;
}

function consumerProperties(
  options: ParsedOptions,
  given: Properties,
  [group]: readonly string[],
  seed: number,
): Properties {
  const properties: Record<string, string> = { ...given };
  const reset = properties['auto.offset.reset'];
  if (reset !== undefined && options.has('from-beginning') && reset !== 'earliest') {
    throw new ToolExit(1, {
      stderr: `Can't simultaneously specify --from-beginning and 'auto.offset.reset=${reset}', please remove one option\n`,
    });
  }
  properties['auto.offset.reset'] ??= options.has('from-beginning') ? 'earliest' : 'latest';
  properties['bootstrap.servers'] = options.valueOf('bootstrap-server') ?? '';
  properties['client.id'] ??= 'console-consumer';
  if (options.has('isolation-level') || properties['isolation.level'] === undefined) {
    properties['isolation.level'] = options.valueOf('isolation-level') ?? 'read_uncommitted';
  }
  if (group === undefined) {
    // Nobody will use this group again, so nothing is committed for it.
    const [number] = nextBelow(streamOf(seed, 'group'), 100_000);
    properties['group.id'] = `console-consumer-${number}`;
    properties['enable.auto.commit'] ??= 'false';
  } else properties['group.id'] = group;
  return properties;
}

function parseOffset(options: ParsedOptions): StartOffset {
  if (!options.has('offset')) return options.has('from-beginning') ? 'earliest' : 'latest';
  const given = options.valueOf('offset') ?? '';
  const name = given.toLowerCase();
  if (name === 'earliest' || name === 'latest') return name;
  const offset = parseJavaInteger(given, 64);
  if (offset === undefined || offset < 0) {
    throw usageExit(
      consoleConsumerOptions,
      `The provided offset value '${given}' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long.`,
    );
  }
  return offset;
}

function formatterProperties(input: ProcessInput, options: ParsedOptions): Properties {
  const file = options.valueOf('formatter-config');
  const properties: Record<string, string> = {};
  try {
    Object.assign(properties, file === undefined ? {} : loadProperties(input, file));
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    throw usageExit(consoleConsumerOptions, problem.exception.message ?? '');
  }
  const key = options.valueOf('key-deserializer') ?? '';
  const value = options.valueOf('value-deserializer') ?? '';
  if (key !== '') properties['key.deserializer'] = key;
  if (value !== '') properties['value.deserializer'] = value;
  return { ...properties, ...parseKeyValueArgs(options.valuesOf('property')) };
}
