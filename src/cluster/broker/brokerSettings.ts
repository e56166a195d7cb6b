/**
 * A broker's settings: `server.properties`, what the command line puts over it, and what was changed while it ran.
 *
 * Follows `kafka.server.KafkaConfig` and `kafka.Kafka#getPropsFromArgs` (3.9.0). The table of names, types and defaults is in `src/kafka/config`.
 */
import { brokerConfig } from '../../kafka/config/brokerConfig.ts';
import { checkBrokerSettings } from '../../kafka/config/brokerSettings.ts';
import {
  settingBoolean,
  settingNumber,
  settingNumberOrNull,
  settingText,
  type Settings,
} from '../../kafka/config/settings.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { readText, resolvePath } from '../../kernel/fileSystem.ts';
import { parseProperties } from './properties.ts';

interface Listener {
  readonly name: string;
  /** Empty: all addresses. */
  readonly host: string;
  readonly port: number;
}

/** Read once; the values needed at every request stand as numbers. */
export interface BrokerSettings {
  /** As given in the file and on the command line. */
  readonly given: Settings;
  /** Changed while running, for this broker (`/config/brokers/<id>`) and for all (`<default>`): the former wins. */
  readonly dynamic: Settings;
  readonly dynamicDefault: Settings;
  /** All together. */
  readonly effective: Settings;
  readonly brokerId: number;
  readonly zookeeperConnect: string;
  readonly zookeeperSessionTimeoutMs: number;
  readonly zookeeperConnectionTimeoutMs: number;
  readonly listener: Listener;
  /** What clients are told. */
  readonly advertised: Listener;
  /** The host was given, not found out. */
  readonly isAdvertisedHostGiven: boolean;
  readonly logDirs: readonly string[];
  readonly replicaLagTimeMaxMs: number;
  readonly replicaFetchWaitMaxMs: number;
  readonly replicaFetchBackoffMs: number;
  readonly replicaFetchMinBytes: number;
  readonly replicaFetchMaxBytes: number;
  readonly replicaFetchResponseMaxBytes: number;
  readonly fetchMaxBytes: number;
  readonly rack: string | null;
}

type NumberName = Parameters<typeof settingNumber<typeof brokerConfig>>[2];
type BooleanName = Parameters<typeof settingBoolean<typeof brokerConfig>>[2];

export const brokerNumber = ({ effective }: BrokerSettings, name: NumberName): number =>
  settingNumber(brokerConfig, effective, name);
export const brokerBoolean = ({ effective }: BrokerSettings, name: BooleanName): boolean =>
  settingBoolean(brokerConfig, effective, name);

export type ReadSettings =
  | { readonly outcome: 'read'; readonly settings: BrokerSettings }
  | { readonly outcome: 'invalid'; readonly exception: string };

/** The file is the first argument; `--override name=value` follows, several times. */
export function readBrokerSettings(files: FileSystem, cwd: string, argv: readonly string[]): ReadSettings {
  const [file = '', ...options] = argv;
  const text = readText(files, resolvePath(cwd, file));
  if (text === undefined) return { outcome: 'invalid', exception: `java.nio.file.NoSuchFileException: ${file}` };
  const given: Record<string, string> = parseProperties(text);
  for (let i = 0; i < options.length; i++) {
    const option = options[i]!;
    const pair = option === '--override' ? options[++i] : /^--override=(.*)$/s.exec(option)?.[1];
    if (pair === undefined) continue;
    const at = pair.indexOf('=');
    // A name alone has the empty value.
    if (at !== 0) given[at < 0 ? pair : pair.slice(0, at)] = at < 0 ? '' : pair.slice(at + 1);
  }
  if (given['process.roles'] !== undefined) return { outcome: 'invalid', exception: notSimulated };
  const problem = checkBrokerSettings(given);
  if (problem !== null) return { outcome: 'invalid', exception: `${problem.exception}: ${problem.message}` };
  const listener = parseListener(given['listeners'] ?? brokerConfig.listeners.defaultValue);
  const advertised = parseListener(given['advertised.listeners'] ?? given['listeners'] ?? 'PLAINTEXT://:9092');
  if (listener === null || advertised === null) {
    const message = `Error creating broker listeners from '${given['listeners'] ?? ''}': Unable to parse ${given['listeners'] ?? ''} to a broker endpoint`;
    return { outcome: 'invalid', exception: `java.lang.IllegalArgumentException: ${message}` };
  }
  return { outcome: 'read', settings: settle(given, {}, {}, listener, advertised) };
}

