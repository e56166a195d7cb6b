import { describe, expect, test } from 'vitest';
import { deedOf } from './pageKeys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const page = { isTyping: false, isOnControl: false, hasLetters: true };

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

  test('leaves space and arrows to the button or slider that has the focus', () => {
    const onControl = { ...page, isOnControl: true };

    expect([press(' '), press('ArrowRight'), press('m')].map((key) => deedOf(key, onControl))).toEqual([
      null,
      null,
      'bookmark',
    ]);
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
