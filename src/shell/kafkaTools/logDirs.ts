/** kafka-log-dirs (`org.apache.kafka.tools.LogDirsCommand`, 3.9.0): what lies in the log directories of brokers, as JSON. */
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import type { LogDirDescription } from '../../cluster/client/admin/adminMethods.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { ToolExit, checkRequiredArgs, maybePrintHelpOrVersion } from './commandLine.ts';
import { hashed, partitionName } from './consumerGroups/partitions.ts';
import type { ParsedOptions } from './optionParser.ts';
import { numberFormatException, parseJavaInteger, parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { commonOptions } from './optionSpec.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, get, getOrWrap, mainThatPrints, out, scriptProgram } from './script.ts';
import { Thrown } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.LogDirsCommand.main(LogDirsCommand.java:54)';

const logDirsOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'bootstrap-server',
    description: 'REQUIRED: the server(s) to use for bootstrapping',
    argument: { describedAs: 'The server(s) to use for bootstrapping' },
  },
  {
    name: 'command-config',
    description: 'Property file containing configs to be passed to Admin Client.',
    argument: { describedAs: 'Admin client property file' },
  },
  { name: 'describe', description: 'Describe the specified log directories on the specified brokers.' },
  {
    name: 'topic-list',
    description:
      'The list of topics to be queried in the form "topic1,topic2,topic3". All topics will be queried if no topic list is specified',
    argument: { describedAs: 'Topic list', defaultsTo: '' },
  },
  {
    name: 'broker-list',
    description:
      'The list of brokers to be queried in the form "0,1,2". All brokers in the cluster will be queried if no broker list is specified',
    argument: { describedAs: 'Broker list', defaultsTo: '' },
  },
];

export const logDirs = scriptProgram(mainFrame, (input) => mainThatPrints(mainFrame, run(input)));

function* run(input: ProcessInput): Script<void> {
  const options = parseOptions(logDirsOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(
    logDirsOptions,
    options,
    'This tool helps to query log directory usage on the specified brokers.',
  );
  checkRequiredArgs(logDirsOptions, options, 'bootstrap-server', 'describe');
  const file = options.valueOf('command-config');
  yield* createAdmin({
    'client.id': 'log-dirs-tool',
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
  const topics = listOf(options, 'topic-list');
  const { nodes } = getOrWrap(yield* admin('describeCluster', {}));
  const there = inOrder(nodes.map(({ id }) => id));
  const wanted = inOrder(listOf(options, 'broker-list').map(brokerId));
  const missing = wanted.filter((id) => !there.includes(id));
  if (missing.length > 0) {
    throw new ToolExit(1, {
      stderr: `ERROR: The given brokers do not exist from --broker-list: ${missing.join(',')}. Current existent brokers: ${there.join(',')}\n`,
    });
  }
  const brokers = wanted.length === 0 ? there : wanted;
  yield* out('Querying brokers for log directories information\n');
  const answers = yield* admin('describeLogDirs', { brokers });
  const described = answers.map(({ broker, outcome }) => ({ broker, logDirs: dirsOf(get(outcome), topics) }));
  yield* out(`Received log directory information from brokers ${brokers.join(',')}\n`);
  yield* out(`${JSON.stringify({ brokers: described, version: 1 })}\n`);
}

const listOf = (options: ParsedOptions, name: string): readonly string[] =>
  (options.valueOf(name) ?? '').split(',').filter((item) => item !== '');

const inOrder = (ids: readonly number[]): readonly number[] => javaHashOrder(new Set(ids), (id) => id);

function brokerId(text: string): number {
  const id = parseJavaInteger(text, 32);
  if (id === undefined) throw new Thrown(numberFormatException(text));
  return id;
}

function dirsOf(dirs: readonly LogDirDescription[], topics: readonly string[]): readonly unknown[] {
  const byPath = new Map(dirs.map((dir) => [dir.logDir, dir]));
  return javaHashOrder(byPath.keys(), javaStringHash).map((path) => {
    const { replicas, exception } = byPath.get(path)!;
    const shown = replicas.filter(({ topic }) => topics.length === 0 || topics.includes(topic));
    const partitions = hashed(shown).map(({ topic, partition, size, offsetLag, isFuture }) => ({
      partition: partitionName({ topic, partition }),
      size,
      offsetLag,
      isFuture,
    }));
    return { partitions, error: exception?.class ?? null, logDir: path };
  });
}
