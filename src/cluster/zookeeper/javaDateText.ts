/** `java.util.Date#toString` in UTC: `Mon May 19 09:00:00 UTC 2025`. */
import { dayInMs } from '../../kafka/calendar.ts';
import { epochOfSimulationMs, ms } from '../../kernel/time.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { logTimestamp } from './logLine.ts';

const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `timeMs`: milliseconds since 1970. */
export function javaDateText(timeMs: number): string {
  const [date = '', time = ''] = logTimestamp(ms(timeMs - epochOfSimulationMs) as VirtualTimeUs).split(' ');
  const [year, month, day] = date.split('-');
  const weekday = days[Math.floor(timeMs / dayInMs) % 7];
  return `${weekday} ${months[Number(month) - 1]} ${day} ${time.slice(0, 8)} UTC ${year}`;
}
