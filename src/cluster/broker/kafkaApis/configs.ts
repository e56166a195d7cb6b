/**
 * DescribeConfigs: settings of topics and brokers, with where each value comes from.
 *
 * Follows `kafka.server.ConfigHelper` (3.9.0).
 */
import { brokerConfig } from '../../../kafka/config/brokerConfig.ts';
import { brokerQuotaConfig } from '../../../kafka/config/brokerQuotaConfig.ts';
import { type ConfigDefinition, type ConfigTable, parseConfigValue } from '../../../kafka/config/configTable.ts';
import type { Settings } from '../../../kafka/config/settings.ts';
import { topicConfig } from '../../../kafka/config/topicConfig.ts';
import { topicDefaultsOf } from '../../../kafka/config/topicSettings.ts';
import type { ConfigSource, ConfigType, DescribedConfig } from '../../protocol/kafka/configs.ts';
import { type Call, respond } from '../requestChannel.ts';
import { invalidTopicName } from '../topicName.ts';
import type { Turn } from '../turn.ts';
import { type Refusal, refuse } from '../zkAdmin/adminZkClient.ts';
import { answerOf, askZk } from '../zkConnection.ts';
import { decodeConfig, paths } from '../znodes.ts';

type Synonym = DescribedConfig['synonyms'][number];

export const definitionOf = (table: ConfigTable, name: string): ConfigDefinition | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Of a setting that a running broker may be given, whether its file may hold it or not. */
export const brokerDefinitionOf = (name: string): ConfigDefinition | undefined =>
  definitionOf(brokerConfig, name) ?? definitionOf(brokerQuotaConfig, name);

/** Broker settings that stand in for one another, the finest first (`DynamicBrokerConfig#brokerConfigSynonyms`). */
function brokerSynonyms(name: string): readonly string[] {
  const families = [
    ['log.roll.ms', 'log.roll.hours'],
    ['log.roll.jitter.ms', 'log.roll.jitter.hours'],
    ['log.flush.interval.ms', 'log.flush.scheduler.interval.ms'],
    ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'],
  ];
  const family = families.find((names) => names.includes(name));
  return family === undefined ? [name] : family.slice(family.indexOf(name));
}

function synonymsOf({ broker: { settings } }: Turn, names: readonly string[]): readonly Synonym[] {
  const from = (given: Settings, source: ConfigSource): readonly Synonym[] =>
    names.flatMap((name) => (given[name] === undefined ? [] : [{ name, value: given[name], source }]));
  const defaults: Record<string, string> = {};
  for (const name of names) {
    const value = definitionOf(brokerConfig, name)?.defaultValue;
    if (value != null) defaults[name] = value;
  }
  const all = [
    ...from(settings.dynamic, 'DYNAMIC_BROKER_CONFIG'),
    ...from(settings.dynamicDefault, 'DYNAMIC_DEFAULT_BROKER_CONFIG'),
    ...from(settings.given, 'STATIC_BROKER_CONFIG'),
    ...from(defaults, 'DEFAULT_CONFIG'),
  ];
  // What comes before the setting's own name is dropped: `log.retention.hours` alone leaves `retention.ms` with none.
  const own = all.findIndex(({ name }) => name === names[0]);
  return own === -1 ? [] : all.slice(own);
}

const typeOf = (definition: ConfigDefinition): ConfigType => definition.type;

/** As Kafka prints a parsed value: trimmed, doubles with their point. */
function shown(definition: ConfigDefinition, text: string | null): string | null {
  if (text === null) return null;
  const parsed = parseConfigValue('', definition, text);
  if (parsed.outcome === 'invalid') return text;
  if (definition.type === 'DOUBLE' && typeof parsed.value === 'number')
    return Number.isInteger(parsed.value) ? `${parsed.value}.0` : String(parsed.value);
  return Array.isArray(parsed.value) ? parsed.value.join(',') : text.trim();
}

/** All settings of a topic that has these of its own. */
export function describeTopicConfig(turn: Turn, own: Settings): readonly DescribedConfig[] {
  const defaults = topicDefaultsOf(turn.broker.settings.effective);
  return Object.entries<ConfigDefinition>(topicConfig).map(([name, definition]): DescribedConfig => {
    const value = shown(definition, own[name] ?? defaults[name] ?? definition.defaultValue);
    const brokerNames = definition.brokerName === undefined ? [] : brokerSynonyms(definition.brokerName);
    const inherited = synonymsOf(turn, brokerNames);
    const synonyms: readonly Synonym[] =
      own[name] === undefined ? inherited : [{ name, value, source: 'DYNAMIC_TOPIC_CONFIG' }, ...inherited];
    return {
      name,
      value,
      readOnly: false,
      configSource: synonyms[0]?.source ?? 'DEFAULT_CONFIG',
      isSensitive: false,
      synonyms,
      configType: typeOf(definition),
      documentation: null,
    };
  });
}

