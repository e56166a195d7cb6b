/** Backslash escapes, as `echo -e`, `printf` and `$'…'` read them. */

const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The text with its escapes done. `isCut`: a `\c` ended the output there. */
export function unescape(text: string): { readonly text: string; readonly isCut: boolean } {
  const pattern = /\\(?:c|x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|0[0-7]{0,3}|[1-7][0-7]{0,2}|.)/gs;
  let isCut = false;
  let result = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    result += text.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === '\\c') {
      isCut = true;
      from = text.length;
      break;
    }
    result += unescapeOne(match[0].slice(1)) ?? match[0];
  }
  return { text: result + text.slice(from), isCut };
}

function unescapeOne(escape: string): string | undefined {
  if (/^[xu]./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
  if (/^[0-7]/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8) & 0xff);
  return simple[escape];
}
