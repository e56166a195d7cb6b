/**
 * The election of a leader: every server that looks for one votes for itself, then for the best vote it sees, and tells all others each
 * time it changes its mind. A vote that a majority shares wins after 200 ms without a better one; a server that finds a leader at work,
 * with a majority behind it, follows that one.
 *
 * Follows `org.apache.zookeeper.server.quorum.FastLeaderElection` (3.8.4).
 */
import { ms } from '../../../kernel/time.ts';
import { tell } from '../../facts.ts';
import { hexOfZxid } from '../../protocol/zookeeper.ts';
import type { ServerTurn } from '../serverTurn.ts';
import { hasDelivered, connectToAll, sendToServer } from './electionLinks.ts';
import * as log from './ensembleLog.ts';
import type { CountedVote, Election, QuorumPeer } from './peerState.ts';
import { isQuorum, peerStateOf, serverOf } from './peerState.ts';
import type { PeerState, Vote } from './quorumMessages.ts';
import { isBetterVote, votersFor } from './vote.ts';

const finalizeWaitMs = 200;
const longestPatienceMs = 60_000;

export interface Notification {
  readonly sid: number;
  readonly state: PeerState;
  readonly vote: Vote;
}

/** What the server itself would be elected for. */
const ownProposal = ({ config, database }: QuorumPeer): Election['proposal'] => ({
  leader: config.serverId,
  zxid: database.lastZxid,
  peerEpoch: database.epochs?.current ?? 0,
});

export function startElection(turn: ServerTurn): void {
  const { peer } = turn;
  const proposal = ownProposal(peer);
  turn.setPeer({
    logicalClock: peer.logicalClock + 1,
    election: {
      startedAt: turn.now,
      proposal,
      received: new Map(),
      outOfElection: new Map(),
      isFinalizing: false,
      patienceMs: finalizeWaitMs,
    },
  });
  const server = turn.config.serverId;
  turn.effects.push(tell('zookeeperStateChanged', { server, state: 'LOOKING', leader: null }));
  turn.log(log.looking, log.newElection(turn.config.serverId, proposal.zxid));
  const own = sendNotifications(turn);
  turn.setTimer('election', ms(finalizeWaitMs));
  countVotes(turn, own);
}

const electionOf = (turn: ServerTurn): Election | null => turn.peer.election;
const setElection = (turn: ServerTurn, change: Partial<Election>): void => {
  const election = electionOf(turn);
  if (election !== null) turn.setPeer({ election: { ...election, ...change } });
};

/** Tells every server of the present vote; what it tells itself comes back, to be counted like the others'. */
function sendNotifications(turn: ServerTurn): readonly Notification[] {
  const { election, logicalClock, config } = turn.peer;
  if (election === null) return [];
  const vote: Vote = { ...election.proposal, electionEpoch: logicalClock };
  for (const { id } of config.servers) if (id !== config.serverId) notify(turn, id, 'LOOKING', vote);
  return [{ sid: config.serverId, state: 'LOOKING', vote }];
}

function notify(turn: ServerTurn, sid: number, state: PeerState, vote: Vote): void {
  sendToServer(turn, sid, { protocol: 'zookeeperElection', kind: 'notification', name: 'Notification', state, vote });
}

/** A server tells how it votes, or whom it follows. */
export function receiveNotification(turn: ServerTurn, notification: Notification): void {
  const { peer } = turn;
  const state = peerStateOf(peer);
  const { sid, vote } = notification;
  if (serverOf(peer, sid) === undefined) return;
  turn.log(log.notification(state, notification));
  if (peer.election !== null) {
    countVotes(turn, [notification]);
    const { election, logicalClock } = turn.peer;
    if (election !== null && notification.state === 'LOOKING' && vote.electionEpoch < logicalClock)
      notify(turn, sid, 'LOOKING', { ...election.proposal, electionEpoch: logicalClock });
  } else if (notification.state === 'LOOKING') notify(turn, sid, state, peer.currentVote);
}

/** Counts the votes that have arrived, and those that the server gives itself meanwhile. */
function countVotes(turn: ServerTurn, arrived: readonly Notification[]): void {
  const inbox = [...arrived];
  for (let next = inbox.shift(); next !== undefined; next = inbox.shift()) {
    const election = electionOf(turn);
    if (election === null) return;
    if (election.isFinalizing) {
      turn.setTimer('election', ms(finalizeWaitMs));
      if (!isBetterVote(next.vote, election.proposal)) continue;
      setElection(turn, { isFinalizing: false });
    }
    if (serverOf(turn.peer, next.vote.leader) === undefined) continue;
    inbox.push(...(next.state === 'LOOKING' ? countVote(turn, next) : countEstablished(turn, next)));
    const after = electionOf(turn);
    if (after !== null) turn.setTimer('election', ms(after.isFinalizing ? finalizeWaitMs : after.patienceMs));
  }
}

