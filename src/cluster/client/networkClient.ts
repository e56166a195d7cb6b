/**
 * A client's connections: opens them, asks each broker what it speaks, sends requests, gives back answers and failures, and keeps the
 * metadata fresh.
 *
 * Follows `org.apache.kafka.clients.NetworkClient` with its `DefaultMetadataUpdater` (3.9.0). Kafka polls in a loop; here every event of
 * the process is one round of it, and one timer, `wakeAt`, replaces the waiting.
 */
import type { Delivered, Socket } from '../../kernel/events.ts';
import { nextBelow, type RandomState, streamOf } from '../../kernel/random.ts';
import { ms, type VirtualTimeUs } from '../../kernel/time.ts';
import type { MetadataResponse } from '../protocol/kafka/metadata.ts';
import type { ApiVersionsResponse } from '../protocol/kafka/connection.ts';
import {
  type Api,
  type KafkaMessage,
  type KafkaResponse,
  type RequestBody,
  sendRequest,
} from '../protocol/kafka/kafkaMessage.ts';
import { addressOf, isThisMachine, socketAddressText } from './bootstrap.ts';
import type { CommonClientConfig } from './clientConfig.ts';
import type { ClientEvent, ClientLog, Turn } from './clientStep.ts';
import {
  failedUpdate,
  type Metadata,
  type MetadataQuestion,
  nextQuestion,
  nextRefreshAt,
  requestUpdate,
  updateFrom,
} from './metadata.ts';
import { type Node, nodeText } from './node.ts';
import {
  connecting,
  type ConnectionLimits,
  disconnected,
  type InFlightRequest,
  mayConnectAt,
  type NodeConnection,
  ready,
} from './nodeConnection.ts';

const NETWORK_CLIENT = 'org.apache.kafka.clients.NetworkClient';
/** Sockets of one client; a process may have eight of them. */
const SOCKETS_PER_CLIENT = 4096;

export interface NetworkClient<Tag> {
  readonly slot: number;
  readonly clientId: string;
  /** `[Producer clientId=console-producer] `. */
  readonly logPrefix: string;
  readonly requestTimeoutUs: number;
  readonly limits: ConnectionLimits;
  readonly maxIdleUs: number;
  readonly maxInFlight: number;
  /** Late answers are noticed when something else happens, not at once: the admin client sleeps until a call's own deadline. */
  readonly isLazy: boolean;
  readonly connections: readonly NodeConnection<Tag>[];
  readonly nextCorrelationId: number;
  /** Sockets opened so far. */
  readonly socketCount: number;
  readonly random: RandomState;
  /** Null: the admin client keeps its own. */
  readonly metadata: Metadata | null;
  /** The question on its way, if any. */
  readonly question: MetadataQuestion | null;
  /** When the timer that is set will fire; null: none. */
  readonly timerAt: VirtualTimeUs | null;
}

/** What became of a request. `answer` null: the connection was lost, or (`wasTimedOut`) given up; with acks=0, sent. */
export interface ClientResponse<Tag> {
  readonly tag: Tag;
  readonly api: Api;
  readonly node: number;
  readonly correlationId: number;
  readonly sentAt: VirtualTimeUs;
  readonly answer: KafkaResponse | null;
  readonly wasDisconnected: boolean;
  readonly wasTimedOut: boolean;
}

/** A turn of a client that has connections. */
export interface NetworkTurn<Tag> extends Turn {
  readonly responses: ClientResponse<Tag>[];
  /** Nodes whose connection was lost in this turn. */
  readonly disconnections: number[];
}
export function networkTurn<Tag>(now: VirtualTimeUs): NetworkTurn<Tag> {
  return { now, effects: [], logs: [], responses: [], disconnections: [] };
}

