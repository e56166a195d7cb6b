/** What kafka-topics is asked to do, checked as `TopicCommandOptions.checkArgs` checks it (3.9.0). */
import {
  checkInvalidArgs,
  checkInvalidArgsSet,
  checkRequiredArgs,
  maybePrintHelpOrVersion,
  usageExit,
} from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { parseOptions } from '../optionParser.ts';
import { illegalArgument } from '../stackTrace.ts';
import { configsToolAltersTopics, topicsOptions } from './options.ts';

const actions = ['create', 'list', 'alter', 'describe', 'delete'] as const;
export type TopicAction = (typeof actions)[number];

const reports = [
  'under-replicated-partitions',
  'under-min-isr-partitions',
  'at-min-isr-partitions',
  'unavailable-partitions',
] as const;

export interface TopicArguments {
  readonly action: TopicAction;
  readonly options: ParsedOptions;
  /** Printed before anything is done. */
  readonly remark: string;
}

/** Throws an `OptionException`, an IllegalArgumentException or a `ToolExit`. */
export function parseTopicArguments(argv: readonly string[]): TopicArguments {
  const options = parseOptions(topicsOptions, argv);
  if (options.argumentCount === 0) throw usageExit(topicsOptions, 'Create, delete, describe, or change a topic.');
  maybePrintHelpOrVersion(topicsOptions, options, 'This tool helps to create, delete, describe, or change a topic.');
  const [action, ...more] = actions.filter((name) => options.has(name));
  if (action === undefined || more.length > 0) {
    throw usageExit(
      topicsOptions,
      'Command must include exactly one action: --list, --describe, --create, --alter or --delete',
    );
  }
  const remark = checkRequired(options);
  checkInvalid(options);
  return { action, options, remark };
}

function checkRequired(options: ParsedOptions): string {
  let remark = '';
  if (!options.has('bootstrap-server')) throw illegalArgument('--bootstrap-server must be specified');
  if (options.has('describe') && options.has('if-exists')) {
    if (!options.has('topic') && !options.has('topic-id'))
      throw usageExit(topicsOptions, '--topic or --topic-id is required to describe a topic');
    if (options.has('topic') && options.has('topic-id'))
      remark =
        'Only topic id will be used when both --topic and --topic-id are specified and topicId is not Uuid.ZERO_UUID\n';
  }
  if (!options.has('list') && !options.has('describe')) checkRequiredArgs(topicsOptions, options, 'topic');
  if (options.has('alter')) {
    checkInvalidArgsSet(topicsOptions, options, {
      used: ['bootstrap-server', 'config'],
      invalid: ['alter'],
      trailing: configsToolAltersTopics,
    });
    checkRequiredArgs(topicsOptions, options, 'partitions');
  }
  return remark;
}

function checkInvalid(options: ParsedOptions): void {
  /** `option` goes only with these actions. */
  const onlyWith = (option: string, allowed: readonly TopicAction[], alsoInvalid: readonly string[] = []): void =>
    checkInvalidArgs(
      topicsOptions,
      options,
      option,
      ...actions.filter((action) => !allowed.includes(action)),
      ...alsoInvalid,
    );
  onlyWith('config', ['alter', 'create']);
  onlyWith('delete-config', ['alter'], ['bootstrap-server']);
  onlyWith('partitions', ['alter', 'create']);
  onlyWith('replication-factor', ['create']);
  onlyWith('replica-assignment', ['alter', 'create']);
  if (options.has('create')) {
    checkInvalidArgs(topicsOptions, options, 'replica-assignment', 'partitions', 'replication-factor');
  }
  for (const report of reports) onlyWith(report, ['describe'], ['topics-with-overrides']);
  onlyWith('topics-with-overrides', ['describe'], reports);
  onlyWith('if-exists', ['alter', 'delete', 'describe']);
  onlyWith('if-not-exists', ['create']);
  onlyWith('exclude-internal', ['list', 'describe']);
}
