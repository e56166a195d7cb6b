import { describe, expect, test } from 'vitest';
import { keepIdentity } from './keepIdentity.ts';

describe('a picture after another', () => {
  const before = {
    brokers: [
      { id: 0, isr: [0, 1] },
      { id: 1, isr: [1] },
    ],
    now: 5,
  };

  test('is the same object when it says the same', () => {
    expect(keepIdentity(before, structuredClone(before))).toBe(before);
  });

  test('has new objects only on the way to what changed', () => {
    const next = structuredClone(before);
    next.brokers[1]!.isr.push(0);

    const kept = keepIdentity(before, next);

    expect(kept).toEqual(next);
    expect(kept.brokers[0]).toBe(before.brokers[0]);
    expect(kept.brokers).not.toBe(before.brokers);
  });

  test('tells a part that is absent from one that is undefined', () => {
    const kept = keepIdentity<{ a?: undefined }>({}, { a: undefined });

    expect('a' in kept).toBe(true);
  });
});
