import { describe, expect, test } from 'vitest';
import { producerConfig } from '../../kafka/config/producerConfig.ts';
import type { Delivered, ProcessId, Socket } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms } from '../../kernel/time.ts';
import type { KafkaResponse } from '../protocol/kafka/kafkaMessage.ts';
import { commonConfigOf } from './clientConfig.ts';
import type { ClientEvent } from './clientStep.ts';
import {
  connectionOf,
  createNetworkClient,
  handleNetwork,
  isConnectionFailed,
  isReady,
  leastLoadedNode,
  lookAgainAt,
  makeReady,
  type NetworkClient,
  type NetworkTurn,
  networkTurn,
  scheduleWakeUp,
  send,
} from './networkClient.ts';
import type { Node } from './node.ts';
import { apiVersionsAnswer } from './testing/fakeBroker.ts';

type Client = NetworkClient<string>;
const at = (millis: number): VirtualTimeUs => ms(millis) as VirtualTimeUs;
const nodes: readonly Node[] = [0, 1, 2].map((id) => ({ id, host: 'localhost', port: 9092 + id, rack: null }));
const [node0, node1, node2] = nodes as [Node, Node, Node];

const newClient = (): Client =>
  createNetworkClient(commonConfigOf(producerConfig, {}), {
    slot: 0,
    seed: 1,
    clientId: 'c',
    logPrefix: '[c] ',
    maxInFlight: 2,
    metadata: null,
  });

/** A client with its connections; what the turn collected is given to `seen`. */
function during(now: VirtualTimeUs, change: (turn: NetworkTurn<string>) => Client): [Client, NetworkTurn<string>] {
  const turn = networkTurn<string>(now);
  return [change(turn), turn];
}

function handle(client: Client, now: VirtualTimeUs, event: ClientEvent): [Client, NetworkTurn<string>] {
  const delivered = { ...event, now } as Delivered<ClientEvent>;
  return during(now, (turn) => handleNetwork(client, delivered, turn));
}

const socketOf = (client: Client, { id }: Node): Socket => connectionOf(client, id)!.socket!;

function answer(client: Client, node: Node, now: VirtualTimeUs, body: unknown): [Client, NetworkTurn<string>] {
  const { api, correlationId } = connectionOf(client, node.id)!.inFlight[0]!;
  const message = { name: api, kind: 'response', api, correlationId, body } as KafkaResponse;
  return handle(client, now, { type: 'MESSAGE', socket: socketOf(client, node), message, peer: 7 as ProcessId });
}

function connected(client: Client, node: Node, now = at(0)): Client {
  const [connecting] = during(now, (turn) => makeReady(client, node, turn));
  const [checking] = handle(connecting, now, { type: 'CONNECTED', socket: socketOf(connecting, node) });
  return answer(checking, node, now, apiVersionsAnswer)[0];
}

const ask = (client: Client, { id }: Node, tag: string, now = at(0)): Client =>
  during(now, (turn) =>
    send(client, id, 'FindCoordinator', { keyType: 'GROUP', coordinatorKeys: [tag] }, tag, turn),
  )[0];

