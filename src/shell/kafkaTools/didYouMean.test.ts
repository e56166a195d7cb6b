import { describe, expect, test } from 'vitest';
import { didYouMean } from './didYouMean.ts';

const suggest = (typed: string, ...known: readonly string[]): string =>
  didYouMean(
    typed,
    known.map((body) => ({ body, shown: `--${body}` })),
  );

describe('what is suggested for an unknown name', () => {
  test('are the names nearest to it, as they are typed', () => {
    expect(suggest('rien', 'help', 'throughput', 'topic')).toBe('\nDid you mean:\n\t--help\n');
    expect(suggest('topci', 'topic', 'topics')).toBe('\nDid you mean:\n\t--topic\n');
  });

  test('is nothing when none is near', () => {
    expect(suggest('x', 'bootstrap-server')).toBe('');
  });
});
