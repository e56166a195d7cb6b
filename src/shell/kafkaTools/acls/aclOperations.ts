/** What an ACL may allow or deny, by the kind of resource (`AclOperation`, `ResourceType`, `AclEntry#supportedOperations`, 3.9.0). */

export type ResourceType = 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID' | 'DELEGATION_TOKEN' | 'USER';

const operations = [
  'ALL',
  'READ',
  'WRITE',
  'CREATE',
  'DELETE',
  'ALTER',
  'DESCRIBE',
  'CLUSTER_ACTION',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
  'IDEMPOTENT_WRITE',
  'CREATE_TOKENS',
  'DESCRIBE_TOKENS',
] as const;

/** UNKNOWN: a name that is none. ANY is for filters. */
export type AclOperation = (typeof operations)[number] | 'UNKNOWN' | 'ANY';

/** `DESCRIBE_CONFIGS` as it is typed: `DescribeConfigs`. */
export const operationName = (operation: AclOperation): string =>
  operation
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');

/** In the order of the enumeration; the tool itself lists a hash set, in another order each time. */
export const operationNames: readonly string[] = operations.map(operationName);

/** Whatever the case it is typed in. */
export const operationOf = (name: string): AclOperation =>
  (['UNKNOWN', 'ANY', ...operations] as const).find(
    (operation) => operationName(operation).toUpperCase() === name.toUpperCase(),
  ) ?? 'UNKNOWN';

export const supportedOperations: Readonly<Record<ResourceType, readonly AclOperation[]>> = {
  TOPIC: ['READ', 'WRITE', 'CREATE', 'DESCRIBE', 'DELETE', 'ALTER', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  GROUP: ['READ', 'DESCRIBE', 'DELETE'],
  CLUSTER: ['CREATE', 'CLUSTER_ACTION', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE', 'ALTER', 'DESCRIBE'],
  TRANSACTIONAL_ID: ['DESCRIBE', 'WRITE'],
  DELEGATION_TOKEN: ['DESCRIBE'],
  USER: ['CREATE_TOKENS', 'DESCRIBE_TOKENS'],
};
