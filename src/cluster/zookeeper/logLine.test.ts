import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';
import { logTimestamp, printLogLine } from './logLine.ts';

const at = (us: number) => us as VirtualTimeUs;

describe('a line of the log', () => {
  test('begins with the date and time of the simulation', () => {
    expect(logTimestamp(at(0))).toBe('2025-05-19 09:00:00,000');
    expect(logTimestamp(at(seconds(15 * 3600 - 1) + 999_999))).toBe('2025-05-19 23:59:59,999');
    expect(logTimestamp(at(seconds(86_400 * 300)))).toBe('2026-03-15 09:00:00,000');
  });

  test('ends with the class that logs, an exception under it', () => {
    const line = { level: 'WARN', text: 'Lost.', logger: 'a.B', exception: ['c.D: why', '\tat e'] } as const;

    expect(printLogLine(at(1_000), line)).toBe('[2025-05-19 09:00:00,001] WARN Lost. (a.B)\nc.D: why\n\tat e\n');
  });
});
