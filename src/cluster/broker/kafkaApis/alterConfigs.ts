/**
 * IncrementalAlterConfigs: settings of topics and brokers, checked and written to ZooKeeper by the broker that is asked.
 *
 * Follows `kafka.server.ConfigAdminManager` and `ZkAdminManager#incrementalAlterConfigs` (3.9.0).
 */
import { brokerConfig } from '../../../kafka/config/brokerConfig.ts';
import { brokerQuotaConfig } from '../../../kafka/config/brokerQuotaConfig.ts';
import { type ConfigDefinition, type ConfigTable, parseConfigValue } from '../../../kafka/config/configTable.ts';
import type { Settings } from '../../../kafka/config/settings.ts';
import { topicConfig } from '../../../kafka/config/topicConfig.ts';
import { checkTopicSettings, topicDefaultsOf } from '../../../kafka/config/topicSettings.ts';
import type { ConfigResource, IncrementalAlterConfigsRequest } from '../../protocol/kafka/configs.ts';
import { type Call, respond } from '../requestChannel.ts';
import { invalidTopicName } from '../topicName.ts';
import type { Turn } from '../turn.ts';
import { changeConfig, type Refusal, refuse } from '../zkAdmin/adminZkClient.ts';
import { answerOf, askZk } from '../zkConnection.ts';
import { decodeConfig, paths } from '../znodes.ts';
import { definitionOf } from './configs.ts';

type Alteration = IncrementalAlterConfigsRequest['resources'][number];

export function handleIncrementalAlterConfigs(turn: Turn, call: Call<'IncrementalAlterConfigs'>): void {
  const { resources, validateOnly } = call.body;
  alterNext(turn, resources, validateOnly, [], (later, responses) => respond(later, call, { responses }));
}

type Altered = ConfigResource & {
  readonly errorCode: NonNullable<Refusal>['error'] | 'NONE';
  readonly errorMessage: string | null;
};

function alterNext(
  turn: Turn,
  resources: readonly Alteration[],
  validateOnly: boolean,
  done: readonly Altered[],
  then: (turn: Turn, altered: readonly Altered[]) => void,
): void {
  const [resource, ...rest] = resources;
  if (resource === undefined) return then(turn, done);
  const { resourceType, resourceName } = resource;
  alter(turn, resource, validateOnly, (later, refusal) => {
    const errorCode = refusal?.error ?? 'NONE';
    const altered = { resourceType, resourceName, errorCode, errorMessage: refusal?.message ?? null };
    alterNext(later, rest, validateOnly, [...done, altered], then);
  });
}

function alter(
  turn: Turn,
  resource: Alteration,
  validateOnly: boolean,
  then: (turn: Turn, refusal: Refusal) => void,
): void {
  const { resourceType, resourceName, configs } = resource;
  const names = configs.map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) return then(turn, refuse('INVALID_REQUEST', 'Error due to duplicate config keys'));
  const nulls = configs.filter(({ configOperation, value }) => configOperation !== 'DELETE' && value === null);
  if (nulls.length > 0)
    return then(
      turn,
      refuse('INVALID_REQUEST', `Null value not supported for : ${nulls.map(({ name }) => name).join(', ')}`),
    );
  if (resourceType === 'TOPIC') {
    const invalid = invalidTopicName(resourceName);
    if (invalid !== null) return then(turn, refuse('INVALID_TOPIC_EXCEPTION', invalid));
    if (!turn.broker.metadata.topics.has(resourceName))
      return then(turn, refuse('UNKNOWN_TOPIC_OR_PARTITION', `The topic '${resourceName}' does not exist.`));
    return alterEntity(turn, 'topics', resourceName, resource, topicConfig, validateOnly, then);
  }
  if (resourceType !== 'BROKER')
    return then(
      turn,
      refuse(
        'INVALID_REQUEST',
        `AlterConfigs is only supported for topics and brokers, but resource type is ${resourceType}`,
      ),
    );
  if (resourceName !== '' && !/^-?\d+$/.test(resourceName))
    return then(turn, refuse('INVALID_REQUEST', `Broker id must be an integer, but it is: ${resourceName}`));
  if (resourceName !== '' && Number(resourceName) !== turn.broker.brokerId) {
    const message = `Unexpected broker id, expected ${turn.broker.brokerId}, but received ${resourceName}`;
    return then(turn, refuse('INVALID_REQUEST', message));
  }
  const entity = resourceName === '' ? '<default>' : resourceName;
  alterEntity(turn, 'brokers', entity, resource, brokerConfig, validateOnly, then);
}

function alterEntity(
  turn: Turn,
  entityType: 'topics' | 'brokers',
  entity: string,
  { configs }: Alteration,
  table: ConfigTable,
  validateOnly: boolean,
  then: (turn: Turn, refusal: Refusal) => void,
): void {
  askZk(turn, { op: 'getData', path: paths.config(entityType, entity), watch: false }, (later, found) => {
    const settings: Record<string, string> = { ...decodeConfig(answerOf(found, 'getData')?.data ?? null) };
    const refusal = apply(settings, configs, table, later) ?? check(later, entityType, entity, settings);
    if (refusal !== null || validateOnly) return then(later, refusal);
    changeConfig(later, entityType, entity, settings, (last) => then(last, null));
  });
}

