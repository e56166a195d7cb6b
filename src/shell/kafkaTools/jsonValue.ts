/**
 * Values of a JSON file as the tools take them: `JsonValue`, `JsonObject` and `DecodeJson` of `org.apache.kafka.server.util.json` (3.9.0).
 *
 * What is not of the type that was asked for is a JsonMappingException, which names both.
 */
import type { Thrown } from './stackTrace.ts';
import { thrown } from './stackTrace.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const mappingFailure = (message: string): Thrown =>
  thrown('com.fasterxml.jackson.databind.JsonMappingException', message);

const unexpected = (expected: string, value: unknown): Thrown =>
  mappingFailure(`Expected ${expected}, received ${JSON.stringify(value)}`);

export function asJsonObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw unexpected('JSON object', value);
}

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function asJsonArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unexpected('JSON array', value);
}

/** `JsonObject.apply`: the field must be there, be it null. */
export function fieldOf(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  throw mappingFailure(`No such field exists: \`${name}\``);
}

export function asString(value: unknown): string {
  if (typeof value === 'string') return value;
  throw unexpected('`String` value', value);
}

/** Of 32 bits. */
export function asInteger(value: unknown): number {
  if (isWhole(value) && value === (value | 0)) return value;
  throw unexpected('`Integer` value', value);
}

export function asLong(value: unknown): number {
  if (isWhole(value)) return value;
  throw unexpected('`Long` value', value);
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** A list that is none is expected to be a `JSON array` value; its items are decoded one by one. */
export function asListOf<T>(value: unknown, decode: (item: unknown) => T): readonly T[] {
  if (Array.isArray(value)) return value.map((item: unknown) => decode(item));
  throw unexpected('`JSON array` value', value);
}
