/**
 * How the client of a connection proves who it is, which is good for this connection: each proof adds a name to those it has.
 *
 * Follows `ZooKeeperServer#processPacket` and the providers of `org.apache.zookeeper.server.auth` (3.8.4). A name of the scheme `digest`
 * is proved by its password: anybody may take one, and only who knows the password takes the same again.
 */
import { base64 } from '../../kafka/base64.ts';
import { utf8 } from '../../kafka/bytes.ts';
import type { Socket } from '../../kernel/events.ts';
import type { SessionId, SessionRequest, ZkIdentity } from '../protocol/zookeeper.ts';
import { authXid } from '../protocol/zookeeper.ts';
import { addressIdentity } from './accessControl.ts';
import { changeConnection, closeConnection, connectionOf, reply } from './clientConnections.ts';
import * as log from './serverLog.ts';
import type { ServerTurn } from './serverTurn.ts';
import { sha1 } from './sha1.ts';

type AuthRequest = Extract<SessionRequest, { readonly op: 'auth' }>;

/** Answered at once, before requests that wait; whose proof is no good is shut out. */
export function authenticate(turn: ServerTurn, socket: Socket, session: SessionId, request: AuthRequest): void {
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  turn.log(log.authReceived(connection.peer, socket));
  const identity = provedBy(request);
  if (identity === null) {
    turn.log(hasProvider(request.scheme) ? log.authFailed(request.scheme) : log.noAuthProvider(request.scheme));
    reply(turn, socket, authXid, 'auth', { error: 'AUTHFAILED', response: null });
    closeConnection(turn, socket);
    return;
  }
  const { identities } = connection;
  if (!identities.some(({ scheme, id }) => scheme === identity.scheme && id === identity.id))
    changeConnection(turn, socket, { identities: [...identities, identity] });
  turn.log(log.authSucceeded(session, request.scheme, connection.peer, socket));
  reply(turn, socket, authXid, 'auth', { error: 'OK', response: { op: 'auth' } });
}

const hasProvider = (scheme: string): boolean => scheme === 'ip' || scheme === 'digest';

function provedBy({ scheme, auth }: AuthRequest): ZkIdentity | null {
  if (scheme === 'ip') return addressIdentity;
  return scheme === 'digest' && auth !== null ? { scheme, id: digestOf(auth) } : null;
}

/** `name:` and what a permission of the scheme `digest` keeps of `name:password` (`DigestAuthenticationProvider#generateDigest`). */
export const digestOf = (nameAndPassword: string): string =>
  `${nameAndPassword.split(':', 1)[0]}:${base64(sha1(utf8(nameAndPassword)))}`;
