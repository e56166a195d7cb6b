/**
 * A leader at work. Discovery: it learns which epochs a majority has accepted and begins a greater one. Synchronization: its learners get
 * the history it has. Broadcast: each write is proposed, and committed once a majority has it on disk.
 *
 * Follows `org.apache.zookeeper.server.quorum.Leader` (3.8.4).
 */
import type { Socket } from '../../../kernel/events.ts';
import { ms } from '../../../kernel/time.ts';
import { tell } from '../../facts.ts';
import type { Zxid } from '../../protocol/zookeeper.ts';
import { snapshotSize } from '../dataDirectory.ts';
import { takeSnapshot } from '../database.ts';
import { snapshotLines } from '../serverLog.ts';
import type { ServerTurn } from '../serverTurn.ts';
import { beginServing, endServing } from '../serving.ts';
import * as log from './ensembleLog.ts';
import { closeLearner, learnersAt, setLearner, sendToLearner, synchronize } from './learners.ts';
import type { Leading } from './peerState.ts';
import { isQuorum, tickOf } from './peerState.ts';
import { firstZxidOf } from './quorumMessages.ts';
import { setEpochs } from './epochs.ts';
import { leadingOf, setLeading } from './leading.ts';

const quorumPortOf = (turn: ServerTurn): number =>
  turn.config.servers.find(({ id }) => id === turn.config.serverId)?.quorumPort ?? 0;

/** The vote was for this server. */
export function startLeading(turn: ServerTurn): void {
  const { database } = turn;
  const epochs = database.epochs ?? { accepted: 0, current: 0 };
  turn.log(log.peerStateChanged('leading - discovery'));
  turn.log(...snapshotLines(turn.config, database.lastZxid));
  turn.setDatabase(takeSnapshot(database, snapshotSize(database)));
  turn.store();
  const leading: Leading = {
    summary: { currentEpoch: epochs.current, lastZxid: database.lastZxid },
    proposedEpoch: epochs.accepted + 1,
    newEpoch: null,
    connecting: new Set([turn.config.serverId]),
    electing: new Set(),
    isElectionFinished: false,
    synced: new Set(),
    isServing: false,
    learners: new Map(),
    outstanding: [],
    preparedTree: database.tree,
    lastProposed: database.lastZxid,
    halfTicks: 0,
    owners: new Map(),
    pendingSyncs: [],
    proposalSizes: null,
  };
  turn.setPeer({ leading });
  turn.effects.push({ type: 'listen', params: { port: quorumPortOf(turn) } });
  awaitQuorum(turn);
}

/** Each step of the way waits for a majority for `initLimit` ticks. */
const awaitQuorum = (turn: ServerTurn): void =>
  turn.setTimer('initLimit', ms(turn.config.tickTimeMs * turn.config.initLimit));

/** A server has told the epoch it accepted last. With a majority, the new epoch is known (`getEpochToPropose`). */
export function proposeEpoch(turn: ServerTurn, sid: number, acceptedEpoch: number): void {
  const leading = leadingOf(turn);
  if (leading.newEpoch !== null) return announceEpoch(turn);
  const proposedEpoch = Math.max(leading.proposedEpoch, acceptedEpoch + 1);
  const connecting = new Set([...leading.connecting, sid]);
  setLeading(turn, { proposedEpoch, connecting });
  if (!isQuorum(turn.peer, connecting)) return;
  setEpochs(turn, { accepted: proposedEpoch, current: leading.summary.currentEpoch });
  setLeading(turn, { newEpoch: proposedEpoch, lastProposed: firstZxidOf(proposedEpoch) });
  awaitQuorum(turn);
  announceEpoch(turn);
  acknowledgeEpoch(turn, turn.config.serverId);
}

function announceEpoch(turn: ServerTurn): void {
  const { newEpoch } = leadingOf(turn);
  if (newEpoch === null) return;
  for (const socket of learnersAt(turn, 'epoch')) {
    sendToLearner(turn, socket, { protocol: 'zookeeperQuorum', kind: 'LEADERINFO', name: 'LEADERINFO', newEpoch });
    setLearner(turn, socket, { stage: 'ACKEPOCH' });
  }
}

/** A server has acknowledged the epoch; null: it had before, and does not count. With a majority the election is over (`waitForEpochAck`). */
export function acknowledgeEpoch(turn: ServerTurn, sid: number | null): void {
  const leading = leadingOf(turn);
  if (!leading.isElectionFinished && sid !== null) {
    const electing = new Set([...leading.electing, sid]);
    const isElectionFinished = electing.has(turn.config.serverId) && isQuorum(turn.peer, electing);
    setLeading(turn, { electing, isElectionFinished });
    if (isElectionFinished) {
      const epoch = leading.newEpoch ?? 0;
      setEpochs(turn, { accepted: epoch, current: epoch });
      turn.log(log.peerStateChanged('leading - synchronization'));
      turn.signals.push('EPOCH_ESTABLISHED');
      awaitQuorum(turn);
      acknowledgeNewLeader(turn, turn.config.serverId, firstZxidOf(epoch));
    }
  }
  if (!leadingOf(turn).isElectionFinished) return;
  for (const socket of learnersAt(turn, 'epochAcks')) synchronize(turn, socket);
}

