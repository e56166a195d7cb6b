/**
 * A follower at work: it finds its leader, promises to follow its epoch, takes its history, then logs what it proposes and applies what it
 * commits. Follows `org.apache.zookeeper.server.quorum.Follower` and `Learner` (3.8.4).
 */
import type { Socket } from '../../../kernel/events.ts';
import { later, ms } from '../../../kernel/time.ts';
import type { Zxid } from '../../protocol/zookeeper.ts';
import { hexOfZxid } from '../../protocol/zookeeper.ts';
import { applyCommitted } from '../clientRequests.ts';
import { snapshotLines } from '../serverLog.ts';
import type { ServerTurn } from '../serverTurn.ts';
import { beginServing, endServing } from '../serving.ts';
import type { LoggedTxn } from '../transaction.ts';
import { fastForward, replaceState, takeSnapshot, truncateDatabase } from '../database.ts';
import { snapshotSize } from '../dataDirectory.ts';
import { takeSocket } from './electionLinks.ts';
import * as log from './ensembleLog.ts';
import { setEpochs } from './epochs.ts';
import { hearRevalidation, hearSync } from './followerPath.ts';
import { followingOf, leaderOf, sendToLeader, setFollowing } from './following.ts';
import type { LearnerSync } from './peerState.ts';
import type { QuorumMessage } from './quorumMessages.ts';
import { epochOfZxid } from './quorumMessages.ts';

/** Times to try the leader's quorum port, which it may not have opened yet, and the pause between them. */
const mostAttempts = 5;
const retryDelayMs = 100;
/** `ExitCode.QUORUM_PACKET_ERROR`. */
const quorumPacketError = 13;

/** The vote was for another server. */
export function startFollowing(turn: ServerTurn): void {
  turn.log(log.peerStateChanged('following - discovery'));
  turn.setPeer({
    following: {
      leader: turn.peer.currentVote.leader,
      socket: null,
      startedAt: turn.now,
      attempts: 0,
      newEpoch: null,
      sync: null,
      isServing: false,
      connectedAt: null,
      lastHeardAt: turn.now,
      touched: new Map(),
      pendingSyncs: [],
    },
  });
  connectToLeader(turn);
  armSilenceAlarm(turn);
}

export function connectToLeader(turn: ServerTurn): void {
  const leader = leaderOf(turn);
  if (leader === undefined) return;
  const socket = takeSocket(turn);
  setFollowing(turn, { socket, attempts: followingOf(turn).attempts + 1 });
  turn.effects.push({ type: 'connect', params: { socket, port: leader.quorumPort } });
}

/** The leader is silent for that long: it is lost. */
const patienceMs = ({ config: { tickTimeMs, initLimit, syncLimit } }: ServerTurn, isReady: boolean): number =>
  tickTimeMs * (isReady ? syncLimit : initLimit);

const isReady = (turn: ServerTurn): boolean => {
  const { sync, isServing } = followingOf(turn);
  return isServing || sync?.isAcknowledged === true;
};

function armSilenceAlarm(turn: ServerTurn): void {
  const { lastHeardAt } = followingOf(turn);
  const dueAt = later(lastHeardAt, ms(patienceMs(turn, isReady(turn))));
  turn.setTimer('leaderSilence', dueAt - turn.now);
}

/** The timer of the leader's silence; it was set when the leader was last known to be heard, so it may find that nothing is wrong. */
export function leaderSilenceAlarm(turn: ServerTurn): void {
  const { lastHeardAt } = followingOf(turn);
  if (turn.now - lastHeardAt < ms(patienceMs(turn, isReady(turn)))) return armSilenceAlarm(turn);
  loseLeader(turn, 'java.net.SocketTimeoutException: Read timed out');
}

export function leaderConnected(turn: ServerTurn): void {
  const leader = leaderOf(turn);
  if (leader === undefined) return;
  turn.log(log.connectedToLeader(leader));
  setFollowing(turn, { connectedAt: turn.now, lastHeardAt: turn.now });
  const acceptedEpoch = turn.database.epochs?.accepted ?? 0;
  const { serverId: sid } = turn.config;
  sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'FOLLOWERINFO', name: 'FOLLOWERINFO', sid, acceptedEpoch });
}

