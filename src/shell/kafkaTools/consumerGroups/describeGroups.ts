/** `kafka-consumer-groups --describe` and `--list` (`ConsumerGroupCommand.ConsumerGroupService`, 3.9.0). */
import type { ConsumerGroupDescription, MemberDescription } from '../../../cluster/client/admin/adminMethods.ts';
import type { JavaException } from '../../../cluster/client/javaException.ts';
import { lagOf } from '../../../kafka/group/offsetReset.ts';
import { javaStringHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import { LATEST_TIMESTAMP } from '../../../kafka/log/offsetForTimestamp.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { columns } from '../printf.ts';
import type { Script } from '../script.ts';
import { admin, err, getOrWrap, out } from '../script.ts';
import { illegalArgument } from '../stackTrace.ts';
import { committedOffsets, hashed, offsetsAt, partitionName, timeoutOf, wrapping } from './partitions.ts';

const states = ['PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead', 'Empty', 'Assigning', 'Reconciling'];
const types = ['Consumer', 'Classic'];

export function* listGroups(options: ParsedOptions): Script<void> {
  const [withType, withState] = [options.has('type'), options.has('state')];
  if (!withType && !withState) {
    for (const group of yield* groupIds(options)) yield* out(`${group}\n`);
    return;
  }
  const wantedTypes = matching(options.valueOf('type'), types, 'types');
  const wantedStates = matching(options.valueOf('state'), states, 'state');
  const { valid, errors } = getOrWrap(
    yield* admin('listConsumerGroups', { states: wantedStates, types: wantedTypes }, timeoutOf(options)),
  );
  checkListed(errors);
  const byId = new Map(valid.map((listing) => [listing.groupId, listing]));
  const listings = javaHashOrder(byId.keys(), javaStringHash).map((id) => byId.get(id)!);
  const longest = listings.reduce((most, { groupId }) => Math.max(most, groupId.length), 15);
  const widths = [longest + 10, 20, 20];
  const shown = (group: string, type: string, state: string): string =>
    `${columns(widths, [group, ...(withType ? [type] : []), ...(withState ? [state] : [])])}\n`;
  yield* out(shown('GROUP', 'TYPE', 'STATE'));
  for (const { groupId, type, state } of listings) yield* out(shown(groupId, type, state));
}

function matching(given: string | undefined, valid: readonly string[], what: 'state' | 'types'): readonly string[] {
  if (given === undefined || given === '') return [];
  return given.split(',').map((text) => {
    const found = valid.find((name) => name.toLowerCase() === text.trim().toLowerCase());
    if (found !== undefined) return found;
    throw illegalArgument(
      `Invalid ${what} list '${given}'. Valid ${what === 'state' ? 'states' : what} are: ${valid.join(', ')}`,
    );
  });
}

/** `ListConsumerGroupsResult.all().get()`: one broker that failed is enough. */
function checkListed([error]: readonly JavaException[]): void {
  if (error !== undefined) getOrWrap({ outcome: 'failed', exception: error });
}

/** In the order of a Java hash map. */
export function* groupIds(options: ParsedOptions): Script<readonly string[]> {
  const answer = yield* wrapping(listings(options));
  return javaHashOrder(answer, javaStringHash);
}

function* listings(options: ParsedOptions): Script<readonly string[]> {
  const { valid, errors } = getOrWrap(yield* admin('listConsumerGroups', {}, timeoutOf(options)));
  checkListed(errors);
  return valid.map(({ groupId }) => groupId);
}

/** Sorted by group. */
export function* describeGroups(options: ParsedOptions): Script<void> {
  const ids = options.has('all-groups') ? yield* groupIds(options) : options.valuesOf('group');
  const answers = yield* admin('describeConsumerGroups', { groups: ids }, timeoutOf(options));
  const groups = answers.map(({ outcome }) => getOrWrap(outcome)).sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  for (const group of groups) {
    if (options.has('members')) yield* printMembers(group, options.has('verbose'));
    else if (options.has('state')) yield* printState(group);
    else yield* printOffsets(options, group);
  }
}

/** False when there is nothing to list of it. */
function* printStatus({ groupId, state }: ConsumerGroupDescription, rowCount: number): Script<boolean> {
  if (state === 'Dead') yield* out(`\nError: Consumer group '${groupId}' does not exist.\n`);
  else if (state === 'Empty') yield* err(`\nConsumer group '${groupId}' has no active members.\n`);
  else if (state !== 'Stable') yield* err(`\nWarning: Consumer group '${groupId}' is rebalancing.\n`);
  return state !== 'Dead' && rowCount > 0;
}

interface OffsetRow {
  readonly topic: string;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly end: number | null;
  readonly member: Pick<MemberDescription, 'memberId' | 'host' | 'clientId'>;
}
const nobody = { memberId: '-', host: '-', clientId: '-' };

function* printOffsets(options: ParsedOptions, group: ConsumerGroupDescription): Script<void> {
  const committed = yield* committedOffsets(options, group.groupId);
  const rows: OffsetRow[] = [];
  const assigned = new Set<string>();
  const busiestFirst = group.members
    .filter(({ assignment }) => assignment.length > 0)
    .sort((a, b) => b.assignment.length - a.assignment.length);
  const offsetOf = new Map(committed.map((one) => [partitionName(one), one.offset]));
  for (const member of busiestFirst) {
    for (const partition of member.assignment) assigned.add(partitionName(partition));
    rows.push(...(yield* wrapping(rowsOf(options, member.assignment, offsetOf, member))));
  }
  const others = committed.filter((one) => !assigned.has(partitionName(one)));
  if (others.length > 0) rows.push(...(yield* wrapping(rowsOf(options, others, offsetOf, nobody))));
  if (!(yield* printStatus(group, rows.length))) return;
  yield* out(offsetTable(group.groupId, rows));
}

function* rowsOf(
  options: ParsedOptions,
  partitions: readonly TopicPartition[],
  committed: ReadonlyMap<string, number | null>,
  member: OffsetRow['member'],
): Script<readonly OffsetRow[]> {
  const sorted = [...partitions].sort((a, b) => a.partition - b.partition);
  const ends = yield* offsetsAt(options, sorted, LATEST_TIMESTAMP);
  return hashed(sorted).map((one) => ({
    topic: one.topic,
    partition: one.partition,
    offset: committed.get(partitionName(one)) ?? null,
    end: ends.get(partitionName(one)) ?? null,
    member,
  }));
}

function offsetTable(groupId: string, rows: readonly OffsetRow[]): string {
  const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, text.length), 15);
  const widths = [
    widest([groupId]),
    widest(rows.map(({ topic }) => topic)),
    10,
    15,
    15,
    15,
    widest(rows.map(({ member }) => member.memberId)),
    widest(rows.map(({ member }) => member.host)),
    0,
  ];
  const head = 'GROUP,TOPIC,PARTITION,CURRENT-OFFSET,LOG-END-OFFSET,LAG,CONSUMER-ID,HOST,CLIENT-ID'.split(',');
  const lines = rows.map(({ topic, partition, offset, end, member }) => {
    const lag =
      offset === null || offset === -1 || end === null ? '-' : lagOf({ committedOffset: offset, logEndOffset: end });
    const { memberId, host, clientId } = member;
    return [groupId, topic, partition ?? '-', offset ?? '-', end ?? '-', lag, memberId, host, clientId];
  });
  // Each row begins its line; the last is not ended.
  return [head, ...lines].map((cells) => `\n${columns(widths, cells)}`).join('');
}

