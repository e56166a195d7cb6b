import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../kafka/bytes.ts';
import type { ErrorName } from '../../../kafka/errors.ts';
import type { Offset, TimestampMs, LeaderEpoch } from '../../../kafka/ids.ts';
import { NO_HEADERS } from '../../../kafka/record/record.ts';
import { createBatch } from '../../../kafka/record/recordBatch.ts';
import type { KafkaRequest } from '../../protocol/kafka/kafkaMessage.ts';
import type { ClientLog } from '../clientStep.ts';
import { apiVersionsAnswer, type Deed, type FakeTopics, fakeBroker, metadataAnswer } from '../testing/fakeBroker.ts';
import { lineOf, playground } from '../testing/playground.ts';
import { reducer } from '../testing/reducer.ts';
import {
  assign,
  closeConsumer,
  type ConsumerStep,
  createConsumer,
  handleConsumer,
  isClosed,
  isPolling,
  poll,
  positionOf,
  seekTo,
  subscribe,
} from './consumer.ts';
import type { Consumer, RebalanceNotice } from './consumerState.ts';
import { memberStateName } from './memberState.ts';

interface App {
  readonly consumer: Consumer;
  readonly values: readonly string[];
  readonly polls: number;
  readonly logs: readonly ClientLog[];
  readonly rebalances: readonly RebalanceNotice[];
  readonly exceptions: readonly string[];
}

/** Polls again and again; closes once it has had `closesAfter` records. */
function application(
  properties: Readonly<Record<string, string>>,
  begin: (consumer: Consumer) => Consumer = (consumer) => subscribe(consumer, ['t']),
  { closesAfter = Number.MAX_SAFE_INTEGER, timeoutMs = 1e12 } = {},
) {
  const goOn = (app: App, step: ConsumerStep, now: never): { state: App; effects: ConsumerStep['effects'] } => {
    const { polled } = step;
    const next: App = {
      consumer: step.state,
      values: [...app.values, ...(polled?.records ?? []).map(({ offset, value }) => `${offset}:${value}`)],
      polls: app.polls + (polled === null ? 0 : 1),
      logs: [...app.logs, ...step.logs],
      rebalances: [...app.rebalances, ...step.rebalances],
      exceptions:
        polled?.exception == null
          ? app.exceptions
          : [...app.exceptions, `${polled.exception.class}: ${polled.exception.message}`],
    };
    const isIdle = !isPolling(step.state) && step.state.closing === 'no' && next.exceptions.length === 0;
    if (!isIdle) return { state: next, effects: step.effects };
    const following =
      next.values.length >= closesAfter ? closeConsumer(step.state, now) : poll(step.state, timeoutMs, now);
    const rest = goOn(next, following, now);
    return { state: rest.state, effects: [...step.effects, ...rest.effects] };
  };
  return reducer<App>(
    ({ seed, now }) => {
      const created = createConsumer({
        properties: { 'bootstrap.servers': 'localhost:9092', 'client.id': 'console-consumer', ...properties },
        slot: 0,
        seed,
        now,
      });
      if (created.outcome === 'failed') throw new Error(created.exception.message ?? '');
      const consumer = begin(created.state);
      const app: App = { consumer, values: [], polls: 0, logs: created.logs, rebalances: [], exceptions: [] };
      return goOn(app, poll(consumer, timeoutMs, now), now as never);
    },
    (app, event) =>
      event.type === 'WAKE' ||
      event.type === 'SIGNAL' ||
      event.type === 'STDIN' ||
      event.type === 'STDIN_CLOSED' ||
      event.type === 'OPERATION' ||
      event.type === 'CHILD_STARTED' ||
      event.type === 'CHILD_EXITED'
        ? { state: app, effects: [] }
        : goOn(app, handleConsumer(app.consumer, event), event.now as never),
  );
}

