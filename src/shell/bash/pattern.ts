/** Shell patterns: `*`, `?`, `[…]`, with `\` before what stands for itself; matched against texts and against the files. */
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import { byName } from '../sorting.ts';

/** The text as a pattern that matches it alone. */
export const literalPattern = (text: string): string => text.replace(/[\\*?[\]]/g, '\\$&');
export const hasWildcard = (pattern: string): boolean => /[*?[]/.test(pattern.replace(/\\./gs, ''));
/** What a pattern without wildcards matches. */
const unescapePattern = (pattern: string): string => pattern.replace(/\\(.)/gs, '$1');

/** A regular expression's source for a pattern; `*` does not stop at `/`. */
export function patternSource(pattern: string): string {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    const bracket = char === '[' ? /^\[[!^]?\]?[^\]]*\]/.exec(pattern.slice(i)) : null;
    if (bracket !== null) {
      const negated = /^\[[!^]/.test(bracket[0]);
      const members = bracket[0].slice(negated ? 2 : 1, -1).replace(/[\\[\]^]/g, '\\$&');
      source += `[${negated ? '^' : ''}${members}]`;
      i += bracket[0].length - 1;
    } else if (char === '*') source += '.*';
    else if (char === '?') source += '.';
    else source += escapeForRegExp(char === '\\' && i + 1 < pattern.length ? pattern.charAt(++i) : char);
  }
  return source;
}

export const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const matchesPattern = (pattern: string, text: string): boolean =>
  new RegExp(`^${patternSource(pattern)}$`, 'su').test(text);

/** Paths that the pattern matches, sorted, written as the pattern is (relative or not); none when nothing matches. */
export function matchingPaths(files: FileSystem, cwd: string, pattern: string): readonly string[] {
  const isAbsolute = pattern.startsWith('/');
  const parts = pattern.split('/').filter((part, index) => part !== '' || index > 0);
  let found: readonly string[] = [isAbsolute ? '/' : ''];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    found = found.flatMap((base) => {
      const join = (name: string): string => (base === '' || base.endsWith('/') ? base : `${base}/`) + name;
      // A pattern that ends with `/` wants directories only.
      if (part === '') return asDirectory(findNode(files, resolvePath(cwd, base))) === undefined ? [] : [`${base}/`];
      if (!hasWildcard(part)) {
        const path = join(unescapePattern(part));
        return findNode(files, resolvePath(cwd, path)) === undefined ? [] : [path];
      }
      const directory = asDirectory(findNode(files, resolvePath(cwd, base === '' ? '.' : base)));
      return [...(directory?.entries.keys() ?? [])]
        .filter((name) => (part.startsWith('.') || !name.startsWith('.')) && matchesPattern(part, name))
        .map(join)
        .filter((path) => isLast || asDirectory(findNode(files, resolvePath(cwd, path))) !== undefined);
    });
  }
  return [...found].sort(byName);
}
