import { describe, expect, test } from 'vitest';
import type { BallotEvent } from './ballot.ts';
import { lastBallot, serverSpans } from './ballot.ts';

const ms = (count: number): number => count * 1000;
const election: readonly BallotEvent[] = [
  { kind: 'state', atUs: ms(1000), server: 2, state: 'LEADING' },
  { kind: 'state', atUs: ms(1000), server: 1, state: 'FOLLOWING' },
  { kind: 'down', atUs: ms(60_000), server: 2 },
  { kind: 'state', atUs: ms(60_010), server: 1, state: 'LOOKING' },
  { kind: 'vote', atUs: ms(60_011), server: 1, to: 3, arrivesUs: ms(60_012), leader: 1, zxid: '0xa4', peerEpoch: 1 },
  { kind: 'vote', atUs: ms(60_020), server: 3, to: 1, arrivesUs: ms(60_021), leader: 3, zxid: '0xa6', peerEpoch: 1 },
  { kind: 'vote', atUs: ms(60_020), server: 3, to: 1, arrivesUs: ms(60_021), leader: 3, zxid: '0xa6', peerEpoch: 1 },
  { kind: 'state', atUs: ms(60_230), server: 3, state: 'LEADING' },
  { kind: 'state', atUs: ms(60_240), server: 1, state: 'FOLLOWING' },
];

test('the states of a server follow one another, down when its process ends', () => {
  expect(serverSpans(election, 2)).toEqual([
    { state: 'LEADING', fromUs: ms(1000), toUs: ms(60_000) },
    { state: 'down', fromUs: ms(60_000), toUs: null },
  ]);
});

describe('the last election', () => {
  test('goes from the first who looks to the last who follows, each vote once', () => {
    const ballot = lastBallot(election, ms(90_000))!;

    expect(ballot.fromUs).toBeLessThan(ms(60_010));
    expect(ballot.fromUs).toBeGreaterThan(ms(59_000));
    expect(ballot.toUs).toBeGreaterThan(ms(60_240));
    expect(ballot.votes.map(({ server, to, leader }) => [server, to, leader])).toEqual([
      [1, 3, 1],
      [3, 1, 3],
    ]);
    expect(ballot.isPast).toBe(true);
  });

  test('is the one under way, up to now, while somebody looks', () => {
    const ballot = lastBallot(election.slice(0, 5), ms(60_100));

    expect(ballot).toMatchObject({ begunUs: ms(60_010), votedUs: ms(60_012), toUs: ms(60_100), isPast: false });
  });

  test('is none where nobody has looked', () => {
    expect(lastBallot([], ms(5))).toBeNull();
  });
});
