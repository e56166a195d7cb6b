import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { apiVersionsAnswer, fakeBroker, metadataAnswer } from '../testing/fakeBroker.ts';
import { playground } from '../testing/playground.ts';
import { reducer } from '../testing/reducer.ts';
import {
  assign,
  assignmentOf,
  commitAsync,
  commitSync,
  createConsumer,
  handleConsumer,
  pause,
  seek,
  type ConsumerStep,
} from './consumer.ts';
import type { Consumer } from './consumerState.ts';

const t0 = { topic: 't', partition: 0 };

/** Assigned to t-0 at offset 7; commits at once. */
const application = (commit: (consumer: Consumer, now: VirtualTimeUs) => ConsumerStep) =>
  reducer<{ readonly consumer: Consumer; readonly calls: readonly string[]; readonly lines: readonly string[] }>(
    ({ seed, now }) => {
      const properties = { 'bootstrap.servers': 'localhost:9092', 'group.id': 'g', 'client.id': 'c' };
      const created = createConsumer({ properties, slot: 0, seed, now });
      if (created.outcome === 'failed') throw new Error('no consumer');
      const { state, effects } = commit(seek(assign(created.state, [t0]), t0, 7), now);
      return { state: { consumer: state, calls: [], lines: [] }, effects };
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
      const { state, effects, calls, logs } = handleConsumer(app.consumer, event);
      const told = calls.map(({ tag, exception }) => `${tag}: ${exception?.class ?? 'done'}`);
      const lines = logs.filter(({ level }) => level !== 'INFO').map(({ level, text }) => `${level} ${text}`);
      return { state: { consumer: state, calls: [...app.calls, ...told], lines: [...app.lines, ...lines] }, effects };
    },
  );

const coordinator = (refusals: number) =>
  fakeBroker(9092, null, (state, request, { count }) => {
    const say = (answer: unknown) => ({ state, deed: { answer: answer as never } });
    if (request.api === 'ApiVersions') return say(apiVersionsAnswer);
    if (request.api === 'Metadata')
      return say(metadataAnswer(request, { brokers: [0], topics: { t: [{ leader: 0 }] } }));
    if (request.api === 'FindCoordinator') {
      return say({
        coordinators: [{ key: 'g', nodeId: 0, host: 'localhost', port: 9092, errorCode: 'NONE', errorMessage: null }],
      });
    }
    const errorCode = count < refusals ? 'COORDINATOR_LOAD_IN_PROGRESS' : 'NONE';
    return say({ topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode }] }] });
  });

const played = (refusals: number, commit: (consumer: Consumer, now: VirtualTimeUs) => ConsumerStep) => {
  const world = playground({ broker: coordinator(refusals), app: application(commit) });
  world.start('broker');
  const app = world.start('app');
  world.runTo(5000);
  const { calls, lines } = world.state(app) as { calls: readonly string[]; lines: readonly string[] };
  const commits = world
    .sent(app)
    .filter(({ api }) => api === 'OffsetCommit')
    .map(({ body }) => body);
  return { calls, lines, commits };
};

describe('a lone consumer that commits', () => {
  test('does so outside the group, with generation −1', () => {
    const { calls, commits } = played(0, (consumer, now) => commitSync(consumer, null, 'sync', now));

    expect(calls).toEqual(['sync: done']);
    expect(commits).toMatchObject([
      {
        groupId: 'g',
        generationIdOrMemberEpoch: -1,
        memberId: '',
        topics: [{ name: 't', partitions: [{ partitionIndex: 0, committedOffset: 7 }] }],
      },
    ]);
  });

  test('tries again while the coordinator is loading, and warns each time', () => {
    const { calls, commits, lines } = played(2, (consumer, now) => commitSync(consumer, null, 'sync', now));

    expect(calls).toEqual(['sync: done']);
    expect(commits).toHaveLength(3);
    expect(new Set(lines)).toEqual(
      new Set([
        "WARN [Consumer clientId=c, groupId=g] Offset commit failed on partition t-0 at offset 7: The coordinator is loading and hence can't process requests.",
      ]),
    );
  });

  test('hears of an asynchronous commit without a known coordinator that it may be tried again', () => {
    const { calls } = played(0, (consumer, now) => {
      const step = commitAsync(consumer, null, 'async', now);

      expect(step.calls.map(({ tag, exception }) => [tag, exception?.class])).toEqual([
        ['async', 'org.apache.kafka.clients.consumer.RetriableCommitFailedException'],
      ]);
      return step;
    });

    expect(calls).toEqual([]);
  });
});

describe('an assigned consumer', () => {
  test('knows its partitions, and which of them it has paused', () => {
    const properties = { 'bootstrap.servers': 'localhost:9092' };
    const created = createConsumer({ properties, slot: 0, seed: 1, now: 0 as VirtualTimeUs });
    if (created.outcome === 'failed') throw new Error('no consumer');

    const consumer = pause(assign(created.state, [t0]), [t0], true);

    expect(assignmentOf(consumer)).toEqual([t0]);
    expect(consumer.subscription.partitions[0]?.isPaused).toBe(true);
  });
});
