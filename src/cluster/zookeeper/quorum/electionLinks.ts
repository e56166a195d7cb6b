/**
 * Connections between the election ports of an ensemble. A pair of servers keeps one, opened by the server of the greater number: the
 * other one only knocks, says who it is, and is called back. Follows `org.apache.zookeeper.server.quorum.QuorumCnxManager` (3.8.4).
 */
import type { Socket } from '../../../kernel/events.ts';
import { seconds } from '../../../kernel/time.ts';
import type { ServerTurn } from '../serverTurn.ts';
import * as log from './ensembleLog.ts';
import type { ElectionLinks } from './peerState.ts';
import { serverOf } from './peerState.ts';
import type { ElectionMessage } from './quorumMessages.ts';

const connectTimeoutUs = seconds(5);

const setLinks = (turn: ServerTurn, change: Partial<ElectionLinks>): void =>
  turn.setPeer({ links: { ...turn.peer.links, ...change } });

const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value);
function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
const keyOf = (map: ReadonlyMap<number, Socket>, socket: Socket): number | undefined =>
  [...map].find(([, one]) => one === socket)?.[0];

/** Sends, or keeps the message until there is a connection; a message that still waits is forgotten for the newer one. */
export function sendToServer(turn: ServerTurn, sid: number, message: ElectionMessage): void {
  setLinks(turn, { queued: withEntry(turn.peer.links.queued, sid, message) });
  connectTo(turn, sid);
  sendQueued(turn, sid);
}

function sendQueued(turn: ServerTurn, sid: number): void {
  const { open, queued, lastSent } = turn.peer.links;
  const socket = open.get(sid);
  const message = queued.get(sid);
  if (socket === undefined || message === undefined || message === null) return;
  turn.send(socket, message);
  setLinks(turn, { queued: withEntry(queued, sid, null), lastSent: withEntry(lastSent, sid, message) });
}

/** Whether at least one server has been sent all that there was for it. */
export const hasDelivered = ({ queued }: ElectionLinks): boolean => [...queued.values()].includes(null);

export function connectToAll(turn: ServerTurn): void {
  for (const sid of turn.peer.links.queued.keys()) connectTo(turn, sid);
}

/** Takes the next number of a socket; they go round long after the connections that had them are gone. */
export function takeSocket(turn: ServerTurn): Socket {
  const { nextSocket } = turn.peer;
  turn.setPeer({ nextSocket: nextSocket >= 30_000 ? 1 : nextSocket + 1 });
  return nextSocket as Socket;
}

function connectTo(turn: ServerTurn, sid: number): void {
  const { open, connecting } = turn.peer.links;
  const server = serverOf(turn.peer, sid);
  if (server === undefined || open.has(sid)) return;
  const attempt = connecting.get(sid);
  if (attempt !== undefined) {
    if (turn.now - attempt.since < connectTimeoutUs) return;
    turn.close(attempt.socket);
  }
  const socket = takeSocket(turn);
  turn.effects.push({ type: 'connect', params: { socket, port: server.electionPort } });
  setLinks(turn, { connecting: withEntry(connecting, sid, { socket, since: turn.now }) });
}

/** Whether the socket is one of these connections. */
export function isElectionSocket({ open, connecting, unidentified }: ElectionLinks, socket: Socket): boolean {
  return (
    unidentified.has(socket) ||
    keyOf(open, socket) !== undefined ||
    [...connecting.values()].some((attempt) => attempt.socket === socket)
  );
}

const attemptOf = ({ connecting }: ElectionLinks, socket: Socket): number | undefined =>
  [...connecting].find(([, attempt]) => attempt.socket === socket)?.[0];

/** A connection to another server is there: it is told who calls, and kept by the greater of the two. */
export function introduce(turn: ServerTurn, socket: Socket): void {
  const sid = attemptOf(turn.peer.links, socket);
  if (sid === undefined) return;
  const { serverId } = turn.config;
  setLinks(turn, { connecting: withoutEntry(turn.peer.links.connecting, sid) });
  const initial: ElectionMessage = {
    protocol: 'zookeeperElection',
    kind: 'initial',
    name: 'InitialMessage',
    sid: serverId,
  };
  turn.send(socket, initial);
  if (sid > serverId) {
    turn.log(log.smallerIdentifier(serverId, sid));
    turn.close(socket);
  } else keep(turn, sid, socket);
}

export function connectionFailed(turn: ServerTurn, socket: Socket): void {
  const sid = attemptOf(turn.peer.links, socket);
  const server = sid === undefined ? undefined : serverOf(turn.peer, sid);
  if (sid === undefined || server === undefined) return;
  setLinks(turn, { connecting: withoutEntry(turn.peer.links.connecting, sid) });
  turn.log(log.cannotOpenChannel(server));
}

/** Another server knocks; who it is comes with its first message. */
export function acceptServer(turn: ServerTurn, socket: Socket): void {
  turn.log(log.electionConnectionReceived(turn.config.serverId, socket));
  setLinks(turn, { unidentified: new Set([...turn.peer.links.unidentified, socket]) });
}

/** Who called is known: a smaller server is called back, a greater one's connection is kept. */
export function identify(turn: ServerTurn, socket: Socket, sid: number): void {
  const { unidentified, open } = turn.peer.links;
  setLinks(turn, { unidentified: new Set([...unidentified].filter((one) => one !== socket)) });
  if (sid > turn.config.serverId) return keep(turn, sid, socket);
  turn.close(socket);
  if (sid === turn.config.serverId) return;
  const former = open.get(sid);
  if (former !== undefined) {
    turn.close(former);
    setLinks(turn, { open: withoutEntry(open, sid) });
  }
  connectTo(turn, sid);
}

/** A new connection replaces the former one. What waits is sent; if nothing does, the last message once more, in case it was lost. */
function keep(turn: ServerTurn, sid: number, socket: Socket): void {
  const { open, queued, lastSent } = turn.peer.links;
  const former = open.get(sid);
  if (former !== undefined) turn.close(former);
  const last = lastSent.get(sid);
  const waits = queued.get(sid) ?? null;
  setLinks(turn, {
    open: withEntry(open, sid, socket),
    queued: withEntry(queued, sid, waits ?? last ?? null),
  });
  sendQueued(turn, sid);
}

/** Whose connection it is; undefined before it has said so. */
export const serverBehind = ({ open }: ElectionLinks, socket: Socket): number | undefined => keyOf(open, socket);

export function connectionBroken(turn: ServerTurn, socket: Socket): void {
  const { open, unidentified } = turn.peer.links;
  const sid = keyOf(open, socket);
  setLinks(turn, { unidentified: new Set([...unidentified].filter((one) => one !== socket)) });
  if (sid === undefined) return connectionFailed(turn, socket);
  turn.log(...log.connectionBroken(sid, turn.config.serverId));
  setLinks(turn, { open: withoutEntry(open, sid) });
}
