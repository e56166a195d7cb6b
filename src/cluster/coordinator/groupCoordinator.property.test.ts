import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { Group } from './group.ts';
import { membersOf } from './group.ts';
import {
  GroupLaboratory,
  commitOf,
  heartbeatOf,
  joinRequest,
  partitionCount,
  syncRequest,
} from './testing/groupLaboratory.ts';

const partitionOfG = coordinatorPartition('g', { partitionCount });
const clients = 4;

/** What one of four clients does next, with what it knows. */
interface PlayerMove {
  readonly by: number;
  readonly do: 'join' | 'sync' | 'heartbeat' | 'leave' | 'commit';
}
type Move =
  | PlayerMove
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hold' | 'release' | 'fail' | 'moveCoordinator' };
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        by: fc.integer({ min: 0, max: clients - 1 }),
        do: fc.constantFrom('join', 'join', 'sync', 'heartbeat', 'leave', 'commit' as const),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20_000 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('hold', 'release', 'fail', 'moveCoordinator' as const) }),
    },
  ),
  { maxLength: 60 },
);

interface Client {
  memberId: string;
  generationId: number;
  joining: number | null;
  /** A broker takes up one request of a connection at a time. */
  lastTag: number | null;
}

class Players {
  readonly lab: GroupLaboratory;
  readonly tags: number[] = [];
  readonly #clients: Client[] = Array.from({ length: clients }, () => ({
    memberId: '',
    generationId: -1,
    joining: null,
    lastTag: null,
  }));
  readonly #staticClients: number;
  #epoch = 1;

  constructor(staticClients: number, delayMs: number) {
    this.lab = new GroupLaboratory({ 'group.initial.rebalance.delay.ms': String(delayMs) });
    this.#staticClients = staticClients;
  }

  play(move: Move): void {
    const { lab } = this;
    if (move.do === 'wait') lab.wait(move.ms);
    else if ('by' in move) this.#act(move);
    else if (move.do === 'hold') lab.holdsCommits = true;
    else if (move.do === 'release' || move.do === 'fail') {
      lab.holdsCommits = false;
      lab.release(move.do === 'fail' ? 'NOT_ENOUGH_REPLICAS' : 'NONE');
    } else {
      lab.resign(partitionOfG, this.#epoch);
      // What was not committed is not in the log of the new leader.
      lab.release('NOT_LEADER_OR_FOLLOWER');
      lab.elect(partitionOfG, this.#epoch + 1);
      this.#epoch += 2;
    }
    this.#learn();
  }

  #act({ by, do: what }: PlayerMove): void {
    const { lab } = this;
    const client = this.#clients[by]!;
    if (client.lastTag !== null && lab.reply(client.lastTag) === undefined) return;
    client.lastTag = this.#send(by, what);
    this.tags.push(client.lastTag);
  }

  #send(by: number, what: PlayerMove['do']): number {
    const { lab } = this;
    const client = this.#clients[by]!;
    const { memberId, generationId } = client;
    const groupInstanceId = by < this.#staticClients ? `i${by}` : null;
    switch (what) {
      case 'join': {
        const timeouts = { sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 30_000 };
        client.joining = lab.send('JoinGroup', joinRequest({ memberId, groupInstanceId, ...timeouts }), `c${by}`);
        return client.joining;
      }
      case 'sync': {
        const members = this.#clients.map((one) => one.memberId).filter((id) => id !== '');
        const leads = lab.group('g')?.members.leaderId === memberId;
        const request = syncRequest(generationId, memberId, leads ? members : []);
        return lab.send('SyncGroup', { ...request, groupInstanceId });
      }
      case 'heartbeat':
        return lab.send('Heartbeat', heartbeatOf(memberId, generationId, groupInstanceId));
      case 'leave':
        client.memberId = '';
        return lab.send('LeaveGroup', { groupId: 'g', members: [{ memberId, groupInstanceId, reason: null }] });
      case 'commit':
        return lab.send('OffsetCommit', commitOf(this.tags.length, { memberId, generationId }));
    }
  }

  #learn(): void {
    for (const client of this.#clients) {
      if (client.joining === null || this.lab.reply(client.joining) === undefined) continue;
      const { errorCode, memberId, generationId } = this.lab.joined(client.joining);
      if (errorCode === 'UNKNOWN_MEMBER_ID' || errorCode === 'FENCED_INSTANCE_ID') client.memberId = '';
      else if (memberId !== '') client.memberId = memberId;
      client.generationId = generationId;
      client.joining = null;
    }
  }
}

/** What is broken, in words. */
function problemsOf(group: Group | undefined, before: Group | undefined): readonly string[] {
  if (group === undefined) return [];
  const { state, members, staticMembers, delayedJoin, incarnation, generationId } = group;
  const all = membersOf(group);
  const ids = all.map(({ memberId }) => memberId);
  const leaders = members.leaderId === null ? [] : [members.leaderId];
  const isSame = before?.incarnation === incarnation;
  const checks: readonly (readonly [string, boolean])[] = [
    ['one of its members leads', leaders.length === Math.min(1, ids.length) && leaders.every((id) => ids.includes(id))],
    ['static members are members', [...staticMembers.values()].every((id) => ids.includes(id))],
    ['an empty group has no members', state !== 'Empty' || ids.length === 0],
    ['it waits for joins while it prepares', (state === 'PreparingRebalance') === (delayedJoin !== null)],
    [
      'only a generation that begins has members without assignment',
      state === 'CompletingRebalance' || all.every(({ awaitingSync }) => awaitingSync === null),
    ],
    ['generations grow', !isSame || generationId >= before.generationId],
    [
      'a generation that begins is a new one',
      !isSame || state !== 'CompletingRebalance' || before.state === state || generationId > before.generationId,
    ],
  ];
  return checks.flatMap(([promise, holds]) => (holds ? [] : [promise]));
}

describe('under random requests, delays, failed commits and moves of the coordinator', () => {
  test('a group keeps its promises, and everybody is answered in the end', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 2 }), fc.constantFrom(0, 3_000), (taken, staticClients, delayMs) => {
        const players = new Players(staticClients, delayMs);
        for (const move of taken) {
          const before = players.lab.group('g');
          players.play(move);
          expect(problemsOf(players.lab.group('g'), before)).toEqual([]);
        }
        players.play({ do: 'release' });
        players.play({ do: 'wait', ms: 600_000 });

        expect(players.tags.filter((tag) => players.lab.reply(tag) === undefined)).toEqual([]);
        expect(players.lab.group('g')?.state ?? 'Empty').toBe('Empty');
      }),
      { numRuns: 300 },
    );
  });

  test('what a new coordinator reads is what the old one had committed', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 2 }), (taken, staticClients) => {
        const players = new Players(staticClients, 0);
        for (const move of taken) players.play(move);
        players.play({ do: 'release' });
        const before = players.lab.group('g');
        players.play({ do: 'moveCoordinator' });
        const after = players.lab.group('g');

        const offsetsOf = (group: Group | undefined) =>
          [...(group?.offsets.committed.values() ?? [])].map(({ committed }) => committed.offset);
        expect(offsetsOf(after)).toEqual(offsetsOf(before));
        const stable = [before, after].map((group) => (group?.state === 'Stable' ? group.generationId : null));
        expect(stable[0] === null ? null : stable[1]).toBe(stable[0]);
      }),
      { numRuns: 200 },
    );
  });
});