function* printMembers(group: ConsumerGroupDescription, isVerbose: boolean): Script<void> {
  const { groupId, members } = group;
  const hasRows = yield* printStatus(group, members.length);
  const rows = hasRows ? members : [];
  const withInstance = rows.some(({ groupInstanceId }) => (groupInstanceId ?? '') !== '');
  const widest = (least: number, texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, text.length), least);
  const instance = (cell: string | number): readonly (string | number)[] => (withInstance ? [cell] : []);
  const widths = [
    widest(15, rows.length === 0 ? [] : [groupId]),
    widest(
      15,
      rows.map(({ memberId }) => memberId),
    ),
    ...instance(
      widest(
        17,
        rows.map(({ groupInstanceId }) => groupInstanceId ?? ''),
      ),
    ).map(Number),
    widest(
      15,
      rows.map(({ host }) => host),
    ),
    widest(
      15,
      rows.map(({ clientId }) => clientId),
    ),
    15,
  ];
  const head = ['GROUP', 'CONSUMER-ID', ...instance('GROUP-INSTANCE-ID'), 'HOST', 'CLIENT-ID', '#PARTITIONS'];
  yield* out(`\n${columns(widths, head)} ${isVerbose ? 'ASSIGNMENT' : ''}\n`);
  for (const { memberId, groupInstanceId, host, clientId, assignment } of rows) {
    const cells = [groupId, memberId, ...instance(groupInstanceId ?? ''), host, clientId, assignment.length];
    yield* out(`${columns(widths, cells)} ${isVerbose ? assignmentText(assignment) : ''}\n`);
  }
}

/** `(0,1), (2)`: numbers by topic, the topics not named. */
function assignmentText(assignment: readonly TopicPartition[]): string {
  if (assignment.length === 0) return '-';
  const byTopic = new Map<string, string[]>();
  for (const { topic, partition } of assignment) {
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), String(partition)]);
  }
  return [...byTopic.values()]
    .map((numbers) => `(${numbers.sort().join(',')})`)
    .sort()
    .join(', ');
}

function* printState(group: ConsumerGroupDescription): Script<void> {
  if (!(yield* printStatus(group, 1))) return;
  const { groupId, coordinator, partitionAssignor, state, members } = group;
  const address = `${coordinator.host}:${coordinator.port}  (${coordinator.id})`;
  const widths = [Math.max(25, address.length), 25, 20, 15, 0];
  const head = ['GROUP', 'COORDINATOR (ID)', 'ASSIGNMENT-STRATEGY', 'STATE', '#MEMBERS'];
  const row = [groupId, address, partitionAssignor, state, members.length];
  yield* out(`\n${columns(widths, head)}\n${columns(widths, row)}\n`);
}
