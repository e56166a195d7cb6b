/** kafka-configs (`kafka.admin.ConfigCommand`, 3.9.0): dynamic settings of topics and brokers. Quotas and credentials are not simulated. */
import type { AlterConfigOp } from '../../cluster/client/admin/adminMethods.ts';
import type { ConfigResourceType, ConfigSource, DescribedConfig } from '../../cluster/protocol/kafka/configs.ts';
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { ToolExit, maybePrintHelpOrVersion } from './commandLine.ts';
import type { Entities } from './configs/arguments.ts';
import { checkArguments } from './configs/arguments.ts';
import { configsOptions } from './configs/options.ts';
import type { ParsedOptions } from './optionParser.ts';
import { parseJavaInteger, parseOptions } from './optionParser.ts';
import { loadProperties } from './propertiesFile.ts';
import { reach } from './refusedCall.ts';
import type { Script } from './script.ts';
import { admin, adminWithin, createAdmin, err, getOrWrap, out, scriptProgram } from './script.ts';
import { Thrown, illegalArgument, stackTrace, thrown } from './stackTrace.ts';

const mainFrame = 'kafka.admin.ConfigCommand.main(ConfigCommand.scala)';
const usage =
  'This tool helps to manipulate and describe entity config for a topic, client, user, broker, ip or client-metrics';
const invalidConfiguration = 'org.apache.kafka.common.errors.InvalidConfigurationException';

export const configs = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  const args = input.argv.slice(1);
  try {
    const options = parseOptions(configsOptions, args);
    maybePrintHelpOrVersion(configsOptions, options, usage);
    const entities = checkArguments(options);
    refuseWhatIsNotSimulated(options, entities);
    const file = options.valueOf('command-config');
    yield* createAdmin({
      ...(file === undefined ? {} : loadProperties(input, file)),
      'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
    });
    if (options.has('alter')) yield* alterConfigs(input, options, entities);
    else yield* describeConfigs(options, entities);
    return 0;
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    const { exception } = problem;
    const isTold =
      exception.class === 'java.lang.IllegalArgumentException' ||
      exception.class === invalidConfiguration ||
      exception.class.startsWith('joptsimple.');
    yield* err(
      isTold
        ? `${exception.message ?? 'null'}\n`
        : `Error while executing config command with args '${args.join(' ')}'\n${stackTrace(exception, mainFrame)}`,
    );
    return 1;
  }
}

function refuseWhatIsNotSimulated(options: ParsedOptions, { types }: Entities): void {
  const refused = ['zookeeper', 'bootstrap-controller'].find((option) => options.has(option));
  const type = types.find((one) => !['topics', 'brokers'].includes(one) && !isWithoutQuotas(options, one));
  if (refused === undefined && type === undefined) return;
  const what = refused === undefined ? `configs of ${type} are` : `--${refused} is`;
  throw new ToolExit(1, { stderr: `kafka-configs.sh: ${what} not simulated yet; topics and brokers are.\n` });
}

/** None can be set here, so that there is none to describe. */
const isWithoutQuotas = (options: ParsedOptions, type: string): boolean =>
  options.has('describe') && ['users', 'clients', 'ips'].includes(type);

const resourceTypes: Readonly<Record<string, ConfigResourceType>> = { topics: 'TOPIC', brokers: 'BROKER' };

