/**
 * What the tools check of a command line, and how they leave when it is wrong.
 *
 * Follows `org.apache.kafka.server.util.CommandLineUtils` and `ToolsUtils` (3.9.0).
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import { exit, print, printError } from '../effects.ts';
import type { ParsedOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { illegalArgument } from './stackTrace.ts';
import { usageText } from './usageText.ts';

export const kafkaVersion = '3.9.0';

/** `Exit.exit`: the tool ends here, after what it prints. */
export class ToolExit extends Error {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;

  constructor(code: number, { stdout = '', stderr = '' }: { stdout?: string; stderr?: string }) {
    super(`exit ${code}`);
    this.code = code;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

/** What the tool prints as it leaves, and its exit. */
export const farewell = ({ code, stdout, stderr }: ToolExit): readonly KernelEffect[] => [
  ...(stdout === '' ? [] : [print(stdout)]),
  ...(stderr === '' ? [] : [printError(stderr)]),
  exit(code),
];

export const usageExit = (specs: readonly OptionSpec[], message: string): ToolExit =>
  new ToolExit(1, { stderr: `${message}\n${usageText(specs)}` });

/** No argument at all, or `--help`: the usage, exit 1. `--version`: exit 0. */
export function maybePrintHelpOrVersion(specs: readonly OptionSpec[], options: ParsedOptions, message: string): void {
  if (options.argumentCount === 0 || options.has('help')) throw usageExit(specs, message);
  if (options.has('version')) throw new ToolExit(0, { stdout: `${kafkaVersion}\n` });
}

export function checkRequiredArgs(specs: readonly OptionSpec[], options: ParsedOptions, ...names: string[]): void {
  for (const name of names) {
    if (!options.has(name)) throw usageExit(specs, `Missing required argument "[${name}]"`);
  }
}

/** None of `invalid` beside `used`. */
export function checkInvalidArgs(
  specs: readonly OptionSpec[],
  options: ParsedOptions,
  used: string,
  ...invalid: string[]
): void {
  if (!options.has(used)) return;
  for (const name of invalid) {
    if (options.has(name)) throw usageExit(specs, `Option "[${used}]" can't be used with option "[${name}]"`);
  }
}

/** None of `invalid` beside all of `used`. */
export function checkInvalidArgsSet(
  specs: readonly OptionSpec[],
  options: ParsedOptions,
  { used, invalid, trailing }: { used: readonly string[]; invalid: readonly string[]; trailing: string },
): void {
  if (!used.every((name) => options.has(name))) return;
  const combination = used.map((name) => `[${name}]`).join(', ');
  for (const name of invalid) {
    if (options.has(name))
      throw usageExit(specs, `Option combination "[${combination}]" can't be used with option "[${name}]"${trailing}`);
  }
}

/** `key=value` pairs, the last of a key wins; a key without value has the empty one. */
export function parseKeyValueArgs(args: readonly string[]): Readonly<Record<string, string>> {
  const properties: Record<string, string> = {};
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (equals === -1) properties[arg] = '';
    else properties[arg.slice(0, equals)] = arg.slice(equals + 1);
  }
  return properties;
}

/** Every address of the list has a port (`Utils.getPort`). */
export function areAddressesWithPorts(hostPorts: string): boolean {
  const list = hostPorts.split(',');
  while (list.at(-1) === '') list.pop();
  return list.length > 0 && list.every((address) => /^.*?\[?[0-9a-zA-Z\-%._:]*\]?:[0-9]+$/.test(address));
}

/** Throws an IllegalArgumentException for a list that is empty or has an address without port. */
export function validateBootstrapServer(hostPorts: string): void {
  if (hostPorts.trim() === '') throw illegalArgument('Error while validating the bootstrap address\n');
  if (!areAddressesWithPorts(hostPorts)) {
    throw illegalArgument('Please provide valid host:port like host1:9091,host2:9092\n');
  }
}
