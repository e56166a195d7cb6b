import { describe, expect, test } from 'vitest';
import { keyMarkAt, shapePath } from './keyShapes.ts';

describe('the mark of a key', () => {
  test('is one of ten shapes, by order of appearance', () => {
    expect([0, 9].map((index) => keyMarkAt(index, 'Alice'))).toEqual([
      { tone: 1, letter: null },
      { tone: 10, letter: null },
    ]);
  });

  test('is a shape used again with the first letter beside it, from the eleventh key on', () => {
    expect([keyMarkAt(10, 'Zoé'), keyMarkAt(21, '🦊 renard')]).toEqual([
      { tone: 1, letter: 'Z' },
      { tone: 2, letter: '🦊' },
    ]);
  });

  test('has an outline of its own for each tone, the dash of no key included', () => {
    expect(new Set(Array.from({ length: 11 }, (_, tone) => shapePath(tone))).size).toBe(11);
  });
});
