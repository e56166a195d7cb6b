import { describe, expect, test } from 'vitest';
import { bytesFromHex, EMPTY_BYTES } from '../../kafka/bytes.ts';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import { membersOf } from './group.ts';
import {
  GroupLaboratory,
  assignmentOf,
  commitOf,
  fetchOf,
  heartbeatOf,
  joinAsNew,
  joinRequest,
  partitionCount,
  stableGroup,
  syncRequest,
} from './testing/groupLaboratory.ts';

const partitionOfG = coordinatorPartition('g', { partitionCount });
const states = (lab: GroupLaboratory): unknown[] =>
  lab.facts.flatMap(({ name, detail }) => (name === 'groupStateChanged' ? [detail['to']] : []));
const refused = (errorCode: string) => ({ errorCode });

describe('a newcomer', () => {
  test('gets an id first, joins with it, leads, and is given what it assigns', () => {
    const lab = new GroupLaboratory();
    const first = lab.send('JoinGroup', joinRequest(), 'c1');
    const { memberId, errorCode } = lab.joined(first);
    const second = lab.send('JoinGroup', joinRequest({ memberId }), 'c1');
    lab.wait(0);
    const sync = lab.send('SyncGroup', syncRequest(1, memberId, [memberId]));

    expect(errorCode).toBe('MEMBER_ID_REQUIRED');
    expect(memberId).toMatch(/^c1-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(lab.joined(second)).toMatchObject({
      errorCode: 'NONE',
      generationId: 1,
      protocolName: 'range',
      leader: memberId,
    });
    expect(lab.joined(second).members.map((member) => member.memberId)).toEqual([memberId]);
    expect(lab.reply(sync)).toEqual({
      errorCode: 'NONE',
      protocolType: 'consumer',
      protocolName: 'range',
      assignment: assignmentOf({ topic: 't', partition: 0 }),
    });
    expect(states(lab)).toEqual(['PreparingRebalance', 'CompletingRebalance', 'Stable']);
  });

  test.each([
    ['a session timeout under the minimum', { sessionTimeoutMs: 5_999 }, 'INVALID_SESSION_TIMEOUT'],
    ['a session timeout over the maximum', { sessionTimeoutMs: 1_800_001 }, 'INVALID_SESSION_TIMEOUT'],
    ['no group', { groupId: '' }, 'INVALID_GROUP_ID'],
    ['an id that nobody gave it', { memberId: 'invented' }, 'UNKNOWN_MEMBER_ID'],
    ['no protocol', { protocols: [] }, 'INCONSISTENT_GROUP_PROTOCOL'],
  ])('with %s is refused', (_, changes, error) => {
    const lab = new GroupLaboratory();

    expect(lab.ask('JoinGroup', joinRequest(changes))).toMatchObject(refused(error));
  });

  test('that never joins with its id is forgotten after its session timeout', () => {
    const lab = new GroupLaboratory();
    const member = stableGroup(lab);
    lab.send('JoinGroup', joinRequest({ sessionTimeoutMs: 10_000 }), 'c2');
    lab.wait(9_999);
    expect(lab.group('g')?.pendingMembers.size).toBe(1);
    lab.send('Heartbeat', heartbeatOf(member, 1));
    lab.wait(1);

    expect(lab.group('g')?.pendingMembers.size).toBe(0);
  });

  test('of another protocol is refused by a group that has members', () => {
    const lab = new GroupLaboratory();
    stableGroup(lab);

    expect(lab.ask('JoinGroup', joinRequest({ protocolType: 'connect' }))).toMatchObject(
      refused('INCONSISTENT_GROUP_PROTOCOL'),
    );
  });

  test('is left out of a group that is full', () => {
    const lab = new GroupLaboratory({ 'group.max.size': '1' });
    stableGroup(lab);

    expect(lab.ask('JoinGroup', joinRequest())).toMatchObject(refused('GROUP_MAX_SIZE_REACHED'));
  });
});

describe('the initial rebalance delay', () => {
  const delayed = { 'group.initial.rebalance.delay.ms': '3000' };

  test('begins again as long as newcomers arrive, so that they make one generation', () => {
    const lab = new GroupLaboratory(delayed);
    const one = joinAsNew(lab, 'c1');
    lab.wait(2_000);
    const two = joinAsNew(lab, 'c2');
    lab.wait(3_999);
    expect(lab.reply(one.tag)).toBeUndefined();
    lab.wait(1);

    expect([lab.joined(one.tag).generationId, lab.joined(two.tag).generationId]).toEqual([1, 1]);
    expect(membersOf(lab.group('g')!)).toHaveLength(2);
  });

  test('lasts no longer than the rebalance timeout', () => {
    const lab = new GroupLaboratory(delayed);
    const one = joinAsNew(lab, 'c1', { rebalanceTimeoutMs: 7_000 });
    for (let i = 0; i < 4; i++) {
      lab.wait(2_000);
      joinAsNew(lab, `d${i}`, { rebalanceTimeoutMs: 7_000 });
    }

    expect(lab.joined(one.tag).generationId).toBe(1);
  });
});

describe('a member that joins a stable group', () => {
  test('makes the others join again: they learn it by their heartbeats', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab);
    const second = joinAsNew(lab, 'c2');

    expect(lab.reply(second.tag)).toBeUndefined();
    expect(lab.ask('Heartbeat', heartbeatOf(first, 1))).toEqual(refused('REBALANCE_IN_PROGRESS'));
    const again = lab.send('JoinGroup', joinRequest({ memberId: first }), 'c1');
    expect([lab.joined(again).generationId, lab.joined(second.tag).generationId]).toEqual([2, 2]);
    expect([lab.joined(again).members.length, lab.joined(second.tag).members.length]).toEqual([2, 0]);
  });

  test('waits with its SyncGroup for the leader', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab);
    const second = joinAsNew(lab, 'c2');
    lab.send('JoinGroup', joinRequest({ memberId: first }), 'c1');
    const sync = lab.send('SyncGroup', syncRequest(2, second.memberId));
    expect(lab.reply(sync)).toBeUndefined();
    lab.send('SyncGroup', syncRequest(2, first, [first, second.memberId]));

    expect(lab.reply(sync)).toMatchObject({ assignment: assignmentOf({ topic: 't', partition: 1 }) });
  });

  test('gets nothing from a leader that forgets it', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab);
    const second = joinAsNew(lab, 'c2');
    lab.send('JoinGroup', joinRequest({ memberId: first }), 'c1');
    const sync = lab.send('SyncGroup', syncRequest(2, second.memberId));
    lab.send('SyncGroup', syncRequest(2, first, [first]));

    expect(lab.reply(sync)).toMatchObject({ errorCode: 'NONE', assignment: EMPTY_BYTES });
  });
});

