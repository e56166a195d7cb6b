import { describe, expect, test } from 'vitest';
import type { ErrorName } from '../../../kafka/errors.ts';
import type { Bytes } from '../../../kafka/bytes.ts';
import type { KafkaRequest } from '../../protocol/kafka/kafkaMessage.ts';
import type { ClientLog } from '../clientStep.ts';
import { apiVersionsAnswer, type Deed, type FakeTopics, fakeBroker, metadataAnswer } from '../testing/fakeBroker.ts';
import { lineOf, playground } from '../testing/playground.ts';
import { reducer } from '../testing/reducer.ts';
import {
  closeProducer,
  createProducer,
  flush,
  handleProducer,
  isBlocked,
  isClosed,
  isFlushing,
  type ProducerStep,
  sendRecord,
} from './producer.ts';
import type { Producer, SendResult } from './producerState.ts';

interface App {
  readonly producer: Producer;
  readonly todo: readonly string[];
  readonly logs: readonly ClientLog[];
  readonly results: readonly (SendResult & { readonly atMs: number })[];
}

/** Sends these values to topic t one after the other, then closes. */
function application(
  values: readonly string[],
  properties: Readonly<Record<string, string>> = {},
  { closes = true } = {},
) {
  const collect = (app: App, { state, logs, results, effects }: ProducerStep, now: number) => ({
    app: {
      ...app,
      producer: state,
      logs: [...app.logs, ...logs],
      results: [...app.results, ...results.map((result) => ({ ...result, atMs: now / 1000 }))],
    },
    effects,
  });
  const goOn = (before: App, effects: ProducerStep['effects'], now: never) => {
    let app = before;
    const all = [...effects];
    while (!isBlocked(app.producer) && app.producer.life === 'open') {
      const [value, ...todo] = app.todo;
      if (value === undefined && !closes) break;
      const step =
        value === undefined
          ? closeProducer(app.producer, now)
          : sendRecord(app.producer, { topic: 't', key: null, value: value as Bytes }, value, now);
      const next = collect({ ...app, todo }, step, now);
      app = next.app;
      all.push(...next.effects);
    }
    return { state: app, effects: all };
  };
  return reducer<App>(
    ({ seed, now }) => {
      const created = createProducer({
        properties: { 'bootstrap.servers': 'localhost:9092', 'client.id': 'console-producer', ...properties },
        slot: 0,
        seed,
        now,
      });
      if (created.outcome === 'failed') throw new Error(created.exception.message ?? '');
      return goOn(
        { producer: created.state, todo: values, logs: created.logs, results: [] },
        created.effects,
        now as never,
      );
    },
    (app, event) => {
      if (
        event.type === 'WAKE' ||
        event.type === 'SIGNAL' ||
        event.type === 'STDIN' ||
        event.type === 'STDIN_CLOSED' ||
        event.type === 'OPERATION' ||
        event.type === 'CHILD_STARTED' ||
        event.type === 'CHILD_EXITED'
      ) {
        return { state: app, effects: [] };
      }
      const next = collect(app, handleProducer(app.producer, event), event.now);
      return goOn(next.app, next.effects, event.now as never);
    },
  );
}

