import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDateTime, parseDuration } from './resetTime.ts';

describe('a date for a reset', () => {
  test('is UTC when it has no zone', () => {
    expect(parseDateTime('2025-05-19T09:00:00.000')).toEqual({ outcome: 'valid', timestamp: 1_747_645_200_000 });
  });

  test('may have a zone', () => {
    expect(parseDateTime('2025-05-19T09:00:00.000+02:00')).toEqual({ outcome: 'valid', timestamp: 1_747_638_000_000 });
  });

  test('is any instant that JavaScript can write', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          expect(parseDateTime(date.toISOString())).toEqual({ outcome: 'valid', timestamp: date.getTime() });
        },
      ),
    );
  });

  test.each([
    ['2025-05-19', "Error parsing timestamp. It does not contain a 'T' according to ISO8601 format"],
    ['2025-05-19T09:00:00', 'Unparseable date: "2025-05-19T09:00:00Z"'],
    ['2025-02-30T09:00:00.000', 'Unparseable date: "2025-02-30T09:00:00.000Z"'],
  ])('%s is refused in Java’s words', (text, message) => {
    expect(parseDateTime(text)).toEqual({ outcome: 'invalid', exception: 'java.text.ParseException', message });
  });
});

describe('a duration for a reset', () => {
  test.each([
    ['PT1H30S', 3_630_000],
    ['P1D', 86_400_000],
    ['P1DT2H', 93_600_000],
    ['PT0.5S', 500],
    ['-PT5M', -300_000],
    ['PT', null],
    ['5M', null],
    ['P1M', null],
  ])('%s is %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});
