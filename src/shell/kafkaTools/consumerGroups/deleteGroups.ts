/** `kafka-consumer-groups --delete` and `--delete-offsets` (`ConsumerGroupCommand.ConsumerGroupService`, 3.9.0). */
import type { JavaException } from '../../../cluster/client/javaException.ts';
import { exceptionText, simpleName } from '../../../cluster/client/javaException.ts';
import { errorOfException } from '../../../kafka/errors.ts';
import { javaStringHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { columns } from '../printf.ts';
import type { Script } from '../script.ts';
import { admin, out } from '../script.ts';
import { groupIds } from './describeGroups.ts';
import { hashed, namedPartitions, timeoutOf } from './partitions.ts';

export function* deleteGroups(options: ParsedOptions): Script<void> {
  const ids = options.has('all-groups') ? yield* groupIds(options) : options.valuesOf('group');
  const answers = yield* admin('deleteConsumerGroups', { groups: ids }, timeoutOf(options));
  const problems = new Map<string, JavaException>();
  for (const { groupId, outcome } of answers) {
    if (outcome.outcome === 'failed') problems.set(groupId, outcome.exception);
  }
  const inOrder = (groups: Iterable<string>): readonly string[] => javaHashOrder(groups, javaStringHash);
  const deleted = inOrder(new Set(ids.filter((id) => !problems.has(id))));
  if (problems.size === 0) {
    yield* out(`Deletion of requested consumer groups ('${deleted.join(', ')}') was successful.\n`);
    return;
  }
  yield* out('\nError: Deletion of some consumer groups failed:\n');
  for (const group of inOrder(problems.keys())) {
    const cause = `java.util.concurrent.ExecutionException: ${exceptionText(problems.get(group)!)}`;
    yield* out(`* Group '${group}' could not be deleted due to: ${cause}\n`);
  }
  if (deleted.length > 0) {
    yield* out(`\nThese consumer groups were deleted successfully: '${deleted.join("'")}', '\n`);
  }
}

const topLevelTexts: Readonly<Record<string, (group: string) => string>> = {
  InvalidGroupIdException: (group) => `'${group}' is not valid.`,
  GroupIdNotFoundException: (group) => `'${group}' does not exist.`,
  GroupAuthorizationException: (group) => `Access to '${group}' is not authorized.`,
  GroupNotEmptyException: (group) =>
    `Deleting offsets of a consumer group '${group}' is forbidden if the group is not empty.`,
  GroupSubscribedToTopicException: () => 'Encounter some partition level error, see the follow-up details:',
  UnknownTopicOrPartitionException: () => 'Encounter some partition level error, see the follow-up details:',
};

export function* deleteOffsets(options: ParsedOptions): Script<void> {
  const group = options.valueOf('group') ?? '';
  const topicArguments = options.valuesOf('topic');
  const problems: (TopicPartition & { readonly exception: JavaException | null })[] = [];
  const partitions: TopicPartition[] = topicArguments
    .filter((argument) => argument.includes(':'))
    .flatMap((argument) => namedPartitions(argument));
  const topics = topicArguments.filter((argument) => !argument.includes(':'));
  const described = topics.length === 0 ? [] : yield* admin('describeTopics', { topics }, timeoutOf(options));
  for (const { topic, outcome } of described) {
    if (outcome.outcome === 'failed') problems.push({ topic, partition: -1, exception: outcome.exception });
    else partitions.push(...outcome.value.partitions.map(({ partition }) => ({ topic, partition })));
  }
  const asked = hashed(partitions);
  const answers = yield* admin('deleteConsumerGroupOffsets', { groupId: group, partitions: asked }, timeoutOf(options));
  for (const { topic, partition, outcome } of answers) {
    problems.push({ topic, partition, exception: outcome.outcome === 'failed' ? outcome.exception : null });
  }
  const first = answers.find(({ outcome }) => outcome.outcome === 'failed')?.outcome;
  if (first?.outcome === 'failed') {
    const text = topLevelTexts[simpleName(first.exception)];
    const unknown = `Encounter some unknown error: ${errorOfException(simpleName(first.exception)) ?? 'UNKNOWN_SERVER_ERROR'}`;
    yield* out(`\nError: ${text?.(group) ?? unknown}\n`);
  } else {
    yield* out(`Request succeed for deleting offsets with topic ${topicArguments.join(', ')} group ${group}\n`);
  }
  const widths = [30, 15, 15];
  const byName = problems.sort((a, b) => (`${a.topic}${a.partition}` < `${b.topic}${b.partition}` ? -1 : 1));
  const rows = byName.map(({ topic, partition, exception }) =>
    columns(widths, [
      topic,
      partition >= 0 ? partition : 'Not Provided',
      exception === null ? 'Successful' : `Error: :${exceptionText(exception)}`,
    ]),
  );
  yield* out(`\n${columns(widths, ['TOPIC', 'PARTITION', 'STATUS'])}${rows.join('')}`);
}