export function leaderRefused(turn: ServerTurn): void {
  const { attempts, startedAt } = followingOf(turn);
  const leader = leaderOf(turn);
  setFollowing(turn, { socket: null });
  const remainingMs = patienceMs(turn, false) - Math.floor((turn.now - startedAt) / 1000);
  if (leader === undefined || attempts >= mostAttempts || remainingMs <= retryDelayMs)
    return loseLeader(turn, 'java.net.ConnectException: Connection refused');
  turn.log(log.cannotReachLeader(attempts - 1, remainingMs, leader));
  turn.setTimer('connectToLeader', ms(retryDelayMs));
}

/** The leader says something. */
export function hearLeader(turn: ServerTurn, packet: QuorumMessage): void {
  setFollowing(turn, { lastHeardAt: turn.now });
  switch (packet.kind) {
    case 'LEADERINFO':
      return acceptEpoch(turn, packet.newEpoch);
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
      return beginSync(turn, packet);
    case 'NEWLEADER':
      return acceptNewLeader(turn, packet.zxid);
    case 'UPTODATE':
      return startServingClients(turn);
    case 'PROPOSAL':
      return hearProposal(turn, packet.txn);
    case 'COMMIT':
      return hearCommit(turn, packet.zxid);
    case 'PING': {
      const { touched } = followingOf(turn);
      setFollowing(turn, { touched: new Map() });
      return sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'PONG', name: 'ping', touched });
    }
    case 'REVALIDATED':
      return hearRevalidation(turn, packet.session, packet.isValid);
    case 'SYNC':
      return hearSync(turn);
    default:
      return;
  }
}

/** A promise on disk: no leader of an earlier epoch is followed from now on (`registerWithLeader`). */
function acceptEpoch(turn: ServerTurn, newEpoch: number): void {
  const { accepted, current } = turn.database.epochs ?? { accepted: 0, current: 0 };
  if (newEpoch < accepted)
    return loseLeader(turn, `java.io.IOException: Leaders epoch, ${newEpoch} is less than accepted epoch, ${accepted}`);
  // Promised before: the leader may sync it, but not count on it again.
  const currentEpoch = newEpoch > accepted ? current : -1;
  if (newEpoch > accepted) setEpochs(turn, { accepted: newEpoch, current });
  setFollowing(turn, { newEpoch });
  const { lastZxid } = turn.database;
  sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'ACKEPOCH', name: 'ACKEPOCH', currentEpoch, lastZxid });
  turn.log(log.peerStateChanged('following - synchronization'));
  turn.signals.push('EPOCH_ESTABLISHED');
}

function beginSync(turn: ServerTurn, packet: Extract<QuorumMessage, { readonly kind: LearnerSync['mode'] }>): void {
  let { database } = turn;
  if (packet.kind === 'DIFF') turn.log(log.gettingDiff(packet.zxid));
  else if (packet.kind === 'SNAP') {
    turn.log(log.gettingSnapshot(packet.zxid));
    database = replaceState(database, { tree: packet.tree, sessions: packet.sessions }, packet.zxid);
  } else {
    turn.log(log.truncating(packet.zxid));
    const truncated = truncateDatabase(database, packet.zxid);
    if (truncated === null) {
      turn.log(log.cannotTruncate(packet.zxid));
      turn.effects.push({ type: 'exit', params: { code: quorumPacketError } });
      return;
    }
    database = truncated;
    turn.setPeer({ committedAfter: truncated.snapshots.at(-1)?.zxid ?? turn.peer.committedAfter });
    turn.setDatabase(truncated);
    turn.store();
  }
  setFollowing(turn, {
    sync: { mode: packet.kind, database, proposals: [], committed: [], isAcknowledged: false },
  });
}

