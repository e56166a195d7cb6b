/** When `kafka.Kafka` prints its usage instead of starting (`kafka.Kafka.getPropsFromArgs`, 3.9.0). */
import { OptionException, parseOptions } from '../optionParser.ts';
import type { OptionSpec } from '../optionSpec.ts';
import { usageText } from '../usageText.ts';

const options: readonly OptionSpec[] = [
  {
    name: 'override',
    description: 'Optional property that should override values set in server.properties file',
    argument: {},
  },
  { name: 'version', description: 'Print version information and exit.' },
];

/** The usage, or null when the server starts. A wrong option is the server's own affair. */
export function kafkaServerUsage(args: readonly string[]): string | null {
  if (args.length === 0 || args.includes('--help')) {
    return `USAGE: java [options] kafka.Kafka server.properties [--override property=value]*\n${usageText(options)}`;
  }
  try {
    const { otherArguments } = parseOptions(options, args.slice(1));
    if (otherArguments.length === 0) return null;
    return `Found non argument parameters: ${otherArguments.join(',')}\n${usageText(options)}`;
  } catch (problem) {
    if (problem instanceof OptionException) return null;
    throw problem;
  }
}
