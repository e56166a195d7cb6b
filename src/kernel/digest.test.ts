import { describe, expect, test } from 'vitest';
import { digestOfFacts } from './digest.ts';
import type { FactId } from './events.ts';
import type { Fact } from './facts.ts';
import { timeZero } from './time.ts';

const told = (detail: Readonly<Record<string, unknown>>): Fact => ({
  id: 3 as FactId,
  at: timeZero,
  process: null,
  causes: [1 as FactId],
  what: { kind: 'told', name: 'seen', mark: null, detail },
});
const digest = (...details: readonly Readonly<Record<string, unknown>>[]): string => digestOfFacts(details.map(told));

describe('the digest of facts', () => {
  test('does not depend on the order of keys, nor on properties that are undefined', () => {
    expect(digest({ a: 1, b: { c: 'x', d: [2] } })).toBe(digest({ b: { d: [2], c: 'x', e: undefined }, a: 1 }));
  });

  test('tells apart values that look alike', () => {
    const details = [
      {},
      { a: null },
      { a: 0 },
      { a: '0' },
      { a: 0n },
      { a: false },
      { a: [] },
      { a: [0] },
      { a: {} },
      { a: '' },
      { b: 0 },
      { a: 0, b: 0 },
      { a: 0.5 },
      { a: 2 ** 40 },
      { a: 2 ** 40 + 1 },
      { a: -1 },
      { a: 4_294_967_295 },
      { a: new Uint8Array([0]) },
      { a: new Map([[0, 0]]) },
      { a: ['ab', 'c'] },
      { a: ['a', 'bc'] },
    ];

    expect(new Set(details.map((detail) => digest(detail))).size).toBe(details.length);
  });

  test('depends on the order of facts', () => {
    expect(digest({ a: 1 }, { a: 2 })).not.toBe(digest({ a: 2 }, { a: 1 }));
  });

  test('refuses what is no data', () => {
    expect(() => digest({ a: () => 1 })).toThrow('plain data');
  });
});