describe('a member that does not join again', () => {
  test('is dropped when the rebalance timeout is over', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab, 'c1', { sessionTimeoutMs: 60_000, rebalanceTimeoutMs: 20_000 });
    const second = joinAsNew(lab, 'c2', { rebalanceTimeoutMs: 20_000 });
    lab.wait(19_999);
    lab.send('Heartbeat', heartbeatOf(first, 1));
    expect(lab.reply(second.tag)).toBeUndefined();
    lab.wait(1);

    expect(lab.joined(second.tag)).toMatchObject({ generationId: 2, leader: second.memberId });
    expect(lab.ask('Heartbeat', heartbeatOf(first, 1))).toEqual(refused('UNKNOWN_MEMBER_ID'));
  });

  test('and has not synchronized in time is dropped too', () => {
    const lab = new GroupLaboratory();
    const { tag, memberId } = joinAsNew(lab, 'c1', { rebalanceTimeoutMs: 20_000 });
    lab.wait(0);
    expect(lab.joined(tag).generationId).toBe(1);
    for (let i = 0; i < 5; i++) {
      lab.wait(3_999);
      lab.send('Heartbeat', heartbeatOf(memberId, 1));
    }
    lab.wait(10);

    expect(lab.group('g')).toMatchObject({ state: 'Empty', generationId: 2 });
  });
});

describe('a session', () => {
  test('ends its timeout after the last heartbeat, and the others divide its part', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab, 'c1', { sessionTimeoutMs: 6_000 });
    lab.wait(4_000);
    lab.send('Heartbeat', heartbeatOf(first, 1));
    lab.wait(5_999);
    expect(lab.group('g')?.state).toBe('Stable');
    lab.wait(1);

    expect(lab.group('g')).toMatchObject({ state: 'Empty', generationId: 2 });
    expect(lab.facts).toContainEqual(
      expect.objectContaining({ name: 'memberLeft', detail: { group: 'g', memberId: first, why: 'expired' } }),
    );
  });

  test('is kept by commits as well', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab, 'c1', { sessionTimeoutMs: 6_000 });
    lab.wait(5_000);
    lab.send('OffsetCommit', commitOf(3, { memberId, generationId: 1 }));
    lab.wait(5_000);

    expect(lab.group('g')?.state).toBe('Stable');
  });

  test('does not end while the member waits for the others', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab, 'c1', { sessionTimeoutMs: 60_000 });
    joinAsNew(lab, 'c2', { sessionTimeoutMs: 60_000 });
    const again = lab.send('JoinGroup', joinRequest({ memberId: first, sessionTimeoutMs: 6_000 }), 'c1');
    const sync = lab.send('SyncGroup', syncRequest(2, first, [first]));
    expect([lab.joined(again).generationId, lab.reply(sync)]).toMatchObject([2, { errorCode: 'NONE' }]);
    lab.wait(5_000);

    expect(membersOf(lab.group('g')!)).toHaveLength(2);
  });
});

