import { describe, expect, test } from 'vitest';
import { screenKeysOf } from './editorKeys.ts';
import { PastedLines, pastedText } from './pastedLines.ts';

describe('a pasted text', () => {
  test('is entered line by line, the last one left to be edited', () => {
    const pasted = new PastedLines();
    pasted.add('un\ndeux\ntr');

    expect([pasted.take(), pasted.takeRest(), pasted.take(), pasted.take(), pasted.takeRest()]).toEqual([
      'un',
      '',
      'deux',
      undefined,
      'tr',
    ]);
  });

  test('goes on in what is pasted or typed after it', () => {
    const pasted = new PastedLines();
    pasted.add('un\nde');
    pasted.add('ux\n');

    expect([pasted.take(), pasted.take(), pasted.takeRest()]).toEqual(['un', 'deux', '']);
  });

  test.each([
    ['a\tb\r', 'a\tb\n'],
    ['x', null],
    ['\u001b[A\u001b[A', null],
  ])('%j is %j', (data, text) => {
    expect(pastedText(screenKeysOf(data))).toBe(text);
  });
});
