/**
 * kafka-acls (`kafka.admin.AclCommand`, 3.9.0): who may do what. The brokers here have no authorizer, as those of the course have none: they
 * refuse what the tool asks of them, and it says so.
 */
import type { ProcessInput } from '../../kernel/process.ts';
import type { ResourceAcls } from './acls/resourceAcls.ts';
import { patternTypeOf, principalsOf, resourceAclsOf, resourcesOf } from './acls/resourceAcls.ts';
import { aclOptions, authorizerDeprecation } from './acls/options.ts';
import { ToolExit, checkInvalidArgs, checkRequiredArgs, maybePrintHelpOrVersion, usageExit } from './commandLine.ts';
import type { ParsedOptions } from './optionParser.ts';
import { parseOptions } from './optionParser.ts';
import { loadProperties } from './propertiesFile.ts';
import { refusedCall } from './refusedCall.ts';
import type { Script } from './script.ts';
import { createAdmin, err, out, readLine, scriptProgram } from './script.ts';
import { Thrown, stackTrace } from './stackTrace.ts';

const mainFrame = 'kafka.admin.AclCommand.main(AclCommand.scala)';

export const acls = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  const options = parseOptions(aclOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(aclOptions, options, 'This tool helps to manage acls on kafka.');
  if (options.has('bootstrap-server') && options.has('authorizer')) {
    throw usageExit(aclOptions, 'Only one of --bootstrap-server or --authorizer must be specified');
  }
  if (!options.has('bootstrap-server')) {
    checkRequiredArgs(aclOptions, options, 'authorizer-properties');
    yield* err(`${authorizerDeprecation}\n`);
  }
  checkArguments(options);
  if (!options.has('bootstrap-server')) {
    throw new ToolExit(1, {
      stderr: 'kafka-acls: ACLs written to ZooKeeper without a broker (--authorizer) are not simulated.\n',
    });
  }
  try {
    if (options.has('add')) yield* addAcls(input, options);
    else if (options.has('remove')) yield* removeAcls(input, options);
    else yield* listAcls(input, options);
    return 0;
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    const { exception } = problem;
    yield* out(
      `Error while executing ACL command: ${exception.message ?? 'null'}\n${stackTrace(exception, mainFrame)}\n`,
    );
    return 1;
  }
}

function checkArguments(options: ParsedOptions): void {
  const has = (name: string): boolean => options.has(name);
  const refuse = (message: string): never => {
    throw usageExit(aclOptions, message);
  };
  if (has('command-config') && !has('bootstrap-server')) {
    refuse('The --command-config option can only be used with --bootstrap-server option');
  }
  if (has('authorizer-properties') && has('bootstrap-server')) {
    refuse('The --authorizer-properties option can only be used with --authorizer option');
  }
  if (['add', 'remove', 'list'].filter(has).length !== 1) {
    refuse('Command must include exactly one action: --list, --add, --remove. ');
  }
  const notListed = ['producer', 'consumer', 'allow-host', 'allow-principal', 'deny-host', 'deny-principal'];
  checkInvalidArgs(aclOptions, options, 'list', ...notListed);
  checkInvalidArgs(aclOptions, options, 'producer', 'operation', 'deny-principal', 'deny-host');
  checkInvalidArgs(aclOptions, options, 'consumer', 'operation', 'deny-principal', 'deny-host');
  if (has('principal') && !has('list')) refuse('The --principal option is only available if --list is set');
  if (has('producer') && !has('topic')) refuse('With --producer you must specify a --topic');
  if (has('idempotent') && !has('producer')) {
    refuse('The --idempotent option is only available if --producer is set');
  }
  const isBeside = !has('producer') && (has('cluster') || has('transactional-id'));
  if (has('consumer') && (!has('topic') || !has('group') || isBeside)) {
    refuse(
      'With --consumer you must specify a --topic and a --group and no --cluster or --transactional-id option should be specified.',
    );
  }
}

const noAuthorizer = (message: string) => ({
  class: 'org.apache.kafka.common.errors.SecurityDisabledException',
  message,
});

function* connect(input: ProcessInput, options: ParsedOptions): Script<void> {
  const file = options.valueOf('command-config');
  yield* createAdmin({
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
}

/** As Scala prints a set, a line each. */
const linesOf = ({ acls }: ResourceAcls): string => acls.map(({ shown }) => `\t${shown}`).join('\n');

function* addAcls(input: ProcessInput, options: ParsedOptions): Script<void> {
  const patternType = patternTypeOf(options);
  if (patternType === 'ANY' || patternType === 'MATCH') {
    throw usageExit(aclOptions, `A '--resource-pattern-type' value of '${patternType}' is not valid when adding acls.`);
  }
  const asked = resourceAclsOf(options);
  if (asked.some((resource) => resource.acls.length === 0)) {
    throw usageExit(
      aclOptions,
      'You must specify one of: --allow-principal, --deny-principal when trying to add ACLs.',
    );
  }
  yield* connect(input, options);
  for (const resource of asked) {
    yield* out(`Adding ACLs for resource \`ResourcePattern${resource.resource}\`: \n ${linesOf(resource)} \n\n`);
    yield* refusedCall('createAcls', noAuthorizer('No Authorizer is configured.'));
  }
}

function* removeAcls(input: ProcessInput, options: ParsedOptions): Script<void> {
  yield* connect(input, options);
  for (const resource of resourceAclsOf(options)) {
    const filter = `resource filter \`ResourcePattern${resource.resource}\``;
    const question =
      resource.acls.length === 0
        ? `Are you sure you want to delete all ACLs for ${filter}? (y/n)`
        : `Are you sure you want to remove ACLs: \n ${linesOf(resource)} \n from ${filter}? (y/n)`;
    if (!options.has('force')) {
      yield* out(`${question}\n`);
      if ((yield* readLine())?.toLowerCase() !== 'y') continue;
    }
    yield* refusedCall('deleteAcls', noAuthorizer('No Authorizer is configured.'));
  }
}

function* listAcls(input: ProcessInput, options: ParsedOptions): Script<void> {
  yield* connect(input, options);
  resourcesOf(options, { mustExist: false });
  principalsOf(options, 'principal');
  yield* refusedCall('describeAcls', noAuthorizer('No Authorizer is configured on the broker'));
}
