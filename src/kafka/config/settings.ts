/**
 * Settings as they are given – texts by name, from a file, a command line or a request – read through a table that knows their types and
 * defaults, and checked as a whole.
 *
 * Follows `org.apache.kafka.common.config.AbstractConfig` (3.9.0).
 */
import { type ConfigDefinition, type ConfigTable, type ConfigValue, parseConfigValue } from './configTable.ts';

/** Only what was given, in the order in which it was. */
export type Settings = Readonly<Record<string, string>>;

/** What Kafka throws at bad settings. */
export interface ConfigProblem {
  readonly exception: 'ConfigException' | 'InvalidConfigurationException';
  /** Without a setting when several are at odds. */
  readonly name: string | null;
  readonly message: string;
}

type NameOf<T extends ConfigTable, Type extends ConfigDefinition['type']> = {
  readonly [K in keyof T]: T[K]['type'] extends Type ? K : never;
}[keyof T] &
  string;

/** Given or default, as text; null when there is neither. */
export function settingText<T extends ConfigTable>(
  table: T,
  settings: Settings,
  name: keyof T & string,
): string | null {
  return settings[name] ?? table[name]!.defaultValue;
}

function settingValue(table: ConfigTable, settings: Settings, name: string): ConfigValue {
  const text = settingText(table, settings, name);
  if (text === null) return null;
  const parsed = parseConfigValue(name, table[name]!, text);
  return parsed.outcome === 'valid' ? parsed.value : null;
}

/** Null when neither given nor by default. `Long.MAX_VALUE` comes as 2^63, beyond any time or size. */
export function settingNumberOrNull<T extends ConfigTable>(
  table: T,
  settings: Settings,
  name: NameOf<T, 'INT' | 'LONG' | 'SHORT' | 'DOUBLE'>,
): number | null {
  const value = settingValue(table, settings, name);
  return typeof value === 'number' ? value : null;
}

/** For settings with a default; checked settings never miss. */
export function settingNumber<T extends ConfigTable>(
  table: T,
  settings: Settings,
  name: NameOf<T, 'INT' | 'LONG' | 'SHORT' | 'DOUBLE'>,
): number {
  return settingNumberOrNull(table, settings, name) ?? Number(table[name]!.defaultValue ?? 0);
}

export function settingBoolean<T extends ConfigTable>(
  table: T,
  settings: Settings,
  name: NameOf<T, 'BOOLEAN'>,
): boolean {
  return settingValue(table, settings, name) === true;
}

export function settingList<T extends ConfigTable>(
  table: T,
  settings: Settings,
  name: NameOf<T, 'LIST'>,
): readonly string[] {
  const value = settingValue(table, settings, name);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Given names that the table does not have: clients and brokers only warn about them. */
export function unknownSettings(table: ConfigTable, settings: Settings): string[] {
  return Object.keys(settings).filter((name) => !Object.hasOwn(table, name));
}

/** The first problem, in the table's order; null when all is well. */
export function checkSettings(table: ConfigTable, settings: Settings): ConfigProblem | null {
  for (const [name, definition] of Object.entries(table)) {
    const text = settings[name];
    if (text === undefined) {
      if (definition.isRequired !== true) continue;
      return configProblem(name, `Missing required configuration "${name}" which has no default value.`);
    }
    const parsed = parseConfigValue(name, definition, text);
    if (parsed.outcome === 'invalid') return configProblem(name, parsed.message);
  }
  return null;
}

function configProblem(name: string | null, message: string): ConfigProblem {
  return { exception: 'ConfigException', name, message };
}