describe('a heartbeat', () => {
  test('of an old generation is told so', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);

    expect(lab.ask('Heartbeat', heartbeatOf(memberId, 0))).toEqual(refused('ILLEGAL_GENERATION'));
    expect(lab.ask('Heartbeat', heartbeatOf('other', 1))).toEqual(refused('UNKNOWN_MEMBER_ID'));
    expect(lab.ask('Heartbeat', heartbeatOf(memberId, 1))).toEqual(refused('NONE'));
  });
});

describe('a member that leaves', () => {
  test('last empties the group, whose offsets stay', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    lab.send('OffsetCommit', commitOf(7, { memberId, generationId: 1 }));
    const answer = lab.ask('LeaveGroup', {
      groupId: 'g',
      members: [{ memberId, groupInstanceId: null, reason: null }],
    });

    expect(answer).toEqual({
      errorCode: 'NONE',
      members: [{ memberId, groupInstanceId: null, errorCode: 'NONE' }],
    });
    expect(lab.group('g')).toMatchObject({ state: 'Empty', generationId: 2, protocolName: null });
    expect(lab.ask('OffsetFetch', fetchOf())).toMatchObject({
      groups: [{ topics: [{ name: 't', partitions: [{ committedOffset: 7, errorCode: 'NONE' }] }] }],
    });
  });
});

describe('a static member', () => {
  const asI1 = { groupInstanceId: 'i1' };
  const sync = (lab: GroupLaboratory, generationId: number, memberId: string) =>
    lab.send('SyncGroup', { ...syncRequest(generationId, memberId, [memberId]), ...asI1 });

  test('is given its id at once, and keeps its place when it comes back in time', () => {
    const lab = new GroupLaboratory();
    const first = lab.send('JoinGroup', joinRequest(asI1), 'c1');
    lab.wait(0);
    const { memberId } = lab.joined(first);
    sync(lab, 1, memberId);
    const back = lab.send('JoinGroup', joinRequest(asI1), 'c1');

    expect(memberId).toMatch(/^i1-/);
    expect(lab.joined(back)).toMatchObject({ errorCode: 'NONE', generationId: 1, skipAssignment: true });
    expect(lab.joined(back).memberId).not.toBe(memberId);
    expect(lab.group('g')).toMatchObject({ state: 'Stable', generationId: 1 });
    const kept = sync(lab, 1, lab.joined(back).memberId);
    expect(lab.reply(kept)).toMatchObject({ assignment: assignmentOf({ topic: 't', partition: 0 }) });
  });

  test('whose place was taken is fenced', () => {
    const lab = new GroupLaboratory();
    const first = lab.send('JoinGroup', joinRequest(asI1), 'c1');
    lab.wait(0);
    const { memberId } = lab.joined(first);
    sync(lab, 1, memberId);
    lab.send('JoinGroup', joinRequest(asI1), 'c1');

    expect(lab.ask('Heartbeat', heartbeatOf(memberId, 1, 'i1'))).toEqual(refused('FENCED_INSTANCE_ID'));
  });

  test('is not dropped by a rebalance that it misses, only by the end of its session', () => {
    const lab = new GroupLaboratory();
    const first = lab.send('JoinGroup', joinRequest({ ...asI1, rebalanceTimeoutMs: 10_000 }), 'c1');
    lab.wait(0);
    const { memberId } = lab.joined(first);
    sync(lab, 1, memberId);
    const second = joinAsNew(lab, 'c2', { rebalanceTimeoutMs: 10_000 });
    lab.wait(10_000);

    expect(lab.joined(second.tag)).toMatchObject({ generationId: 2, leader: second.memberId });
    expect(
      membersOf(lab.group('g')!)
        .map((member) => member.memberId)
        .sort(),
    ).toEqual([second.memberId, memberId].sort());
    lab.wait(35_000);
    expect(membersOf(lab.group('g')!).some((member) => member.memberId === memberId)).toBe(false);
  });
});

