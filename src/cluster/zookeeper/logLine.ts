/** Lines of a log as log4j's `[%d] %p %m (%c)%n` prints them, with the shipped `log4j.properties`: an exception takes lines of its own. */
import { dateOfDay, dayInMs } from '../../kafka/calendar.ts';
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
  const { year, month, day } = dateOfDay(Math.floor(ms / dayInMs));
  const two = (n: number): string => String(n).padStart(2, '0');
  const inDay = ms % dayInMs;
  const [hour, minute, second] = [inDay / 3_600_000, (inDay / 60_000) % 60, (inDay / 1000) % 60].map(Math.floor);
  const time = [hour, minute, second].map((part) => two(part ?? 0)).join(':');
  return `${year}-${two(month)}-${two(day)} ${time},${String(inDay % 1000).padStart(3, '0')}`;
}
