import { describe, expect, test } from 'vitest';
import type { FactId, ProcessId } from '../../kernel/events.ts';
import type { Fact, Happening } from '../../kernel/facts.ts';
import { pingPongInputs, pingPongPrograms } from '../../kernel/testing/pingPong.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { Timeline } from '../../kernel/timeline.ts';
import { mockupPicture } from '../../views/testing/mockupCluster.ts';
import { wordsOf } from '../i18n/useWords.ts';
import { isAbout } from './about.ts';
import type { Mark } from './mark.ts';
import { parseMark } from './mark.ts';
import { placeBeside } from './placeBeside.ts';
import { RecentFacts } from './recentFacts.ts';
import { nameOf } from './values.ts';
import { whySteps } from './whySteps.ts';
import { inspectorWordsFr } from './words.fr.ts';

const one = 1 as ProcessId;
const two = 2 as ProcessId;
const fact = (id: number, process: ProcessId | null, what: Happening): Fact => ({
  id: id as FactId,
  at: id as VirtualTimeUs,
  process,
  causes: [],
  what,
});
const sent = (id: number, from: ProcessId, to: ProcessId, name: string): Fact =>
  fact(id, from, { kind: 'sent', to, message: { name }, dueAt: null });
const delivered = (id: number, from: ProcessId, to: ProcessId, name: string): Fact =>
  fact(id, to, { kind: 'delivered', from, message: { name } });
const told = (name: string, detail: Record<string, unknown>, process: ProcessId | null = null): Fact =>
  fact(0, process, { kind: 'told', name, mark: null, detail });

describe('the key of a mark', () => {
  test('names what is selected, dashes in topics and groups included', () => {
    expect(
      [
        'broker-0',
        'zookeeper-1',
        'producer-12',
        'group-mon-groupe',
        'replica-vive-le-ca-2@1',
        'record-vive-le-ca-2@1:7',
        'message-42',
      ].map(parseMark),
    ).toEqual([
      { kind: 'broker', broker: 0 },
      { kind: 'zookeeper', server: 1 },
      { kind: 'producer', process: 12 },
      { kind: 'group', group: 'mon-groupe' },
      { kind: 'replica', topic: 'vive-le-ca', partition: 2, broker: 1 },
      { kind: 'record', topic: 'vive-le-ca', partition: 2, broker: 1, offset: 7 },
      { kind: 'message', fact: 42 },
    ]);
  });

  test('that no figure gives is none', () => {
    expect(['', 'broker-x', 'wire-3', 'replica-paiements'].map(parseMark)).toEqual([null, null, null, null]);
  });
});

describe('the title of a producer’s card', () => {
  const shown = mockupPicture(0 as VirtualTimeUs);
  const [producer] = shown.producers;
  const picture = { ...shown, producers: [{ ...producer!, process: one, terminal: 'producteur-1' }] };
  const mark: Mark = { kind: 'producer', process: one };

  test('is what the figure writes, in the learner’s language', () => {
    expect(nameOf(mark, picture, wordsOf('fr').views)).toBe('Producteur\u00a01');
    expect(nameOf(mark, picture, wordsOf('en').views)).toBe('Producer\u00a01');
  });

  test('is never empty, even where the producer is not yet', () => {
    const name = nameOf(mark, { ...picture, producers: [] }, wordsOf('fr').views);
    expect(inspectorWordsFr.title(mark, name)).toBe('Producteur');
  });
});

describe('facts about a mark', () => {
  const about = (mark: Mark, ...facts: Fact[]): boolean[] => facts.map((of) => isAbout(of, mark, one));
  const at = { topic: 'paiements', partition: 0 };

  test('of a record are its append on that replica, the watermark that passed it, whoever read it', () => {
    expect(
      about(
        { kind: 'record', ...at, broker: 0, offset: 5 },
        told('recordsAppended', { ...at, broker: 0, baseOffset: 4, lastOffset: 6, as: 'leader' }),
        told('recordsAppended', { ...at, broker: 1, baseOffset: 4, lastOffset: 6, as: 'follower' }),
        told('highWatermarkAdvanced', { ...at, broker: 0, from: 5, to: 7 }),
        told('highWatermarkAdvanced', { ...at, broker: 0, from: 3, to: 5 }),
        told('recordsConsumed', { ...at, client: 'c', group: null, firstOffset: 5, lastOffset: 5, count: 1 }),
      ),
    ).toEqual([true, false, true, false, true]);
  });

  test('of a broker are its roles and its life, not every record it writes', () => {
    expect(
      about(
        { kind: 'broker', broker: 0 },
        told('leaderElected', { ...at, leader: 0, leaderEpoch: 1, isr: [0], strategy: 'Offline' }),
        told('isrShrunk', { ...at, isr: [1], removed: [0] }),
        told('recordsAppended', { ...at, broker: 0, baseOffset: 0, lastOffset: 0, as: 'leader' }),
        told('becameLeader', { topic: '__consumer_offsets', partition: 3, broker: 0, leaderEpoch: 0 }),
        fact(0, one, { kind: 'exited', exitCode: 137, signal: 'SIGKILL' }),
      ),
    ).toEqual([true, true, false, false, true]);
  });

  test('of a replica are those of its partition that are not another replica’s', () => {
    expect(
      about(
        { kind: 'replica', ...at, broker: 0 },
        told('recordsAppended', { ...at, broker: 0, baseOffset: 0, lastOffset: 0, as: 'leader' }),
        told('recordsAppended', { ...at, broker: 1, baseOffset: 0, lastOffset: 0, as: 'follower' }),
        told('leaderElected', { ...at, leader: 1, leaderEpoch: 1, isr: [1], strategy: 'Offline' }),
        told('leaderElected', { ...at, partition: 1, leader: 0, leaderEpoch: 1, isr: [0], strategy: 'Offline' }),
        told('topicCreated', { topic: 'paiements', assignment: [[0]] }),
        told('offsetCommitted', { ...at, group: 'audit', offset: 4 }),
      ),
    ).toEqual([true, false, true, false, true, false]);
  });

  test('of a group are those that name it', () => {
    expect(
      about(
        { kind: 'group', group: 'audit' },
        told('memberJoined', { group: 'audit', memberId: 'm' }),
        told('memberJoined', { group: 'other', memberId: 'm' }),
      ),
    ).toEqual([true, false]);
  });
});