type Log = readonly { readonly value: string; readonly sequence: number; readonly epoch: number }[];
/** Answers a Produce request by appending; `errorOf` decides on errors by count. */
const leader = (
  topics: FakeTopics,
  deedOf: (count: number, request: KafkaRequest) => ErrorName | 'silence' | 'disconnect' | 'append' = () => 'append',
) =>
  fakeBroker<Log>(9092, [], (log, request, { count }) => {
    const answer = (body: Deed) => ({ state: log, deed: body });
    if (request.api === 'ApiVersions') return answer({ answer: apiVersionsAnswer });
    if (request.api === 'Metadata') return answer({ answer: metadataAnswer(request, { brokers: [0], topics }) });
    if (request.api === 'InitProducerId')
      return answer({ answer: { errorCode: 'NONE', producerId: 7, producerEpoch: 0 } as never });
    if (request.api !== 'Produce') return answer('silence');
    const what = deedOf(count, request);
    if (what === 'silence' || what === 'disconnect') return answer(what);
    const batches = request.body.topicData.flatMap(({ name, partitionData }) =>
      partitionData.map((part) => ({ name, ...part })),
    );
    const appended =
      what !== 'append'
        ? log
        : [
            ...log,
            ...batches.flatMap(({ records }) =>
              records.records.map(({ value }, i) => ({
                value: String(value),
                sequence: records.baseSequence + i,
                epoch: records.producerEpoch,
              })),
            ),
          ];
    const deed: Deed =
      request.body.acks === 0
        ? 'silence'
        : {
            answer: {
              responses: batches.map(({ name, index }) => ({
                name,
                partitionResponses: [
                  {
                    index,
                    errorCode: what === 'append' ? 'NONE' : what,
                    errorMessage: null,
                    baseOffset: what === 'append' ? log.length : -1,
                    logAppendTimeMs: -1,
                    logStartOffset: 0,
                    recordErrors: [],
                    currentLeader: { leaderId: -1, leaderEpoch: -1 },
                  },
                ],
              })),
              nodeEndpoints: [],
            } as never,
          };
    return { state: appended, deed };
  });

const t: FakeTopics = { t: [{ leader: 0 }] };
const appOf = (state: unknown): App => state as App;
const logOf = (state: unknown): Log => (state as { readonly script: Log }).script;

