/**
 * Settings of clients: their types, defaults and lower bounds, and what a wrong value is told.
 *
 * Follows `org.apache.kafka.common.config.ConfigDef` and `org.apache.kafka.clients.CommonClientConfigs` (3.9.0); only settings that change
 * something here are listed. A setting that Kafka does not know is ignored, as it ignores it.
 */
import { configException, invalidConfigValue, type JavaException } from './javaException.ts';

type Definition =
  | { readonly type: 'INT' | 'LONG'; readonly default: number; readonly min?: number; readonly max?: number }
  | { readonly type: 'BOOLEAN'; readonly default: boolean }
  | { readonly type: 'STRING'; readonly default: string | null; readonly oneOf?: readonly string[] }
  | { readonly type: 'LIST'; readonly default: readonly string[] };
type ValueOf<D extends Definition> = D extends { readonly type: 'INT' | 'LONG' }
  ? number
  : D extends { readonly type: 'BOOLEAN' }
    ? boolean
    : D extends { readonly type: 'LIST' }
      ? readonly string[]
      : string | null;
export type Definitions = Readonly<Record<string, Definition>>;
export type ConfigValues<D extends Definitions> = { readonly [Name in keyof D]: ValueOf<D[Name]> };

export type ParsedConfig<D extends Definitions> =
  | { readonly outcome: 'parsed'; readonly values: ConfigValues<D> }
  | { readonly outcome: 'failed'; readonly exception: JavaException };

export const commonClientConfigs = {
  'bootstrap.servers': { type: 'LIST', default: [] },
  'client.id': { type: 'STRING', default: '' },
  'metadata.max.age.ms': { type: 'LONG', default: 300_000, min: 0 },
  'reconnect.backoff.ms': { type: 'LONG', default: 50, min: 0 },
  'reconnect.backoff.max.ms': { type: 'LONG', default: 1000, min: 0 },
  'retry.backoff.ms': { type: 'LONG', default: 100, min: 0 },
  'retry.backoff.max.ms': { type: 'LONG', default: 1000, min: 0 },
  'request.timeout.ms': { type: 'INT', default: 30_000, min: 0 },
  'socket.connection.setup.timeout.ms': { type: 'LONG', default: 10_000 },
  'socket.connection.setup.timeout.max.ms': { type: 'LONG', default: 30_000 },
  'connections.max.idle.ms': { type: 'LONG', default: 540_000 },
} as const satisfies Definitions;
export type CommonClientConfig = ConfigValues<typeof commonClientConfigs>;

/** Values of all settings defined, or the ConfigException of the first that is wrong. `bootstrap.servers` must be given. */
export function parseConfig<D extends Definitions>(
  definitions: D,
  properties: Readonly<Record<string, string>>,
): ParsedConfig<D> {
  const values: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const given = properties[name]?.trim();
    if (given === undefined) {
      if (name === 'bootstrap.servers') {
        const message = 'Missing required configuration "bootstrap.servers" which has no default value.';
        return { outcome: 'failed', exception: configException(message) };
      }
      values[name] = definition.default;
      continue;
    }
    const parsed = parseValue(name, given, definition);
    if ('exception' in parsed) return { outcome: 'failed', exception: parsed.exception };
    values[name] = parsed.value;
  }
  return { outcome: 'parsed', values: values as ConfigValues<D> };
}

function parseValue(
  name: string,
  given: string,
  definition: Definition,
): { readonly value: unknown } | { readonly exception: JavaException } {
  const wrong = (message: string) => ({ exception: invalidConfigValue(name, given, message) });
  switch (definition.type) {
    case 'INT':
    case 'LONG': {
      if (!/^[+-]?\d+$/.test(given)) return wrong(`Not a number of type ${definition.type}`);
      const value = Number(given);
      if (definition.type === 'INT' && (value > 2147483647 || value < -2147483648)) {
        return wrong('Not a number of type INT');
      }
      if (definition.min !== undefined && value < definition.min)
        return wrong(`Value must be at least ${definition.min}`);
      if (definition.max !== undefined && value > definition.max) {
        return wrong(`Value must be no more than ${definition.max}`);
      }
      return { value };
    }
    case 'BOOLEAN': {
      const lower = given.toLowerCase();
      if (lower === 'true' || lower === 'false') return { value: lower === 'true' };
      return wrong('Expected value to be either true or false');
    }
    case 'STRING':
      if (definition.oneOf !== undefined && !definition.oneOf.includes(given)) {
        return wrong(`String must be one of: ${definition.oneOf.join(', ')}`);
      }
      return { value: given };
    case 'LIST':
      return { value: given === '' ? [] : given.split(/\s*,\s*/) };
  }
}