/** Sorted by name; without `all`, only what was set for this entity. */
function* configsOf(
  type: string,
  name: string,
  { includeSynonyms, all }: { readonly includeSynonyms: boolean; readonly all: boolean },
): Script<readonly DescribedConfig[]> {
  if (type === 'topics') {
    // The empty name is left to the broker to refuse.
    if (name !== '') validateTopicName(name);
  } else if (name !== '' && parseJavaInteger(name, 32) === undefined) {
    throw illegalArgument(`The entity name for ${type} must be a valid integer broker id, found: ${name}`);
  }
  const [described] = yield* adminWithin(30_000, 'describeConfigs', {
    resources: [{ resourceType: resourceTypes[type]!, resourceName: name }],
    includeSynonyms,
  });
  const ofBroker: ConfigSource = name === '' ? 'DYNAMIC_DEFAULT_BROKER_CONFIG' : 'DYNAMIC_BROKER_CONFIG';
  const source = type === 'topics' ? 'DYNAMIC_TOPIC_CONFIG' : ofBroker;
  return getOrWrap(described!.outcome)
    .filter(({ configSource }) => all || configSource === source)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function* describeConfigs(options: ParsedOptions, { types, names }: Entities): Script<void> {
  const type = types[0]!;
  if (isWithoutQuotas(options, type)) return yield* reach('describeClientQuotas');
  const all = options.has('all');
  for (const name of names.length > 0 ? [names[0]!] : yield* allEntities(type)) {
    const head = all ? 'All' : 'Dynamic';
    yield* out(
      name === ''
        ? `Default configs for ${type} in the cluster are:\n`
        : `${head} configs for ${type.slice(0, -1)} ${name} are:\n`,
    );
    for (const config of yield* configsOf(type, name, { includeSynonyms: true, all })) {
      const synonyms = config.synonyms.map((one) => `${one.source}:${one.name}=${one.value ?? 'null'}`).join(', ');
      yield* out(`  ${config.name}=${config.value ?? 'null'} sensitive=${config.isSensitive} synonyms={${synonyms}}\n`);
    }
  }
}

function* allEntities(type: string): Script<readonly string[]> {
  if (type === 'topics') {
    const listings = getOrWrap(yield* admin('listTopics', { listInternal: true }));
    return javaHashOrder(
      listings.map(({ name }) => name),
      javaStringHash,
    );
  }
  const { nodes } = getOrWrap(yield* admin('describeCluster', {}));
  return [...nodes.map(({ id }) => String(id)), ''];
}

function* alterConfigs(input: ProcessInput, options: ParsedOptions, { types, names }: Entities): Script<void> {
  if (types.length !== names.length) throw illegalArgument('An entity name must be specified for every entity type');
  const [type, name] = [types[0]!, names[0]!];
  const added = configsToBeAdded(input, options);
  const deleted = options.has('delete-config') ? options.valuesOf('delete-config').map((key) => key.trim()) : [];
  const old = yield* configsOf(type, name, { includeSynonyms: false, all: false });
  const unknown = deleted.filter((key) => !old.some((config) => config.name === key));
  if (unknown.length > 0) throw thrown(invalidConfiguration, `Invalid config(s): ${unknown.join(',')}`);
  const set = (key: string, value: string): AlterConfigOp => ({ name: key, operation: 'SET', value });
  const kept = type === 'brokers' ? old.filter((config) => !deleted.includes(config.name)) : [];
  const sensitive = kept.filter((config) => config.value === null && added[config.name] === undefined);
  if (sensitive.length > 0) {
    throw thrown(
      invalidConfiguration,
      `All sensitive broker config entries must be specified for --alter, missing entries: Set(${sensitive.map((config) => config.name).join(', ')})`,
    );
  }
  const ops = [
    ...Object.entries(added).map(([key, value]) => set(key, value)),
    ...deleted.map((key): AlterConfigOp => ({ name: key, operation: 'DELETE', value: '' })),
  ];
  const [altered] = yield* adminWithin(60_000, 'incrementalAlterConfigs', {
    resources: [{ resourceType: resourceTypes[type]!, resourceName: name, ops }],
  });
  getOrWrap(altered!.outcome);
  yield* out(
    name === ''
      ? `Completed updating default config for ${type} in the cluster.\n`
      : `Completed updating config for ${type.slice(0, -1)} ${name}.\n`,
  );
}

/** A comma or an equals sign inside square brackets belongs to the value. */
const outsideBrackets = '(?=[^\\]]*(?:\\[|$))';

function configsToBeAdded(input: ProcessInput, options: ParsedOptions): Readonly<Record<string, string>> {
  const file = options.valueOf('add-config-file');
  const added: Record<string, string> = file === undefined ? {} : { ...loadProperties(input, file) };
  if (options.has('add-config')) {
    const pairs = (options.valueOf('add-config') ?? '')
      .split(new RegExp(`,${outsideBrackets}`))
      .map((pair) => pair.split(new RegExp(`\\s*=\\s*${outsideBrackets}`)));
    if (pairs.some((pair) => pair.length !== 2)) {
      throw illegalArgument(
        'requirement failed: Invalid entity config: all configs to be added must be in the format "key=val".',
      );
    }
    for (const [key, value] of pairs) added[key!.trim()] = value!.replace(/\[?\]?/g, '').trim();
  }
  const wrong = Object.keys(added).find((key) => !/^[a-zA-Z0-9._-]*$/.test(key));
  if (wrong !== undefined) throw illegalArgument(`Invalid character found for config key: ${wrong}`);
  return added;
}

/** `org.apache.kafka.common.internals.Topic.validate`, in the words that a tool without broker uses. */
function validateTopicName(name: string): void {
  const invalid = (reason: string): Thrown =>
    thrown('org.apache.kafka.common.errors.InvalidTopicException', `Topic name is invalid: ${reason}`);
  if (name === '.' || name === '..') throw invalid(`'${name}' is not allowed`);
  if (name.length > 249) throw invalid(`the length of '${name}' is longer than the max allowed length 249`);
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    throw invalid(`'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
  }
}