describe('a producer', () => {
  test('gets an id, sends its records in order with sequences, and closes when all are acknowledged', () => {
    const world = playground({ broker: leader(t), app: application(['a', 'b', 'c']) });
    const broker = world.start('broker');
    const app = world.start('app');

    world.runTo(1000);

    expect(logOf(world.state(broker))).toEqual([
      { value: 'a', sequence: 0, epoch: 0 },
      { value: 'b', sequence: 1, epoch: 0 },
      { value: 'c', sequence: 2, epoch: 0 },
    ]);
    const { results, producer } = appOf(world.state(app));
    expect(results.map(({ tag, partition, outcome }) => [tag, partition, outcome])).toMatchObject([
      ['a', 0, { outcome: 'acknowledged', offset: 0 }],
      ['b', 0, { outcome: 'acknowledged', offset: 1 }],
      ['c', 0, { outcome: 'acknowledged', offset: 2 }],
    ]);
    expect(isClosed(producer)).toBe(true);
    expect(world.sent(app).map(({ api }) => api)).toEqual(
      expect.arrayContaining(['Metadata', 'InitProducerId', 'Produce']),
    );
  });

  test('waits for linger.ms before it sends what fits into one batch', () => {
    const world = playground({
      broker: leader(t),
      app: application(['a', 'b'], { 'linger.ms': '1000' }, { closes: false }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(3000);

    const produce = world.sent(app).filter(({ api }) => api === 'Produce');
    expect(produce).toHaveLength(1);
    expect(produce[0]!.atMs).toBeGreaterThanOrEqual(1000);
    expect(produce[0]!.atMs).toBeLessThan(1030);
  });

  test('asks the partitioner again for a record that begins a batch, so that taking turns leaves partitions out', () => {
    const world = playground({
      broker: leader({ t: [{ leader: 0 }, { leader: 0 }, { leader: 0 }] }),
      app: application(['a', 'b', 'c', 'd', 'e', 'f', 'g'], {
        'linger.ms': '1000',
        'partitioner.class': 'org.apache.kafka.clients.producer.RoundRobinPartitioner',
      }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(3000);

    // The hash map of the metadata lists the partitions 1, 0, 2.
    const placed = appOf(world.state(app)).results.map(({ tag, partition }) => `${tag}${partition}`);
    expect(placed.toSorted()).toEqual(['a0', 'b1', 'c0', 'd1', 'e0', 'f1', 'g0']);
  });

  test('retries as the console producer may, tells of it, and gives the record up after the third time', () => {
    const world = playground({
      broker: leader(t, (count) => (count < 4 ? 'NOT_ENOUGH_REPLICAS' : 'append')),
      app: application(['a'], { retries: '3' }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(5000);

    const { logs, results } = appOf(world.state(app));
    const warnings = logs.filter(({ level }) => level === 'WARN').map(lineOf);
    expect(warnings.map((line) => line.replace(/id \d+/, 'id n'))).toEqual(
      [2, 1, 0].map(
        (left) =>
          `WARN [Producer clientId=console-producer] Got error produce response with correlation id n on topic-partition t-0, retrying (${left} attempts left). Error: NOT_ENOUGH_REPLICAS (org.apache.kafka.clients.producer.internals.Sender)`,
      ),
    );
    expect(results).toMatchObject([
      {
        tag: 'a',
        outcome: {
          outcome: 'failed',
          exception: {
            class: 'org.apache.kafka.common.errors.NotEnoughReplicasException',
            message: 'Messages are rejected since there are fewer in-sync replicas than required.',
          },
        },
      },
    ]);
  });

  test('tells what it is about when a leader has moved or gone', () => {
    const world = playground({
      broker: leader(t, (count) =>
        count === 0
          ? 'NOT_LEADER_OR_FOLLOWER'
          : count === 1
            ? 'disconnect'
            : count === 2
              ? 'UNKNOWN_TOPIC_OR_PARTITION'
              : 'append',
      ),
      app: application(['a']),
    });
    const broker = world.start('broker');
    const app = world.start('app');

    world.runTo(5000);

    const { logs, results } = appOf(world.state(app));
    const lines = logs.filter(({ level }) => level === 'WARN').map((log) => lineOf(log).replace(/id \d+/, 'id n'));
    const producer = 'WARN [Producer clientId=console-producer] ';
    const sender = ' (org.apache.kafka.clients.producer.internals.Sender)';
    expect(lines).toEqual([
      `${producer}Got error produce response with correlation id n on topic-partition t-0, retrying (2147483646 attempts left). Error: NOT_LEADER_OR_FOLLOWER${sender}`,
      `${producer}Received invalid metadata error in produce request on partition t-0 due to org.apache.kafka.common.errors.NotLeaderOrFollowerException: For requests intended only for the leader, this error indicates that the broker is not the current leader. For requests intended for any replica, this error indicates that the broker is not a replica of the topic partition. Going to request metadata update now${sender}`,
      `${producer}Got error produce response with correlation id n on topic-partition t-0, retrying (2147483645 attempts left). Error: NETWORK_EXCEPTION. Error Message: Disconnected from node 0${sender}`,
      `${producer}Received invalid metadata error in produce request on partition t-0 due to org.apache.kafka.common.errors.NetworkException: Disconnected from node 0 Going to request metadata update now${sender}`,
      `${producer}Got error produce response with correlation id n on topic-partition t-0, retrying (2147483644 attempts left). Error: UNKNOWN_TOPIC_OR_PARTITION${sender}`,
      `${producer}Received unknown topic or partition error in produce request on partition t-0. The topic-partition may not exist or the user may not have Describe access to it${sender}`,
    ]);
    expect(results).toMatchObject([{ outcome: { outcome: 'acknowledged', offset: 0 } }]);
    expect(logOf(world.state(broker))).toEqual([{ value: 'a', sequence: 0, epoch: 0 }]);
  });

  test('blocks for max.block.ms while nobody knows the topic, and says what the brokers said', () => {
    const world = playground({ broker: leader({}), app: application(['premier'], { 'max.block.ms': '3000' }) });
    world.start('broker');
    const app = world.start('app');

    world.runTo(5000);

    const { results, logs } = appOf(world.state(app));
    expect(results).toMatchObject([
      {
        atMs: 3000,
        outcome: {
          exception: {
            class: 'org.apache.kafka.common.errors.TimeoutException',
            message: 'Topic t not present in metadata after 3000 ms.',
            cause: {
              class: 'org.apache.kafka.common.errors.UnknownTopicOrPartitionException',
              message: 'This server does not host this topic-partition.',
            },
          },
        },
      },
    ]);
    expect(
      new Set(logs.map((log) => lineOf(log).replace(/id \d+/, 'id n')).filter((line) => line.startsWith('WARN'))),
    ).toEqual(
      new Set([
        'WARN [Producer clientId=console-producer] The metadata response from the cluster reported a recoverable issue with correlation id n : {t=UNKNOWN_TOPIC_OR_PARTITION} (org.apache.kafka.clients.NetworkClient)',
      ]),
    );
  });

  test('warns of the bootstrap broker too while no broker has ever answered', () => {
    const world = playground({ app: application(['x'], { 'max.block.ms': '3000' }) });
    const app = world.start('app');

    world.runTo(4000);

    const { logs, results } = appOf(world.state(app));
    expect(new Set(logs.filter(({ level }) => level === 'WARN').map(lineOf))).toEqual(
      new Set([
        'WARN [Producer clientId=console-producer] Connection to node -1 (localhost/127.0.0.1:9092) could not be established. Node may not be available. (org.apache.kafka.clients.NetworkClient)',
        'WARN [Producer clientId=console-producer] Bootstrap broker localhost:9092 (id: -1 rack: null) disconnected (org.apache.kafka.clients.NetworkClient)',
      ]),
    );
    expect(results).toMatchObject([
      { outcome: { exception: { message: 'Topic t not present in metadata after 3000 ms.' } } },
    ]);
  });

  test('fails a record that could not be sent within delivery.timeout.ms', () => {
    const world = playground({
      broker: leader(t, () => 'silence'),
      app: application(['a'], { 'delivery.timeout.ms': '5000', 'request.timeout.ms': '2000' }),
    });
    world.start('broker');
    const app = world.start('app');

    world.runTo(20_000);

    const [result] = appOf(world.state(app)).results;
    expect(result).toMatchObject({
      outcome: {
        exception: {
          class: 'org.apache.kafka.common.errors.TimeoutException',
          message: expect.stringMatching(/^Expiring 1 record\(s\) for t-0:50\d\d ms has passed since batch creation$/),
        },
      },
    });
  });

  test('takes a new epoch after a batch that was refused for good, and starts its sequences anew', () => {
    const world = playground({
      broker: leader(t, (count) => (count === 1 ? 'INVALID_RECORD' : 'append')),
      app: application(
        ['a', 'b', 'c'].map((value) => value.repeat(40)),
        { 'batch.size': '0', 'max.in.flight.requests.per.connection': '1' },
      ),
    });
    const broker = world.start('broker');
    world.start('app');

    world.runTo(2000);

    expect(logOf(world.state(broker))).toEqual([
      { value: 'a'.repeat(40), sequence: 0, epoch: 0 },
      { value: 'c'.repeat(40), sequence: 0, epoch: 1 },
    ]);
  });

  test('sends at once what is flushed, however long it may linger', () => {
    const created = createProducer({
      properties: { 'bootstrap.servers': 'localhost:9092', 'linger.ms': '60000' },
      slot: 0,
      seed: 1,
      now: 0 as never,
    });
    if (created.outcome === 'failed') throw new Error('no producer');
    const idle = flush(created.state, 0 as never);

    expect(isFlushing(idle.state)).toBe(false);
  });

  test('asks for no answer with acks=0', () => {
    const world = playground({ broker: leader(t), app: application(['a'], { acks: '0' }) });
    const broker = world.start('broker');
    const app = world.start('app');

    world.runTo(1000);

    expect(logOf(world.state(broker))).toEqual([{ value: 'a', sequence: -1, epoch: -1 }]);
    expect(appOf(world.state(app)).results).toMatchObject([{ outcome: { outcome: 'acknowledged', offset: null } }]);
    expect(isClosed(appOf(world.state(app)).producer)).toBe(true);
  });

  test('is refused when it wants transactions without idempotence', () => {
    const properties = { 'bootstrap.servers': 'localhost:9092', 'transactional.id': 'x', acks: '1' };

    expect(createProducer({ properties, slot: 0, seed: 1, now: 0 as never })).toMatchObject({
      outcome: 'failed',
      exception: { message: 'Cannot set a transactional.id without also enabling idempotence.' },
    });
  });
});
