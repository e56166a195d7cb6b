/** What kafka-consumer-groups is asked to do, checked as `ConsumerGroupCommandOptions.checkArgs` checks it (3.9.0). */
import { checkInvalidArgs, checkRequiredArgs, maybePrintHelpOrVersion, usageExit } from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { consumerGroupsOptions as specs } from './options.ts';

// Sets of options are named in the order of Java's hash sets.
const groupSelection = ['all-groups', 'group'];
const groupActions = ['reset-offsets', 'describe', 'delete', 'list'];
export const resetScenarios = [
  'to-offset',
  'to-current',
  'to-datetime',
  'from-file',
  'by-duration',
  'to-earliest',
  'to-latest',
  'shift-by',
];

export const named = (options: readonly string[]): string => options.map((option) => `[${option}]`).join(', ');

const executeIsMissing =
  'WARN: No action will be performed as the --execute option is missing.In a future major release, the default behavior of this command will be to prompt the user before executing the reset rather than doing a dry run. You should add the --dry-run option explicitly if you are scripting this command and want to keep the current default behavior without prompting.\n';

/** Throws a `ToolExit`; the warning comes before whatever else is printed. */
export function checkArguments(options: ParsedOptions): { readonly warning: string } {
  maybePrintHelpOrVersion(
    specs,
    options,
    'This tool helps to list all consumer groups, describe a consumer group, delete consumer group info, or reset consumer group offsets.',
  );
  checkRequiredArgs(specs, options, 'bootstrap-server');
  const hasGroups = options.has('group') || options.has('all-groups');
  if (options.has('describe')) checkDescribe(options, hasGroups);
  if (options.has('delete')) {
    if (!hasGroups) throw usageExit(specs, `Option [delete] takes one of these options: ${named(groupSelection)}`);
    if (options.has('topic')) {
      throw usageExit(specs, 'The consumer does not support topic-specific offset deletion from a consumer group.');
    }
  }
  if (options.has('delete-offsets') && !(options.has('group') && options.has('topic'))) {
    throw usageExit(specs, `Option [delete-offsets] takes the following options: ${named(groupSelection)}`);
  }
  const warning =
    options.has('reset-offsets') && !options.has('dry-run') && !options.has('execute') ? executeIsMissing : '';
  return { warning };
}

function checkDescribe(options: ParsedOptions, hasGroups: boolean): void {
  if (!hasGroups) throw usageExit(specs, `Option [describe] takes one of these options: ${named(groupActions)}`);
  const kinds = ['members', 'offsets', 'state'];
  if (kinds.filter((kind) => options.has(kind)).length > 1) {
    throw usageExit(specs, `Option [describe] takes at most one of these options: ${named(kinds)}`);
  }
  if (options.has('state') && options.valueOf('state') !== undefined) {
    throw usageExit(specs, 'Option [describe] does not take a value for [state]');
  }
}

/** The checks after the warning. Throws a `ToolExit`. */
export function checkCombinations(options: ParsedOptions): void {
  if (options.has('reset-offsets')) {
    if (options.has('dry-run') && options.has('execute')) {
      throw usageExit(specs, 'Option [reset-offsets] only accepts one of [execute] and [dry-run]');
    }
    if (!options.has('group') && !options.has('all-groups')) {
      throw usageExit(specs, `Option [reset-offsets] takes one of these options: ${named(groupSelection)}`);
    }
    for (const scenario of [
      'to-offset',
      'to-datetime',
      'by-duration',
      'to-earliest',
      'to-latest',
      'to-current',
      'shift-by',
      'from-file',
    ]) {
      checkInvalidArgs(specs, options, scenario, ...resetScenarios.filter((other) => other !== scenario));
    }
  }
  checkInvalidArgs(specs, options, 'group', 'all-groups');
  checkInvalidArgs(specs, options, 'group', 'list');
  checkInvalidArgs(specs, options, 'topic', 'describe', 'list');
  const actions = ['list', 'describe', 'delete', 'reset-offsets', 'delete-offsets'];
  if (actions.filter((action) => options.has(action)).length !== 1) {
    throw usageExit(
      specs,
      'Command must include exactly one action: --list, --describe, --delete, --reset-offsets, --delete-offsets',
    );
  }
}
