/** kafka-delete-records (`org.apache.kafka.tools.DeleteRecordsCommand`, 3.9.0): the logs of partitions begin at a later offset. */
import { exceptionText } from '../../cluster/client/javaException.ts';
import type { Offset } from '../../kafka/ids.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { checkRequiredArgs, maybePrintHelpOrVersion } from './commandLine.ts';
import { hashed, partitionName } from './consumerGroups/partitions.ts';
import { asLong, fieldOf } from './jsonValue.ts';
import { parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';
import { commonOptions } from './optionSpec.ts';
import {
  adminOperationException,
  checkVersion,
  duplicatesAmong,
  parseJsonObject,
  partitionsOf,
  readFile,
} from './partitionsJson.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, mainThatPrints, out, scriptProgram } from './script.ts';
import { thrown } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.DeleteRecordsCommand.main(DeleteRecordsCommand.java:64)';

export const deleteRecordsOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'bootstrap-server',
    description: 'REQUIRED: The server to connect to.',
    argument: { describedAs: 'server(s) to use for bootstrapping' },
  },
  {
    name: 'offset-json-file',
    description:
      'REQUIRED: The JSON file with offset per partition. The format to use is:\n{"partitions":\n  [{"topic": "foo", "partition": 1, "offset": 1}],\n "version":1\n}',
    argument: { describedAs: 'Offset json file path' },
  },
  {
    name: 'command-config',
    description: 'A property file containing configs to be passed to Admin Client.',
    argument: { describedAs: 'command config property file path' },
  },
];

export const deleteRecords = scriptProgram(mainFrame, (input) => mainThatPrints(mainFrame, run(input)));

function* run(input: ProcessInput): Script<void> {
  const options = parseOptions(deleteRecordsOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(
    deleteRecordsOptions,
    options,
    'This tool helps to delete records of the given partitions down to the specified offset.',
  );
  checkRequiredArgs(deleteRecordsOptions, options, 'bootstrap-server', 'offset-json-file');
  const file = options.valueOf('command-config');
  yield* createAdmin({
    ...(file === undefined ? {} : loadProperties(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
  const partitions = hashed(offsetsOf(readFile(input, options.valueOf('offset-json-file') ?? '')));
  // The second line does not wait: what is completed is the asking.
  yield* out('Executing records delete operation\nRecords delete operation completed:\n');
  const answers = yield* admin('deleteRecords', {
    partitions: partitions.map(({ topic, partition, offset }) => ({
      topic,
      partition,
      beforeOffset: offset as Offset,
    })),
  });
  for (const { topic, partition, outcome } of answers) {
    const result =
      outcome.outcome === 'failed'
        ? `error: ${exceptionText(outcome.exception)}`
        : `low_watermark: ${outcome.value.lowWatermark}`;
    yield* out(`partition: ${partitionName({ topic, partition })}\t${result}\n`);
  }
}

function offsetsOf(text: string): readonly (TopicPartition & { readonly offset: number })[] {
  const json = parseJsonObject(text);
  if (json === undefined) throw adminOperationException('The input string is not a valid JSON');
  checkVersion(json);
  const partitions = partitionsOf(json);
  if (partitions === undefined) throw adminOperationException('Missing partitions field');
  const offsets = partitions.map(({ topic, partition, entry }) => ({
    topic,
    partition,
    offset: asLong(fieldOf(entry, 'offset')),
  }));
  const repeated = duplicatesAmong(offsets);
  if (repeated.length > 0) {
    throw thrown(
      'org.apache.kafka.server.common.AdminCommandFailedException',
      `Offset json file contains duplicate topic partitions: ${repeated.join(',')}`,
    );
  }
  return offsets;
}
