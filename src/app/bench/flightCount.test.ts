import { describe, expect, it } from 'vitest';
import { flightCountOf } from './flightCount.ts';

describe('flightCountOf', () => {
  it('is what the address says', () => {
    expect(flightCountOf('2000')).toBe(2000);
    expect(flightCountOf('0')).toBe(0);
  });

  it('is the usual number where the address says none', () => {
    for (const text of [undefined, '', 'abc', '-3', '1e9', '12.5', 'NaN']) expect(flightCountOf(text)).toBe(1400);
  });
});