export function createNetworkClient<Tag>(
  config: CommonClientConfig,
  init: {
    readonly slot: number;
    readonly seed: number;
    readonly clientId: string;
    readonly logPrefix: string;
    readonly maxInFlight: number;
    readonly metadata: Metadata | null;
    readonly isLazy?: boolean;
  },
): NetworkClient<Tag> {
  const { slot, clientId, logPrefix, maxInFlight, metadata } = init;
  return {
    slot,
    clientId,
    logPrefix,
    requestTimeoutUs: ms(config['request.timeout.ms']),
    limits: {
      reconnectBackoff: { initialMs: config['reconnect.backoff.ms'], maxMs: config['reconnect.backoff.max.ms'] },
      connectionSetupTimeout: {
        initialMs: config['socket.connection.setup.timeout.ms'],
        maxMs: config['socket.connection.setup.timeout.max.ms'],
      },
    },
    maxIdleUs: ms(config['connections.max.idle.ms']),
    maxInFlight,
    isLazy: init.isLazy === true,
    connections: [],
    nextCorrelationId: 0,
    socketCount: 0,
    random: streamOf(init.seed, `client ${slot}`),
    metadata,
    question: null,
    timerAt: null,
  };
}

export function logOf(
  client: { readonly logPrefix: string },
  level: ClientLog['level'],
  text: string,
  name: string,
): ClientLog {
  return { level, text: client.logPrefix + text, class: name };
}

export function connectionOf<Tag>({ connections }: NetworkClient<Tag>, node: number): NodeConnection<Tag> | undefined {
  return connections.find((connection) => connection.node.id === node);
}

function withConnection<Tag>(client: NetworkClient<Tag>, connection: NodeConnection<Tag>): NetworkClient<Tag> {
  const { connections } = client;
  const at = connections.findIndex((other) => other.node.id === connection.node.id);
  return { ...client, connections: at < 0 ? [...connections, connection] : connections.with(at, connection) };
}

function withMetadata<Tag>(client: NetworkClient<Tag>, metadata: Metadata): NetworkClient<Tag> {
  return metadata === client.metadata ? client : { ...client, metadata };
}

function isUpdateDue<Tag>({ metadata, question }: NetworkClient<Tag>, now: VirtualTimeUs): boolean {
  return metadata !== null && question === null && nextRefreshAt(metadata) <= now;
}

function canSendRequest<Tag>(connection: NodeConnection<Tag> | undefined, maxInFlight: number): boolean {
  return connection?.state === 'READY' && connection.inFlight.length < maxInFlight;
}

/** May a request go to the node now? Not while metadata is due: that goes first. */
export function isReady<Tag>(client: NetworkClient<Tag>, node: number, now: VirtualTimeUs): boolean {
  return !isUpdateDue(client, now) && canSendRequest(connectionOf(client, node), client.maxInFlight);
}

/** The last try to connect failed, or the connection was lost. */
export function isConnectionFailed<Tag>(client: NetworkClient<Tag>, node: number): boolean {
  return connectionOf(client, node)?.state === 'DISCONNECTED';
}

/** When it makes sense to look again at a node that is not ready; null: its connection will tell. */
export function lookAgainAt<Tag>(client: NetworkClient<Tag>, node: number): VirtualTimeUs | null {
  const connection = connectionOf(client, node);
  return connection?.state === 'DISCONNECTED' ? mayConnectAt(connection) : null;
}

/** Connects to the node unless it is connected or in backoff (`KafkaClient#ready`). `isReady` of the result tells whether to send. */
export function makeReady<Tag>(client: NetworkClient<Tag>, node: Node, turn: NetworkTurn<Tag>): NetworkClient<Tag> {
  const connection = connectionOf(client, node.id);
  const canConnect =
    connection === undefined || (connection.state === 'DISCONNECTED' && mayConnectAt(connection) <= turn.now);
  return canConnect ? initiateConnect(client, node, turn) : client;
}

