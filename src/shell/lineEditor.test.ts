import { describe, expect, test } from 'vitest';
import type { EditorCommand, LineEditor } from './lineEditor.ts';
import { edit, emptyLine, nextLineOf, searchLabel } from './lineEditor.ts';

const history = ['ls', 'bin/kafka-topics.sh --list', 'cat config/server.properties', 'bin/kafka-topics.sh --list'];

/** Words in angle brackets are commands, the rest is typed. */
function after(keys: string, start: LineEditor = emptyLine): LineEditor {
  let editor = start;
  for (const part of keys.split(/(<\w+>)/).filter((one) => one !== '')) {
    const command = /^<(\w+)>$/.exec(part)?.[1] as EditorCommand | undefined;
    editor = edit(editor, command === undefined ? { kind: 'insert', text: part } : { kind: command }, history);
  }
  return editor;
}
/** With a bar for the cursor. */
const shown = ({ text, cursor }: LineEditor): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

describe('a line being typed', () => {
  test.each([
    ['bonjour', 'bonjour|'],
    ['ab<left>é', 'aé|b'],
    ['ab<lineStart>x', 'x|ab'],
    ['one two<wordLeft><left><delete>', 'one|two'],
    ['e\u0301<backspace>', '|'],
    ['a😀<left><backspace>', '|😀'],
    ['cat a/b.c<killWordBack>', 'cat a/b.|'],
    ['cat a/b.c  <killBlankWordBack>', 'cat |'],
    ['cat a b<wordLeft><killToEnd>', 'cat a |'],
    ['one two<killToStart>three<yank>', 'threeone two|'],
    ['ab<transpose>', 'ba|'],
    ['kafka-topics.sh<lineStart><wordRight>', 'kafka|-topics.sh'],
  ])('%s gives %s', (keys, expected) => {
    expect(shown(after(keys))).toBe(expected);
  });

  test('kills that follow each other are put back as one', () => {
    expect(shown(after('a b c<killBlankWordBack><killBlankWordBack><yank>'))).toBe('a b c|');
    expect(shown(after('a b c<killBlankWordBack><left><killToEnd><yank>'))).toBe('a b |');
  });

  test('what was killed outlives the line', () => {
    const killed = after('secret<killToStart>');

    expect(shown(after('<yank>', nextLineOf(killed)))).toBe('secret|');
  });
});

describe('the history', () => {
  test('is walked with the arrows, and the new line is found again', () => {
    expect(shown(after('new<previousLine>'))).toBe('bin/kafka-topics.sh --list|');
    expect(shown(after('new<previousLine><previousLine><nextLine><nextLine>'))).toBe('new|');
    expect(shown(after('<firstLine><previousLine>'))).toBe('ls|');
  });

  test('keeps what was made of a line while one moves on', () => {
    expect(shown(after('<previousLine> --x<previousLine><nextLine>'))).toBe('bin/kafka-topics.sh --list --x|');
  });

  test('gives the last word of earlier lines', () => {
    expect(shown(after('ls <lastWordOfPrevious>'))).toBe('ls --list|');
    expect(shown(after('ls <lastWordOfPrevious><lastWordOfPrevious>'))).toBe('ls config/server.properties|');
  });
});

describe('the search back', () => {
  test('finds the latest line with the pattern, then others', () => {
    expect(shown(after('<searchBack>list'))).toBe('bin/kafka-topics.sh --|list');
    expect(shown(after('<searchBack>s<searchBack>'))).toBe('cat config/server.propertie|s');
  });

  test('says that nothing is found, and aborts to the line as it was', () => {
    const failing = after('ab<searchBack>nothing');

    expect(searchLabel(failing.search!)).toBe("(failed reverse-i-search)`nothing': ");
    expect(shown(after('<abort>', failing))).toBe('ab|');
  });

  test('any key of movement takes what was found', () => {
    const taken = after('<searchBack>cat<lineEnd>');

    expect([shown(taken), taken.search]).toEqual(['cat config/server.properties|', null]);
  });

  test('a shorter pattern is looked for from the end again', () => {
    expect(shown(after('<searchBack>conf<backspace><backspace><backspace><backspace>list'))).toBe(
      'bin/kafka-topics.sh --|list',
    );
  });
});