describe('a committed offset', () => {
  test('counts, and is answered, once its record is committed', () => {
    const lab = new GroupLaboratory();
    lab.holdsCommits = true;
    const commit = lab.send('OffsetCommit', commitOf(5));

    expect(lab.reply(commit)).toBeUndefined();
    expect(lab.ask('OffsetFetch', fetchOf())).toMatchObject({
      groups: [{ topics: [{ partitions: [{ errorCode: 'UNSTABLE_OFFSET_COMMIT' }] }] }],
    });
    lab.release();
    expect(lab.reply(commit)).toEqual({
      topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode: 'NONE' }] }],
    });
    expect(lab.ask('OffsetFetch', fetchOf())).toMatchObject({
      groups: [{ topics: [{ partitions: [{ committedOffset: 5 }] }] }],
    });
  });

  test.each([
    ['NOT_ENOUGH_REPLICAS', 'COORDINATOR_NOT_AVAILABLE'],
    ['NOT_LEADER_OR_FOLLOWER', 'NOT_COORDINATOR'],
    ['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'],
  ] as const)('that meets %s is refused with %s, and the one before it holds', (failure, error) => {
    const lab = new GroupLaboratory();
    lab.send('OffsetCommit', commitOf(5));
    lab.holdsCommits = true;
    const commit = lab.send('OffsetCommit', commitOf(9));
    lab.release(failure);

    expect(lab.reply(commit)).toMatchObject({ topics: [{ partitions: [refused(error)] }] });
    expect(lab.ask('OffsetFetch', fetchOf())).toMatchObject({
      groups: [{ topics: [{ partitions: [{ committedOffset: 5, errorCode: 'NONE' }] }] }],
    });
  });

  test('of a partition that does not exist, or with too much metadata, is refused by itself', () => {
    const lab = new GroupLaboratory();

    expect(lab.ask('OffsetCommit', commitOf(1, { topic: 'unknown' }))).toMatchObject({
      topics: [{ partitions: [refused('UNKNOWN_TOPIC_OR_PARTITION')] }],
    });
    expect(lab.ask('OffsetCommit', commitOf(1, { metadata: 'x'.repeat(4097) }))).toMatchObject({
      topics: [{ partitions: [refused('OFFSET_METADATA_TOO_LARGE')] }],
    });
  });

  test.each([
    ['from outside a group with members', {}, 'UNKNOWN_MEMBER_ID'],
    ['of an old generation', { generationId: 0 }, 'ILLEGAL_GENERATION'],
  ])('%s is refused', (_, changes, error) => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    const request = commitOf(1, 'generationId' in changes ? { ...changes, memberId } : changes);

    expect(lab.ask('OffsetCommit', request)).toMatchObject({ topics: [{ partitions: [refused(error)] }] });
  });

  test('of a group that nobody knows, by a member, is of an old generation', () => {
    const lab = new GroupLaboratory();

    expect(lab.ask('OffsetCommit', commitOf(1, { memberId: 'm', generationId: 3 }))).toMatchObject({
      topics: [{ partitions: [refused('ILLEGAL_GENERATION')] }],
    });
  });
});

describe('records of __consumer_offsets', () => {
  test('are those of Kafka, byte for byte', () => {
    const lab = new GroupLaboratory();
    lab.send('OffsetCommit', commitOf(258, { metadata: 'm' }));
    const [record] = lab.log.get(partitionOfG)?.[0]?.records ?? [];

    expect(record?.key).toBe(bytesFromHex(['0001', '000167', '000174', '00000000'].join('')));
    expect(record?.value).toBe(
      bytesFromHex(['0003', '0000000000000102', '00000000', '00016d', '00000196e7c57680'].join('')),
    );
  });
});

