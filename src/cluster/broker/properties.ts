/**
 * Java's properties files: `key=value` lines, `#` comments, continuation by `\`.
 *
 * Follows `java.util.Properties#load`.
 */

/** By key, in the order of the file; a later line wins, in the place of the first. */
export function parseProperties(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const line of logicalLines(text)) {
    const [key, value] = splitLine(line);
    properties[unescape(key)] = unescape(value);
  }
  return properties;
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | null = null;
  for (const natural of text.split(/\r\n|\n|\r/)) {
    const line = natural.replace(/^[ \t\f]+/, '');
    if (open === null && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const whole: string = (open ?? '') + line;
    const slashes = /\\*$/.exec(whole)?.[0].length ?? 0;
    if (slashes % 2 === 1) open = whole.slice(0, -1);
    else {
      lines.push(whole);
      open = null;
    }
  }
  if (open !== null) lines.push(open);
  return lines;
}

/** At the first `=`, `:` or white space that is not escaped. */
function splitLine(line: string): readonly [string, string] {
  const end = /^(?:\\.|[^=: \t\f\\])*/.exec(line)?.[0].length ?? line.length;
  return [line.slice(0, end), line.slice(end).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '')];
}

function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escaped: string) => {
    if (escaped.length === 5) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t', f: '\f' }[escaped] ?? escaped;
  });
}
