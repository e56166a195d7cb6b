import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../kafka/bytes.ts';
import type { Offset } from '../../../kafka/ids.ts';
import type { ErrorName } from '../../../kafka/errors.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { KafkaRequest } from '../../protocol/kafka/kafkaMessage.ts';
import { apiVersionsAnswer, type Deed, fakeBroker, metadataAnswer } from '../testing/fakeBroker.ts';
import { playground } from '../testing/playground.ts';
import { reducer } from '../testing/reducer.ts';
import {
  closeProducer,
  createProducer,
  handleProducer,
  isClosed,
  type ProducerStep,
  runProducer,
  sendRecord,
} from './producer.ts';
import type { Producer } from './producerState.ts';
import {
  beginAbort,
  beginTransaction,
  commitTransaction,
  initTransactions,
  sendOffsetsToTransaction,
} from './transactions.ts';

/** One thing the application does after the other, each when the one before has ended. */
type Deeds = readonly ('init' | 'begin' | 'send' | 'settle' | 'offsets' | 'commit' | 'abort' | 'close')[];
interface App {
  readonly producer: Producer;
  readonly todo: Deeds;
  readonly waitsFor: string | null;
  readonly story: readonly string[];
}

function application(deeds: Deeds) {
  const group = { groupId: 'g', generationId: 1, memberId: 'm', groupInstanceId: null };
  const begin = (deed: Deeds[number], producer: Producer, now: VirtualTimeUs) => {
    switch (deed) {
      case 'init':
        return initTransactions(producer, deed, now);
      case 'begin':
        return beginTransaction(producer);
      case 'offsets': {
        const offset = { topic: 't', partition: 0, offset: 5 as Offset, leaderEpoch: null, metadata: '' };
        return sendOffsetsToTransaction(producer, [offset], group, deed, now);
      }
      case 'commit':
        return commitTransaction(producer, deed, now);
      default:
        return beginAbort(producer, deed, now);
    }
  };
  const goOn = (
    before: App,
    step: ProducerStep,
    now: VirtualTimeUs,
  ): { state: App; effects: ProducerStep['effects'] } => {
    const told = step.calls.map(({ tag, exception }) => `${tag}: ${exception === null ? 'done' : exception.message}`);
    const failed = step.results.flatMap(({ outcome }) =>
      outcome.outcome === 'failed' ? [`send: ${outcome.exception.class}`] : [],
    );
    const isSettled = before.waitsFor === 'settle' && step.results.length > 0;
    const hasReturned = step.calls.some(({ tag }) => tag === before.waitsFor);
    const waitsFor = isSettled || hasReturned ? null : before.waitsFor;
    let app: App = { ...before, producer: step.state, waitsFor, story: [...before.story, ...told, ...failed] };
    const effects = [...step.effects];
    while (app.waitsFor === null && app.producer.blocked === null) {
      const [deed, ...todo] = app.todo;
      if (deed === undefined) break;
      app = { ...app, todo, waitsFor: deed === 'settle' ? deed : null };
      if (deed === 'settle') break;
      if (deed === 'send' || deed === 'close') {
        const record = { topic: 't', key: null, value: 'v' as Bytes };
        const next = deed === 'send' ? sendRecord(app.producer, record, 'r', now) : closeProducer(app.producer, now);
        app = { ...app, producer: next.state };
        effects.push(...next.effects);
        continue;
      }
      const begun = begin(deed, app.producer, now);
      if (begun.failure !== null) {
        app = { ...app, story: [...app.story, `${deed}: ${begun.failure.message}`] };
        continue;
      }
      const next = runProducer(begun.producer, now);
      const rest = goOn({ ...app, waitsFor: deed === 'begin' ? null : deed }, next, now);
      app = rest.state;
      effects.push(...rest.effects);
    }
    return { state: app, effects };
  };
  return reducer<App>(
    ({ seed, now }) => {
      const properties = { 'bootstrap.servers': 'localhost:9092', 'transactional.id': 'tx' };
      const created = createProducer({ properties, slot: 0, seed, now });
      if (created.outcome === 'failed') throw new Error(created.exception.message ?? '');
      const app: App = { producer: created.state, todo: deeds, waitsFor: null, story: [] };
      return goOn(app, { ...created, results: [], calls: [], thrown: null }, now);
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
        : goOn(app, handleProducer(app.producer, event), event.now),
  );
}

const coordinator = (errorOf: (request: KafkaRequest, count: number) => ErrorName = () => 'NONE') =>
  fakeBroker(9092, null, (state, request, { count }) => {
    const errorCode = errorOf(request, count);
    const say = (answer: unknown): { state: null; deed: Deed } => ({ state, deed: { answer: answer as never } });
    const place = (error: ErrorName) => [{ name: 't', partitions: [{ partitionIndex: 0, errorCode: error }] }];
    switch (request.api) {
      case 'ApiVersions':
        return say(apiVersionsAnswer);
      case 'Metadata':
        return say(metadataAnswer(request, { brokers: [0], topics: { t: [{ leader: 0 }] } }));
      case 'FindCoordinator':
        return say({
          coordinators: [{ key: 'k', nodeId: 0, host: 'localhost', port: 9092, errorCode, errorMessage: null }],
        });
      case 'InitProducerId':
        return say({ errorCode, producerId: 9, producerEpoch: Math.max(0, request.body.producerEpoch + 1) });
      case 'AddPartitionsToTxn':
        return say({
          errorCode: 'NONE',
          resultsByTransaction: [{ transactionalId: 'tx', topicResults: place(errorCode) }],
        });
      case 'TxnOffsetCommit':
        return say({ topics: place(errorCode) });
      case 'Produce': {
        const part = {
          index: 0,
          errorCode,
          errorMessage: null,
          baseOffset: 0,
          logAppendTimeMs: -1,
          logStartOffset: 0,
          recordErrors: [],
          currentLeader: { leaderId: -1, leaderEpoch: -1 },
        };
        return say({ responses: [{ name: 't', partitionResponses: [part] }], nodeEndpoints: [] });
      }
      default:
        return say({ errorCode });
    }
  });

function played(deeds: Deeds, errorOf?: (request: KafkaRequest, count: number) => ErrorName) {
  const world = playground({ broker: coordinator(errorOf), app: application(deeds) });
  world.start('broker');
  const app = world.start('app');
  world.runTo(10_000);
  const { story, producer } = world.state(app) as App;
  const plumbing = new Set(['ApiVersions', 'Metadata']);
  return {
    story,
    producer,
    sent: world
      .sent(app)
      .map(({ api }) => api)
      .filter((api) => !plumbing.has(api)),
    world,
    app,
  };
}

describe('a transactional producer', () => {
  test('finds its coordinator, adds the partition before the records go, and ends the transaction after them', () => {
    const { story, sent, producer } = played(['init', 'begin', 'send', 'commit', 'close']);

    expect(story).toEqual(['init: done', 'commit: done']);
    expect(sent).toEqual(['FindCoordinator', 'InitProducerId', 'AddPartitionsToTxn', 'Produce', 'EndTxn']);
    expect(isClosed(producer)).toBe(true);
  });

  test('commits an empty transaction without asking anybody', () => {
    const { story, sent } = played(['init', 'begin', 'commit']);

    expect(story).toEqual(['init: done', 'commit: done']);
    expect(sent).toEqual(['FindCoordinator', 'InitProducerId']);
  });

  test('adds the group, then commits its offsets at the coordinator of the group', () => {
    const { story, sent } = played(['init', 'begin', 'offsets', 'commit']);

    expect(story).toEqual(['init: done', 'offsets: done', 'commit: done']);
    expect(sent).toEqual([
      'FindCoordinator',
      'InitProducerId',
      'AddOffsetsToTxn',
      'FindCoordinator',
      'TxnOffsetCommit',
      'EndTxn',
    ]);
  });

  test('waits 20 ms for the transaction before to be completed when it adds its first partition', () => {
    const { story, world, app } = played(['init', 'begin', 'send', 'commit'], (request, count) =>
      request.api === 'AddPartitionsToTxn' && count < 2 ? 'CONCURRENT_TRANSACTIONS' : 'NONE',
    );

    const asked = world.sent(app).filter(({ api }) => api === 'AddPartitionsToTxn');
    expect(story).toEqual(['init: done', 'commit: done']);
    expect(asked).toHaveLength(3);
    expect(asked[2]!.atMs - asked[0]!.atMs).toBeLessThan(60);
  });

  test('asks again every 100 ms while its predecessor is being aborted', () => {
    const { story, sent } = played(['init'], (request, count) =>
      request.api === 'InitProducerId' && count < 3 ? 'CONCURRENT_TRANSACTIONS' : 'NONE',
    );

    expect(story).toEqual(['init: done']);
    expect(sent.filter((api) => api === 'InitProducerId')).toHaveLength(4);
  });

  test('is told that it was fenced, and can only be closed', () => {
    const { story, producer } = played(['init', 'begin', 'send', 'commit', 'begin', 'abort'], ({ api }) =>
      api === 'EndTxn' ? 'PRODUCER_FENCED' : 'NONE',
    );

    const fenced =
      "Producer with transactionalId 'tx' and (producerId=9, epoch=0) has been fenced by another producer with the same transactionalId";
    expect(story).toEqual([
      'init: done',
      'commit: There is a newer producer with the same transactionalId which fences the current one.',
      `begin: ${fenced}`,
      `abort: ${fenced}`,
    ]);
    expect(producer.transactions?.state).toBe('FATAL_ERROR');
  });

  test('fails its transaction when a record is refused, and aborts it with a new epoch', () => {
    const { story, sent, producer } = played(
      ['init', 'begin', 'send', 'settle', 'commit', 'abort', 'begin'],
      ({ api }) => (api === 'Produce' ? 'INVALID_PRODUCER_EPOCH' : 'NONE'),
    );

    expect(story).toEqual([
      'init: done',
      'send: org.apache.kafka.common.errors.InvalidProducerEpochException',
      "commit: Producer with transactionalId 'tx' and (producerId=9, epoch=0) attempted to produce with an old epoch",
      'abort: done',
    ]);
    expect(sent.slice(-2)).toEqual(['EndTxn', 'InitProducerId']);
    expect(producer.transactions).toMatchObject({ state: 'IN_TRANSACTION', producerEpoch: 1 });
  });

  test('aborts what is open when it is closed', () => {
    const { sent, producer } = played(['init', 'begin', 'send', 'close']);

    expect(sent.at(-1)).toBe('EndTxn');
    expect(isClosed(producer)).toBe(true);
  });
});
