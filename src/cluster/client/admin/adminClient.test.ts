import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../../kernel/events.ts';
import type { KafkaRequest } from '../../protocol/kafka/kafkaMessage.ts';
import type { ClientLog } from '../clientStep.ts';
import { apiVersionsAnswer, type Deed, type FakeTopics, fakeBroker, metadataAnswer } from '../testing/fakeBroker.ts';
import { lineOf, playground } from '../testing/playground.ts';
import { reducer } from '../testing/reducer.ts';
import { type AdminClient, type AdminStep, callAdmin, createAdminClient, handleAdmin } from './adminClient.ts';
import type { AdminCall, AdminResult } from './adminMethods.ts';

interface Tool {
  readonly admin: AdminClient;
  readonly logs: readonly ClientLog[];
  readonly results: readonly (AdminResult & { readonly atMs: number })[];
}

/** A tool that makes these calls at once. */
function toolOf(calls: readonly AdminCall[], properties: Readonly<Record<string, string>> = {}) {
  const collect = (before: Tool, { state, logs, results, effects }: AdminStep, now: number) => ({
    state: {
      admin: state,
      logs: [...before.logs, ...logs],
      results: [...before.results, ...results.map((result) => ({ ...result, atMs: now / 1000 }))],
    },
    effects,
  });
  return reducer<Tool>(
    ({ seed, now }) => {
      const created = createAdminClient({
        properties: { 'bootstrap.servers': 'localhost:9092', ...properties },
        slot: 0,
        seed,
        now,
      });
      if (created.outcome === 'failed') throw new Error(created.exception.message ?? '');
      let next = { state: { admin: created.state, logs: created.logs, results: [] } as Tool, effects: created.effects };
      for (const call of calls) {
        const { state, effects } = collect(next.state, callAdmin(next.state.admin, call, now), now);
        next = { state, effects: [...next.effects, ...effects] };
      }
      return next;
    },
    (tool, event) =>
      event.type === 'WAKE' ||
      event.type === 'SIGNAL' ||
      event.type === 'STDIN' ||
      event.type === 'STDIN_CLOSED' ||
      event.type === 'OPERATION' ||
      event.type === 'CHILD_STARTED' ||
      event.type === 'CHILD_EXITED'
        ? { state: tool, effects: [] }
        : collect(tool, handleAdmin(tool.admin, event), event.now),
  );
}

const brokerOf = (
  id: number,
  topics: FakeTopics,
  others: (request: KafkaRequest, count: number) => Deed = () => 'silence',
  brokers = [0],
  controller = 0,
) =>
  fakeBroker(9092 + id, null, (state, request, { count }) => {
    if (request.api === 'ApiVersions') return { state, deed: { answer: apiVersionsAnswer } };
    if (request.api === 'Metadata')
      return { state, deed: { answer: metadataAnswer(request, { brokers, topics, controller }) } };
    return { state, deed: others(request, count) };
  });

const listTopics: AdminCall = { method: 'listTopics', tag: 'list', args: { listInternal: true } };
const toolState = (state: unknown): Tool => state as Tool;

