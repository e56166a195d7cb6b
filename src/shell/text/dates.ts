/** The calendar of the simulated machine, in UTC: dates from virtual time, by arithmetic alone. */
import type { CalendarDate } from '../../kafka/calendar.ts';
import { dateOfDay, dayOfDate } from '../../kafka/calendar.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { epochOfSimulationMs } from '../../kernel/time.ts';

interface CalendarTime extends CalendarDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 is the first of January. */
  readonly dayOfYear: number;
  /** Since 1970. */
  readonly epochSeconds: number;
}

const dayInSeconds = 86_400;

function calendarAt(at: VirtualTimeUs): CalendarTime {
  const epochUs = epochOfSimulationMs * 1000 + at;
  const epochSeconds = Math.floor(epochUs / 1_000_000);
  const days = Math.floor(epochSeconds / dayInSeconds);
  const inDay = epochSeconds - days * dayInSeconds;
  const { year, month, day } = dateOfDay(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(inDay / 3600),
    minute: Math.floor(inDay / 60) % 60,
    second: inDay % 60,
    microsecond: epochUs - epochSeconds * 1_000_000,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - dayOfDate({ year, month: 1, day: 1 }) + 1,
    epochSeconds,
  };
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = 'January February March April May June July August September October November December'.split(' ');
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `strftime`, in English and UTC; a conversion it does not know stays as it is. */
export function formatTime(format: string, at: VirtualTimeUs): string {
  const time = calendarAt(at);
  const convert = (letter: string): string | undefined => {
    switch (letter) {
      case 'a':
        return weekdays[time.weekday]!.slice(0, 3);
      case 'A':
        return weekdays[time.weekday]!;
      case 'b':
      case 'h':
        return months[time.month - 1]!.slice(0, 3);
      case 'B':
        return months[time.month - 1]!;
      case 'c':
        return formatTime('%a %b %e %H:%M:%S %Y', at);
      case 'd':
        return pad(time.day);
      case 'D':
        return formatTime('%m/%d/%y', at);
      case 'e':
        return String(time.day).padStart(2);
      case 'F':
        return formatTime('%Y-%m-%d', at);
      case 'H':
        return pad(time.hour);
      case 'I':
        return pad(time.hour % 12 === 0 ? 12 : time.hour % 12);
      case 'j':
        return pad(time.dayOfYear, 3);
      case 'm':
        return pad(time.month);
      case 'M':
        return pad(time.minute);
      case 'n':
        return '\n';
      case 'N':
        return pad(time.microsecond * 1000, 9);
      case 'p':
        return time.hour < 12 ? 'AM' : 'PM';
      case 'R':
        return formatTime('%H:%M', at);
      case 's':
        return String(time.epochSeconds);
      case 'S':
        return pad(time.second);
      case 't':
        return '\t';
      case 'T':
        return formatTime('%H:%M:%S', at);
      case 'u':
        return String(time.weekday === 0 ? 7 : time.weekday);
      case 'w':
        return String(time.weekday);
      case 'y':
        return pad(time.year % 100);
      case 'Y':
        return String(time.year);
      case 'z':
        return '+0000';
      case 'Z':
        return 'UTC';
      case '%':
        return '%';
      default:
        return undefined;
    }
  };
  return format
    .replace(/%([1-9])N/g, (_whole, digits: string) => pad(time.microsecond * 1000, 9).slice(0, Number(digits)))
    .replace(/%-?([a-zA-Z%])/g, (whole, letter: string) => {
      const converted = convert(letter);
      if (converted === undefined) return whole;
      return whole.startsWith('%-') ? converted.replace(/^[0 ]+(?=.)/, '') : converted;
    });
}

const halfYearUs = 15_778_476 * 1_000_000;

/** As `ls -l` shows it: the hour of what is less than six months old, the year of the rest. */
export const shortTime = (at: VirtualTimeUs, now: VirtualTimeUs): string =>
  formatTime(now - at < halfYearUs && at <= now ? '%b %e %H:%M' : '%b %e  %Y', at);
