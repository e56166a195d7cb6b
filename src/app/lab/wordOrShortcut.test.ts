import { describe, expect, test } from 'vitest';
import type { PageDeed } from './pageKeys.ts';
import { deedOf } from './pageKeys.ts';
import type { HeldLetter, Reading } from './wordOrShortcut.ts';
import { characterOf, isModifier, readKey, typingGapMs } from './wordOrShortcut.ts';

const keyOf = (key: string, held: readonly string[] = []) => ({
  key,
  ctrlKey: held.includes('Control'),
  metaKey: false,
  shiftKey: false,
  altKey: held.includes('Alt'),
  getModifierState: (modifier: string) => held.includes(modifier),
});

interface Pressing {
  readonly gapMs?: number;
  readonly canType?: boolean;
  /** Each key but the first comes from a key that is held down. */
  readonly isHeldDown?: boolean;
}

/** What is done and typed when keys are pressed so far apart, and nothing for a while. */
function press(
  keys: readonly string[],
  { gapMs = 80, canType = true, isHeldDown = false }: Pressing = {},
): { readonly deeds: readonly PageDeed[]; readonly text: string } {
  const deeds: PageDeed[] = [];
  let held: HeldLetter | null = null;
  let text = '';
  for (const [index, key] of keys.entries()) {
    if (isModifier({ key })) continue;
    // Once something is typed, or T is pressed, the terminal has the focus.
    if (text !== '' || deeds.includes('terminal')) {
      text += key;
      continue;
    }
    const deed = deedOf(keyOf(key), {
      isTyping: false,
      isOnControl: false,
      isOnSlider: false,
      hasSubject: true,
      hasLetters: true,
    });
    const isRepeat = isHeldDown && index > 0;
    const pressed = { character: characterOf(keyOf(key)), deed, mark: null, atMs: index * gapMs, isRepeat };
    const reading: Reading = readKey(held, pressed, { canType });
    held = reading.held;
    deeds.push(...reading.deeds.map((done) => done.deed));
    text += reading.text;
  }
  return { deeds: held === null ? deeds : [...deeds, held.deed], text };
}

describe('keys pressed beside the terminal', () => {
  test.each([
    'kafka-topics.sh --version',
    'bin/kafka-topics.sh --list',
    'ls',
    'ss',
    'ssh node',
    'xxd',
    'cd kafka',
    '1 café',
  ])('are a line when they follow each other at once: nothing of « %s » is lost, nothing is struck', (line) => {
    expect(press(line.split(''))).toEqual({ deeds: [], text: line });
  });

  test('are shortcuts when they come one by one', () => {
    expect(press(['k', 'r'], { gapMs: typingGapMs + 1 })).toEqual({ deeds: ['kill', 'restart'], text: '' });
    expect(press(['s', 's'], { gapMs: typingGapMs + 1 })).toEqual({
      deeds: ['pauseOrResume', 'pauseOrResume'],
      text: '',
    });
    expect(press(['k', ' '], { gapMs: typingGapMs + 1 })).toEqual({ deeds: ['kill', 'playOrPause'], text: '' });
  });

  test('go to the terminal from T on', () => {
    expect(press(['t', 'l', 's'])).toEqual({ deeds: ['terminal'], text: 'ls' });
    expect(press(['l', 't'])).toEqual({ deeds: [], text: 'lt' });
  });

  test('are the speed pressed again when the bracket is the same', () => {
    expect(press([']', ']', ']'])).toEqual({ deeds: ['faster', 'faster', 'faster'], text: '' });
  });

  test('are pressed once when they are held down, but the brackets', () => {
    expect(press(['k', 'k', 'k'], { isHeldDown: true })).toEqual({ deeds: ['kill'], text: '' });
    expect(press([' ', ' ', ' '], { isHeldDown: true })).toEqual({ deeds: ['playOrPause'], text: '' });
    expect(press(['v', 'v'], { isHeldDown: true, canType: false })).toEqual({ deeds: ['table'], text: '' });
    expect(press(['[', '[', '['], { isHeldDown: true })).toEqual({ deeds: ['slower', 'slower', 'slower'], text: '' });
    expect(press(['ArrowRight', 'ArrowRight'], { isHeldDown: true })).toEqual({
      deeds: ['stepOn', 'stepOn'],
      text: '',
    });
  });

  test('keep their order when a key that types nothing follows a letter', () => {
    expect(press(['k', 'ArrowRight'])).toEqual({ deeds: ['kill', 'stepOn'], text: '' });
    expect(press(['k', 'ArrowDown'])).toEqual({ deeds: ['kill'], text: '' });
    expect(press(['v', 'Shift', 'Escape'])).toEqual({ deeds: ['table', 'close'], text: '' });
  });

  test('let a letter act before what is typed long after it', () => {
    expect(press(['k', 'e'], { gapMs: typingGapMs + 1 })).toEqual({ deeds: ['kill'], text: 'e' });
  });

  test('are shortcuts at once, and nothing else, where no terminal is meant', () => {
    expect(press(['k', 'e', 's', ' '], { canType: false })).toEqual({
      deeds: ['kill', 'pauseOrResume', 'playOrPause'],
      text: '',
    });
  });

  test('act on what had the focus when they were pressed', () => {
    const key = { character: 'k', deed: 'kill', mark: 'broker-1', atMs: 0, isRepeat: false } as const;
    const { held } = readKey(null, key, { canType: true });

    const next = { character: null, deed: 'stepOn', mark: 'broker-2', atMs: 50, isRepeat: false } as const;
    const { deeds } = readKey(held, next, { canType: true });

    expect(deeds.map(({ deed, mark }) => [deed, mark])).toEqual([
      ['kill', 'broker-1'],
      ['stepOn', 'broker-2'],
    ]);
  });
});

describe('what a key types', () => {
  test('is its character, also by AltGr; a combination and a named key type nothing', () => {
    expect(
      [keyOf('é'), keyOf(' '), keyOf('|', ['AltGraph', 'Control', 'Alt']), keyOf('z', ['Control']), keyOf('F6')].map(
        characterOf,
      ),
    ).toEqual(['é', ' ', '|', null, null]);
  });
});
