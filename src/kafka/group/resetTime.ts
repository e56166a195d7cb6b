/**
 * The dates and durations that resets understand.
 *
 * Follows `org.apache.kafka.common.utils.Utils#getDateTime` (patterns `yyyy-MM-dd'T'HH:mm:ss.SSSXXX` and `…X`, UTC when there is no zone)
 * and `java.time.Duration#parse`.
 */
import { dayInMs, dayOfDate, isDate } from '../calendar.ts';
import type { TimestampMs } from '../ids.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

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
  const date = { year, month, day };
  const isValid = isDate(date) && hour < 24 && minute < 60 && second < 60;
  if (!isValid) return invalid(`Unparseable date: "${withZone}"`);
  const sign = match[8] === '-' ? -1 : 1;
  const zoneMs = sign * (Number(match[9] ?? 0) * HOUR_MS + Number(match[10] ?? 0) * MINUTE_MS);
  const localMs = dayOfDate(date) * dayInMs + hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + millis;
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
    Number(days) * dayInMs +
    Number(hours) * HOUR_MS +
    Number(minutes) * MINUTE_MS +
    Number(seconds) * 1000 +
    fractionMs;
  return sign === '-' ? -ms : ms;
}
