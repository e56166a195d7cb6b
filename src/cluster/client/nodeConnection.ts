/**
 * The connection to one node, and the requests that wait for an answer on it.
 *
 * Follows `org.apache.kafka.clients.ClusterConnectionStates` and `InFlightRequests` (3.9.0).
 */
import type { Socket } from '../../kernel/events.ts';
import type { RandomState } from '../../kernel/random.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Api } from '../protocol/kafka/kafkaMessage.ts';
import type { ApiVersionsResponse } from '../protocol/kafka/connection.ts';
import { backoffUs, type BackoffRange } from './backoff.ts';
import type { Node } from './node.ts';

type ConnectionState = 'CONNECTING' | 'CHECKING_API_VERSIONS' | 'READY' | 'DISCONNECTED';

export interface InFlightRequest<Tag> {
  readonly correlationId: number;
  readonly api: Api;
  readonly sentAt: VirtualTimeUs;
  /** When the connection is given up for want of an answer. */
  readonly timesOutAt: VirtualTimeUs;
  /** Null: sent by the network client itself. */
  readonly tag: Tag | null;
}

export interface NodeConnection<Tag> {
  readonly node: Node;
  readonly state: ConnectionState;
  /** Null while disconnected. */
  readonly socket: Socket | null;
  readonly lastConnectAttemptAt: VirtualTimeUs;
  /** Times in a row that the connection was lost or refused. */
  readonly failedAttempts: number;
  /** Of those, how many while connecting. */
  readonly failedConnectAttempts: number;
  readonly reconnectBackoffUs: number;
  readonly connectionSetupTimeoutUs: number;
  readonly lastUsedAt: VirtualTimeUs;
  /** Oldest first: brokers answer in order. */
  readonly inFlight: readonly InFlightRequest<Tag>[];
  readonly apiVersions: ApiVersionsResponse | null;
}

export interface ConnectionLimits {
  readonly reconnectBackoff: BackoffRange;
  readonly connectionSetupTimeout: BackoffRange;
}

/** A connection attempt begins. */
export function connecting<Tag>(
  before: NodeConnection<Tag> | undefined,
  node: Node,
  socket: Socket,
  now: VirtualTimeUs,
  limits: ConnectionLimits,
  random: RandomState,
): readonly [NodeConnection<Tag>, RandomState] {
  if (before !== undefined && before.node.host === node.host) {
    return [{ ...before, node, socket, state: 'CONNECTING', lastConnectAttemptAt: now, lastUsedAt: now }, random];
  }
  const [reconnectBackoffUs, afterFirst] = backoffUs(limits.reconnectBackoff, 0, random);
  const [connectionSetupTimeoutUs, rest] = backoffUs(limits.connectionSetupTimeout, 0, afterFirst);
  const connection: NodeConnection<Tag> = {
    node,
    state: 'CONNECTING',
    socket,
    lastConnectAttemptAt: now,
    failedAttempts: 0,
    failedConnectAttempts: 0,
    reconnectBackoffUs,
    connectionSetupTimeoutUs,
    lastUsedAt: now,
    inFlight: [],
    apiVersions: null,
  };
  return [connection, rest];
}

/** Lost, refused or given up: nothing is tried before the backoff. Its requests in flight are the caller's to fail. */
export function disconnected<Tag>(
  connection: NodeConnection<Tag>,
  now: VirtualTimeUs,
  limits: ConnectionLimits,
  random: RandomState,
): readonly [NodeConnection<Tag>, RandomState] {
  const [reconnectBackoffUs, afterFirst] = backoffUs(limits.reconnectBackoff, connection.failedAttempts, random);
  const failedConnectAttempts = connection.state === 'CONNECTING' ? connection.failedConnectAttempts + 1 : 0;
  const [connectionSetupTimeoutUs, rest] = backoffUs(limits.connectionSetupTimeout, failedConnectAttempts, afterFirst);
  const after: NodeConnection<Tag> = {
    ...connection,
    state: 'DISCONNECTED',
    socket: null,
    lastConnectAttemptAt: now,
    failedAttempts: connection.failedAttempts + 1,
    failedConnectAttempts,
    reconnectBackoffUs,
    connectionSetupTimeoutUs,
    inFlight: [],
    apiVersions: null,
  };
  return [after, rest];
}

/** The broker said what it speaks: failures are forgotten. */
export function ready<Tag>(
  connection: NodeConnection<Tag>,
  apiVersions: ApiVersionsResponse,
  limits: ConnectionLimits,
  random: RandomState,
): readonly [NodeConnection<Tag>, RandomState] {
  const [reconnectBackoffUs, rest] = backoffUs(limits.reconnectBackoff, 0, random);
  return [
    { ...connection, state: 'READY', apiVersions, failedAttempts: 0, failedConnectAttempts: 0, reconnectBackoffUs },
    rest,
  ];
}

/** When a node that is not connected may be tried; the past: now. */
export function mayConnectAt<Tag>(connection: NodeConnection<Tag> | undefined): VirtualTimeUs {
  return connection === undefined
    ? (0 as VirtualTimeUs)
    : ((connection.lastConnectAttemptAt + connection.reconnectBackoffUs) as VirtualTimeUs);
}
