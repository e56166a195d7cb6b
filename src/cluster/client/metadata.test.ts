import { describe, expect, test } from 'vitest';
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import { streamOf } from '../../kernel/random.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms, seconds } from '../../kernel/time.ts';
import type { KafkaRequest } from '../protocol/kafka/kafkaMessage.ts';
import { partitionMetadata } from './cluster.ts';
import {
  addTopic,
  createMetadata,
  currentLeader,
  failedUpdate,
  type Metadata,
  nextQuestion,
  nextRefreshAt,
  requestUpdate,
  sawLeaderEpoch,
  updateFrom,
  withNewLeader,
} from './metadata.ts';
import { type FakeTopics, metadataAnswer } from './testing/fakeBroker.ts';

const at = (millis: number): VirtualTimeUs => ms(millis) as VirtualTimeUs;
const random = streamOf(1, 'metadata');
const limits = { refreshBackoff: { initialMs: 100, maxMs: 1000 }, maxAgeMs: 300_000 };
const bootstrap = [{ id: -1, host: 'localhost', port: 9092, rack: null }];
const never = at(1_000_000_000);
const p0 = { topic: 'fruits', partition: 0 };

const ofProducer = (...topics: string[]): Metadata =>
  topics.reduce(
    (metadata, topic) => addTopic(metadata, topic, never),
    createMetadata(bootstrap, { kind: 'producer', expiresAt: new Map(), newTopics: new Set() }, limits),
  );

/** The metadata after brokers 0 to 2 have answered its next question at that instant. */
function answered(metadata: Metadata, topics: FakeTopics, now = at(0)): Metadata {
  const question = nextQuestion(metadata, now);
  const request = { api: 'Metadata', body: question.body } as KafkaRequest;
  return updateFrom(metadata, metadataAnswer(request, { brokers: [0, 1, 2], topics }), question, now, random)[0];
}

describe('when metadata is asked for', () => {
  test('at once at first, then when it is five minutes old', () => {
    const fresh = answered(ofProducer('fruits'), { fruits: [{ leader: 0 }] });
    expect(nextRefreshAt(ofProducer('fruits'))).toBe(0);
    expect(nextRefreshAt(fresh)).toBe(seconds(300));
  });

  test('a refresh that is asked for waits for the backoff of the last answer: 80 to 120 ms', () => {
    const asked = requestUpdate(answered(ofProducer('fruits'), { fruits: [{ leader: 0 }] }, at(1000)));
    expect(nextRefreshAt(asked)).toBeGreaterThanOrEqual(at(1080));
    expect(nextRefreshAt(asked)).toBeLessThanOrEqual(at(1120));
  });

  test('each failure doubles the wait, up to a second', () => {
    const waits: number[] = [];
    let metadata = ofProducer('fruits');
    for (let failure = 0; failure < 6; failure++) {
      [metadata] = failedUpdate(metadata, at(0), random);
      waits.push(nextRefreshAt(metadata) / ms(1));
    }
    for (const [failure, expected] of [100, 200, 400, 800, 1000, 1000].entries()) {
      expect(waits[failure]).toBeGreaterThanOrEqual(expected * 0.8);
      expect(waits[failure]).toBeLessThanOrEqual(Math.min(1000, expected * 1.2));
    }
  });

  test('a new topic is asked for without waiting, and alone', () => {
    const known = answered(ofProducer('fruits'), { fruits: [{ leader: 0 }] });
    const metadata = addTopic(known, 'legumes', never);
    expect(nextRefreshAt(metadata)).toBe(0);
    expect(nextQuestion(metadata, at(10)).body.topics?.map(({ name }) => name)).toEqual(['legumes']);
  });

  test('an answer without a leader is asked for again', () => {
    const leaderless = answered(ofProducer('fruits'), { fruits: [{ leader: -1, error: 'LEADER_NOT_AVAILABLE' }] });
    expect(leaderless.needFullUpdate).toBe(true);
  });
});

describe('what an answer changes', () => {
  test('a partial answer leaves the other topics as they were', () => {
    const known = answered(ofProducer('fruits'), { fruits: [{ leader: 2, epoch: 4 }] });
    const both = answered(
      addTopic(known, 'legumes', never),
      { fruits: [{ leader: 0 }], legumes: [{ leader: 1 }] },
      at(10),
    );
    expect(currentLeader(both, p0)).toMatchObject({ leader: { id: 2 }, epoch: 4 });
    expect(currentLeader(both, { topic: 'legumes', partition: 0 })).toMatchObject({ leader: { id: 1 } });
  });

  test('a broker that lags behind does not take back a newer leader epoch', () => {
    const known = answered(ofProducer('fruits'), { fruits: [{ leader: 2, epoch: 4 }] });
    const after = answered(requestUpdate(known), { fruits: [{ leader: 0, epoch: 3 }] }, at(200));
    expect(currentLeader(after, p0)).toMatchObject({ leader: { id: 2 }, epoch: 4 });
  });

  test('a topic that nobody has sent to for its five minutes is forgotten', () => {
    const metadata = addTopic(ofProducer('fruits'), 'brève', at(1000));
    const known = answered(metadata, { fruits: [{ leader: 0 }], brève: [{ leader: 1 }] });
    const later = answered(requestUpdate(known), { fruits: [{ leader: 0 }], brève: [{ leader: 1 }] }, at(2000));
    expect(partitionMetadata(later.cluster, { topic: 'brève', partition: 0 })).toBeUndefined();
    expect(nextQuestion(requestUpdate(later), at(2000)).body.topics?.map(({ name }) => name)).toEqual(['fruits']);
  });
});

describe('the current leader', () => {
  const known = answered(ofProducer('fruits'), { fruits: [{ leader: 0, epoch: 4 }] });
  const broker2 = { id: 2, host: 'localhost', port: 9094, rack: null };
  const leader = (leaderId: number, leaderEpoch: number): { leaderId: BrokerId; leaderEpoch: LeaderEpoch } => ({
    leaderId: leaderId as BrokerId,
    leaderEpoch: leaderEpoch as LeaderEpoch,
  });

  test('is not known while a newer epoch has been seen elsewhere', () => {
    expect(currentLeader(sawLeaderEpoch(known, p0, 5), p0)).toEqual({ leader: null, epoch: 5 });
    expect(sawLeaderEpoch(known, p0, 5).needFullUpdate).toBe(true);
    expect(sawLeaderEpoch(known, p0, 4)).toBe(known);
  });

  test('is learnt from a refusal that names a newer one (KIP-951), without a question', () => {
    const after = withNewLeader(known, p0, leader(2, 5), [broker2]);
    expect(currentLeader(after, p0)).toMatchObject({ leader: { id: 2 }, epoch: 5 });
    expect(after.needFullUpdate).toBe(false);
  });

  test('is not learnt from a refusal that is older, or that names a broker without its address', () => {
    expect(withNewLeader(known, p0, leader(2, 4), [broker2])).toBe(known);
    expect(withNewLeader(known, p0, leader(7, 5), [])).toBe(known);
  });
});