/** The leader's history is here: it is put on disk with the epoch, and acknowledged (`syncWithLeader`). */
function acceptNewLeader(turn: ServerTurn, zxid: Zxid): void {
  const { sync } = followingOf(turn);
  if (sync === null) return;
  turn.log(log.newLeaderReceived);
  let { database } = sync;
  let { proposals, committed } = sync;
  if (sync.mode !== 'DIFF') {
    // What came with a snapshot is applied before the snapshot is written.
    const isCommitted = ({ zxid: one }: LoggedTxn): boolean => committed.includes(one);
    database = fastForward({ ...database, logged: proposals.filter(isCommitted) });
    proposals = proposals.filter((txn) => !isCommitted(txn));
    committed = [];
    turn.log(...snapshotLines(turn.config, database.lastZxid));
    database = takeSnapshot(database, snapshotSize(database));
    if (sync.mode === 'SNAP') {
      database = { ...database, applied: null, logStart: database.lastZxid };
      turn.setPeer({ committedAfter: database.lastZxid });
    }
  }
  turn.setDatabase(database);
  const epoch = epochOfZxid(zxid);
  setEpochs(turn, { accepted: database.epochs?.accepted ?? epoch, current: epoch });
  for (const txn of proposals) turn.writeToLog(txn);
  setFollowing(turn, { sync: { ...sync, database, proposals: [], committed, isAcknowledged: true } });
  sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'ACK', name: 'ACK', zxid });
  for (const txn of proposals) acknowledge(turn, txn);
  armSilenceAlarm(turn);
}

const acknowledge = (turn: ServerTurn, { zxid }: LoggedTxn): void =>
  sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'ACK', name: 'ACK', zxid });

/** The leader serves: so does this server from now on. */
function startServingClients(turn: ServerTurn): void {
  const { sync, newEpoch } = followingOf(turn);
  if (sync === null || newEpoch === null) return;
  turn.log(log.upToDate);
  const { database, isLogOpen, currentVote } = turn.peer;
  setFollowing(turn, { sync: null, isServing: true });
  turn.setPeer({ currentVote: { ...currentVote, peerEpoch: newEpoch } });
  beginServing(turn, 'follower', { database, isLogOpen });
  for (const txn of sync.proposals) logProposal(turn, txn);
  for (const zxid of sync.committed) commit(turn, zxid);
  turn.log(log.peerStateChanged('following - broadcast'));
  turn.signals.push('IN_SYNC');
}

function hearProposal(turn: ServerTurn, txn: LoggedTxn): void {
  const { sync, isServing } = followingOf(turn);
  if (isServing) logProposal(turn, txn);
  else if (sync !== null) setFollowing(turn, { sync: { ...sync, proposals: [...sync.proposals, txn] } });
}

function logProposal(turn: ServerTurn, txn: LoggedTxn): void {
  turn.writeToLog(txn);
  acknowledge(turn, txn);
}

function hearCommit(turn: ServerTurn, zxid: Zxid): void {
  const { sync, isServing } = followingOf(turn);
  if (isServing) commit(turn, zxid);
  else if (sync !== null) setFollowing(turn, { sync: { ...sync, committed: [...sync.committed, zxid] } });
}

function commit(turn: ServerTurn, zxid: Zxid): void {
  const [next] = turn.database.logged;
  if (next?.zxid !== zxid)
    throw new Error(`Server ${turn.config.serverId} is told to commit ${hexOfZxid(zxid)}, and has not logged it next.`);
  if (next.body.kind === 'createSession') turn.log(log.committingSession(next.session, 'LearnerSessionTracker'));
  applyCommitted(turn);
}

/** The connection to the leader has ended, or it was of no use. */
export function loseLeader(turn: ServerTurn, exception: string): void {
  const { connectedAt, isServing } = followingOf(turn);
  turn.log(log.followingFailed(exception));
  const leader = leaderOf(turn);
  if (connectedAt !== null && leader !== undefined)
    turn.log(log.leaderLeft(leader, Math.floor((turn.now - connectedAt) / 1000), isServing));
  turn.log(log.followerShutDown);
  turn.signals.push('LEADER_LOST');
}

/** It follows no more: clients are let go, and what was logged counts as its history. */
export function stopFollowing(turn: ServerTurn): void {
  const { socket } = followingOf(turn);
  if (socket !== null) turn.close(socket);
  for (const timer of ['connectToLeader', 'leaderSilence'] as const) turn.cancelTimer(timer);
  endServing(turn);
  turn.setPeer({ following: null });
}

/** Whether the socket is the one to the leader. */
export const isLeaderSocket = (turn: ServerTurn, socket: Socket): boolean => turn.peer.following?.socket === socket;
