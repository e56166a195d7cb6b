/**
 * What a table of settings says of each: type, default, valid values; and the checks that Kafka makes of a value, with its messages.
 *
 * Follows `org.apache.kafka.common.config.ConfigDef` (3.9.0).
 */
export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'SHORT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';

export type ValidValues =
  | { readonly kind: 'range'; readonly min: number | null; readonly max: number | null; readonly or?: number }
  | { readonly kind: 'oneOf' | 'oneOfIgnoringCase' | 'listOf' | 'classOf'; readonly values: readonly string[] }
  | { readonly kind: 'nonEmpty' | 'nonNull' | 'throttledReplicas' };

export interface ConfigDefinition {
  readonly type: ConfigType;
  /** As Kafka prints it; null for none. */
  readonly defaultValue: string | null;
  /** Has no default and must be given. */
  readonly isRequired?: boolean;
  readonly valid?: ValidValues;
  /** The broker setting that gives a topic its default. */
  readonly brokerName?: string;
  /** Whether a running broker takes a new value, for itself only or for all; read-only unless said. */
  readonly update?: 'perBroker' | 'clusterWide';
}

/** By name, in the order in which Kafka checks them. */
export type ConfigTable = Readonly<Record<string, ConfigDefinition>>;

export const atLeast = (min: number): ValidValues => ({ kind: 'range', min, max: null });
export const between = (min: number, max: number): ValidValues => ({ kind: 'range', min, max });
export const betweenOr = (min: number, max: number, or: number): ValidValues => ({ kind: 'range', min, max, or });
export const oneOf = (...values: readonly string[]): ValidValues => ({ kind: 'oneOf', values });
export const oneOfIgnoringCase = (...values: readonly string[]): ValidValues => ({ kind: 'oneOfIgnoringCase', values });
export const listOf = (...values: readonly string[]): ValidValues => ({ kind: 'listOf', values });
/** Full names of the classes that are there. */
export const classOf = (...values: readonly string[]): ValidValues => ({ kind: 'classOf', values });
export const nonEmpty: ValidValues = { kind: 'nonEmpty' };
export const nonNull: ValidValues = { kind: 'nonNull' };
/** `ThrottledReplicaListValidator`: `partition:broker` of each, or `*` for all. */
export const throttledReplicas: ValidValues = { kind: 'throttledReplicas' };

export type ConfigValue = null | boolean | number | string | readonly string[];

export type ParsedConfig =
  | { readonly outcome: 'valid'; readonly value: ConfigValue }
  /** The message of Kafka's `ConfigException`. */
  | { readonly outcome: 'invalid'; readonly message: string };

/** The value of a setting, or what Kafka says of a text that is none. */
export function parseConfigValue(name: string, definition: ConfigDefinition, text: string): ParsedConfig {
  const parsed = parseAs(definition.type, text.trim());
  if (parsed.outcome === 'invalid') return { outcome: 'invalid', message: invalidValue(name, text, parsed.message) };
  const problem =
    definition.valid === undefined ? null : checkValue(name, definition.valid, parsed.value, definition.type);
  return problem === null ? parsed : { outcome: 'invalid', message: problem };
}

function invalidValue(name: string, value: string, reason: string): string {
  return `Invalid value ${value} for configuration ${name}: ${reason}`;
}

function parseAs(type: ConfigType, text: string): ParsedConfig {
  switch (type) {
    case 'BOOLEAN': {
      const lower = text.toLowerCase();
      if (lower === 'true' || lower === 'false') return { outcome: 'valid', value: lower === 'true' };
      return { outcome: 'invalid', message: 'Expected value to be either true or false' };
    }
    case 'SHORT':
      return parseInteger(text, type, -0x8000, 0x7fff);
    case 'INT':
      return parseInteger(text, type, -0x8000_0000, 0x7fff_ffff);
    case 'LONG':
      return parseInteger(text, type, -(2 ** 63), 2 ** 63);
    case 'DOUBLE':
      if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(text))
        return { outcome: 'valid', value: Number.parseFloat(text) };
      return { outcome: 'invalid', message: 'Not a number of type DOUBLE' };
    case 'LIST':
      return { outcome: 'valid', value: text === '' ? [] : text.split(/\s*,\s*/) };
    default:
      return { outcome: 'valid', value: text };
  }
}

function parseInteger(text: string, type: ConfigType, min: number, max: number): ParsedConfig {
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text) && value >= min && value <= max) return { outcome: 'valid', value };
  return { outcome: 'invalid', message: `Not a number of type ${type}` };
}

/** Null when the value is valid. */
function checkValue(name: string, valid: ValidValues, value: ConfigValue, type: ConfigType): string | null {
  switch (valid.kind) {
    case 'range': {
      if (typeof value !== 'number' || value === valid.or) return null;
      const shown = type === 'DOUBLE' && Number.isInteger(value) ? `${value}.0` : String(value);
      if (valid.min !== null && value < valid.min)
        return invalidValue(name, shown, `Value must be at least ${valid.min}`);
      if (valid.max !== null && value > valid.max)
        return invalidValue(name, shown, `Value must be no more than ${valid.max}`);
      return null;
    }
    case 'oneOf':
      return valid.values.includes(String(value))
        ? null
        : invalidValue(name, String(value), `String must be one of: ${valid.values.join(', ')}`);
    case 'oneOfIgnoringCase': {
      const upper = String(value).toUpperCase();
      if (valid.values.some((one) => one.toUpperCase() === upper)) return null;
      return invalidValue(name, String(value), `String must be one of (case insensitive): ${valid.values.join(', ')}`);
    }
    case 'listOf': {
      const wrong = (Array.isArray(value) ? (value as readonly string[]) : []).find(
        (one) => !valid.values.includes(one),
      );
      return wrong === undefined
        ? null
        : invalidValue(name, wrong, `String must be one of: ${valid.values.join(', ')}`);
    }
    case 'classOf':
      return valid.values.includes(String(value))
        ? null
        : invalidValue(name, String(value), `Class ${String(value)} could not be found.`);
    case 'throttledReplicas': {
      const items = Array.isArray(value) ? (value as readonly string[]).map((item) => item.trim()) : [];
      if (items.every((item) => /^(\d+:\d+)?$/.test(item)) || items.join('') === '*') return null;
      const form = '[partitionId]:[brokerId],[partitionId]:[brokerId],...';
      const reason = `${name} must be the literal '*' or a list of replicas in the following format: ${form}`;
      return invalidValue(name, `[${items.join(', ')}]`, reason);
    }
    case 'nonEmpty':
      return value === '' ? invalidValue(name, '', 'String must be non-empty') : null;
    default:
      return null;
  }
}
