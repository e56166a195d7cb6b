/**
 * The dates and durations that resets understand.
 *
 * Follows `org.apache.kafka.common.utils.Utils#getDateTime` (patterns `yyyy-MM-dd'T'HH:mm:ss.SSSXXX` and `…X`, UTC when there is no zone)
 * and `java.time.Duration#parse`.
 */
import type { TimestampMs } from '../ids.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Java's exceptions, with their messages. */
export type ParsedTime =
  | { readonly outcome: 'valid'; readonly timestamp: TimestampMs }
  | { readonly outcome: 'invalid'; readonly exception: 'java.text.ParseException'; readonly message: string };

export function parseDateTime(text: string): ParsedTime {
  const [, time] = text.split('T');
  if (time === undefined) {
    return invalid("Error parsing timestamp. It does not contain a 'T' according to ISO8601 format");
  }
  const withZone = /[+\-Z]/.test(time) ? text : `${text}Z`;
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)(?:Z|([+-])(\d\d)(?::(\d\d))?)/.exec(withZone);
  if (match === null) return invalid(`Unparseable date: "${withZone}"`);
  const [year, month, day, hour, minute, second, millis] = match.slice(1, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isValid =
    month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!isValid) return invalid(`Unparseable date: "${withZone}"`);
  const sign = match[8] === '-' ? -1 : 1;
  const zoneMs = sign * (Number(match[9] ?? 0) * HOUR_MS + Number(match[10] ?? 0) * MINUTE_MS);
  const localMs =
    daysSinceEpoch(year, month, day) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + millis;
  return { outcome: 'valid', timestamp: (localMs - zoneMs) as TimestampMs };
}

function invalid(message: string): ParsedTime {
  return { outcome: 'invalid', exception: 'java.text.ParseException', message };
}

/** Milliseconds; null for what Java refuses with "Text cannot be parsed to a Duration". */
export function parseDuration(text: string): number | null {
  const match =
    /^([+-]?)P(?:([+-]?\d+)D)?(T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+)(?:[.,](\d{0,9}))?S)?)?$/i.exec(text);
  if (match === null || /[PT]$/i.test(text)) return null;
  const [, sign, days = '0', , hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const fractionMs = Math.floor(Number(`0.${fraction}0`) * 1000) * (seconds.startsWith('-') ? -1 : 1);
  const ms =
    Number(days) * DAY_MS + Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * 1000 + fractionMs;
  return sign === '-' ? -ms : ms;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day comes last.
  const shifted = month <= 2 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + dayOfYear - 719_468;
}
