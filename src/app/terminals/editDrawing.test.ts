import { describe, expect, test } from 'vitest';
import { columnOf, drawEdit, wipeEdit } from './editDrawing.ts';

const plain = { text: (text: string) => text, proposal: (text: string) => text };
const view = (text: string, cursor = text.length, proposal = '') => ({ label: '', text, cursor, proposal });
const visible = (sequence: string): string => sequence.replaceAll('\u001b', '^');

describe('the edited line', () => {
  test('is drawn where the prompt ends, the cursor put in its place', () => {
    const { sequence, drawn } = drawEdit(view('abc', 1), 5, 20, plain);

    expect([visible(sequence), drawn]).toEqual(['abc^[7G', { startColumn: 5, cursorRow: 0 }]);
  });

  test('wraps at the margin, and is wiped from where it began', () => {
    const { sequence, drawn } = drawEdit(view('abcdefghij', 9), 5, 8, plain);

    expect([visible(sequence), drawn]).toEqual(['abcdefghij^[7G', { startColumn: 5, cursorRow: 1 }]);
    expect(visible(wipeEdit(drawn!))).toBe('^[1A^[6G^[J');
  });

  test('that ends at the margin goes on in the next row', () => {
    const { sequence, drawn } = drawEdit(view('abc'), 5, 8, plain);

    expect([visible(sequence), drawn]).toEqual(['abc \r^[1G', { startColumn: 5, cursorRow: 1 }]);
  });

  test('is nothing while nothing is typed, but for a proposal behind the cursor', () => {
    expect(drawEdit(view(''), 5, 20, plain)).toEqual({ sequence: '', drawn: null });
    expect(visible(drawEdit(view('', 0, 'ls'), 5, 20, plain).sequence)).toBe('ls^[6G');
  });
});

describe('the column after a text', () => {
  test.each([
    ['\u001b[32mapprenant$ \u001b[0m', 11],
    ['été', 3],
    ['e\u0301', 1],
    ['日本', 4],
    ['a\tb', 9],
    ['50%\r100%', 4],
    ['\u001b[H\u001b[2J\u001b[3J>', 1],
  ])('%j is %i', (text, column) => {
    expect(columnOf(text)).toBe(column);
  });
});
