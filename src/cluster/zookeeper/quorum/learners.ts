/** The learners of a leader: each on its connection, brought up to date, then fed. Follows `quorum.LearnerHandler` (3.8.4). */
import type { Socket } from '../../../kernel/events.ts';
import type { ServerTurn } from '../serverTurn.ts';
import * as log from './ensembleLog.ts';
import { leadingOf, setLeading } from './leading.ts';
import { committedLogOf, planSync } from './learnerSync.ts';
import type { LearnerHandler } from './peerState.ts';
import { tickOf } from './peerState.ts';
import type { QuorumMessage } from './quorumMessages.ts';
import { firstZxidOf } from './quorumMessages.ts';
import { noZxid } from '../../protocol/zookeeper.ts';

export function acceptLearner(turn: ServerTurn, socket: Socket): void {
  const leading = leadingOf(turn);
  const learner: LearnerHandler = {
    sid: null,
    stage: 'FOLLOWERINFO',
    lastZxid: noZxid,
    isForwarding: false,
    ackDeadlineTick: tickOf(leading) + turn.config.initLimit + turn.config.syncLimit,
    lastHeardAt: turn.now,
  };
  setLeading(turn, { learners: new Map(leading.learners).set(socket, learner) });
}

export function setLearner(turn: ServerTurn, socket: Socket, change: Partial<LearnerHandler>): void {
  const { learners } = leadingOf(turn);
  const learner = learners.get(socket);
  if (learner === undefined) return;
  setLeading(turn, { learners: new Map(learners).set(socket, { ...learner, ...change }) });
}

/** Connections of the learners that are at that stage. */
export const learnersAt = (turn: ServerTurn, stage: LearnerHandler['stage']): readonly Socket[] =>
  [...leadingOf(turn).learners].filter(([, learner]) => learner.stage === stage).map(([socket]) => socket);

export function sendToLearner(turn: ServerTurn, socket: Socket, packet: QuorumMessage): void {
  turn.send(socket, packet);
}

/** To all that follow: proposals and commits. */
export function forward(turn: ServerTurn, packet: QuorumMessage): void {
  for (const [socket, { isForwarding }] of leadingOf(turn).learners)
    if (isForwarding) sendToLearner(turn, socket, packet);
}

export function closeLearner(turn: ServerTurn, socket: Socket, exception: string): void {
  const learners = new Map(leadingOf(turn).learners);
  const learner = learners.get(socket);
  if (learner === undefined) return;
  learners.delete(socket);
  turn.log(log.learnerFailed(exception));
  if (learner.sid !== null) turn.log(log.learnerGone(learner.sid));
  turn.close(socket);
  setLeading(turn, { learners });
}

/** Sends what the learner lacks, then what is under way, then that this is all (`syncFollower`, `startForwarding`). */
export function synchronize(turn: ServerTurn, socket: Socket): void {
  const { learners, outstanding, newEpoch, lastProposed } = leadingOf(turn);
  const learner = learners.get(socket);
  if (learner === undefined || learner.sid === null) return;
  const { committedAfter } = turn.peer;
  const { database } = turn;
  const committed = committedLogOf(database, committedAfter);
  turn.log(
    log.synchronizing(learner.sid, {
      most: committed.at(-1)?.zxid ?? noZxid,
      least: committed[0]?.zxid ?? noZxid,
      last: database.lastZxid,
      peer: learner.lastZxid,
    }),
  );
  const plan = planSync(learner.lastZxid, database, committedAfter);
  const send = (packet: QuorumMessage): void => sendToLearner(turn, socket, packet);
  if (plan.kind === 'SNAP') {
    turn.log(log.sendingSnapshot(learner.lastZxid, lastProposed, plan.zxid));
    const { tree, sessions } = database;
    send({ protocol: 'zookeeperQuorum', kind: 'SNAP', name: 'SNAP', zxid: plan.zxid, tree, sessions });
  } else if (plan.kind === 'DIFF') {
    turn.log(log.sendingDiff(learner.sid, plan.zxid));
    send({ protocol: 'zookeeperQuorum', kind: 'DIFF', name: 'DIFF', zxid: plan.zxid });
  } else {
    turn.log(log.sendingTruncation(learner.sid, plan.zxid));
    send({ protocol: 'zookeeperQuorum', kind: 'TRUNC', name: 'TRUNC', zxid: plan.zxid });
  }
  for (const txn of plan.proposals) {
    send({ protocol: 'zookeeperQuorum', kind: 'PROPOSAL', name: 'PROPOSAL', txn });
    send({ protocol: 'zookeeperQuorum', kind: 'COMMIT', name: 'COMMIT', zxid: txn.zxid });
  }
  for (const { txn } of outstanding)
    if (txn.zxid > plan.upTo) send({ protocol: 'zookeeperQuorum', kind: 'PROPOSAL', name: 'PROPOSAL', txn });
  send({ protocol: 'zookeeperQuorum', kind: 'NEWLEADER', name: 'NEWLEADER', zxid: firstZxidOf(newEpoch ?? 0) });
  setLearner(turn, socket, { stage: 'NEWLEADER_ACK', isForwarding: true });
}
