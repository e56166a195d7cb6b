/**
 * Requests of a consumer: each waits until its node is connected, and fails when that cannot be had.
 *
 * Follows `org.apache.kafka.clients.consumer.internals.ConsumerNetworkClient` (3.9.0).
 */
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { Question } from '../admin/adminDefinition.ts';
import {
  type ClientResponse,
  connectionOf,
  isConnectionFailed,
  isReady,
  lookAgainAt,
  makeReady,
  send,
} from '../networkClient.ts';
import type { Node } from '../node.ts';
import { mayConnectAt } from '../nodeConnection.ts';
import type { Consumer, ConsumerTag, ConsumerTurn, UnsentRequest } from './consumerState.ts';

/** `ConsumerNetworkClient#send`. */
export function enqueueRequest(
  consumer: Consumer,
  node: Node,
  question: Question,
  tag: ConsumerTag,
  turn: ConsumerTurn,
  timeoutUs: number = consumer.network.requestTimeoutUs,
): Consumer {
  const expiresAt = (turn.now + timeoutUs) as VirtualTimeUs;
  return { ...consumer, unsent: [...consumer.unsent, { node, question, tag, timeoutUs, expiresAt }] };
}

/** The connection was lost, and it is too soon to try again. */
export function isUnavailable({ network }: Consumer, { id }: Node, now: VirtualTimeUs): boolean {
  const connection = connectionOf(network, id);
  return connection?.state === 'DISCONNECTED' && mayConnectAt(connection) > now;
}

/** Sends what can be sent now; connects for the rest. Requests for a node whose connection failed in this turn fail with it. */
export function sendUnsent(before: Consumer, turn: ConsumerTurn): Consumer {
  if (before.unsent.length === 0) return before;
  let { network } = before;
  const unsent: UnsentRequest[] = [];
  for (const request of before.unsent) {
    const { node, question, tag, timeoutUs, expiresAt } = request;
    if (expiresAt <= turn.now) turn.responses.push(lostResponse(request));
    else if (isReady(network, node.id, turn.now)) {
      network = send(network, node.id, question.api, question.body, tag, turn, { timeoutUs });
    } else {
      network = makeReady(network, node, turn);
      if (isConnectionFailed(network, node.id)) turn.responses.push(lostResponse(request));
      else unsent.push(request);
    }
  }
  return { ...before, network, unsent };
}

/** As if it had been sent and its connection lost. */
function lostResponse({ node, question, tag }: UnsentRequest): ClientResponse<ConsumerTag> {
  return {
    tag,
    api: question.api,
    node: node.id,
    correlationId: -1,
    sentAt: 0 as VirtualTimeUs,
    answer: null,
    wasDisconnected: true,
    wasTimedOut: false,
  };
}

/** A connection has gone: requests that waited for it go with it. */
export function failUnsentOf(before: Consumer, turn: ConsumerTurn): Consumer {
  const gone = turn.disconnections.splice(0);
  if (gone.length === 0 || !before.unsent.some(({ node }) => gone.includes(node.id))) return before;
  const isGone = ({ node }: UnsentRequest) => gone.includes(node.id) && isConnectionFailed(before.network, node.id);
  for (const request of before.unsent) if (isGone(request)) turn.responses.push(lostResponse(request));
  return { ...before, unsent: before.unsent.filter((request) => !isGone(request)) };
}

/** When a waiting request should be looked at again; null: its connection will tell. */
export function unsentDueAt({ unsent, network }: Consumer): number {
  let dueAt = Number.MAX_SAFE_INTEGER;
  for (const { node, expiresAt } of unsent)
    dueAt = Math.min(dueAt, expiresAt, lookAgainAt(network, node.id) ?? expiresAt);
  return dueAt;
}
