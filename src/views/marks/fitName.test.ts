import { describe, expect, test } from 'vitest';
import { fitName } from './fitName.ts';

/** Without a canvas every letter is 0.55 of its size wide. */
const font = { pixels: 10, weight: 700 };
const lettersOf = (count: number): number => count * 5.5 + 0.1;

describe('a name', () => {
  test('stays in one line where it fits', () => {
    expect(fitName('audit', font, lettersOf(5))).toEqual(['audit']);
  });

  test('goes on to a second line, after a hyphen if it can', () => {
    expect(fitName('console-consumer-54321', font, lettersOf(17))).toEqual(['console-consumer-', '54321']);
    expect(fitName('comptabilite', font, lettersOf(8))).toEqual(['comptabi', 'lite']);
  });

  test('keeps its beginning and its end when even two lines are too short', () => {
    expect(fitName('un-groupe-de-consommateurs-2025', font, lettersOf(10))).toEqual(['un-groupe-', '…eurs-2025']);
  });
});
