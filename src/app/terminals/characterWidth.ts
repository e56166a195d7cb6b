/** How many columns characters take, as xterm counts them (its Unicode 6 table): 2 for those of East Asia, 0 for marks that combine. */

/** Of text without escapes; a tab goes to the next multiple of 8. */
export function columnAfter(text: string, start = 0): number {
  let column = start;
  for (const character of text) column += widthAt(character, column);
  return column;
}

/** Width of a character that stands at a column. */
export const widthAt = (character: string, column: number): number =>
  character === '\t' ? 8 - (column % 8) : widthOf(character.codePointAt(0) ?? 0);

function widthOf(code: number): 0 | 1 | 2 {
  if (code < 0x300) return code < 32 || (code >= 0x7f && code < 0xa0) ? 0 : 1;
  if (/\p{Mn}|\p{Me}|[\u200b-\u200f\u2028-\u202e\u2060-\u2063\ufeff]/u.test(String.fromCodePoint(code))) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

const wide = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3040, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
] as const;