function initiateConnect<Tag>(before: NetworkClient<Tag>, node: Node, turn: NetworkTurn<Tag>): NetworkClient<Tag> {
  const socket = (1 + before.slot * SOCKETS_PER_CLIENT + (before.socketCount % SOCKETS_PER_CLIENT)) as Socket;
  const known = connectionOf(before, node.id);
  const [connection, random] = connecting(known, node, socket, turn.now, before.limits, before.random);
  const client = withConnection({ ...before, random, socketCount: before.socketCount + 1 }, connection);
  const address = addressOf(node.host);
  if (address === null) {
    const text = `Error connecting to node ${nodeText(node)}`;
    const exception = { class: 'java.net.UnknownHostException', message: node.host };
    turn.logs.push({ ...logOf(client, 'WARN', text, NETWORK_CLIENT), exception });
    return lose(client, connection, turn, { wasTimedOut: false });
  }
  // A packet to another machine gets no answer: the time-out will tell.
  if (isThisMachine(address)) turn.effects.push({ type: 'connect', params: { socket, port: node.port } });
  return client;
}

/** Sends a request to a node that `isReady` of. */
export function send<Tag, A extends Api>(
  client: NetworkClient<Tag>,
  node: number,
  api: A,
  body: RequestBody<A>,
  tag: Tag,
  turn: NetworkTurn<Tag>,
  { timeoutUs = client.requestTimeoutUs, expectResponse = true } = {},
): NetworkClient<Tag> {
  const connection = connectionOf(client, node);
  if (connection?.state !== 'READY') throw new Error(`Attempt to send a request to node ${node} which is not ready.`);
  return put(client, connection, api, body, expectResponse ? tag : null, turn, { timeoutUs, expectResponse, tag });
}

function put<Tag, A extends Api>(
  client: NetworkClient<Tag>,
  connection: NodeConnection<Tag>,
  api: A,
  body: RequestBody<A>,
  tag: Tag | null,
  turn: NetworkTurn<Tag>,
  how: { readonly timeoutUs: number; readonly expectResponse: boolean; readonly tag: Tag | null },
): NetworkClient<Tag> {
  const { now } = turn;
  const correlationId = client.nextCorrelationId;
  turn.effects.push(sendRequest(connection.socket!, api, { correlationId, clientId: client.clientId }, body));
  const request: InFlightRequest<Tag> = {
    correlationId,
    api,
    sentAt: now,
    timesOutAt: (now + how.timeoutUs) as VirtualTimeUs,
    tag,
  };
  const inFlight = how.expectResponse ? [...connection.inFlight, request] : connection.inFlight;
  if (!how.expectResponse && how.tag !== null) turn.responses.push(responseTo(request, how.tag, connection.node.id));
  const after = withConnection(client, { ...connection, inFlight, lastUsedAt: now });
  return { ...after, nextCorrelationId: (correlationId + 1) % 0x7fff_ffff };
}

function responseTo<Tag>(
  { api, correlationId, sentAt }: InFlightRequest<Tag>,
  tag: Tag,
  node: number,
  outcome: Partial<Pick<ClientResponse<Tag>, 'answer' | 'wasDisconnected' | 'wasTimedOut'>> = {},
): ClientResponse<Tag> {
  return {
    tag,
    api,
    node,
    correlationId,
    sentAt,
    answer: null,
    wasDisconnected: false,
    wasTimedOut: false,
    ...outcome,
  };
}

/** One event: answers and failures are in `turn.responses` after it. */
export function handleNetwork<Tag>(
  client: NetworkClient<Tag>,
  event: Delivered<ClientEvent>,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  const after = takeEvent(client, event, turn);
  // Who has no timer for late answers looks for them at every occasion.
  return client.isLazy && after !== client ? giveUpLateOnes(after, turn) : after;
}

