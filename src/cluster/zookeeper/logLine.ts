/** Lines of a log as log4j's `[%d] %p %m (%c)%n` prints them, with the shipped `log4j.properties`: an exception takes lines of its own. */
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { timestampMsAt } from '../../kernel/time.ts';

export interface LogLine {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly text: string;
  /** Class that logs, in full. */
  readonly logger: string;
  /** First line of an exception and its frames, as Java prints them. */
  readonly exception?: readonly string[];
}

/** The lines of text, ends of line included. */
export function printLogLine(now: VirtualTimeUs, { level, text, logger, exception = [] }: LogLine): string {
  return [`[${logTimestamp(now)}] ${level} ${text} (${logger})`, ...exception, ''].join('\n');
}

/** Date and time in UTC to the millisecond, `2025-05-19 09:00:00,000`. */
export function logTimestamp(now: VirtualTimeUs): string {
  const ms = timestampMsAt(now);
  const { year, month, day } = dateOf(Math.floor(ms / 86_400_000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const inDay = ms % 86_400_000;
  const [hour, minute, second] = [inDay / 3_600_000, (inDay / 60_000) % 60, (inDay / 1000) % 60].map(Math.floor);
  const time = [hour, minute, second].map((part) => two(part ?? 0)).join(':');
  return `${year}-${two(month)}-${two(day)} ${time},${String(inDay % 1000).padStart(3, '0')}`;
}

/** Day of the Gregorian calendar from days since 1970 (Howard Hinnant's `civil_from_days`). */
function dateOf(daysSince1970: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = daysSince1970 + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}
