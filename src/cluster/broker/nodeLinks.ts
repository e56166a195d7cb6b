/**
 * Connections that a broker opens itself: to those it follows, to the brokers that it controls, to the controller. One request is under way
 * at a time on each.
 *
 * Follows `kafka.server.BrokerBlockingSender`, `kafka.controller.RequestSendThread` and `kafka.server.NodeToControllerRequestThread`
 * over `NetworkClient` (3.9.0).
 */
import type { Socket } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms } from '../../kernel/time.ts';
import type { Api, KafkaResponse, RequestBody, ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import { sendRequest } from '../protocol/kafka/kafkaMessage.ts';
import type { Turn } from './turn.ts';
import { setTimer, update } from './turn.ts';

/** A request and what to do with its answer; null when the connection was lost before it. It must not hold the turn in which it was made. */
export interface LinkRequest {
  readonly api: Api;
  /** Sends it over the socket, numbered. */
  readonly send: (turn: Turn, socket: Socket, correlationId: number) => void;
  readonly answered: (turn: Turn, response: KafkaResponse | null) => void;
}

export interface NodeLink {
  readonly name: string;
  /** On the one machine, a port is an address. */
  readonly port: number;
  /** What a lost connection does to the request under way: it fails, or it is made again when there is a connection. */
  readonly onLoss: 'fail' | 'retry';
  readonly state: 'idle' | 'connecting' | 'ready' | 'waiting';
  readonly socket: Socket | null;
  readonly queue: readonly LinkRequest[];
  readonly inFlight: LinkRequest | null;
  readonly sentAt: VirtualTimeUs;
  readonly correlationId: number;
  /** A timer watches over the answers. */
  readonly isWatched: boolean;
}

export interface NodeLinks {
  readonly all: readonly NodeLink[];
  readonly nextSocket: number;
}
export const noLinks: NodeLinks = { all: [], nextSocket: 1 };

const REQUEST_TIMEOUT_MS = 30_000;
const RECONNECT_BACKOFF_MS = 100;

/** A request as it waits in a queue. */
export function linkRequest<A extends Api>(
  api: A,
  clientId: string,
  body: RequestBody<A>,
  answered: (turn: Turn, body: ResponseBody<A> | null) => void,
): LinkRequest {
  return {
    api,
    send: (turn, socket, correlationId) => {
      turn.effects.push(sendRequest(socket, api, { correlationId, clientId }, body));
    },
    answered: (turn, response) => answered(turn, bodyOf(api, response)),
  };
}

function bodyOf<A extends Api>(api: A, response: KafkaResponse | null): ResponseBody<A> | null {
  return isAnswerTo(api, response) ? response.body : null;
}
function isAnswerTo<A extends Api>(
  api: A,
  response: KafkaResponse | null,
): response is KafkaResponse & { readonly api: A; readonly body: ResponseBody<A> } {
  return response?.api === api;
}

/** Puts the request in the queue of the link, which is made when it is not there; a link to another port is made anew. */
export function sendOver(
  turn: Turn,
  { name, port, onLoss }: Pick<NodeLink, 'name' | 'port' | 'onLoss'>,
  request: LinkRequest,
): void {
  const known = linkNamed(turn, name);
  if (known !== undefined && known.port !== port) closeLink(turn, name);
  const link =
    linkNamed(turn, name) ??
    ({
      name,
      port,
      onLoss,
      state: 'idle',
      socket: null,
      queue: [],
      inFlight: null,
      sentAt: turn.now,
      correlationId: 0,
      isWatched: false,
    } satisfies NodeLink);
  proceed(turn, { ...link, queue: [...link.queue, request] });
}

function putLink(turn: Turn, link: NodeLink): void {
  const { links } = turn.broker;
  const at = links.all.findIndex(({ name }) => name === link.name);
  const all = at === -1 ? [...links.all, link] : links.all.with(at, link);
  update(turn, { links: { ...links, all } });
}

const linkNamed = ({ broker: { links } }: Turn, name: string): NodeLink | undefined =>
  links.all.find((link) => link.name === name);

/** Connects, or sends the next request, as far as that is possible now. */
function proceed(turn: Turn, link: NodeLink): void {
  const [next, ...rest] = link.queue;
  if (next === undefined || link.inFlight !== null || link.state === 'connecting' || link.state === 'waiting')
    return putLink(turn, link);
  if (link.state === 'idle' || link.socket === null) return openLink(turn, link);
  next.send(turn, link.socket, link.correlationId);
  if (!link.isWatched)
    setTimer(turn, `timeout ${link.name}`, ms(REQUEST_TIMEOUT_MS), { type: 'NODE_TIMED_OUT', node: link.name });
  putLink(turn, {
    ...link,
    queue: rest,
    inFlight: next,
    sentAt: turn.now,
    correlationId: link.correlationId + 1,
    isWatched: true,
  });
}

function openLink(turn: Turn, link: NodeLink): void {
  const { links } = turn.broker;
  const socket = links.nextSocket as Socket;
  const nextSocket = links.nextSocket >= 29_000 ? 1 : links.nextSocket + 1;
  update(turn, { links: { ...links, nextSocket } });
  turn.effects.push({ type: 'connect', params: { socket, port: link.port } });
  putLink(turn, { ...link, state: 'connecting', socket, correlationId: 0 });
}

const linkOf = ({ broker: { links } }: Turn, socket: Socket): NodeLink | undefined =>
  links.all.find((link) => link.socket === socket);

/** False when the socket is not one of ours. */
export function onLinkConnected(turn: Turn, socket: Socket): boolean {
  const link = linkOf(turn, socket);
  if (link === undefined) return false;
  proceed(turn, { ...link, state: 'ready' });
  return true;
}

export function onLinkLost(turn: Turn, socket: Socket): boolean {
  const link = linkOf(turn, socket);
  if (link === undefined) return false;
  lose(turn, link);
  return true;
}

function lose(turn: Turn, link: NodeLink): void {
  const { inFlight, queue } = link;
  if (link.onLoss === 'retry') {
    const again = inFlight === null ? queue : [inFlight, ...queue];
    setTimer(turn, `reconnect ${link.name}`, ms(RECONNECT_BACKOFF_MS), { type: 'NODE_RECONNECT', node: link.name });
    return putLink(turn, { ...link, state: 'waiting', socket: null, queue: again, inFlight: null });
  }
  putLink(turn, { ...link, state: 'idle', socket: null, queue: [], inFlight: null });
  for (const request of inFlight === null ? queue : [inFlight, ...queue]) request.answered(turn, null);
}

export function onLinkResponse(turn: Turn, socket: Socket, response: KafkaResponse): void {
  const link = linkOf(turn, socket);
  if (link === undefined || link.inFlight === null) return;
  const { inFlight } = link;
  putLink(turn, { ...link, inFlight: null });
  inFlight.answered(turn, response);
  const after = linkNamed(turn, link.name);
  if (after !== undefined && after.queue.length > 0) proceed(turn, after);
}

export function onLinkTimer(turn: Turn, name: string): void {
  const link = linkNamed(turn, name);
  if (link === undefined) return;
  if (link.inFlight === null) return putLink(turn, { ...link, isWatched: false });
  const leftUs = link.sentAt + ms(REQUEST_TIMEOUT_MS) - turn.now;
  if (leftUs > 0) return setTimer(turn, `timeout ${name}`, leftUs, { type: 'NODE_TIMED_OUT', node: name });
  if (link.socket !== null) turn.effects.push({ type: 'close', params: { socket: link.socket } });
  lose(turn, { ...link, isWatched: false });
}

export function onLinkReconnect(turn: Turn, name: string): void {
  const link = linkNamed(turn, name);
  if (link?.state === 'waiting') proceed(turn, { ...link, state: 'idle' });
}

/** Closes the connection; what waited in its queue is dropped without an answer. */
export function closeLink(turn: Turn, name: string): void {
  const link = linkNamed(turn, name);
  if (link === undefined) return;
  if (link.socket !== null) turn.effects.push({ type: 'close', params: { socket: link.socket } });
  const { links } = turn.broker;
  update(turn, { links: { ...links, all: links.all.filter((other) => other !== link) } });
}