function takeEvent<Tag>(
  client: NetworkClient<Tag>,
  event: Delivered<ClientEvent>,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  switch (event.type) {
    case 'CLIENT_TIMER':
      return event.client === client.slot ? giveUpLateOnes({ ...client, timerAt: null }, turn) : client;
    case 'CONNECTED':
    case 'CONNECTION_REFUSED':
    case 'DISCONNECTED':
    case 'MESSAGE': {
      const connection = client.connections.find(({ socket }) => socket === event.socket);
      if (connection === undefined) return client;
      if (event.type === 'CONNECTED') return checkApiVersions(client, connection, turn);
      if (event.type === 'MESSAGE') return receive(client, connection, event.message as KafkaMessage, turn);
      if (event.type === 'CONNECTION_REFUSED') warnOfFailedConnection(client, connection.node, turn);
      else turn.logs.push(logOf(client, 'INFO', `Node ${connection.node.id} disconnected.`, NETWORK_CLIENT));
      return lose(client, connection, turn, { wasTimedOut: false });
    }
    default:
      return client;
  }
}

function warnOfFailedConnection<Tag>(client: NetworkClient<Tag>, node: Node, turn: NetworkTurn<Tag>): void {
  const text = `Connection to node ${node.id} (${socketAddressText(node)}) could not be established. Node may not be available.`;
  turn.logs.push(logOf(client, 'WARN', text, NETWORK_CLIENT));
}

function checkApiVersions<Tag>(
  client: NetworkClient<Tag>,
  connection: NodeConnection<Tag>,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  const body = { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: '3.9.0' };
  const checking: NodeConnection<Tag> = { ...connection, state: 'CHECKING_API_VERSIONS', failedConnectAttempts: 0 };
  return putInternal(client, checking, 'ApiVersions', body, turn);
}

function putInternal<Tag, A extends Api>(
  client: NetworkClient<Tag>,
  connection: NodeConnection<Tag>,
  api: A,
  body: RequestBody<A>,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  const how = { timeoutUs: client.requestTimeoutUs, expectResponse: true, tag: null };
  return put(client, connection, api, body, null, turn, how);
}

function receive<Tag>(
  client: NetworkClient<Tag>,
  before: NodeConnection<Tag>,
  message: KafkaMessage,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  const [request, ...inFlight] = before.inFlight;
  if (message.kind !== 'response' || request === undefined) return client;
  if (request.correlationId !== message.correlationId) {
    throw new Error(
      `Node ${before.node.id} answered ${message.correlationId} where ${request.correlationId} was next.`,
    );
  }
  const connection = { ...before, inFlight, lastUsedAt: turn.now };
  const after = withConnection(client, connection);
  if (request.tag !== null) {
    turn.responses.push(responseTo(request, request.tag, before.node.id, { answer: message }));
    return after;
  }
  if (message.api === 'ApiVersions') return learnApiVersions(after, connection, request, message.body, turn);
  if (message.api === 'Metadata') return learnMetadata(after, request, message.body, turn);
  return after;
}

function learnApiVersions<Tag>(
  client: NetworkClient<Tag>,
  connection: NodeConnection<Tag>,
  request: InFlightRequest<Tag>,
  answer: ApiVersionsResponse,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  if (answer.errorCode === 'NONE') {
    const [after, random] = ready(connection, answer, client.limits, client.random);
    return withConnection({ ...client, random }, after);
  }
  const { id } = connection.node;
  const text = `Received error ${answer.errorCode} from node ${id} when making an ApiVersionsRequest with correlation id ${request.correlationId}. Disconnecting.`;
  turn.logs.push(logOf(client, 'WARN', text, NETWORK_CLIENT));
  return drop(client, connection, turn, { wasTimedOut: false });
}

