/** A member of an ensemble starts: it reads its disk, and opens its election port. Follows `QuorumPeer#start` (3.8.4). */
import type { Circumstances } from '../../../kernel/events.ts';
import { takeSnapshot } from '../database.ts';
import { createDataDirectory, readDatabase, snapshotSize } from '../dataDirectory.ts';
import { databaseLines, peerLines } from '../serverLog.ts';
import type { ServerTurn } from '../serverTurn.ts';
import * as log from './ensembleLog.ts';
import { newPeer } from './quorumPeer.ts';
import { epochOfZxid } from './quorumMessages.ts';

export function joinEnsemble(turn: ServerTurn, { files, now }: Circumstances): void {
  const { config } = turn;
  const found = readDatabase(files, config.dataDir);
  turn.log(...peerLines(config), ...databaseLines(config, found));
  const epoch = epochOfZxid(found.lastZxid);
  if (found.epochs === null)
    turn.log(log.epochNotFound('currentEpoch', epoch), log.epochNotFound('acceptedEpoch', epoch));
  // An empty directory gets a snapshot of nothing.
  const started = found.snapshots.length === 0 ? takeSnapshot(found, snapshotSize(found)) : found;
  const database = { ...started, epochs: found.epochs ?? { accepted: epoch, current: epoch } };
  for (const change of createDataDirectory(files, config.dataDir, database, now) ?? [])
    turn.effects.push({ type: 'changeFile', params: change });
  turn.startAsPeer(newPeer(config, database));
  const own = config.servers.find(({ id }) => id === config.serverId);
  if (own !== undefined) turn.effects.push({ type: 'listen', params: { port: own.electionPort } });
}
