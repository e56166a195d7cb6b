/** The options of kafka-configs (`kafka.admin.ConfigCommand.ConfigCommandOptions`, 3.9.0). */
import type { OptionSpec } from '../optionSpec.ts';
import { commonOptions } from '../optionSpec.ts';
import { topicConfigNames } from '../topics/options.ts';
import { dynamicBrokerConfigNames } from './dynamicBrokerConfigNames.ts';

const quotaNames = ['consumer_byte_rate', 'controller_mutation_rate', 'producer_byte_rate', 'request_percentage'];

/** What `--add-config` may set, by type of entity. */
const configNamesOf: readonly (readonly [string, readonly string[]])[] = [
  ['topics', topicConfigNames],
  ['brokers', dynamicBrokerConfigNames],
  ['users', ['SCRAM-SHA-256', 'SCRAM-SHA-512', ...quotaNames]],
  ['clients', quotaNames],
  ['ips', ['connection_creation_rate']],
  ['client-metrics', ['interval.ms', 'match', 'metrics']],
];

const validConfigs = configNamesOf
  .map(([type, names]) => `For entity-type '${type}': \n${names.map((name) => `\t${name}`).join('\n')}\n`)
  .join('');

const zkTlsSettings = `zookeeper.clientCnxnSocket, zookeeper.ssl.cipher.suites, zookeeper.ssl.client.enable, zookeeper.ssl.crl.enable, zookeeper.ssl.enabled.protocols, zookeeper.ssl.endpoint.identification.algorithm, zookeeper.ssl.keystore.location, zookeeper.ssl.keystore.password, zookeeper.ssl.keystore.type, zookeeper.ssl.ocsp.enable, zookeeper.ssl.protocol, zookeeper.ssl.truststore.location, zookeeper.ssl.truststore.password, zookeeper.ssl.truststore.type`;

export const configsOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'zookeeper',
    description:
      'DEPRECATED. The connection string for the zookeeper connection in the form host:port. Multiple URLS can be given to allow fail-over. Required when configuring SCRAM credentials for users or dynamic broker configs when the relevant broker(s) are down. Not allowed otherwise.',
    argument: { describedAs: 'urls' },
  },
  {
    name: 'bootstrap-server',
    description: 'The Kafka servers to connect to.',
    argument: { describedAs: 'server to connect to' },
  },
  {
    name: 'bootstrap-controller',
    description: 'The Kafka controllers to connect to.',
    argument: { describedAs: 'controller to connect to' },
  },
  {
    name: 'command-config',
    description:
      'Property file containing configs to be passed to Admin Client. This is used only with --bootstrap-server option for describing and altering broker configs.',
    argument: { describedAs: 'command config property file' },
  },
  { name: 'alter', description: 'Alter the configuration for the entity.' },
  { name: 'describe', description: 'List configs for the given entity.' },
  {
    name: 'all',
    description:
      'List all configs for the given topic, broker, or broker-logger entity (includes static configuration when the entity type is brokers)',
  },
  {
    name: 'entity-type',
    description: 'Type of entity (topics/clients/users/brokers/broker-loggers/ips/client-metrics)',
    argument: {},
  },
  {
    name: 'entity-name',
    description: 'Name of entity (topic name/client id/user principal name/broker id/ip/client metrics)',
    argument: {},
  },
  {
    name: 'entity-default',
    description:
      'Default entity name for clients/users/brokers/ips (applies to corresponding entity type in command line)',
  },
  {
    name: 'add-config',
    description: `Key Value pairs of configs to add. Square brackets can be used to group values which contain commas: 'k1=v1,k2=[v1,v2,v2],k3=v3'. The following is a list of valid configurations: ${validConfigs}Entity types 'users' and 'clients' may be specified together to update config for clients of a specific user.`,
    argument: {},
  },
  {
    name: 'add-config-file',
    description: 'Path to a properties file with configs to add. See add-config for a list of valid configurations.',
    argument: {},
  },
  { name: 'delete-config', description: "config keys to remove 'k1,k2'", argument: { separatedBy: ',' } },
  { name: 'force', description: 'Suppress console prompts' },
  { name: 'topic', description: "The topic's name.", argument: {} },
  { name: 'client', description: "The client's ID.", argument: {} },
  { name: 'client-defaults', description: 'The config defaults for all clients.' },
  { name: 'user', description: "The user's principal name.", argument: {} },
  { name: 'user-defaults', description: 'The config defaults for all users.' },
  { name: 'broker', description: "The broker's ID.", argument: {} },
  { name: 'broker-defaults', description: 'The config defaults for all brokers.' },
  { name: 'broker-logger', description: "The broker's ID for its logger config.", argument: {} },
  { name: 'ip-defaults', description: 'The config defaults for all IPs.' },
  { name: 'ip', description: 'The IP address.', argument: {} },
  {
    name: 'zk-tls-config-file',
    description: `Identifies the file where ZooKeeper client TLS connectivity properties are defined.  Any properties other than ${zkTlsSettings} are ignored.`,
    argument: { describedAs: 'ZooKeeper TLS configuration' },
  },
];