function learnMetadata<Tag>(
  client: NetworkClient<Tag>,
  { correlationId }: InFlightRequest<Tag>,
  answer: MetadataResponse,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  const { metadata, question } = client;
  if (metadata === null || question === null) return client;
  const errors = answer.topics.filter(({ errorCode }) => errorCode !== 'NONE');
  if (errors.length > 0) {
    const list = errors.map(({ name, errorCode }) => `${name ?? 'null'}=${errorCode}`).join(', ');
    const text = `The metadata response from the cluster reported a recoverable issue with correlation id ${correlationId} : {${list}}`;
    turn.logs.push(logOf(client, 'WARN', text, NETWORK_CLIENT));
  }
  // A broker that has just started may not know of any broker yet.
  const [after, random] =
    answer.brokers.length === 0
      ? failedUpdate(metadata, turn.now, client.random)
      : updateFrom(metadata, answer, question, turn.now, client.random);
  if (after.invalidTopics.length > 0 && answer.brokers.length > 0) {
    const text = `Metadata response reported invalid topics [${after.invalidTopics.join(', ')}]`;
    turn.logs.push(logOf(client, 'ERROR', text, 'org.apache.kafka.clients.Metadata'));
  }
  return { ...client, metadata: after, random, question: null };
}

/** The client closes a connection itself, and treats it as lost. */
function drop<Tag>(
  client: NetworkClient<Tag>,
  connection: NodeConnection<Tag>,
  turn: NetworkTurn<Tag>,
  how: { readonly wasTimedOut: boolean },
): NetworkClient<Tag> {
  if (connection.socket !== null) turn.effects.push({ type: 'close', params: { socket: connection.socket } });
  return lose(client, connection, turn, how);
}

/** Closes the connection to a node because its user wants to (`KafkaClient#disconnect`): its requests fail, metadata is left alone. */
export function disconnect<Tag>(client: NetworkClient<Tag>, node: number, turn: NetworkTurn<Tag>): NetworkClient<Tag> {
  const connection = connectionOf(client, node);
  if (connection === undefined || connection.state === 'DISCONNECTED') return client;
  turn.logs.push(logOf(client, 'INFO', `Client requested disconnect from node ${node}`, NETWORK_CLIENT));
  if (connection.socket !== null) turn.effects.push({ type: 'close', params: { socket: connection.socket } });
  const [after, random] = disconnected(connection, turn.now, client.limits, client.random);
  return failInFlight(withConnection({ ...client, random }, after), connection, turn, { wasTimedOut: false });
}

/** What was in flight fails at once; the loss may be the sign of stale metadata, so a refresh is asked for. */
function lose<Tag>(
  before: NetworkClient<Tag>,
  connection: NodeConnection<Tag>,
  turn: NetworkTurn<Tag>,
  how: { readonly wasTimedOut: boolean },
): NetworkClient<Tag> {
  const [after, random] = disconnected(connection, turn.now, before.limits, before.random);
  let client = failInFlight(withConnection({ ...before, random }, after), connection, turn, how);
  turn.disconnections.push(connection.node.id);
  const { metadata } = client;
  if (metadata === null) return client;
  const { isBootstrap, nodes } = metadata.cluster;
  const bootstrap = isBootstrap ? nodes.find(({ id }) => id === connection.node.id) : undefined;
  if (bootstrap !== undefined) {
    turn.logs.push(logOf(client, 'WARN', `Bootstrap broker ${nodeText(bootstrap)} disconnected`, NETWORK_CLIENT));
  }
  if (isUpdateDue(client, turn.now)) client = failQuestion(client, turn.now);
  return client.metadata === null ? client : withMetadata(client, requestUpdate(client.metadata));
}

function failQuestion<Tag>(client: NetworkClient<Tag>, now: VirtualTimeUs): NetworkClient<Tag> {
  if (client.metadata === null) return client;
  const [metadata, random] = failedUpdate(client.metadata, now, client.random);
  return { ...client, metadata, random, question: null };
}