describe('a connection', () => {
  test('is ready once the broker has said what it speaks', () => {
    const [connecting, { effects }] = during(at(0), (turn) => makeReady(newClient(), node0, turn));
    expect(effects).toMatchObject([{ type: 'connect', params: { port: 9092 } }]);
    expect(isReady(connecting, 0, at(0))).toBe(false);
    expect(isReady(connected(newClient(), node0), 0, at(0))).toBe(true);
  });

  test('that is refused is not tried again before 40 to 60 ms, and longer each time', () => {
    const [connecting] = during(at(0), (turn) => makeReady(newClient(), node0, turn));
    const [refused, { logs }] = handle(connecting, at(1), {
      type: 'CONNECTION_REFUSED',
      socket: socketOf(connecting, node0),
    });
    expect(isConnectionFailed(refused, 0)).toBe(true);
    expect(logs.map(({ text }) => text)).toEqual([
      '[c] Connection to node 0 (localhost/127.0.0.1:9092) could not be established. Node may not be available.',
    ]);
    const again = lookAgainAt(refused, 0)!;
    expect(again).toBeGreaterThanOrEqual(at(41));
    expect(again).toBeLessThanOrEqual(at(61));
    expect(during(at(2), (turn) => makeReady(refused, node0, turn))[1].effects).toEqual([]);
    const [retried] = during(again, (turn) => makeReady(refused, node0, turn));
    const [refusedAgain] = handle(retried, again, { type: 'CONNECTION_REFUSED', socket: socketOf(retried, node0) });
    expect(lookAgainAt(refusedAgain, 0)! - again).toBeGreaterThanOrEqual(ms(80));
  });

  test('that is lost fails all that was asked on it', () => {
    const asked = ask(ask(connected(newClient(), node0), node0, 'first'), node0, 'second');
    const [lost, { responses, disconnections }] = handle(asked, at(5), {
      type: 'DISCONNECTED',
      socket: socketOf(asked, node0),
    });
    expect(responses).toMatchObject([
      { tag: 'first', wasDisconnected: true, wasTimedOut: false, answer: null },
      { tag: 'second', wasDisconnected: true, wasTimedOut: false, answer: null },
    ]);
    expect(disconnections).toEqual([0]);
    expect(connectionOf(lost, 0)!.inFlight).toEqual([]);
  });

  test('is given up when an answer takes longer than request.timeout.ms', () => {
    const asked = ask(connected(newClient(), node0), node0, 'late');
    const timer: ClientEvent = { type: 'CLIENT_TIMER', client: 0 };
    expect(handle(asked, at(29_999), timer)[1].responses).toEqual([]);
    const [, { responses, effects, logs }] = handle(asked, at(30_000), timer);
    expect(responses).toMatchObject([{ tag: 'late', wasDisconnected: true, wasTimedOut: true }]);
    expect(effects).toMatchObject([{ type: 'close' }]);
    expect(logs.map(({ text }) => text)).toEqual(['[c] Disconnecting from node 0 due to request timeout.']);
  });

  test('carries no more requests at once than it may', () => {
    const asked = ask(connected(newClient(), node0), node0, 'first');
    expect(isReady(asked, 0, at(0))).toBe(true);
    const full = ask(asked, node0, 'second');
    expect(isReady(full, 0, at(0))).toBe(false);
    const [after, { responses }] = answer(full, node0, at(1), { coordinators: [] });
    expect(responses.map(({ tag }) => tag)).toEqual(['first']);
    expect(isReady(after, 0, at(1))).toBe(true);
  });
});

describe('the least loaded node', () => {
  const chosen = (client: Client, now = at(0)): number | undefined => leastLoadedNode(client, nodes, now)[0]?.id;

  test('is one that waits for nothing, else the one with the fewest requests', () => {
    const both = connected(connected(newClient(), node0), node1);
    expect(chosen(ask(both, node0, 'a'))).toBe(1);
    expect(chosen(ask(ask(ask(both, node0, 'a'), node1, 'b'), node1, 'c'))).toBe(0);
  });

  test('is one that is being connected to before one that would have to be', () => {
    const [connecting] = during(at(0), (turn) => makeReady(newClient(), node1, turn));
    expect(chosen(connecting)).toBe(1);
  });

  test('is never one in backoff; when all are, there is none', () => {
    const refuse = (client: Client, node: Node): Client => {
      const [connecting] = during(at(0), (turn) => makeReady(client, node, turn));
      return handle(connecting, at(0), { type: 'CONNECTION_REFUSED', socket: socketOf(connecting, node) })[0];
    };
    const oneLeft = refuse(refuse(newClient(), node0), node1);
    expect(chosen(oneLeft)).toBe(2);
    expect(chosen(refuse(oneLeft, node2))).toBeUndefined();
    expect(chosen(refuse(oneLeft, node2), at(1000))).toBeDefined();
  });
});

test('the timer is set for the first thing that is due, once', () => {
  const asked = ask(connected(newClient(), node0), node0, 'a');
  const [waiting, { effects }] = during(at(0), (turn) => scheduleWakeUp(asked, at(20), turn));
  expect(effects).toMatchObject([{ type: 'setTimer', params: { delayUs: ms(20) } }]);
  expect(during(at(0), (turn) => scheduleWakeUp(waiting, at(25), turn))[1].effects).toEqual([]);
  expect(during(at(0), (turn) => scheduleWakeUp(waiting, at(5), turn))[1].effects).toMatchObject([
    { type: 'setTimer', params: { delayUs: ms(5) } },
  ]);
});
