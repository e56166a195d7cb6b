/** Numbers and lists as each language writes them. The font has no narrow space, so French groups digits by a no-break space. */
import type { Language } from '../../course/courseLesson.ts';

/** 5 000, 5,000. */
export function countText(value: number, language: Language): string {
  const separator = language === 'fr' ? '\u00a0' : ',';
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator);
}

/** « 0, 1 et 2 » */
export function listText(items: readonly (string | number)[], language: Language): string {
  const last = items.at(-1);
  if (last === undefined) return '';
  const before = items.slice(0, -1);
  return before.length === 0 ? `${last}` : `${before.join(', ')} ${language === 'fr' ? 'et' : 'and'} ${last}`;
}

/** Of a whole number of milliseconds: « 18 s », « 500 ms », « 24 h », « 7 j ». */
export function durationText(ms: number, language: Language): string {
  const units = [
    { ms: 86_400_000, name: language === 'fr' ? 'j' : 'd' },
    { ms: 3_600_000, name: 'h' },
    { ms: 60_000, name: 'min' },
    { ms: 1000, name: 's' },
  ];
  const unit = units.find((one) => ms >= one.ms && ms % one.ms === 0);
  return unit === undefined
    ? `${countText(ms, language)}\u00a0ms`
    : `${countText(ms / unit.ms, language)}\u00a0${unit.name}`;
}
