/**
 * kafka-delegation-tokens (`org.apache.kafka.tools.DelegationTokenCommand`, 3.9.0): passwords for a while. Brokers give them to those who
 * have said who they are; those here ask nobody, and refuse.
 */
import type { ProcessInput } from '../../kernel/process.ts';
import { checkInvalidArgs, checkRequiredArgs, maybePrintHelpOrVersion, usageExit } from './commandLine.ts';
import type { ParsedOptions } from './optionParser.ts';
import { parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { commonOptions } from './optionSpec.ts';
import { principalsOf } from './acls/resourceAcls.ts';
import { loadProperties } from './propertiesFile.ts';
import { refusedCall } from './refusedCall.ts';
import type { Script } from './script.ts';
import { createAdmin, mainThatPrints, out, scriptProgram } from './script.ts';
import { illegalArgument, thrown } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.DelegationTokenCommand.main(DelegationTokenCommand.java:50)';

export const delegationTokenOptions: readonly OptionSpec[] = [
  ...commonOptions,
  { name: 'bootstrap-server', description: 'REQUIRED: server(s) to use for bootstrapping.', argument: {} },
  {
    name: 'command-config',
    description:
      'REQUIRED: A property file containing configs to be passed to Admin Client. Token management operations are allowed in secure mode only. This config file is used to pass security related configs.',
    argument: {},
  },
  {
    name: 'create',
    description: 'Create a new delegation token. Use --renewer-principal option to pass renewer principals.',
  },
  { name: 'renew', description: 'Renew delegation token. Use --renew-time-period option to set renew time period.' },
  { name: 'expire', description: 'Expire delegation token. Use --expiry-time-period option to expire the token.' },
  {
    name: 'describe',
    description:
      'Describe delegation tokens for the given principals. Use --owner-principal to pass owner/renewer principals. If --owner-principal option is not supplied, all the user-owned tokens and tokens where the user has Describe permissions will be returned.',
  },
  {
    name: 'owner-principal',
    description: 'owner is a Kafka principal. They should be in principalType:name format.',
    argument: { isOptional: true },
  },
  {
    name: 'renewer-principal',
    description: 'renewer is a Kafka principal. They should be in principalType:name format.',
    argument: { isOptional: true },
  },
  {
    name: 'max-life-time-period',
    description:
      'Max life period for the token in milliseconds. If the value is -1, then token max life time will default to the server side config value of (delegation.token.max.lifetime.ms).',
    argument: { type: 'Long', isOptional: true },
  },
  {
    name: 'renew-time-period',
    description:
      'Renew time period in milliseconds. If the value is -1, then the renew time period will default to the server side config value of (delegation.token.expiry.time.ms).',
    argument: { type: 'Long', isOptional: true },
  },
  {
    name: 'expiry-time-period',
    description:
      'Expiry time period in milliseconds. If the value is -1, then the token will get invalidated immediately.',
    argument: { type: 'Long', isOptional: true },
  },
  { name: 'hmac', description: 'HMAC of the delegation token', argument: { isOptional: true } },
];

export const delegationTokens = scriptProgram(mainFrame, (input) => mainThatPrints(mainFrame, run(input)));

function* run(input: ProcessInput): Script<void> {
  const options = parseOptions(delegationTokenOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(
    delegationTokenOptions,
    options,
    'This tool helps to create, renew, expire, or describe delegation tokens.',
  );
  const [action, ...more] = ['create', 'renew', 'expire', 'describe'].filter((name) => options.has(name));
  if (action === undefined || more.length > 0) {
    throw usageExit(
      delegationTokenOptions,
      'Command must include exactly one action: --create, --renew, --expire or --describe',
    );
  }
  checkArguments(options);
  yield* createAdmin({
    ...loadProperties(input, options.valueOf('command-config') ?? ''),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
  yield* out(announcement(action, options));
  yield* refusedCall(`${action}DelegationToken`, {
    class: 'org.apache.kafka.common.errors.UnsupportedByAuthenticationException',
    message:
      'Delegation Token requests are not allowed on PLAINTEXT/1-way SSL channels and on delegation token authenticated channels.',
  });
}

function checkArguments(options: ParsedOptions): void {
  const specs = delegationTokenOptions;
  checkRequiredArgs(specs, options, 'bootstrap-server', 'command-config');
  if (options.has('create')) checkRequiredArgs(specs, options, 'max-life-time-period');
  if (options.has('renew')) checkRequiredArgs(specs, options, 'hmac', 'renew-time-period');
  if (options.has('expire')) checkRequiredArgs(specs, options, 'hmac', 'expiry-time-period');
  checkInvalidArgs(specs, options, 'create', 'hmac', 'renew-time-period', 'expiry-time-period');
  checkInvalidArgs(
    specs,
    options,
    'renew',
    'renewer-principal',
    'max-life-time-period',
    'expiry-time-period',
    'owner-principal',
  );
  checkInvalidArgs(specs, options, 'expire', 'renew', 'max-life-time-period', 'renew-time-period', 'owner-principal');
  checkInvalidArgs(
    specs,
    options,
    'describe',
    'renew-time-period',
    'max-life-time-period',
    'hmac',
    'expiry-time-period',
  );
}

/** What is printed before a broker is asked. */
function announcement(action: string, options: ParsedOptions): string {
  const principals = (option: string): string => `[${principalsOf(options, option).join(', ')}]`;
  const periodOf = (option: string): number => {
    const period = options.integerOf(option);
    if (period === undefined) throw thrown('java.lang.NullPointerException', null);
    return period;
  };
  switch (action) {
    case 'create':
      return `Calling create token operation with renewers :${principals('renewer-principal')} , max-life-time-period :${periodOf('max-life-time-period')}\n`;
    case 'renew':
      return `Calling renew token operation with hmac :${hmacOf(options)} , renew-time-period :${periodOf('renew-time-period')}\n`;
    case 'expire':
      return `Calling expire token operation with hmac :${hmacOf(options)} , expire-time-period :${periodOf('expiry-time-period')}\n`;
    default:
      return options.has('owner-principal')
        ? `Calling describe token operation for owners: ${principals('owner-principal')}\n`
        : 'Calling describe token operation for current user.\n';
  }
}

function hmacOf(options: ParsedOptions): string {
  const hmac = options.valueOf('hmac') ?? '';
  const stranger = Array.from(hmac).find((character) => !/[A-Za-z0-9+/=]/.test(character));
  if (stranger !== undefined)
    throw illegalArgument(`Illegal base64 character ${stranger.codePointAt(0)!.toString(16)}`);
  return hmac;
}