interface Group {
  readonly generation: number;
  readonly assignment: Bytes;
  readonly committed: number;
  readonly commits: readonly number[];
  readonly left: boolean;
  /** Of the fetch session: offset last named. */
  readonly fetchOffset: number;
}
const values = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`);

/** A broker with the log of t-0 and a group of one member. */
function broker(
  log: readonly string[],
  {
    committed = -1,
    topics = { t: [{ leader: 0 }] },
    errorOf = (): ErrorName | null => null,
  }: {
    committed?: number;
    topics?: FakeTopics;
    errorOf?: (request: KafkaRequest, count: number) => ErrorName | null;
  } = {},
) {
  const initial: Group = {
    generation: 0,
    assignment: '' as Bytes,
    committed,
    commits: [],
    left: false,
    fetchOffset: 0,
  };
  return fakeBroker<Group>(9092, initial, (group, request, { count }) => {
    const say = (body: unknown, next: Group = group, afterUs?: number): { state: Group; deed: Deed } => ({
      state: next,
      deed: afterUs === undefined ? { answer: body as never } : { answer: body as never, afterUs },
    });
    const error = errorOf(request, count);
    switch (request.api) {
      case 'ApiVersions':
        return say(apiVersionsAnswer);
      case 'Metadata':
        return say(metadataAnswer(request, { brokers: [0], topics }));
      case 'FindCoordinator':
        return say({
          coordinators: [
            { key: 'g', nodeId: 0, host: 'localhost', port: 9092, errorCode: error ?? 'NONE', errorMessage: null },
          ],
        });
      case 'JoinGroup': {
        const { memberId, protocols } = request.body;
        if (memberId === '')
          return say({
            errorCode: 'MEMBER_ID_REQUIRED',
            memberId: 'm-1',
            generationId: -1,
            protocolName: null,
            leader: '',
            members: [],
          });
        const generation = group.generation + 1;
        return say(
          {
            errorCode: 'NONE',
            generationId: generation,
            protocolType: 'consumer',
            protocolName: protocols[0]!.name,
            leader: memberId,
            skipAssignment: false,
            memberId,
            members: [{ memberId, groupInstanceId: null, metadata: protocols[0]!.metadata }],
          },
          { ...group, generation },
          3_000_000,
        );
      }
      case 'SyncGroup': {
        const assignment = request.body.assignments[0]?.assignment ?? ('' as Bytes);
        return say(
          { errorCode: 'NONE', protocolType: 'consumer', protocolName: 'range', assignment },
          { ...group, assignment },
        );
      }
      case 'Heartbeat':
        return say({ errorCode: error ?? 'NONE' });
      case 'LeaveGroup':
        return say({ errorCode: 'NONE', members: [] }, { ...group, left: true });
      case 'OffsetFetch':
        return say({
          groups: request.body.groups.map(({ groupId, topics: asked }) => ({
            groupId,
            errorCode: 'NONE',
            topics: (asked ?? []).map(({ name, partitionIndexes }) => ({
              name,
              partitions: partitionIndexes.map((partitionIndex) => ({
                partitionIndex,
                errorCode: 'NONE',
                committedOffset: group.committed,
                committedLeaderEpoch: -1,
                metadata: '',
              })),
            })),
          })),
        });
      case 'OffsetCommit': {
        const offset = request.body.topics[0]!.partitions[0]!.committedOffset;
        return say(
          {
            topics: request.body.topics.map(({ name, partitions }) => ({
              name,
              partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: error ?? 'NONE' })),
            })),
          },
          { ...group, commits: [...group.commits, offset] },
        );
      }
      case 'ListOffsets':
        return say({
          topics: request.body.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map(({ partitionIndex, timestamp }) => ({
              partitionIndex,
              errorCode: 'NONE',
              timestamp: -1,
              offset: timestamp === -2 ? 0 : log.length,
              leaderEpoch: 0,
            })),
          })),
        });
      case 'Fetch': {
        const { sessionEpoch, topics: asked } = request.body;
        if (sessionEpoch === -1) return say({ errorCode: 'NONE', sessionId: 0, responses: [], nodeEndpoints: [] });
        const place = asked[0]?.partitions[0];
        const from = place?.fetchOffset ?? group.fetchOffset;
        const told = { ...group, fetchOffset: from };
        const part = (errorCode: ErrorName, records: readonly unknown[]) => ({
          errorCode: 'NONE',
          sessionId: 5,
          responses: [
            {
              topic: 't',
              topicId: 'id-of-t',
              partitions: [
                {
                  partitionIndex: 0,
                  errorCode,
                  highWatermark: log.length,
                  lastStableOffset: log.length,
                  logStartOffset: 0,
                  divergingEpoch: null,
                  currentLeader: null,
                  abortedTransactions: null,
                  preferredReadReplica: -1,
                  records,
                },
              ],
            },
          ],
          nodeEndpoints: [],
        });
        if (error !== null) return say(part(error, []), told);
        if (from >= log.length)
          return say({ errorCode: 'NONE', sessionId: 5, responses: [], nodeEndpoints: [] }, told, 500_000);
        const records = log
          .slice(from)
          .map((value) => ({ timestamp: 0 as TimestampMs, key: null, value: value as Bytes, headers: NO_HEADERS }));
        return say(
          part('NONE', [createBatch(records, { baseOffset: from as Offset, partitionLeaderEpoch: 0 as LeaderEpoch })]),
          told,
        );
      }
      default:
        return { state: group, deed: 'silence' };
    }
  });
}
const appOf = (state: unknown): App => state as App;
const groupOf = (state: unknown): Group => (state as { readonly script: Group }).script;
const stateOf = ({ consumer }: App) =>
  consumer.coordinator === null ? null : memberStateName(consumer.coordinator.member);

describe('a consumer in a group', () => {
  test('finds its coordinator, joins with the id it is given, and reads from the beginning', () => {
    const world = playground({
      broker: broker(['a', 'b', 'c']),
      app: application({ 'group.id': 'g', 'auto.offset.reset': 'earliest' }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(5000);

    const state = appOf(world.state(app));
    expect(state.values).toEqual(['0:a', '1:b', '2:c']);
    expect(stateOf(state)).toBe('STABLE');
    expect(state.rebalances).toEqual([{ what: 'assigned', partitions: [{ topic: 't', partition: 0 }] }]);
    const apis = world.sent(app).map(({ api }) => api);
    expect(apis.filter((api) => api === 'JoinGroup')).toHaveLength(2);
    expect(apis.indexOf('FindCoordinator')).toBeLessThan(apis.indexOf('JoinGroup'));
  });

  test('begins at the end when nothing is committed and the reset is latest', () => {
    const world = playground({ broker: broker(['a', 'b']), app: application({ 'group.id': 'g' }) });
    world.start('broker');
    const app = world.start('app');

    world.runTo(6000);

    const state = appOf(world.state(app));
    expect(state.values).toEqual([]);
    expect(positionOf(state.consumer, { topic: 't', partition: 0 })).toBe(2);
  });

  test('begins at the committed offset whatever the reset', () => {
    const world = playground({
      broker: broker(['a', 'b', 'c'], { committed: 2 }),
      app: application({ 'group.id': 'g', 'auto.offset.reset': 'earliest' }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(6000);

    expect(appOf(world.state(app)).values).toEqual(['2:c']);
  });

  test('hands out max.poll.records at a time, and commits its position every five seconds', () => {
    const world = playground({
      broker: broker(values(7)),
      app: application({ 'group.id': 'g', 'auto.offset.reset': 'earliest', 'max.poll.records': '3' }),
    });
    const server = world.start('broker');
    const app = world.start('app');

    world.runTo(15_000);

    const state = appOf(world.state(app));
    expect(state.values).toHaveLength(7);
    expect(state.polls).toBe(3);
    expect(groupOf(world.state(server)).commits).toEqual([7, 7]);
  });

  test('sends a heartbeat every three seconds, and joins again when it hears of a rebalance', () => {
    const world = playground({
      broker: broker(['a'], {
        errorOf: (request, count) => (request.api === 'Heartbeat' && count === 1 ? 'REBALANCE_IN_PROGRESS' : null),
      }),
      app: application({ 'group.id': 'g', 'auto.offset.reset': 'earliest' }),
    });
    const server = world.start('broker');
    const app = world.start('app');

    world.runTo(14_500);

    const state = appOf(world.state(app));
    expect(groupOf(world.state(server)).generation).toBe(2);
    expect(state.rebalances.map(({ what }) => what)).toEqual(['assigned', 'revoked', 'assigned']);
    expect(stateOf(state)).toBe('STABLE');
    // The position was committed before the partitions were given up.
    expect(groupOf(world.state(server)).commits.at(0)).toBe(1);
  });

  test('loses its partitions and its id when the coordinator does not know it any more', () => {
    const world = playground({
      broker: broker(['a'], {
        errorOf: (request, count) => (request.api === 'Heartbeat' && count === 0 ? 'UNKNOWN_MEMBER_ID' : null),
      }),
      app: application({ 'group.id': 'g', 'auto.offset.reset': 'earliest' }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(12_000);

    const state = appOf(world.state(app));
    expect(state.rebalances.map(({ what }) => what)).toEqual(['assigned', 'lost', 'assigned']);
    expect(world.sent(app).filter(({ api }) => api === 'JoinGroup')).toHaveLength(4);
  });

  test('commits, leaves and ends its fetch session when it is closed', () => {
    const world = playground({
      broker: broker(['a', 'b']),
      app: application({ 'group.id': 'g', 'auto.offset.reset': 'earliest' }, undefined, { closesAfter: 2 }),
    });
    const server = world.start('broker');
    const app = world.start('app');

    world.runTo(8000);

    const { commits, left } = groupOf(world.state(server));
    expect({ commits, left, closed: isClosed(appOf(world.state(app)).consumer) }).toEqual({
      commits: [2],
      left: true,
      closed: true,
    });
    expect(
      world
        .sent(app)
        .map(({ api }) => api)
        .slice(-3),
    ).toEqual(['OffsetCommit', 'LeaveGroup', 'Fetch']);
  });

  test('throws what a fatal JoinGroup error says', () => {
    const fatal = fakeBroker(9092, null, (state, request) => {
      const say = (answer: unknown) => ({ state, deed: { answer: answer as never } });
      if (request.api === 'ApiVersions') return say(apiVersionsAnswer);
      if (request.api === 'Metadata')
        return say(metadataAnswer(request, { brokers: [0], topics: { t: [{ leader: 0 }] } }));
      if (request.api === 'FindCoordinator') {
        return say({
          coordinators: [{ key: 'g', nodeId: 0, host: 'localhost', port: 9092, errorCode: 'NONE', errorMessage: null }],
        });
      }
      return say({
        errorCode: 'INCONSISTENT_GROUP_PROTOCOL',
        memberId: '',
        generationId: -1,
        protocolName: null,
        leader: '',
        members: [],
      });
    });
    const world = playground({ broker: fatal, app: application({ 'group.id': 'g' }) });
    world.start('broker');
    const app = world.start('app');

    world.runTo(5000);

    const { exceptions, logs } = appOf(world.state(app));
    const text =
      "The group member's supported protocols are incompatible with those of existing members or first group member tried to join with empty protocol type or empty protocol list.";
    expect(exceptions).toEqual([`org.apache.kafka.common.errors.InconsistentGroupProtocolException: ${text}`]);
    expect(logs.filter(({ level }) => level === 'ERROR').map(lineOf)).toEqual([
      `ERROR [Consumer clientId=console-consumer, groupId=g] JoinGroup failed due to fatal error: ${text} (org.apache.kafka.clients.consumer.internals.ConsumerCoordinator)`,
    ]);
  });
});

describe('a lone consumer', () => {
  const t0 = { topic: 't', partition: 0 };

  test('reads an assigned partition from the beginning without a group', () => {
    const world = playground({
      broker: broker(values(3)),
      app: application({}, (consumer) => seekTo(assign(consumer, [t0]), [t0], 'earliest')),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(1000);

    expect(appOf(world.state(app)).values).toEqual(['0:v0', '1:v1', '2:v2']);
    expect(new Set(world.sent(app).map(({ api }) => api))).toEqual(
      new Set(['ApiVersions', 'Metadata', 'ListOffsets', 'Fetch']),
    );
  });

  test('names only what changed in the fetches of its session', () => {
    const world = playground({
      broker: broker(values(3)),
      app: application({}, (consumer) => seekTo(assign(consumer, [t0]), [t0], 'earliest')),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(2000);

    const fetches = world
      .sent(app)
      .filter(({ api }) => api === 'Fetch')
      .map(({ body }) => body as { sessionId: number; sessionEpoch: number; topics: readonly unknown[] });
    expect(
      fetches.slice(0, 3).map(({ sessionId, sessionEpoch, topics }) => [sessionId, sessionEpoch, topics.length]),
    ).toEqual([
      [0, 0, 1],
      [5, 1, 1],
      [5, 2, 0],
    ]);
  });

  test('returns from poll with nothing when its time is over', () => {
    const world = playground({
      broker: broker([]),
      app: application({}, (consumer) => seekTo(assign(consumer, [t0]), [t0], 'earliest'), { timeoutMs: 200 }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(1050);

    expect(appOf(world.state(app)).polls).toBe(5);
  });

  test('throws when it has no offset and no reset policy', () => {
    const world = playground({
      broker: broker([]),
      app: application({ 'auto.offset.reset': 'none' }, (consumer) => assign(consumer, [t0])),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(1000);

    expect(appOf(world.state(app)).exceptions).toEqual([
      'org.apache.kafka.clients.consumer.NoOffsetForPartitionException: Undefined offset with no reset policy for partitions: [t-0]',
    ]);
  });

  test('goes back to the beginning when its position is out of range', () => {
    const world = playground({
      broker: broker(values(2), {
        errorOf: (request, count) => (request.api === 'Fetch' && count === 0 ? 'OFFSET_OUT_OF_RANGE' : null),
      }),
      app: application({ 'auto.offset.reset': 'earliest' }, (consumer) => assign(consumer, [t0])),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(1000);

    expect(appOf(world.state(app)).values).toEqual(['0:v0', '1:v1']);
    expect(world.sent(app).filter(({ api }) => api === 'ListOffsets')).toHaveLength(2);
  });

  test('warns while nobody is there, as the console consumer shows it', () => {
    const world = playground({ app: application({ 'group.id': 'console-consumer-1' }) });
    const app = world.start('app');

    world.runTo(4000);

    const consumer = 'WARN [Consumer clientId=console-consumer, groupId=console-consumer-1] ';
    expect(
      new Set(
        appOf(world.state(app))
          .logs.filter(({ level }) => level === 'WARN')
          .map(lineOf),
      ),
    ).toEqual(
      new Set([
        `${consumer}Connection to node -1 (localhost/127.0.0.1:9092) could not be established. Node may not be available. (org.apache.kafka.clients.NetworkClient)`,
        `${consumer}Bootstrap broker localhost:9092 (id: -1 rack: null) disconnected (org.apache.kafka.clients.NetworkClient)`,
      ]),
    );
  });
});
