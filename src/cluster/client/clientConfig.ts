/** The settings that all of Kafka's clients share, read once (`org.apache.kafka.clients.CommonClientConfigs`, 3.9.0). */
import { type ConfigTable, parseConfigValue } from '../../kafka/config/configTable.ts';
import { checkSettings, type Settings } from '../../kafka/config/settings.ts';
import { type Bootstrap, parseBootstrapServers } from './bootstrap.ts';
import { configException, type JavaException } from './javaException.ts';

const numbers = [
  'metadata.max.age.ms',
  'reconnect.backoff.ms',
  'reconnect.backoff.max.ms',
  'retry.backoff.ms',
  'retry.backoff.max.ms',
  'request.timeout.ms',
  'socket.connection.setup.timeout.ms',
  'socket.connection.setup.timeout.max.ms',
  'connections.max.idle.ms',
] as const;
/** By name, in milliseconds. */
export type CommonClientConfig = Readonly<Record<(typeof numbers)[number], number>>;

export function commonConfigOf(table: ConfigTable, settings: Settings): CommonClientConfig {
  const values: Partial<Record<(typeof numbers)[number], number>> = {};
  for (const name of numbers) values[name] = numberSetting(table, settings, name);
  return values as CommonClientConfig;
}

/** A number that was given and is valid, or the default. */
export function numberSetting(table: ConfigTable, settings: Settings, name: string): number {
  const definition = table[name]!;
  const parsed = parseConfigValue(name, definition, settings[name] ?? definition.defaultValue ?? '0');
  return parsed.outcome === 'valid' && typeof parsed.value === 'number'
    ? parsed.value
    : Number(definition.defaultValue);
}

/** The ConfigException of the first setting that is wrong; null when all are right. */
export function wrongSetting(table: ConfigTable, settings: Settings): JavaException | null {
  const problem = checkSettings(table, settings);
  return problem === null ? null : configException(problem.message);
}

export function bootstrapOf(settings: Settings): Bootstrap {
  return parseBootstrapServers((settings['bootstrap.servers'] ?? '').trim().split(/\s*,\s*/));
}
