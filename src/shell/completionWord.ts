/** The word before the cursor and the words of its command, as far as completion needs them: a line half written does not parse. */

export interface WordAtCursor {
  /** Without quotes and backslashes. */
  readonly word: string;
  /** Where it begins in the line, its quote included. */
  readonly from: number;
  /** The quote that is open. */
  readonly quote: '' | '"' | "'";
  /** The words of the same command before it, assignments and redirections left out. */
  readonly before: readonly string[];
  /** A file to write to or read from. */
  readonly isRedirection: boolean;
}

/** `line`: up to the cursor. */
export function wordAtCursor(line: string): WordAtCursor {
  let before: string[] = [];
  let word = '';
  let from = 0;
  let quote: WordAtCursor['quote'] = '';
  let isInWord = false;
  let isRedirection = false;

  const endWord = (next: number): void => {
    const isAssignment = before.length === 0 && /^\w+=/.test(word);
    if (isInWord && !isRedirection && !isAssignment) before.push(word);
    if (isInWord) isRedirection = false;
    [word, isInWord, from] = ['', false, next];
  };
  const begin = (at: number): void => {
    if (!isInWord) [isInWord, from] = [true, at];
  };

  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(line.charAt(at + 1))) word += line.charAt(++at);
      else word += character;
    } else if (character === '"' || character === "'") {
      begin(at);
      quote = character;
    } else if (character === '\\') {
      begin(at);
      word += line.charAt(++at);
    } else if (/\s/.test(character)) endWord(at + 1);
    else if (/[;&|()]/.test(character)) {
      endWord(at + 1);
      [before, isRedirection] = [[], false];
    } else if (/[<>]/.test(character)) {
      // `2>`: the number is no word.
      if (/^\d+$/.test(word)) [word, isInWord] = ['', false];
      endWord(at + 1);
      isRedirection = true;
    } else {
      begin(at);
      word += character;
    }
  }
  // A quote in the middle of a word is kept as it is typed: only a word that begins with it can be replaced whole.
  return { word, from: isInWord ? from : line.length, quote, before, isRedirection };
}
