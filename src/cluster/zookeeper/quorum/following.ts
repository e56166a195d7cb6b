/** Reading and changing what a follower knows, within one event; speaking to its leader. */
import type { ServerTurn } from '../serverTurn.ts';
import type { QuorumServer } from '../serverConfig.ts';
import type { Following } from './peerState.ts';
import { serverOf } from './peerState.ts';
import type { QuorumMessage } from './quorumMessages.ts';

/** Throws when the server does not follow. */
export function followingOf(turn: ServerTurn): Following {
  const { following } = turn.peer;
  if (following === null) throw new Error('The ZooKeeper server does not follow.');
  return following;
}

export const setFollowing = (turn: ServerTurn, change: Partial<Following>): void =>
  turn.setPeer({ following: { ...followingOf(turn), ...change } });

export const leaderOf = (turn: ServerTurn): QuorumServer | undefined => serverOf(turn.peer, followingOf(turn).leader);

export function sendToLeader(turn: ServerTurn, packet: QuorumMessage): void {
  const { socket } = followingOf(turn);
  if (socket !== null) turn.send(socket, packet);
}
