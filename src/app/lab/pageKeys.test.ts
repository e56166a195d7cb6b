import { describe, expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { deedOf } from './pageKeys.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'hasAltGraph', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  getModifierState: (modifier: string) => modifier === 'AltGraph' && held.hasAltGraph === true,
  ...held,
});
const page = { isTyping: false, isOnControl: false, isOnSlider: false, hasLetters: true, hasSubject: true };

describe('a key on the page', () => {
  test.each([
    [press(' '), 'playOrPause'],
    [press('ArrowRight'), 'stepOn'],
    [press('ArrowLeft', { shiftKey: true }), 'previousMarked'],
    [press('V'), 'table'],
    [press('b', { ctrlKey: true }), 'foldLesson'],
    [press('Enter', { ctrlKey: true }), 'typeForMe'],
    [press('?', { shiftKey: true }), 'keys'],
    [press('z', { ctrlKey: true }), 'undo'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
    [press('k'), 'kill'],
    [press('x'), 'cut'],
  ] as const)('%o does %s', (key, deed) => {
    expect(deedOf(key, page)).toBe(deed);
  });

  test('belongs to the terminal that has the focus, except the one that leaves the region', () => {
    const typing = { ...page, isTyping: true };

    expect([press(' '), press('z', { ctrlKey: true }), press('F6')].map((key) => deedOf(key, typing))).toEqual([
      null,
      null,
      'nextRegion',
    ]);
  });

  test('leaves space and arrows to the button that has the focus', () => {
    const onControl = { ...page, isOnControl: true };

    expect([press(' '), press('ArrowRight'), press('m')].map((key) => deedOf(key, onControl))).toEqual([
      null,
      null,
      'bookmark',
    ]);
  });

  test('leaves the arrows to the slider that has the focus; the space plays there', () => {
    const onSlider = { ...page, isOnSlider: true };

    expect([press(' '), press('ArrowRight'), press('m')].map((key) => deedOf(key, onSlider))).toEqual([
      'playOrPause',
      null,
      'bookmark',
    ]);
  });

  test('is no shortcut as a letter that needs something to act on where there is nothing', () => {
    const nothing = { ...page, hasSubject: false };

    expect(['k', 'w', 'm'].map((key) => deedOf(press(key), nothing))).toEqual([null, null, 'bookmark']);
  });

  test('does nothing as a single letter when those are off', () => {
    expect(deedOf(press('m'), { ...page, hasLetters: false })).toBeNull();
  });

  test('does nothing with a combination of the browser', () => {
    expect(
      [press('l', { ctrlKey: true }), press('ArrowLeft', { altKey: true })].map((key) => deedOf(key, page)),
    ).toEqual([null, null]);
  });
});

describe('a key that needs AltGr', () => {
  // Windows reports Ctrl and Alt with it, Linux neither.
  test.each([{ ctrlKey: true, altKey: true }, {}])('is the character that it makes (%o)', (also) => {
    const keys = ['[', ']', '|', 'ArrowRight', ' '].map((key) => press(key, { ...also, hasAltGraph: true }));

    expect(keys.map((key) => deedOf(key, page))).toEqual(['slower', 'faster', null, null, null]);
    expect(keys.map((key) => deedOf(key, { ...page, hasLetters: false }))).toEqual(keys.map(() => null));
  });
});

describe('the list of keys', () => {
  const named: Readonly<Record<string, string>> = {
    Espace: ' ',
    Space: ' ',
    Échap: 'Escape',
    Esc: 'Escape',
    Entrée: 'Enter',
    Enter: 'Enter',
    '→': 'ArrowRight',
    '←': 'ArrowLeft',
  };
  /** They belong to a terminal or to the figure, not to the page. */
  const elsewhere = /,|^(?:Échap Échap|Esc Esc|Maj F10|Shift F10)$/;
  /** « Ctrl Maj Z », pressed. */
  const pressed = (label: string) => {
    const parts = label.split(' ');
    const key = parts.at(-1)!;
    const shiftKey = parts.includes('Maj') || parts.includes('Shift');
    return press(named[key] ?? key, { shiftKey, ctrlKey: parts.includes('Ctrl') });
  };
  const listed = (rows: readonly (readonly string[])[]) =>
    rows.flatMap(([label = '']) => (elsewhere.test(label) ? [] : label.split('  ')));
  const everyKey = [
    ...'abcdefghijklmnopqrstuvwxyz0123456789[]?.,;:!'.split(''),
    ...new Set(Object.values(named)),
    'F6',
  ].flatMap((key) =>
    [false, true].flatMap((ctrlKey) => [false, true].map((shiftKey) => press(key, { ctrlKey, shiftKey }))),
  );

  test.each([
    ['fr', fr.keys.rows],
    ['en', en.keys.rows],
  ])('names those that do something, and all that is done (%s)', (_, rows) => {
    const deeds = listed(rows).map((label) => [label, deedOf(pressed(label), page)] as const);

    expect(deeds.filter(([, deed]) => deed === null)).toEqual([]);
    const done = new Set(everyKey.map((key) => deedOf(key, page)).filter((deed) => deed !== null));
    expect([...done].filter((deed) => !deeds.some(([, told]) => told === deed))).toEqual([]);
  });
});