function failInFlight<Tag>(
  before: NetworkClient<Tag>,
  { inFlight, node }: NodeConnection<Tag>,
  turn: NetworkTurn<Tag>,
  { wasTimedOut }: { readonly wasTimedOut: boolean },
): NetworkClient<Tag> {
  let client = before;
  for (const request of inFlight) {
    if (request.tag !== null) {
      turn.responses.push(responseTo(request, request.tag, node.id, { wasDisconnected: true, wasTimedOut }));
    } else if (request.api === 'Metadata') client = failQuestion(client, turn.now);
  }
  return client;
}

/** Connections that take too long, answers that do not come, connections that nobody uses. */
function giveUpLateOnes<Tag>(before: NetworkClient<Tag>, turn: NetworkTurn<Tag>): NetworkClient<Tag> {
  const { now } = turn;
  let client = before;
  for (const connection of before.connections) {
    if (connection.state === 'DISCONNECTED') continue;
    const { id } = connection.node;
    if (connection.state === 'CONNECTING') {
      if (now - connection.lastConnectAttemptAt < connection.connectionSetupTimeoutUs) continue;
      const timeoutMs = Math.round(connection.connectionSetupTimeoutUs / 1000);
      const text = `Disconnecting from node ${id} due to socket connection setup timeout. The timeout value is ${timeoutMs} ms.`;
      turn.logs.push(logOf(client, 'INFO', text, NETWORK_CLIENT));
      client = drop(client, connection, turn, { wasTimedOut: true });
    } else if (connection.inFlight.some(({ timesOutAt }) => timesOutAt <= now)) {
      turn.logs.push(logOf(client, 'INFO', `Disconnecting from node ${id} due to request timeout.`, NETWORK_CLIENT));
      client = drop(client, connection, turn, { wasTimedOut: true });
    } else if (client.maxIdleUs > 0 && now - connection.lastUsedAt >= client.maxIdleUs) {
      client = drop(client, connection, turn, { wasTimedOut: false });
    }
  }
  return client;
}

/** Where a request that any broker can answer goes; null: no node can be had now. */
export function leastLoadedNode<Tag>(
  client: NetworkClient<Tag>,
  nodes: readonly Node[],
  now: VirtualTimeUs,
): readonly [Node | null, NetworkClient<Tag>] {
  if (nodes.length === 0) return [null, client];
  const [offset, random] = nodes.length === 1 ? [0, client.random] : nextBelow(client.random, nodes.length);
  const after = random === client.random ? client : { ...client, random };
  let [readyNode, connectingNode, connectable]: (Node | null)[] = [null, null, null];
  let fewest = Number.MAX_SAFE_INTEGER;
  let longestAgo = Number.MAX_SAFE_INTEGER;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[(offset + i) % nodes.length]!;
    const connection = connectionOf(client, node.id);
    if (canSendRequest(connection, client.maxInFlight)) {
      const count = connection!.inFlight.length;
      if (count === 0) return [node, after];
      if (count < fewest) [readyNode, fewest] = [node, count];
    } else if (connection?.state === 'CONNECTING' || connection?.state === 'CHECKING_API_VERSIONS') {
      connectingNode = node;
    } else if (connection === undefined || (connection.state === 'DISCONNECTED' && mayConnectAt(connection) <= now)) {
      const lastAttempt = connection?.lastConnectAttemptAt ?? 0;
      if (lastAttempt < longestAgo) [connectable, longestAgo] = [node, lastAttempt];
    }
  }
  return [readyNode ?? connectingNode ?? connectable ?? null, after];
}

/** Asks for metadata if that is due and somebody can be asked; else begins a connection for it. */
export function maintainMetadata<Tag>(client: NetworkClient<Tag>, turn: NetworkTurn<Tag>): NetworkClient<Tag> {
  const { metadata } = client;
  if (metadata === null || !isUpdateDue(client, turn.now)) return client;
  const { nodes } = metadata.cluster;
  const [node, after] = leastLoadedNode(client, nodes, turn.now);
  if (node === null) return after;
  const connection = connectionOf(after, node.id);
  if (connection !== undefined && canSendRequest(connection, after.maxInFlight)) {
    const question = nextQuestion(metadata, turn.now);
    return putInternal({ ...after, question }, connection, 'Metadata', question.body, turn);
  }
  // While one connection is being made, no other is begun for this.
  if (nodes.some(({ id }) => connectionOf(after, id)?.state === 'CONNECTING')) return after;
  return makeReady(after, node, turn);
}

