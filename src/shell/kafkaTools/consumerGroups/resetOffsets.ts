/** `kafka-consumer-groups --reset-offsets` (`ConsumerGroupCommand.ConsumerGroupService.resetOffsets`, 3.9.0). */
import { type PartitionReset, planReset, resetRefusal, type ResetStrategy } from '../../../kafka/group/offsetReset.ts';
import { parseDateTime, parseDuration } from '../../../kafka/group/resetTime.ts';
import type { Offset } from '../../../kafka/ids.ts';
import { javaStringHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../../kafka/log/offsetForTimestamp.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { readText, resolvePath } from '../../../kernel/fileSystem.ts';
import type { ProcessInput } from '../../../kernel/process.ts';
import { usageExit } from '../commandLine.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { columns } from '../printf.ts';
import type { Script } from '../script.ts';
import { admin, currentTimeMs, err, getOrWrap, log, out } from '../script.ts';
import { illegalArgument, stackTrace, thrown } from '../stackTrace.ts';
import { named, resetScenarios } from './arguments.ts';
import { groupIds } from './describeGroups.ts';
import { consumerGroupsOptions } from './options.ts';
import { complaintAbout, parseResetPlan } from './resetPlanFile.ts';
import {
  committedOffsets,
  hashed,
  offsetsAt,
  partitionName,
  partitionsOfArguments,
  timeoutOf,
  wrapping,
} from './partitions.ts';

const parsingFrame =
  'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand$ConsumerGroupService.parseResetPlan(ConsumerGroupCommand.java:929)';
const logger = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

type NewOffset = TopicPartition & { readonly offset: number };

export function* resetOffsets(input: ProcessInput, options: ParsedOptions): Script<void> {
  const ids = options.has('all-groups') ? yield* groupIds(options) : options.valuesOf('group');
  const described = yield* admin('describeConsumerGroups', { groups: ids }, timeoutOf(options));
  const stateOf = new Map(described.map(({ groupId, outcome }) => [groupId, outcome]));
  const plans = new Map<string, readonly NewOffset[]>();
  for (const groupId of javaHashOrder(stateOf.keys(), javaStringHash)) {
    plans.set(groupId, yield* wrapping(resetGroup(input, options, groupId, () => getState(groupId))));
  }
  yield* out(options.has('export') ? exported(options, plans) : table(plans));

  function getState(groupId: string): string {
    return getOrWrap(stateOf.get(groupId)!).state;
  }
}

function* resetGroup(
  input: ProcessInput,
  options: ParsedOptions,
  groupId: string,
  getState: () => string,
): Script<readonly NewOffset[]> {
  const state = getState();
  if (state !== 'Empty' && state !== 'Dead') {
    yield* out(
      `\nError: Assignments can only be reset if the group '${groupId}' is inactive, but the current state is ${state}.\n`,
    );
    return [];
  }
  const partitions = yield* partitionsToReset(options, groupId);
  const prepared = hashed(yield* prepare(input, options, groupId, partitions));
  if (options.has('execute') && !options.has('dry-run')) {
    const answers = yield* admin(
      'alterConsumerGroupOffsets',
      { groupId, offsets: prepared.map((one) => ({ ...one, offset: one.offset as Offset })) },
      timeoutOf(options),
    );
    for (const { outcome } of answers) getOrWrap(outcome);
  }
  return prepared;
}

function* partitionsToReset(options: ParsedOptions, groupId: string): Script<readonly TopicPartition[]> {
  if (options.has('all-topics')) return yield* committedOffsets(options, groupId);
  if (options.has('topic')) return yield* partitionsOfArguments(options, options.valuesOf('topic'));
  if (options.has('from-file')) return [];
  throw usageExit(consumerGroupsOptions, 'One of the reset scopes should be defined: --all-topics, --topic.');
}

function* prepare(
  input: ProcessInput,
  options: ParsedOptions,
  groupId: string,
  partitions: readonly TopicPartition[],
): Script<readonly NewOffset[]> {
  if (options.has('to-offset')) {
    const offset = options.integerOf('to-offset') ?? 0;
    return yield* withinRange(options, partitions, () => ({ kind: 'toOffset', offset }));
  }
  if (options.has('to-earliest')) {
    const starts = yield* offsetsAt(options, partitions, EARLIEST_TIMESTAMP);
    return planned({ kind: 'toEarliest' }, partitions, { starts }).map(newOffset);
  }
  if (options.has('to-latest')) {
    const ends = yield* offsetsAt(options, partitions, LATEST_TIMESTAMP);
    return planned({ kind: 'toLatest' }, partitions, { ends }).map(newOffset);
  }
  if (options.has('shift-by')) return yield* shifted(options, groupId, partitions);
  if (options.has('to-datetime')) {
    const parsed = parseDateTime(options.valueOf('to-datetime') ?? '');
    if (parsed.outcome === 'invalid') {
      const cause = { class: parsed.exception, message: parsed.message };
      throw thrown('java.lang.RuntimeException', `${cause.class}: ${cause.message}`, cause);
    }
    return yield* atTime(options, partitions, parsed.timestamp);
  }
  if (options.has('by-duration')) {
    const duration = parseDuration(options.valueOf('by-duration') ?? '');
    if (duration === null) {
      throw thrown('java.time.format.DateTimeParseException', 'Text cannot be parsed to a Duration');
    }
    return yield* atTime(options, partitions, (yield* currentTimeMs()) - duration);
  }
  if (options.has('from-file')) return yield* fromFile(input, options, groupId);
  if (options.has('to-current')) {
    const committed = yield* committedByName(options, groupId);
    const without = partitions.filter((one) => (committed.get(partitionName(one)) ?? null) === null);
    const ends = yield* offsetsAt(options, without, LATEST_TIMESTAMP);
    return planned({ kind: 'toCurrent' }, partitions, { committed, ends }).map(newOffset);
  }
  throw usageExit(
    consumerGroupsOptions,
    `Option '[reset-offsets]' requires one of the following scenarios: [${named(resetScenarios)}]`,
  );
}

/** What a strategy looks at, by partition name; the rest is not asked for. */
interface Known {
  readonly starts?: ReadonlyMap<string, number>;
  readonly ends?: ReadonlyMap<string, number>;
  readonly committed?: ReadonlyMap<string, number | null>;
  /** −1: no record at or after the time. */
  readonly atTime?: ReadonlyMap<string, number>;
}

function planned(
  strategy: ResetStrategy,
  partitions: readonly TopicPartition[],
  { starts, ends, committed, atTime: found }: Known,
): readonly PartitionReset[] {
  const plan = planReset(
    strategy,
    partitions.map(({ topic, partition }) => {
      const name = partitionName({ topic, partition });
      const offsetForTime = found?.get(name) ?? -1;
      return {
        topicPartition: { topic, partition },
        logStartOffset: (starts?.get(name) ?? 0) as Offset,
        logEndOffset: (ends?.get(name) ?? 0) as Offset,
        committedOffset: (committed?.get(name) ?? null) as Offset | null,
        offsetForTime: offsetForTime === -1 ? null : (offsetForTime as Offset),
      };
    }),
  );
  if (plan.outcome === 'refused') throw illegalArgument(plan.message);
  return plan.partitions;
}

const newOffset = ({ topicPartition, newOffset: offset }: PartitionReset): NewOffset => ({ ...topicPartition, offset });

function* committedByName(options: ParsedOptions, groupId: string): Script<ReadonlyMap<string, number | null>> {
  const committed = yield* committedOffsets(options, groupId);
  return new Map(committed.map((one) => [partitionName(one), one.offset]));
}

function* shifted(
  options: ParsedOptions,
  groupId: string,
  partitions: readonly TopicPartition[],
): Script<readonly NewOffset[]> {
  const strategy: ResetStrategy = { kind: 'shiftBy', by: options.integerOf('shift-by') ?? 0 };
  const committed = yield* committedByName(options, groupId);
  // Refused before the logs are asked.
  const refusal = resetRefusal(
    strategy,
    partitions.map((topicPartition) => {
      const committedOffset = (committed.get(partitionName(topicPartition)) ?? null) as Offset | null;
      return { topicPartition, committedOffset };
    }),
  );
  if (refusal !== null) throw illegalArgument(refusal);
  return yield* withinRange(options, partitions, () => strategy, committed);
}

/** Partitions without a record at or after the time go to their end. */
function* atTime(
  options: ParsedOptions,
  partitions: readonly TopicPartition[],
  timestamp: number,
): Script<readonly NewOffset[]> {
  const found = yield* offsetsAt(options, partitions, timestamp);
  const beyond = partitions.filter((one) => (found.get(partitionName(one)) ?? -1) === -1);
  for (const { topic, partition } of hashed(beyond)) {
    yield* out(`\nWarn: Partition ${partition} from topic ${topic} is empty. Falling back to latest known offset.\n`);
  }
  const ends = yield* offsetsAt(options, beyond, LATEST_TIMESTAMP);
  return planned({ kind: 'toTime' }, partitions, { ends, atTime: found }).map(newOffset);
}

/** Warns of offsets outside the log. */
function* withinRange<P extends TopicPartition>(
  options: ParsedOptions,
  partitions: readonly P[],
  strategyOf: (partition: P) => ResetStrategy,
  committed: ReadonlyMap<string, number | null> = new Map(),
): Script<readonly NewOffset[]> {
  const starts = yield* offsetsAt(options, partitions, EARLIEST_TIMESTAMP);
  const ends = yield* offsetsAt(options, partitions, LATEST_TIMESTAMP);
  const resets = hashed(partitions).flatMap((one) => planned(strategyOf(one), [one], { starts, ends, committed }));
  for (const { topicPartition, requestedOffset, newOffset: limit, note } of resets) {
    if (note === null) continue;
    const where = note === 'aboveLatest' ? 'higher than latest' : 'lower than earliest';
    const name = partitionName(topicPartition);
    yield* log(
      'WARN',
      `New offset (${requestedOffset}) is ${where} offset for topic partition ${name}. Value will be set to ${limit}`,
      logger,
    );
  }
  return resets.map(newOffset);
}

/** Read twice for each group, whether there is one, and what it says; each time is said what is wrong with it. */
function* fromFile(input: ProcessInput, options: ParsedOptions, groupId: string): Script<readonly NewOffset[]> {
  const path = options.valueOf('from-file') ?? '';
  const text = readText(input.files, resolvePath(input.cwd, path));
  if (text === undefined) {
    const cause = { class: 'java.nio.file.NoSuchFileException', message: path };
    const unread = { class: 'java.io.IOException', message: `Unable to read file ${path}`, cause };
    throw thrown('java.lang.RuntimeException', `${unread.class}: ${unread.message}`, unread);
  }
  const groups = options.valuesOf('group');
  const complaint = complaintAbout(text);
  const complaining = complaint === null ? '' : stackTrace(complaint, parsingFrame);
  yield* err(complaining);
  const offsets = parseResetPlan(text, groups.length === 1 ? groups[0]! : null);
  yield* err(complaining);
  const plan = offsets.get(groupId);
  if (plan === undefined) {
    yield* out(`\nError: No reset plan for group ${groupId} found\n`);
    return [];
  }
  return yield* withinRange(options, plan, ({ offset }) => ({ kind: 'toOffset', offset }));
}

/** Cells follow each other without line ends, as the tool prints them. */
function table(plans: ReadonlyMap<string, readonly NewOffset[]>): string {
  if (plans.size === 0) return '';
  const widths = [30, 30, 10, 15];
  const rows = [...plans].flatMap(([groupId, plan]) =>
    plan.map(({ topic, partition, offset }) => columns(widths, [groupId, topic, partition, offset])),
  );
  return `\n${columns(widths, ['GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET'])}${rows.join('')}`;
}

function exported(options: ParsedOptions, plans: ReadonlyMap<string, readonly NewOffset[]>): string {
  const isForOne = options.valuesOf('group').length === 1;
  const lines = [...plans].flatMap(([groupId, plan]) =>
    plan.map(({ topic, partition, offset }) => `${isForOne ? '' : `${groupId},`}${topic},${partition},${offset}\n`),
  );
  return `${lines.join('')}\n`;
}
