import { describe, expect, test } from 'vitest';
import {
  expiredSessions,
  firstSessionNumber,
  newTracker,
  nextExpiryMs,
  sessionIdOf,
  touchSession,
  trackSession,
} from './sessionTracker.ts';

const one = sessionIdOf(firstSessionNumber(1, 0));

describe('a session', () => {
  test('expires at the end of the tick in which its timeout ends', () => {
    const tracker = trackSession(newTracker(3_000), one, 18_000, 1_000);

    expect(nextExpiryMs(tracker)).toBe(21_000);
    expect([expiredSessions(tracker, 20_999), expiredSessions(tracker, 21_000)]).toEqual([[], [one]]);
  });

  test('exactly at the end of a tick gets a whole one more', () => {
    expect(nextExpiryMs(trackSession(newTracker(3_000), one, 18_000, 0))).toBe(21_000);
    expect(nextExpiryMs(trackSession(newTracker(3_000), one, 18_000, 3_000))).toBe(24_000);
  });

  test('that was heard has its whole timeout again', () => {
    const tracker = touchSession(trackSession(newTracker(2_000), one, 6_000, 0), one, 5_000);

    expect(nextExpiryMs(tracker)).toBe(12_000);
  });

  test('has an id of the number of its server, the clock at the start, and a count', () => {
    const first = firstSessionNumber(1, 1_747_645_200_000);

    expect([first, { ...first, given: 1 }, { ...first, given: 65_536 }].map(sessionIdOf)).toEqual([
      '0x196e7c576800000',
      '0x196e7c576800001',
      '0x196e7c576810000',
    ]);
  });
});
