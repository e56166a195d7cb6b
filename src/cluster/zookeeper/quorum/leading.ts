/** Reading and changing what a leader knows, within one event. */
import type { ServerTurn } from '../serverTurn.ts';
import type { Leading } from './peerState.ts';

/** Throws when the server does not lead. */
export function leadingOf(turn: ServerTurn): Leading {
  const { leading } = turn.peer;
  if (leading === null) throw new Error('The ZooKeeper server does not lead.');
  return leading;
}

export const setLeading = (turn: ServerTurn, change: Partial<Leading>): void =>
  turn.setPeer({ leading: { ...leadingOf(turn), ...change } });
