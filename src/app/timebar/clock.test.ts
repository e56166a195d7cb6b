import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { clockText, machineTimeText, spokenTime, tickText } from './clock.ts';
import { nearestStop, speedStops, speedText, stopBeside } from './speeds.ts';

const s = 1_000_000;

describe('the clock', () => {
  test('shows minutes, seconds and milliseconds, hours and days when there are any', () => {
    expect([42.18 * s, 3661.5 * s, 90_061 * s, -1.5 * s].map((us) => clockText(us, 'fr'))).toEqual([
      '00:42,180',
      '01:01:01,500',
      '1\u00a0j\u00a001:01:01,000',
      '−00:01,500',
    ]);
    expect(clockText(42.18 * s, 'en')).toBe('00:42.180');
  });

  test('is said in words', () => {
    expect(spokenTime(72.18 * s, 'fr', { withMs: false })).toBe('1 minute 12 secondes');
    expect(spokenTime(72.18 * s, 'en', { withMs: true })).toBe('1 minute 12 seconds 180 milliseconds');
    expect(spokenTime(0, 'fr', { withMs: true })).toBe('0 seconde');
  });

  test('has short words under the scrubber', () => {
    expect([0, 45 * s, 150 * s, 3900 * s, 12.5 * s, 259_200 * s].map((us) => tickText(us, 'fr'))).toEqual([
      '0\u00a0s',
      '45\u00a0s',
      '2\u00a0min\u00a030',
      '1\u00a0h\u00a005',
      '12,5\u00a0s',
      '3\u00a0j',
    ]);
  });
});

describe('speeds', () => {
  test('go from a thousandth to a thousand times, each about twice the one before', () => {
    expect([speedStops.length, speedStops[0], speedStops[9], speedStops.at(-1)]).toEqual([19, 0.001, 1, 1000]);
  });

  test('are written as what is nearest', () => {
    expect([1 / 100, 1 / 87, 1, 19, 1e-9].map((speed) => speedText(speed, 'fr'))).toEqual([
      '1/100\u00a0×',
      '1/100\u00a0×',
      '1\u00a0×',
      '20\u00a0×',
      '1/1\u00a0000\u00a0×',
    ]);
  });

  test('step from one to the next, and stay at the ends', () => {
    expect([stopBeside(1, 1), stopBeside(1, -1), stopBeside(1000, 1), nearestStop(0.001)]).toEqual([2, 0.5, 1000, 0]);
  });
});

test('the machine’s clock is that of its logs', () => {
  expect(machineTimeText(0 as VirtualTimeUs)).toBe('09:00:00,000');
  expect(machineTimeText(6_560_999 as VirtualTimeUs)).toBe('09:00:06,560');
  expect(machineTimeText((15 * 3_600_000_000 + 1000) as VirtualTimeUs)).toBe('00:00:00,001');
});
