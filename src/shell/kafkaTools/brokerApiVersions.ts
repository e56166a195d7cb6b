/** kafka-broker-api-versions (`org.apache.kafka.tools.BrokerApiVersionsCommand`, 3.9.0): what each broker understands. */
import type { ApiVersionsResponse } from '../../cluster/protocol/kafka/connection.ts';
import { apiKeys } from '../../cluster/protocol/kafka/apiKeys.ts';
import { exceptionText } from '../../cluster/client/javaException.ts';
import { nodeText } from '../../cluster/client/node.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { checkRequiredArgs, maybePrintHelpOrVersion } from './commandLine.ts';
import { parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { commonOptions } from './optionSpec.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, get, out, scriptProgram } from './script.ts';

export const brokerApiVersionsOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'command-config',
    description: 'A property file containing configs to be passed to Admin Client.',
    argument: { describedAs: 'command config property file' },
  },
  {
    name: 'bootstrap-server',
    description: 'REQUIRED: The server to connect to.',
    argument: { describedAs: 'server(s) to use for bootstrapping' },
  },
];

export const brokerApiVersions = scriptProgram(
  'kafka.admin.BrokerApiVersionsCommand.main(BrokerApiVersionsCommand.scala)',
  main,
);

function* main(input: ProcessInput): Script {
  const options = parseOptions(brokerApiVersionsOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(brokerApiVersionsOptions, options, 'This tool helps to retrieve broker version information.');
  checkRequiredArgs(brokerApiVersionsOptions, options, 'bootstrap-server');
  const file = options.valueOf('command-config');
  yield* createAdmin({
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
  for (const { node, outcome } of get(yield* admin('apiVersions', {}))) {
    yield* out(
      outcome.outcome === 'succeeded'
        ? `${nodeText(node)} -> ${versionsText(outcome.value)}\n`
        : `${nodeText(node)} -> ERROR: ${exceptionText(outcome.exception)}\n`,
    );
  }
  return 0;
}

/** `NodeApiVersions.toString(true)`: one line for each API that a client knows. */
function versionsText({ apiKeys: offered }: ApiVersionsResponse): string {
  const lines = apiKeys.map(({ name, apiKey, versions }) => {
    const range = offered.find((one) => one.apiKey === apiKey);
    if (range === undefined || versions === null) return `${name}(${apiKey}): UNSUPPORTED`;
    const usable = Math.min(range.maxVersion, versions.max);
    return `${name}(${apiKey}): ${rangeText(range.minVersion, range.maxVersion)} [usable: ${usable}]`;
  });
  return `(\n\t${lines.join(',\n\t')}\n)`;
}

const rangeText = (min: number, max: number): string => (min === max ? String(min) : `${min} to ${max}`);