/** Our words, not Kafka's: the course is about ZooKeeper. */
const notSimulated =
  'This simulator runs Kafka with ZooKeeper only: process.roles, which asks for KRaft, is not simulated.';

/** Only the first is served: inter-broker and client traffic share it. */
function parseListener(text: string): Listener | null {
  const match = /^\s*(\w+):\/\/\[?([^,]*?)\]?:(-?\d+)/.exec(text);
  return match === null ? null : { name: match[1]!.toUpperCase(), host: match[2]!, port: Number(match[3]) };
}

/** The same settings after a change while running. */
export function withDynamicSettings(
  { given, listener, advertised, isAdvertisedHostGiven, brokerId }: BrokerSettings,
  dynamic: Settings,
  dynamicDefault: Settings,
): BrokerSettings {
  const host = isAdvertisedHostGiven ? advertised.host : '';
  return { ...settle(given, dynamic, dynamicDefault, listener, { ...advertised, host }), brokerId };
}

function settle(
  given: Settings,
  dynamic: Settings,
  dynamicDefault: Settings,
  listener: Listener,
  advertised: Listener,
): BrokerSettings {
  const effective = { ...given, ...dynamicDefault, ...dynamic };
  const number = (name: NumberName) => settingNumber(brokerConfig, effective, name);
  const sessionTimeoutMs = number('zookeeper.session.timeout.ms');
  const logDirs = settingText(brokerConfig, effective, 'log.dirs') ?? effective['log.dir'] ?? '/tmp/kafka-logs';
  const brokerId = number('broker.id');
  return {
    given,
    dynamic,
    dynamicDefault,
    effective,
    brokerId: brokerId >= 0 ? brokerId : number('node.id'),
    zookeeperConnect: effective['zookeeper.connect'] ?? '',
    zookeeperSessionTimeoutMs: sessionTimeoutMs,
    zookeeperConnectionTimeoutMs:
      settingNumberOrNull(brokerConfig, effective, 'zookeeper.connection.timeout.ms') ?? sessionTimeoutMs,
    listener,
    // An empty host is the canonical name of the machine.
    isAdvertisedHostGiven: advertised.host !== '',
    advertised: { ...advertised, host: advertised.host === '' ? 'localhost' : advertised.host },
    logDirs: logDirs
      .split(',')
      .map((dir) => dir.trim())
      .filter((dir) => dir !== ''),
    replicaLagTimeMaxMs: number('replica.lag.time.max.ms'),
    replicaFetchWaitMaxMs: number('replica.fetch.wait.max.ms'),
    replicaFetchBackoffMs: number('replica.fetch.backoff.ms'),
    replicaFetchMinBytes: number('replica.fetch.min.bytes'),
    replicaFetchMaxBytes: number('replica.fetch.max.bytes'),
    replicaFetchResponseMaxBytes: number('replica.fetch.response.max.bytes'),
    fetchMaxBytes: number('fetch.max.bytes'),
    rack: settingText(brokerConfig, effective, 'broker.rack'),
  };
}

/** Of a broker that has not read its file yet: all defaults. */
export const noSettings: BrokerSettings = settle(
  {},
  {},
  {},
  { name: 'PLAINTEXT', host: '', port: 9092 },
  { name: 'PLAINTEXT', host: '', port: 9092 },
);
