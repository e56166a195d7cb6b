/** Places in a text between characters as a person sees them (a letter and its combining marks are one), and between words. */

const combining = /^(?:\p{M}|\u200d|\ufe0f)$/u;

/** The beginning of the character before a place; 0 at the start. */
export function previousCharacterAt(text: string, from: number): number {
  let at = from;
  do at -= isLowSurrogate(text, at - 1) ? 2 : 1;
  while (at > 0 && combining.test(characterAt(text, at)));
  return Math.max(at, 0);
}

/** The end of the character at a place; the length at the end. */
export function nextCharacterAt(text: string, from: number): number {
  let at = from;
  do at += characterAt(text, at).length || 1;
  while (at < text.length && combining.test(characterAt(text, at)));
  return Math.min(at, text.length);
}

const isLetter = (character: string): boolean => /^[\p{L}\p{N}]$/u.test(character);

/** Words are of letters and digits, as readline's Alt-B has it. */
export function wordStartBefore(text: string, from: number): number {
  let at = from;
  for (const wanted of [false, true]) {
    while (at > 0) {
      const before = previousCharacterAt(text, at);
      if (isLetter(characterAt(text, before)) !== wanted) break;
      at = before;
    }
  }
  return at;
}

export function wordEndAfter(text: string, from: number): number {
  let at = from;
  for (const wanted of [false, true]) {
    while (at < text.length && isLetter(characterAt(text, at)) === wanted) at = nextCharacterAt(text, at);
  }
  return at;
}

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
