/** Whose settings kafka-configs is asked about, checked as `ConfigCommandOptions.checkArgs` checks it (3.9.0). */
import { checkInvalidArgs, usageExit } from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { parseJavaInteger } from '../optionParser.ts';
import { illegalArgument } from '../stackTrace.ts';
import { configsOptions } from './options.ts';

export interface Entities {
  readonly types: readonly string[];
  /** Empty: the default of all. */
  readonly names: readonly string[];
}

const typeOfFlag: Readonly<Record<string, string>> = {
  topic: 'topics',
  client: 'clients',
  user: 'users',
  broker: 'brokers',
  'broker-logger': 'broker-loggers',
  ip: 'ips',
};
const typeOfDefaultsFlag: Readonly<Record<string, string>> = {
  'client-defaults': 'clients',
  'user-defaults': 'users',
  'broker-defaults': 'brokers',
  'ip-defaults': 'ips',
};

const typesOfBrokers = ['topics', 'clients', 'users', 'brokers', 'ips', 'broker-loggers', 'client-metrics'];
const typesOfZooKeeper = ['users', 'brokers'];

export function entitiesOf(options: ParsedOptions): Entities {
  const flags = Object.keys(typeOfFlag).filter((flag) => options.has(flag));
  const defaults = Object.keys(typeOfDefaultsFlag).filter((flag) => options.has(flag));
  const names = [...options.valuesOf('entity-name')];
  return {
    types: [
      ...options.valuesOf('entity-type'),
      ...flags.map((flag) => typeOfFlag[flag]!),
      ...defaults.map((flag) => typeOfDefaultsFlag[flag]!),
    ],
    names: [
      ...options.given
        .filter((option) => option === 'entity-name' || option === 'entity-default')
        .map((option) => (option === 'entity-name' ? names.shift()! : '')),
      ...flags.map((flag) => options.valueOf(flag)!),
      ...defaults.map(() => ''),
    ],
  };
}

/** Throws a `ToolExit` or an IllegalArgumentException. */
export function checkArguments(options: ParsedOptions): Entities {
  if (options.has('alter') === options.has('describe')) {
    throw usageExit(configsOptions, 'Command must include exactly one action: --describe, --alter');
  }
  checkInvalidArgs(configsOptions, options, 'describe', 'alter', 'add-config', 'delete-config');
  const entities = entitiesOf(options);
  checkTypes(options, entities);
  checkConnection(options);
  checkNames(options, entities);
  if (options.has('alter')) checkAlter(options, entities);
  return entities;
}

function checkTypes(options: ParsedOptions, { types }: Entities): void {
  const repeated = types.filter((type, index) => types.indexOf(type) < index);
  if (repeated.length > 0) throw illegalArgument(`Duplicate entity type(s) specified: ${repeated.join(',')}`);
  const throughBroker = options.has('bootstrap-server') || options.has('bootstrap-controller');
  const allowed = throughBroker ? typesOfBrokers : typesOfZooKeeper;
  const how = throughBroker ? '--bootstrap-server or --bootstrap-controller' : '--zookeeper';
  const wrong = types.find((type) => !allowed.includes(type));
  if (wrong !== undefined) {
    throw illegalArgument(
      `Invalid entity type ${wrong}, the entity type must be one of ${allowed.join(', ')} with a ${how} argument`,
    );
  }
  if (types.length === 0) throw illegalArgument('At least one entity type must be specified');
  if (types.length > 1 && !types.every((type) => type === 'users' || type === 'clients')) {
    throw illegalArgument("Only 'users' and 'clients' entity types may be specified together");
  }
  const flags = [...Object.keys(typeOfFlag), ...Object.keys(typeOfDefaultsFlag)];
  if (
    ['entity-name', 'entity-type', 'entity-default'].some((name) => options.has(name)) &&
    flags.some((flag) => options.has(flag))
  ) {
    throw illegalArgument('--entity-{type,name,default} should not be used in conjunction with specific entity flags');
  }
}

function checkConnection(options: ParsedOptions): void {
  const given = ['bootstrap-server', 'bootstrap-controller', 'zookeeper'].filter((name) => options.has(name));
  if (given.length === 0) {
    throw illegalArgument(
      'One of the required --bootstrap-server, --boostrap-controller, or --zookeeper arguments must be specified',
    );
  }
  if (given.length > 1) {
    throw illegalArgument('Only one of --bootstrap-server, --boostrap-controller, and --zookeeper can be specified');
  }
  if (options.has('all') && options.has('zookeeper')) {
    throw illegalArgument('--bootstrap-server must be specified for --all');
  }
  if (options.has('zk-tls-config-file') && !options.has('zookeeper')) {
    throw illegalArgument('Only the --zookeeper option can be used with the --zk-tls-config-file option.');
  }
}

function checkNames(options: ParsedOptions, { types, names }: Entities): void {
  const hasName = names.some((name) => name !== '');
  if (hasName && (types.includes('brokers') || types.includes('broker-loggers'))) {
    for (const option of ['entity-name', 'broker', 'broker-logger']) {
      const id = options.has(option) ? options.valueOf(option)! : undefined;
      if (id !== undefined && parseJavaInteger(id, 32) === undefined) {
        throw illegalArgument(`The entity name for ${types[0]} must be a valid integer broker id, but it is: ${id}`);
      }
    }
  }
  if (options.has('describe') && types.includes('broker-loggers') && !hasName) {
    throw illegalArgument(`an entity name must be specified with --describe of ${types.join(',')}`);
  }
}

function checkAlter(options: ParsedOptions, { types, names }: Entities): void {
  const mayBeDefault = ['users', 'clients', 'brokers', 'ips'].some((type) => types.includes(type));
  if (mayBeDefault && names.length === 0) {
    throw illegalArgument(
      'an entity-name or default entity must be specified with --alter of users, clients, brokers or ips',
    );
  }
  if (!mayBeDefault && !names.some((name) => name !== '')) {
    throw illegalArgument(`an entity name must be specified with --alter of ${types.join(',')}`);
  }
  const [adds, addsFile, deletes] = ['add-config', 'add-config-file', 'delete-config'].map((name) => options.has(name));
  if (adds === true && addsFile === true) {
    throw illegalArgument('Only one of --add-config or --add-config-file must be specified');
  }
  if (adds !== true && addsFile !== true && deletes !== true) {
    throw illegalArgument(
      'At least one of --add-config, --add-config-file, or --delete-config must be specified with --alter',
    );
  }
}