function describeBrokerConfig(
  turn: Turn,
  name: string,
  value: string | null,
  isOfThisBroker: boolean,
): DescribedConfig {
  const definition = brokerDefinitionOf(name);
  // What the broker does not know may be a password.
  const isSensitive = definition === undefined || definition.type === 'PASSWORD';
  const synonyms = synonymsOf(turn, brokerSynonyms(name)).filter(
    ({ source }) => isOfThisBroker || source === 'DYNAMIC_DEFAULT_BROKER_CONFIG',
  );
  return {
    name,
    value: isSensitive ? null : shown(definition, value),
    readOnly: definition?.update === undefined,
    configSource: synonyms[0]?.source ?? 'DEFAULT_CONFIG',
    isSensitive,
    synonyms: isSensitive ? synonyms.map((synonym) => ({ ...synonym, value: null })) : synonyms,
    configType: definition === undefined ? 'UNKNOWN' : typeOf(definition),
    documentation: null,
  };
}

type Resource = Call<'DescribeConfigs'>['body']['resources'][number];

export function handleDescribeConfigs(turn: Turn, call: Call<'DescribeConfigs'>): void {
  const { resources, includeSynonyms } = call.body;
  describeNext(turn, resources, [], (later, described) =>
    respond(later, call, {
      results: described.map(({ resource, refusal, configs }) => ({
        resourceType: resource.resourceType,
        resourceName: resource.resourceName,
        errorCode: refusal?.error ?? 'NONE',
        errorMessage: refusal?.message ?? null,
        configs: configs
          .filter(
            ({ name }) => (resource.configurationKeys ?? []).length === 0 || resource.configurationKeys!.includes(name),
          )
          .map((config) => (includeSynonyms ? config : { ...config, synonyms: [] })),
      })),
    }),
  );
}

interface Described {
  readonly resource: Resource;
  readonly refusal: Refusal;
  readonly configs: readonly DescribedConfig[];
}

function describeNext(
  turn: Turn,
  resources: readonly Resource[],
  done: readonly Described[],
  then: (turn: Turn, described: readonly Described[]) => void,
): void {
  const [resource, ...rest] = resources;
  if (resource === undefined) return then(turn, done);
  describe(turn, resource, (later, refusal, configs) =>
    describeNext(later, rest, [...done, { resource, refusal, configs }], then),
  );
}

function describe(
  turn: Turn,
  { resourceType, resourceName }: Resource,
  then: (turn: Turn, refusal: Refusal, configs: readonly DescribedConfig[]) => void,
): void {
  const { settings, brokerId, metadata } = turn.broker;
  if (resourceType === 'TOPIC') {
    const invalid = invalidTopicName(resourceName);
    if (invalid !== null) return then(turn, refuse('INVALID_TOPIC_EXCEPTION', invalid), []);
    if (!metadata.topics.has(resourceName)) return then(turn, refuse('UNKNOWN_TOPIC_OR_PARTITION', ''), []);
    return askZk(turn, { op: 'getData', path: paths.config('topics', resourceName), watch: false }, (later, found) =>
      then(later, null, describeTopicConfig(later, decodeConfig(answerOf(found, 'getData')?.data ?? null))),
    );
  }
  if (resourceType !== 'BROKER')
    return then(turn, refuse('INVALID_REQUEST', `Unsupported resource type: ${resourceType}`), []);
  if (resourceName === '') {
    const { dynamicDefault } = settings;
    const names = Object.keys(dynamicDefault);
    return then(
      turn,
      null,
      names.map((name) => describeBrokerConfig(turn, name, dynamicDefault[name] ?? null, false)),
    );
  }
  if (!/^-?\d+$/.test(resourceName))
    return then(turn, refuse('INVALID_REQUEST', `Broker id must be an integer, but it is: ${resourceName}`), []);
  if (Number(resourceName) !== brokerId) {
    const message = `Unexpected broker id, expected ${brokerId} or empty string, but received ${resourceName}`;
    return then(turn, refuse('INVALID_REQUEST', message), []);
  }
  const names = [...new Set([...Object.keys(settings.effective), ...Object.keys(brokerConfig)])];
  then(
    turn,
    null,
    names.map((name) => {
      const value = settings.effective[name] ?? definitionOf(brokerConfig, name)?.defaultValue ?? null;
      return describeBrokerConfig(turn, name, value, true);
    }),
  );
}
