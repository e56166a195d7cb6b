/** kafka-consumer-groups (`org.apache.kafka.tools.consumer.group.ConsumerGroupCommand`, 3.9.0). Most of its failures exit 0. */
import { exceptionText } from '../../cluster/client/javaException.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { usageExit } from './commandLine.ts';
import { checkArguments, checkCombinations } from './consumerGroups/arguments.ts';
import { deleteGroups, deleteOffsets } from './consumerGroups/deleteGroups.ts';
import { describeGroups, listGroups } from './consumerGroups/describeGroups.ts';
import { consumerGroupsOptions } from './consumerGroups/options.ts';
import { resetOffsets } from './consumerGroups/resetOffsets.ts';
import type { ParsedOptions } from './optionParser.ts';
import { parseOptions } from './optionParser.ts';
import { loadProperties } from './propertiesFile.ts';
import type { Script } from './script.ts';
import { createAdmin, err, out, scriptProgram } from './script.ts';
import { Thrown, stackTrace, thrown } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand.main(ConsumerGroupCommand.java:95)';

export const consumerGroups = scriptProgram(mainFrame, main);

function* main(input: ProcessInput): Script {
  const options = parseOptions(consumerGroupsOptions, input.argv.slice(1));
  const { warning } = checkArguments(options);
  if (warning !== '') yield* err(warning);
  checkCombinations(options);
  try {
    yield* run(input, options);
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    const { exception } = problem;
    if (exception.class === 'java.lang.IllegalArgumentException') {
      throw usageExit(consumerGroupsOptions, exception.message ?? 'null');
    }
    yield* out(`\nError: Executing consumer group command failed due to ${exception.message ?? 'null'}\n`);
    yield* err(stackTrace(exception, mainFrame));
  }
  return 0;
}

function* run(input: ProcessInput, options: ParsedOptions): Script<void> {
  const file = options.valueOf('command-config');
  yield* createAdmin({
    ...(file === undefined ? {} : propertiesOf(input, file)),
    'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
  });
  if (options.has('list')) yield* listGroups(options);
  else if (options.has('describe')) yield* describeGroups(options);
  else if (options.has('delete')) yield* deleteGroups(options);
  else if (options.has('reset-offsets')) yield* resetOffsets(input, options);
  else yield* deleteOffsets(options);
}

/** Throws a RuntimeException for a file that is not there. */
function propertiesOf(input: ProcessInput, file: string): Readonly<Record<string, string>> {
  try {
    return loadProperties(input, file);
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    throw thrown('java.lang.RuntimeException', exceptionText(problem.exception), problem.exception);
  }
}
