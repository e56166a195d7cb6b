import { describe, expect, test } from 'vitest';
import type { PageDeed } from './pageKeys.ts';
import { deedOf } from './pageKeys.ts';
import type { HeldLetter } from './wordOrShortcut.ts';
import { readKey, typingGapMs } from './wordOrShortcut.ts';

/** What is done and typed when keys are pressed so far apart, and nothing for a while. */
function press(
  keys: readonly string[],
  { gapMs = 80, hasLetters = true, canType = true }: { gapMs?: number; hasLetters?: boolean; canType?: boolean } = {},
): { readonly deeds: readonly PageDeed[]; readonly text: string } {
  const deeds: PageDeed[] = [];
  let held: HeldLetter | null = null;
  let text = '';
  for (const [index, key] of keys.entries()) {
    const deed = deedOf(
      { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
      // Once something is typed the terminal has the focus.
      { isTyping: text !== '', isOnControl: false, isOnSlider: false, hasLetters },
    );
    const character = key.length === 1 && (key !== ' ' || text !== '') ? key : null;
    const reading = readKey(held, { character, deed, atMs: index * gapMs }, { canType });
    held = reading.held;
    deeds.push(...reading.deeds);
    text += reading.text;
  }
  return { deeds: held === null ? deeds : [...deeds, held.deed], text };
}

describe('keys pressed beside the terminal', () => {
  test('are a command when they follow each other at once: nothing of it is lost, nothing is struck', () => {
    for (const command of ['kafka-topics.sh --version', 'bin/kafka-topics.sh --list', 'ls', 'xargs', 'cd kafka'])
      expect(press(command.split(''))).toEqual({ deeds: [], text: command });
  });

  test('are shortcuts when they come one by one', () => {
    expect(press(['k', 'r'], { gapMs: typingGapMs + 1 })).toEqual({ deeds: ['kill', 'restart'], text: '' });
  });

  test('are a shortcut pressed again when the letter is the same', () => {
    expect(press([']', ']', ']'])).toEqual({ deeds: ['faster', 'faster', 'faster'], text: '' });
  });

  test('keep their order when another key of the page follows a letter', () => {
    expect(press(['k', ' '])).toEqual({ deeds: ['kill', 'playOrPause'], text: '' });
    expect(press(['v', 'Shift', 'Escape'])).toEqual({ deeds: ['table', 'close'], text: '' });
  });

  test('let a letter act before what is typed long after it', () => {
    expect(press(['k', 'e'], { gapMs: typingGapMs + 1 })).toEqual({ deeds: ['kill'], text: 'e' });
  });

  test('are all typed when single letters are off, but the space', () => {
    expect(press(['k', 's'], { hasLetters: false })).toEqual({ deeds: [], text: 'ks' });
    expect(press([' '], { hasLetters: false })).toEqual({ deeds: ['playOrPause'], text: '' });
  });

  test('are shortcuts alone where no terminal is in sight', () => {
    expect(press(['k', 'e', 's'], { canType: false })).toEqual({ deeds: ['kill', 'pauseOrResume'], text: '' });
  });
});