/** A server has all that the leader had when it began. With a majority, it serves (`waitForNewLeaderAck`, `startZkServer`). */
export function acknowledgeNewLeader(turn: ServerTurn, sid: number, zxid: Zxid): void {
  const leading = leadingOf(turn);
  if (!leading.isServing && zxid === firstZxidOf(leading.newEpoch ?? 0)) {
    const synced = new Set([...leading.synced, sid]);
    setLeading(turn, { synced });
    if (isQuorum(turn.peer, synced)) startBroadcast(turn);
  }
  if (!leadingOf(turn).isServing) return;
  for (const socket of learnersAt(turn, 'newLeaderAcks')) {
    sendToLearner(turn, socket, { protocol: 'zookeeperQuorum', kind: 'UPTODATE', name: 'UPTODATE' });
    setLearner(turn, socket, { stage: 'ready', ackDeadlineTick: tickOf(leadingOf(turn)) + turn.config.syncLimit });
  }
}

function startBroadcast(turn: ServerTurn): void {
  const { synced, newEpoch } = leadingOf(turn);
  const epoch = newEpoch ?? 0;
  const zxid = firstZxidOf(epoch);
  turn.cancelTimer('initLimit');
  turn.log(log.haveQuorum(synced, zxid), log.processorStarted(turn.config.serverId));
  const { database, isLogOpen, currentVote } = turn.peer;
  setLeading(turn, { isServing: true, preparedTree: database.tree });
  turn.setPeer({ currentVote: { ...currentVote, peerEpoch: epoch } });
  beginServing(turn, 'leader', { database: { ...database, lastZxid: zxid }, isLogOpen });
  turn.log(log.peerStateChanged('leading - broadcast'));
  turn.setTimer('tick', ms(turn.config.tickTimeMs / 2));
  const { serverId: server, servers } = turn.config;
  const members = [...synced];
  turn.effects.push(tell('quorumReached', { server, members, ensembleSize: servers.length, epoch }));
  turn.signals.push('IN_SYNC');
}

/** Twice a tick, learners are asked whether they are there; once a tick, whether those who are make a majority. */
export function leaderTick(turn: ServerTurn): void {
  const leading = leadingOf(turn);
  if (!leading.isServing) return;
  const halfTicks = leading.halfTicks + 1;
  setLeading(turn, { halfTicks });
  closeSilentLearners(turn);
  const tick = Math.floor(halfTicks / 2);
  const followers = [...leadingOf(turn).learners.values()].flatMap(({ sid, ackDeadlineTick }) =>
    sid !== null && tick <= ackDeadlineTick ? [sid] : [],
  );
  const supporters = [turn.config.serverId, ...followers];
  if (halfTicks % 2 === 0 && !isQuorum(turn.peer, supporters)) {
    turn.log(...log.leaderShutDown(log.notEnoughFollowers(supporters)));
    const { serverId: server, servers } = turn.config;
    turn.effects.push(tell('quorumLost', { server, members: supporters, ensembleSize: servers.length }));
    turn.signals.push('QUORUM_LOST');
    return;
  }
  for (const [socket, { stage }] of leadingOf(turn).learners)
    if (stage === 'NEWLEADER_ACK' || stage === 'newLeaderAcks' || stage === 'ready')
      sendToLearner(turn, socket, { protocol: 'zookeeperQuorum', kind: 'PING', name: 'ping' });
  turn.setTimer('tick', ms(turn.config.tickTimeMs / 2));
}

function closeSilentLearners(turn: ServerTurn): void {
  const { tickTimeMs, initLimit, syncLimit } = turn.config;
  for (const [socket, { lastHeardAt, stage }] of leadingOf(turn).learners) {
    const patienceUs = ms(tickTimeMs * (stage === 'ready' ? syncLimit : initLimit));
    if (turn.now - lastHeardAt >= patienceUs)
      closeLearner(turn, socket, 'java.net.SocketTimeoutException: Read timed out');
  }
}

/** A majority was not found in time. */
export function leaderInitTimeout(turn: ServerTurn): void {
  const { newEpoch, isElectionFinished, isServing } = leadingOf(turn);
  if (isServing) return;
  const what = isElectionFinished
    ? 'Timeout while waiting for NEWLEADER to be acked by quorum'
    : newEpoch === null
      ? 'Timeout while waiting for epoch from quorum'
      : 'Timeout while waiting for epoch to be acked by quorum';
  turn.log(log.leadingFailed(`java.lang.InterruptedException: ${what}`), ...log.leaderShutDown('Forcing shutdown'));
  turn.signals.push('QUORUM_LOST');
}

export function quorumPortTaken(turn: ServerTurn): void {
  turn.log(log.leadingFailed('java.net.BindException: Address already in use (Bind failed)'));
  turn.signals.push('QUORUM_LOST');
}

/** It leads no more: clients and learners are let go. */
export function stopLeading(turn: ServerTurn): void {
  const { learners } = leadingOf(turn);
  turn.effects.push({ type: 'stopListening', params: { port: quorumPortOf(turn) } });
  for (const socket of learners.keys()) turn.close(socket);
  for (const timer of ['initLimit', 'tick'] as const) turn.cancelTimer(timer);
  endServing(turn);
  turn.setPeer({ leading: null });
}

/** A connection from a learner has ended. */
export const loseLearner = (turn: ServerTurn, socket: Socket): void =>
  closeLearner(turn, socket, 'java.io.EOFException');
