import { expect, test } from 'vitest';
import { patternSyntaxError } from './patternSyntaxError.ts';

test.each([
  ['*', "Dangling meta character '*' near index 0\n*\n^"],
  ['sales|+', "Dangling meta character '+' near index 6\nsales|+\n      ^"],
  ['a**', "Dangling meta character '*' near index 2\na**\n  ^"],
  ['(', 'Unclosed group near index 1\n('],
  ['a(b|c', 'Unclosed group near index 5\na(b|c'],
  ['a)', "Unmatched closing ')' near index 0\na)\n^"],
  [')', "Unmatched closing ')'\n)"],
  ['t[ab', 'Unclosed character class near index 3\nt[ab\n   ^'],
  ['[z-a]', 'Illegal character range near index 3\n[z-a]\n   ^'],
])('what Java says of %s', (pattern, message) => {
  expect(patternSyntaxError(pattern)).toBe(message);
});
