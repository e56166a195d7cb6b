import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topicPartitionName } from '../topicPartition.ts';
import type { AssignorInput, GroupAssignment, MemberSubscription } from './assignor.ts';
import { type AssignorName, assignors } from './assignors.ts';

const names = Object.keys(assignors) as AssignorName[];
const topics = ['commandes', 'logs', 'meteo', 'ventes'];

const member = (id: number, subscribed: readonly string[] = topics): MemberSubscription => ({
  memberId: `consumer-${id}-${(id * 2_654_435_761) % 997}`,
  groupInstanceId: null,
  topics: subscribed,
  ownedPartitions: [],
  generation: -1,
});
const counts = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 })
  .map((list) => new Map(topics.map((topic, i) => [topic, list[i]!])));
const equalGroup = fc.tuple(counts, fc.integer({ min: 1, max: 8 })).map(
  ([partitionCounts, size]): AssignorInput => ({
    partitionCounts,
    members: Array.from({ length: size }, (_, i) => member(i)),
  }),
);
const mixedGroup = fc
  .tuple(counts, fc.array(fc.subarray(topics, { minLength: 1 }), { minLength: 1, maxLength: 8 }))
  .map(
    ([partitionCounts, subscribed]): AssignorInput => ({
      partitionCounts,
      members: subscribed.map((list, i) => member(i, list)),
    }),
  );

const sizes = (assignment: GroupAssignment) => [...assignment.values()].map(({ length }) => length);
const ownersOf = (assignment: GroupAssignment) =>
  new Map(
    [...assignment].flatMap(([memberId, partitions]) =>
      partitions.map((partition) => [topicPartitionName(partition), memberId] as const),
    ),
  );
const partitionCount = ({ partitionCounts, members }: AssignorInput) =>
  [...partitionCounts]
    .filter(([topic]) => members.some((m) => m.topics.includes(topic)))
    .reduce((sum, [, count]) => sum + count, 0);

describe.each(names)('%s', (name) => {
  test('gives every subscribed partition to exactly one member, who is subscribed to it', () => {
    fc.assert(
      fc.property(mixedGroup, (input) => {
        const assignment = assignors[name](input);
        const all = [...assignment.values()].flat().map(topicPartitionName);

        expect(new Set(all).size).toBe(all.length);
        expect(all.length).toBe(partitionCount(input));
        for (const { memberId, topics: subscribed } of input.members) {
          expect(assignment.get(memberId)!.every(({ topic }) => subscribed.includes(topic))).toBe(true);
        }
      }),
    );
  });
});

describe.each(['sticky', 'cooperative-sticky'] as const)('%s, when all read the same topics', (name) => {
  const rejoin = (input: AssignorInput, assignment: GroupAssignment): AssignorInput => ({
    ...input,
    members: input.members.map((m) => ({ ...m, ownedPartitions: assignment.get(m.memberId) ?? [], generation: 1 })),
  });

  test('is balanced within one partition', () => {
    fc.assert(
      fc.property(equalGroup, (input) => {
        const assigned = sizes(assignors[name](input));

        expect(Math.max(...assigned) - Math.min(...assigned)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('moves nothing when nothing changed', () => {
    fc.assert(
      fc.property(equalGroup, (input) => {
        const before = assignors[name](input);

        expect(ownersOf(assignors[name](rejoin(input, before)))).toEqual(ownersOf(before));
      }),
    );
  });

  test('when a member leaves, moves its partitions only', () => {
    fc.assert(
      fc.property(
        equalGroup.filter(({ members }) => members.length > 1),
        (input) => {
          const before = assignors[name](input);
          const left = input.members[0]!.memberId;
          const stayed = { ...input, members: rejoin(input, before).members.slice(1) };

          const owners = ownersOf(assignors[name](stayed));

          const kept = [...ownersOf(before)].filter(([, owner]) => owner !== left);
          expect(kept.map(([partition]) => [partition, owners.get(partition)])).toEqual(kept);
        },
      ),
    );
  });

  test('when a member joins, takes from each no more than what is above its share', () => {
    fc.assert(
      fc.property(equalGroup, (input) => {
        const before = assignors[name](input);
        const joined = { ...input, members: [...rejoin(input, before).members, member(99)] };
        const share = Math.floor(partitionCount(input) / joined.members.length);

        const after = assignors[name](joined);

        for (const { memberId } of input.members) {
          const had = before.get(memberId)!.length;
          const kept = after
            .get(memberId)!
            .filter((p) => ownersOf(before).get(topicPartitionName(p)) === memberId).length;
          expect(kept).toBeGreaterThanOrEqual(Math.min(had, share));
        }
      }),
    );
  });
});

test('cooperative-sticky gives a partition that changes hands to nobody until its owner has given it up', () => {
  const partitionCounts = new Map([['ventes', 4]]);
  const [first, second] = [member(1, ['ventes']), member(2, ['ventes'])];
  const alone = assignors['cooperative-sticky']({ partitionCounts, members: [first] });
  const owned = { ...first, ownedPartitions: alone.get(first.memberId)!, generation: 1 };

  const revoking = assignors['cooperative-sticky']({ partitionCounts, members: [owned, second] });
  const kept = { ...first, ownedPartitions: revoking.get(first.memberId)!, generation: 2 };
  const done = assignors['cooperative-sticky']({ partitionCounts, members: [kept, { ...second, generation: 2 }] });

  expect(sizes(revoking)).toEqual([2, 0]);
  expect(sizes(done)).toEqual([2, 2]);
});
