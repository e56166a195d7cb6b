/** A member of an ensemble starts: it reads its disk, and opens its election port. Follows `QuorumPeer#start` (3.8.4). */
import type { Circumstances } from '../../../kernel/events.ts';
import { timestampMsAt } from '../../../kernel/time.ts';
import { noZxid } from '../../protocol/zookeeper.ts';
import { takeSnapshot } from '../database.ts';
import { createDataDirectory, readDatabase, snapshotSize } from '../dataDirectory.ts';
import { databaseLines, peerLines } from '../serverLog.ts';
import type { QuorumServer } from '../serverConfig.ts';
import type { ServerTurn } from '../serverTurn.ts';
import type { ZnodeTree } from '../znodeTree.ts';
import { setZnodeData } from '../znodeTree.ts';
import * as log from './ensembleLog.ts';
import { newPeer } from './quorumPeer.ts';
import { epochOfZxid } from './quorumMessages.ts';

/** The znode that tells clients who the members are. Follows `ZKDatabase#initConfigInZKDatabase` and `QuorumMaj#toString`. */
function withEnsembleTold(tree: ZnodeTree, servers: readonly QuorumServer[], timeMs: number): ZnodeTree {
  const lines = servers.map(
    ({ id, host, quorumPort, electionPort }) => `server.${id}=${host}:${quorumPort}:${electionPort}:participant`,
  );
  const data = [...lines, 'version=0'].join('\n');
  return setZnodeData(tree, '/zookeeper/config', { data, version: -1 }, { zxid: noZxid, timeMs });
}

export function joinEnsemble(turn: ServerTurn, { files, now }: Circumstances): void {
  const { config } = turn;
  const found = readDatabase(files, config.dataDir);
  turn.log(...peerLines(config), ...databaseLines(config, found));
  const epoch = epochOfZxid(found.lastZxid);
  if (found.epochs === null)
    turn.log(log.epochNotFound('currentEpoch', epoch), log.epochNotFound('acceptedEpoch', epoch));
  // An empty directory gets a snapshot of nothing.
  const started = found.snapshots.length === 0 ? takeSnapshot(found, snapshotSize(found)) : found;
  const tree = withEnsembleTold(started.tree, config.servers, timestampMsAt(turn.clock));
  const database = { ...started, tree, epochs: found.epochs ?? { accepted: epoch, current: epoch } };
  for (const change of createDataDirectory(files, config.dataDir, database, now) ?? [])
    turn.effects.push({ type: 'changeFile', params: change });
  turn.startAsPeer(newPeer(config, database));
  const own = config.servers.find(({ id }) => id === config.serverId);
  if (own !== undefined) turn.effects.push({ type: 'listen', params: { port: own.electionPort } });
}
