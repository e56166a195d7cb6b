import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDateTime, parseDuration } from './javaTime.ts';

describe('a point in time of the command line', () => {
  test('is in UTC unless it says otherwise', () => {
    expect(parseDateTime('2025-05-19T09:00:00.000')).toBe(1_747_645_200_000);
    expect(parseDateTime('2025-05-19T11:00:00.000+02:00')).toBe(1_747_645_200_000);
    expect(parseDateTime('hier')).toBeUndefined();
  });

  test('is that of the calendar', () => {
    const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2400-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseDateTime(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});

describe('a duration of the command line', () => {
  test.each([
    ['PT1H', 3_600_000],
    ['P1DT2H3M4.5S', 93_784_500],
    ['-PT1M', -60_000],
    ['P', undefined],
    ['1h', undefined],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
});
