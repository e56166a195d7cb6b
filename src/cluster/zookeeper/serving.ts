/**
 * A server at work: clients come, say something and go; sessions expire; empty containers are removed. The state in which it does so is
 * decided in `server.ts`, what becomes of writes in its `RequestPath`. Follows `ZooKeeperServer` (3.8.4).
 */
import { ms, timestampMsAt } from '../../kernel/time.ts';
import type { Delivered, KernelEvent } from '../../kernel/events.ts';
import { tell } from '../facts.ts';
import { isZkMessage, noSession, type SessionId } from '../protocol/zookeeper.ts';
import { superIdentity } from './accessControl.ts';
import { acceptConnection, closeConnection, dropConnection } from './clientConnections.ts';
import { hearClient } from './clientRequests.ts';
import { expireSession, expireSessions } from './clientSessions.ts';
import type { ZkDatabase } from './database.ts';
import type { RequestPath } from './requestPath.ts';
import type { ServerTimerEvent, ServerTurn } from './serverTurn.ts';
import { firstSessionNumber, newTracker, nextExpiryMs, trackSession } from './sessionTracker.ts';
import { emptyWatchTable } from './watchTable.ts';
import { findZnode } from './znodeTree.ts';

/** Sessions read back from disk have their full timeout again. */
export function beginServing(
  turn: ServerTurn,
  mode: RequestPath['mode'],
  { database, isLogOpen }: { readonly database: ZkDatabase; readonly isLogOpen: boolean },
): void {
  const { config } = turn;
  let tracker = newTracker(config.tickTimeMs);
  if (mode !== 'follower')
    for (const [session, timeoutMs] of database.sessions)
      tracker = trackSession(tracker, session, timeoutMs, turn.nowMs);
  // A server alone numbers its sessions as server 1 would.
  const server = config.serverId === 0 ? 1 : config.serverId;
  turn.startServing({
    config,
    mode,
    database,
    tracker,
    watches: emptyWatchTable,
    connections: new Map(),
    nextSession: firstSessionNumber(server, timestampMsAt(turn.now)),
    isLogOpen,
    expiryArmedForMs: null,
    isContainerCheckArmed: false,
    packetsReceived: 0,
    packetsSent: 0,
  });
  turn.effects.push(tell('zookeeperServing', { server }));
}

/** Closes all clients, who will look for another server. */
export function endServing(turn: ServerTurn): void {
  if (!turn.isServing) return;
  for (const socket of turn.serving.connections.keys()) closeConnection(turn, socket);
  for (const timer of ['sessionExpiry', 'containerCheck'] as const) turn.cancelTimer(timer);
  turn.stopServing();
}

/** Something that happens to a client's connection, or a timer of the server. */
export function serveEvent(turn: ServerTurn, event: Delivered<KernelEvent | ServerTimerEvent>): void {
  switch (event.type) {
    case 'ACCEPTED':
      return acceptConnection(turn, event.socket, event.peer);
    case 'MESSAGE':
      return isZkMessage(event.message) ? hearClient(turn, event.socket, event.message, event.peer) : undefined;
    case 'DISCONNECTED':
      return dropConnection(turn, event.socket);
    case 'ZOOKEEPER_SERVER_TIMER':
      if (event.timer === 'sessionExpiry') expireSessions(turn);
      else if (event.timer === 'containerCheck') removeEmptyContainers(turn);
      return;
    case 'OPERATION':
      if (event.operation === 'expireSession') expireSession(turn, event.argument as SessionId);
      return;
    default:
      return;
  }
}

function removeEmptyContainers(turn: ServerTurn): void {
  turn.serve({ isContainerCheckArmed: false });
  const { tree } = turn.serving.database;
  for (const path of tree.containers) {
    const node = findZnode(tree, path);
    // A container that never had a child is left alone.
    if (node !== undefined && node.children.size === 0 && node.childrenCreated > 0)
      turn.path.submit(turn, {
        session: noSession,
        identities: [superIdentity],
        cxid: 0,
        request: { op: 'delete', path, version: -1 },
      });
  }
}

/** To be called after every event. A timer set for a bucket stays, even when its sessions have been heard since: it then finds nothing, and is set anew. */
export function armServingTimers(turn: ServerTurn): void {
  if (!turn.isServing || turn.serving.mode === 'follower') return;
  const { tracker, expiryArmedForMs, database, isContainerCheckArmed } = turn.serving;
  const next = nextExpiryMs(tracker);
  if (next !== null && (expiryArmedForMs === null || next < expiryArmedForMs)) {
    turn.setTimer('sessionExpiry', ms(next) - turn.now);
    turn.serve({ expiryArmedForMs: next });
  }
  if (database.tree.containers.size > 0 && !isContainerCheckArmed) {
    turn.setTimer('containerCheck', ms(60_000));
    turn.serve({ isContainerCheckArmed: true });
  }
}
