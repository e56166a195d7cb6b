import { describe, expect, test } from 'vitest';
import { base64 } from '../../kafka/base64.ts';
import { utf8 } from '../../kafka/bytes.ts';
import { sha1 } from './sha1.ts';

describe('SHA-1', () => {
  test.each([
    ['', '2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
    ['abc', 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0='],
    ['alice:secret', 'aYXlLOpEooaV1cRAvUL1fp9Qt7E='],
    ['é:ü', 'Ztqg8TrMmzkSFpOaDBO87lu10+c='],
    ['x'.repeat(119), 'QwAyA5T37iObzc59O4vO4XOgzVw='],
  ])('of %j is what every other program makes of it', (text, digest) => {
    expect(base64(sha1(utf8(text)))).toBe(digest);
  });
});
