/** The calendar of the simulated machine, in UTC: dates from virtual time, by arithmetic alone. */
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { epochOfSimulationMs } from '../../kernel/time.ts';

interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
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
  const { year, month, day } = civilFrom(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(inDay / 3600),
    minute: Math.floor(inDay / 60) % 60,
    second: inDay % 60,
    microsecond: epochUs - epochSeconds * 1_000_000,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - daysFrom(year, 1, 1) + 1,
    epochSeconds,
  };
}

/** Howard Hinnant's algorithm for the proleptic Gregorian calendar: years begin in March, so that leap days come last. */
function civilFrom(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function daysFrom(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
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
