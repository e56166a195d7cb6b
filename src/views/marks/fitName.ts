/** Names that tell things apart are never cut: they go on to a second line, and of one that is too long even for that the middle is left out. */
import type { LabelFont } from './textWidth.ts';
import { textWidth } from './textWidth.ts';

/** One or two lines, none wider than so many units. Names break after `-`, `.` or `_` if they can. */
export function fitName(name: string, font: LabelFont, widthUnits: number): readonly string[] {
  const fits = (text: string): boolean => textWidth(text, font) <= widthUnits;
  if (fits(name)) return [name];
  const breaks = [...name.matchAll(/[-._ ]/g)].map(({ index }) => index + 1);
  const at = breaks.findLast((index) => index < name.length && fits(name.slice(0, index).trimEnd()));
  if (at !== undefined && fits(name.slice(at))) return [name.slice(0, at).trimEnd(), name.slice(at)];
  let first = name.length - 1;
  while (first > 1 && !fits(name.slice(0, first))) first--;
  const rest = name.slice(first);
  if (fits(rest)) return [name.slice(0, first), rest];
  // Beginning and end are what tells names apart.
  let kept = rest.length - 1;
  while (kept > 1 && !fits(`…${rest.slice(-kept)}`)) kept--;
  return [name.slice(0, first), `…${rest.slice(-kept)}`];
}
