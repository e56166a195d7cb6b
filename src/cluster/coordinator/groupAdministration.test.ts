import { describe, expect, test } from 'vitest';
import { timeZero } from '../../kernel/time.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import { onTransactionEnded } from './groupCoordinator.ts';
import { GroupLaboratory, commitOf, fetchOf, partitionCount, stableGroup } from './testing/groupLaboratory.ts';

const partitionOfG = coordinatorPartition('g', { partitionCount });
const leaving = (memberId: string) => ({ groupId: 'g', members: [{ memberId, groupInstanceId: null, reason: null }] });
const deletion = (topic: string, partitionIndex = 0) => ({
  groupId: 'g',
  topics: [{ name: topic, partitions: [{ partitionIndex }] }],
});
const committed = (lab: GroupLaboratory) => {
  const body = lab.ask('OffsetFetch', fetchOf());
  return body !== undefined && 'groups' in body ? body.groups : [];
};

describe('a description', () => {
  test('of a stable group tells its protocol and its members', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);

    expect(lab.ask('DescribeGroups', { groups: ['g', 'nobody'], includeAuthorizedOperations: false })).toMatchObject({
      groups: [
        {
          groupState: 'Stable',
          protocolData: 'range',
          members: [{ memberId, clientId: 'c1', clientHost: '/127.0.0.1' }],
        },
        { errorCode: 'NONE', groupState: 'Dead', members: [] },
      ],
    });
  });

  test('of an empty group has no protocol', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    lab.send('LeaveGroup', leaving(memberId));

    expect(lab.ask('DescribeGroups', { groups: ['g'], includeAuthorizedOperations: false })).toMatchObject({
      groups: [{ groupState: 'Empty', protocolType: 'consumer', protocolData: '', members: [] }],
    });
  });
});

describe('a list', () => {
  test('can be of some states only, in any case of letters', () => {
    const lab = new GroupLaboratory();
    stableGroup(lab);
    const listed = { groupId: 'g', protocolType: 'consumer', groupState: 'Stable', groupType: 'Classic' };

    expect(lab.ask('ListGroups', { statesFilter: [], typesFilter: [] })).toMatchObject({ groups: [listed] });
    expect(lab.ask('ListGroups', { statesFilter: ['STABLE'], typesFilter: [] })).toMatchObject({ groups: [listed] });
    expect(lab.ask('ListGroups', { statesFilter: ['Empty'], typesFilter: [] })).toMatchObject({ groups: [] });
  });
});

describe('the deletion of a group', () => {
  test('is refused while it has members, and leaves only tombstones afterwards', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    lab.send('OffsetCommit', commitOf(3, { memberId, generationId: 1 }));
    expect(lab.ask('DeleteGroups', { groupsNames: ['g', 'nobody'] })).toEqual({
      results: [
        { groupId: 'g', errorCode: 'NON_EMPTY_GROUP' },
        { groupId: 'nobody', errorCode: 'GROUP_ID_NOT_FOUND' },
      ],
    });
    lab.send('LeaveGroup', leaving(memberId));

    expect(lab.ask('DeleteGroups', { groupsNames: ['g'] })).toEqual({ results: [{ groupId: 'g', errorCode: 'NONE' }] });
    expect(lab.group('g')).toBeUndefined();
    expect(
      lab.log
        .get(partitionOfG)
        ?.at(-1)
        ?.records.map(({ value }) => value),
    ).toEqual([null, null]);
    lab.resign(partitionOfG, 1);
    lab.elect(partitionOfG, 2);
    expect(lab.group('g')).toBeUndefined();
  });
});

describe('the deletion of offsets', () => {
  test('is refused for topics that the group consumes, and for partitions that do not exist', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    lab.send('OffsetCommit', commitOf(3, { memberId, generationId: 1 }));

    expect(lab.ask('OffsetDelete', deletion('t'))).toMatchObject({
      topics: [{ partitions: [{ errorCode: 'GROUP_SUBSCRIBED_TO_TOPIC' }] }],
    });
    expect(lab.ask('OffsetDelete', deletion('unknown', 4))).toMatchObject({
      topics: [{ partitions: [{ partitionIndex: 4, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' }] }],
    });
    expect(lab.ask('OffsetDelete', deletion('other'))).toMatchObject({
      topics: [{ partitions: [{ errorCode: 'NONE' }] }],
    });
  });

  test('ends an empty group with its last offset', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    lab.send('OffsetCommit', commitOf(3, { memberId, generationId: 1 }));
    lab.send('LeaveGroup', leaving(memberId));
    lab.send('OffsetDelete', deletion('t'));

    expect(lab.group('g')).toBeUndefined();
    expect(lab.ask('OffsetDelete', deletion('t'))).toMatchObject({ errorCode: 'GROUP_ID_NOT_FOUND' });
  });
});

describe('the retention of offsets', () => {
  const oneHour = { 'offsets.retention.minutes': '60', 'offsets.retention.check.interval.ms': '60000' };
  const hourMs = 3_600_000;

  test('counts from the moment the group became empty', () => {
    const lab = new GroupLaboratory(oneHour);
    const memberId = stableGroup(lab, 'c1', { sessionTimeoutMs: 1_800_000 });
    lab.send('OffsetCommit', commitOf(3, { memberId, generationId: 1 }));
    lab.wait(1_000_000);
    lab.send('LeaveGroup', leaving(memberId));
    lab.wait(hourMs - 60_000);
    expect(lab.group('g')?.state).toBe('Empty');
    lab.wait(120_000);

    expect(lab.group('g')).toBeUndefined();
  });

  test('counts from the commit for a group that only stores offsets', () => {
    const lab = new GroupLaboratory(oneHour);
    lab.send('OffsetCommit', commitOf(3));
    lab.wait(hourMs + 60_000);

    expect(lab.group('g')).toBeUndefined();
  });
});

describe('offsets committed in a transaction', () => {
  const producer = { producerId: 7 as ProducerId, producerEpoch: 0 as ProducerEpoch };
  const inTransaction = (lab: GroupLaboratory): void => {
    const { groupId, topics } = commitOf(9);
    const outside = { generationId: -1, memberId: '', groupInstanceId: null };
    lab.send('TxnOffsetCommit', { transactionalId: 'x', groupId, topics, ...producer, ...outside });
  };
  const end = (lab: GroupLaboratory, isCommit: boolean): void => {
    const ended = { producerId: producer.producerId, isCommit, partitions: [partitionOfG] };
    lab.coordinator = onTransactionEnded(lab.coordinator, ended, { now: timeZero, clock: timeZero }).coordinator;
  };

  test.each([
    [true, 9],
    [false, 3],
  ])('count when it ends (committed: %s)', (isCommit, offset) => {
    const lab = new GroupLaboratory();
    lab.send('OffsetCommit', commitOf(3));
    inTransaction(lab);
    expect(committed(lab)).toMatchObject([{ topics: [{ partitions: [{ errorCode: 'UNSTABLE_OFFSET_COMMIT' }] }] }]);
    end(lab, isCommit);

    expect(committed(lab)).toMatchObject([{ topics: [{ partitions: [{ committedOffset: offset }] }] }]);
  });
});
