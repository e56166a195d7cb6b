/** Votes and how they compare. Follows `FastLeaderElection#totalOrderPredicate` and `quorum.Vote` (3.8.4). */
import type { CountedVote } from './peerState.ts';
import type { Vote } from './quorumMessages.ts';

/** A later epoch wins, then a longer history, then the greater number. */
export function isBetterVote(vote: Omit<Vote, 'electionEpoch'>, than: Omit<Vote, 'electionEpoch'>): boolean {
  if (vote.peerEpoch !== than.peerEpoch) return vote.peerEpoch > than.peerEpoch;
  if (vote.zxid !== than.zxid) return vote.zxid > than.zxid;
  return vote.leader > than.leader;
}

/** Whether two votes count together: those who follow already may differ in what they saw during their election, not in the leader's epoch. */
export function isSameVote(one: CountedVote, other: CountedVote): boolean {
  const isSameLeader = one.vote.leader === other.vote.leader && one.vote.peerEpoch === other.vote.peerEpoch;
  if (one.state !== 'LOOKING' && other.state !== 'LOOKING') return isSameLeader;
  return isSameLeader && one.vote.zxid === other.vote.zxid && one.vote.electionEpoch === other.vote.electionEpoch;
}

/** The servers whose vote is that one. */
export const votersFor = (votes: ReadonlyMap<number, CountedVote>, vote: CountedVote): readonly number[] =>
  [...votes].filter(([, other]) => isSameVote(vote, other)).map(([sid]) => sid);
