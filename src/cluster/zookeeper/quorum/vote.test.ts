import { describe, expect, test } from 'vitest';
import type { Zxid } from '../../protocol/zookeeper.ts';
import type { PeerState, Vote } from './quorumMessages.ts';
import { isBetterVote, votersFor } from './vote.ts';

const vote = (leader: number, zxid = 0, peerEpoch = 0, electionEpoch = 1): Vote => ({
  leader,
  zxid: zxid as Zxid,
  peerEpoch,
  electionEpoch,
});

describe('a vote', () => {
  test('of a later epoch is better than one of a longer history, and that than one of a greater number', () => {
    expect([
      isBetterVote(vote(1, 0, 2), vote(3, 9, 1)),
      isBetterVote(vote(1, 9, 1), vote(3, 8, 1)),
      isBetterVote(vote(3, 9, 1), vote(1, 9, 1)),
      isBetterVote(vote(3, 9, 1), vote(3, 9, 1)),
    ]).toEqual([true, true, true, false]);
  });

  test('counts with those that are the same in every respect', () => {
    const looking = { vote: vote(2, 5, 1, 7), state: 'LOOKING' as PeerState };
    const votes = new Map([
      [1, looking],
      [2, { ...looking, vote: vote(2, 5, 1, 6) }],
      [3, { ...looking, vote: vote(2, 4, 1, 7) }],
    ]);

    expect(votersFor(votes, looking)).toEqual([1]);
  });

  test('of those who follow already counts by leader and epoch alone', () => {
    const votes = new Map([
      [1, { vote: vote(2, 5, 1, 7), state: 'FOLLOWING' as PeerState }],
      [2, { vote: vote(2, 0, 1, 3), state: 'LEADING' as PeerState }],
      [3, { vote: vote(2, 5, 2, 7), state: 'FOLLOWING' as PeerState }],
    ]);

    expect(votersFor(votes, { vote: vote(2, 9, 1, 9), state: 'FOLLOWING' })).toEqual([1, 2]);
  });
});
