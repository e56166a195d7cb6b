/** What a leader does with each packet of a learner. Follows `LearnerHandler#run` (3.8.4). */
import type { Socket } from '../../../kernel/events.ts';
import type { ServerTurn } from '../serverTurn.ts';
import { touchSession } from '../sessionTracker.ts';
import * as log from './ensembleLog.ts';
import { acknowledgeEpoch, acknowledgeNewLeader, proposeEpoch } from './leader.ts';
import { closeLearner, sendToLearner, setLearner } from './learners.ts';
import { leadingOf } from './leading.ts';
import type { Leading } from './peerState.ts';
import { serverOf, tickOf } from './peerState.ts';
import { acknowledgeProposal, propose, revalidate, syncAfterProposals } from './proposals.ts';
import type { QuorumMessage } from './quorumMessages.ts';

export function hearLearner(turn: ServerTurn, socket: Socket, packet: QuorumMessage): void {
  const leading = leadingOf(turn);
  const learner = leading.learners.get(socket);
  if (learner === undefined) return;
  setLearner(turn, socket, {
    lastHeardAt: turn.now,
    ...(learner.stage === 'ready' ? { ackDeadlineTick: tickOf(leading) + turn.config.syncLimit } : {}),
  });
  if (packet.kind === 'FOLLOWERINFO' && learner.stage === 'FOLLOWERINFO') {
    const server = serverOf(turn.peer, packet.sid);
    if (server === undefined) return closeLearner(turn, socket, `java.io.IOException: unknown server ${packet.sid}`);
    turn.log(log.learnerInfo(server));
    setLearner(turn, socket, { sid: packet.sid, stage: 'epoch' });
    return proposeEpoch(turn, packet.sid, packet.acceptedEpoch);
  }
  const { sid } = learner;
  if (sid === null) return;
  switch (packet.kind) {
    case 'ACKEPOCH':
      return hearEpochAck(turn, socket, sid, packet);
    case 'ACK':
      if (learner.stage !== 'NEWLEADER_ACK') return acknowledgeProposal(turn, sid, packet.zxid);
      setLearner(turn, socket, { stage: 'newLeaderAcks' });
      return acknowledgeNewLeader(turn, sid, packet.zxid);
    case 'PONG':
      return touchSessions(turn, packet.touched);
    case 'REVALIDATE': {
      const { session, timeoutMs } = packet;
      const isValid = revalidate(turn, session, timeoutMs, sid);
      const answer = {
        protocol: 'zookeeperQuorum',
        kind: 'REVALIDATED',
        name: 'REVALIDATE',
        session,
        isValid,
      } as const;
      return sendToLearner(turn, socket, answer);
    }
    case 'REQUEST': {
      const { session, identities, cxid, request } = packet;
      if (request.op === 'sync') return syncAfterProposals(turn, session, cxid, socket);
      return propose(turn, { session, identities, cxid, request }, sid);
    }
    default:
      return;
  }
}

function hearEpochAck(
  turn: ServerTurn,
  socket: Socket,
  sid: number,
  { currentEpoch, lastZxid }: Extract<QuorumMessage, { readonly kind: 'ACKEPOCH' }>,
): void {
  const { isElectionFinished, summary } = leadingOf(turn);
  if (!isElectionFinished && currentEpoch !== -1 && isMoreRecent({ currentEpoch, lastZxid }, summary)) {
    const text = `Follower is ahead of the leader, leader summary: ${summary.currentEpoch} (current epoch), ${summary.lastZxid} (last zxid)`;
    return closeLearner(turn, socket, `java.io.IOException: ${text}`);
  }
  setLearner(turn, socket, { stage: 'epochAcks', lastZxid });
  acknowledgeEpoch(turn, currentEpoch === -1 ? null : sid);
}

const isMoreRecent = (one: Leading['summary'], other: Leading['summary']): boolean =>
  one.currentEpoch > other.currentEpoch || (one.currentEpoch === other.currentEpoch && one.lastZxid > other.lastZxid);

function touchSessions(turn: ServerTurn, touched: Extract<QuorumMessage, { readonly kind: 'PONG' }>['touched']): void {
  if (!turn.isServing) return;
  let { tracker } = turn.serving;
  for (const session of touched.keys()) tracker = touchSession(tracker, session, turn.nowMs);
  turn.serve({ tracker });
}