function countVote(turn: ServerTurn, { sid, vote, state }: Notification): readonly Notification[] {
  let sent: readonly Notification[] = [];
  const { logicalClock } = turn.peer;
  if (vote.electionEpoch < logicalClock) return [];
  if (vote.electionEpoch > logicalClock) {
    // A later round: votes of this one count no more.
    const own = ownProposal(turn.peer);
    turn.setPeer({ logicalClock: vote.electionEpoch });
    setElection(turn, { received: new Map(), proposal: isBetterVote(vote, own) ? proposalOf(vote) : own });
    sent = sendNotifications(turn);
  } else if (isBetterVote(vote, electionOf(turn)!.proposal)) {
    setElection(turn, { proposal: proposalOf(vote) });
    sent = sendNotifications(turn);
  }
  const { received, proposal } = electionOf(turn)!;
  const votes = new Map(received).set(sid, { vote, state });
  const ours: CountedVote = { vote: { ...proposal, electionEpoch: turn.peer.logicalClock }, state: 'LOOKING' };
  setElection(turn, { received: votes, isFinalizing: isQuorum(turn.peer, votersFor(votes, ours)) });
  return sent;
}

const proposalOf = ({ leader, zxid, peerEpoch }: Vote): Election['proposal'] => ({ leader, zxid, peerEpoch });

/** Somebody follows or leads already: with a majority of its kind, and the leader among them, there is nothing left to elect. */
function countEstablished(turn: ServerTurn, { sid, vote, state }: Notification): readonly Notification[] {
  const election = electionOf(turn)!;
  const counted: CountedVote = { vote, state };
  if (vote.electionEpoch === turn.peer.logicalClock) {
    const received = new Map(election.received).set(sid, counted);
    setElection(turn, { received });
    if (hasLeader(turn, received, counted)) {
      elect(turn, vote);
      return [];
    }
  }
  const outOfElection = new Map(election.outOfElection).set(sid, counted);
  setElection(turn, { outOfElection });
  if (hasLeader(turn, outOfElection, counted)) {
    turn.setPeer({ logicalClock: vote.electionEpoch });
    elect(turn, vote);
  }
  return [];
}

function hasLeader(turn: ServerTurn, votes: ReadonlyMap<number, CountedVote>, counted: CountedVote): boolean {
  const { leader, electionEpoch } = counted.vote;
  if (!isQuorum(turn.peer, votersFor(votes, counted))) return false;
  if (leader === turn.config.serverId) return electionEpoch === turn.peer.logicalClock;
  return votes.get(leader)?.state === 'LEADING';
}

/** The timer of the election: the vote is final, or nothing was heard for too long. */
export function electionTimeout(turn: ServerTurn): void {
  const election = electionOf(turn);
  if (election === null) return;
  if (election.isFinalizing) return elect(turn, { ...election.proposal, electionEpoch: turn.peer.logicalClock });
  const patienceMs = Math.min(election.patienceMs * 2, longestPatienceMs);
  let own: readonly Notification[] = [];
  if (hasDelivered(turn.peer.links)) own = sendNotifications(turn);
  else connectToAll(turn);
  setElection(turn, { patienceMs });
  turn.log(log.notificationTimeOut(patienceMs));
  turn.setTimer('election', ms(patienceMs));
  countVotes(turn, own);
}

function elect(turn: ServerTurn, vote: Vote): void {
  turn.cancelTimer('election');
  const election = electionOf(turn);
  const startedAt = election?.startedAt ?? turn.now;
  const server = turn.config.serverId;
  const isLeader = vote.leader === server;
  const state = isLeader ? 'LEADING' : 'FOLLOWING';
  turn.effects.push(tell('zookeeperStateChanged', { server, state, leader: vote.leader }));
  if (isLeader) {
    const voters = votersFor(election?.received ?? new Map(), { vote, state: 'LOOKING' });
    const ensembleSize = turn.config.servers.length;
    const { zxid, peerEpoch } = vote;
    turn.effects.push(tell('zookeeperElected', { server, voters, ensembleSize, zxid: hexOfZxid(zxid), peerEpoch }));
  }
  turn.setPeer({ currentVote: vote, election: null });
  turn.log(
    log.peerStateChanged(isLeader ? 'leading' : 'following'),
    log.entering(state),
    log.electionTook(state, Math.floor((turn.now - startedAt) / 1000)),
  );
  turn.signals.push(isLeader ? 'ELECTED_LEADER' : 'ELECTED_FOLLOWER');
}
