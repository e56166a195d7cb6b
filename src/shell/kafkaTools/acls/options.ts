/** The options of kafka-acls (`kafka.admin.AclCommand.AclCommandOptions`, 3.9.0). */
import type { OptionSpec } from '../optionSpec.ts';
import { commonOptions } from '../optionSpec.ts';
import { operationNames } from './aclOperations.ts';

export const authorizerDeprecation =
  'Warning: support for ACL configuration directly through the authorizer is deprecated and will be removed in a future release. Please use --bootstrap-server instead to set ACLs through the admin client.';

const zooKeeperTlsSettings = [
  'zookeeper.clientCnxnSocket',
  'zookeeper.ssl.cipher.suites',
  'zookeeper.ssl.client.enable',
  'zookeeper.ssl.crl.enable',
  'zookeeper.ssl.enabled.protocols',
  'zookeeper.ssl.endpoint.identification.algorithm',
  'zookeeper.ssl.keystore.location',
  'zookeeper.ssl.keystore.password',
  'zookeeper.ssl.keystore.type',
  'zookeeper.ssl.ocsp.enable',
  'zookeeper.ssl.protocol',
  'zookeeper.ssl.truststore.location',
  'zookeeper.ssl.truststore.password',
  'zookeeper.ssl.truststore.type',
];

export const aclOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'bootstrap-server',
    description:
      'A list of host/port pairs to use for establishing the connection to the Kafka cluster. This list should be in the form host1:port1,host2:port2,... This config is required for acl management using admin client API.',
    argument: { describedAs: 'server to connect to' },
  },
  {
    name: 'command-config',
    description: 'A property file containing configs to be passed to Admin Client.',
    argument: { describedAs: 'command-config', isOptional: true },
  },
  {
    name: 'authorizer',
    description: `DEPRECATED: Fully qualified class name of the authorizer, which defaults to kafka.security.authorizer.AclAuthorizer if --bootstrap-server is not provided. ${authorizerDeprecation}`,
    argument: { describedAs: 'authorizer' },
  },
  {
    name: 'authorizer-properties',
    description: `DEPRECATED: The properties required to configure an instance of the Authorizer specified by --authorizer. These are key=val pairs. For the default authorizer, example values are: zookeeper.connect=localhost:2181. ${authorizerDeprecation}`,
    argument: { describedAs: 'authorizer-properties' },
  },
  {
    name: 'topic',
    description:
      "topic to which ACLs should be added or removed. A value of '*' indicates ACL should apply to all topics.",
    argument: { describedAs: 'topic' },
  },
  { name: 'cluster', description: 'Add/Remove cluster ACLs.' },
  {
    name: 'group',
    description:
      "Consumer Group to which the ACLs should be added or removed. A value of '*' indicates the ACLs should apply to all groups.",
    argument: { describedAs: 'group' },
  },
  {
    name: 'transactional-id',
    description:
      "The transactionalId to which ACLs should be added or removed. A value of '*' indicates the ACLs should apply to all transactionalIds.",
    argument: { describedAs: 'transactional-id' },
  },
  {
    name: 'idempotent',
    description:
      'Enable idempotence for the producer. This should be used in combination with the --producer option. Note that idempotence is enabled automatically if the producer is authorized to a particular transactional-id.',
  },
  {
    name: 'delegation-token',
    description:
      "Delegation token to which ACLs should be added or removed. A value of '*' indicates ACL should apply to all tokens.",
    argument: { describedAs: 'delegation-token' },
  },
  {
    name: 'resource-pattern-type',
    description:
      "The type of the resource pattern or pattern filter. When adding acls, this should be a specific pattern type, e.g. 'literal' or 'prefixed'. When listing or removing acls, a specific pattern type can be used to list or remove acls from specific resource patterns, or use the filter values of 'any' or 'match', where 'any' will match any pattern type, but will match the resource name exactly, where as 'match' will perform pattern matching to list or remove all acls that affect the supplied resource(s). WARNING: 'match', when used in combination with the '--remove' switch, should be used with care.",
    argument: { type: 'ANY|MATCH|LITERAL|PREFIXED', defaultsTo: 'LITERAL' },
  },
  { name: 'add', description: 'Indicates you are trying to add ACLs.' },
  { name: 'remove', description: 'Indicates you are trying to remove ACLs.' },
  {
    name: 'list',
    description:
      'List ACLs for the specified resource, use --topic <topic> or --group <group> or --cluster to specify a resource.',
  },
  {
    name: 'operation',
    description: `Operation that is being allowed or denied. Valid operation names are: \n${operationNames.map((name) => `\t${name}`).join('\n')}\n`,
    argument: { defaultsTo: 'All' },
  },
  {
    name: 'allow-principal',
    description:
      "principal is in principalType:name format. Note that principalType must be supported by the Authorizer being used. For example, User:'*' is the wild card indicating all users.",
    argument: { describedAs: 'allow-principal' },
  },
  {
    name: 'deny-principal',
    description:
      "principal is in principalType:name format. By default anyone not added through --allow-principal is denied access. You only need to use this option as negation to already allowed set. Note that principalType must be supported by the Authorizer being used. For example if you wanted to allow access to all users in the system but not test-user you can define an ACL that allows access to User:'*' and specify --deny-principal=User:test@EXAMPLE.COM. AND PLEASE REMEMBER DENY RULES TAKES PRECEDENCE OVER ALLOW RULES.",
    argument: { describedAs: 'deny-principal' },
  },
  {
    name: 'principal',
    description:
      'List ACLs for the specified principal. principal is in principalType:name format. Note that principalType must be supported by the Authorizer being used. Multiple --principal option can be passed.',
    argument: { describedAs: 'principal', isOptional: true },
  },
  {
    name: 'allow-host',
    description:
      "Host from which principals listed in --allow-principal will have access. If you have specified --allow-principal then the default for this option will be set to '*' which allows access from all hosts.",
    argument: { describedAs: 'allow-host' },
  },
  {
    name: 'deny-host',
    description:
      "Host from which principals listed in --deny-principal will be denied access. If you have specified --deny-principal then the default for this option will be set to '*' which denies access from all hosts.",
    argument: { describedAs: 'deny-host' },
  },
  {
    name: 'producer',
    description:
      'Convenience option to add/remove ACLs for producer role. This will generate ACLs that allows WRITE,DESCRIBE and CREATE on topic.',
  },
  {
    name: 'consumer',
    description:
      'Convenience option to add/remove ACLs for consumer role. This will generate ACLs that allows READ,DESCRIBE on topic and READ on group.',
  },
  { name: 'force', description: 'Assume Yes to all queries and do not prompt.' },
  {
    name: 'zk-tls-config-file',
    description: `DEPRECATED: Identifies the file where ZooKeeper client TLS connectivity properties are defined for the default authorizer kafka.security.authorizer.AclAuthorizer. Any properties other than the following (with or without an "authorizer." prefix) are ignored: ${zooKeeperTlsSettings.join(', ')}. Note that if SASL is not configured and zookeeper.set.acl is supposed to be true due to mutual certificate authentication being used then it is necessary to explicitly specify --authorizer-properties zookeeper.set.acl=true. ${authorizerDeprecation}`,
    argument: { describedAs: 'Authorizer ZooKeeper TLS configuration' },
  },
  {
    name: 'user-principal',
    description:
      'Specifies a user principal as a resource in relation with the operation. For instance one could grant CreateTokens or DescribeTokens permission on a given user principal.',
    argument: { describedAs: 'user-principal' },
  },
];
