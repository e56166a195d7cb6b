import { describe, expect, test } from 'vitest';
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { silentAnnouncer, speak } from './announcer.ts';
import { levelOf } from './level.ts';

const told = (name: string, detail: Record<string, unknown>): Fact => ({
  id: 0 as FactId,
  at: 0 as VirtualTimeUs,
  process: null,
  causes: [],
  what: { kind: 'told', name, mark: null, detail },
});
const written = (count: number): Fact =>
  told('recordsAcknowledged', { topic: 'paiements', partition: 0, client: 'p', baseOffset: 4, count });
const elected = told('leaderElected', {
  topic: 'paiements',
  partition: 0,
  leader: 2,
  leaderEpoch: 5,
  isr: [2],
  strategy: 'Offline',
  replicas: [2, 1],
  offline: [1],
});
const refused = told('recordsRefused', {
  topic: 'paiements',
  partition: 0,
  client: 'p',
  error: 'TimeoutException',
  count: 2,
});
const say = (...pending: Fact[]): string | null =>
  speak({ ...silentAnnouncer, pending }, 0, { language: 'fr', nameOf: String }).text;

describe('the narration', () => {
  test('says one fact in its own sentence', () => {
    expect(say(elected)).toBe(
      'paiements P0\u00a0: le broker 2 devient leader, époque 5, ISR\u00a0: 2. C’est le premier de la liste des réplicas (2, 1) qui est vivant et dans l’ISR',
    );
  });

  test('says many in one', () => {
    expect(say(written(30), written(4))).toBe('34 messages écrits, rien de perdu');
  });

  test('does not say that nothing is lost when something was refused', () => {
    expect(say(written(3), refused)).toBe(
      'p n’arrive pas à écrire 2 événements dans paiements P0\u00a0: TimeoutException. 3 messages écrits',
    );
  });

  test('waits two seconds between sentences', () => {
    const spoken = speak({ ...silentAnnouncer, pending: [elected] }, 5000, {
      language: 'fr',
      nameOf: String,
    }).announcer;
    const next = { ...spoken, pending: [written(1)] };

    expect([6999, 7000].map((ms) => speak(next, ms, { language: 'en', nameOf: String }).text)).toEqual([
      null,
      'p learns that 1 record is written to paiements P0, from offset 4',
    ]);
  });

  test('keeps internal topics for those who want to hear all', () => {
    const internal = told('leaderElected', {
      topic: '__consumer_offsets',
      partition: 7,
      leader: 0,
      leaderEpoch: 0,
      isr: [0],
      strategy: 'New',
    });

    expect([elected, internal].map(levelOf)).toEqual(['essential', 'all']);
  });
});