describe('an admin client', () => {
  test('asks the listed server for brokers, then connects anew and sends its call', () => {
    const world = playground({
      broker: brokerOf(0, { a: [{ leader: 0 }], __b: [{ leader: 0 }] }),
      tool: toolOf([listTopics]),
    });
    world.start('broker');
    const tool = world.start('tool');

    world.runTo(1000);

    expect(world.sent(tool).map(({ api }) => api)).toEqual(['ApiVersions', 'Metadata', 'ApiVersions', 'Metadata']);
    expect(toolState(world.state(tool)).results).toMatchObject([
      {
        tag: 'list',
        result: {
          outcome: 'succeeded',
          value: [
            { name: 'a', isInternal: false },
            { name: '__b', isInternal: true },
          ],
        },
      },
    ]);
  });

  test('warns of each refused connection, waits longer each time up to a second, and gives up after a minute', () => {
    const world = playground({ tool: toolOf([listTopics]) });
    const tool = world.start('tool');

    world.runTo(70_000);

    const { logs, results } = toolState(world.state(tool));
    const warnings = logs.filter(({ level }) => level === 'WARN').map(lineOf);
    expect(new Set(warnings)).toEqual(
      new Set([
        'WARN [AdminClient clientId=adminclient-1] Connection to node -1 (localhost/127.0.0.1:9092) could not be established. Node may not be available. (org.apache.kafka.clients.NetworkClient)',
      ]),
    );
    expect(warnings.length).toBeGreaterThan(60);
    expect(warnings.length).toBeLessThan(85);
    expect(results).toMatchObject([
      {
        result: {
          outcome: 'failed',
          exception: {
            class: 'org.apache.kafka.common.errors.TimeoutException',
            message: 'Timed out waiting for a node assignment. Call: listTopics',
          },
        },
      },
    ]);
    expect(results[0]!.atMs).toBeGreaterThanOrEqual(60_000);
    expect(results[0]!.atMs).toBeLessThan(60_200);
  });

  test('sends what only the controller does to the controller, and looks for it again when it has moved', () => {
    const create: AdminCall = {
      method: 'createTopics',
      tag: 'create',
      args: { topics: [{ name: 't', numPartitions: 1, replicationFactor: 1, configs: [] }] },
    };
    const answer = (errorCode: 'NONE' | 'NOT_CONTROLLER'): Deed => ({
      answer: {
        topics: [
          {
            name: 't',
            topicId: 'tid',
            errorCode,
            errorMessage: null,
            numPartitions: 1,
            replicationFactor: 1,
            configs: [],
          },
        ],
      },
    });
    const world = playground({
      // Both name broker 1 as the controller; it says at first that it is not.
      broker0: brokerOf(0, {}, undefined, [0, 1], 1),
      broker1: brokerOf(1, {}, (_request, count) => answer(count === 0 ? 'NOT_CONTROLLER' : 'NONE'), [0, 1], 1),
      tool: toolOf([create]),
    });
    world.start('broker0');
    world.start('broker1');
    const tool = world.start('tool');

    world.runTo(2000);

    expect(world.sent(tool).filter(({ api }) => api === 'CreateTopics')).toHaveLength(2);
    expect(toolState(world.state(tool)).results).toMatchObject([
      { result: [{ topic: 't', outcome: { outcome: 'succeeded', value: { topicId: 'tid' } } }] },
    ]);
  });

  test('asks the leader of each partition for its offsets', () => {
    const listOffsets: AdminCall = {
      method: 'listOffsets',
      tag: 'offsets',
      args: {
        partitions: [
          { topic: 't', partition: 0, timestamp: -1 },
          { topic: 't', partition: 1, timestamp: -1 },
        ],
      },
    };
    const topics: FakeTopics = { t: [{ leader: 0 }, { leader: 1 }] };
    const offsetOf =
      (offset: number) =>
      (request: KafkaRequest): Deed =>
        request.api === 'ListOffsets'
          ? {
              answer: {
                topics: request.body.topics.map(({ name, partitions }) => ({
                  name,
                  partitions: partitions.map(({ partitionIndex }) => ({
                    partitionIndex,
                    errorCode: 'NONE',
                    timestamp: -1,
                    offset,
                    leaderEpoch: 0,
                  })),
                })),
              } as never,
            }
          : 'silence';
    const world = playground({
      broker0: brokerOf(0, topics, offsetOf(10), [0, 1]),
      broker1: brokerOf(1, topics, offsetOf(11), [0, 1]),
      tool: toolOf([listOffsets]),
    });
    world.start('broker0');
    world.start('broker1');
    const tool = world.start('tool');

    world.runTo(2000);

    expect(toolState(world.state(tool)).results).toMatchObject([
      {
        result: [
          { partition: 0, outcome: { value: { offset: 10 } } },
          { partition: 1, outcome: { value: { offset: 11 } } },
        ],
      },
    ]);
  });

  test('looks a coordinator up until there is one', () => {
    const describe: AdminCall = { method: 'describeConsumerGroups', tag: 'd', args: { groups: ['g'] } };
    const world = playground({
      broker: brokerOf(0, {}, (request, count): Deed => {
        if (request.api === 'FindCoordinator') {
          const errorCode = count < 2 ? 'COORDINATOR_NOT_AVAILABLE' : 'NONE';
          return {
            answer: {
              coordinators: [{ key: 'g', nodeId: 0, host: 'localhost', port: 9092, errorCode, errorMessage: null }],
            } as never,
          };
        }
        return {
          answer: {
            groups: [
              {
                groupId: 'g',
                errorCode: 'NONE',
                groupState: 'Empty',
                protocolType: 'consumer',
                protocolData: '',
                members: [],
                authorizedOperations: 0,
              },
            ],
          },
        };
      }),
      tool: toolOf([describe]),
    });
    world.start('broker');
    const tool: ProcessId = world.start('tool');

    world.runTo(2000);

    expect(world.sent(tool).filter(({ api }) => api === 'FindCoordinator')).toHaveLength(3);
    expect(toolState(world.state(tool)).results).toMatchObject([
      { result: [{ groupId: 'g', outcome: { value: { state: 'Empty', coordinator: { id: 0 } } } }] },
    ]);
  });

  test('tells how often it tried when a broker hangs up on every request', () => {
    const world = playground({
      broker: brokerOf(0, {}, () => 'disconnect'),
      tool: toolOf([{ method: 'describeCluster', tag: 'c', args: {}, timeoutMs: 1000 }]),
    });
    world.start('broker');
    const tool = world.start('tool');

    world.runTo(3000);

    const [result] = toolState(world.state(tool)).results;
    expect(result).toMatchObject({
      result: { outcome: 'failed', exception: { class: 'org.apache.kafka.common.errors.TimeoutException' } },
    });
  });

  test('leaves out servers of its list that do not resolve, and fails when none is left', () => {
    const init = { properties: { 'bootstrap.servers': 'nulle-part:9092' }, slot: 0, seed: 1, now: 0 as never };

    expect(createAdminClient(init)).toEqual({
      outcome: 'failed',
      exception: {
        class: 'org.apache.kafka.common.KafkaException',
        message: 'Failed to create new KafkaAdminClient',
        cause: {
          class: 'org.apache.kafka.common.config.ConfigException',
          message: 'No resolvable bootstrap urls given in bootstrap.servers',
        },
      },
      logs: [
        {
          level: 'WARN',
          text: "Couldn't resolve server nulle-part:9092 from bootstrap.servers as DNS resolution failed for nulle-part",
          class: 'org.apache.kafka.clients.ClientUtils',
        },
      ],
    });
    expect(createAdminClient({ ...init, properties: { 'bootstrap.servers': 'localhost:port' } })).toMatchObject({
      exception: { cause: { message: 'Invalid url in bootstrap.servers: localhost:port' } },
    });
  });
});