describe('another coordinator', () => {
  const moved = (lab: GroupLaboratory): void => {
    lab.resign(partitionOfG, 1);
    lab.elect(partitionOfG, 2);
  };

  test('reads the group back: its members go on in their generation, and its offsets stand', () => {
    const lab = new GroupLaboratory();
    const memberId = stableGroup(lab);
    lab.send('OffsetCommit', commitOf(7, { memberId, generationId: 1 }));
    moved(lab);

    expect(lab.group('g')).toMatchObject({ state: 'Stable', generationId: 1, protocolName: 'range' });
    expect(lab.ask('Heartbeat', heartbeatOf(memberId, 1))).toEqual(refused('NONE'));
    expect(lab.ask('OffsetFetch', fetchOf())).toMatchObject({
      groups: [{ topics: [{ partitions: [{ committedOffset: 7 }] }] }],
    });
    expect(lab.ask('SyncGroup', syncRequest(1, memberId))).toMatchObject({
      assignment: assignmentOf({ topic: 't', partition: 0 }),
    });
  });

  test('gives members that do not come a whole session', () => {
    const lab = new GroupLaboratory();
    stableGroup(lab, 'c1', { sessionTimeoutMs: 6_000 });
    lab.wait(5_000);
    moved(lab);
    lab.wait(5_999);
    expect(lab.group('g')?.state).toBe('Stable');
    lab.wait(1);

    expect(lab.group('g')?.state).toBe('Empty');
  });

  test('is to be looked for by who waits, and by who asks the old one', () => {
    const lab = new GroupLaboratory();
    const first = stableGroup(lab);
    const second = joinAsNew(lab, 'c2');
    lab.resign(partitionOfG, 1);

    expect(lab.joined(second.tag)).toMatchObject(refused('NOT_COORDINATOR'));
    expect(lab.ask('Heartbeat', heartbeatOf(first, 1))).toEqual(refused('NOT_COORDINATOR'));
    expect(lab.ask('OffsetFetch', fetchOf())).toMatchObject({ groups: [refused('NOT_COORDINATOR')] });
  });

  test('is not made by old news', () => {
    const lab = new GroupLaboratory();
    stableGroup(lab);
    moved(lab);
    lab.resign(partitionOfG, 1);

    expect(lab.group('g')?.state).toBe('Stable');
  });
});

describe('an assignment', () => {
  test('reaches nobody before it is in the log', () => {
    const lab = new GroupLaboratory();
    const { tag, memberId } = joinAsNew(lab, 'c1');
    lab.wait(0);
    lab.holdsCommits = true;
    const sync = lab.send('SyncGroup', syncRequest(lab.joined(tag).generationId, memberId, [memberId]));
    expect([lab.reply(sync), lab.group('g')?.state]).toEqual([undefined, 'CompletingRebalance']);
    lab.release();

    expect([lab.reply(sync), lab.group('g')?.state]).toMatchObject([{ errorCode: 'NONE' }, 'Stable']);
  });

  test('that cannot be stored makes the members join again', () => {
    const lab = new GroupLaboratory();
    const { tag, memberId } = joinAsNew(lab, 'c1');
    lab.wait(0);
    lab.holdsCommits = true;
    const sync = lab.send('SyncGroup', syncRequest(lab.joined(tag).generationId, memberId, [memberId]));
    lab.release('NOT_ENOUGH_REPLICAS');

    expect([lab.reply(sync), lab.group('g')?.state]).toMatchObject([
      refused('COORDINATOR_NOT_AVAILABLE'),
      'PreparingRebalance',
    ]);
  });
});

describe('the lines of the log', () => {
  test('tell the life of a group as Kafka does', () => {
    const lab = new GroupLaboratory();
    const before = lab.lines.length;
    const { tag, memberId } = joinAsNew(lab, 'console-consumer', {
      groupId: 'g',
      reason: 'rebalance failed due to MemberIdRequiredException',
    });
    lab.wait(0);
    expect(lab.joined(tag).generationId).toBe(1);
    lab.send('SyncGroup', syncRequest(1, memberId, [memberId]));
    const reason = 'the consumer is being closed';
    lab.send('LeaveGroup', { groupId: 'g', members: [{ memberId, groupInstanceId: null, reason }] });

    const place = `__consumer_offsets-${partitionOfG}`;
    const lines = lab.lines.slice(before).map((line) => line.replaceAll(memberId, 'ID').replace(/^\[[^\]]*\]:? /, ''));
    expect(lines).toEqual([
      'Dynamic member with unknown member id joins group g in Empty state. Created a new member id ID and request the member to rejoin with this id.',
      'Pending dynamic member with id ID joins group g in Empty state. Adding to the group now.',
      `Preparing to rebalance group g in state PreparingRebalance with old generation 0 (${place}) (reason: Adding new member ID with group instance id None; client reason: rebalance failed due to MemberIdRequiredException)`,
      `Stabilized group g generation 1 (${place}) with 1 members`,
      'Assignment received from leader ID for group g for generation 1. The group has 1 members, 0 of which are static.',
      `Preparing to rebalance group g in state PreparingRebalance with old generation 1 (${place}) (reason: Removing member ID on LeaveGroup; client reason: ${reason})`,
      `Group g with generation 2 is now empty (${place})`,
      `Member MemberMetadata(memberId=ID, groupInstanceId=None, clientId=console-consumer, clientHost=/127.0.0.1, sessionTimeoutMs=45000, rebalanceTimeoutMs=300000, supportedProtocols=List(range, cooperative-sticky)) has left group g through explicit \`LeaveGroup\`; client reason: ${reason}`,
    ]);
  });
});