describe('the latest facts', () => {
  const isAnswer = ({ what }: Fact): boolean => what.kind === 'delivered' && what.message.name === 'Answer';
  const idsByHand = (timeline: Timeline): readonly number[] =>
    [...timeline.factsFrom(0 as FactId)]
      .filter(isAnswer)
      .map(({ id }) => id)
      .reverse()
      .slice(0, 8);

  test('are the same whether they are followed or looked up, forwards and back', () => {
    const timeline = new Timeline({ programs: pingPongPrograms, seed: 1, setup: null });
    for (const input of pingPongInputs(1)) timeline.act(input);
    const recent = new RecentFacts();

    for (const at of [5000, 20_000, 21_000, 60_000, 30_000, 31_000]) {
      if (at < timeline.now) timeline.seekTo(at as VirtualTimeUs);
      else timeline.advance({ until: at as VirtualTimeUs });
      expect(recent.of(timeline, 'answers', isAnswer).map(({ id }) => id)).toEqual(idsByHand(timeline));
    }
  });
});

describe('the steps of « Pourquoi ? »', () => {
  test('tell a message sent and delivered once, and leave out what only prepares', () => {
    const elected = fact(9, two, { kind: 'told', name: 'leaderElected', mark: null, detail: {} });
    const typed = fact(1, null, { kind: 'input', input: { kind: 'typed', terminal: 'admin', line: 'ls' } });
    const read = fact(2, one, { kind: 'read', text: 'ls' });

    const steps = whySteps([
      elected,
      delivered(4, one, two, 'CreateTopics'),
      sent(3, one, two, 'CreateTopics'),
      read,
      typed,
    ]);

    expect(steps.map(({ fact: { id }, exchange }) => [id, exchange?.api ?? null])).toEqual([
      [9, null],
      [4, 'CreateTopics'],
      [1, null],
    ]);
  });

  test('gather requests and answers of one kind between the same two', () => {
    const steps = whySteps([
      delivered(8, two, one, 'Fetch'),
      sent(7, two, one, 'Fetch'),
      delivered(6, one, two, 'Fetch'),
      sent(5, one, two, 'Fetch'),
      delivered(4, two, one, 'LeaderAndIsr'),
      sent(3, two, one, 'LeaderAndIsr'),
    ]);

    expect(steps.map(({ exchange, count }) => ({ ...exchange, count }))).toEqual([
      { from: two, to: one, api: 'Fetch', isBothWays: true, count: 2 },
      { from: two, to: one, api: 'LeaderAndIsr', isBothWays: false, count: 1 },
    ]);
  });

  test('begin with a message that is still under way', () => {
    expect(whySteps([sent(3, one, two, 'Produce')]).map(({ exchange }) => exchange)).toEqual([
      { from: one, to: two, api: 'Produce', isBothWays: false },
    ]);
  });

  test('tell what an event changed before it led to the next one', () => {
    const fired = fact(3, one, { kind: 'timerFired', timer: 'zookeeper server sessionExpiry' });
    const expired: Fact = {
      ...fact(4, one, { kind: 'told', name: 'sessionExpired', mark: 'sessionExpired', detail: {} }),
      causes: [fired.id],
    };
    const journal = [fired, expired, sent(5, one, two, 'watchEvent'), delivered(6, one, two, 'watchEvent')];

    const steps = whySteps([journal[3]!, journal[2]!, fired], (id) => journal.find((of) => of.id === id));

    expect(steps.map(({ fact: { id } }) => id)).toEqual([6, 4, 3]);
  });

  test('tell a message that a cut held back once', () => {
    const message = { name: 'Fetch' };
    const chain = [
      delivered(8, one, two, 'Fetch'),
      fact(7, one, { kind: 'resent', to: two, message, dueAt: 8 as VirtualTimeUs }),
      fact(5, one, { kind: 'lost', to: two, message }),
      sent(4, one, two, 'Fetch'),
      fact(3, one, { kind: 'timerFired', timer: 'fetch 2' }),
    ];

    expect(whySteps(chain).map(({ fact: { id } }) => id)).toEqual([8, 5, 3]);
  });
});

describe('a card', () => {
  const frame = { width: 800, height: 500 };
  const card = { width: 300, height: 200 };

  test('stands to the right of its mark, to the left where there is no room, never outside the frame', () => {
    const at = (left: number, top: number) => placeBeside({ left, top, width: 100, height: 40 }, frame, card, 8);

    expect([at(100, 200), at(600, 200), at(100, 470), placeBeside(null, frame, card, 8)]).toEqual([
      { left: 208, top: 120 },
      { left: 292, top: 120 },
      { left: 208, top: 292 },
      { left: 492, top: 8 },
    ]);
  });
});
