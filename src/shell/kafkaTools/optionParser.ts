/**
 * How a Kafka tool reads its command line.
 *
 * Follows `joptsimple.OptionParser` (5.0.4) as the tools use it: `--name value`, `--name=value`, `-name value`, options anywhere among
 * the arguments, values converted only when they are asked for.
 */
import type { JavaException } from '../../cluster/client/javaException.ts';
import type { OptionSpec } from './optionSpec.ts';
import { defaultValuesOf } from './optionSpec.ts';
import { Thrown } from './stackTrace.ts';

/** An option of the command line that could not be understood (`joptsimple.OptionException`). */
export class OptionException extends Thrown {}

export interface ParsedOptions {
  /** How many arguments there were before parsing. */
  readonly argumentCount: number;
  readonly otherArguments: readonly string[];
  /** Options in the order of the command line, repeated ones as often. */
  readonly given: readonly string[];
  has(name: string): boolean;
  /** The value, the default, or undefined. Throws when there are several. */
  valueOf(name: string): string | undefined;
  valuesOf(name: string): readonly string[];
  /** The value as a whole number. Throws when it is none. */
  integerOf(name: string): number | undefined;
}

export interface ParserSettings {
  /** `--part` stands for `--partitions` when no other option begins so. The tools switch this off, with few exceptions. */
  readonly allowsAbbreviations?: boolean;
}

/** Throws an `OptionException` for an unknown option, a missing argument, a missing required option. */
export function parseOptions(
  specs: readonly OptionSpec[],
  argv: readonly string[],
  { allowsAbbreviations = false }: ParserSettings = {},
): ParsedOptions {
  const detected = new Map<string, string[]>();
  const order: string[] = [];
  const otherArguments: string[] = [];
  const rest = [...argv];
  const find = (name: string): OptionSpec | undefined => findOption(specs, name, allowsAbbreviations);

  const handle = (spec: OptionSpec, given: string | undefined): void => {
    const values = detected.get(spec.name) ?? [];
    detected.set(spec.name, values);
    order.push(spec.name);
    if (spec.argument === undefined) return;
    const value = given ?? argumentAfter(spec, rest);
    if (value !== undefined) values.push(...split(value, spec.argument.separatedBy));
  };

  for (let candidate = rest.shift(); candidate !== undefined; candidate = rest.shift()) {
    if (candidate === '--') {
      otherArguments.push(...rest.splice(0));
    } else if (candidate.startsWith('--')) {
      const [name, value] = nameAndValue(candidate.slice(2));
      const spec = find(name);
      if (spec === undefined) throw unrecognized(name);
      handle(spec, value);
    } else if (candidate.startsWith('-') && candidate !== '-') {
      const [name, value] = nameAndValue(candidate.slice(1));
      const spec = find(name);
      if (spec === undefined) handleCluster(candidate.slice(1), find, handle);
      else handle(spec, value);
    } else otherArguments.push(candidate);
  }
  ensureCombination(specs, detected);
  return new DetectedOptions(specs, detected, { given: order, argumentCount: argv.length, otherArguments });
}

class DetectedOptions implements ParsedOptions {
  readonly argumentCount: number;
  readonly otherArguments: readonly string[];
  readonly given: readonly string[];
  readonly #specs: readonly OptionSpec[];
  readonly #detected: ReadonlyMap<string, readonly string[]>;

  constructor(
    specs: readonly OptionSpec[],
    detected: ReadonlyMap<string, readonly string[]>,
    { argumentCount, otherArguments, given }: Pick<ParsedOptions, 'argumentCount' | 'otherArguments' | 'given'>,
  ) {
    this.#specs = specs;
    this.#detected = detected;
    this.argumentCount = argumentCount;
    this.otherArguments = otherArguments;
    this.given = given;
  }

  has(name: string): boolean {
    return this.#detected.has(name);
  }

  valuesOf(name: string): readonly string[] {
    const given = this.#detected.get(name);
    if (given !== undefined && given.length > 0) return given;
    const spec = this.#specs.find((other) => other.name === name);
    return spec === undefined ? [] : defaultValuesOf(spec);
  }

  valueOf(name: string): string | undefined {
    const values = this.valuesOf(name);
    if (values.length > 1) {
      const message = `Found multiple arguments for option ${name}, but you asked for only one`;
      throw new OptionException(optionError('MultipleArgumentsForOptionException', message));
    }
    return values[0];
  }

