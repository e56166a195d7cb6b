/**
 * A member of an ensemble: each event goes to the part that it is for – the election, the leader and its learners, the follower, the
 * clients. Follows `org.apache.zookeeper.server.quorum.QuorumPeer` (3.8.4).
 */
import type { Delivered, KernelEvent, Message, ProcessId, Socket } from '../../../kernel/events.ts';
import type { ZkMessage } from '../../protocol/zookeeper.ts';
import { isZkMessage } from '../../protocol/zookeeper.ts';
import type { ZkDatabase } from '../database.ts';
import { fastForward } from '../database.ts';
import { answerWhileNotServing } from '../fourLetterWords.ts';
import type { ZkServerConfig } from '../serverConfig.ts';
import type { ServerTimer, ServerTimerEvent, ServerTurn } from '../serverTurn.ts';
import { armServingTimers, serveEvent } from '../serving.ts';
import {
  acceptServer,
  connectionBroken,
  connectionFailed,
  identify,
  introduce,
  isElectionSocket,
  serverBehind,
} from './electionLinks.ts';
import * as log from './ensembleLog.ts';
import { electionTimeout, receiveNotification, startElection } from './fastLeaderElection.ts';
import {
  connectToLeader,
  hearLeader,
  isLeaderSocket,
  leaderConnected,
  leaderRefused,
  leaderSilenceAlarm,
  loseLeader,
  stopFollowing,
} from './follower.ts';
import { leaderInitTimeout, leaderTick, loseLearner, quorumPortTaken, stopLeading } from './leader.ts';
import { hearLearner } from './learnerPackets.ts';
import { acceptLearner } from './learners.ts';
import type { QuorumPeer } from './peerState.ts';
import { noLinks, serverOf } from './peerState.ts';
import { isElectionMessage, isQuorumMessage } from './quorumMessages.ts';

/** A member as it is once it has read its disk. */
export const newPeer = (config: ZkServerConfig, database: ZkDatabase): QuorumPeer => ({
  config,
  database,
  isLogOpen: false,
  committedAfter: database.snapshots.at(-1)?.zxid ?? database.lastZxid,
  logicalClock: 0,
  currentVote: {
    leader: config.serverId,
    zxid: database.lastZxid,
    electionEpoch: 0,
    peerEpoch: database.epochs?.current ?? 0,
  },
  links: noLinks,
  nextSocket: 1,
  election: null,
  leading: null,
  following: null,
});

/** It looks for a leader: at its start, and whenever it has lost the one it had, or its followers. */
export function lookForLeader(turn: ServerTurn): void {
  const { leading, following } = turn.peer;
  if (leading !== null) stopLeading(turn);
  if (following !== null) stopFollowing(turn);
  if (leading !== null || following !== null) {
    turn.log(log.backToLooking, log.peerStateChanged('looking'));
    turn.setDatabase(fastForward(turn.database));
  }
  startElection(turn);
}

export function handlePeerEvent(turn: ServerTurn, event: Delivered<KernelEvent | ServerTimerEvent>): void {
  switch (event.type) {
    case 'LISTENING':
    case 'ADDRESS_IN_USE':
      hearOfPort(turn, event.port, event.type === 'LISTENING');
      break;
    case 'CONNECTED':
      if (isLeaderSocket(turn, event.socket)) leaderConnected(turn);
      else introduce(turn, event.socket);
      break;
    case 'CONNECTION_REFUSED':
      if (isLeaderSocket(turn, event.socket)) leaderRefused(turn);
      else connectionFailed(turn, event.socket);
      break;
    case 'ACCEPTED':
      accept(turn, event);
      break;
    case 'MESSAGE':
      hear(turn, event.socket, event.message, event.peer, event);
      break;
    case 'DISCONNECTED':
      disconnect(turn, event.socket, event);
      break;
    case 'ZOOKEEPER_SERVER_TIMER':
      timeOut(turn, event.timer, event);
      break;
    case 'OPERATION':
      if (turn.isServing) serveEvent(turn, event);
      break;
    default:
      break;
  }
  armServingTimers(turn);
}

function hearOfPort(turn: ServerTurn, port: number, isOurs: boolean): void {
  const own = serverOf(turn.peer, turn.config.serverId);
  if (own === undefined) return;
  if (port === own.electionPort) turn.log(isOurs ? log.acceptingConnections(own.id, own) : log.electionPortTaken(own));
  else if (port === own.quorumPort && !isOurs && turn.peer.leading !== null) quorumPortTaken(turn);
}

type Event = Delivered<KernelEvent | ServerTimerEvent>;

function accept(turn: ServerTurn, event: Extract<Event, { readonly type: 'ACCEPTED' }>): void {
  const own = serverOf(turn.peer, turn.config.serverId);
  if (event.port === own?.electionPort) acceptServer(turn, event.socket);
  else if (event.port === own?.quorumPort) {
    if (turn.peer.leading === null) turn.close(event.socket);
    else acceptLearner(turn, event.socket);
  } else if (turn.isServing) serveEvent(turn, event);
}

function hear(turn: ServerTurn, socket: Socket, message: Message, peer: ProcessId, event: Event): void {
  if (isElectionMessage(message)) {
    if (message.kind === 'initial') return identify(turn, socket, message.sid);
    const sid = serverBehind(turn.peer.links, socket);
    if (sid !== undefined) receiveNotification(turn, { sid, state: message.state, vote: message.vote });
  } else if (isQuorumMessage(message)) {
    if (isLeaderSocket(turn, socket)) hearLeader(turn, message);
    else if (turn.peer.leading !== null) hearLearner(turn, socket, message);
  } else if (turn.isServing) serveEvent(turn, event);
  else if (isZkMessage(message)) {
    // Without a leader there are no sessions.
    const text = message.kind === 'fourLetterWord' ? answerWhileNotServing(turn, message.word, peer, socket) : null;
    if (text !== null) {
      const answer: ZkMessage = { protocol: 'zookeeper', kind: 'fourLetterAnswer', name: 'FourLetterAnswer', text };
      turn.send(socket, answer);
    }
    turn.close(socket);
  }
}

function disconnect(turn: ServerTurn, socket: Socket, event: Event): void {
  if (isElectionSocket(turn.peer.links, socket)) connectionBroken(turn, socket);
  else if (isLeaderSocket(turn, socket)) loseLeader(turn, 'java.io.EOFException');
  else if (turn.peer.leading?.learners.has(socket) === true) loseLearner(turn, socket);
  else if (turn.isServing) serveEvent(turn, event);
}

function timeOut(turn: ServerTurn, timer: ServerTimer, event: Event): void {
  const { election, leading, following } = turn.peer;
  switch (timer) {
    case 'election':
      return election === null ? undefined : electionTimeout(turn);
    case 'initLimit':
      return leading === null ? undefined : leaderInitTimeout(turn);
    case 'tick':
      return leading === null ? undefined : leaderTick(turn);
    case 'connectToLeader':
      return following === null ? undefined : connectToLeader(turn);
    case 'leaderSilence':
      return following === null ? undefined : leaderSilenceAlarm(turn);
    case 'sessionExpiry':
    case 'containerCheck':
      return turn.isServing ? serveEvent(turn, event) : undefined;
  }
}
