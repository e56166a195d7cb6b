/** When `kafka.Kafka` prints something instead of starting (`kafka.Kafka.getPropsFromArgs`, 3.9.0). */
import type { LogLine } from '../../../cluster/zookeeper/logLine.ts';
import { printLogLine } from '../../../cluster/zookeeper/logLine.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { kafkaVersion } from '../commandLine.ts';
import { OptionException, parseOptions } from '../optionParser.ts';
import type { OptionSpec } from '../optionSpec.ts';
import { stackTrace } from '../stackTrace.ts';
import { usageText } from '../usageText.ts';

const options: readonly OptionSpec[] = [
  {
    name: 'override',
    description: 'Optional property that should override values set in server.properties file',
    argument: {},
  },
  { name: 'version', description: 'Print version information and exit.' },
];

/** What a server prints instead of starting. */
export interface LastWords {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode: number;
}

/** Null when the server starts. */
export function kafkaServerLastWords(args: readonly string[], now: VirtualTimeUs): LastWords | null {
  const logged = (level: LogLine['level'], text: string, logger: string, exception: readonly string[] = []): string =>
    printLogLine(now, { level, text, logger, exception });
  const registered = logged(
    'INFO',
    'Registered kafka:type=kafka.Log4jController MBean',
    'kafka.utils.Log4jControllerRegistration$',
  );
  if (args.length === 0 || args.includes('--help')) {
    const usage = 'USAGE: java [options] kafka.Kafka server.properties [--override property=value]*';
    return { stdout: registered, stderr: `${usage}\n${usageText(options)}`, exitCode: 1 };
  }
  if (args.includes('--version')) return { stdout: `${registered}${kafkaVersion}\n`, exitCode: 0 };
  try {
    const { otherArguments } = parseOptions(options, args.slice(1));
    if (otherArguments.length === 0) return null;
    const found = `Found non argument parameters: ${otherArguments.join(',')}`;
    return { stdout: registered, stderr: `${found}\n${usageText(options)}`, exitCode: 1 };
  } catch (problem) {
    if (!(problem instanceof OptionException)) throw problem;
    const trace = stackTrace(problem.exception, 'kafka.Kafka.main(Kafka.scala)').trimEnd().split('\n');
    const fatal = logged('ERROR', 'Exiting Kafka due to fatal exception', 'kafka.Kafka$', trace);
    return { stdout: registered + fatal, exitCode: 1 };
  }
}