/** Changes `settings`. */
function apply(
  settings: Record<string, string>,
  configs: Alteration['configs'],
  table: ConfigTable,
  turn: Turn,
): Refusal {
  for (const { name, configOperation, value } of configs) {
    const definition = definitionOf(table, name);
    if (configOperation === 'SET') settings[name] = value ?? '';
    else if (configOperation === 'DELETE') delete settings[name];
    else {
      if (definition?.type !== 'LIST') {
        const message = `Config value ${configOperation === 'APPEND' ? 'append' : 'subtract'} is not allowed for config key: ${name}`;
        return refuse('INVALID_CONFIG', message);
      }
      const inherited =
        table === topicConfig
          ? topicDefaultsOf(turn.broker.settings.effective)[name]
          : turn.broker.settings.effective[name];
      const before = (settings[name] ?? inherited ?? definition.defaultValue ?? '')
        .split(',')
        .filter((one) => one !== '');
      const changed = (value ?? '').split(',');
      settings[name] = (
        configOperation === 'APPEND'
          ? [...before, ...changed.filter((one) => !before.includes(one))]
          : before.filter((one) => !changed.includes(one))
      ).join(',');
    }
  }
  return null;
}

function check(turn: Turn, entityType: 'topics' | 'brokers', entity: string, settings: Settings): Refusal {
  if (entityType === 'topics') {
    const problem = checkTopicSettings(settings, turn.broker.settings.effective);
    if (problem === null) return null;
    const prefix =
      problem.exception === 'ConfigException'
        ? `Invalid config value for resource ConfigResource(type=TOPIC, name='${entity}'): `
        : '';
    return refuse('INVALID_CONFIG', prefix + problem.message);
  }
  return checkBroker(turn, entity, settings);
}

/**
 * What a broker makes of the settings that it, or all, shall have (`ConfigAdminManager#preprocess`, `DynamicBrokerConfig#validate`).
 * Other settings than those of the request may be at fault: what is taken away leaves what was behind it.
 */
function checkBroker(turn: Turn, entity: string, settings: Settings): Refusal {
  const bad = (message: string) => refuse('INVALID_REQUEST', message);
  const namesOf = (is: (definition: ConfigDefinition) => boolean) =>
    Object.keys(settings).filter((name) => {
      const definition = definitionOf(brokerConfig, name);
      return definition !== undefined && is(definition);
    });
  const fixed = namesOf(({ update }) => update === undefined);
  if (fixed.length > 0) return bad(`Cannot update these configs dynamically: Set(${fixed.join(', ')})`);
  for (const [name, definition] of Object.entries<ConfigDefinition>({ ...brokerQuotaConfig, ...brokerConfig })) {
    const parsed = settings[name] === undefined ? null : parseConfigValue(name, definition, settings[name]);
    if (parsed?.outcome === 'invalid') return bad(parsed.message);
  }
  const ownOnly = namesOf(({ update }) => update === 'perBroker');
  if (entity === '<default>' && ownOnly.length > 0) {
    return bad(
      `Cannot update these configs at default cluster level, broker id must be specified: Set(${ownOnly.join(', ')})`,
    );
  }
  const { given, dynamic, dynamicDefault } = turn.broker.settings;
  const next =
    entity === '<default>' ? { ...given, ...settings, ...dynamic } : { ...given, ...dynamicDefault, ...settings };
  const pair = (next[OVERRIDES] ?? '').split(/\s*,\s*/).find((one) => one !== '' && !one.includes(':'));
  if (pair !== undefined) {
    return bad(`Error parsing configuration property '${OVERRIDES}': begin 0, end -1, length ${pair.length}`);
  }
  for (const name of [...threadPools, 'log.cleaner.threads']) {
    const problem = threadsProblem(turn, name, Number(next[name] ?? definitionOf(brokerConfig, name)?.defaultValue));
    if (problem !== null) {
      return bad(
        `Invalid value org.apache.kafka.common.config.ConfigException: ${problem} for configuration Invalid dynamic configuration`,
      );
    }
  }
  return null;
}

/** `host:count`, separated by commas. */
const OVERRIDES = 'max.connections.per.ip.overrides';

const threadPools = [
  'num.io.threads',
  'num.network.threads',
  'num.replica.fetchers',
  'num.recovery.threads.per.data.dir',
  'background.threads',
];

/** A pool of threads at most doubles or halves at a time (`DynamicThreadPool`, `LogCleaner#validateReconfiguration`). */
function threadsProblem({ broker }: Turn, name: string, threads: number): string | null {
  const definition = definitionOf(brokerConfig, name);
  const current = Number(broker.settings.effective[name] ?? definition?.defaultValue);
  if (threads === current) return null;
  const half = Math.trunc(current / 2);
  if (name === 'log.cleaner.threads') {
    if (threads < 1) return 'Log cleaner threads should be at least 1';
    if (threads < half) return `Log cleaner threads cannot be reduced to less than half the current value ${current}`;
    if (threads > current * 2) {
      return `Log cleaner threads cannot be increased to more than double the current value ${current}`;
    }
  }
  if (!threadPools.includes(name)) return null;
  const failed = `Dynamic thread count update validation failed for ${name}=${threads}`;
  if (threads <= 0) return `${failed}, value should be at least 1`;
  if (threads < half) return `${failed}, value should be at least half the current value ${current}`;
  return threads > current * 2
    ? `${failed}, value should not be greater than double the current value ${current}`
    : null;
}
