import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, dayOfDate, isDate } from './calendar.ts';

test('1970 begins at day 0, and leap years have a 29th of February', () => {
  expect(dateOfDay(0)).toEqual({ year: 1970, month: 1, day: 1 });
  expect(dateOfDay(-1)).toEqual({ year: 1969, month: 12, day: 31 });
  expect(dateOfDay(11_016)).toEqual({ year: 2000, month: 2, day: 29 });
  expect(isDate({ year: 1900, month: 2, day: 29 })).toBe(false);
  expect(isDate({ year: 2000, month: 2, day: 29 })).toBe(true);
  expect(isDate({ year: 2025, month: 13, day: 1 })).toBe(false);
  expect(isDate({ year: 2025, month: 0, day: 1 })).toBe(false);
  expect(isDate({ year: 2025, month: 4, day: 31 })).toBe(false);
});

test('a day and its date say the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (day) => {
      const date = dateOfDay(day);
      expect(dayOfDate(date)).toBe(day);
      expect(isDate(date)).toBe(true);
    }),
  );
});