  integerOf(name: string): number | undefined {
    const value = this.valueOf(name);
    if (value === undefined) return undefined;
    const isLong = this.#specs.find((spec) => spec.name === name)?.argument?.type === 'Long';
    const number = parseJavaInteger(value, isLong ? 64 : 32);
    if (number === undefined) throw new OptionException(conversionError(name, value));
    return number;
  }
}

/** As `Integer.parseInt` (32 bits) and `Long.parseLong` (64) read it; undefined where they throw. */
export function parseJavaInteger(text: string, bits: 32 | 64): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  const limit = 2n ** BigInt(bits - 1);
  return value >= -limit && value < limit ? Number(value) : undefined;
}

export const numberFormatException = (text: string): JavaException => ({
  class: 'java.lang.NumberFormatException',
  message: `For input string: "${text}"`,
});

function findOption(specs: readonly OptionSpec[], name: string, allowsAbbreviations: boolean): OptionSpec | undefined {
  const exact = specs.find((spec) => spec.name === name);
  if (exact !== undefined || !allowsAbbreviations || name === '') return exact;
  const candidates = specs.filter((spec) => spec.name.startsWith(name));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function nameAndValue(text: string): readonly [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** The next argument where the option takes one; an optional argument never looks like an option. */
function argumentAfter(spec: OptionSpec, rest: string[]): string | undefined {
  const [next] = rest;
  if (spec.argument?.isOptional === true) {
    const { type } = spec.argument;
    const isNumber = type === 'Integer' || type === 'Long';
    // A negative number is no option, where a number may stand.
    if (isNumber && next !== undefined && parseJavaInteger(next, type === 'Long' ? 64 : 32) !== undefined) {
      return rest.shift();
    }
    const looksLikeAnOption = next === undefined || (next.startsWith('-') && next !== '-' && next !== '--');
    return looksLikeAnOption ? undefined : rest.shift();
  }
  if (next === undefined) {
    const message = `Option ${spec.name} requires an argument`;
    throw new OptionException(optionError('OptionMissingRequiredArgumentException', message));
  }
  return rest.shift();
}

/** `-xyz`: short options in one word; Kafka's tools have none of one letter, so that the first letter is what is not recognized. */
function handleCluster(
  letters: string,
  find: (name: string) => OptionSpec | undefined,
  handle: (spec: OptionSpec, given: string | undefined) => void,
): void {
  for (const letter of letters) {
    const spec = find(letter);
    if (spec === undefined) throw unrecognized(letter);
    if (spec.argument !== undefined) break;
  }
  for (const [index, letter] of Array.from(letters).entries()) {
    const spec = find(letter)!;
    const remainder = letters.slice(index + 1);
    if (spec.argument !== undefined && remainder !== '') return handle(spec, remainder);
    handle(spec, undefined);
  }
}

function split(value: string, separator: string | undefined): readonly string[] {
  if (separator === undefined) return [value];
  const values = value.split(separator).filter((part) => part !== '');
  return values.length === 0 ? [value] : values;
}

function ensureCombination(specs: readonly OptionSpec[], detected: ReadonlyMap<string, unknown>): void {
  if (specs.some((spec) => spec.isForHelp === true && detected.has(spec.name))) return;
  const missing = specs.filter(
    ({ name, isRequired, requiredUnless }) =>
      !detected.has(name) &&
      (isRequired === true || (requiredUnless !== undefined && !requiredUnless.some((other) => detected.has(other)))),
  );
  if (missing.length > 0) {
    const message = `Missing required option(s) [${missing.map(({ name }) => name).join(', ')}]`;
    throw new OptionException(optionError('MissingRequiredOptionsException', message));
  }
  const forbidden = specs.filter(
    ({ name, availableIf }) =>
      detected.has(name) && availableIf !== undefined && !availableIf.some((other) => detected.has(other)),
  );
  if (forbidden.length === 0) return;
  const message = `Option(s) [${forbidden.map(({ name }) => name).join(', ')}] are unavailable given other options on the command line`;
  throw new OptionException(optionError('UnavailableOptionException', message));
}

const optionError = (simpleName: string, message: string): JavaException => ({
  class: `joptsimple.${simpleName}`,
  message,
});

const unrecognized = (name: string): OptionException =>
  new OptionException(optionError('UnrecognizedOptionException', `${name} is not a recognized option`));

function conversionError(name: string, value: string): JavaException {
  const cause = numberFormatException(value);
  const reflection: JavaException = {
    class: 'joptsimple.internal.ReflectionException',
    message: `${cause.class}: ${cause.message}`,
    cause,
  };
  return {
    ...optionError('OptionArgumentConversionException', `Cannot parse argument '${value}' of option ${name}`),
    cause: reflection,
  };
}
