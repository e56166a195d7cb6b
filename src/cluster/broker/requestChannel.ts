/**
 * Requests of clients and their answers: on each connection one is handled at a time, and answers come in the order of the requests.
 *
 * Follows `kafka.network.SocketServer` and `RequestChannel` (3.9.0): a connection is muted until its request has been answered.
 */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import type { Api, KafkaRequest, RequestBody, ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import { sendResponse } from '../protocol/kafka/kafkaMessage.ts';
import { type Turn, update } from './turn.ts';

/** A connection that a client opened. */
export interface ClientConnection {
  readonly socket: Socket;
  readonly peer: ProcessId;
  /** A request is being handled, and the next ones wait. */
  readonly isBusy: boolean;
  readonly waiting: readonly KafkaRequest[];
}

/** A request to be answered, now or later. */
export interface Call<A extends Api> {
  readonly socket: Socket;
  readonly api: A;
  readonly correlationId: number;
  readonly clientId: string;
  readonly body: RequestBody<A>;
}

export function acceptConnection(turn: Turn, socket: Socket, peer: ProcessId): void {
  update(turn, { connections: [...turn.broker.connections, { socket, peer, isBusy: false, waiting: [] }] });
}

export const connectionOf = ({ broker }: Turn, socket: Socket): ClientConnection | undefined =>
  broker.connections.find((connection) => connection.socket === socket);

export function dropConnection(turn: Turn, socket: Socket): void {
  update(turn, { connections: turn.broker.connections.filter((connection) => connection.socket !== socket) });
}

/** Hands the request to `handle`, now or when those before it have been answered. */
export function receiveRequest(
  turn: Turn,
  socket: Socket,
  request: KafkaRequest,
  handle: (turn: Turn, socket: Socket, request: KafkaRequest) => void,
): void {
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  if (connection.isBusy) return put(turn, { ...connection, waiting: [...connection.waiting, request] });
  turn.handling = socket;
  handle(turn, socket, request);
  if (turn.handling === socket) {
    const after = connectionOf(turn, socket);
    if (after !== undefined) put(turn, { ...after, isBusy: true });
  }
  turn.handling = null;
}

/** Takes up what waits on connections that have become free in this turn. */
export function handleWaiting(turn: Turn, handle: (turn: Turn, socket: Socket, request: KafkaRequest) => void): void {
  for (let socket = turn.freed.shift(); socket !== undefined; socket = turn.freed.shift()) {
    const connection = connectionOf(turn, socket);
    const [next, ...waiting] = connection?.waiting ?? [];
    if (connection === undefined || connection.isBusy || next === undefined) continue;
    put(turn, { ...connection, waiting });
    receiveRequest(turn, socket, next, handle);
    if (waiting.length > 0 && connectionOf(turn, socket)?.isBusy === false) turn.freed.push(socket);
  }
}

function put(turn: Turn, connection: ClientConnection): void {
  const { connections } = turn.broker;
  const at = connections.findIndex(({ socket }) => socket === connection.socket);
  update(turn, { connections: connections.with(at, connection) });
}

export function respond<A extends Api>(turn: Turn, call: Call<A>, body: ResponseBody<A>): void {
  turn.effects.push(sendResponse(call.socket, call.api, call.correlationId, body));
  finish(turn, call.socket);
}

/** A request that asks for no answer (acks 0) is done. */
export function finish(turn: Turn, socket: Socket): void {
  if (turn.handling === socket) {
    turn.handling = null;
    return;
  }
  const connection = connectionOf(turn, socket);
  if (connection === undefined) return;
  put(turn, { ...connection, isBusy: false });
  if (connection.waiting.length > 0) turn.freed.push(socket);
}

/** Closes the connection: all that is left to do for an error that has no answer. */
export function closeConnection(turn: Turn, socket: Socket): void {
  finish(turn, socket);
  dropConnection(turn, socket);
  turn.effects.push({ type: 'close', params: { socket } });
}
