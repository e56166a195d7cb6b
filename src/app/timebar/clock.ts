/** Simulated time as it is written: `mm:ss,mmm` since the learner came, hours and days when there are any. */
import type { Language } from '../../course/courseLesson.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { timestampMsAt } from '../../kernel/time.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Of a duration in microseconds; whole milliseconds, rounded down. Before the start it has a minus. */
export function clockText(durationUs: number, language: Language): string {
  const ms = Math.floor(Math.abs(durationUs) / 1000);
  const days = Math.floor(ms / 86_400_000);
  const hours = Math.floor(ms / 3_600_000) % 24;
  const sign = durationUs < 0 && ms > 0 ? '−' : '';
  const day = days === 0 ? '' : `${days}\u00a0${language === 'fr' ? 'j' : 'd'}\u00a0`;
  const hour = hours === 0 && days === 0 ? '' : `${two(hours)}:`;
  const decimalMark = language === 'fr' ? ',' : '.';
  const seconds = `${two(Math.floor(ms / 1000) % 60)}${decimalMark}${String(ms % 1000).padStart(3, '0')}`;
  return `${sign}${day}${hour}${two(Math.floor(ms / 60_000) % 60)}:${seconds}`;
}

/** The simulated machine's own clock at an instant, as log4j writes it: `09:00:06,560`. */
export function machineTimeText(at: VirtualTimeUs): string {
  const ms = timestampMsAt(at);
  const part = (unitMs: number, count: number): string => two(Math.floor(ms / unitMs) % count);
  return `${part(3_600_000, 24)}:${part(60_000, 60)}:${part(1000, 60)},${String(ms % 1000).padStart(3, '0')}`;
}

/** The label of a tick of the scrubber: « 45 s », « 2 min 30 », « 1 h 05 », « 3 j »; fractions below a second. */
export function tickText(durationUs: number, language: Language): string {
  const sign = durationUs < 0 ? '−' : '';
  const us = Math.abs(durationUs);
  if (us % 1_000_000 !== 0) return `${sign}${decimal(us / 1_000_000, language)}\u00a0s`;
  const seconds = us / 1_000_000;
  if (seconds < 60) return `${sign}${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${sign}${minutes}\u00a0min${seconds % 60 === 0 ? '' : `\u00a0${two(seconds % 60)}`}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${sign}${hours}\u00a0h${minutes % 60 === 0 ? '' : `\u00a0${two(minutes % 60)}`}`;
  const days = Math.floor(hours / 24);
  return `${sign}${days}\u00a0${language === 'fr' ? 'j' : 'd'}${hours % 24 === 0 ? '' : `\u00a0${hours % 24}\u00a0h`}`;
}

function decimal(seconds: number, language: Language): string {
  const text = String(Number(seconds.toFixed(6)));
  return language === 'fr' ? text.replace('.', ',') : text;
}

/** A duration in words, for those who listen: « 1 minute 12 secondes », with milliseconds when asked for. */
export function spokenTime(durationUs: number, language: Language, { withMs }: { readonly withMs: boolean }): string {
  const ms = Math.floor(Math.abs(durationUs) / 1000);
  const names =
    language === 'fr'
      ? ['jour', 'heure', 'minute', 'seconde', 'milliseconde']
      : ['day', 'hour', 'minute', 'second', 'millisecond'];
  const values = [
    Math.floor(ms / 86_400_000),
    Math.floor(ms / 3_600_000) % 24,
    Math.floor(ms / 60_000) % 60,
    Math.floor(ms / 1000) % 60,
    withMs ? ms % 1000 : 0,
  ];
  const said = values.flatMap((value, index) =>
    value === 0 ? [] : [`${value} ${names[index]!}${value === 1 ? '' : 's'}`],
  );
  const zero = language === 'fr' ? '0 seconde' : '0 seconds';
  const minus = durationUs < 0 && ms > 0 ? (language === 'fr' ? 'moins ' : 'minus ') : '';
  return minus + (said.length === 0 ? zero : said.join(' '));
}
