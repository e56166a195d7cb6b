/**
 * A client of ZooKeeper inside another process: a session kept over connections to the servers of a list, requests answered in order,
 * watches. A plain value; its embedder performs the effects, prints the logs, and hands over the kernel's events:
 *
 *     let client = zkClient<MyTag>({ process, connectString: 'localhost:2181', sessionTimeoutMs: 18_000, seed, sockets: { first: 30_000, count: 2_000 } });
 *     let out = zkConnect(client, now);                    // keep out.state, perform out.effects, print out.logs
 *     out = zkRequest(out.state, { op: 'getData', path: '/controller', watch: true }, tag, now);
 *     const heard = zkHandle(out.state, event);            // null: the event is not for this client
 *
 * Requests made before the connection is there wait for it, and fail with CONNECTIONLOSS if the attempt under way does. After `expired`
 * or `closed`, `zkConnect` opens a new session.
 *
 * Follows `org.apache.zookeeper.ClientCnxn` and `client.StaticHostProvider` (3.8.4).
 */
import type { Circumstances, Delivered, KernelEvent, Socket } from '../../kernel/events.ts';
import type { RandomState } from '../../kernel/random.ts';
import { nextBelow, streamOf } from '../../kernel/random.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { ZkRequest } from '../protocol/zookeeper.ts';
import { isZkMessage, noSession, noZxid } from '../protocol/zookeeper.ts';
import { ClientConnection } from './clientConnection.ts';
import type { ZkClientConfig, ZkClientState, ZkOutcome, ZkTimerEvent } from './clientState.ts';
import { lost } from './clientState.ts';
import { noWatches } from './clientWatches.ts';
import { parseConnectString } from './connectString.ts';

export type { ZkClientConfig, ZkClientState, ZkOutcome, ZkSessionEvent, ZkTimerEvent } from './clientState.ts';

export function zkClient<Tag>(config: ZkClientConfig): ZkClientState<Tag> {
  const { servers, chroot } = parseConnectString(config.connectString);
  const [shuffled, random] = shuffle(servers, streamOf(config.seed, `zookeeper client ${config.name ?? ''}`));
  return {
    config,
    chroot,
    servers: shuffled,
    status: 'NOT_CONNECTED',
    sessionId: noSession,
    password: '',
    timeoutMs: config.sessionTimeoutMs,
    lastZxidSeen: noZxid,
    watches: noWatches,
    socket: null,
    nextSocket: 0,
    nextXid: 1,
    pending: [],
    outgoing: [],
    isClosing: false,
    authInfo: [],
    hasConnectedOnce: false,
    serverIndex: -1,
    lastIndex: -1,
    lastHeardAt: 0 as VirtualTimeUs,
    lastSentAt: 0 as VirtualTimeUs,
    wakeAt: null,
    random,
  };
}

/** Starts connecting, to a new session: at the beginning, and again after `expired` or `closed`. */
export function zkConnect<Tag>(state: ZkClientState<Tag>, now: VirtualTimeUs): ZkOutcome<Tag> {
  if (state.status === 'CONNECTING' || state.status === 'CONNECTED') return outcome(state);
  const { nextSocket, random, outgoing } = state;
  const fresh = { ...zkClient<Tag>(state.config), nextSocket, random, servers: state.servers };
  const waiting = state.status === 'NOT_CONNECTED' ? outgoing : [];
  const work = new ClientConnection<Tag>({ ...fresh, status: 'CONNECTING', outgoing: waiting }, now);
  work.startConnect();
  return work.outcome();
}

/** Sends a request, or keeps it until there is a session. `tag` comes back with the answer; answers come in the order of the requests. */
export function zkRequest<Tag>(
  state: ZkClientState<Tag>,
  request: ZkRequest,
  tag: Tag,
  now: VirtualTimeUs,
): ZkOutcome<Tag> {
  const work = new ClientConnection(state, now);
  if (state.status === 'CLOSED' || state.isClosing) work.answer({ request, tag }, lost('SESSIONEXPIRED'));
  else if (state.status === 'CONNECTED') work.sendRequest(request, { request, tag });
  else work.state = { ...work.state, outgoing: [...state.outgoing, { request, tag }] };
  return work.outcome();
}

/**
 * Proves a name to the server, and to each that this session comes to. No answer follows; a proof that is refused ends the client:
 * `authFailed`, and no session any more.
 */
export function zkAddAuth<Tag>(
  state: ZkClientState<Tag>,
  { scheme, auth }: { readonly scheme: string; readonly auth: string | null },
  now: VirtualTimeUs,
): ZkOutcome<Tag> {
  if (state.status === 'CLOSED' || state.isClosing) return outcome(state);
  const info = { op: 'auth', scheme, auth } as const;
  const work = new ClientConnection({ ...state, authInfo: [...state.authInfo, info] }, now);
  if (state.status === 'CONNECTED') work.sendAuth(info);
  return work.outcome();
}

/** Ends the session: `closed` follows, with the server's answer or at once when there is no connection. */
export function zkClose<Tag>(state: ZkClientState<Tag>, now: VirtualTimeUs): ZkOutcome<Tag> {
  if (state.status === 'CLOSED' || state.isClosing) return outcome(state);
  const work = new ClientConnection({ ...state, isClosing: true }, now);
  if (state.status === 'CONNECTED') work.sendRequest({ op: 'closeSession' }, null);
  else work.finishClosing();
  return work.outcome();
}

/** Null when the event is for somebody else in the process. */
export function zkHandle<Tag>(
  state: ZkClientState<Tag>,
  event: Delivered<KernelEvent | ZkTimerEvent>,
): ZkOutcome<Tag> | null {
  if (event.type === 'ZOOKEEPER_TIMER') {
    if (event.client !== (state.config.name ?? '')) return null;
    const work = new ClientConnection(state, event.now);
    if (event.timer === 'connect') work.openSocket();
    else work.keepAlive({ isWake: true });
    return work.outcome();
  }
  if (!isOurs(state, event)) return null;
  const work = new ClientConnection(state, event.now);
  switch (event.type) {
    case 'CONNECTED':
      work.primeConnection();
      break;
    case 'CONNECTION_REFUSED':
      work.loseConnection('connectionRefused');
      break;
    case 'DISCONNECTED':
      work.loseConnection('endOfStream');
      break;
    case 'MESSAGE':
      if (isZkMessage(event.message)) work.hear(event.message);
      break;
    case 'ACCEPTED':
      break;
  }
  return work.outcome();
}

type SocketEvent = Extract<KernelEvent, { readonly socket: Socket }> & Circumstances;
/** Events of a socket given up long ago are ours too, and say nothing. */
function isOurs<Tag>(state: ZkClientState<Tag>, event: Delivered<KernelEvent>): event is SocketEvent {
  return 'socket' in event && state.socket !== null && event.socket === state.socket;
}

const outcome = <Tag>(state: ZkClientState<Tag>): ZkOutcome<Tag> => ({
  state,
  effects: [],
  responses: [],
  watchEvents: [],
  sessionEvents: [],
  logs: [],
});

function shuffle<T>(items: readonly T[], random: RandomState): readonly [readonly T[], RandomState] {
  const shuffled = [...items];
  let rest = random;
  for (let i = shuffled.length - 1; i > 0; i--) {
    const [j, next] = nextBelow(rest, i + 1);
    rest = next;
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return [shuffled, rest];
}
