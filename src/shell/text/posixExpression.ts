/** POSIX regular expressions, basic and extended, as JavaScript's. */
import { escapeForRegExp } from '../bash/pattern.ts';

type Syntax = 'basic' | 'extended' | 'fixed';

export interface Matching {
  readonly syntax: Syntax;
  readonly ignoresCase?: boolean;
  readonly wholeWords?: boolean;
  readonly wholeLines?: boolean;
}

/** One expression (global) that any of the patterns matches; or what is wrong with them, in grep's words. */
export function regExpOf(
  patterns: readonly string[],
  { syntax, ignoresCase = false, wholeWords = false, wholeLines = false }: Matching,
): RegExp | string {
  const sources = patterns.map((pattern) =>
    syntax === 'fixed' ? escapeForRegExp(pattern) : sourceOf(pattern, syntax),
  );
  const joined = sources.map((source) => `(?:${source})`).join('|');
  const words = wholeWords ? String.raw`(?<!\w)(?:${joined})(?!\w)` : joined;
  const source = wholeLines ? `^(?:${words})$` : words;
  try {
    return new RegExp(source, `g${ignoresCase ? 'i' : ''}`);
  } catch {
    return messageFor(patterns.join('\n'));
  }
}

function messageFor(pattern: string): string {
  if ((pattern.match(/\[/g)?.length ?? 0) > (pattern.match(/\]/g)?.length ?? 0))
    return 'Unmatched [, [^, [:, [., or [=';
  if ((pattern.match(/\(/g)?.length ?? 0) > (pattern.match(/\)/g)?.length ?? 0)) return String.raw`Unmatched ( or \(`;
  return (pattern.match(/\)/g)?.length ?? 0) > 0 ? String.raw`Unmatched ) or \)` : 'Invalid regular expression';
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: String.raw`\s`,
  blank: String.raw` \t`,
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/** In a basic expression `\(`, `\{`, `\|`, `\+`, `\?` mean something and `(`, `{`, `|`, `+`, `?` stand for themselves. */
export function sourceOf(pattern: string, syntax: 'basic' | 'extended'): string {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '[') {
      const end = endOfBracket(pattern, i);
      if (end < 0) return `${source}[`;
      source += bracket(pattern.slice(i + 1, end));
      i = end;
    } else if (char === '\\') {
      const next = pattern.charAt(++i);
      if (next === '<' || next === '>') source += String.raw`\b`;
      else if (syntax === 'basic' && '(){}|+?'.includes(next) && next !== '') source += next;
      else if (/[wWsSbB\d]/.test(next)) source += `\\${next}`;
      else source += next === '' ? '\\\\' : escapeForRegExp(next);
    } else if (syntax === 'basic' && '(){}|+?'.includes(char)) source += `\\${char}`;
    else if (char === '*' && (source === '' || source.endsWith('(') || source === '^')) source += String.raw`\*`;
    else if (char === '/') source += '/';
    else source += char;
  }
  return source;
}

/** A `]` right after the opening is a member. */
function endOfBracket(pattern: string, start: number): number {
  let i = start + 1;
  if (pattern.charAt(i) === '^') i++;
  if (pattern.charAt(i) === ']') i++;
  for (; i < pattern.length; i++) {
    if (pattern.startsWith('[:', i)) i = pattern.indexOf(':]', i) + 1;
    else if (pattern.charAt(i) === ']') return i;
    if (i <= 0) return -1;
  }
  return -1;
}

function bracket(inside: string): string {
  const isNegated = inside.startsWith('^');
  const members = (isNegated ? inside.slice(1) : inside).replace(
    /\[:(\w+):\]|[\\\]]|\[(?!:)/g,
    (whole, name: string | undefined) => (name === undefined ? `\\${whole}` : (classes[name] ?? '')),
  );
  return `[${isNegated ? '^' : ''}${members}]`;
}
