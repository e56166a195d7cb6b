/**
 * What Java says of a regular expression that it cannot compile: `java.util.regex.PatternSyntaxException.getMessage` (17). What people
 * mistype is told apart: a quantifier with nothing to repeat, a group or a class that does not end, a range the wrong way round.
 */

interface Mistake {
  readonly what: string;
  /** Where the parser stands; negative: before the first character. */
  readonly index: number;
}

/** The message for an expression that is known to be invalid. */
export function patternSyntaxError(pattern: string): string {
  const { what, index } = mistakeIn(pattern);
  const place = index < 0 ? '' : ` near index ${index}`;
  const mark = index < 0 || index >= pattern.length ? '' : `\n${pattern.slice(0, index).replaceAll(/[^\t]/g, ' ')}^`;
  return `${what}${place}\n${pattern}${mark}`;
}

function mistakeIn(pattern: string): Mistake {
  let depth = 0;
  let isRepeatable = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '*' || char === '+' || char === '?') {
      if (!isRepeatable) return { what: `Dangling meta character '${char}'`, index: at };
      isRepeatable = false;
      // Lazy or possessive.
      if (pattern[at + 1] === '?' || pattern[at + 1] === '+') at++;
      continue;
    }
    if (char === ')' && depth === 0) return { what: "Unmatched closing ')'", index: at - 1 };
    if (char === '[') {
      const end = endOfClass(pattern, at);
      if (typeof end !== 'number') return end;
      at = end;
    } else if (char === '\\') at++;
    else if (char === '(') {
      depth++;
      if (pattern[at + 1] === '?') at += 2;
    } else if (char === ')') depth--;
    isRepeatable = char !== '(' && char !== '|';
  }
  if (depth > 0) return { what: 'Unclosed group', index: pattern.length };
  return { what: 'Unexpected internal error', index: pattern.length };
}

/** Where the class that begins there ends. */
function endOfClass(pattern: string, start: number): number | Mistake {
  let at = pattern[start + 1] === '^' ? start + 2 : start + 1;
  for (const first = at; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === ']' && at > first) return at;
    if (char === '\\') at++;
    else if (pattern[at + 1] === '-' && (pattern[at + 2] ?? ']') !== ']') {
      if (pattern[at + 2]! < char) return { what: 'Illegal character range', index: at + 2 };
      at += 2;
    }
  }
  return { what: 'Unclosed character class', index: pattern.length - 1 };
}
