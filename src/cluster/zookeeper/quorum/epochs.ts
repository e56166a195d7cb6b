/** The epochs a server has promised to follow, and has followed: on disk before anybody is told. Follows `QuorumPeer#setAcceptedEpoch`. */
import type { Epochs } from '../database.ts';
import type { ServerTurn } from '../serverTurn.ts';

export function setEpochs(turn: ServerTurn, epochs: Epochs): void {
  turn.setDatabase({ ...turn.database, epochs });
  turn.store();
}
