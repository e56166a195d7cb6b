/**
 * Where Java allows a line to be broken: joptsimple wraps its usage texts there, so that a tool's help breaks after `--`, `.` or `,`.
 *
 * Follows the line rules of `java.text.BreakIterator` (JDK 17, `sun.text.resources.BreakIteratorRules`), without its ideographs.
 */

const isBreak = (char: string): boolean => '\t\n\f\u2028\u2029'.includes(char) && char !== '';
const isGlue = (char: string): boolean => /[\u00a0\u2007\u2011\u202f\ufeff]/.test(char);
const isSpace = (char: string): boolean => /\p{Zs}/u.test(char) && !isGlue(char);
const isDash = (char: string): boolean => /[\p{Pd}\u00ad]/u.test(char) && !isGlue(char);
/** Sticks to the word that follows. */
const startsWord = (char: string): boolean => /[\p{Sc}\p{Ps}\p{Pi}"']/u.test(char) && char !== '¢';
/** Sticks to the word before. */
const endsWord = (char: string): boolean => /[\p{Pe}\p{Pf}"!%.,:;?¢°‰′″‴℃]/u.test(char);
const isDigit = (char: string): boolean => /[\p{Nd}\p{No}]/u.test(char);
const isPlain = (char: string): boolean =>
  ![isBreak, isGlue, isSpace, isDash, startsWord, endsWord].some((is) => is(char)) && char !== '\r';

/** The position after the run of such characters that begins at `from`. */
function skip(text: string, from: number, is: (char: string) => boolean): number {
  let at = from;
  while (at < text.length && is(text[at]!)) at++;
  return at;
}

/** A number with what may precede it and dots or commas inside; `from` when there is none. */
function afterNumber(text: string, from: number): number {
  const digits = skip(text, from, (char) => startsWord(char) || isDash(char));
  let end = skip(text, digits, isDigit);
  if (end === digits) return from;
  while (/[.,]/.test(text[end] ?? '')) {
    const next = skip(text, end + 1, isDigit);
    if (next === end + 1) break;
    end = next;
  }
  return end;
}

/** Every place where a word that begins at `from` may end. */
function wordEnds(text: string, from: number): readonly number[] {
  const core = skip(text, from, startsWord);
  return [skip(text, core, isPlain), afterNumber(text, core), afterNumber(text, from)].flatMap((end) => [
    skip(text, end, isDash),
    skip(text, end, endsWord),
  ]);
}

/** Words joined by `$`, an apostrophe or a space that must not break are one. */
function joinedEnds(text: string, from: number): ReadonlySet<number> {
  const ends = new Set<number>();
  const pending = [...wordEnds(text, from)];
  for (let end = pending.pop(); end !== undefined; end = pending.pop()) {
    if (ends.has(end)) continue;
    ends.add(end);
    if (text[end] === '$' || text[end] === "'") pending.push(...wordEnds(text, end + 1));
    const glue = skip(text, end, isSpace);
    const afterGlue = skip(text, glue, isGlue);
    if (afterGlue > glue) pending.push(...wordEnds(text, afterGlue));
  }
  return ends;
}

function afterTrailing(text: string, end: number): number {
  let at = skip(text, end, isSpace);
  if (text.startsWith('()', at)) at = skip(text, at + 2, endsWord);
  if (text[at] === '\r') at++;
  return isBreak(text[at] ?? '') ? at + 1 : at;
}

/** The text cut wherever a line may end; the pieces joined are the text. */
export function lineBreakPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    // Rules of a BreakIterator compete: the longest match wins.
    const longest = [...joinedEnds(text, from)].reduce((most, end) => {
      const after = afterTrailing(text, end);
      return after > most ? after : most;
    }, from + 1);
    pieces.push(text.slice(from, longest));
    from = longest;
  }
  return pieces;
}
