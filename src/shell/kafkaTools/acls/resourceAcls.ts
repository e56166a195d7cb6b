/** The resources that a command line of kafka-acls names, each with the ACLs it asks for (`AclCommand#getResourceFilterToAcls`, 3.9.0). */
import { usageExit } from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { OptionException } from '../optionParser.ts';
import { illegalArgument } from '../stackTrace.ts';
import type { AclOperation, ResourceType } from './aclOperations.ts';
import { operationName, operationOf, supportedOperations } from './aclOperations.ts';
import { aclOptions } from './options.ts';

export interface ResourceAcls {
  /** As Kafka shows what it contains: `(resourceType=TOPIC, name=t, patternType=LITERAL)`. */
  readonly resource: string;
  readonly type: ResourceType;
  readonly acls: readonly { readonly operation: AclOperation; readonly shown: string }[];
}

const patternTypes = ['ANY', 'MATCH', 'LITERAL', 'PREFIXED'];

/** Throws where the value is none of the four. */
export function patternTypeOf(options: ParsedOptions): string {
  const given = options.valueOf('resource-pattern-type') ?? 'LITERAL';
  const found = patternTypes.find((type) => type === given.toUpperCase());
  if (found !== undefined) return found;
  throw new OptionException({
    class: 'joptsimple.OptionArgumentConversionException',
    message: `Cannot parse argument '${given}' of option resource-pattern-type`,
    cause: {
      class: 'joptsimple.ValueConversionException',
      message: `Value [${given}] is not one of [UNKNOWN|ANY|MATCH|LITERAL|PREFIXED]`,
    },
  });
}

/** Throws the usage where the command line names none. */
export function resourcesOf(
  options: ParsedOptions,
  { mustExist }: { readonly mustExist: boolean },
): readonly Pick<ResourceAcls, 'resource' | 'type'>[] {
  const patternType = patternTypeOf(options);
  const shown = (type: ResourceType, name: string, pattern = patternType) => ({
    type,
    resource: `(resourceType=${type}, name=${name}, patternType=${pattern})`,
  });
  const named = (option: string, type: ResourceType) =>
    (options.has(option) ? options.valuesOf(option) : []).map((name) => shown(type, name.trim()));
  const isCluster = patternType === 'LITERAL' && (options.has('cluster') || options.has('idempotent'));
  const resources = [
    ...named('topic', 'TOPIC'),
    ...(isCluster ? [shown('CLUSTER', 'kafka-cluster', 'LITERAL')] : []),
    ...named('group', 'GROUP'),
    ...named('transactional-id', 'TRANSACTIONAL_ID'),
    ...named('delegation-token', 'DELEGATION_TOKEN'),
    ...named('user-principal', 'USER'),
  ];
  if (resources.length === 0 && mustExist) {
    throw usageExit(
      aclOptions,
      'You must provide at least one resource: --topic <topic> or --cluster or --group <group> or --delegation-token <Delegation Token ID>',
    );
  }
  return resources;
}

/** Throws the usage for an operation that a resource does not have. */
export function resourceAclsOf(options: ParsedOptions): readonly ResourceAcls[] {
  const asked = new Map<string, ResourceAcls>();
  const ask = (type: ResourceType, operations: readonly AclOperation[]) => {
    for (const { resource } of resourcesOf(options, { mustExist: true }).filter((other) => other.type === type)) {
      const before = asked.get(resource)?.acls ?? [];
      const more = aclsFor(options, operations).filter(({ shown }) => !before.some((acl) => acl.shown === shown));
      asked.set(resource, { resource, type, acls: [...before, ...more] });
    }
  };
  const isProducer = options.has('producer');
  const isConsumer = options.has('consumer');
  if (!isProducer && !isConsumer) {
    const operations = options.valuesOf('operation').map((name) => operationOf(name.trim()));
    for (const type of new Set(resourcesOf(options, { mustExist: true }).map((resource) => resource.type))) {
      ask(type, operations);
    }
  }
  if (isProducer) {
    ask('TOPIC', ['WRITE', 'DESCRIBE', 'CREATE']);
    ask('TRANSACTIONAL_ID', ['WRITE', 'DESCRIBE']);
    if (options.has('idempotent')) ask('CLUSTER', ['IDEMPOTENT_WRITE']);
  }
  if (isConsumer) {
    ask('TOPIC', ['READ', 'DESCRIBE']);
    ask('GROUP', ['READ']);
  }
  for (const { type, acls } of asked.values()) {
    const valid: readonly AclOperation[] = [...supportedOperations[type], 'ALL'];
    if (acls.some(({ operation }) => !valid.includes(operation))) {
      const names = valid.map(operationName).join(', ');
      throw usageExit(aclOptions, `ResourceType ${type} only supports operations ${names}`);
    }
  }
  return [...asked.values()];
}

function aclsFor(options: ParsedOptions, operations: readonly AclOperation[]): ResourceAcls['acls'] {
  const side = (permission: 'ALLOW' | 'DENY') => {
    const [principalOption, hostOption] =
      permission === 'ALLOW' ? ['allow-principal', 'allow-host'] : ['deny-principal', 'deny-host'];
    const principals = principalsOf(options, principalOption);
    const given = options.has(hostOption) ? options.valuesOf(hostOption).map((host) => host.trim()) : ['*'];
    return principals.flatMap((principal) =>
      operations.flatMap((operation) =>
        given.map((host) => ({
          operation,
          shown: `(principal=${principal}, host=${host}, operation=${operation}, permissionType=${permission})`,
        })),
      ),
    );
  };
  return [...side('ALLOW'), ...side('DENY')];
}

/** Each once. Throws an IllegalArgumentException for one without `type:`. */
export function principalsOf(options: ParsedOptions, option: string): readonly string[] {
  const principals = (options.has(option) ? options.valuesOf(option) : []).map((given) => {
    const principal = given.trim();
    if (principal.includes(':')) return principal;
    throw illegalArgument(`expected a string in format principalType:principalName but got ${principal}`);
  });
  return [...new Set(principals)];
}
