/**
 * A line as WordCountDemo cuts it into words.
 *
 * Follows `String.toLowerCase` and `String.split("\\W+")` of Java: `\W` is ASCII, so that an accented letter separates; trailing empty
 * words are dropped, a leading one is kept, and an empty line is one empty word.
 */
export function splitWords(line: string): string[] {
  const words = line.toLowerCase().split(/[^A-Za-z0-9_]+/);
  if (words.length === 1) return words;
  while (words.length > 0 && words[words.length - 1] === '') words.pop();
  return words;
}