/** The next instant at which something is due here by itself; null: never. */
function nextDueAt<Tag>(client: NetworkClient<Tag>, now: VirtualTimeUs): VirtualTimeUs | null {
  let dueAt = Number.MAX_SAFE_INTEGER;
  for (const { state, lastConnectAttemptAt, connectionSetupTimeoutUs, inFlight, lastUsedAt } of client.connections) {
    if (state === 'CONNECTING') dueAt = Math.min(dueAt, lastConnectAttemptAt + connectionSetupTimeoutUs);
    else if (state !== 'DISCONNECTED') {
      // The admin client's network client sleeps for an hour (`KafkaAdminClient`): late requests are noticed when something else wakes it.
      if (client.metadata !== null) {
        if (!client.isLazy) for (const { timesOutAt } of inFlight) if (timesOutAt < dueAt) dueAt = timesOutAt;
      }
      if (client.maxIdleUs > 0) dueAt = Math.min(dueAt, lastUsedAt + client.maxIdleUs);
    }
  }
  const { metadata, question } = client;
  if (metadata !== null && question === null) {
    const refreshAt = nextRefreshAt(metadata);
    if (refreshAt > now) dueAt = Math.min(dueAt, refreshAt);
    else {
      // Due, and nobody to ask: the first node that may be tried again, unless a connection is under way.
      const isUnderWay = metadata.cluster.nodes.some(({ id }) => {
        const state = connectionOf(client, id)?.state;
        return state !== undefined && state !== 'DISCONNECTED';
      });
      if (!isUnderWay) {
        for (const { id } of metadata.cluster.nodes) dueAt = Math.min(dueAt, mayConnectAt(connectionOf(client, id)));
      }
    }
  }
  return dueAt === Number.MAX_SAFE_INTEGER ? null : (dueAt as VirtualTimeUs);
}

/**
 * Ends a turn: sets the client's timer for what is due next here or, `wantedAt`, to its user. A timer that is set too early stays and
 * costs one idle event; so most turns set none.
 */
export function scheduleWakeUp<Tag>(
  client: NetworkClient<Tag>,
  wantedAt: VirtualTimeUs | null,
  turn: NetworkTurn<Tag>,
): NetworkClient<Tag> {
  const ownAt = nextDueAt(client, turn.now);
  const wakeAt = ownAt === null ? wantedAt : wantedAt === null || ownAt < wantedAt ? ownAt : wantedAt;
  if (wakeAt === null || (client.timerAt !== null && client.timerAt <= wakeAt)) return client;
  const delayUs = Math.max(0, wakeAt - turn.now);
  turn.effects.push({
    type: 'setTimer',
    params: {
      id: timerName(client),
      delayUs,
      event: { type: 'CLIENT_TIMER', client: client.slot } as { type: string },
    },
  });
  return { ...client, timerAt: (turn.now + delayUs) as VirtualTimeUs };
}

const timerName = ({ slot }: { readonly slot: number }): string => `kafka-client-${slot}`;

/** All connections are closed, nothing is awaited any more. */
export function closeNetwork<Tag>(client: NetworkClient<Tag>, turn: Turn): NetworkClient<Tag> {
  for (const { socket } of client.connections) {
    if (socket !== null) turn.effects.push({ type: 'close', params: { socket } });
  }
  if (client.timerAt !== null) turn.effects.push({ type: 'cancelTimer', params: { id: timerName(client) } });
  return { ...client, connections: [], timerAt: null, metadata: null, question: null };
}
